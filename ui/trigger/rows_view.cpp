#include "ui/trigger/rows_view.h"

#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"
#include "ui/trigger/field_catalogue.h"
#include "ui/trigger/field_edit.h"
#include "ui/trigger/fql_line.h"
#include "ui/trigger/row_editor.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace hookbench::trigger {

namespace {

constexpr int kRowSpacing = 3;
constexpr int kEmptyIndent = 18; // where the fields begin

class Line final : public QWidget
{
public:
    enum class Kind { Separator, Drop };
    Line(Kind kind, QWidget *parent)
        : QWidget(parent)
        , m_kind(kind)
    {
        setAttribute(Qt::WA_TransparentForMouseEvents);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const theme::Tokens &t = theme::tokens();
        QPainter(this).fillRect(rect(), m_kind == Kind::Drop ? t.accent : t.border);
    }

private:
    Kind m_kind;
};

} // namespace

RowsView::RowsView(FieldCatalogue &catalogue, QWidget *parent)
    : QWidget(parent)
    , m_catalogue(catalogue)
    , m_completer(new FieldCompleter(catalogue, this))
    , m_rowsLayout(new QVBoxLayout)
    , m_anchor(new QWidget(this))
    , m_empty(new widgets::MutedLabel(tr("No condition: Segment never runs this mapping.")))
    , m_add(new QToolButton)
    , m_allCalls(new QToolButton)
    , m_line(new Line(Line::Kind::Separator, nullptr))
    , m_fql(new FqlLine)
    , m_why(new widgets::StatusLabel)
    , m_dropLine(new Line(Line::Kind::Drop, this))
{
    setAccessibleName(tr("Conditions"));
    m_anchor->setFocusPolicy(Qt::StrongFocus);
    m_anchor->hide();
    m_empty->setIndent(kEmptyIndent);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    m_rowsLayout->setSpacing(kRowSpacing);
    layout->addWidget(m_empty);
    layout->addLayout(m_rowsLayout);

    m_add->setText(tr("Condition"));
    m_add->setAccessibleName(tr("Add condition"));
    m_add->setIcon(theme::icon("plus", theme::Tint::Accent));
    m_add->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_add->setFocusPolicy(Qt::StrongFocus);
    theme::setRole(m_add, theme::Role::Link);
    m_allCalls->setText(tr("All event types"));
    m_allCalls->setToolTip(tr("Six conditions of which any holds: every call Segment sends"));
    m_allCalls->setFocusPolicy(Qt::StrongFocus);
    theme::setRole(m_allCalls, theme::Role::Link);
    m_line->setFixedSize(1, 18);
    auto *footer = new QHBoxLayout;
    footer->setSpacing(10);
    footer->addWidget(m_add);
    footer->addWidget(m_allCalls);
    footer->addWidget(m_line);
    footer->addWidget(m_fql, 1000);
    footer->addWidget(m_why, 1000);
    footer->addStretch(1);
    layout->addLayout(footer);
    m_dropLine->hide();

    connect(m_add, &QToolButton::clicked, this, &RowsView::add);
    connect(m_allCalls, &QToolButton::clicked, this, &RowsView::takeAllCalls);
    showRows();
}

RowEditor *RowsView::makeRow()
{
    auto *row = new RowEditor(m_catalogue, *m_completer, this);
    m_rowsLayout->addWidget(row);
    const auto at = [this, row] { return static_cast<std::size_t>(indexOf(row)); };
    connect(row, &RowEditor::fieldTyped, this, [this, at](const QString &field) {
        change(static_cast<int>(at()), withField(m_conditions.rows[at()], field), tr("Change field"), true);
    });
    connect(row, &RowEditor::fieldChosen, this, [this, at](const QString &field) {
        const ConditionRow &before = m_conditions.rows[at()];
        // Once the field is settled: while it is being typed, half its name may be another field.
        if (before.field != field || before.value.isEmpty())
            change(static_cast<int>(at()), suitedTo(withField(before, field), m_event), tr("Change field"), true);
        Q_EMIT typingEnded();
    });
    connect(row, &RowEditor::operatorChosen, this, [this, at](fql::Operator op) {
        ConditionRow after = m_conditions.rows[at()];
        after.op = op;
        change(static_cast<int>(at()), after, tr("Change operator"), false);
    });
    connect(row, &RowEditor::valueTyped, this, [this, at](const QString &value) {
        ConditionRow after = m_conditions.rows[at()];
        after.value = value;
        change(static_cast<int>(at()), after, tr("Change value"), true);
    });
    connect(row, &RowEditor::valueChosen, this, [this, at](const QString &value) {
        ConditionRow after = m_conditions.rows[at()];
        after.value = value;
        change(static_cast<int>(at()), after, tr("Change value"), false);
    });
    connect(row, &RowEditor::typingEnded, this, &RowsView::typingEnded);
    connect(row, &RowEditor::removeRequested, this, [this, row] { remove(indexOf(row)); });
    connect(row, &RowEditor::moveRequested, this, [this, row](int by) { move(indexOf(row), indexOf(row) + by); });
    connect(row, &RowEditor::dragged, this, [this, row](int y) { drag(indexOf(row), y); });
    connect(row, &RowEditor::dropped, this, [this, row](bool here) { drop(indexOf(row), here); });
    return row;
}

int RowsView::indexOf(const RowEditor *row) const
{
    return static_cast<int>(std::ranges::find(m_rows, row) - m_rows.begin());
}

void RowsView::show(const Conditions &conditions)
{
    if (conditions == m_conditions)
        return;
    m_conditions = conditions;
    showRows();
}

void RowsView::setEvent(const json::Document &event)
{
    m_event = event;
    for (int i = 0; i < static_cast<int>(m_rows.size()); ++i)
        showRow(i);
}

void RowsView::showRow(int index)
{
    const ConditionRow &row = m_conditions.rows[static_cast<std::size_t>(index)];
    m_rows[static_cast<std::size_t>(index)]->show(row, index + 1, stateOf(row, m_event));
}

void RowsView::showRows()
{
    const std::size_t count = m_conditions.rows.size();
    std::optional<RowPart> focused;
    int focusedRow = -1;
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        if (const auto part = m_rows[i]->focusedPart()) {
            focused = part;
            focusedRow = static_cast<int>(i);
        }
    while (m_rows.size() < count) {
        QWidget *before = m_rows.empty() ? m_anchor : m_rows.back()->lastPart();
        m_rows.push_back(makeRow());
        m_rows.back()->setVisible(true); // at once: it is to get the keyboard
        m_rows.back()->followInTabOrder(before);
    }
    std::vector<RowEditor *> surplus(m_rows.begin() + static_cast<std::ptrdiff_t>(count), m_rows.end());
    m_rows.resize(count);
    for (RowEditor *row : surplus)
        row->disconnect(this); // losing the keyboard ends its typing, in a row that is no more
    for (int i = 0; i < static_cast<int>(count); ++i)
        showRow(i);
    showFooter();
    if (focused && focusedRow >= static_cast<int>(count)) {
        if (count > 0)
            m_rows.back()->focus(*focused);
        else
            m_add->setFocus(Qt::OtherFocusReason);
    }
    for (RowEditor *row : surplus) {
        m_rowsLayout->removeWidget(row);
        row->hide();
        row->deleteLater(); // it may be the one that asked
    }
}

void RowsView::showFooter()
{
    const Result<std::string> fql = toFql(m_conditions);
    const bool empty = m_conditions.rows.empty();
    m_empty->setVisible(empty);
    m_allCalls->setVisible(empty);
    m_line->setVisible(!empty);
    m_fql->setVisible(fql.has_value());
    m_why->setVisible(!fql && !empty);
    if (fql) {
        m_fql->setText(QString::fromStdString(*fql));
        return;
    }
    const QString why = QString::fromStdString(fql.error().message);
    m_why->setStatus("warn", tr("%1 Until then the trigger before stays in force and nothing is sent.").arg(why),
        widgets::Tone::Warning);
}

void RowsView::change(int index, ConditionRow row, const QString &name, bool typing)
{
    ConditionRow &shown = m_conditions.rows.at(static_cast<std::size_t>(index));
    if (shown == row)
        return;
    shown = std::move(row);
    showRow(index);
    showFooter();
    Q_EMIT edited(name, typing);
}

void RowsView::setCombinator(fql::Combinator combinator)
{
    if (combinator == m_conditions.combinator)
        return;
    m_conditions.combinator = combinator;
    showFooter();
    Q_EMIT edited(combinator == fql::Combinator::Or ? tr("Match any condition") : tr("Match all conditions"), false);
}

void RowsView::add()
{
    m_conditions.rows.emplace_back();
    showRows();
    Q_EMIT edited(tr("Add condition"), false);
    m_rows.back()->focus(RowPart::Field);
}

void RowsView::takeAllCalls()
{
    m_conditions = allCalls();
    showRows();
    Q_EMIT edited(tr("Match all event types"), false);
    m_rows.front()->focus(RowPart::Field);
}

void RowsView::remove(int index)
{
    const std::optional<RowPart> part = m_rows.at(static_cast<std::size_t>(index))->focusedPart();
    m_conditions.rows.erase(m_conditions.rows.begin() + index);
    showRows();
    if (part && !m_rows.empty())
        m_rows[std::min(static_cast<std::size_t>(index), m_rows.size() - 1)]->focus(*part);
    Q_EMIT edited(tr("Remove condition"), false);
}

void RowsView::move(int from, int to)
{
    const int count = static_cast<int>(m_conditions.rows.size());
    if (from == to || to < 0 || to >= count)
        return;
    const RowPart part = m_rows[static_cast<std::size_t>(from)]->focusedPart().value_or(RowPart::Field);
    ConditionRow row = std::move(m_conditions.rows[static_cast<std::size_t>(from)]);
    m_conditions.rows.erase(m_conditions.rows.begin() + from);
    m_conditions.rows.insert(m_conditions.rows.begin() + to, std::move(row));
    Q_EMIT typingEnded();
    showRows();
    m_rows[static_cast<std::size_t>(to)]->focus(part);
    Q_EMIT edited(tr("Move condition"), false);
}

int RowsView::gapAt(int y) const
{
    int gap = 0;
    for (const RowEditor *row : m_rows)
        if (y > row->geometry().center().y())
            ++gap;
    return gap;
}

void RowsView::drag(int index, int globalY)
{
    m_rows[static_cast<std::size_t>(index)]->setLifted(true);
    m_gap = gapAt(mapFromGlobal(QPoint(0, globalY)).y());
    const std::size_t below = std::min(static_cast<std::size_t>(m_gap), m_rows.size() - 1);
    const QRect row = m_rows[below]->geometry();
    const int y = static_cast<std::size_t>(m_gap) < m_rows.size() ? row.top() - 2 : row.bottom() + 2;
    m_dropLine->setGeometry(row.left(), std::max(0, y), row.width(), 2);
    m_dropLine->raise();
    m_dropLine->show();
}

void RowsView::drop(int index, bool here)
{
    m_rows[static_cast<std::size_t>(index)]->setLifted(false);
    m_dropLine->hide();
    const int gap = std::exchange(m_gap, -1);
    if (here && gap >= 0)
        move(index, gap > index ? gap - 1 : gap);
}

void RowsView::focusFirst()
{
    const int wrong = firstWrong(m_conditions);
    if (m_rows.empty())
        m_add->setFocus(Qt::OtherFocusReason);
    else if (wrong >= 0)
        m_rows[static_cast<std::size_t>(wrong)]->focus(m_rows[static_cast<std::size_t>(wrong)]->wrongPart());
    else
        m_rows.front()->focus(RowPart::Field);
}

void RowsView::focusRow(int row)
{
    if (row >= 0 && row < static_cast<int>(m_rows.size()))
        m_rows[static_cast<std::size_t>(row)]->focus(RowPart::Field);
    else
        focusFirst();
}

void RowsView::keyPressEvent(QKeyEvent *event)
{
    // Enter in a row ends its typing; it is nobody else's key here.
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        event->setAccepted(event->modifiers() == Qt::NoModifier);
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace hookbench::trigger
