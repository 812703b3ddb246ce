#include "ui/widgets/find_bar.h"

#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QToolButton>

namespace hookbench::widgets {

FindBar::FindBar(QWidget *parent)
    : QWidget(parent)
    , m_edit(new QLineEdit)
    , m_case(new QToolButton)
    , m_result(new MutedLabel)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(6, 3, 6, 3);
    row->setSpacing(4);
    m_edit->setPlaceholderText(tr("Find"));
    m_edit->setAccessibleName(tr("Find in what is shown"));
    m_edit->setClearButtonEnabled(true);
    theme::setRole(m_edit, theme::Role::Small);
    m_edit->addAction(theme::icon("search"), QLineEdit::LeadingPosition);
    row->addWidget(m_edit, 1);
    const auto button = [&](const char *icon, const QString &words) {
        auto *made = new QToolButton;
        made->setIcon(theme::icon(icon));
        made->setAutoRaise(true);
        made->setToolTip(words);
        made->setAccessibleName(words);
        made->setFocusPolicy(Qt::TabFocus);
        return made;
    };
    m_case->setText(QStringLiteral("Aa"));
    m_case->setCheckable(true);
    m_case->setAutoRaise(true);
    m_case->setFocusPolicy(Qt::TabFocus);
    m_case->setToolTip(tr("Upper and lower case differ"));
    m_case->setAccessibleName(m_case->toolTip());
    row->addWidget(m_result);
    row->addWidget(m_case);
    QToolButton *previous = button("arrow-up", tr("Previous (Shift+Enter)"));
    QToolButton *next = button("arrow-down", tr("Next (Enter)"));
    QToolButton *close = button("close", tr("Close the search (Esc)"));
    for (QToolButton *made : { previous, next, close })
        row->addWidget(made);
    connect(m_edit, &QLineEdit::textChanged, this, &FindBar::changed);
    connect(m_case, &QToolButton::toggled, this, &FindBar::changed);
    connect(previous, &QToolButton::clicked, this, [this] { Q_EMIT wanted(false); });
    connect(next, &QToolButton::clicked, this, [this] { Q_EMIT wanted(true); });
    connect(close, &QToolButton::clicked, this, &FindBar::closed);
    hide();
}

void FindBar::open(const QString &proposal)
{
    if (!proposal.isEmpty())
        m_edit->setText(proposal);
    show();
    m_edit->setFocus(Qt::ShortcutFocusReason);
    m_edit->selectAll();
}

QString FindBar::needle() const
{
    return m_edit->text();
}

bool FindBar::isCaseSensitive() const
{
    return m_case->isChecked();
}

void FindBar::setResult(const QString &words, bool found)
{
    m_result->setText(words);
    theme::setInvalid(m_edit, found ? QString() : words);
}

void FindBar::keyPressEvent(QKeyEvent *event)
{
    const bool back = event->modifiers().testFlag(Qt::ShiftModifier);
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_F3:
        Q_EMIT wanted(!back);
        return;
    case Qt::Key_Escape:
        Q_EMIT closed();
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void FindBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme::tokens().window);
    painter.fillRect(0, 0, width(), 1, theme::tokens().border);
}

} // namespace hookbench::widgets
