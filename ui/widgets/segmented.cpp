#include "ui/widgets/segmented.h"

#include "ui/theme/fonts.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"

#include <QButtonGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QToolButton>

namespace hookbench::widgets {

Segmented::Segmented(const QStringList &choices, QWidget *parent)
    : QWidget(parent)
    , m_group(new QButtonGroup(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(1);
    for (int i = 0; i < choices.size(); ++i) {
        auto *button = new QToolButton;
        button->setText(choices.at(i));
        button->setCheckable(true);
        button->setFocusPolicy(Qt::StrongFocus);
        button->setFont(theme::font(theme::Text::Small));
        button->setFixedHeight(22);
        theme::setRole(button, theme::Role::Segment);
        button->installEventFilter(this);
        m_group->addButton(button, i);
        layout->addWidget(button);
        connect(button, &QToolButton::toggled, button,
            [button](bool on) { button->setFont(theme::font(on ? theme::Text::SmallStrong : theme::Text::Small)); });
        setChoiceText(i, choices.at(i));
    }
    m_group->setExclusive(true);
    setCurrent(0);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(m_group, &QButtonGroup::idClicked, this, &Segmented::chosen);
}

int Segmented::current() const
{
    return m_group->checkedId();
}

void Segmented::setCurrent(int index)
{
    if (QAbstractButton *button = m_group->button(index))
        button->setChecked(true);
}

void Segmented::setChoiceEnabled(int index, bool enabled, const QString &reason)
{
    if (QAbstractButton *button = m_group->button(index)) {
        button->setEnabled(enabled);
        button->setToolTip(reason);
        button->setAccessibleDescription(reason);
    }
}

void Segmented::setChoiceText(int index, const QString &text)
{
    if (QAbstractButton *button = m_group->button(index)) {
        button->setText(text);
        // As wide as its semi-bold text, so that nothing moves when the choice changes.
        const QFontMetrics metrics(theme::font(theme::Text::SmallStrong));
        button->setMinimumWidth(metrics.horizontalAdvance(text) + 20);
    }
}

QToolButton *Segmented::button(int index) const
{
    return qobject_cast<QToolButton *>(m_group->button(index));
}

void Segmented::paintEvent(QPaintEvent *)
{
    const theme::Tokens &t = theme::tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(t.control);
    painter.setBrush(t.base);
    painter.drawRoundedRect(
        QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme::metric::kRadius, theme::metric::kRadius);
    painter.setRenderHint(QPainter::Antialiasing, false);
    const auto buttons = m_group->buttons();
    for (qsizetype i = 1; i < buttons.size(); ++i) {
        const QRect box = buttons.at(i)->geometry();
        const int x = layoutDirection() == Qt::RightToLeft ? box.right() + 1 : box.left() - 1;
        painter.fillRect(x, 1, 1, height() - 2, t.control);
    }
}

bool Segmented::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Left || key == Qt::Key_Right) {
            const bool forward = (key == Qt::Key_Right) != (layoutDirection() == Qt::RightToLeft);
            const int count = static_cast<int>(m_group->buttons().size());
            int index = m_group->id(qobject_cast<QAbstractButton *>(watched));
            do {
                index += forward ? 1 : -1;
            } while (index >= 0 && index < count && !m_group->button(index)->isEnabled());
            if (index >= 0 && index < count) {
                m_group->button(index)->setFocus(Qt::TabFocusReason);
                m_group->button(index)->click();
            }
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace hookbench::widgets
