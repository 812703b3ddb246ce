// Masked headers: whatever the command line prints hides them as it hides Authorization, unless asked for; what goes
// over the wire and into the journal is exact. The journal knows them without the project.
#include "tests/cli/program.h"

#include "core/destination/document.h"
#include "core/journal/journal.h"

using namespace hookbench;
using namespace hookbench::test;

class TestCliMasked : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_home.isValid());
        m_receiver = std::make_unique<ReceiverProgram>(m_home.path(),
            QStringList{ QStringLiteral("--destination"), write("masks.hookbench", project("http://x/")) });
        QVERIFY(!m_receiver->url().isEmpty());
        m_project = write("a.hookbench", project(m_receiver->url().toUtf8()));
        m_journal = m_home.filePath(QStringLiteral("journal.sqlite"));
        const Finished sent = run({ "send", "--destination", "a.hookbench", "--journal", "journal.sqlite" });
        QCOMPARE(sent.code, 0);
        m_sent = sent.out;
        const auto journal = journal::Journal::open(m_journal.toStdString()).value();
        const auto record = journal->delivery(journal->page(std::nullopt, 1).value().front().id).value();
        m_id = QString::fromStdString(record->delivery.id);
        QCOMPARE(record->delivery.maskedHeaders, HeaderNames{ "X-API-KEY" });
        const Header *key = findHeader(record->attempts.front().requestHeaders, "x-api-key");
        QVERIFY(key && key->value == kKey); // the journal keeps exact bytes
        QCOMPARE(journal->count().value(), std::uint64_t{ 1 });
    }

    void linesHideIt_data()
    {
        QTest::addColumn<QByteArrayList>("arguments");
        const auto row = [](const char *name, QByteArrayList arguments) { QTest::newRow(name) << arguments; };
        row("preview", { "preview", "--destination", "a.hookbench" });
        row("send", { "send", "--destination", "a.hookbench", "--no-journal" });
        row("journal as NDJSON", { "journal", "journal.sqlite" });
        row("journal as HAR", { "journal", "journal.sqlite", "--har" });
        row("journal as cURL", { "journal", "journal.sqlite", "--curl" });
        row("export to Hookbench", { "export", "a.hookbench", "--format", "hookbench" });
        row("export to Segment", { "export", "a.hookbench", "--format", "segment" });
        row("export to Terraform", { "export", "a.hookbench", "--format", "terraform" });
        row("export to curl", { "export", "a.hookbench", "--format", "curl" });
    }
    void linesHideIt()
    {
        QFETCH(QByteArrayList, arguments);
        const Finished hidden = run(arguments);
        QVERIFY2(hidden.code == 0, hidden.err.constData());
        QVERIFY2(!hidden.out.contains(kKey), hidden.out.constData());
        QVERIFY(!hidden.err.contains(kKey));
        QVERIFY(hidden.out.toLower().contains("x-api-key"));
        QVERIFY(hidden.out.contains("acme")); // not masked
        const Finished shown = run(arguments + QByteArrayList{ "--include-secret" });
        QVERIFY2(shown.code == 0, shown.err.constData());
        QVERIFY2(shown.out.contains(kKey), shown.out.constData());
    }

    void resendHidesIt()
    {
        QFile::remove(m_project); // the names come from the journal
        const Finished again = run({ "resend", "journal.sqlite", m_id.toUtf8() });
        write("a.hookbench", project(m_receiver->url().toUtf8()));
        QVERIFY2(again.code == 0, again.err.constData());
        QVERIFY(!again.out.contains(kKey));
        QVERIFY(again.out.contains("\"delivered\":true"));
        const Finished mapped
            = run({ "resend", "journal.sqlite", m_id.toUtf8(), "--re-map", "--destination", "a.hookbench" });
        QVERIFY2(mapped.code == 0, mapped.err.constData());
        QVERIFY(!mapped.out.contains(kKey));
        for (const Finished &lines : { again, mapped })
            QVERIFY(lines.out.toLower().contains("x-api-key"));
        // What was sent again is masked in turn.
        QVERIFY(!run({ "journal", "journal.sqlite", "--query", "is:resent" }).out.contains(kKey));
    }

    void sendAndReceiveHideIt()
    {
        QVERIFY(!m_sent.contains(kKey));
        const Finished received = m_receiver->stop();
        QVERIFY(!received.out.isEmpty());
        QVERIFY(!received.out.contains(kKey));
        QVERIFY(received.out.contains("\"acme\""));
        QVERIFY(received.out.toLower().contains("x-api-key"));
    }

    void testsHideIt()
    {
        QByteArray wrong = project("http://127.0.0.1:1/");
        wrong.replace("\"tests\": []",
            "\"tests\": [{\"name\": \"t\", \"mapping\": \"All\", \"event\": {\"type\": \"track\"}, \"expect\": "
            "{\"headers\": {\"x-api-key\": \"other-key-7777\"}}}]");
        write("tests.hookbench", wrong);
        const Finished tested = run({ "test", "tests.hookbench" });
        QCOMPARE(tested.code, 1);
        QVERIFY2(tested.out.contains("x-api-key"), tested.out.constData());
        QVERIFY2(!tested.out.contains(kKey) && !tested.out.contains("other-key-7777"), tested.out.constData());
    }

    void importKeepsTheNamesSegmentGetsNone()
    {
        const Finished imported = run({ "import", "a.hookbench", "-o", "copy.hookbench" });
        QVERIFY2(imported.code == 0, imported.err.constData());
        const auto copy = destination::load(m_home.filePath(QStringLiteral("copy.hookbench")).toStdString());
        QVERIFY(copy);
        QCOMPARE(copy->maskedHeaders, HeaderNames{ "X-API-KEY" });
        QVERIFY(!run({ "export", "a.hookbench", "--format", "segment" }).out.contains("masked"));
        QVERIFY(run({ "export", "a.hookbench", "--format", "hookbench" }).out.contains("\"masked_headers\""));
    }

private:
    static constexpr auto kKey = "k-very-secret-4711";

    static QByteArray project(const QByteArray &url)
    {
        return QByteArray(
                   "{\"hookbench\": 1, \"id\": \"i\", \"name\": \"n\", \"enabled\": true, \"mappings\": [{\"name\": "
                   "\"All\", \"enabled\": true, \"trigger\": \"type = \\\"track\\\"\", \"settings\": {\"url\": \"")
            + url + "\", \"method\": \"POST\", \"headers\": {\"X-Tenant\": \"acme\", \"X-Api-Key\": \"" + kKey
            + "\"}, \"data\": {\"@path\": \"$.\"}, \"enable_batching\": false}}], \"events\": [{\"name\": \"e\", "
              "\"event\": {\"type\": \"track\"}}], \"tests\": [], \"masked_headers\": [\"X-API-KEY\"]}";
    }
    QString write(const char *name, const QByteArray &content)
    {
        QFile file(m_home.filePath(QString::fromLatin1(name)));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write %s", name);
        return file.fileName();
    }
    Finished run(const QByteArrayList &arguments)
    {
        QStringList all;
        for (const QByteArray &argument : arguments)
            all << (argument.endsWith(".hookbench") || argument.endsWith(".sqlite")
                    ? m_home.filePath(QString::fromUtf8(argument))
                    : QString::fromUtf8(argument));
        return Program::run(m_home.path(), all);
    }

    QTemporaryDir m_home;
    std::unique_ptr<ReceiverProgram> m_receiver;
    QString m_project;
    QString m_journal;
    QString m_id;
    QByteArray m_sent;
};

QTEST_GUILESS_MAIN(TestCliMasked)
#include "tst_masked.moc"
