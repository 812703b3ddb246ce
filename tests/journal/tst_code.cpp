// Deliveries as code, run by the very tools they are written for, against the embedded receiver: the signature must
// verify, and every byte must arrive.
#include "core/journal/code.h"
#include "core/receiver/receiver.h"

#include <QFile>
#include <QProcess>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QtTest>

using namespace hookbench;
using namespace hookbench::journal;

namespace {

const std::string kSecret = "hb_demo_4f7c21d09be8";

QString python()
{
    const QString system = QStringLiteral("/usr/bin/python3"); // the one Debian's packages are for
    return QFile::exists(system) ? system : QStringLiteral("python3");
}

QByteArray bytes(const std::string &text)
{
    return QByteArray::fromStdString(text);
}

std::string megabyte()
{
    std::string body = "[{\"note\":\"";
    while (body.size() < 1'100'000)
        body += "It's \xC3\xA9t\xC3\xA9 \xF0\x9F\x8C\x9E $HOME `id` \\\\ ";
    return body + "\"},{\"n\":2}]";
}

struct Named
{
    const char *name;
    std::string body;
};

std::vector<Named> bodies()
{
    std::string all;
    for (int byte = 1; byte < 256; ++byte)
        all += static_cast<char>(byte);
    return {
        { "plain", R"({"order":1,"amount":27.5})" },
        { "quotes", R"({"q":"it's \"quoted\" \\ `id` $(id) $HOME !! %s %d \u0041 {{x}} ${x} <b> #c"})" },
        { "lines", "{\n  \"a\": 1,\n  \"b\": \"two\"\n}\n" },
        { "carriage return and tab", "{\r\n\t\"a\": 1\r\n}" },
        { "emoji", "{\"a\":\"\xF0\x9F\x8C\x9E \xC3\xA9 \xE2\x80\xAE reversed \xE2\x80\xA8 \xEF\xBB\xBF\"}" },
        { "batch", R"([{"1":"one","a":"'"},{"b":2},null])" },
        { "empty object", "{}" },
        { "an at sign first", "@/etc/hostname" },
        { "a dash first", "--data" },
        { "every byte but NUL", all },
        { "NUL", std::string("a\0b", 3) },
        { "a megabyte", megabyte() },
    };
}

/// What the embedded receiver got last.
class Listening
{
public:
    Listening()
    {
        QObject::connect(&receiver, &receiver::Receiver::received, &receiver,
            [this](const receiver::ReceivedRequest &request) { requests.push_back(request); });
        const auto started = receiver.start({ .secret = kSecret });
        if (!started)
            qFatal("%s", started.error().message.c_str());
        url = *started;
    }

    receiver::Receiver receiver;
    std::vector<receiver::ReceivedRequest> requests;
    std::string url;
};

DeliveryRecord recordOf(const std::string &url, const std::string &body, Headers headers = {})
{
    DeliveryRecord record;
    Delivery &delivery = record.delivery;
    delivery.id = "d1";
    delivery.method = "POST";
    delivery.url = url;
    delivery.body = body;
    delivery.events = { 0 };
    const auto covered = signing::signedBytes(body, body.front() == '[', signing::Mode::FirstEvent)
                             .value_or(signing::Coverage{ 0, body.size() });
    delivery.signature = signing::Signer(kSecret).sign(covered.of(body));
    delivery.signedBytes = { covered.offset, covered.length };
    delivery.headers = { { "user-agent", "Segment (Actions)" }, { "x-signature", delivery.signature } };
    delivery.headers.insert(delivery.headers.end(), headers.begin(), headers.end());
    delivery.headers.insert(delivery.headers.end(),
        { { "content-type", "application/json" }, { "Accept", "*/*" },
            { "Content-Length", std::to_string(body.size()) }, { "Accept-Encoding", "gzip,deflate" },
            { "Host", url.substr(7, url.find('/', 7) - 7) } });
    return record;
}

/// All values of that header, joined as RFC 9110 5.3 joins them.
std::optional<std::string> joined(const Headers &headers, const std::string &name)
{
    std::optional<std::string> value;
    for (const Header &header : headers)
        if (sameHeaderName(header.name, name))
            value = value ? *value + ", " + header.value : header.value;
    return value;
}

} // namespace

class TestCode : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void bodiesArrive_data();
    void bodiesArrive();
    void headersAndTargetsArrive_data();
    void headersAndTargetsArrive();
    void withoutBody_data();
    void withoutBody();
    void redactedCodeRuns_data();
    void redactedCodeRuns();
    void redacts_data();
    void redacts();
    void bodyFiles_data();
    void bodyFiles();
    void names();

private:
    void run(const Code &code, CodeForm form);

    Listening m_listening;
    QTemporaryDir m_folder;
};

void TestCode::run(const Code &code, CodeForm form)
{
    m_listening.requests.clear();
    if (form == CodeForm::RawHttp) {
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), m_listening.receiver.port());
        QVERIFY(socket.waitForConnected(5'000));
        socket.write(bytes(code.text));
        QVERIFY(QTest::qWaitFor([&] { return !m_listening.requests.empty(); }, 10'000));
        return;
    }
    const QString file = m_folder.filePath(QStringLiteral("code.") + QLatin1String(codeFormSuffix(form)));
    QFile out(file);
    QVERIFY(out.open(QIODevice::WriteOnly));
    out.write(bytes(code.text));
    out.close();
    QFile body(m_folder.filePath(QStringLiteral("it's the body.json")));
    body.remove();
    if (code.needsBodyFile) {
        QVERIFY(body.open(QIODevice::WriteOnly));
        body.write(bytes(code.body));
        body.close();
    }
    QProcess process;
    process.setWorkingDirectory(m_folder.path());
    process.start(form == CodeForm::PythonRequests ? python()
            : form == CodeForm::NodeFetch          ? QStringLiteral("node")
                                                   : QStringLiteral("sh"),
        { file });
    process.closeWriteChannel();
    QVERIFY2(QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 60'000), "it does not end");
    QVERIFY2(process.error() != QProcess::FailedToStart, qPrintable(process.errorString()));
    const QByteArray errors = process.readAllStandardError();
    QVERIFY2(process.exitCode() == 0, bytes(errors.toStdString() + code.text.substr(0, 2'000)).constData());
    QVERIFY(process.readAllStandardOutput().contains(R"({"received":true})"));
    QCOMPARE(m_listening.requests.size(), std::size_t{ 1 });
}

void TestCode::bodiesArrive_data()
{
    QTest::addColumn<CodeForm>("form");
    QTest::addColumn<QByteArray>("body");
    for (const CodeForm form : kCodeForms)
        for (const Named &named : bodies())
            QTest::addRow("%s, %s", codeFormName(form), named.name) << form << bytes(named.body);
}

void TestCode::bodiesArrive()
{
    QFETCH(CodeForm, form);
    QFETCH(QByteArray, body);
    const DeliveryRecord record = recordOf(m_listening.url + "/orders", body.toStdString());
    const Code code = codeOf(record, form, { .bodyFile = "it's the body.json" });
    run(code, form);
    if (QTest::currentTestFailed())
        return;
    const receiver::ReceivedRequest &got = m_listening.requests.front();
    QCOMPARE(got.method, std::string("POST"));
    QCOMPARE(got.target, std::string("/orders"));
    QVERIFY2(got.body == body.toStdString(), qPrintable(QStringLiteral("%1 bytes arrived").arg(got.body.size())));
    QVERIFY(isValid(got.verdict));
    QCOMPARE(joined(got.headers, "content-type"), std::optional<std::string>("application/json"));
    QVERIFY(code.notes.empty() && !code.redacted);
}

void TestCode::headersAndTargetsArrive_data()
{
    QTest::addColumn<CodeForm>("form");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("noted"); ///< this client cannot do it, and says so
    struct Row
    {
        const char *what, *method, *target, *name, *value;
    };
    const Row rows[] = {
        { "quotes", "PUT", "/a?b=%27c%27&d=[1]&e={x,y}", "x-odd", R"(it's "q" $HOME `id` \n %s ; , = : @)" },
        { "latin-1", "PATCH", "/caf%C3%A9", "x-odd", "caf\xE9 100% \\o/" },
        { "empty", "POST", "/", "x-odd", "" },
        { "an at sign", "POST", "/?q", "x-odd", "@file" },
        { "an empty query", "POST", "/?", "x-odd", "v" },
        { "an equals sign", "POST", "/?q", "x-odd", "=5;=6" },
        { "several", "POST", "/a//b", "x-odd", "one" },
        { "authorization", "POST", "/a%2Fb/%7Euser/%41", "authorization", "Basic dXNlcjpwdw==" },
        { "dots", "POST", "/a/../b/./c?/../d", "x-odd", "v" },
        { "a backslash", "POST", "/", "x-odd", R"(a\:b)" },
    };
    for (const CodeForm form : kCodeForms)
        for (const Row &row : rows) {
            const std::string what = row.what;
            const bool noted = (form == CodeForm::Httpie
                                   && (what == "latin-1" || what == "a backslash" || what == "quotes"
                                       || what == "authorization" || what == "an empty query"))
                || (form == CodeForm::NodeFetch && (what == "dots" || what == "quotes" || what == "an empty query"))
                || (form == CodeForm::PythonRequests
                    && (what == "several" || what == "quotes" || what == "an empty query"));
            QTest::addRow("%s, %s", codeFormName(form), row.what)
                << form << QByteArray(row.method) << QByteArray(row.target) << QByteArray(row.name)
                << QByteArray(row.value) << noted;
        }
}

void TestCode::headersAndTargetsArrive()
{
    QFETCH(CodeForm, form);
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    QFETCH(bool, noted);
    Headers more{ { name.toStdString(), value.toStdString() } };
    if (value == "one")
        more.push_back({ "X-Odd", "two" });
    DeliveryRecord record = recordOf(m_listening.url + target.toStdString(), R"({"a":1})", more);
    record.delivery.method = method.toStdString();
    const Code code = codeOf(record, form, { .redaction = std::nullopt });
    QCOMPARE(!code.notes.empty(), noted);
    run(code, form);
    if (QTest::currentTestFailed())
        return;
    const receiver::ReceivedRequest &got = m_listening.requests.front();
    QCOMPARE(got.method, method.toStdString());
    QVERIFY(isValid(got.verdict));
    if (!noted)
        QCOMPARE(got.target, target.toStdString());
    for (const Header &header : record.delivery.headers) {
        const bool told = noted && sameHeaderName(header.name, "x-odd");
        if (!told)
            QCOMPARE(joined(got.headers, header.name), joined(record.delivery.headers, header.name));
    }
}

void TestCode::withoutBody_data()
{
    QTest::addColumn<CodeForm>("form");
    for (const CodeForm form : kCodeForms)
        QTest::newRow(codeFormName(form)) << form;
}

void TestCode::withoutBody()
{
    QFETCH(CodeForm, form);
    DeliveryRecord record = recordOf(m_listening.url + "/empty", " ");
    record.delivery.body.clear();
    record.delivery.hasBody = false;
    record.delivery.headers = { { "x-a", "b" }, { "Content-Length", "0" } };
    if (form == CodeForm::RawHttp)
        record.delivery.headers.push_back({ "Host", "127.0.0.1" });
    run(codeOf(record, form), form);
    if (QTest::currentTestFailed())
        return;
    const receiver::ReceivedRequest &got = m_listening.requests.front();
    QVERIFY(got.body.empty());
    QCOMPARE(joined(got.headers, "content-type"), std::nullopt);
    QCOMPARE(joined(got.headers, "content-length"), std::optional<std::string>("0"));
}

void TestCode::redactedCodeRuns_data()
{
    withoutBody_data();
}

void TestCode::redactedCodeRuns()
{
    QFETCH(CodeForm, form);
    DeliveryRecord record = recordOf(m_listening.url + "/t?key=known-secret", R"({"a":"known-secret"})",
        { { "Authorization", "Bearer abc" }, { "cookie", "s=1" }, { "X-Tenant", "acme" }, { "x-key", "known-secret" },
            { "x-own", "of-the-record" } });
    record.delivery.maskedHeaders = { "X-Own" };
    record.delivery.url.insert(7, "user:pass@");
    const Code code = codeOf(record, form, { .redaction = Redaction{ { "x-tenant" }, { "known-secret" } } });
    QVERIFY(code.redacted && code.bodyRedacted);
    for (const char *secret : { "known-secret", "user:pass", "Bearer abc", "s=1", "acme", "of-the-record" })
        QVERIFY2(code.text.find(secret) == std::string::npos, secret);
    run(code, form);
    if (QTest::currentTestFailed())
        return;
    const receiver::ReceivedRequest &got = m_listening.requests.front();
    QCOMPARE(got.body, std::string(R"({"a":"REDACTED"})"));
    QCOMPARE(joined(got.headers, "authorization"), std::optional<std::string>("Bearer REDACTED"));
    QCOMPARE(got.target, std::string("/t?key=REDACTED"));
}

void TestCode::redacts_data()
{
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("twice") << QByteArray("s3cret") << QByteArray("s3crets3cret!") << QByteArray("REDACTEDREDACTED!");
    QTest::newRow("percent-encoded") << QByteArray("a b/c") << QByteArray("?k=a%20b%2Fc") << QByteArray("?k=REDACTED");
    QTest::newRow("too short") << QByteArray("abc") << QByteArray("abcabc") << QByteArray("abcabc");
    QTest::newRow("its own mark") << QByteArray("REDA") << QByteArray("REDA") << QByteArray("REDACTED");
    QTest::newRow("none") << QByteArray("s3cret") << QByteArray("nothing") << QByteArray("nothing");
}

void TestCode::redacts()
{
    QFETCH(QByteArray, secret);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    const Redaction redaction{ {}, { secret.toStdString() } };
    QCOMPARE(bytes(withoutSecrets(text.toStdString(), redaction)), expected);
    DeliveryRecord record = recordOf("http://u:p@h/" + text.toStdString(), text.toStdString());
    record.attempts.push_back({ .delivery = "d1",
        .requestHeaders = { { "Authorization", "x y" } },
        .responseHeaders = { { "Set-Cookie", "a=b" } },
        .responseBody = text.toStdString(),
        .message = text.toStdString(),
        .redirects = { { 302, "GET", "http://u:p@h/" + text.toStdString() } } });
    QVERIFY(holdsSecrets(record, redaction));
    const DeliveryRecord hidden = redacted(record, redaction);
    QCOMPARE(bytes(hidden.delivery.url), "http://h/" + expected);
    QCOMPARE(bytes(hidden.delivery.body), expected);
    QCOMPARE(hidden.delivery.signedBytes.has_value(), text == expected);
    QCOMPARE(joined(hidden.delivery.headers, "content-length"), std::optional(std::to_string(expected.size())));
    QCOMPARE(hidden.attempts[0].requestHeaders[0].value, std::string("REDACTED"));
    QCOMPARE(hidden.attempts[0].responseHeaders[0].value, std::string("REDACTED"));
    QCOMPARE(bytes(hidden.attempts[0].responseBody), expected);
    QCOMPARE(bytes(hidden.attempts[0].message), expected);
    QCOMPARE(bytes(hidden.attempts[0].redirects[0].url), "http://h/" + expected);
    if (secret != "REDA")
        QVERIFY(!holdsSecrets(redacted(recordOf("http://h/", text.toStdString()), redaction), redaction));
}

void TestCode::bodyFiles_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("needed");
    QTest::newRow("text") << QByteArray("{\"a\":\"b\n\xC3\xA9\"}") << false;
    QTest::newRow("a tab") << QByteArray("{\t}") << true;
    QTest::newRow("no UTF-8") << QByteArray("{\xE9}") << true;
    QTest::newRow("long") << QByteArray(100'001, 'x') << true;
    QTest::newRow("just short enough") << QByteArray(100'000, 'x') << false;
}

void TestCode::bodyFiles()
{
    QFETCH(QByteArray, body);
    QFETCH(bool, needed);
    const DeliveryRecord record = recordOf("http://h/", body.toStdString());
    for (const CodeForm form : kCodeForms) {
        const Code code = codeOf(record, form);
        const bool command = form == CodeForm::Curl || form == CodeForm::Httpie;
        QCOMPARE(code.needsBodyFile, needed && command);
        QCOMPARE(code.text.find("body.json") != std::string::npos, needed && command);
        QCOMPARE(bytes(code.body), body);
    }
}

void TestCode::names()
{
    for (const CodeForm form : kCodeForms)
        QCOMPARE(codeFormFromName(codeFormName(form)), std::optional(form));
    QVERIFY(!codeFormFromName("wget"));
}

QTEST_GUILESS_MAIN(TestCode)
#include "tst_code.moc"
