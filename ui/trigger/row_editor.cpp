#include "ui/trigger/row_editor.h"

#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/trigger/field_catalogue.h"
#include "ui/trigger/field_edit.h"
#include "ui/trigger/trigger_words.h"
#include "ui/widgets/labels.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QCompleter>
#include <QKeyEvent>
#include <QPainter>
#include <QSignalBlocker>
#include <QStringListModel>
#include <QToolButton>

#include <algorithm>
#include <array>

namespace hookbench::trigger {

namespace {

constexpr int kGap = 6;
constexpr int kGripWidth = 14;
constexpr int kRemoveWidth = 24;
constexpr int kDoubtWidth = 16;

/// What a column gets of the room: at least, as wished, at most.
struct Wish
{
    int least;
    int wished;
    int most;
};
constexpr Wish kField{ 118, 188, 320 };
constexpr Wish kOperator{ 112, 188, 188 };
constexpr Wish kValue{ 72, 128, 420 };
constexpr Wish kLive{ 84, 142, 320 };

const std::vector<fql::Operator> &operatorsOf(const QString &field)
{
    const Result<fql::VisualRow> read = readField(field);
    return fql::operatorsFor(read ? read->field : fql::Field::Property);
}

bool isCall(const ConditionRow &row)
{
    const Result<fql::VisualRow> read = readField(row.field);
    return read && read->field == fql::Field::Type;
}

} // namespace

RowColumns rowColumns(int width)
{
    const std::array<Wish, 4> wishes{ kField, kOperator, kValue, kLive };
    std::array<int, 4> widths{};
    const int room = width - kGripWidth - kRemoveWidth - 5 * kGap;
    int least = 0;
    int wished = 0;
    int most = 0;
    for (const Wish &wish : wishes) {
        least += wish.least;
        wished += wish.wished;
        most += wish.most;
    }
    for (std::size_t i = 0; i < wishes.size(); ++i) {
        const Wish &wish = wishes[i];
        if (room <= least)
            widths[i] = wish.least;
        else if (room <= wished)
            widths[i] = wish.least + (wish.wished - wish.least) * (room - least) / (wished - least);
        else
            widths[i]
                = wish.wished + (wish.most - wish.wished) * std::min(room - wished, most - wished) / (most - wished);
    }
    RowColumns columns;
    int left = 0;
    const auto place = [&](int columnWidth) {
        const RowColumns::Column column{ left, columnWidth };
        left += columnWidth + kGap;
        return column;
    };
    columns.grip = place(kGripWidth);
    columns.field = place(widths[0]);
    columns.op = place(widths[1]);
    columns.value = place(widths[2]);
    columns.live = place(widths[3]);
    left = std::max(left, width - kRemoveWidth);
    columns.live.width = std::max(columns.live.width, left - kGap - columns.live.left);
    columns.remove = place(kRemoveWidth);
    return columns;
}

/// Six dots to drag the row by. The keyboard moves rows with Alt+Up and Alt+Down from any of its parts.
class RowEditor::Grip final : public QWidget
{
public:
    explicit Grip(RowEditor &row)
        : QWidget(&row)
        , m_row(row)
    {
        setCursor(Qt::OpenHandCursor);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        theme::paintIcon(&painter, rect(), "grip", theme::iconColor("grip", theme::Tint::Muted));
    }
    void mousePressEvent(QMouseEvent *event) override
    {
        m_pressed = event->button() == Qt::LeftButton;
        m_start = event->globalPosition().toPoint();
        m_dragging = false;
    }
    void mouseMoveEvent(QMouseEvent *event) override
    {
        const QPoint at = event->globalPosition().toPoint();
        if (!m_pressed || (!m_dragging && std::abs(at.y() - m_start.y()) < 4))
            return;
        if (!m_dragging) {
            m_dragging = true;
            setCursor(Qt::ClosedHandCursor);
            grabKeyboard(); // Esc gives it up
        }
        Q_EMIT m_row.dragged(at.y());
    }
    void mouseReleaseEvent(QMouseEvent *) override { end(true); }
    void keyPressEvent(QKeyEvent *event) override
    {
        if (event->key() == Qt::Key_Escape)
            end(false);
    }

private:
    void end(bool here)
    {
        const bool dragging = m_dragging;
        m_pressed = m_dragging = false;
        if (!dragging)
            return;
        releaseKeyboard();
        setCursor(Qt::OpenHandCursor);
        Q_EMIT m_row.dropped(here);
    }

    RowEditor &m_row;
    QPoint m_start;
    bool m_pressed = false;
    bool m_dragging = false;
};

RowEditor::RowEditor(FieldCatalogue &catalogue, FieldCompleter &completer, QWidget *parent)
    : QWidget(parent)
    , m_catalogue(catalogue)
    , m_grip(new Grip(*this))
    , m_field(new FieldEdit(completer, this))
    , m_operator(new QComboBox(this))
    , m_value(new QLineEdit(this))
    , m_call(new QComboBox(this))
    , m_live(new widgets::StatusLabel(this))
    , m_doubt(new widgets::StatusLabel(this))
    , m_remove(new QToolButton(this))
{
    m_grip->setToolTip(tr("Drag to move the condition (Alt+Up, Alt+Down)"));
    m_operator->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_call->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_operator->setMaxVisibleItems(20);
    for (const QString &type : callTypes())
        m_call->addItem(callWords(type), type);
    m_live->setTextFont(theme::font(theme::Text::Mono));
    m_remove->setAutoRaise(true);
    m_remove->setFocusPolicy(Qt::StrongFocus);
    m_remove->setIcon(theme::icon("close"));
    m_remove->setToolTip(tr("Remove the condition (Ctrl+Backspace)"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    for (QWidget *part : std::initializer_list<QWidget *>{ m_field, m_operator, m_value, m_call, m_remove }) {
        part->setFocusPolicy(Qt::StrongFocus);
        part->installEventFilter(this);
    }

    connect(m_field, &QLineEdit::textEdited, this, &RowEditor::fieldTyped);
    connect(m_field, &FieldEdit::chosen, this, [this] { Q_EMIT fieldChosen(m_field->text()); });
    connect(m_operator, &QComboBox::activated, this,
        [this](int index) { Q_EMIT operatorChosen(static_cast<fql::Operator>(m_operator->itemData(index).toInt())); });
    connect(m_value, &QLineEdit::textEdited, this, &RowEditor::valueTyped);
    connect(m_value, &QLineEdit::editingFinished, this, &RowEditor::typingEnded);
    connect(m_call, &QComboBox::activated, this,
        [this](int index) { Q_EMIT valueChosen(m_call->itemData(index).toString()); });
    connect(m_remove, &QToolButton::clicked, this, &RowEditor::removeRequested);
}

void RowEditor::show(const ConditionRow &row, int number, const RowState &state)
{
    if (m_field->text() != row.field) {
        m_field->setText(row.field);
        if (!m_field->hasFocus())
            m_field->setCursorPosition(0);
    }
    m_field->setToolTip(row.field);
    m_field->setAccessibleName(tr("Field of condition %1").arg(number));
    m_operator->setAccessibleName(tr("Operator of condition %1").arg(number));
    m_value->setAccessibleName(tr("Value of condition %1").arg(number));
    m_call->setAccessibleName(tr("Value of condition %1").arg(number));
    m_remove->setAccessibleName(tr("Remove condition %1").arg(number));
    showOperators(row);
    showValue(row);
    showState(number, state);
}

void RowEditor::showOperators(const ConditionRow &row)
{
    const std::vector<fql::Operator> &operators = operatorsOf(row.field);
    int at = m_operator->findData(static_cast<int>(row.op));
    if (m_operators != &operators || at < 0) {
        m_operators = &operators;
        m_operator->clear();
        for (const fql::Operator op : operators)
            m_operator->addItem(operatorWords(op), static_cast<int>(op));
        if (std::ranges::find(operators, row.op) == operators.end())
            m_operator->addItem(operatorWords(row.op), static_cast<int>(row.op)); // wrong, and shown to be
        at = m_operator->findData(static_cast<int>(row.op));
    }
    m_operator->setCurrentIndex(at);
    m_operator->setToolTip(m_operator->currentText());
}

void RowEditor::showValue(const ConditionRow &row)
{
    const bool none = fql::valueKind(row.op) == fql::ValueKind::None;
    const bool call = !none && isCall(row);
    QWidget *before = m_value->hasFocus() ? static_cast<QWidget *>(m_value) : m_call->hasFocus() ? m_call : nullptr;
    if (call) {
        while (m_call->count() > static_cast<int>(callTypes().size()))
            m_call->removeItem(m_call->count() - 1);
        int at = m_call->findData(row.value);
        if (at < 0 && !row.value.isEmpty()) {
            m_call->addItem(row.value, row.value); // no call of Segment's, but what the trigger says
            at = m_call->count() - 1;
        }
        m_call->setCurrentIndex(at);
        m_call->setPlaceholderText(tr("Choose a type"));
    } else if (m_value->text() != row.value) {
        m_value->setText(row.value);
        if (!m_value->hasFocus())
            m_value->setCursorPosition(0);
    }
    const bool number = fql::valueKind(row.op) == fql::ValueKind::Number;
    m_value->setFont(theme::font(number ? theme::Text::Mono : theme::Text::Body));
    m_value->setPlaceholderText(row.mayBeEmpty ? tr("the empty text") : number ? tr("Number") : tr("Value"));
    m_value->setToolTip(row.value);
    m_call->setVisible(call);
    m_value->setVisible(!none && !call);
    if (before && before->isHidden()) // the keyboard stays in the row
        (none ? static_cast<QWidget *>(m_operator) : call ? static_cast<QWidget *>(m_call) : m_value)->setFocus();
}

void RowEditor::showState(int number, const RowState &state)
{
    QString fieldReason;
    QString valueReason;
    if (state.error) {
        const QString why = QString::fromStdString(state.error->message);
        const bool unfinished = isUnfinished(*state.error);
        const std::string &code = state.error->code;
        const bool field = code == "trigger-row-field" || code == "trigger-row-unknown" || code == "fql-row-path";
        m_wrong = field ? RowPart::Field : code == "fql-row-operator" ? RowPart::Operator : RowPart::Value;
        if (!unfinished)
            (field ? fieldReason : valueReason) = why;
        m_live->setTextFont(theme::font(theme::Text::Small));
        m_live->setStatus(
            unfinished ? "warn" : "fail", why, unfinished ? widgets::Tone::Warning : widgets::Tone::Error);
        m_live->setToolTip(why);
        m_live->setAccessibleName(tr("Condition %1: %2").arg(QString::number(number), why));
    } else {
        m_live->setTextFont(theme::font(theme::Text::Mono));
        const QString seen = state.seen.value_or(QString());
        if (!state.holds)
            m_live->setStatus("", QString());
        else
            m_live->setStatus(*state.holds ? "check" : "cross", seen, widgets::Tone::Neutral,
                *state.holds ? theme::Tint::Success : theme::Tint::Error);
        m_live->setToolTip(!state.holds ? QString()
                : *state.holds          ? tr("Holds. The event has %1.").arg(seen)
                                        : tr("Does not hold. The event has %1.").arg(seen));
        m_live->setAccessibleName(tr("Condition %1: %2").arg(QString::number(number), m_live->toolTip()));
        m_wrong = RowPart::Field;
    }
    theme::setInvalid(m_field, fieldReason);
    theme::setInvalid(m_value, valueReason);
    if (fieldReason.isEmpty())
        m_field->setToolTip(m_field->text());
    if (valueReason.isEmpty()) {
        m_value->setToolTip(m_value->text());
        m_value->setAccessibleDescription(state.doubt);
    }
    const bool doubts = !state.doubt.isEmpty();
    if (doubts)
        m_doubt->setStatus("warn", QString());
    m_doubt->setToolTip(state.doubt);
    m_doubt->setAccessibleName(state.doubt);
    if (doubts != !m_doubt->isHidden()) {
        m_doubt->setVisible(doubts);
        layOut();
    }
}

void RowEditor::offerValues()
{
    const QStringList values = m_catalogue.valuesOf(m_field->text());
    if (!m_values) {
        m_values = new QStringListModel(this);
        auto *completer = new QCompleter(m_values, this);
        completer->setFilterMode(Qt::MatchContains);
        completer->setCaseSensitivity(Qt::CaseInsensitive);
        connect(completer, qOverload<const QString &>(&QCompleter::activated), this, &RowEditor::valueChosen);
        m_value->setCompleter(completer);
    }
    if (m_values->stringList() != values)
        m_values->setStringList(values);
}

std::optional<RowPart> RowEditor::focusedPart() const
{
    if (m_field->hasFocus())
        return RowPart::Field;
    if (m_operator->hasFocus())
        return RowPart::Operator;
    if (m_value->hasFocus() || m_call->hasFocus())
        return RowPart::Value;
    if (m_remove->hasFocus())
        return RowPart::Remove;
    return std::nullopt;
}

void RowEditor::focus(RowPart part)
{
    QWidget *target = m_field;
    if (part == RowPart::Operator || (part == RowPart::Value && m_value->isHidden() && m_call->isHidden()))
        target = m_operator;
    else if (part == RowPart::Value)
        target = m_value->isHidden() ? static_cast<QWidget *>(m_call) : m_value;
    else if (part == RowPart::Remove)
        target = m_remove;
    target->setFocus(Qt::OtherFocusReason);
}

RowPart RowEditor::wrongPart() const
{
    return m_wrong;
}

QWidget *RowEditor::followInTabOrder(QWidget *before)
{
    for (QWidget *part : std::initializer_list<QWidget *>{ m_field, m_operator, m_value, m_call, m_remove }) {
        setTabOrder(before, part);
        before = part;
    }
    return before;
}

QWidget *RowEditor::lastPart() const
{
    return m_remove;
}

void RowEditor::setLifted(bool lifted)
{
    for (QWidget *part : std::initializer_list<QWidget *>{ m_field, m_operator, m_value, m_call, m_live, m_remove })
        part->setEnabled(!lifted);
}

QSize RowEditor::sizeHint() const
{
    return { 600, theme::metric::kInput };
}

QSize RowEditor::minimumSizeHint() const
{
    return { kGripWidth + kField.least + kOperator.least + kValue.least + kLive.least + kRemoveWidth + 5 * kGap,
        theme::metric::kInput };
}

void RowEditor::layOut()
{
    const RowColumns columns = rowColumns(width());
    const auto put = [&](QWidget *widget, RowColumns::Column column) {
        widget->setGeometry(
            QStyle::visualRect(layoutDirection(), rect(), QRect(column.left, 0, column.width, height())));
    };
    put(m_grip, columns.grip);
    put(m_field, columns.field);
    put(m_operator, columns.op);
    put(m_value, columns.value);
    put(m_call, columns.value);
    RowColumns::Column live = columns.live;
    if (!m_doubt->isHidden()) {
        live.width -= kDoubtWidth + 4;
        put(m_doubt, { live.left + live.width + 4, kDoubtWidth });
    }
    put(m_live, live);
    put(m_remove, columns.remove);
}

void RowEditor::resizeEvent(QResizeEvent *)
{
    layOut();
}

void RowEditor::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LayoutDirectionChange)
        layOut();
}

bool RowEditor::takesKey(const QObject *watched, int key, Qt::KeyboardModifiers modifiers) const
{
    modifiers &= ~Qt::KeypadModifier;
    if (modifiers == Qt::AltModifier)
        return key == Qt::Key_Up || key == Qt::Key_Down;
    // In a text these keys are the text's, until it is empty.
    const auto *text = qobject_cast<const QLineEdit *>(watched);
    if (key == Qt::Key_Backspace && modifiers == Qt::ControlModifier)
        return !text || text->text().isEmpty();
    return key == Qt::Key_Delete && modifiers == Qt::NoModifier && !text;
}

bool RowEditor::eventFilter(QObject *watched, QEvent *event)
{
    const auto *widget = qobject_cast<QWidget *>(watched);
    switch (event->type()) {
    case QEvent::ShortcutOverride: {
        auto *key = static_cast<QKeyEvent *>(event);
        if (takesKey(watched, key->key(), key->modifiers())) {
            event->accept(); // before "Move mapping up" gets it
            return true;
        }
        // Every keystroke is in the project already: undo is the project's, not the line's.
        if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {
            event->ignore();
            return true;
        }
        break;
    }
    case QEvent::KeyPress: {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool list = (key->key() == Qt::Key_Down && key->modifiers() == Qt::NoModifier)
            || (key->key() == Qt::Key_Space && key->modifiers() == Qt::ControlModifier);
        if (watched == m_value && list && m_value->completer() && !m_value->completer()->popup()->isVisible()) {
            m_value->completer()->setCompletionPrefix(QString());
            m_value->completer()->complete();
            return true;
        }
        if (!takesKey(watched, key->key(), key->modifiers()))
            break;
        if (key->key() == Qt::Key_Up || key->key() == Qt::Key_Down)
            Q_EMIT moveRequested(key->key() == Qt::Key_Up ? -1 : 1);
        else
            Q_EMIT removeRequested();
        return true;
    }
    case QEvent::Wheel:
        if (!widget->hasFocus()) {
            event->ignore(); // scrolling past must not change anything
            return true;
        }
        break;
    case QEvent::FocusIn:
        // Coming back from the list of values is no reason to make another one.
        if (watched == m_value && static_cast<QFocusEvent *>(event)->reason() != Qt::PopupFocusReason)
            offerValues();
        break;
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace hookbench::trigger
