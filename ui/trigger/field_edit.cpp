#include "ui/trigger/field_edit.h"

#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"
#include "ui/trigger/field_catalogue.h"
#include "ui/trigger/trigger_words.h"

#include <QAction>
#include <QKeyEvent>
#include <QListView>
#include <QPainter>
#include <QStyleOptionFrame>

namespace hookbench::trigger {

namespace {

constexpr int kListWidth = 380;
constexpr int kItemHeight = 22;
constexpr int kPadding = 8;

/// "Event type  type", or a path and a value it had.
void paintField(
    QPainter *painter, const QRect &rect, const QString &field, const QString &detail, Qt::LayoutDirection direction)
{
    const theme::Tokens &t = theme::tokens();
    const QString name = fieldWords(field);
    const QFont mono = theme::font(theme::Text::Mono);
    const QString first = name.isEmpty() ? field : name;
    const QString second = name.isEmpty() ? detail : field;
    const QFont firstFont = name.isEmpty() ? mono : theme::font(theme::Text::Body);
    const int flags
        = static_cast<int>(QStyle::visualAlignment(direction, Qt::AlignLeft | Qt::AlignVCenter)) | Qt::TextSingleLine;
    const int firstWidth = std::min(rect.width(), QFontMetrics(firstFont).horizontalAdvance(first) + 2);
    QRect place(rect.left(), rect.top(), firstWidth, rect.height());
    painter->setFont(firstFont);
    painter->setPen(t.text);
    theme::paintText(painter, QStyle::visualRect(direction, rect, place), flags,
        QFontMetrics(firstFont).elidedText(first, Qt::ElideMiddle, place.width()));
    place = QRect(place.right() + kPadding, rect.top(), rect.right() - place.right() - kPadding, rect.height());
    if (second.isEmpty() || place.width() < QFontMetrics(mono).averageCharWidth() * 3)
        return;
    painter->setFont(mono);
    painter->setPen(t.muted);
    theme::paintText(painter, QStyle::visualRect(direction, rect, place), flags,
        QFontMetrics(mono).elidedText(second, Qt::ElideRight, place.width()));
}

class FieldDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override { return { 120, kItemHeight }; }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const theme::Tokens &t = theme::tokens();
        painter->save();
        painter->fillRect(option.rect, option.state & QStyle::State_Selected ? t.sel : t.base);
        paintField(painter, option.rect.adjusted(kPadding, 0, -kPadding, 0), index.data().toString(),
            index.data(FieldCatalogue::DetailRole).toString(), option.direction);
        painter->restore();
    }
};

} // namespace

FieldCompleter::FieldCompleter(FieldCatalogue &catalogue, QObject *parent)
    : QCompleter(&catalogue, parent)
{
    setCompletionRole(FieldCatalogue::SearchRole);
    setFilterMode(Qt::MatchContains);
    setCaseSensitivity(Qt::CaseInsensitive);
    setMaxVisibleItems(12);
    auto *list = new QListView;
    list->setUniformItemSizes(true);
    list->setAccessibleName(tr("Fields"));
    list->setMinimumWidth(kListWidth);
    setPopup(list);
    list->setItemDelegate(new FieldDelegate(list)); // the completer has set its own
}

QString FieldCompleter::pathFromIndex(const QModelIndex &index) const
{
    return index.data(Qt::EditRole).toString();
}

void FieldCompleter::showAll(const QRect &rect)
{
    setCompletionPrefix(QString());
    complete(rect);
}

FieldEdit::FieldEdit(FieldCompleter &completer, QWidget *parent)
    : QLineEdit(parent)
    , m_completer(completer)
{
    setFont(theme::font(theme::Text::Mono));
    setPlaceholderText(tr("Choose a field"));
    QAction *open = addAction(theme::icon("chevron-down"), TrailingPosition);
    open->setToolTip(tr("Fields of the loaded events (Ctrl+Space)"));
    open->setText(tr("Show the fields"));
    connect(open, &QAction::triggered, this, [this] {
        setFocus(Qt::PopupFocusReason);
        showFields();
    });
    connect(this, &QLineEdit::editingFinished, this, &FieldEdit::chosen);
}

void FieldEdit::showFields()
{
    m_completer.showAll(rect());
}

void FieldEdit::focusInEvent(QFocusEvent *event)
{
    if (m_completer.widget() != this) {
        if (auto *before = qobject_cast<QLineEdit *>(m_completer.widget()))
            before->setCompleter(nullptr);
        m_completer.setWidget(this);
        setCompleter(&m_completer);
        connect(&m_completer, qOverload<const QString &>(&QCompleter::activated), this, [this](const QString &field) {
            setText(field);
            Q_EMIT chosen();
        });
    }
    QLineEdit::focusInEvent(event);
    update();
}

void FieldEdit::focusOutEvent(QFocusEvent *event)
{
    QLineEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason && completer()) {
        disconnect(&m_completer, nullptr, this, nullptr);
        setCompleter(nullptr);
    }
    setCursorPosition(0);
    update();
}

void FieldEdit::keyPressEvent(QKeyEvent *event)
{
    const bool list = (event->key() == Qt::Key_Space && event->modifiers() == Qt::ControlModifier)
        || event->key() == Qt::Key_F4
        || (event->key() == Qt::Key_Down && event->modifiers() == Qt::NoModifier && !m_completer.popup()->isVisible());
    if (list) {
        showFields();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void FieldEdit::paintEvent(QPaintEvent *event)
{
    if (hasFocus() || text().isEmpty()) {
        QLineEdit::paintEvent(event);
        return;
    }
    QStyleOptionFrame option;
    initStyleOption(&option);
    QPainter painter(this);
    style()->drawPrimitive(QStyle::PE_PanelLineEdit, &option, &painter, this);
    const QRect words = QStyle::visualRect(layoutDirection(), rect(), rect().adjusted(kPadding, 1, -24, -1));
    paintField(&painter, words, text(), {}, layoutDirection());
}

} // namespace hookbench::trigger
