#include "ui/shell/send_button.h"

#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"

#include <QAction>
#include <QStyleOptionToolButton>
#include <QStylePainter>

namespace hookbench::shell {

namespace {
constexpr int kPadding = 12;
constexpr int kIcon = 16;
constexpr int kMenu = 26;
} // namespace

SendButton::SendButton(QWidget *parent)
    : QToolButton(parent)
{
    setPopupMode(QToolButton::MenuButtonPopup);
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setFocusPolicy(Qt::StrongFocus);
    theme::setRole(this, theme::Role::Primary);
}

QString SendButton::keys() const
{
    return defaultAction() ? defaultAction()->shortcut().toString(QKeySequence::NativeText) : QString();
}

QSize SendButton::sizeHint() const
{
    const int words = QFontMetrics(theme::font(theme::Text::Strong)).horizontalAdvance(tr("Send"));
    const int hint = QFontMetrics(theme::font(theme::Text::Badge)).horizontalAdvance(keys());
    return { kPadding + kIcon + 8 + words + 10 + hint + kPadding + kMenu, theme::metric::kInput };
}

void SendButton::paintEvent(QPaintEvent *)
{
    const theme::Tokens &t = theme::tokens();
    QStylePainter painter(this);
    QStyleOptionToolButton option;
    initStyleOption(&option);
    option.text.clear();
    option.icon = QIcon();
    painter.drawComplexControl(QStyle::CC_ToolButton, option);

    const QRect main = style()->subControlRect(QStyle::CC_ToolButton, &option, QStyle::SC_ToolButton, this);
    const auto place = [&](int x, int width) {
        return QStyle::visualRect(layoutDirection(), main, QRect(main.left() + x, main.top(), width, main.height()));
    };
    const QColor color = isEnabled() ? t.onAccent : t.disabled;
    QRect box = place(kPadding, kIcon);
    box = QRect(box.left(), main.center().y() - kIcon / 2 + 1, kIcon, kIcon);
    theme::paintIcon(&painter, box, "send", isEnabled() ? t.onAccent : t.control);
    int x = kPadding + kIcon + 8;
    const QFont words = theme::font(theme::Text::Strong);
    const int wordWidth = QFontMetrics(words).horizontalAdvance(tr("Send"));
    painter.setPen(color);
    painter.setFont(words);
    painter.drawText(place(x, wordWidth + 1), Qt::AlignVCenter, tr("Send"));
    x += wordWidth + 10;
    painter.setFont(theme::font(theme::Text::Badge));
    painter.drawText(place(x, main.width() - x), Qt::AlignVCenter | Qt::AlignLeading, keys());
}

} // namespace hookbench::shell
