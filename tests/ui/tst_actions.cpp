// The catalogue: every command once, no two with the same keys, every icon there, mnemonics that do not clash.
#include "ui/shell/action_catalogue.h"
#include "ui/theme/icons.h"

#include <QKeySequence>
#include <QSet>
#include <QTest>

using namespace hookbench::shell;

class TestActions : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void idsAreUnique();
    void keysAreUnique();
    void keysCanBeRead();
    void iconsExist();
    void mnemonicsDoNotClash();
    void conventions_data();
    void conventions();
};

void TestActions::idsAreUnique()
{
    QSet<QByteArray> ids;
    for (const ActionEntry &entry : actionEntries()) {
        QVERIFY2(!ids.contains(entry.id), entry.id);
        ids.insert(entry.id);
    }
}

void TestActions::keysAreUnique()
{
    QHash<QKeySequence, QByteArray> keys;
    for (const ActionEntry &entry : actionEntries()) {
        const QKeySequence sequence(QLatin1String(entry.keys), QKeySequence::PortableText);
        if (sequence.isEmpty())
            continue;
        QVERIFY2(!keys.contains(sequence),
            qPrintable(QLatin1String(entry.id) + u" and " + QString::fromLatin1(keys.value(sequence))));
        keys.insert(sequence, entry.id);
    }
}

void TestActions::keysCanBeRead()
{
    for (const ActionEntry &entry : actionEntries())
        if (*entry.keys)
            QCOMPARE(QKeySequence(QLatin1String(entry.keys), QKeySequence::PortableText)
                         .toString(QKeySequence::PortableText),
                QLatin1String(entry.keys));
}

void TestActions::iconsExist()
{
    for (const ActionEntry &entry : actionEntries())
        QVERIFY2(!*entry.icon || hookbench::theme::hasIcon(entry.icon), entry.icon);
}

void TestActions::mnemonicsDoNotClash()
{
    QHash<QByteArray, QHash<QChar, QByteArray>> menus;
    const auto insert = [&menus](const QByteArray &menu, const char *text, const char *id) {
        const QString words = QString::fromUtf8(text);
        const qsizetype at = words.indexOf(u'&');
        if (at < 0)
            return;
        QByteArray &holder = menus[menu][words.at(at + 1).toLower()];
        QVERIFY2(holder.isEmpty() || holder == id, qPrintable(QLatin1String(id) + u" and " + QLatin1String(holder)));
        holder = id;
    };
    for (const ActionEntry &entry : actionEntries()) {
        const QByteArray menu = QByteArray::number(static_cast<int>(entry.menu));
        insert(menu + entry.submenu, entry.text, entry.id);
        insert(menu, entry.submenu, entry.submenu); // a submenu stands in its menu by its own words
    }
}

// Keys that users of this field know already, from UI.md.
void TestActions::conventions_data()
{
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<QString>("keys");
    const auto row
        = [](const char *id, const char *keys) { QTest::newRow(id) << QByteArray(id) << QString::fromLatin1(keys); };
    row("send.current", "Ctrl+Enter");
    row("send.all", "Ctrl+Shift+Enter");
    row("send.mapping", "Alt+Enter");
    row("delivery.resend", "Ctrl+R");
    row("app.palette", "Ctrl+K");
    row("mapping.goto", "Ctrl+P");
    row("mapping.url", "Ctrl+L");
    row("view.filter", "Ctrl+F");
    row("mapping.new", "Ctrl+N");
    row("mapping.duplicate", "Ctrl+D");
    row("mapping.rename", "F2");
    row("mapping.delete", "Del");
    row("edit.undo", "Ctrl+Z");
    row("edit.redo", "Ctrl+Shift+Z");
    row("file.save", "Ctrl+S");
    row("file.open", "Ctrl+O");
    row("delivery.curl", "Ctrl+Shift+C");
    row("app.settings", "Ctrl+,");
    row("help.keys", "F1");
    row("view.nextRegion", "F6");
    row("view.maximise", "Ctrl+Shift+M");
    row("send.stop", "Esc");
}

void TestActions::conventions()
{
    QFETCH(QByteArray, id);
    QFETCH(QString, keys);
    for (const ActionEntry &entry : actionEntries())
        if (id == entry.id) {
            QCOMPARE(QString::fromLatin1(entry.keys), keys);
            return;
        }
    QFAIL("no such action");
}

QTEST_MAIN(TestActions)
#include "tst_actions.moc"
