#pragma once
// The mapping tree on the screen: keyboard, clipboard, drag and drop, context menu. What the user asks for leaves as
// signals with places of the mapping.
#include <QTreeView>

#include <set>
#include <string>

namespace hookbench::data {

class MappingModel;
struct Row;

class MappingView : public QTreeView
{
    Q_OBJECT
public:
    explicit MappingView(MappingModel &model, QWidget *parent = nullptr);

    /// Of the current row; null: there is none.
    const Row *currentRow() const;
    /// Makes the row of that place, or the nearest one, current.
    void goTo(const std::string &pointer);
    /// Types the name of the field there.
    void rename(const std::string &pointer);

Q_SIGNALS:
    void valueRequested(const QModelIndex &index); ///< opens the value editor
    void addRequested(); ///< a field or item at the current row
    void removeRequested(const std::string &pointer);
    void duplicateRequested(const std::string &pointer);
    void nudgeRequested(const std::string &pointer, int by);
    void copyRequested(const std::string &pointer);
    void cutRequested(const std::string &pointer);
    void pasteRequested();
    void renamed(); ///< the name editor was left with Enter
    void rowChosen(const std::string &pointer); ///< another row is current

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void closeEditor(QWidget *editor, QAbstractItemDelegate::EndEditHint hint) override;
    void startDrag(Qt::DropActions actions) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void expandRows();
    bool isOurKey(const QKeyEvent *event) const;

    MappingModel &m_model;
    std::set<std::string> m_folded; ///< rows the user closed
    std::string m_current; ///< outlives a reset of the model
    bool m_restoring = false;
    bool m_sized = false; ///< the user gave the columns their widths
};

} // namespace hookbench::data
