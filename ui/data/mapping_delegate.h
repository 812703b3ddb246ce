#pragma once
// Cells of the mapping tree: names in mono, values as tokens and pills, previews with their type mark.
#include <QStyledItemDelegate>

namespace hookbench::data {

class MappingModel;
struct Outcome;

class MappingDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit MappingDelegate(const MappingModel &model, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void paintPreview(
        QPainter *painter, const QStyleOptionViewItem &option, const QRect &rect, const QModelIndex &index) const;

    const MappingModel &m_model;
};

/// "Abc "50314…"": what a row became, as its preview and the value editor show it.
void paintOutcome(
    QPainter *painter, const QRect &rect, const Outcome &outcome, const QString &note, Qt::LayoutDirection direction);

} // namespace hookbench::data
