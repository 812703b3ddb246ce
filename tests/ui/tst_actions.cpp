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
    QHash<int, QHash<QChar, QByteArray>> menus;
    for (const ActionEntry &entry : actionEntries()) {
        const QString text = QString::fromUtf8(entry.text);
        const qsizetype at = text.indexOf(u'&');
        if (at < 0)
            continue;
        const QChar key = text.at(at + 1).toLower();
        auto &menu = menus[static_cast<int>(entry.menu)];
        QVERIFY2(
            !menu.contains(key), qPrintable(QLatin1String(entry.id) + u" and " + QString::fromLatin1(menu.value(key))));
        menu.insert(key, entry.id);
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
