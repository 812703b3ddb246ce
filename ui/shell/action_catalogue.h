#pragma once
// Every command of the window, declared once: id, words, icon, keys. Menus, palette, tool tips and help are made from
// this table. Panels bind what they carry out through the workbench; an action nobody bound is invisible.
#include <QAction>
#include <QList>
#include <QObject>

#include <span>
#include <string>
#include <vector>

namespace hookbench::document {
class Workbench;
}

namespace hookbench::shell {

enum class Menu { None, File, Edit, Mapping, Event, Send, View, Help };

/// Whether the keys work in the whole window or only where the action was added to a widget (lists: F2, Delete).
enum class Reach { Window, Widget };

struct ActionEntry
{
    const char *id;
    Menu menu;
    const char *text; ///< English, for tr("…"); & marks the mnemonic
    const char *icon; ///< of the theme, or ""
    const char *keys; ///< portable text of the key sequence, or ""
    Reach reach = Reach::Window;
    bool startsGroup = false; ///< a separator stands before it in the menu
    bool checkable = false;
    const char *submenu = ""; ///< English, for tr("…"): the menu inside the menu that holds it
};

std::span<const ActionEntry> actionEntries();
/// "Find a command", in the language of the user, without mnemonic.
QString actionText(const ActionEntry &entry);
QString menuTitle(Menu menu);
QString submenuTitle(const ActionEntry &entry);

class ActionCatalogue : public QObject
{
    Q_OBJECT
public:
    /// Makes all actions, invisible, and registers them with the workbench. Those that reach the window are added to
    /// `window`.
    ActionCatalogue(document::Workbench &workbench, QWidget *window);

    const QList<QAction *> &actions() const { return m_actions; }
    QAction *at(const char *id) const;

    // Keys can be changed by the user; they are kept as "id=Ctrl+K", only where they are not the table's.
    using KeyList = std::vector<std::string>;
    void takeKeys(const KeyList &keys); ///< what names no action or no keys is passed over
    KeyList changedKeys() const;
    /// An empty sequence: none. Only the first stroke of several counts.
    void setKeys(const char *id, const QKeySequence &keys);
    /// The action other than `id` that has these keys, or nullptr.
    QAction *holderOf(const QKeySequence &keys, const char *id) const;
    static QKeySequence usualKeys(const ActionEntry &entry);

    /// Tool tip of an action for a button: its words and its keys.
    static QString toolTip(const QAction *action);

Q_SIGNALS:
    void keysChanged();

private:
    QList<QAction *> m_actions;
};

} // namespace hookbench::shell
