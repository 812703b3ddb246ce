#include "ui/theme/theme.h"

#include "ui/theme/fonts.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"

#include <QApplication>
#include <QEvent>
#include <QPalette>
#include <QToolTip>

namespace hookbench::theme {

namespace {

QPalette paletteOf(const Tokens &t)
{
    QPalette palette;
    palette.setColor(QPalette::Window, t.window);
    palette.setColor(QPalette::WindowText, t.text);
    palette.setColor(QPalette::Base, t.base);
    palette.setColor(QPalette::AlternateBase, t.alt);
    palette.setColor(QPalette::Text, t.text);
    palette.setColor(QPalette::Button, t.base);
    palette.setColor(QPalette::ButtonText, t.text);
    palette.setColor(QPalette::BrightText, t.onAccent);
    palette.setColor(QPalette::Light, t.base);
    palette.setColor(QPalette::Midlight, t.line);
    palette.setColor(QPalette::Mid, t.control);
    palette.setColor(QPalette::Dark, t.border);
    palette.setColor(QPalette::Shadow, t.border);
    palette.setColor(QPalette::Highlight, t.sel);
    palette.setColor(QPalette::HighlightedText, t.text);
    palette.setColor(QPalette::Link, t.accentText);
    palette.setColor(QPalette::LinkVisited, t.accentText);
    palette.setColor(QPalette::PlaceholderText, t.muted);
    palette.setColor(QPalette::ToolTipBase, t.tooltip);
    palette.setColor(QPalette::ToolTipText, t.tooltipText);
    for (const auto role : { QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText })
        palette.setColor(QPalette::Disabled, role, t.disabled);
    palette.setColor(QPalette::Disabled, QPalette::Base, t.toolbar);
    palette.setColor(QPalette::Disabled, QPalette::Button, t.toolbar);
    return palette;
}

bool looksDark(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
}

} // namespace

Theme::Theme(Scheme scheme, QObject *parent)
    : QObject(parent)
    , m_scheme(scheme)
    , m_systemDark(looksDark(QApplication::palette()))
{
    // Qt 6.4 has no QStyleHints::colorScheme: the platform tells of a switch by ThemeChange and a new system palette.
    qApp->installEventFilter(this);
    apply();
}

void Theme::setScheme(Scheme scheme)
{
    if (scheme == m_scheme)
        return;
    m_scheme = scheme;
    apply();
}

bool Theme::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ThemeChange && watched->isWidgetType() && !m_applying) {
        const bool dark = looksDark(QPalette(QApplication::style()->standardPalette()));
        if (dark != m_systemDark) {
            m_systemDark = dark;
            if (m_scheme == Scheme::System)
                QMetaObject::invokeMethod(this, &Theme::apply, Qt::QueuedConnection);
        }
    }
    return QObject::eventFilter(watched, event);
}

void Theme::apply()
{
    m_applying = true;
    m_dark = m_scheme == Scheme::Dark || (m_scheme == Scheme::System && m_systemDark);
    const Tokens &t = m_dark ? darkTokens() : lightTokens();
    if (auto *style = qobject_cast<Style *>(QApplication::style()))
        style->setTokens(t);
    else
        QApplication::setStyle(new Style(t));
    const QPalette palette = paletteOf(t);
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
    QApplication::setFont(font(Text::Body));
    QApplication::setFont(font(Text::Small), "QToolTip");
    QApplication::setFont(font(Text::Small), "QHeaderView");
    QApplication::setFont(font(Text::Small), "QStatusBar");
    m_applying = false;
    Q_EMIT changed();
}

} // namespace hookbench::theme
