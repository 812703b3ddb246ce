#include "ui/trigger/fql_line.h"

#include "ui/theme/fonts.h"
#include "ui/trigger/fql_lexer.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace hookbench::trigger {

namespace {

constexpr int kLongestPainted = 1'000;

} // namespace

FqlLine::FqlLine(QWidget *parent)
    : QWidget(parent)
{
    setFont(theme::font(theme::Text::Mono));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void FqlLine::setText(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    setAccessibleName(tr("The trigger in FQL: %1").arg(text));
    updateGeometry();
    update();
}

QSize FqlLine::sizeHint() const
{
    return { std::min(fontMetrics().horizontalAdvance(m_text.left(kLongestPainted)) + 2, 800),
        fontMetrics().height() + 2 };
}

QSize FqlLine::minimumSizeHint() const
{
    return { 40, fontMetrics().height() + 2 };
}

void FqlLine::paintEvent(QPaintEvent *)
{
    QString line = m_text.left(kLongestPainted);
    line.replace(u'\n', u' ');
    widgets::TokenSpans spans;
    fqlLexer()(line, 0, spans);
    QPainter painter(this);
    painter.setFont(font());
    widgets::paintTokens(&painter, rect(), line, spans);
}

bool FqlLine::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const bool elided = fontMetrics().horizontalAdvance(m_text.left(kLongestPainted)) > width();
        QToolTip::showText(help->globalPos(), elided ? m_text : QString(), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace hookbench::trigger
