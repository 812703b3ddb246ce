#include "ui/trigger/conditions_view.h"

#include "core/base/display.h"
#include "ui/theme/fonts.h"
#include "ui/trigger/trigger_words.h"
#include "ui/widgets/labels.h"

#include <QGridLayout>

namespace hookbench::trigger {

namespace {

constexpr int kMostShown = 50;

} // namespace

ConditionsView::ConditionsView(QWidget *parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(12);
    m_grid->setVerticalSpacing(3);
    m_grid->setColumnStretch(1, 1);
    setAccessibleName(tr("Conditions"));
}

void ConditionsView::show(const fql::Trace *trace)
{
    while (QLayoutItem *item = m_grid->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const int count = trace ? static_cast<int>(trace->conditions.size()) : 0;
    for (int i = 0; i < std::min(count, kMostShown); ++i) {
        const fql::ConditionTrace &condition = trace->conditions[static_cast<std::size_t>(i)];
        auto *state = new widgets::StatusLabel;
        const fql::Operator op = fql::operatorNamed(condition.op);
        const QString words
            = op == fql::Operator::Unknown ? QString::fromStdString(escapeForDisplay(condition.op)) : operatorWords(op);
        const QString expected = condition.expected.empty()
            ? QString()
            : QStringLiteral(" \"%1\"").arg(QString::fromStdString(escapeForDisplay(condition.expected)));
        state->setStatus(condition.matched ? "check" : "cross",
            QStringLiteral("%1 %2%3").arg(QString::fromStdString(escapeForDisplay(condition.field)), words, expected),
            widgets::Tone::Neutral, condition.matched ? theme::Tint::Success : theme::Tint::Error);
        state->setTextFont(theme::font(theme::Text::Mono));
        state->setAccessibleName(
            tr("%1: %2").arg(state->text(), condition.matched ? tr("holds") : tr("does not hold")));
        auto *seen = new widgets::ElidedLabel(condition.error ? QString::fromStdString(condition.error->message)
                                                              : tr("saw %1").arg(seenWords(condition.seen)));
        seen->setFont(theme::font(theme::Text::Mono));
        seen->setMuted(true);
        m_grid->addWidget(state, i, 0);
        m_grid->addWidget(seen, i, 1);
    }
    if (count > kMostShown)
        m_grid->addWidget(new widgets::MutedLabel(tr("… and %1 more").arg(count - kMostShown)), kMostShown, 0);
    setVisible(count > 0);
}

} // namespace hookbench::trigger
