// What shows bytes from outside: text in pages, bytes, trees, pictures, and the search in all of them.
#include "core/json/parse.h"
#include "ui/theme/theme.h"
#include "ui/widgets/body_view.h"
#include "ui/widgets/find_bar.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/text_view.h"

#include <QAbstractItemModelTester>
#include <QBuffer>
#include <QClipboard>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace hookbench;
using namespace hookbench::widgets;

namespace {

BytesPtr bytesOf(std::string text)
{
    return std::make_shared<const std::string>(std::move(text));
}

ShownTextPtr shown(std::string_view text, ShowSpace space = ShowSpace::AsBytes)
{
    auto out = std::make_shared<ShownText>();
    appendShown(*out, text, space);
    return out;
}

std::string pngBytes(int width, int height)
{
    QImage image(width, height, QImage::Format_RGB32);
    image.fill(Qt::red);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes.toStdString();
}

struct Shown
{
    BodyView view;
    explicit Shown(std::string body, std::string type = "application/json", std::string head = {})
    {
        view.resize(500, 300);
        view.QWidget::show();
        Message message;
        message.body = bytesOf(std::move(body));
        message.contentType = std::move(type);
        message.head = [head = std::move(head)] { return head; };
        view.show(std::move(message));
        settle();
    }
    void settle()
    {
        QVERIFY(QTest::qWaitFor([this] { return view.isSettled(); }, 20'000));
    }
    QString text() const { return view.textView()->text(); }
    void choose(BodyView::Mode mode)
    {
        QTest::mouseClick(view.modes()->button(mode), Qt::LeftButton);
        settle();
    }
    void type(const QString &needle)
    {
        view.find();
        view.findBar()->edit()->setText(needle);
        settle();
    }
    QString result() const
    {
        QString words;
        for (const QLabel *label : view.findBar()->findChildren<QLabel *>())
            words += label->text();
        return words;
    }
};

} // namespace

class TestMessageViews : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<theme::Theme>(theme::Scheme::Light); }

    void hostileTextIsWrittenOut_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("layout");
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("escapes");
        const auto row = [](const char *name, const QByteArray &bytes, bool layout, const QString &text, int escapes) {
            QTest::newRow(name) << bytes << layout << text << escapes;
        };
        row("plain", "a b\nc", false, QStringLiteral("a b\nc"), 0);
        row("escape sequence", "\x1B[31mred", false, QStringLiteral("\\x1B[31mred"), 1);
        row("NUL", QByteArray("a\0b", 3), false, QStringLiteral("a\\x00b"), 1);
        row("bidi",
            "a\xE2\x80\xAE"
            "b",
            false, QStringLiteral("a\\u{202E}b"), 1);
        row("invalid UTF-8", "a\xFF\xFE", false, QStringLiteral("a\\xFF\\xFE"), 2);
        row("non-ASCII", "é😀", false, QStringLiteral("é😀"), 0);
        row("CR LF as bytes", "a\r\nb\t", false, QStringLiteral("a\\x0D\nb\\x09"), 2);
        row("CR LF as layout", "a\r\nb\t", true, QStringLiteral("a\nb\t"), 0);
        row("lone CR as layout", "a\rb", true, QStringLiteral("a\\x0Db"), 1);
    }
    void hostileTextIsWrittenOut()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, layout);
        const ShownTextPtr out = shown(bytes.toStdString(), layout ? ShowSpace::AsLayout : ShowSpace::AsBytes);
        QTEST(out->text, "text");
        QFETCH(int, escapes);
        QCOMPARE(static_cast<int>(out->escapes.size()), escapes);
    }

    void pagesEndAtLinesAndCharacters()
    {
        QCOMPARE(pageStarts("", 10), (std::vector<std::size_t>{ 0 }));
        QCOMPARE(pageStarts("0123456789", 10), (std::vector<std::size_t>{ 0 }));
        QCOMPARE(pageStarts("0123456789a", 10), (std::vector<std::size_t>{ 0, 10 }));
        QCOMPARE(pageStarts("0123456\n89abc", 10), (std::vector<std::size_t>{ 0, 8 }));
        QCOMPARE(pageStarts("01234567😀abc", 10), (std::vector<std::size_t>{ 0, 8 }));
        const std::string large(3'500'000, 'x');
        QCOMPARE(pageStarts(large).size(), std::size_t{ 4 });
    }

    void rowsAreBrokenAtTheWidth()
    {
        QCOMPARE(rowStarts(QStringLiteral("abcdef\ng"), 4), (std::vector<int>{ 0, 4, 7 }));
        QCOMPARE(rowStarts(QStringLiteral("ab😀😀c"), 4), (std::vector<int>{ 0, 4 })); // a pair is two columns wide
        QCOMPARE(rowStarts(QStringLiteral("漢字漢字"), 4), (std::vector<int>{ 0, 2 }));
        QCOMPARE(rowStarts(QString(), 4), (std::vector<int>{ 0 }));
    }

    void textIsSelectedAndCopied()
    {
        TextView view;
        view.resize(400, 120);
        view.show();
        view.setText(shown("first line\nsecond line\nthird"));
        view.setFocus();
        QTest::keyClick(&view, Qt::Key_Down);
        QTest::keyClick(&view, Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(view.selectedText(), QStringLiteral("second line\n"));
        QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("second line\n"));
        QTest::keyClick(&view, Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(view.selectedText(), view.text());
        QTest::mouseDClick(view.viewport(), Qt::LeftButton, {}, QPoint(20, 10));
        QCOMPARE(view.selectedText(), QStringLiteral("first"));
    }

    void bytesAreSelectedAndCopied()
    {
        HexView view;
        view.resize(700, 200);
        view.show();
        view.setBytes(bytesOf(std::string("{\"a\":\0\xFF}", 8) + std::string(100, 'z')));
        view.setFocus();
        QTest::keyClick(&view, Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(view.selectedHex(), QStringLiteral("7B 22"));
        view.select(5, 3);
        QCOMPARE(view.selectedHex(), QStringLiteral("00 FF 7D"));
        QCOMPARE(view.selectedAscii(), QStringLiteral("..}"));
        QTest::keyClick(&view, Qt::Key_End, Qt::ControlModifier);
        QCOMPARE(view.selection().first, std::size_t{ 107 });
        QVERIFY(view.accessibleDescription().contains(QStringLiteral("108")));
    }

    void treeIsLazyAndDivided()
    {
        std::string text = "{\"small\":[1,\"two\",null],\"large\":[";
        for (int i = 0; i < 2500; ++i)
            text += (i ? "," : "") + std::to_string(i);
        text += "]}";
        JsonTreeModel model;
        const QAbstractItemModelTester tester(&model);
        model.setDocument(*json::parse(text));
        const QModelIndex top = model.index(0, 0);
        QCOMPARE(model.rowCount(top), 2);
        const QModelIndex large = model.index(1, 0, top);
        QCOMPARE(large.data().toString(), QStringLiteral("large"));
        QCOMPARE(model.rowCount(large), 3); // ranges
        const QModelIndex found = model.indexOf({ 1, 2042 });
        QCOMPARE(model.pointerOf(found), std::string("/large/2042"));
        QCOMPARE(found.siblingAtColumn(JsonTreeModel::ValueColumn).data().toString(), QStringLiteral("2042"));
        QCOMPARE(found.parent().data().toString(), QStringLiteral("2000 … 2499"));
        QCOMPARE(findInJson(model.valueAt(top), "TWO", false, 10, {}), (std::vector<JsonPlace>{ { 0, 1 } }));
        QVERIFY(findInJson(model.valueAt(top), "TWO", true, 10, {}).empty());
        QCOMPARE(findInJson(model.valueAt(top), "24", true, 3, {}).size(), std::size_t{ 3 });
    }

    void bodiesAreUnderstood_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<int>("kind");
        using Kind = Body::Kind;
        const auto row = [](const char *name, const QByteArray &bytes, const char *type, Kind kind) {
            QTest::newRow(name) << bytes << QByteArray(type) << static_cast<int>(kind);
        };
        row("nothing", "", "application/json", Kind::Empty);
        row("json", "{\"a\":1}", "application/json; charset=utf-8", Kind::Json);
        row("json that does not say so", " [1]", "text/plain", Kind::Json);
        row("says it is json", "{\"a\":", "application/json", Kind::Text);
        row("html", "<b>hi</b>", "text/html", Kind::Text);
        row("png", QByteArray::fromStdString(pngBytes(4, 3)), "image/png", Kind::Image);
        row("png that says otherwise", QByteArray::fromStdString(pngBytes(4, 3)), "application/octet-stream",
            Kind::Image);
        row("no picture", "hello there", "image/png", Kind::Text);
        row("binary", QByteArray(300, '\0'), "application/octet-stream", Kind::Binary);
        row("svg is text", "<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml", Kind::Text);
    }
    void bodiesAreUnderstood()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, type);
        QFETCH(int, kind);
        QCOMPARE(static_cast<int>(readBody(bytesOf(bytes.toStdString()), type.toStdString())->kind), kind);
    }

    void bytesAreFoundAsTextOrHexadecimal()
    {
        QCOMPARE(needleBytes(QStringLiteral("7B 22")), std::string("{\""));
        QCOMPARE(needleBytes(QStringLiteral("0x7b22")), std::string("{\""));
        QCOMPARE(needleBytes(QStringLiteral("7B")), std::string("7B"));
        QCOMPARE(findBytes("abcABC", "bc", false, 10), (std::vector<std::size_t>{ 1, 4 }));
        QCOMPARE(findBytes("abcABC", "bc", true, 10), (std::vector<std::size_t>{ 1 }));
        QCOMPARE(findBytes("aaaa", "aa", true, 10), (std::vector<std::size_t>{ 0, 2 }));
    }

    void modesShowTheSameBody()
    {
        Shown shown("{\"b\":1,\"a\":[true]}", "application/json", "HTTP/1.1 200 OK\nx: y\n\n");
        QCOMPARE(shown.text(), QStringLiteral("HTTP/1.1 200 OK\nx: y\n\n{\n  \"b\": 1,\n  \"a\": [\n    true\n  ]\n}"));
        shown.choose(BodyView::Raw);
        QCOMPARE(shown.text(), QStringLiteral("HTTP/1.1 200 OK\nx: y\n\n{\"b\":1,\"a\":[true]}"));
        shown.choose(BodyView::Tree);
        QVERIFY(shown.view.treeView()->isVisible());
        QCOMPARE(shown.view.treeView()->model()->rowCount(shown.view.treeView()->model()->index(0, 0)), 2);
        shown.choose(BodyView::Hex);
        QVERIFY(shown.view.hexView()->isVisible());
        QVERIFY(shown.view.modes()->button(BodyView::Tree)->isEnabled());
    }

    void whatCannotBeATreeSaysSo()
    {
        Shown shown("plain text", "text/plain");
        QVERIFY(!shown.view.modes()->button(BodyView::Tree)->isEnabled());
        QVERIFY(!shown.view.modes()->button(BodyView::Tree)->toolTip().isEmpty());
    }

    void invalidUtf8IsTold()
    {
        Shown shown("ok \xFF no", "text/plain");
        QCOMPARE(shown.text(), QStringLiteral("ok \\xFF no"));
        QCOMPARE(*shown.view.body()->invalidUtf8, std::size_t{ 3 });
    }

    void otherCharacterSetsAreConverted()
    {
        Shown shown("caf\xE9", "text/plain; charset=ISO-8859-1");
        QCOMPARE(shown.text(), QStringLiteral("café"));
        shown.choose(BodyView::Raw);
        QCOMPARE(shown.text(), QStringLiteral("caf\\xE9"));
    }

    void picturesAreShown()
    {
        Shown shown(pngBytes(40, 30), "image/png", "HTTP/1.1 200 OK\n\n");
        bool seen = false;
        for (const QLabel *label : shown.view.findChildren<QLabel *>())
            seen = seen || (label->isVisible() && label->pixmap(Qt::ReturnByValue).size() == QSize(40, 30));
        QVERIFY(seen);
        shown.choose(BodyView::Hex);
        QVERIFY(shown.view.hexView()->isVisible());
    }

    void largeBodiesComeInPages()
    {
        std::string body;
        for (int i = 0; body.size() < 2'600'000; ++i)
            body += "line " + std::to_string(i) + "\n";
        body += "the needle\n";
        Shown shown(body, "text/plain");
        QCOMPARE(shown.view.pageCount(), 3);
        QVERIFY(shown.text().startsWith(QStringLiteral("line 0\n")));
        QVERIFY(shown.text().size() <= 1'000'000);
        bool told = false;
        for (const QLabel *label : shown.view.findChildren<QLabel *>())
            told = told || (label->isVisible() && label->text().contains(QStringLiteral("first 1 MB")));
        QVERIFY(told);
        for (QToolButton *button : shown.view.findChildren<QToolButton *>())
            if (button->accessibleName() == u"Next page")
                QTest::mouseClick(button, Qt::LeftButton);
        shown.settle();
        QCOMPARE(shown.view.page(), 1);
        QVERIFY(!shown.text().startsWith(QStringLiteral("line 0\n")));
        shown.type(QStringLiteral("the needle")); // on another page
        QCOMPARE(shown.view.page(), 2);
        QVERIFY2(shown.result().startsWith(QStringLiteral("1 of 1")), qPrintable(shown.result()));
        shown.type(QStringLiteral("no such thing"));
        QCOMPARE(shown.result(), QStringLiteral("Not found"));
    }

    void searchGoesRound()
    {
        Shown shown("{\"name\":\"Name\",\"other\":\"nAME\"}");
        shown.type(QStringLiteral("name"));
        QCOMPARE(shown.result(), QStringLiteral("1 of 3"));
        QTest::keyClick(shown.view.findBar()->edit(), Qt::Key_Return);
        QCOMPARE(shown.result(), QStringLiteral("2 of 3"));
        QTest::keyClick(shown.view.findBar()->edit(), Qt::Key_Return, Qt::ShiftModifier);
        QTest::keyClick(shown.view.findBar()->edit(), Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(shown.result(), QStringLiteral("3 of 3"));
        shown.choose(BodyView::Tree);
        QCOMPARE(shown.result(), QStringLiteral("1 of 2")); // a place counts once
        QCOMPARE(shown.view.treeView()->currentIndex().data().toString(), QStringLiteral("name"));
        shown.choose(BodyView::Hex);
        QCOMPARE(shown.result(), QStringLiteral("1 of 3"));
        QCOMPARE(shown.view.hexView()->selection().first, std::size_t{ 2 });
        QTest::keyClick(shown.view.findBar()->edit(), Qt::Key_Escape);
        QVERIFY(shown.view.findBar()->isHidden());
    }

    void controlFOpensTheSearch()
    {
        Shown shown("{\"a\":1}");
        shown.view.textView()->setFocus();
        QTest::keyClick(shown.view.textView(), Qt::Key_F, Qt::ControlModifier);
        QVERIFY(shown.view.findBar()->isVisible());
    }

    void hostileBodiesKeepTheWindowAlive_data()
    {
        QTest::addColumn<int>("sort");
        int sort = 0;
        for (const char *name : { "one line of JSON", "NULs", "deep", "a million items" })
            QTest::newRow(name) << sort++;
    }
    void hostileBodiesKeepTheWindowAlive()
    {
        QFETCH(int, sort);
        std::string body;
        switch (sort) {
        case 0:
            body = "[";
            while (body.size() < 12'000'000)
                body += "{\"key\":\"value\",\"n\":12345.678},";
            body.back() = ']';
            break;
        case 1:
            body.assign(5'000'000, '\0');
            break;
        case 2:
            body = std::string(200'000, '[') + std::string(200'000, ']');
            break;
        default:
            body = "[0";
            for (int i = 0; i < 1'000'000; ++i)
                body += ",1";
            body += "]";
        }
        Shown shown(std::move(body), "application/json", "HTTP/1.1 200 OK\n\n");
        for (const auto mode : { BodyView::Raw, BodyView::Hex, BodyView::Pretty, BodyView::Tree }) {
            if (!shown.view.modes()->button(mode)->isEnabled())
                continue;
            QElapsedTimer timer;
            timer.start();
            QTest::mouseClick(shown.view.modes()->button(mode), Qt::LeftButton);
            const qint64 blocked = timer.elapsed(); // generous: other programs run beside
            QVERIFY2(blocked < 500, qPrintable(QString::number(blocked)));
            shown.settle();
            QVERIFY(shown.view.textView()->rowCount() >= 1);
        }
        shown.view.grab();
    }

private:
    std::unique_ptr<theme::Theme> m_theme;
};

QTEST_MAIN(TestMessageViews)
#include "tst_message_views.moc"
