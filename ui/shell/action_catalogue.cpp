#include "ui/shell/action_catalogue.h"

#include "ui/document/workbench.h"
#include "ui/theme/icons.h"

#include <QCoreApplication>
#include <QWidget>

#include <array>

namespace hookbench::shell {

namespace {

constexpr auto kContext = "ActionCatalogue";
constexpr auto kExport = QT_TRANSLATE_NOOP("ActionCatalogue", "E&xport");
constexpr auto kCopyAs = QT_TRANSLATE_NOOP("ActionCatalogue", "C&opy as");
constexpr auto kDelivery = QT_TRANSLATE_NOOP("ActionCatalogue", "Chos&en delivery");
constexpr QLatin1String kEnter("Enter");
constexpr QLatin1String kReturn("Return");

// clang-format off
constexpr auto kEntries = std::to_array<ActionEntry>({
    { "file.new",          Menu::File,    QT_TRANSLATE_NOOP("ActionCatalogue", "&New destination"),            "file-new",  "Ctrl+Shift+N" },
    { "file.open",         Menu::File,    QT_TRANSLATE_NOOP("ActionCatalogue", "&Open…"),                      "folder",    "Ctrl+O" },
    { "file.sample",       Menu::File,    QT_TRANSLATE_NOOP("ActionCatalogue", "&Try the sample destination"), "play",      "" },
    { "file.save",         Menu::File,    QT_TRANSLATE_NOOP("ActionCatalogue", "&Save"),                       "save",      "Ctrl+S", Reach::Window, true },
    { "file.saveAs",       Menu::File,    QT_TRANSLATE_NOOP("ActionCatalogue", "Save &as…"),                   "",          "Ctrl+Shift+S" },
    { "file.reload",       Menu::File,    QT_TRANSLATE_NOOP("ActionCatalogue", "&Read the file again"),        "repeat",    "" },
    { "file.import",       Menu::File,    QT_TRANSLATE_NOOP("ActionCatalogue", "&Import…"),                    "import",    "Ctrl+I", Reach::Window, true },
    { "file.importFolder", Menu::File,    QT_TRANSLATE_NOOP("ActionCatalogue", "Import a fo&lder…"),           "folder",    "" },
    { "file.exportSegment", Menu::File,   QT_TRANSLATE_NOOP("ActionCatalogue", "Export as Segment &JSON…"),    "export",    "", Reach::Window, false, false, kExport },
    { "file.exportTerraform", Menu::File, QT_TRANSLATE_NOOP("ActionCatalogue", "Export as &Terraform…"),       "export",    "", Reach::Window, false, false, kExport },
    { "file.exportCurl",   Menu::File,    QT_TRANSLATE_NOOP("ActionCatalogue", "Export as &curl…"),            "export",    "", Reach::Window, false, false, kExport },
    { "file.report",       Menu::File,    QT_TRANSLATE_NOOP("ActionCatalogue", "&Field report…"),              "file",      "", Reach::Window, true },
    { "journal.compact",   Menu::File,    QT_TRANSLATE_NOOP("ActionCatalogue", "&Compact the journal"),        "",          "" },
    { "app.settings",      Menu::File,    QT_TRANSLATE_NOOP("ActionCatalogue", "S&ettings…"),                  "settings",  "Ctrl+,", Reach::Window, true },
    { "app.quit",          Menu::File,    QT_TRANSLATE_NOOP("ActionCatalogue", "&Quit"),                       "",          "Ctrl+Q", Reach::Window, true },

    { "edit.undo",         Menu::Edit,    QT_TRANSLATE_NOOP("ActionCatalogue", "&Undo"),                       "undo",      "Ctrl+Z" },
    { "edit.redo",         Menu::Edit,    QT_TRANSLATE_NOOP("ActionCatalogue", "&Redo"),                       "redo",      "Ctrl+Shift+Z" },
    { "destination.rename", Menu::Edit,   QT_TRANSLATE_NOOP("ActionCatalogue", "Re&name the destination…"),    "edit",      "", Reach::Window, true },
    { "destination.toggle", Menu::Edit,   QT_TRANSLATE_NOOP("ActionCatalogue", "&Enable the destination"),     "",          "", Reach::Window, false, true },
    { "problem.fix",       Menu::Edit,    QT_TRANSLATE_NOOP("ActionCatalogue", "&Quick fix"),                  "check",     "Ctrl+." },
    { "secret.edit",       Menu::Edit,    QT_TRANSLATE_NOOP("ActionCatalogue", "Shared &secret…"),             "key",       "" },

    { "mapping.new",       Menu::Mapping, QT_TRANSLATE_NOOP("ActionCatalogue", "&New mapping"),                "plus",      "Ctrl+N" },
    { "mapping.duplicate", Menu::Mapping, QT_TRANSLATE_NOOP("ActionCatalogue", "&Duplicate mapping"),          "copy",      "Ctrl+D" },
    { "mapping.rename",    Menu::Mapping, QT_TRANSLATE_NOOP("ActionCatalogue", "&Rename mapping"),             "edit",      "F2" },
    { "mapping.toggle",    Menu::Mapping, QT_TRANSLATE_NOOP("ActionCatalogue", "&Enable mapping"),             "",          "", Reach::Window, false, true },
    { "mapping.copy",      Menu::Mapping, QT_TRANSLATE_NOOP("ActionCatalogue", "&Copy mapping"),               "copy",      "Ctrl+C", Reach::Widget },
    { "mapping.copySegment", Menu::Mapping, QT_TRANSLATE_NOOP("ActionCatalogue", "Copy mapping as Segment &JSON"), "", "", Reach::Window, false, false, kCopyAs },
    { "mapping.copyTerraform", Menu::Mapping, QT_TRANSLATE_NOOP("ActionCatalogue", "Copy mapping as &Terraform"), "", "",    Reach::Window, false, false, kCopyAs },
    { "mapping.copyCurl",  Menu::Mapping, QT_TRANSLATE_NOOP("ActionCatalogue", "Copy mapping as &curl"),       "",          "", Reach::Window, false, false, kCopyAs },
    { "mapping.paste",     Menu::Mapping, QT_TRANSLATE_NOOP("ActionCatalogue", "&Paste mapping"),              "",          "Ctrl+V", Reach::Widget },
    { "mapping.delete",    Menu::Mapping, QT_TRANSLATE_NOOP("ActionCatalogue", "De&lete mapping"),             "trash",     "Del", Reach::Widget },
    { "mapping.up",        Menu::Mapping, QT_TRANSLATE_NOOP("ActionCatalogue", "Move mapping &up"),            "arrow-up",  "Alt+Up", Reach::Window, true },
    { "mapping.down",      Menu::Mapping, QT_TRANSLATE_NOOP("ActionCatalogue", "Move mapping do&wn"),          "arrow-down", "Alt+Down" },
    { "mapping.goto",      Menu::Mapping, QT_TRANSLATE_NOOP("ActionCatalogue", "&Go to mapping…"),             "mapping",   "Ctrl+P", Reach::Window, true },
    { "mapping.url",       Menu::Mapping, QT_TRANSLATE_NOOP("ActionCatalogue", "Ed&it the URL"),               "link",      "Ctrl+L" },
    { "mapping.search",    Menu::Mapping, QT_TRANSLATE_NOOP("ActionCatalogue", "&Search mappings"),            "search",    "Ctrl+Shift+F" },
    { "test.add",          Menu::Mapping, QT_TRANSLATE_NOOP("ActionCatalogue", "&Add a test from the preview"), "flask",     "Ctrl+Shift+T", Reach::Window, true },
    { "test.run",          Menu::Mapping, QT_TRANSLATE_NOOP("ActionCatalogue", "Run all &tests"),              "play",      "Ctrl+T" },

    { "event.generate",    Menu::Event,   QT_TRANSLATE_NOOP("ActionCatalogue", "&Generate sample event"),      "generate",  "Ctrl+G" },
    { "event.load",        Menu::Event,   QT_TRANSLATE_NOOP("ActionCatalogue", "&Load events…"),               "folder",    "Ctrl+Shift+O" },
    { "event.listener",    Menu::Event,   QT_TRANSLATE_NOOP("ActionCatalogue", "&From listener"),              "antenna",   "" },
    { "event.previous",    Menu::Event,   QT_TRANSLATE_NOOP("ActionCatalogue", "&Previous event"),             "chevron-left", "Alt+PgUp", Reach::Window, true },
    { "event.next",        Menu::Event,   QT_TRANSLATE_NOOP("ActionCatalogue", "&Next event"),                 "chevron-right", "Alt+PgDown" },
    { "event.save",        Menu::Event,   QT_TRANSLATE_NOOP("ActionCatalogue", "&Save event in the project"),  "save",      "" , Reach::Window, true },
    { "event.format",      Menu::Event,   QT_TRANSLATE_NOOP("ActionCatalogue", "&Tidy the event's JSON"),      "braces",    "Ctrl+Shift+I" },
    { "event.copyBody",    Menu::Event,   QT_TRANSLATE_NOOP("ActionCatalogue", "Copy request &body"),          "copy",      "" },

    { "send.current",      Menu::Send,    QT_TRANSLATE_NOOP("ActionCatalogue", "&Send selected event"),        "event",     "Ctrl+Enter" },
    { "send.all",          Menu::Send,    QT_TRANSLATE_NOOP("ActionCatalogue", "Send &all events"),            "array",     "Ctrl+Shift+Enter" },
    { "send.mapping",      Menu::Send,    QT_TRANSLATE_NOOP("ActionCatalogue", "Send to this &mapping only"),  "mapping",   "Alt+Enter" },
    { "send.stop",         Menu::Send,    QT_TRANSLATE_NOOP("ActionCatalogue", "S&top sending"),               "stop",      "Esc" },
    { "send.continue",     Menu::Send,    QT_TRANSLATE_NOOP("ActionCatalogue", "C&ontinue what is parked"),    "play",      "" },
    { "send.discard",      Menu::Send,    QT_TRANSLATE_NOOP("ActionCatalogue", "Discard what is &parked"),     "trash",     "" },
    { "delivery.resend",   Menu::Send,    QT_TRANSLATE_NOOP("ActionCatalogue", "Send the delivery a&gain, same bytes"), "repeat", "Ctrl+R", Reach::Window, true },
    { "delivery.curl",     Menu::Send,    QT_TRANSLATE_NOOP("ActionCatalogue", "&Copy delivery as cURL"),      "code",      "Ctrl+Shift+C" },
    { "delivery.har",      Menu::Send,    QT_TRANSLATE_NOOP("ActionCatalogue", "Copy delivery as &HAR"),       "",          "", Reach::Window, false, false, kDelivery },
    { "delivery.raw",      Menu::Send,    QT_TRANSLATE_NOOP("ActionCatalogue", "Copy delivery's &raw request"), "",         "", Reach::Window, false, false, kDelivery },
    { "delivery.now",      Menu::Send,    QT_TRANSLATE_NOOP("ActionCatalogue", "&Compare with what the mapping gives now"), "diff", "", Reach::Window, false, false, kDelivery },
    { "delivery.event",    Menu::Send,    QT_TRANSLATE_NOOP("ActionCatalogue", "Use as &test event"),          "flask",     "", Reach::Window, false, false, kDelivery },
    { "delivery.sample",   Menu::Send,    QT_TRANSLATE_NOOP("ActionCatalogue", "&Save its event in the project"), "save",   "", Reach::Window, false, false, kDelivery },
    { "receiver.toggle",   Menu::Send,    QT_TRANSLATE_NOOP("ActionCatalogue", "Start the &receiver"),         "inbox",     "Ctrl+Shift+R", Reach::Window, true },
    { "receiver.copyUrl",  Menu::Send,    QT_TRANSLATE_NOOP("ActionCatalogue", "Copy the receiver's a&ddress"), "copy",     "" },
    { "send.settings",     Menu::Send,    QT_TRANSLATE_NOOP("ActionCatalogue", "Connections and time &limits…"), "settings", "", Reach::Window, true },

    { "app.palette",       Menu::View,    QT_TRANSLATE_NOOP("ActionCatalogue", "Find a &command"),             "command",   "Ctrl+K" },
    { "view.filter",       Menu::View,    QT_TRANSLATE_NOOP("ActionCatalogue", "&Filter the list"),            "filter",    "Ctrl+F" },
    { "view.mappings",     Menu::View,    QT_TRANSLATE_NOOP("ActionCatalogue", "&Mappings"),                   "mapping",   "Ctrl+1", Reach::Window, true },
    { "view.editor",       Menu::View,    QT_TRANSLATE_NOOP("ActionCatalogue", "&Editor"),                     "edit",      "Ctrl+2" },
    { "view.event",        Menu::View,    QT_TRANSLATE_NOOP("ActionCatalogue", "E&vent"),                      "event",     "Ctrl+3" },
    { "view.log",          Menu::View,    QT_TRANSLATE_NOOP("ActionCatalogue", "&Deliveries"),                 "send",      "Ctrl+4" },
    { "view.received",     Menu::View,    QT_TRANSLATE_NOOP("ActionCatalogue", "&Received"),                   "inbox",     "Ctrl+5" },
    { "view.problems",     Menu::View,    QT_TRANSLATE_NOOP("ActionCatalogue", "&Problems"),                   "info",      "Ctrl+6" },
    { "view.impact",       Menu::View,    QT_TRANSLATE_NOOP("ActionCatalogue", "What &would this change do?"), "diff",      "Ctrl+7" },
    { "view.tests",        Menu::View,    QT_TRANSLATE_NOOP("ActionCatalogue", "&Tests"),                      "flask",     "Ctrl+8" },
    { "view.nextRegion",   Menu::View,    QT_TRANSLATE_NOOP("ActionCatalogue", "Next re&gion"),                "",          "F6", Reach::Window, true },
    { "view.previousRegion", Menu::View,  QT_TRANSLATE_NOOP("ActionCatalogue", "Previous regi&on"),            "",          "Shift+F6" },
    { "view.maximise",     Menu::View,    QT_TRANSLATE_NOOP("ActionCatalogue", "Maximise the &bottom dock"),   "maximize",  "Ctrl+Shift+M", Reach::Window, false, true },
    { "view.resetLayout",  Menu::View,    QT_TRANSLATE_NOOP("ActionCatalogue", "Reset the &layout"),           "restore",   "" },

    { "help.keys",         Menu::Help,    QT_TRANSLATE_NOOP("ActionCatalogue", "&Keys"),                       "help",      "F1" },
    { "help.about",        Menu::Help,    QT_TRANSLATE_NOOP("ActionCatalogue", "&About Hookbench"),            "info",      "" },
});
// clang-format on

/// For Qt Enter is the keypad's; the large key is Return, which users call Enter too. The first one is shown.
QList<QKeySequence> sequences(const QKeySequence &keys)
{
    if (keys.isEmpty())
        return {};
    QList<QKeySequence> list{ keys };
    QString text = keys.toString(QKeySequence::PortableText);
    const bool enter = text.endsWith(kEnter);
    if (enter || text.endsWith(kReturn))
        list.append(
            QKeySequence(text.replace(enter ? kEnter : kReturn, enter ? kReturn : kEnter), QKeySequence::PortableText));
    return list;
}

} // namespace

std::span<const ActionEntry> actionEntries()
{
    return kEntries;
}

QString actionText(const ActionEntry &entry)
{
    return QCoreApplication::translate(kContext, entry.text).remove(u'&');
}

QString menuTitle(Menu menu)
{
    switch (menu) {
    case Menu::None:
        return {};
    case Menu::File:
        return QCoreApplication::translate(kContext, "&File");
    case Menu::Edit:
        return QCoreApplication::translate(kContext, "&Edit");
    case Menu::Mapping:
        return QCoreApplication::translate(kContext, "&Mapping");
    case Menu::Event:
        return QCoreApplication::translate(kContext, "E&vent");
    case Menu::Send:
        return QCoreApplication::translate(kContext, "&Send");
    case Menu::View:
        return QCoreApplication::translate(kContext, "Vie&w");
    case Menu::Help:
        return QCoreApplication::translate(kContext, "&Help");
    }
    return {};
}

QString submenuTitle(const ActionEntry &entry)
{
    return QCoreApplication::translate(kContext, entry.submenu);
}

ActionCatalogue::ActionCatalogue(document::Workbench &workbench, QWidget *window)
    : QObject(window)
{
    for (const ActionEntry &entry : kEntries) {
        auto *action = new QAction(QCoreApplication::translate(kContext, entry.text), this);
        action->setObjectName(QLatin1String(entry.id));
        if (*entry.icon)
            action->setIcon(theme::icon(entry.icon));
        action->setShortcuts(sequences(usualKeys(entry)));
        action->setShortcutContext(entry.reach == Reach::Window ? Qt::WindowShortcut : Qt::WidgetWithChildrenShortcut);
        action->setCheckable(entry.checkable);
        action->setMenuRole(QAction::NoRole);
        action->setVisible(false);
        action->setToolTip(toolTip(action));
        if (entry.reach == Reach::Window)
            window->addAction(action);
        workbench.registerAction(entry.id, action);
        m_actions.append(action);
    }
}

QKeySequence ActionCatalogue::usualKeys(const ActionEntry &entry)
{
    return { QLatin1String(entry.keys), QKeySequence::PortableText };
}

void ActionCatalogue::takeKeys(const KeyList &keys)
{
    for (const std::string &text : keys) {
        const QString line = QString::fromStdString(text);
        const qsizetype cut = line.indexOf(u'=');
        const QByteArray id = line.left(cut).toLatin1();
        const QKeySequence sequence(line.mid(cut + 1), QKeySequence::PortableText);
        if (cut > 0 && at(id.constData()) && (sequence.isEmpty() || !holderOf(sequence, id.constData())))
            setKeys(id.constData(), sequence);
    }
}

ActionCatalogue::KeyList ActionCatalogue::changedKeys() const
{
    KeyList keys;
    for (const ActionEntry &entry : kEntries)
        if (const QKeySequence now = at(entry.id)->shortcut(); now != usualKeys(entry))
            keys.push_back(std::string(entry.id) + '=' + now.toString(QKeySequence::PortableText).toStdString());
    return keys;
}

void ActionCatalogue::setKeys(const char *id, const QKeySequence &keys)
{
    QAction *action = at(id);
    action->setShortcuts(keys.isEmpty() ? QList<QKeySequence>() : sequences(QKeySequence(keys[0])));
    action->setToolTip(toolTip(action));
    Q_EMIT keysChanged();
}

QAction *ActionCatalogue::holderOf(const QKeySequence &keys, const char *id) const
{
    for (QAction *action : m_actions)
        if (action->objectName() != QLatin1String(id))
            for (const QKeySequence &own : sequences(keys))
                if (action->shortcuts().contains(own))
                    return action;
    return nullptr;
}

QAction *ActionCatalogue::at(const char *id) const
{
    for (QAction *action : m_actions)
        if (action->objectName() == QLatin1String(id))
            return action;
    return nullptr;
}

QString ActionCatalogue::toolTip(const QAction *action)
{
    QString text = action->text();
    text.remove(u'&');
    const QString keys = action->shortcut().toString(QKeySequence::NativeText);
    return keys.isEmpty() ? text : QString(text + u" (" + keys + u')');
}

} // namespace hookbench::shell
