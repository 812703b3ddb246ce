#include "ui/mappings/mapping_delegate.h"

#include "ui/mappings/mapping_words.h"
#include "ui/mappings/mappings_model.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/switch.h"

#include <QApplication>
#include <QMouseEvent>
#include <QPainter>

namespace hookbench::mappings {

namespace {

constexpr int kRow = 73;
constexpr int kSide = 10;
constexpr int kText = 46;

QRect mirrored(const QStyleOptionViewItem &option, const QRect &rect)
{
    return QStyle::visualRect(option.direction, option.rect, rect);
}

QRect switchRect(const QStyleOptionViewItem &option)
{
    return mirrored(option,
        { option.rect.left() + kSide, option.rect.top() + 8, widgets::Switch::kSize.width(),
            widgets::Switch::kSize.height() });
}

QRect nameRect(const QStyleOptionViewItem &option)
{
    return mirrored(
        option, { option.rect.left() + kText, option.rect.top() + 7, option.rect.width() - kText - 54, 18 });
}

void drawText(QPainter *painter, const QStyleOptionViewItem &option, const QRect &rect, const QString &text,
    theme::Text font, const QColor &color, Qt::TextElideMode mode = Qt::ElideRight)
{
    painter->setFont(theme::font(font));
    painter->setPen(color);
    painter->setLayoutDirection(Qt::LayoutDirectionAuto); // each text runs as its letters do: a trigger, a host
    painter->drawText(rect,
        static_cast<int>(QStyle::visualAlignment(option.direction, Qt::AlignLeft | Qt::AlignVCenter)),
        painter->fontMetrics().elidedText(text, mode, rect.width()));
}

} // namespace

QSize MappingDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return { 200, kRow };
}

void MappingDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const theme::Tokens &t = theme::tokens();
    const QRect r = option.rect;
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool enabled = index.data(MappingsModel::EnabledRole).toBool();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->fillRect(r, selected ? t.sel : option.state.testFlag(QStyle::State_MouseOver) ? t.alt : t.base);
    if (selected)
        painter->fillRect(mirrored(option, { r.left(), r.top(), 3, r.height() - 1 }), t.accent);
    painter->fillRect(QRect(r.left(), r.bottom(), r.width(), 1), t.line);
    if (option.state.testFlag(QStyle::State_HasFocus) && option.state.testFlag(QStyle::State_KeyboardFocusChange)) {
        painter->setPen(t.accent);
        painter->drawRect(QRectF(r).adjusted(0.5, 0.5, -0.5, -1.5));
    }

    widgets::Switch::paint(painter, switchRect(option), enabled, true, option.direction);
    drawText(
        painter, option, nameRect(option), index.data().toString(), theme::Text::Strong, enabled ? t.text : t.muted);
    const auto match = static_cast<Match>(index.data(MappingsModel::MatchRole).toInt());
    if (match != Match::Unknown)
        theme::paintIcon(painter, mirrored(option, { r.right() - 26, r.top() + 8, 16, 16 }),
            match == Match::Yes ? "match" : "nomatch", match == Match::Yes ? t.success : t.muted);

    if (!index.data(MappingsModel::ErrorRole).toString().isEmpty())
        theme::paintIcon(painter, mirrored(option, { r.right() - 46, r.top() + 8, 16, 16 }), "fail", t.error);

    const QRect words = mirrored(option, { r.left() + kText, r.top() + 28, r.width() - kText - kSide, 15 });
    const QFontMetrics metrics(theme::font(theme::Text::MonoSmall));
    drawText(painter, option, words,
        fitted(index.data(MappingsModel::TriggerRole).toStringList(), words.width(),
            [&](const QString &text) { return metrics.horizontalAdvance(text); }),
        theme::Text::MonoSmall, selected ? t.text : t.muted);

    const QString method = index.data(MappingsModel::MethodRole).toString();
    const QString batch = index.data(MappingsModel::BatchRole).toString();
    const QSize methodSize = widgets::Badge::sizeOf(method, true);
    const QSize batchSize = widgets::Badge::sizeOf(batch);
    const int top = r.top() + 46;
    widgets::Badge::paint(
        painter, mirrored(option, { QPoint(r.left() + kText, top), methodSize }), method, widgets::Tone::Neutral, true);
    const QRect chip = mirrored(option, { QPoint(r.right() - kSide - batchSize.width(), top), batchSize });
    widgets::Badge::paint(
        painter, chip, batch, selected ? widgets::Tone::Accent : widgets::Tone::Neutral, false, false);
    const int hostLeft = r.left() + kText + methodSize.width() + 6;
    drawText(painter, option,
        mirrored(option, { hostLeft, top, r.right() - kSide - batchSize.width() - 6 - hostLeft, 18 }),
        index.data(MappingsModel::HostRole).toString(), theme::Text::MonoSmall, selected ? t.text : t.muted,
        Qt::ElideMiddle);
    painter->restore();
}

bool MappingDelegate::editorEvent(
    QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const auto toggle = [&] {
        return model->setData(index, !index.data(MappingsModel::EnabledRole).toBool(), MappingsModel::EnabledRole);
    };
    if (event->type() == QEvent::MouseButtonRelease) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        if (mouse->button() == Qt::LeftButton && switchRect(option).adjusted(-6, -6, 6, 6).contains(mouse->pos()))
            return toggle();
    } else if (event->type() == QEvent::MouseButtonDblClick) {
        return switchRect(option)
            .adjusted(-6, -6, 6, 6)
            .contains(static_cast<QMouseEvent *>(event)->pos()); // a fast second click toggles, it does not rename
    } else if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Space) {
        return toggle();
    }
    return QStyledItemDelegate::editorEvent(event, model, option, index);
}

QWidget *MappingDelegate::createEditor(
    QWidget *parent, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QWidget *editor = QStyledItemDelegate::createEditor(parent, option, index);
    editor->setFont(theme::font(theme::Text::Strong));
    editor->setAccessibleName(tr("Name of the mapping"));
    return editor;
}

void MappingDelegate::updateEditorGeometry(
    QWidget *editor, const QStyleOptionViewItem &option, const QModelIndex &) const
{
    editor->setGeometry(nameRect(option).adjusted(-6, -4, 6, 4));
}

} // namespace hookbench::mappings
