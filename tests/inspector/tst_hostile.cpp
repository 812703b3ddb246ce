// Answers of a server that means no good, through the network, the journal and the window: what is shown is text and
// nothing else, memory is bounded, and the window goes on turning.
#include "core/json/parse.h"
#include "tests/support/scripted_server.h"
#include "tests/support/workbench_parts.h"
#include "ui/deliveries/deliveries_model.h"
#include "ui/deliveries/deliveries_panel.h"
#include "ui/inspector/attempts_view.h"
#include "ui/inspector/inspector.h"
#include "ui/inspector/message_page.h"
#include "ui/widgets/body_view.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/text_view.h"

#include <QAbstractItemView>
#include <QAction>
#include <QFile>
#include <QLabel>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTabBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolTip>

#include <zlib.h>

#include <algorithm>

using namespace hookbench;
using namespace hookbench::inspector;
using hookbench::test::Script;
using hookbench::test::ScriptedServer;

namespace {

constexpr std::uint64_t kTwoGigabytes = 2'000'000'000;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr qint64 kMostMemory = 600'000; // KB; AddressSanitizer keeps 256 MiB of what was freed
#else
constexpr qint64 kMostMemory = 200'000; // KB, a tenth of what is sent: a busy machine reads in larger pieces
#endif
constexpr qint64 kLongestStall = 3'000; // ms; on a busy machine, under a sanitizer

qint64 residentKb()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n'))
        if (line.startsWith("VmRSS:"))
            return line.mid(6).trimmed().split(' ').front().toLongLong();
    return 0;
}

/// `zeros` bytes of nothing, squeezed to a thousandth.
std::string bomb(std::size_t zeros)
{
    z_stream stream{};
    deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY);
    std::string none(1 << 20, '\0');
    std::string out;
    std::string piece(1 << 16, '\0');
    for (std::size_t left = zeros; left > 0 || stream.avail_in > 0;) {
        if (stream.avail_in == 0) {
            stream.next_in = reinterpret_cast<Bytef *>(none.data());
            stream.avail_in = static_cast<uInt>(std::min(left, none.size()));
            left -= stream.avail_in;
        }
        stream.next_out = reinterpret_cast<Bytef *>(piece.data());
        stream.avail_out = static_cast<uInt>(piece.size());
        const int end = deflate(&stream, left == 0 ? Z_FINISH : Z_NO_FLUSH);
        out.append(piece, 0, piece.size() - stream.avail_out);
        if (end == Z_STREAM_END)
            break;
    }
    deflateEnd(&stream);
    return out;
}

/// What a flood behind this head is made of, again and again.
std::string pieceFor(const std::string &head)
{
    const bool squeezed = head.find("gzip") != std::string::npos;
    const std::string piece = squeezed ? bomb(16'000'000) : std::string(65'536, 'x');
    if (head.find("chunked") == std::string::npos)
        return piece;
    std::string chunks;
    constexpr std::size_t kChunk = 0x4000;
    for (std::size_t at = 0; at < piece.size(); at += kChunk) {
        const std::string chunk = piece.substr(at, kChunk);
        chunks += QByteArray::number(static_cast<qulonglong>(chunk.size()), 16).toStdString() + "\r\n" + chunk + "\r\n";
    }
    return chunks;
}

std::string manyHeaders(int count)
{
    std::string fields;
    for (int i = 0; i < count; ++i)
        fields += "X-Header-" + std::to_string(i) + ": value " + std::to_string(i) + "\r\n";
    return fields;
}

bool isHostile(QChar c)
{
    const ushort code = c.unicode();
    return (code < 0x20 && code != '\n' && code != '\t') || (code >= 0x7F && code < 0xA0)
        || (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) || code == 0x200E || code == 0x200F
        || code == 0x061C;
}

/// How long the event loop stood still at most, looked at every 5 ms.
class Stalls
{
public:
    Stalls()
    {
        m_timer.setInterval(5);
        QObject::connect(
            &m_timer, &QTimer::timeout, &m_timer, [this] { m_longest = std::max(m_longest, m_since.restart()); });
        m_since.start();
        m_timer.start();
    }
    qint64 longest() const { return m_longest; }

private:
    QTimer m_timer;
    QElapsedTimer m_since;
    qint64 m_longest = 0;
};

struct Screen : Parts
{
    Inspector *inspector = nullptr; ///< the panel's
    std::unique_ptr<deliveries::DeliveriesPanel> panel;

    Screen()
    {
        for (const char *id : { "send.current", "send.stop", "view.filter", "delivery.resend", "delivery.curl",
                 "delivery.har", "delivery.raw", "delivery.now", "delivery.event", "delivery.sample" })
            workbench.registerAction(id, new QAction(&workbench));
        settings.set(storage::settings::responseLimitKb, 4'096);
        document.startWith(destination::newProject("Acme"), QStringLiteral("Acme"));
        if (!session.openJournal(folder.filePath(QStringLiteral("journal.sqlite")).toStdString()))
            qFatal("no journal");
        inspector = new Inspector(workbench);
        panel = std::make_unique<deliveries::DeliveriesPanel>(workbench, inspector);
        QObject::connect(panel.get(), &deliveries::DeliveriesPanel::chosen, inspector, &Inspector::show);
        panel->resize(1400, 500);
        panel->show();
    }

    void send(const std::string &url)
    {
        destination::Project project = destination::newProject("Acme");
        destination::Mapping mapping = destination::defaultMapping("<img src=x>\x1B[31m");
        mapping.enabled = true;
        mapping.trigger = "type = \"track\"";
        mapping.settings
            = json::parse("{\"url\":\"" + url + "\",\"method\":\"POST\",\"data\":{\"@path\":\"$.\"}}").value();
        project.mappings.push_back(mapping);
        session.send(
            project, {}, workbench.runOptions(), { .events = { json::parse("{\"type\":\"track\"}").value() } });
    }
    void tab(const char *title)
    {
        for (int i = 0; i < inspector->tabs()->count(); ++i)
            if (inspector->tabs()->tabText(i) == QLatin1String(title))
                inspector->tabs()->setCurrentIndex(i);
    }
};

} // namespace

class TestHostile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isShownSafely_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<quint64>("flood"); ///< bytes that follow
        QTest::addColumn<QByteArray>("shows"); ///< somewhere in the response's text
        const auto row
            = [](const char *name, const std::string &head, const std::string &body, quint64 flood, const char *shows) {
                  QTest::newRow(name) << QByteArray::fromStdString(head) << QByteArray::fromStdString(body) << flood
                                      << QByteArray(shows);
              };
        const std::string ok = "HTTP/1.1 200 OK\r\n";
        row("2 GB", ok + "Content-Length: 2000000000\r\n\r\n", {}, kTwoGigabytes, "xxxx");
        row("2 GB, chunked", ok + "Transfer-Encoding: chunked\r\n\r\n", {}, kTwoGigabytes, "xxxx");
        row("2 GB, until the connection ends", ok + "\r\n", {}, kTwoGigabytes, "xxxx");
        row("2 GB, chunked and squeezed", ok + "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n", {},
            kTwoGigabytes, "\\x00");
        const std::string squeezed = bomb(300'000'000);
        row("gzip bomb",
            ok + "Content-Encoding: gzip\r\nContent-Length: " + std::to_string(squeezed.size()) + "\r\n\r\n", squeezed,
            0, "\\x00");
        row("10,000 headers", ok + manyHeaders(10'000) + "Content-Length: 2\r\n\r\n", "{}", 0,
            "No header fields could be read");
        row("99 headers", ok + manyHeaders(99) + "Content-Length: 2\r\n\r\n", "{}", 0, "X-Header-98: value 98");
        row("a header of 1 MB", ok + "X-Long: " + std::string(1'000'000, 'y') + "\r\nContent-Length: 2\r\n\r\n", "{}",
            0, "No header fields could be read");
        row("a header of 90 KB", ok + "X-Long: " + std::string(90'000, 'y') + "\r\nContent-Length: 2\r\n\r\n", "{}", 0,
            "X-Long: yyyy");
        const std::string hostile = "\x1B[2J\x1B]0;title\x07 \xE2\x80\xAE"
                                    "gnp.exe\xE2\x81\xA9 \xC2\x9B"
                                    "31m "
                                    "<img src=\"http://127.0.0.1:1/x\"><script>alert(1)</script><b>bold</b> \xFF\xC0";
        row("ESC, bidi, HTML, invalid UTF-8 in the body",
            ok + "Content-Type: text/html\r\nContent-Length: " + std::to_string(hostile.size()) + "\r\n\r\n", hostile,
            0, "<script>alert(1)</script>");
        const std::string nuls = std::string("a\0b\0\0", 5);
        row("NULs in the body", ok + "Content-Length: 5\r\n\r\n", nuls, 0, "\\x00");
        const std::string reason = "<b>No</b> \x1B[31m\xE2\x80\xAE" + std::string(3'000, 'r');
        row("in the reason", "HTTP/1.1 500 " + reason + "\r\nContent-Length: 0\r\n\r\n", {}, 0, "<b>No</b>");
        row("in a header",
            ok + "X-Odd: <img src=x> \x1B[31m \xE2\x80\xAE\r\nContent-Type: <b>\x1B\r\nContent-Length: 2\r\n\r\n", "{}",
            0, "<img src=x>");
        row("JSON of escapes", ok + "Content-Type: application/json\r\nContent-Length: 34\r\n\r\n",
            "{\"a\":\"\\u001b[31m\\u202E\\u0000<b>\"}  ", 0, "<b>");
    }

    void isShownSafely()
    {
        QFETCH(QByteArray, head);
        QFETCH(QByteArray, body);
        QFETCH(quint64, flood);
        QFETCH(QByteArray, shows);
        ScriptedServer server([&](const test::WireRequest &) {
            Script script;
            script.send(head.toStdString()).send(body.toStdString());
            if (flood > 0)
                script.flood(pieceFor(head.toStdString()), flood);
            return script.close();
        });
        Screen screen;
        QCoreApplication::processEvents();
        const qint64 before = residentKb();
        qint64 most = before;
        QTimer watch;
        connect(&watch, &QTimer::timeout, &watch, [&] { most = std::max(most, residentKb()); });
        watch.start(10);
        const Stalls stalls;
        QSignalSpy finished(&screen.session, &pipeline::Session::runFinished);
        screen.send(server.url("/hook"));
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 30'000);
        QVERIFY2(server.bytesSent() < kTwoGigabytes / 4, qPrintable(QString::number(server.bytesSent())));

        // The list.
        const deliveries::DeliveriesModel &model = *screen.panel->model();
        QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 1, 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(model.rowAt(0) && model.rowAt(0)->attempts == 1, 30'000);
        for (int column = 0; column < model.columnCount(); ++column)
            for (const int role : { int(Qt::DisplayRole), int(Qt::ToolTipRole), int(Qt::AccessibleTextRole) }) {
                const QString text = model.index(0, column).data(role).toString();
                QVERIFY2(std::none_of(text.begin(), text.end(), isHostile), qPrintable(text.left(200)));
                QVERIFY(role != Qt::ToolTipRole || text.size() <= 1'100);
            }
        QToolTip::showText(
            QPoint(10, 10), model.index(0, deliveries::DeliveriesModel::MappingColumn).data().toString());
        for (const QWidget *widget : QApplication::topLevelWidgets())
            if (widget->inherits("QTipLabel"))
                QCOMPARE(static_cast<const QLabel *>(widget)->textFormat(), Qt::PlainText);
        QToolTip::hideText();

        // The inspector, every way to look at the answer.
        QTRY_VERIFY_WITH_TIMEOUT(
            screen.inspector->record() && screen.inspector->record()->attempts.size() == 1, 30'000);
        screen.tab("Response");
        widgets::BodyView *view = screen.inspector->response()->view();
        QString all;
        for (const auto mode :
            { widgets::BodyView::Pretty, widgets::BodyView::Raw, widgets::BodyView::Tree, widgets::BodyView::Hex }) {
            view->setMode(mode);
            QTRY_VERIFY_WITH_TIMEOUT(view->isSettled() && screen.inspector->isSettled(), 30'000);
            all += textIn(*view);
        }
        screen.tab("Attempts");
        QTRY_VERIFY_WITH_TIMEOUT(screen.inspector->isSettled(), 30'000);
        all += textIn(*screen.inspector->attempts());
        QVERIFY2(all.contains(QString::fromUtf8(shows)), qPrintable(all.left(2'000)));
        const auto bad = std::find_if(all.begin(), all.end(), isHostile);
        QVERIFY2(bad == all.end(), bad == all.end() ? "" : qPrintable(QString::number(bad->unicode(), 16)));
        for (const char *title : { "Request", "Signature", "Trace", "As code" }) {
            screen.tab(title);
            QTRY_VERIFY_WITH_TIMEOUT(screen.inspector->isSettled(), 30'000);
        }
        for (const QLabel *label : screen.panel->findChildren<QLabel *>())
            QVERIFY2(label->textFormat() != Qt::AutoText || !Qt::mightBeRichText(label->text()),
                qPrintable(label->text().left(200)));
        qInfo("%lld MB more, at most %lld ms without a turn", (most - before) / 1'000, stalls.longest());
        QVERIFY2(most - before < kMostMemory, qPrintable(QString::number(most - before)));
        QVERIFY2(stalls.longest() < kLongestStall, qPrintable(QString::number(stalls.longest())));
    }

private:
    /// What a person could read in it.
    static QString textIn(const QWidget &page)
    {
        QString text;
        for (const QLabel *label : page.findChildren<QLabel *>())
            text += label->text() + u'\n';
        for (const QPlainTextEdit *edit : page.findChildren<QPlainTextEdit *>())
            text += edit->toPlainText() + u'\n';
        for (const widgets::StatusLabel *label : page.findChildren<widgets::StatusLabel *>())
            text += label->text() + u'\n';
        for (const widgets::TextView *view : page.findChildren<widgets::TextView *>())
            text += view->text() + u'\n';
        for (const QAbstractItemView *view : page.findChildren<QAbstractItemView *>())
            if (const QAbstractItemModel *model = view->model())
                for (int row = 0; row < std::min(model->rowCount(), 200); ++row)
                    for (int column = 0; column < model->columnCount(); ++column)
                        text += model->index(row, column).data().toString() + u'\n';
        for (const QWidget *widget : page.findChildren<QWidget *>())
            if (const QVariant shown = widget->property("text"); shown.typeId() == QMetaType::QString)
                text += shown.toString() + u'\n';
        return text;
    }
};

QTEST_MAIN(TestHostile)
#include "tst_hostile.moc"
