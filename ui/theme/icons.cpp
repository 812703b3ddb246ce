#include "ui/theme/icons.h"

#include "ui/theme/tokens.h"

#include <QFile>
#include <QGuiApplication>
#include <QHash>
#include <QIconEngine>
#include <QLoggingCategory>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

Q_LOGGING_CATEGORY(lcIcons, "hookbench.icons")

namespace hookbench::theme {

namespace {

// STYLE: line 1.4 px in a box of 16, drawn here in lucide's box of 24.
constexpr auto kLucideStroke = "stroke-width=\"2\"";
constexpr auto kOurStroke = "stroke-width=\"2.1\"";

constexpr auto kStatusTints = std::to_array<std::pair<std::string_view, Tint>>({
    { "ok", Tint::Success },
    { "ok-part", Tint::Success },
    { "match", Tint::Success },
    { "check", Tint::Success },
    { "fail", Tint::Error },
    { "cross", Tint::Error },
    { "timeout", Tint::Error },
    { "plug-off", Tint::Error },
    { "warn", Tint::Warning },
    { "retry", Tint::Warning },
    { "gauge", Tint::Warning },
    { "info", Tint::Accent },
    { "pin", Tint::Accent },
    { "unread", Tint::Accent },
    { "spinner", Tint::Accent },
});

Tint resolved(const char *name, Tint tint)
{
    if (tint != Tint::Auto)
        return tint;
    const auto row = std::ranges::find(kStatusTints, std::string_view(name), &std::pair<std::string_view, Tint>::first);
    return row == kStatusTints.end() ? Tint::Auto : row->second;
}

QColor colorOf(Tint tint)
{
    const Tokens &t = tokens();
    switch (tint) {
    case Tint::Auto:
    case Tint::Muted:
        return t.muted;
    case Tint::Text:
        return t.text;
    case Tint::Accent:
        return t.accentText;
    case Tint::OnAccent:
        return t.onAccent;
    case Tint::Success:
        return t.success;
    case Tint::Warning:
        return t.warning;
    case Tint::Error:
        return t.error;
    }
    return t.muted;
}

QByteArray source(const char *name)
{
    static QHash<QByteArray, QByteArray> cache;
    const QByteArray key(name);
    if (const auto known = cache.constFind(key); known != cache.constEnd())
        return *known;
    QFile file(u":/icons/" + QString::fromLatin1(name) + u".svg");
    QByteArray svg;
    if (file.open(QIODevice::ReadOnly))
        svg = file.readAll().replace(kLucideStroke, kOurStroke);
    else
        qCWarning(lcIcons, "there is no icon named %s", name);
    cache.insert(key, svg);
    return svg;
}

class Engine final : public QIconEngine
{
public:
    Engine(QByteArray name, Tint tint)
        : m_name(std::move(name))
        , m_tint(tint)
    {
    }

    QIconEngine *clone() const override { return new Engine(*this); }
    QString key() const override { return QStringLiteral("hookbench"); }
    QString iconName() override { return QString::fromLatin1(m_name); }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        paintIcon(painter, rect, m_name.constData(), color(mode, state));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1.0);
    }

    // `size` is in device pixels: QIcon has applied the ratio already.
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state, qreal) override
    {
        const int side = std::min(size.width(), size.height());
        return iconPixmap(m_name.constData(), side, color(mode, state), 1.0);
    }

private:
    QColor color(QIcon::Mode mode, QIcon::State state) const
    {
        const Tokens &t = tokens();
        if (mode == QIcon::Disabled)
            return t.control;
        if (m_tint == Tint::Auto && state == QIcon::On)
            return t.accentText;
        if (m_tint == Tint::Auto && mode == QIcon::Active)
            return t.text;
        return colorOf(m_tint);
    }

    QByteArray m_name;
    Tint m_tint;
};

} // namespace

QIcon icon(const char *name, Tint tint)
{
    return hasIcon(name) ? QIcon(new Engine(name, resolved(name, tint))) : QIcon();
}

QPixmap iconPixmap(const char *name, int size, const QColor &color, qreal devicePixelRatio)
{
    const int pixels = std::max(1, qRound(size * devicePixelRatio));
    const QColor cut = tokens().base;
    const QString key = QStringLiteral("hb:%1:%2:%3:%4:%5")
                            .arg(QLatin1String(name))
                            .arg(pixels)
                            .arg(color.rgba(), 8, 16)
                            .arg(cut.rgba(), 8, 16)
                            .arg(devicePixelRatio);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    QByteArray svg = source(name);
    // The cut-out first: the colour itself may be white.
    svg.replace("#ffffff", cut.name().toLatin1()).replace("currentColor", color.name().toLatin1());
    pixmap = QPixmap(pixels, pixels);
    pixmap.fill(Qt::transparent);
    if (!svg.isEmpty()) {
        QSvgRenderer renderer(svg);
        QPainter painter(&pixmap);
        renderer.render(&painter, QRectF(0, 0, pixels, pixels));
    }
    pixmap.setDevicePixelRatio(devicePixelRatio);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

void paintIcon(QPainter *painter, const QRect &rect, const char *name, const QColor &color)
{
    const int side = std::min(rect.width(), rect.height());
    const QPixmap pixmap = iconPixmap(name, side, color, painter->device()->devicePixelRatio());
    painter->drawPixmap(rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2, pixmap);
}

QColor iconColor(const char *name, Tint tint)
{
    return colorOf(resolved(name, tint));
}

bool hasIcon(const char *name)
{
    return !source(name).isEmpty();
}

} // namespace hookbench::theme
