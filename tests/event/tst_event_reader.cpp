#include "core/event/event_reader.h"
#include "core/json/stringify.h"

#include <QBuffer>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTest>

#include <fmt/format.h>

#include <sys/resource.h>

using namespace hookbench;
using namespace hookbench::event;

namespace {

constexpr std::size_t kWhole = SIZE_MAX;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr long kMostKilobytes = 512 * 1'024; // freed memory is not given back at once
#else
constexpr long kMostKilobytes = 24 * 1'024;
#endif

/// An item in one line: `0 @12 2 {"a":1}` is event 0 at byte 12, line 2; `! json-syntax @12 2:5` a mistake with its
/// position.
QString told(const Item &item)
{
    if (item.ok())
        return QString::fromStdString(fmt::format("{} @{} {} {}", item.index, item.offset, item.line, item.text));
    const Error &error = item.event.error();
    const TextPosition at = error.position.value_or(TextPosition{});
    return QString::fromStdString(
        fmt::format("{} {} @{} {}:{}", item.fatal ? "!!" : "!", error.code, at.offset, at.line, at.column));
}

/// What a reader says of `text` given to it in pieces of `chunk` bytes.
QStringList read(const QByteArray &text, std::size_t chunk, ReaderLimits limits = {})
{
    EventReader reader(limits);
    QStringList items;
    const auto take = [&] {
        while (const std::optional<Item> item = reader.next())
            items << told(*item);
    };
    const std::string bytes = text.toStdString();
    for (std::size_t at = 0; at < bytes.size(); at += std::min(chunk, bytes.size())) {
        reader.feed(std::string_view(bytes).substr(at, chunk));
        take();
    }
    reader.finish();
    take();
    return items;
}

/// Gives bytes made on the way, so that a gigabyte costs nothing to have.
class GeneratedDevice final : public QIODevice
{
public:
    GeneratedDevice(QByteArray head, QByteArray repeated, qint64 times, QByteArray tail)
        : m_head(std::move(head))
        , m_repeated(std::move(repeated))
        , m_tail(std::move(tail))
        , m_times(times)
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }
    bool isSequential() const override { return true; }

protected:
    qint64 readData(char *data, qint64 most) override
    {
        while (m_ready.size() < most && (!m_head.isNull() || m_times > 0 || !m_tail.isNull())) {
            if (!m_head.isNull())
                m_ready += std::exchange(m_head, {});
            else if (m_times > 0)
                m_ready += m_repeated.repeated(std::min<qint64>(m_times, 1'000)),
                    m_times -= std::min<qint64>(m_times, 1'000);
            else
                m_ready += std::exchange(m_tail, {});
        }
        const qint64 count = std::min<qint64>(most, m_ready.size());
        std::copy_n(m_ready.constData(), count, data);
        m_ready.remove(0, count);
        return count;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_head, m_repeated, m_tail, m_ready;
    qint64 m_times;
};

class BrokenDevice final : public QIODevice
{
public:
    BrokenDevice() { open(QIODevice::ReadOnly | QIODevice::Unbuffered); }

protected:
    qint64 readData(char *data, qint64) override
    {
        if (m_given)
            return -1;
        m_given = true;
        std::copy_n("{}\n", 3, data);
        return 3;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    bool m_given = false;
};

long peakKilobytes()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

} // namespace

class TestEventReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QStringList>("items");
        const auto row = [](const char *name, const char *text, const QStringList &items) {
            QTest::addRow("%s", name) << QByteArray(text) << items;
        };
        row("nothing", "", {});
        row("white space", " \r\n\t\n", {});

        row("one line", R"({"a":1})", { u"0 @0 1 {\"a\":1}"_qs });
        row("two lines", "{\"a\":1}\n{\"b\":2}\n", { u"0 @0 1 {\"a\":1}"_qs, u"1 @8 2 {\"b\":2}"_qs });
        row("blank lines, CR LF, spaces", "\n  \r\n{\"a\":1}\r\n\n \t{\"b\":2} \n\n",
            { u"0 @5 3 {\"a\":1}"_qs, u"1 @17 5 {\"b\":2}"_qs });
        row("a bad line between good ones", "{}\n{\"a\":tru}\n{}\n",
            { u"0 @0 1 {}"_qs, u"! json-syntax @11 2:9"_qs, u"1 @13 3 {}"_qs });
        row("a bad first line", "{\"a\":1\n{}\n", { u"! json-syntax @6 1:7"_qs, u"0 @7 2 {}"_qs });
        row("a first line cut off behind a comma", "{\"a\":1,\n{}\n{}\n",
            { u"! json-syntax @7 1:8"_qs, u"0 @8 2 {}"_qs, u"1 @11 3 {}"_qs });
        row("a first line cut off behind a colon", "{\"a\":\n{}\n{}\n",
            { u"! json-syntax @5 1:6"_qs, u"0 @6 2 {}"_qs, u"1 @9 3 {}"_qs });
        row("two lines, the first cut off behind a colon", "{\"a\":\n{}\n",
            { u"! json-syntax @5 1:6"_qs, u"0 @6 2 {}"_qs });
        row("a first line cut off in a string", "{\"a\n{}\n", { u"! json-syntax @3 1:4"_qs, u"0 @4 2 {}"_qs });
        row("a first line with too many brackets", "{}}\n{}\n", { u"! json-syntax @2 1:3"_qs, u"0 @4 2 {}"_qs });
        row("a last line without its end", "{}\n{\"a\"", { u"0 @0 1 {}"_qs, u"! json-syntax @7 2:5"_qs });
        row("two on a line", "{} {}\n{}\n", { u"! json-syntax @3 1:4"_qs, u"0 @6 2 {}"_qs });
        row("not objects", "1\n{}\nnull\n[{}]\n\"x\"\n",
            { u"! event-not-object @0 1:1"_qs, u"0 @2 2 {}"_qs, u"! event-not-object @5 3:1"_qs,
                u"! event-not-object @10 4:1"_qs, u"! event-not-object @15 5:1"_qs });
        row("text", "hello\n{}\n", { u"! json-syntax @0 1:1"_qs, u"0 @6 2 {}"_qs });
        row("a vertical tab is no white space", "{}\n\v\n{}",
            { u"0 @0 1 {}"_qs, u"! json-syntax @3 2:1"_qs, u"1 @5 3 {}"_qs });
        row("not UTF-8", "{}\n{\"a\":\"\xFF\"}\n", { u"0 @0 1 {}"_qs, u"! json-utf8 @9 2:7"_qs });
        row("columns are code points", "{}\n{\"ü🔑\":x}\n", { u"0 @0 1 {}"_qs, u"! json-syntax @13 2:7"_qs });

        row("an array", R"([{"a":1},{"b":2}])", { u"0 @1 1 {\"a\":1}"_qs, u"1 @9 1 {\"b\":2}"_qs });
        row("an array over lines", "\n[\n  {\"a\": [1, {}]},\n  {\"b\":\"]},{\\\"\"}\n]\n",
            { u"0 @5 3 {\"a\": [1, {}]}"_qs, u"1 @23 4 {\"b\":\"]},{\\\"\"}"_qs });
        row("an empty array", " [ ] ", {});
        row("an array of other things", "[1, {}, null, [{}], \"x\"]",
            { u"! event-not-object @1 1:2"_qs, u"0 @4 1 {}"_qs, u"! event-not-object @8 1:9"_qs,
                u"! event-not-object @14 1:15"_qs, u"! event-not-object @20 1:21"_qs });
        row("a mistake inside an element", "[{\"a\" 1},\n {\"ü\":2}, {\"b\":tru}, {}]",
            { u"! json-syntax @6 1:7"_qs, u"0 @11 2 {\"ü\":2}"_qs, u"! json-syntax @29 2:19"_qs, u"1 @32 2 {}"_qs });
        row("a word that is none", "[{}, tru, {}]", { u"0 @1 1 {}"_qs, u"! json-syntax @8 1:9"_qs, u"1 @10 1 {}"_qs });
        row("an array without commas", "[{} {}]", { u"0 @1 1 {}"_qs, u"!! json-syntax @4 1:5"_qs });
        row("an array with a comma too many", "[{},]", { u"0 @1 1 {}"_qs, u"!! json-syntax @4 1:5"_qs });
        row("an array that begins with a comma", "[,{}]", { u"!! json-syntax @1 1:2"_qs });
        row("an array with the wrong bracket", "[{}\n}", { u"0 @1 1 {}"_qs, u"!! json-syntax @4 2:1"_qs });
        row("an element with the wrong bracket", "[{},\n{\"a\":[1}]",
            { u"0 @1 1 {}"_qs, u"!! json-syntax @12 2:8"_qs });
        row("a line end in a string", "[{},{\"a\":\"x\n\"},{}]", { u"0 @1 1 {}"_qs, u"!! json-syntax @11 1:12"_qs });
        row("an array cut off between events", "[{},\n", { u"0 @1 1 {}"_qs, u"!! json-syntax @5 2:1"_qs });
        row("an array cut off behind an event", "[{}", { u"0 @1 1 {}"_qs, u"!! json-syntax @3 1:4"_qs });
        row("an array cut off in an event", "[{},{\"a\":", { u"0 @1 1 {}"_qs, u"!! json-syntax @9 1:10"_qs });
        row("an array cut off in a number", "[{}, 12",
            { u"0 @1 1 {}"_qs, u"! event-not-object @5 1:6"_qs, u"!! json-syntax @7 1:8"_qs });
        row("something behind the array", "[{}]\n{}", { u"0 @1 1 {}"_qs, u"!! event-trailing @5 2:1"_qs });

        row("one event over lines", "{\n  \"a\": {\n    \"b\": [{\"c\":1}, {}]\n  }\n}\n",
            { u"0 @0 1 {\n  \"a\": {\n    \"b\": [{\"c\":1}, {}]\n  }\n}"_qs });
        row("one event over lines, objects at line starts", "{\"a\":\n[\n{},\n{}\n]}",
            { u"0 @0 1 {\"a\":\n[\n{},\n{}\n]}"_qs });
        row("one event, an object behind its key's line", "{\"a\":\n{\"b\":1}\n}",
            { u"0 @0 1 {\"a\":\n{\"b\":1}\n}"_qs });
        row("one event, a mistake in it", "{\n  \"ü\": 1\n  \"b\": 2\n}\n", { u"! json-syntax @14 3:3"_qs });
        row("one event, a bracket too many", "{\n  \"a\": ]\n}\n", { u"!! json-syntax @9 2:8"_qs });
        row("one event, cut off", "{\n  \"a\": 1,\n", { u"!! json-syntax @12 3:1"_qs });
        row("one event and something else", "{\n}\n7", { u"0 @0 1 {\n}"_qs, u"!! event-trailing @4 3:1"_qs });
        row("two events over lines", "{\n}\n{\n}\n", { u"0 @0 1 {\n}"_qs, u"!! event-trailing @4 3:1"_qs });

        row("a byte order mark", "\xEF\xBB\xBF{}\n", { u"!! event-bom @0 1:1"_qs });
        row("a part of a byte order mark", "\xEF\xBB", { u"! json-utf8 @0 1:1"_qs });
        row("a byte order mark later", "{}\n\xEF\xBB\xBF{}\n", { u"0 @0 1 {}"_qs, u"! json-syntax @3 2:1"_qs });
        row("UTF-16", "\xFF\xFE{", { u"!! event-bom @0 1:1"_qs });
    }
    void reads()
    {
        QFETCH(QByteArray, text);
        QFETCH(QStringList, items);
        for (const std::size_t chunk :
            { kWhole, std::size_t{ 1 }, std::size_t{ 2 }, std::size_t{ 3 }, std::size_t{ 7 } })
            QCOMPARE(read(text, chunk), items);

        // A scan finds the same events and the same mistakes.
        QBuffer device(&text);
        QVERIFY(device.open(QIODevice::ReadOnly));
        const Result<ScanReport> report = scan(device);
        QVERIFY(report);
        QStringList mistakes;
        for (const Item &item : report->mistakes)
            mistakes << told(item);
        QCOMPARE(mistakes, items.filter(QRegularExpression(QStringLiteral("^!"))));
        QCOMPARE(report->events + report->errors, static_cast<std::size_t>(items.size()));
    }

    void messagesSayWhereInTheStream()
    {
        EventReader reader;
        reader.feed("{}\n{\"a\" 1}\n");
        (void)reader.next();
        const auto item = reader.next();
        QVERIFY(item && !item->ok());
        const std::string &message = item->event.error().message;
        QVERIFY2(message.starts_with("Line 2, column 6 (byte 8): "), message.c_str());
        QVERIFY2(message.find("Line", 1) == std::string::npos, message.c_str());
    }

    void anEventCarriesItsDocumentAndItsText()
    {
        EventReader reader;
        reader.feed(" { \"b\" : 1.0, \"1\" : 2 } \n");
        const auto item = reader.next();
        QVERIFY(item && item->ok());
        QCOMPARE(item->text, std::string("{ \"b\" : 1.0, \"1\" : 2 }"));
        QCOMPARE(json::stringify(*item->event), std::string("{\"1\":2,\"b\":1}"));
    }

    void givesALineAsSoonAsItIsThere()
    {
        EventReader reader;
        reader.feed("{\"a\":1}\n{\"b\"");
        QVERIFY(reader.next().has_value());
        QVERIFY(!reader.next().has_value());
        reader.feed(":2}");
        QVERIFY(!reader.next().has_value());
        reader.feed("\n");
        QVERIFY(reader.next().has_value());
        QVERIFY(reader.shape() == Shape::Lines);
    }

    void tellsTheShape_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("shape");
        QTest::addRow("nothing") << QByteArray(" \n") << static_cast<int>(Shape::Unknown);
        QTest::addRow("lines") << QByteArray("{}\n{}") << static_cast<int>(Shape::Lines);
        QTest::addRow("array") << QByteArray("[]") << static_cast<int>(Shape::Array);
        QTest::addRow("single") << QByteArray("{\n}") << static_cast<int>(Shape::Single);
    }
    void tellsTheShape()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, shape);
        QBuffer device(&text);
        QVERIFY(device.open(QIODevice::ReadOnly));
        QCOMPARE(static_cast<int>(scan(device)->shape), shape);
    }

    void limitsTheLengthOfAnEvent_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QStringList>("items");
        const QByteArray fits = "{\"a\":\"" + QByteArray(12, 'x') + "\"}"; // 20 bytes
        const QByteArray tooLong = "{\"a\":\"" + QByteArray(13, 'x') + "\"}";
        const QByteArray huge = "{\"a\":\"" + QByteArray(1'000, 'x') + "\"}";
        const QString good = QStringLiteral("%1 @%2 %3 ") + QString::fromLatin1(fits);
        QTest::addRow("line that fits") << fits + "\n" << QStringList{ good.arg(0).arg(0).arg(1) };
        QTest::addRow("line") << tooLong + "\n" + fits
                              << QStringList{ u"! event-too-long @0 1:1"_qs, good.arg(0).arg(22).arg(2) };
        QTest::addRow("long line") << fits + "\n" + huge + "\n" + fits + "\n"
                                   << QStringList{ good.arg(0).arg(0).arg(1), u"! event-too-long @21 2:1"_qs,
                                          good.arg(1).arg(1030).arg(3) };
        QTest::addRow("last line") << fits + "\n" + huge
                                   << QStringList{ good.arg(0).arg(0).arg(1), u"! event-too-long @21 2:1"_qs };
        QTest::addRow("element that fits") << "[" + fits + "]" << QStringList{ good.arg(0).arg(1).arg(1) };
        QTest::addRow("element") << "[" + tooLong + "," + fits + "]"
                                 << QStringList{ u"! event-too-long @1 1:2"_qs, good.arg(0).arg(23).arg(1) };
        QTest::addRow("long element") << "[" + huge + ",\n" + fits + "]"
                                      << QStringList{ u"! event-too-long @1 1:2"_qs, good.arg(0).arg(1011).arg(2) };
        QTest::addRow("long element, then broken") << "[" + huge + "x" + fits
                + "]" << QStringList{ u"! event-too-long @1 1:2"_qs, u"!! json-syntax @1009 1:1010"_qs };
        QTest::addRow("long element, cut off")
            << "[" + huge.left(500) << QStringList{ u"! event-too-long @1 1:2"_qs, u"!! json-syntax @501 1:502"_qs };
        QTest::addRow("over lines") << "{\n\"a\":\"" + QByteArray(1'000, 'x') + "\"}"
                                    << QStringList{ u"!! event-too-long @0 1:1"_qs };
    }
    void limitsTheLengthOfAnEvent()
    {
        QFETCH(QByteArray, text);
        QFETCH(QStringList, items);
        ReaderLimits limits;
        limits.eventBytes = 20;
        for (const std::size_t chunk : { kWhole, std::size_t{ 1 }, std::size_t{ 16 } })
            QCOMPARE(read(text, chunk, limits), items);
    }

    void limitsTheDepthOfAnEvent()
    {
        const QByteArray deep = "{\"a\":" + QByteArray(1'024, '[') + QByteArray(1'024, ']') + "}";
        QCOMPARE(read(deep + "\n{}\n", kWhole).size(), 2);
        QVERIFY(read(deep + "\n{}\n", kWhole)[0].startsWith(QStringLiteral("! json-depth")));
        QVERIFY(read("[" + deep + ",{}]", kWhole)[0].startsWith(QStringLiteral("! json-depth")));
        QVERIFY(read(QByteArray(2'000'000, '['), kWhole)[0].startsWith(QStringLiteral("!! json-")));
    }

    void keepsNoMoreThanItNeeds_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<QByteArray>("repeated");
        QTest::addColumn<QByteArray>("tail");
        const QByteArray event
            = R"({"type":"track","event":"Order Completed","userId":"u","properties":{"total":27.5}})";
        QTest::addRow("lines") << QByteArray("{}\n") << event + "\n" << QByteArray("{}");
        QTest::addRow("array") << QByteArray("[") << event + "," << QByteArray("{}]");
        QTest::addRow("one endless line") << QByteArray("{}\n{\"a\":\"") << QByteArray(90, 'x') << QByteArray("\"}");
        QTest::addRow("one endless element")
            << QByteArray("[{\"a\":[") << QByteArray("[1,[2,[3]],\"x\",{\"y\":4}],") << QByteArray("0]}]");
    }
    void keepsNoMoreThanItNeeds()
    {
        QFETCH(QByteArray, head);
        QFETCH(QByteArray, repeated);
        QFETCH(QByteArray, tail);
        constexpr qint64 kTimes = 1'000'000; // some 80 MB
        ReaderLimits limits;
        limits.eventBytes = 1 << 20;
        const long before = peakKilobytes();
        GeneratedDevice device(head, repeated, kTimes, tail);
        const Result<ScanReport> report = scan(device, limits);
        QVERIFY(report);
        QCOMPARE(report->bytes, static_cast<std::uint64_t>(head.size() + repeated.size() * kTimes + tail.size()));
        QCOMPARE(report->errors, std::size_t{ tail == "0]}]" || tail == "\"}" ? 1U : 0U });
        QVERIFY2(peakKilobytes() - before < kMostKilobytes, "the stream was kept");
    }

    void readsADeviceToItsEnd()
    {
        GeneratedDevice device("{\"first\":1}\n", "{}\n", 200'000, "{\"last\":1}");
        DeviceReader reader(device);
        std::size_t count = 0;
        std::string last;
        while (const auto item = reader.next()) {
            QVERIFY(item->ok());
            QCOMPARE(item->index, count++);
            last = item->text;
        }
        QCOMPARE(count, std::size_t{ 200'002 });
        QCOMPARE(last, std::string("{\"last\":1}"));
        QVERIFY(!reader.next());
    }

    void saysWhenTheDeviceFails()
    {
        BrokenDevice first;
        DeviceReader reader(first);
        QVERIFY(reader.next()->ok());
        const auto item = reader.next();
        QVERIFY(item && item->fatal);
        QCOMPARE(item->event.error().code, std::string("file-read"));
        QVERIFY(!reader.next());

        BrokenDevice second;
        const Result<ScanReport> report = scan(second);
        QVERIFY(!report);
        QCOMPARE(report.error().code, std::string("file-read"));
    }

    void keepsOnlyTheFirstMistakes()
    {
        QByteArray text = QByteArray("nope\n").repeated(50);
        QBuffer device(&text);
        QVERIFY(device.open(QIODevice::ReadOnly));
        const Result<ScanReport> report = scan(device, {}, 3);
        QCOMPARE(report->errors, std::size_t{ 50 });
        QCOMPARE(report->mistakes.size(), std::size_t{ 3 });
    }

    void readsTheSameEventsInEveryShape()
    {
        QRandomGenerator random(4711);
        const auto white = [&] { return QByteArray(random.bounded(3), " \t\r"[random.bounded(3)]); };
        const std::function<QByteArray(int)> value = [&](int depth) -> QByteArray {
            static const QList<QByteArray> words{ "0", "-1.5e3", "true", "null", "\"\"", "\"]}\\\\\\\"{[,:\"",
                "\"ü🔑\"" };
            if (depth == 0 || random.bounded(3) == 0)
                return words[random.bounded(static_cast<int>(words.size()))];
            const bool isObject = random.bounded(2) == 0;
            QByteArray text(1, isObject ? '{' : '[');
            for (int i = 0, count = random.bounded(4); i < count; ++i) {
                text += (i == 0 ? "" : ",") + white();
                if (isObject)
                    text += "\"k" + QByteArray::number(i) + "\"" + white() + ":";
                text += value(depth - 1) + white();
            }
            return text + (isObject ? '}' : ']');
        };
        for (int round = 0; round < 300; ++round) {
            QByteArrayList events;
            for (int i = 0, count = 1 + random.bounded(5); i < count; ++i)
                events << "{\"n\":" + QByteArray::number(i) + ",\"v\":" + value(4) + "}";
            const auto textsIn = [&](const QByteArray &stream) {
                QByteArrayList texts;
                EventReader reader;
                for (qsizetype at = 0; at < stream.size();) {
                    const qsizetype count = 1 + random.bounded(20);
                    reader.feed(stream.mid(at, count).toStdString());
                    at += count;
                    while (const auto item = reader.next())
                        texts << (item->ok() ? QByteArray::fromStdString(item->text) : "mistake: " + stream);
                }
                reader.finish();
                while (const auto item = reader.next())
                    texts << (item->ok() ? QByteArray::fromStdString(item->text) : "mistake: " + stream);
                return texts;
            };
            QCOMPARE(textsIn(events.join(white() + "\n" + white())), events);
            QCOMPARE(textsIn("[" + events.join(white() + "," + white()) + "]"), events);
            const QByteArray spread = QByteArray(events.front()).replace(",\"v\"", ",\n\"v\"");
            QCOMPARE(textsIn(spread), QByteArrayList{ spread });
        }
    }
};

QTEST_GUILESS_MAIN(TestEventReader)
#include "tst_event_reader.moc"
