#include "ui/widgets/banner.h"

#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace hookbench::widgets {

namespace {

const char *shapeOf(Tone tone)
{
    switch (tone) {
    case Tone::Neutral:
    case Tone::Accent:
        return "info";
    case Tone::Success:
        return "ok";
    case Tone::Warning:
        return "warn";
    case Tone::Error:
        return "fail";
    }
    return "info";
}

constexpr int kBannerIcon = 16;
constexpr int kBannerGap = 8;

} // namespace

Banner::Banner(Tone tone, QWidget *parent)
    : QFrame(parent)
    , m_tone(tone)
    , m_icon(new QLabel)
    , m_text(new QLabel)
    , m_detail(new QLabel)
    , m_words(new QBoxLayout(QBoxLayout::TopToBottom))
    , m_actions(new QHBoxLayout)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(theme::metric::kPanePadding, 6, theme::metric::kPanePadding, 7);
    row->setSpacing(kBannerGap);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    m_words->setSpacing(3);
    for (QLabel *label : { m_text, m_detail }) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        m_words->addWidget(label);
    }
    m_detail->hide();
    row->addLayout(m_words, 1);
    m_actions->setSpacing(6);
    row->addLayout(m_actions);
    auto *close = new QToolButton;
    close->setAutoRaise(true);
    close->setIcon(theme::icon("close"));
    close->setAccessibleName(tr("Dismiss"));
    close->setToolTip(tr("Dismiss"));
    close->hide();
    row->addWidget(close, 0, Qt::AlignTop);
    m_close = close;
    connect(close, &QToolButton::clicked, this, [this] {
        hide();
        Q_EMIT closed();
    });
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    dress();
}

void Banner::setTone(Tone tone)
{
    m_tone = tone;
    dress();
}

void Banner::setIconName(const char *name)
{
    m_iconName = name;
    dress();
}

void Banner::setText(const QString &text, const QString &detail)
{
    m_text->setText(text);
    m_text->setFont(theme::font(detail.isEmpty() ? theme::Text::Body : theme::Text::Strong));
    m_detail->setText(detail);
    m_detail->setVisible(!detail.isEmpty());
    setAccessibleName(detail.isEmpty() ? text : QString(text + u". " + detail));
    fit();
}

QAbstractButton *Banner::addAction(const QString &text)
{
    auto *button = new QPushButton(text);
    theme::setRole(button, theme::Role::Small);
    m_actions->addWidget(button);
    fit();
    return button;
}

void Banner::setClosable(bool closable)
{
    m_close->setVisible(closable);
    fit();
}

int Banner::roomForWords() const
{
    int room = width() - 2 * theme::metric::kPanePadding - kBannerIcon - kBannerGap;
    for (int i = 0; i < m_actions->count(); ++i)
        if (const QWidget *action = m_actions->itemAt(i)->widget(); action && !action->isHidden())
            room -= action->sizeHint().width() + (i > 0 ? m_actions->spacing() : 0);
    if (m_actions->count() > 0)
        room -= kBannerGap;
    if (!m_close->isHidden())
        room -= m_close->sizeHint().width() + kBannerGap;
    return room;
}

/// Two labels that may break their lines share a row badly, so those of one line do not break; their least width stays
/// small, or the pane could not be made narrower again.
void Banner::fit()
{
    const auto width = [](const QLabel *label) { return label->fontMetrics().size(0, label->text()).width() + 1; };
    const QString detail = m_detail->text();
    const bool one = !detail.isEmpty() && !detail.contains(u'\n')
        && width(m_text) + kBannerGap + width(m_detail) <= roomForWords();
    if (one == m_oneLine)
        return;
    m_oneLine = one;
    m_words->setDirection(one ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_words->setSpacing(one ? kBannerGap : 3);
    m_words->setStretchFactor(m_detail, one ? 1 : 0);
    for (QLabel *label : { m_text, m_detail }) {
        label->setWordWrap(!one);
        label->setMinimumWidth(one ? 1 : 0);
    }
    dress();
    updateGeometry();
}

void Banner::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    fit();
}

void Banner::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const ToneColors colors = toneColors(m_tone);
    painter.fillRect(rect(), colors.fill);
    painter.fillRect(0, height() - 1, width(), 1, m_tone == Tone::Accent ? theme::tokens().border : colors.border);
}

void Banner::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        dress();
}

void Banner::dress()
{
    const char *name = m_iconName.isEmpty() ? shapeOf(m_tone) : m_iconName.constData();
    m_icon->setPixmap(theme::iconPixmap(name, kBannerIcon, theme::iconColor(name), devicePixelRatioF()));
    m_icon->setAccessibleName(QString());
    const QColor words = m_oneLine ? theme::tokens().muted : theme::tokens().text;
    if (m_detail->palette().color(QPalette::WindowText) != words) {
        QPalette own;
        own.setColor(QPalette::WindowText, words);
        m_detail->setPalette(own);
    }
    update();
}

} // namespace hookbench::widgets
