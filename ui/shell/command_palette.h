#pragma once
// Finds a command, a mapping, a problem or a field by a few letters, and does it or goes there. A popup below the
// palette field.
#include <QAbstractListModel>
#include <QFrame>
#include <QIcon>

#include <functional>
#include <vector>

class QLineEdit;
class QListView;

namespace hookbench::document {
class Workbench;
}

namespace hookbench::widgets {
class MutedLabel;
}

namespace hookbench::shell {

class ActionCatalogue;

struct PaletteEntry
{
    QString text;
    QString detail; ///< keys, or what it is
    QIcon icon;
    std::function<void()> carryOut;
    bool onlyWhenTyped = false; ///< too many of them to look through
};

/// Entries whose text has every word typed, those that begin with the text first.
class PaletteModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { DetailRole = Qt::UserRole + 1, MatchesRole /* QVariantList of start, length pairs */ };

    using QAbstractListModel::QAbstractListModel;
    void setEntries(std::vector<PaletteEntry> entries);
    void setFilter(const QString &typed);
    const PaletteEntry &entry(int row) const { return m_entries.at(m_shown.at(static_cast<std::size_t>(row)).entry); }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    struct Shown
    {
        std::size_t entry;
        int rank;
    };
    void refilter();
    QVariantList matchesIn(const QString &text) const;

    std::vector<PaletteEntry> m_entries;
    std::vector<QString> m_folded; ///< their texts, to reject most of them quickly
    std::vector<Shown> m_shown;
    QString m_typed;
};

class CommandPalette : public QFrame
{
    Q_OBJECT
public:
    CommandPalette(const ActionCatalogue &actions, document::Workbench &workbench, QWidget *window);

    enum class What { Everything, Mappings };
    /// Below `anchor`, at least as wide.
    void popUp(const QWidget *anchor, What what);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    std::vector<PaletteEntry> entries(What what) const;
    void addPlaces(std::vector<PaletteEntry> &entries) const;
    void fit();
    void carryOut(const QModelIndex &index);

    const ActionCatalogue &m_actions;
    document::Workbench &m_workbench;
    QLineEdit *m_line;
    QListView *m_list;
    widgets::MutedLabel *m_nothing;
    PaletteModel *m_model;
};

} // namespace hookbench::shell
