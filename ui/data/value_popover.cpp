#include "ui/data/value_popover.h"

#include "core/mapping/validate.h"
#include "ui/data/outcome_line.h"
#include "ui/data/value_form.h"
#include "ui/theme/fonts.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/labels.h"

#include <QApplication>
#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollArea>
#include <QScrollBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace hookbench::data {

namespace {

constexpr int kWidth = 560;
constexpr int kLeastWidth = 360;
constexpr int kMargin = 8;
constexpr int kSide = 12;

} // namespace

ValuePopover::ValuePopover(QWidget *window)
    : QFrame(window)
    , m_title(new widgets::ElidedLabel)
    , m_scroll(new QScrollArea)
    , m_problem(new widgets::StatusLabel)
    , m_outcome(new OutcomeLine)
{
    hide();
    setAccessibleName(tr("Value"));
    m_title->setFont(theme::font(theme::Text::MonoStrong));
    m_title->setElideMode(Qt::ElideMiddle);
    auto *done = new QToolButton;
    done->setText(tr("Done"));
    done->setToolTip(tr("Close (Enter or Esc); the value is in force already, Undo puts back what was there"));
    done->setFocusPolicy(Qt::StrongFocus);
    theme::setRole(done, theme::Role::Small);
    connect(done, &QToolButton::clicked, this, [this] { close(); });
    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(m_title, 1);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->viewport()->setAutoFillBackground(false);
    auto *foot = new QHBoxLayout;
    foot->setSpacing(8);
    foot->addWidget(m_outcome, 1);
    foot->addWidget(done);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(kSide, kMargin, kSide, kMargin);
    layout->setSpacing(kMargin);
    layout->addLayout(head);
    layout->addWidget(m_scroll, 1);
    layout->addWidget(m_problem);
    layout->addLayout(foot);
    m_problem->hide();
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, QWidget *now) { watchFocus(now); });
    window->installEventFilter(this);
}

void ValuePopover::open(const std::string &pointer, const QString &title, const json::Document &value, EventPaths paths,
    Trial trial, const QRect &row, QWidget *from)
{
    m_pointer = pointer;
    m_row = row;
    m_from = from;
    m_title->setText(title);
    m_problem->hide();
    m_form = new ValueForm(std::move(paths), tr("value of %1").arg(title));
    m_form->setTrial(std::move(trial));
    m_form->setValue(value);
    m_form->setAutoFillBackground(false);
    m_form->installEventFilter(this);
    m_scroll->setWidget(m_form); // deletes the one before
    m_form->setAutoFillBackground(false);
    connect(m_form, &ValueForm::edited, this, &ValuePopover::take);
    connect(m_form, &ValueForm::typed, this, &ValuePopover::unfinishedChanged);
    connect(
        m_form, &ValueForm::accepted, this, [this] { close(); }, Qt::QueuedConnection);
    show();
    raise();
    place();
    m_form->mainControl()->setFocus(Qt::OtherFocusReason);
}

void ValuePopover::close()
{
    if (isHidden())
        return;
    const bool hadFocus = isAncestorOf(QApplication::focusWidget());
    hide();
    if (m_from && hadFocus)
        m_from->setFocus(Qt::PopupFocusReason);
    Q_EMIT unfinishedChanged();
    Q_EMIT closed();
}

json::Document ValuePopover::unfinished() const
{
    if (!isOpen() || !m_form)
        return {};
    json::Arena arena;
    const json::Value texts = m_form->unfinished(arena);
    if (texts.isUndefined() && m_problem->isHidden())
        return {};
    json::ObjectBuilder state(arena);
    if (!m_problem->isHidden())
        state.add("value", m_form->value());
    if (!texts.isUndefined())
        state.add("form", texts);
    return json::Document::copyOf(state.build());
}

void ValuePopover::restore(const json::Document &unfinished)
{
    if (!isOpen())
        return;
    if (const json::Value value = unfinished->find("value"); !value.isUndefined()) {
        m_form->setValue(json::Document::copyOf(value));
        take(m_form->value());
    }
    m_form->restore(unfinished->find("form"));
    m_form->mainControl()->setFocus(Qt::OtherFocusReason);
}

void ValuePopover::follow(const json::Document &value)
{
    if (!isOpen())
        return;
    // What is being typed and was not taken stays: the mapping has the value before it.
    if (m_problem->isHidden())
        m_form->setValue(value);
    place();
}

void ValuePopover::showOutcome(const Outcome &outcome, const QString &note)
{
    m_outcome->show(outcome, note);
    if (m_form)
        m_form->tryAgain();
}

void ValuePopover::take(const json::Document &value)
{
    const Issues mistakes = mapping::validate(value, "");
    m_problem->setVisible(!mistakes.empty());
    if (!mistakes.empty()) {
        m_problem->setStatus("fail",
            tr("%1 Until then the last valid value stays in force.")
                .arg(QString::fromStdString(mistakes.front().message)),
            widgets::Tone::Error);
    } else {
        Q_EMIT edited(m_pointer, value);
    }
    Q_EMIT unfinishedChanged();
    place();
}

void ValuePopover::place()
{
    if (isHidden() || !m_form)
        return;
    const QRect room = parentWidget()->rect().adjusted(kMargin, kMargin, -kMargin, -kMargin);
    const QRect row(parentWidget()->mapFromGlobal(m_row.topLeft()), m_row.size());
    const int width = std::clamp(row.width(), std::min(kLeastWidth, room.width()), std::min(kWidth, room.width()));
    m_form->layout()->activate();
    const int formWidth = width - 2 * kSide - 2;
    const int form = m_form->hasHeightForWidth() ? m_form->heightForWidth(formWidth) : m_form->sizeHint().height();
    int height = layout()->contentsMargins().top() + layout()->contentsMargins().bottom() + 2;
    height += m_title->sizeHint().height() + form + theme::metric::kSmallInput + 2 * layout()->spacing();
    if (!m_problem->isHidden())
        height += m_problem->sizeHint().height() + layout()->spacing();
    height = std::min(height, room.height());
    int top = row.bottom() + 2;
    if (top + height > room.bottom())
        top = row.top() - 2 - height >= room.top() ? row.top() - 2 - height : room.bottom() + 1 - height;
    int left = layoutDirection() == Qt::RightToLeft ? row.right() + 1 - width : row.left();
    left = std::clamp(left, room.left(), std::max(room.left(), room.right() + 1 - width));
    setGeometry(left, std::max(room.top(), top), width, height);
}

bool ValuePopover::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Escape || key == Qt::Key_Delete || key == Qt::Key_F2) {
            event->accept();
            return true;
        }
    }
    return QFrame::event(event);
}

void ValuePopover::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        && (event->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier)
        close();
    else
        QFrame::keyPressEvent(event);
}

void ValuePopover::paintEvent(QPaintEvent *)
{
    const theme::Tokens &t = theme::tokens();
    QPainter painter(this);
    painter.fillRect(rect(), t.base);
    painter.setPen(t.accent);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

// Tab stays inside: leaving closes the sheet, and that should not happen by walking on.
bool ValuePopover::focusNextPrevChild(bool next)
{
    QWidget *start = QApplication::focusWidget();
    if (!start || !isAncestorOf(start))
        start = this;
    QWidget *at = start;
    do {
        at = next ? at->nextInFocusChain() : at->previousInFocusChain();
        if (isAncestorOf(at) && at->isEnabled() && at->isVisibleTo(this) && (at->focusPolicy() & Qt::TabFocus)
            && !at->focusProxy()) {
            at->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
            m_scroll->ensureWidgetVisible(at);
            return true;
        }
    } while (at != start);
    return true;
}

bool ValuePopover::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_form && event->type() == QEvent::LayoutRequest)
        QMetaObject::invokeMethod(this, &ValuePopover::place, Qt::QueuedConnection);
    else if (watched == parentWidget() && event->type() == QEvent::Resize && isOpen())
        close();
    return QFrame::eventFilter(watched, event);
}

void ValuePopover::watchFocus(QWidget *now)
{
    // No widget at all: another window, or a list of choices that belongs to us.
    if (isHidden() || !now || now == this || isAncestorOf(now))
        return;
    if (now->window() != window())
        return;
    close();
}

} // namespace hookbench::data
