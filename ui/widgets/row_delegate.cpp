#include "ui/widgets/row_delegate.h"

#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/labels.h"

#include <QHeaderView>
#include <QPainter>
#include <QTableView>

namespace hookbench::widgets {

namespace {

constexpr int kRowIcon = 15;
constexpr int kIconSlot = 23;

/// Rows are chosen whole: where the keys go is seen around the whole row.
void drawRing(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const auto *table = qobject_cast<const QTableView *>(option.widget);
    if (!table || !table->hasFocus() || table->currentIndex().row() != index.row())
        return;
    const QColor color = theme::tokens().accentText;
    const QRect &r = option.rect;
    painter->fillRect(r.left(), r.top(), r.width(), 1, color);
    painter->fillRect(r.left(), r.bottom(), r.width(), 1, color);
    const QHeaderView *header = table->horizontalHeader();
    const auto isOuter = [&](int place, int step) {
        while (place >= 0 && place < header->count() && header->isSectionHidden(header->logicalIndex(place)))
            place += step;
        return header->logicalIndex(place) == index.column();
    };
    const QRect start(r.left(), r.top(), 1, r.height());
    const QRect end(r.right(), r.top(), 1, r.height());
    if (isOuter(0, 1))
        painter->fillRect(QStyle::visualRect(option.direction, r, start), color);
    if (isOuter(header->count() - 1, -1))
        painter->fillRect(QStyle::visualRect(option.direction, r, end), color);
}

} // namespace

RowDelegate::RowDelegate(QSet<int> elidedInTheMiddle, QSet<int> quiet, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_middle(std::move(elidedInTheMiddle))
    , m_quiet(std::move(quiet))
{
}

void RowDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const theme::Tokens &t = theme::tokens();
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    painter->save();
    painter->fillRect(option.rect,
        option.state.testFlag(QStyle::State_Selected) ? t.sel
            : index.row() % 2                         ? t.alt
                                                      : t.base);
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), t.line);
    drawRing(painter, option, index);
    QRect text = option.rect.adjusted(theme::metric::kCellPadding, 0, -theme::metric::kCellPadding, -1);
    const QByteArray icon = index.data(kIconRole).toByteArray();
    if (!icon.isEmpty()) {
        QRect place(0, 0, kRowIcon, kRowIcon);
        place.moveCenter(text.center());
        if (!cell.text.isEmpty()) {
            place.moveLeft(text.left());
            place = QStyle::visualRect(option.direction, text, place);
            const bool mirrored = option.direction == Qt::RightToLeft;
            text.adjust(mirrored ? 0 : kIconSlot, 0, mirrored ? -kIconSlot : 0, 0);
        }
        const QVariant tone = index.data(kToneRole);
        theme::paintIcon(painter, place, icon.constData(),
            tone.isValid() ? wordColor(static_cast<Tone>(tone.toInt())) : theme::iconColor(icon.constData()));
    }
    painter->setFont(cell.font);
    painter->setLayoutDirection(Qt::LayoutDirectionAuto); // each text runs as its letters do: "200 OK", "{ a, b }"
    painter->setPen(wordColor(static_cast<Tone>(index.data(kToneRole).toInt()), m_quiet.contains(index.column())));
    painter->drawText(text, static_cast<int>(QStyle::visualAlignment(option.direction, cell.displayAlignment)),
        painter->fontMetrics().elidedText(
            cell.text, m_middle.contains(index.column()) ? Qt::ElideMiddle : Qt::ElideRight, text.width()));
    painter->restore();
}

void dressTable(QTableView *table, const QSet<int> &elidedInTheMiddle, const QSet<int> &quiet)
{
    table->setItemDelegate(new RowDelegate(elidedInTheMiddle, quiet, table));
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setShowGrid(false);
    table->setFrameShape(QFrame::NoFrame);
    table->setWordWrap(false);
    table->setTabKeyNavigation(false);
    QHeaderView *rows = table->verticalHeader();
    rows->hide();
    rows->setSectionResizeMode(QHeaderView::Fixed);
    rows->setMinimumSectionSize(theme::metric::kTableRow);
    rows->setDefaultSectionSize(theme::metric::kTableRow);
    table->horizontalHeader()->setFixedHeight(theme::metric::kTableHeader);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    if (table->selectionModel()) // the ring is around cells that Qt does not paint again
        QObject::connect(table->selectionModel(), &QItemSelectionModel::currentRowChanged, table,
            [table] { table->viewport()->update(); });
}

} // namespace hookbench::widgets
