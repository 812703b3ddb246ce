// The receiver code in every language, run by its own runtime: it accepts what its mode signs, and nothing else.
#include "core/signing/receiver_code.h"
#include "core/signing/signer.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <map>

using namespace hookbench::signing;

namespace {

const std::string kSecret = "hb_demo_4f7c21d09be8 \xC3\xA9'\"$x";

struct Case
{
    std::string what;
    std::string body;
    std::string signature;
    bool firstEventAccepts;
    bool wholeBodyAccepts;
};

std::string sign(std::string_view bytes, const std::string &secret = kSecret)
{
    return Signer(secret).sign(bytes);
}

/// A body as Segment sends it and what it signed of it; then what must not pass.
std::vector<Case> cases()
{
    const std::string plain = R"({"order_id":"50314b8e9bcf","amount":{"total":27.5},"items":[{"sku":"a"},[1,2]]})";
    const std::string odd
        = "{\"q\":\"a \\\"quoted\\\" ] } , { [ \\\\\",\"e\":\"\xF0\x9F\x8C\x9E \xC3\xA9 \xE2\x80\xA8\"}";
    const std::string indexes = R"({"1":"one","2":"two","10":"ten","b":0,"a":1})";
    const std::string floats = R"({"a":1e+21,"b":1e-7,"c":0.1,"d":123456789012345680000,"e":-5.5})";
    const std::string empty = "{}";
    const std::string lone = R"({"half":"\ud83d","nul":"\u0000","slash":"\\"})";
    const std::string large = "{\"note\":\"" + std::string(1'000'000, 'x') + "\\\\\\\"\",\"list\":[[[[]]]]}";
    std::vector<Case> all;
    const std::pair<const char *, const std::string *> events[]
        = { { "plain", &plain }, { "odd characters", &odd }, { "index keys", &indexes }, { "floats", &floats },
              { "empty object", &empty }, { "escapes", &lone }, { "a megabyte", &large } };
    for (const auto &[name, event] : events) {
        if (event != &large)
            all.push_back({ std::string("single, ") + name, *event, sign(*event), true, true });
        const std::string batch = "[" + *event + "," + plain + "," + odd + ",null]";
        all.push_back({ std::string("batch, ") + name, batch, sign(*event), true, false });
    }
    for (const std::string &event : { odd, floats }) {
        const std::string batch = "[" + event + "," + plain + "]";
        all.push_back({ "batch signed as a whole", batch, sign(batch), false, true });
    }
    const std::string batch = "[" + plain + "," + odd + "]";
    all.push_back({ "spaces in a batch", " [\n " + plain + "\t,\r\n" + odd + " ]\n", sign(plain), true, false });
    std::string tampered = plain;
    tampered[14] = 'X';
    all.push_back({ "single, a changed byte", tampered, sign(plain), false, false });
    all.push_back({ "batch, event 1 changed", "[" + tampered + "," + odd + "]", sign(plain), false, false });
    all.push_back({ "batch, event 2 changed", "[" + plain + "," + tampered + "]", sign(plain), true, false });
    all.push_back({ "batch, event 2 taken out", "[" + plain + "]", sign(plain), true, false });
    all.push_back({ "batch, events swapped", "[" + odd + "," + plain + "]", sign(plain), false, false });
    all.push_back({ "batch, nested", "[[" + plain + "]," + odd + "]", sign(plain), false, false });
    all.push_back({ "batch, never closed", "[" + plain, sign(plain), false, false });
    all.push_back({ "batch, empty", "[]", sign(""), false, false });
    all.push_back({ "no body", "", sign(plain), false, false });
    all.push_back({ "another secret", plain, sign(plain, "other"), false, false });
    all.push_back({ "a shorter signature", plain, sign(plain).substr(0, 39), false, false });
    std::string upper = sign(plain);
    std::transform(upper.begin(), upper.end(), upper.begin(), [](unsigned char c) { return std::toupper(c); });
    all.push_back({ "upper case", plain, upper, false, false });
    all.push_back({ "spaces around the signature", plain, " " + sign(plain) + "\t", true, true });
    return all;
}

} // namespace

class TestReceiverCode : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void accepts_data();
    void accepts();
    void isCompleteInBothModes_data();
    void isCompleteInBothModes();
    void names();

private:
    QProcessEnvironment environment() const;

    QTemporaryDir m_folder;
};

QProcessEnvironment TestReceiverCode::environment() const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QLatin1String(kSecretVariable), QString::fromStdString(kSecret));
    environment.insert(QStringLiteral("GOCACHE"), m_folder.filePath(QStringLiteral("go-cache")));
    environment.insert(QStringLiteral("GO111MODULE"), QStringLiteral("off"));
    environment.insert(QStringLiteral("LANG"), QStringLiteral("C.UTF-8"));
    return environment;
}

void TestReceiverCode::accepts_data()
{
    QTest::addColumn<Language>("language");
    QTest::addColumn<Mode>("mode");
    for (const Language language : kLanguages)
        for (const Mode mode : { Mode::FirstEvent, Mode::WholeBody })
            QTest::addRow("%s, %s", languageName(language), modeName(mode)) << language << mode;
}

void TestReceiverCode::accepts()
{
    QFETCH(Language, language);
    QFETCH(Mode, mode);
    QDir folder(m_folder.path());
    const QString name = QLatin1String(languageName(language)) + u'-' + QLatin1String(modeName(mode));
    QVERIFY(folder.mkdir(name) && folder.cd(name));
    QFile file(folder.filePath(QLatin1String(receiverFileName(language))));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray::fromStdString(receiverCode(language, mode)));
    file.close();
    for (const RunStep &step : runSteps(language)) {
        QStringList arguments;
        for (const std::string &argument : step.arguments)
            arguments.append(QString::fromStdString(argument));
        const auto start = [&](QProcess &process, const QStringList &all) {
            process.setWorkingDirectory(folder.path());
            process.setProcessEnvironment(environment());
            process.setProgram(step.program.front() == '.' ? folder.filePath(QString::fromStdString(step.program))
                                                           : QString::fromStdString(step.program));
            process.setArguments(all);
            process.start();
        };
        if (!step.isCode) {
            QProcess compiler;
            start(compiler, arguments);
            QVERIFY2(compiler.waitForFinished(120'000), qPrintable(compiler.errorString()));
            QVERIFY2(compiler.exitCode() == 0, compiler.readAllStandardError().constData());
            continue;
        }
        int count = 0;
        for (const Case &c : cases()) {
            if (mode == Mode::WholeBody
                && ++count % 2 == 0) // the scanner is not in this code: every other case will do
                continue;
            QProcess code;
            start(code, arguments + QStringList{ QString::fromStdString(c.signature) });
            code.write(c.body.data(), static_cast<qint64>(c.body.size()));
            code.closeWriteChannel();
            QVERIFY2(code.waitForFinished(60'000), qPrintable(code.errorString()));
            const bool expected = mode == Mode::FirstEvent ? c.firstEventAccepts : c.wholeBodyAccepts;
            const QByteArray said = code.readAllStandardOutput().trimmed();
            const QByteArray errors = code.readAllStandardError();
            const std::string told = c.what + ": " + said.toStdString() + errors.toStdString();
            QVERIFY2(said == (expected ? "valid" : "invalid"), told.c_str());
            QVERIFY2(code.exitCode() == (expected ? 0 : 1), told.c_str());
        }
    }
}

void TestReceiverCode::isCompleteInBothModes_data()
{
    QTest::addColumn<Language>("language");
    for (const Language language : kLanguages)
        QTest::newRow(languageName(language)) << language;
}

void TestReceiverCode::isCompleteInBothModes()
{
    QFETCH(Language, language);
    const std::string firstEvent = receiverCode(language, Mode::FirstEvent);
    const std::string wholeBody = receiverCode(language, Mode::WholeBody);
    QVERIFY(wholeBody.size() < firstEvent.size());
    for (const std::string &code : { firstEvent, wholeBody }) {
        QVERIFY(code.find("first-event:") == std::string::npos);
        QVERIFY(code.find(kSecretVariable) != std::string::npos);
        QVERIFY(code.back() == '\n' && code.find('\r') == std::string::npos);
    }
    for (std::size_t at = 0; at < firstEvent.size();) { // shown beside the body: not much wider than a screen's half
        const std::size_t end = firstEvent.find('\n', at);
        QVERIFY2(end - at <= 124, firstEvent.substr(at, end - at).c_str());
        at = end + 1;
    }
}

void TestReceiverCode::names()
{
    for (const Language language : kLanguages)
        QCOMPARE(languageFromName(languageName(language)), std::optional(language));
    QVERIFY(!languageFromName("cobol"));
}

QTEST_GUILESS_MAIN(TestReceiverCode)
#include "tst_receiver_code.moc"
