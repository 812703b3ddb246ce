// Reads the #include lines and says which room uses one it may not. An event flows one way, and so do the includes.
#include <QDirIterator>
#include <QFile>
#include <QMap>
#include <QRegularExpression>
#include <QSet>
#include <QtTest>

namespace {

const QMap<QString, QSet<QString>> &allowedRooms()
{
    static const QMap<QString, QSet<QString>> kAllowed = [] {
        // Every line may use all lines above it, and no room of its own line.
        const QList<QStringList> floors{
            { QStringLiteral("core/base") },
            { QStringLiteral("core/json") },
            { QStringLiteral("core/event"), QStringLiteral("core/fql"), QStringLiteral("core/query"),
                QStringLiteral("core/signing"), QStringLiteral("core/http"), QStringLiteral("core/storage") },
            { QStringLiteral("core/mapping") },
            { QStringLiteral("core/destination") },
            { QStringLiteral("core/delivery"), QStringLiteral("core/receiver"), QStringLiteral("core/journal") },
            { QStringLiteral("core/pipeline") },
        };
        QMap<QString, QSet<QString>> allowed;
        QSet<QString> below;
        for (const QStringList &floor : floors) {
            for (const QString &room : floor)
                allowed[room] = below;
            below.unite(QSet<QString>(floor.begin(), floor.end()));
        }
        return allowed;
    }();
    return kAllowed;
}

QString roomOf(const QString &path)
{
    return path.section(QLatin1Char('/'), 0, 1);
}

} // namespace

class TestRooms : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void includes_data();
    void includes();
    void coreHasNoWidgets();
};

void TestRooms::includes_data()
{
    QTest::addColumn<QString>("file");
    const QDir root(QStringLiteral(HOOKBENCH_SOURCE));
    for (const char *folder : { "core", "ui", "app" }) {
        QDirIterator files(root.filePath(QLatin1String(folder)), { QStringLiteral("*.h"), QStringLiteral("*.cpp") },
            QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString file = root.relativeFilePath(files.next());
            QTest::newRow(qPrintable(file)) << file;
        }
    }
}

void TestRooms::includes()
{
    QFETCH(QString, file);
    QFile source(QStringLiteral(HOOKBENCH_SOURCE "/") + file);
    QVERIFY(source.open(QIODevice::ReadOnly));
    static const QRegularExpression kInclude(QStringLiteral("^\\s*#\\s*include\\s*\"([^\"]+)\""));
    const QString room = roomOf(file);
    const bool inCore = file.startsWith(QLatin1String("core/"));
    const bool inUi = file.startsWith(QLatin1String("ui/"));
    if (inCore)
        QVERIFY2(allowedRooms().contains(room), qPrintable(QStringLiteral("%1 is no room of core").arg(room)));
    // Below every ui room; they know no other room.
    const QSet<QString> uiFoundations{ QStringLiteral("ui/theme"), QStringLiteral("ui/widgets"),
        QStringLiteral("ui/document") };
    int line = 0;
    while (!source.atEnd()) {
        ++line;
        const auto match = kInclude.match(QString::fromUtf8(source.readLine()));
        if (!match.hasMatch())
            continue;
        const QString included = match.captured(1);
        if (!included.contains(QLatin1Char('/')))
            continue; // generated or beside the file
        const QString target = roomOf(included);
        const QByteArray where = QStringLiteral("%1:%2 may not include %3").arg(file).arg(line).arg(included).toUtf8();
        if (target == room)
            continue;
        if (inCore) {
            QVERIFY2(allowedRooms()[room].contains(target), where.constData());
        } else if (inUi) {
            const bool core = included.startsWith(QLatin1String("core/"));
            const bool foundation = uiFoundations.contains(target)
                && (!uiFoundations.contains(room) || room == QLatin1String("ui/widgets"));
            QVERIFY2(core || foundation
                    || (room == QLatin1String("ui/shell")
                        && (included.startsWith(QLatin1String("ui/"))
                            || included.startsWith(QLatin1String("resources/")))),
                where.constData());
        } else {
            QVERIFY2(included.startsWith(QLatin1String("core/")) || included.startsWith(QLatin1String("ui/"))
                    || included.startsWith(QLatin1String("app/")) || included.startsWith(QLatin1String("resources/")),
                where.constData());
        }
    }
}

void TestRooms::coreHasNoWidgets()
{
    const QDir root(QStringLiteral(HOOKBENCH_SOURCE "/core"));
    QDirIterator files(root.path(), { QStringLiteral("CMakeLists.txt") }, QDir::Files, QDirIterator::Subdirectories);
    int lists = 0;
    while (files.hasNext()) {
        QFile list(files.next());
        QVERIFY(list.open(QIODevice::ReadOnly));
        const QByteArray text = list.readAll();
        QVERIFY2(!text.contains("Qt6::Widgets") && !text.contains("Qt6::Gui"), qPrintable(list.fileName()));
        ++lists;
    }
    QVERIFY(lists > 10);
}

QTEST_APPLESS_MAIN(TestRooms)
#include "tst_rooms.moc"
