// The Signature and As-code tabs: what is said about a delivery, and what its buttons do.
#include "core/receiver/receiver.h"
#include "core/signing/signer.h"
#include "ui/inspector/as_code_view.h"
#include "ui/inspector/cover_lane.h"
#include "ui/inspector/receiver_code_view.h"
#include "ui/inspector/receiver_trial.h"
#include "ui/inspector/signature_view.h"
#include "ui/theme/theme.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/code_editor.h"

#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>
#include <QToolButton>
#include <QtTest>

using namespace hookbench;
using namespace hookbench::inspector;

namespace {

const std::string kSecret = "hb_demo_4f7c21d09be8";
const std::string kEvent = R"({"id":"a","n":27.5})";
const std::string kBatch = "[" + kEvent + R"(,{"id":"b","n":2},{"id":"c","n":3}])";

journal::RecordPtr recordOf(const std::string &body, const std::string &header, const std::string &computed)
{
    auto record = std::make_shared<journal::DeliveryRecord>();
    record->delivery.id = "d1";
    record->delivery.method = "POST";
    record->delivery.url = "http://127.0.0.1:8765/orders";
    record->delivery.body = body;
    record->delivery.signature = computed;
    record->delivery.headers = { { "content-type", "application/json" }, { "authorization", "Bearer abc" } };
    if (!header.empty())
        record->delivery.headers.push_back({ "x-signature", header });
    return record;
}

template <typename T>
T *named(const QWidget &in, const QString &name)
{
    for (T *widget : in.findChildren<T *>())
        if (widget->accessibleName() == name)
            return widget;
    return nullptr;
}

/// Every word on the screen.
QString allText(const QWidget &in)
{
    QString text;
    for (const QLabel *label : in.findChildren<QLabel *>())
        if (label->isVisibleTo(&in))
            text += label->text() + u'\n';
    return text;
}

QStringList column(const QTableWidget *table, int index)
{
    QStringList cells;
    for (int row = 0; row < table->rowCount(); ++row)
        cells.append(table->item(row, index)->text());
    return cells;
}

} // namespace

class TestSignature : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void facts_data();
    void facts();
    void tellsOfABatch();
    void closesTheGap();
    void marksFollowTheColours();
    void explainsAMismatch_data();
    void explainsAMismatch();
    void triesTheCode_data();
    void triesTheCode();
    void endsCodeThatIsNotWaitedFor();
    void showsCode_data();
    void showsCode();
    void tellsOfCredentialsWhereTheyAre();
    void tellsWhatWasSignedWithoutASecret();
    void copiesCurl();

private:
    theme::Theme m_theme{ theme::Scheme::Light };
};

void TestSignature::facts_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<signing::Verdict>("verdict");
    QTest::addColumn<signing::Mode>("mode");
    QTest::addColumn<int>("covered"); ///< bytes
    const auto sign
        = [](const std::string &text) { return QByteArray::fromStdString(signing::Signer(kSecret).sign(text)); };
    const auto bytes = [](const std::string &text) { return QByteArray::fromStdString(text); };
    using signing::Mode, signing::Verdict;
    QTest::newRow("single") << bytes(kEvent) << sign(kEvent) << Verdict::ValidWholeBody << Mode::FirstEvent
                            << int(kEvent.size());
    QTest::newRow("batch") << bytes(kBatch) << sign(kEvent) << Verdict::ValidFirstEvent << Mode::FirstEvent
                           << int(kEvent.size());
    QTest::newRow("whole batch") << bytes(kBatch) << sign(kBatch) << Verdict::ValidWholeBody << Mode::WholeBody
                                 << int(kBatch.size());
    QTest::newRow("wrong") << bytes(kBatch) << sign("x") << Verdict::Invalid << Mode::FirstEvent << int(kEvent.size());
    QTest::newRow("unsigned") << bytes(kEvent) << QByteArray() << Verdict::Unsigned << Mode::FirstEvent
                              << int(kEvent.size());
}

void TestSignature::facts()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, header);
    QFETCH(int, covered);
    const auto facts
        = signatureFacts(*recordOf(body.toStdString(), header.toStdString(), header.toStdString()), kSecret);
    QTEST(facts.verdict, "verdict");
    QTEST(facts.mode, "mode");
    QCOMPARE(int(facts.covered.length), covered);
    QCOMPARE(facts.events.size(), std::size_t(body.startsWith('[') ? 3 : 0));
}

void TestSignature::tellsOfABatch()
{
    SignatureView view;
    const std::string signature = signing::Signer(kSecret).sign(kEvent);
    view.show(*recordOf(kBatch, signature, signature), kSecret);
    view.resize(1100, 800);
    view.setVisible(true);
    const QString text = allText(view);
    QVERIFY2(text.contains(u"Valid for event 1 of 3"), qPrintable(text));
    QVERIFY(text.contains(u"Events 2 and 3 can be changed unnoticed"));
    QCOMPARE(named<QLabel>(view, QStringLiteral("X-Signature header"))->text(), QString::fromStdString(signature));
    QCOMPARE(named<QLabel>(view, QStringLiteral("Recomputed, whole body"))->text(),
        QString::fromStdString(signing::Signer(kSecret).sign(kBatch)));
    auto *events = named<QTableWidget>(view, QStringLiteral("Events in this batch"));
    QCOMPARE(
        column(events, 1), QStringList({ QStringLiteral("1–19"), QStringLiteral("21–36"), QStringLiteral("38–53") }));
    QCOMPARE(column(events, 4),
        QStringList({ QStringLiteral("Signed"), QStringLiteral("Not covered"), QStringLiteral("Not covered") }));
    auto *tamper = named<QTableWidget>(view, QStringLiteral("Tamper test"));
    QCOMPARE(column(tamper, 3),
        QStringList({ QStringLiteral("Detected"), QStringLiteral("Not detected"), QStringLiteral("Not detected"),
            QStringLiteral("Not detected"), QStringLiteral("Not detected") }));
    QCOMPARE(column(tamper, 2).front(), QStringLiteral("27.5 → 0.01"));

    auto *secret = named<QLineEdit>(view, QStringLiteral("Shared secret it is compared with"));
    QCOMPARE(secret->text(), QStringLiteral("••••••••9be8"));
    secret->actions().front()->trigger();
    QCOMPARE(secret->text(), QString::fromStdString(kSecret));
    view.show(*recordOf(kBatch, signature, signature), kSecret); // another one: hidden again
    QCOMPARE(secret->text(), QStringLiteral("••••••••9be8"));
    auto *lane = view.findChild<CoverLane *>();
    QTRY_VERIFY(lane->isVisible()); // there is room beside 16 bytes a row
    QCOMPARE(lane->accessibleDescription(),
        QStringLiteral("Signed bytes 1–19, event 1; Not covered by the signature: bytes 20–54, events 2 and 3"));

    view.show(*recordOf(kEvent, {}, {}), kSecret); // nothing of the batch is left
    QVERIFY(!events->isVisible() && !tamper->isVisible());
    QVERIFY(allText(view).contains(u"Unsigned"));
}

void TestSignature::closesTheGap()
{
    SignatureView view;
    const std::string signature = signing::Signer(kSecret).sign(kEvent);
    view.setBatching(true);
    auto record = std::make_shared<journal::DeliveryRecord>(*recordOf(kBatch, signature, signature));
    record->delivery.mappingName = "Orders";
    view.show(*record, kSecret);
    view.resize(1100, 800);
    view.setVisible(true);
    QPushButton *off = nullptr;
    QPushButton *send = nullptr;
    for (QPushButton *button : view.findChildren<QPushButton *>()) {
        if (button->text() == u"Turn batching off for Orders")
            off = button;
        if (button->text() == u"Send tampered copy")
            send = button;
    }
    QVERIFY(off && send);
    QSignalSpy wantsOff(&view, &SignatureView::batchingOffRequested);
    off->click();
    QCOMPARE(wantsOff.count(), 1);
    view.setBatching(false);
    QVERIFY(!off->isVisible());
    // The first change that nobody would notice is chosen; another row is another copy.
    std::string sent;
    connect(&view, &SignatureView::tamperedCopyRequested, &view, [&](const std::string &body) { sent = body; });
    send->click();
    QCOMPARE(QByteArray::fromStdString(sent),
        QByteArray::fromStdString("[" + kEvent + R"(,{"id":"b","n":0.01},{"id":"c","n":3}])"));
    named<QTableWidget>(view, QStringLiteral("Tamper test"))->setCurrentCell(0, 0);
    send->click();
    QCOMPARE(sent.find("27.5"), std::string::npos);
}

void TestSignature::marksFollowTheColours()
{
    SignatureView view;
    const std::string signature = signing::Signer(kSecret).sign(kEvent);
    view.show(*recordOf(kBatch, signature, signature), kSecret);
    view.resize(1100, 800);
    view.setVisible(true);
    const auto *body = named<widgets::CodeEditor>(view, QStringLiteral("Body, with the signed bytes marked"));
    for (const theme::Scheme scheme : { theme::Scheme::Dark, theme::Scheme::Light }) {
        m_theme.setScheme(scheme);
        QTRY_COMPARE(body->extraSelections().size(), 2);
        QTRY_COMPARE(body->extraSelections().front().format.background().color(), theme::tokens().sel);
        QCOMPARE(body->extraSelections().back().format.background().color(), theme::tokens().warningLine);
    }
}

void TestSignature::explainsAMismatch_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("computed");
    QTest::addColumn<QString>("words");
    const auto sign = [](const std::string &text, const std::string &secret) {
        return QByteArray::fromStdString(signing::Signer(secret).sign(text));
    };
    const QByteArray right = sign(kEvent, kSecret);
    const QByteArray earlier = sign(kEvent, "earlier");
    const QByteArray lineFeed = sign(kEvent + "\n", kSecret);
    QTest::newRow("an earlier secret") << earlier << earlier << QStringLiteral("a secret set earlier in this session");
    QTest::newRow("a line feed") << lineFeed << lineFeed << QStringLiteral("line break at their end");
    QTest::newRow("the mapping wrote it")
        << QByteArray("mine") << right << QStringLiteral("The mapping wrote X-Signature");
    QTest::newRow("nothing") << QByteArray(40, '0') << QByteArray(40, '0')
                             << QStringLiteral("Nothing known explains it");
}

void TestSignature::explainsAMismatch()
{
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, computed);
    QFETCH(QString, words);
    SignatureView view;
    view.QWidget::show();
    const auto record = recordOf(kEvent, header.toStdString(), computed.toStdString());
    view.show(*record, "earlier");
    view.show(*record, kSecret);
    QTRY_VERIFY2(allText(view).contains(words), qPrintable(allText(view)));
    QVERIFY(allText(view).contains(u"Does not verify with the present secret"));
    QVERIFY(!allText(view).contains(QString::fromStdString(kSecret)));
}

void TestSignature::triesTheCode_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<bool>("accepted");
    for (const signing::Language language : { signing::Language::Python, signing::Language::Go })
        for (const bool accepted : { true, false })
            QTest::addRow("%s %s", signing::languageName(language), accepted ? "accepts" : "refuses")
                << QString::fromLatin1(signing::languageTitle(language)) << accepted;
}

void TestSignature::triesTheCode()
{
    QFETCH(QString, language);
    QFETCH(bool, accepted);
    ReceiverCodeView view;
    view.show();
    view.setDelivery({ .body = accepted ? kBatch : kBatch + " ]",
                         .header = signing::Signer(accepted ? kSecret : "other").sign(kEvent),
                         .secret = kSecret },
        {});
    auto *languages = named<QComboBox>(view, QStringLiteral("Language of the receiver"));
    languages->setCurrentText(language);
    auto *button = view.findChild<QPushButton *>();
    auto *trial = view.findChild<ReceiverTrial *>();
    QVERIFY(button->isEnabled());
    QSignalSpy finished(trial, &ReceiverTrial::finished);
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(!button->isEnabled());
    QVERIFY(finished.wait(60'000));
    QCOMPARE(finished.first().at(0).value<ReceiverTrial::Result>(),
        accepted ? ReceiverTrial::Result::Accepted : ReceiverTrial::Result::Refused);
    QVERIFY(button->isEnabled() && !trial->isRunning());
    view.setDelivery({}, QStringLiteral("There is no signature to try it with."));
    QVERIFY(!button->isEnabled());
}

void TestSignature::endsCodeThatIsNotWaitedFor()
{
    auto trial = std::make_unique<ReceiverTrial>();
    QSignalSpy finished(trial.get(), &ReceiverTrial::finished);
    trial->start({ .language = signing::Language::Go, .body = kEvent, .header = "x", .secret = kSecret });
    QVERIFY(trial->isRunning());
    trial->cancel();
    QVERIFY(!trial->isRunning() && finished.isEmpty());
    trial->start({ .language = signing::Language::Python, .body = kEvent, .header = "x", .secret = kSecret });
    trial.reset(); // with the window
}

void TestSignature::showsCode_data()
{
    QTest::addColumn<QString>("form");
    QTest::addColumn<QString>("contains");
    QTest::newRow("cURL") << QStringLiteral("cURL") << QStringLiteral("curl --request POST");
    QTest::newRow("HTTPie") << QStringLiteral("HTTPie") << QStringLiteral("http --ignore-stdin");
    QTest::newRow("Python") << QStringLiteral("Python requests") << QStringLiteral("import requests");
    QTest::newRow("Node") << QStringLiteral("Node fetch") << QStringLiteral("await fetch(");
    QTest::newRow("HTTP") << QStringLiteral("Raw HTTP") << QStringLiteral("POST /orders HTTP/1.1");
    QTest::newRow("HAR") << QStringLiteral("HAR") << QStringLiteral("\"version\": \"1.2\"");
}

void TestSignature::showsCode()
{
    QFETCH(QString, form);
    QFETCH(QString, contains);
    AsCodeView view;
    view.QWidget::show();
    view.show(recordOf(kEvent, "0", "0"), kSecret);
    named<QComboBox>(view, QStringLiteral("Form of the code"))->setCurrentText(form);
    const auto *text = view.findChild<widgets::CodeEditor *>();
    QVERIFY2(text->toPlainText().contains(contains), qPrintable(text->toPlainText()));
    QVERIFY(!text->toPlainText().contains(u"abc") && text->toPlainText().contains(u"REDACTED"));
    QTest::mouseClick(named<QToolButton>(view, QStringLiteral("Copy the code")), Qt::LeftButton);
    const auto lines = [](QString all) { return all.remove(u'\r'); };
    QCOMPARE(lines(QGuiApplication::clipboard()->text()), text->toPlainText());
    QTest::mouseClick(named<QToolButton>(view, QStringLiteral("Show credentials in the code")), Qt::LeftButton);
    QVERIFY(text->toPlainText().contains(u"Bearer abc"));
}

// What hides nothing says nothing of hiding: a cookie of the answer is in no command.
void TestSignature::tellsOfCredentialsWhereTheyAre()
{
    auto record = std::make_shared<journal::DeliveryRecord>(*recordOf(kEvent, "0", "0"));
    record->delivery.headers = { { "content-type", "application/json" } };
    record->attempts.resize(1);
    record->attempts.front().requestHeaders = record->delivery.headers;
    record->attempts.front().responseHeaders = { { "Set-Cookie", "a=b" } };
    AsCodeView view;
    view.show(record, {});
    auto *form = named<QComboBox>(view, QStringLiteral("Form of the code"));
    auto *eye = named<QToolButton>(view, QStringLiteral("Show credentials in the code"));
    for (const auto &[name, holds] :
        { std::pair{ "cURL", false }, std::pair{ "Node fetch", false }, std::pair{ "HAR", true } }) {
        form->setCurrentText(QLatin1String(name));
        QCOMPARE(allText(view).contains(u"REDACTED"), holds);
        QCOMPARE(eye->isVisibleTo(&view), holds);
    }
}

// Without a secret nothing can be checked, but what was signed when it was sent is known.
void TestSignature::tellsWhatWasSignedWithoutASecret()
{
    auto record = std::make_shared<journal::DeliveryRecord>(
        *recordOf(kBatch, signing::Signer(kSecret).sign(kEvent), signing::Signer(kSecret).sign(kEvent)));
    const auto cells = [&record] {
        SignatureView view;
        view.show(*record, {});
        return column(named<QTableWidget>(view, QStringLiteral("Events in this batch")), 4).join(u'|');
    };
    record->delivery.signedBytes = { 1, 19 };
    QCOMPARE(cells(), QStringLiteral("Signed, not checked|Not covered|Not covered"));
    record->delivery.signedBytes = { 0, std::string_view(kBatch).size() };
    QCOMPARE(cells(), QStringLiteral("Signed, not checked|Signed, not checked|Signed, not checked"));
    record->delivery.signedBytes.reset();
    QCOMPARE(cells(), QStringLiteral("Not checked|Not checked|Not checked"));
}

void TestSignature::copiesCurl()
{
    QVERIFY(AsCodeView::copyAsHar(*recordOf(kEvent, "0", "0"), kSecret).contains(u"hidden"));
    QVERIFY(QGuiApplication::clipboard()->text().contains(u"\"version\": \"1.2\"")
        || QGuiApplication::clipboard()->text().contains(u"\"version\":\"1.2\""));
    QVERIFY(!QGuiApplication::clipboard()->text().contains(u"Bearer abc"));
    QVERIFY(AsCodeView::copyRaw(*recordOf(kEvent, "0", "0"), kSecret).contains(u"hidden"));
    QVERIFY(QGuiApplication::clipboard()->text().contains(QString::fromStdString(kEvent))
        && !QGuiApplication::clipboard()->text().contains(u"Bearer abc"));
    QVERIFY(AsCodeView::copyRaw(*recordOf("\xff\xfe", "0", "0"), kSecret).contains(u"no text"));
    QVERIFY(AsCodeView::copyAsCurl(*recordOf(kEvent, "0", "0"), kSecret).contains(u"hidden"));
    QVERIFY(QGuiApplication::clipboard()->text().contains(u"'Bearer REDACTED'")
        || QGuiApplication::clipboard()->text().contains(u"authorization: Bearer REDACTED"));
    const QString said = AsCodeView::copyAsCurl(*recordOf("{\t}", "0", "0"), {});
    QVERIFY(QGuiApplication::clipboard()->text().contains(u"--data-binary '@"));
    const QString path = QDir::temp().filePath(QStringLiteral("hookbench-body-d1"));
    QVERIFY2(said.contains(path), qPrintable(said));
    QFile body(path);
    QVERIFY(body.open(QIODevice::ReadOnly));
    QCOMPARE(body.readAll(), QByteArray("{\t}"));
    QCOMPARE(body.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    body.remove();
}

QTEST_MAIN(TestSignature)
#include "tst_signature.moc"
