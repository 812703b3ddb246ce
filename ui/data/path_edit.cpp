#include "ui/data/path_edit.h"

#include "ui/theme/fonts.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>

namespace hookbench::data {

namespace {

constexpr int kShown = 10;

class PathDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return { 200, theme::metric::kTableRow };
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const theme::Tokens &t = theme::tokens();
        painter->save();
        painter->fillRect(option.rect, option.state.testFlag(QStyle::State_Selected) ? t.sel : t.base);
        const QRect rect = option.rect.adjusted(theme::metric::kCellPadding, 0, -theme::metric::kCellPadding, 0);
        const auto align = [&](Qt::Alignment side) {
            return static_cast<int>(QStyle::visualAlignment(option.direction, side | Qt::AlignVCenter));
        };
        painter->setFont(theme::font(theme::Text::Mono));
        painter->setLayoutDirection(Qt::LayoutDirectionAuto); // each text runs as its letters do
        const QFontMetrics metrics = painter->fontMetrics();
        const QString path = metrics.elidedText(index.data().toString(), Qt::ElideMiddle, rect.width());
        painter->setPen(t.jKey);
        painter->drawText(rect, align(Qt::AlignLeft), path);
        const int room = rect.width() - metrics.horizontalAdvance(path) - 16;
        if (room > 30) {
            painter->setPen(t.muted);
            painter->drawText(rect, align(Qt::AlignRight),
                metrics.elidedText(index.data(EventPathsModel::kSampleRole).toString(), Qt::ElideRight, room));
        }
        painter->restore();
    }
};

} // namespace

EventPathsModel::EventPathsModel(EventPaths paths, QObject *parent)
    : QAbstractListModel(parent)
    , m_paths(std::move(paths))
{
}

int EventPathsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_paths ? 0 : static_cast<int>(m_paths->size());
}

QVariant EventPathsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const EventPath &path = (*m_paths)[static_cast<std::size_t>(index.row())];
    if (role == Qt::DisplayRole || role == Qt::EditRole)
        return path.path;
    if (role == kSampleRole || role == Qt::ToolTipRole)
        return path.sample;
    return {};
}

QCompleter *makePathCompleter(const EventPaths &paths, QObject *parent)
{
    auto *completer = new QCompleter(parent);
    completer->setModel(new EventPathsModel(paths, completer));
    completer->setFilterMode(Qt::MatchContains);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setMaxVisibleItems(kShown);
    completer->popup()->setItemDelegate(new PathDelegate(completer->popup()));
    return completer;
}

PathEdit::PathEdit(const EventPaths &paths, QWidget *parent)
    : QLineEdit(parent)
{
    setFont(theme::font(theme::Text::Mono));
    setPlaceholderText(tr("Whole event; type to find a path"));
    setCompleter(makePathCompleter(paths, this));
}

void PathEdit::keyPressEvent(QKeyEvent *event)
{
    const bool all = (event->key() == Qt::Key_Space && event->modifiers() == Qt::ControlModifier)
        || (event->key() == Qt::Key_Down && event->modifiers() == Qt::NoModifier);
    if (all && !completer()->popup()->isVisible()) {
        completer()->setCompletionPrefix(hasSelectedText() && selectedText() == text() ? QString() : text());
        completer()->complete();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

} // namespace hookbench::data
