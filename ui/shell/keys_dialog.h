#pragma once
// F1: every command with its keys, from the catalogue. Enter or a double-click takes other keys, Delete takes them
// away; keys that another command has are refused. What is changed holds at once and is kept.
#include <QDialog>

class QLabel;
class QLineEdit;
class QTreeWidget;
class QTreeWidgetItem;

namespace hookbench::storage {
class Settings;
}

namespace hookbench::shell {

class ActionCatalogue;

class KeysDialog : public QDialog
{
    Q_OBJECT
public:
    KeysDialog(ActionCatalogue &actions, storage::Settings &settings, QWidget *parent);
    /// Gives the command those keys, or says below the list why not.
    bool assign(const QByteArray &id, const QKeySequence &keys);
    QTreeWidget *list() const { return m_list; }
    QString message() const;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fill();
    void filter(const QString &typed);
    void keep();
    void resetAll();
    void say(const QString &sentence, bool refused);
    QByteArray idOf(const QTreeWidgetItem *item) const;

    ActionCatalogue &m_actions;
    storage::Settings &m_settings;
    QLineEdit *m_filter;
    QTreeWidget *m_list;
    QLabel *m_message;
};

} // namespace hookbench::shell
