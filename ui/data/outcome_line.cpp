#include "ui/data/outcome_line.h"

#include "ui/data/mapping_delegate.h"
#include "ui/theme/fonts.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"

#include <QPainter>
#include <QStyle>

namespace hookbench::data {

OutcomeLine::OutcomeLine(QWidget *parent)
    : QWidget(parent)
{
    setFixedHeight(theme::metric::kTreeRow);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void OutcomeLine::show(const Outcome &outcome, const QString &note)
{
    m_outcome = outcome;
    m_note = note;
    const QString words = outcome.state == Outcome::State::Known ? glanceAt(outcome.value).word.text
        : outcome.state == Outcome::State::LeftOut               ? tr("left out")
                                                                 : outcome.message;
    setToolTip(note.isEmpty() ? words : QString(words + u'\n' + note));
    setAccessibleName(tr("Becomes %1").arg(words));
    update();
}

void OutcomeLine::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QString label = tr("Becomes");
    painter.setFont(theme::font(theme::Text::Small));
    painter.setPen(theme::tokens().muted);
    painter.drawText(
        rect(), static_cast<int>(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter)), label);
    const int used = painter.fontMetrics().horizontalAdvance(label) + 10;
    paintOutcome(&painter, QStyle::visualRect(layoutDirection(), rect(), rect().adjusted(used, 0, 0, 0)), m_outcome,
        m_note, layoutDirection());
}

} // namespace hookbench::data
