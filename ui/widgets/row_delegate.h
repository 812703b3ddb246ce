#pragma once
// Cells of our tables: alternating rows with quiet lines, a status shape in front of the words (or alone, when there
// are none), chosen columns elided in the middle. The shape is an icon name (QByteArray) under kIconRole.
#include <QSet>
#include <QStyledItemDelegate>

class QTableView;

namespace hookbench::widgets {

class RowDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    static constexpr int kIconRole = Qt::UserRole + 1;
    static constexpr int kToneRole = Qt::UserRole + 40; ///< int of a Tone: colours the words

    /// `quiet` columns are painted muted.
    RowDelegate(QSet<int> elidedInTheMiddle, QSet<int> quiet, QObject *parent = nullptr);
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    QSet<int> m_middle;
    QSet<int> m_quiet;
};

/// Makes a table one of ours: a RowDelegate, whole rows of one height without grid and frame, Tab leaves it.
void dressTable(QTableView *table, const QSet<int> &elidedInTheMiddle = {}, const QSet<int> &quiet = {});

} // namespace hookbench::widgets
