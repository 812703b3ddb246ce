// Widgets without product words: what they show, their keyboard, their models.
#include "ui/theme/theme.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/code_editor.h"
#include "ui/widgets/key_value_table.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/section_band.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/source_lexer.h"
#include "ui/widgets/switch.h"

#include <QAbstractItemModelTester>
#include <QAbstractItemView>
#include <QAccessible>
#include <QApplication>
#include <QCompleter>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>
#include <QToolButton>
#include <QVBoxLayout>

using namespace hookbench::widgets;
namespace theme = hookbench::theme;

class TestWidgets : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void jsonLexer_data();
    void jsonLexer();
    void httpLexer();
    void sourceLexer_data();
    void sourceLexer();
    void richTextIsEscaped();
    void editorColoursAndReplaces();
    void editorKeepsIndentation();
    void editorMarksBytes();
    void editorCompletes();
    void editorIsSilentAtItsEnd();
    void editorLeavesTabToTheFocus();
    void keyValueModel();
    void keyValueMasks_data();
    void keyValueMasks();
    void keyValueKeyboard();
    void switchIsACheckBox();
    void segmentedByKeyboard();
    void bandFolds();
    void bandGivesItsSummaryTheRoom();
    void bannerTakesOneLineWhereItCan_data();
    void bannerTakesOneLineWhereItCan();
    void bannerCanBeMadeNarrowAgain();
    void elidedLabelSaysTheWhole();
    void elidedLabelPrefersItsShortText();

private:
    theme::Theme m_theme{ theme::Scheme::Light };
};

void TestWidgets::jsonLexer_data()
{
    using enum TokenKind;
    QTest::addColumn<QString>("line");
    QTest::addColumn<QList<int>>("kinds");
    const auto row = [](const char *line, std::initializer_list<TokenKind> kinds) {
        QList<int> list;
        for (const TokenKind kind : kinds)
            list << static_cast<int>(kind);
        QTest::newRow(line) << QString::fromUtf8(line) << list;
    };
    row(R"({"a": "b"})", { Punctuation, Key, Punctuation, Text, Punctuation });
    row(R"("a \" : b" : 1)", { Key, Punctuation, Number });
    row("[-1.5e+3, true, null]", { Punctuation, Number, Punctuation, Word, Punctuation, Word, Punctuation });
    row("\"open", { Text });
    row("\"ends in \\", { Text });
    row("nope", { Error });
    row("", {});
}

void TestWidgets::jsonLexer()
{
    QFETCH(QString, line);
    QFETCH(QList<int>, kinds);
    TokenSpans spans;
    hookbench::widgets::jsonLexer()(line, 0, spans);
    QList<int> got;
    int end = 0;
    for (const TokenSpan &span : spans) {
        got << static_cast<int>(span.kind);
        QVERIFY(span.start >= end);
        end = span.start + span.length;
        QVERIFY(end <= line.size());
    }
    QCOMPARE(got, kinds);
}

void TestWidgets::sourceLexer_data()
{
    QTest::addColumn<SourceKind>("kind");
    QTest::addColumn<QString>("source");
    QTest::addColumn<QStringList>("coloured"); ///< "Word:if", line by line
    const auto row = [](const char *name, SourceKind kind, const char *source, const QStringList &coloured) {
        QTest::newRow(name) << kind << QString::fromUtf8(source) << coloured;
    };
    row("words and numbers", SourceKind::Go, "func f(x int) { return 12 } // end",
        { QStringLiteral("Word:func"), QStringLiteral("Word:return"), QStringLiteral("Number:12"),
            QStringLiteral("Comment:// end") });
    row("part of a word", SourceKind::Python, "imported = in_", {});
    row("escaped quote", SourceKind::JavaScript, "'a\\'b' null",
        { QStringLiteral("Text:'a\\'b'"), QStringLiteral("Word:null") });
    row("no escapes between single quotes", SourceKind::Shell, "'a\\' \"b\"",
        { QStringLiteral("Text:'a\\'"), QStringLiteral("Text:\"b\"") });
    row("over lines", SourceKind::Shell, "--data '{\n}' # x",
        { QStringLiteral("Text:'{"), QStringLiteral("Text:}'"), QStringLiteral("Comment:# x") });
    row("a line ends a string", SourceKind::Java, "\"a\nint",
        { QStringLiteral("Text:\"a"), QStringLiteral("Word:int") });
    row("comment over lines", SourceKind::CSharp, "/* a\nif */ if",
        { QStringLiteral("Comment:/* a"), QStringLiteral("Comment:if */"), QStringLiteral("Word:if") });
    row("three quotes", SourceKind::Python, "\"\"\"a \"b\"\nif\"\"\" if",
        { QStringLiteral("Text:\"\"\"a \"b\""), QStringLiteral("Text:if\"\"\""), QStringLiteral("Word:if") });
}

void TestWidgets::sourceLexer()
{
    QFETCH(SourceKind, kind);
    QFETCH(QString, source);
    const LineLexer lexer = hookbench::widgets::sourceLexer(kind);
    QStringList coloured;
    int state = 0;
    for (const QString &line : source.split(u'\n')) {
        TokenSpans spans;
        state = lexer(line, state, spans);
        for (const TokenSpan &span : spans) {
            const char *name = span.kind == TokenKind::Word ? "Word"
                : span.kind == TokenKind::Text              ? "Text"
                : span.kind == TokenKind::Number            ? "Number"
                                                            : "Comment";
            coloured.append(QLatin1String(name) + u':' + line.mid(span.start, span.length));
        }
    }
    QTEST(coloured, "coloured");
}

void TestWidgets::httpLexer()
{
    const LineLexer lexer = hookbench::widgets::httpLexer();
    int state = 0;
    const auto first = [&](QStringView line) {
        TokenSpans spans;
        state = lexer(line, state, spans);
        return spans.empty() ? TokenKind::Plain : spans.front().kind;
    };
    QCOMPARE(first(u"POST /orders HTTP/1.1"), TokenKind::Strong);
    QCOMPARE(first(u"Host: 127.0.0.1"), TokenKind::Key);
    QCOMPARE(first(u""), TokenKind::Plain);
    QCOMPARE(first(u"{\"a\":1}"), TokenKind::Punctuation);
}

void TestWidgets::richTextIsEscaped()
{
    const QString html = toRichText(u"<b>&", { { 0, 3, TokenKind::Text } });
    QVERIFY(html.contains(QStringLiteral("&lt;b&gt;")));
    QVERIFY(html.contains(QStringLiteral("&amp;")));
    QVERIFY(!html.contains(QStringLiteral("<b>")));
}

void TestWidgets::editorColoursAndReplaces()
{
    CodeEditor editor;
    editor.setLexer(hookbench::widgets::jsonLexer());
    QSignalSpy changed(&editor, &QPlainTextEdit::textChanged);
    editor.replaceText(QStringLiteral("{\"a\": 1}"));
    const auto formats = editor.document()->firstBlock().layout()->formats();
    QVERIFY(formats.size() >= 4);
    QCOMPARE(formats.at(1).format.foreground().color(), theme::tokens().jKey);
    const auto count = changed.count();
    editor.replaceText(QStringLiteral("{\"a\": 1}"));
    QCOMPARE(changed.count(), count);
    m_theme.setScheme(theme::Scheme::Dark);
    QEvent paletteChange(QEvent::PaletteChange); // sent by the application while it runs, which a test does not
    QApplication::sendEvent(&editor, &paletteChange);
    QCOMPARE(
        editor.document()->firstBlock().layout()->formats().at(1).format.foreground().color(), theme::tokens().jKey);
    m_theme.setScheme(theme::Scheme::Light);
    editor.undo();
    QCOMPARE(editor.toPlainText(), QString());
    const QString bytes = QStringLiteral("{\"a\":\"1\u00A0000\u2028\"}\n\n");
    editor.setPlainText(bytes);
    QCOMPARE(editor.toPlainText(), bytes);
}

void TestWidgets::editorKeepsIndentation()
{
    CodeEditor editor;
    editor.setPlainText(QStringLiteral("  {"));
    editor.moveCursor(QTextCursor::End);
    QTest::keyClick(&editor, Qt::Key_Return);
    QCOMPARE(editor.toPlainText(), QStringLiteral("  {\n    "));
    QCOMPARE(editor.cursorLine(), 2);
    QCOMPARE(editor.cursorColumn(), 5);
    QTest::keyClick(&editor, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(editor.document()->blockCount(), 2);
}

void TestWidgets::editorMarksBytes()
{
    CodeEditor editor;
    editor.setPlainText(QStringLiteral("aé€😀b"));
    QCOMPARE(editor.fromByteOffset(0), 0);
    QCOMPARE(editor.fromByteOffset(1), 1);
    QCOMPARE(editor.fromByteOffset(3), 2);
    QCOMPARE(editor.fromByteOffset(6), 3);
    QCOMPARE(editor.fromByteOffset(10), 5);
    QCOMPARE(editor.fromByteOffset(999), 6);
    editor.setMarks({ { 5, 1, false, QStringLiteral("b is wrong") } });
    bool wave = false;
    for (const auto &selection : editor.extraSelections())
        wave = wave
            || (selection.format.underlineStyle() == QTextCharFormat::WaveUnderline
                && selection.cursor.selectedText() == u"b");
    QVERIFY(wave);
}

void TestWidgets::editorCompletes()
{
    CodeEditor editor;
    editor.resize(300, 100);
    editor.show();
    editor.setCompleter([](const QString &text, int cursor) {
        CodeEditor::Completions found;
        found.replaces = cursor;
        if (QStringLiteral("properties").startsWith(text))
            found.choices.push_back({ QStringLiteral("properties"), QStringLiteral("object") });
        return found;
    });
    editor.setFocus();
    QTest::keyClicks(&editor, QStringLiteral("pro"));
    auto *completer = editor.findChild<QCompleter *>();
    QVERIFY(completer);
    QTRY_VERIFY(completer->popup()->isVisible());
    QTest::keyClick(completer->popup(), Qt::Key_Return);
    QCOMPARE(editor.toPlainText(), QStringLiteral("properties"));
}

void TestWidgets::editorIsSilentAtItsEnd()
{
    auto editor = std::make_unique<CodeEditor>();
    editor->setLexer(hookbench::widgets::jsonLexer());
    editor->setPlainText(QStringLiteral("{\"a\": 1}"));
    int changes = 0;
    connect(editor.get(), &QPlainTextEdit::textChanged, this, [&changes] { ++changes; });
    editor.reset();
    QCOMPARE(changes, 0);
}

void TestWidgets::editorLeavesTabToTheFocus()
{
    QWidget window;
    CodeEditor editor(&window);
    QToolButton next(&window);
    next.setFocusPolicy(Qt::StrongFocus);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    window.activateWindow();
    editor.setFocus();
    QTRY_VERIFY(editor.hasFocus());
    QTest::keyClick(&editor, Qt::Key_Tab);
    QVERIFY(next.hasFocus());
}

void TestWidgets::keyValueModel()
{
    KeyValueModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setRows({ { .key = QStringLiteral("A"), .value = QStringLiteral("1") },
        { .key = QStringLiteral("B"), .value = QStringLiteral("2"), .readOnly = true } });
    model.setAddable(true, QStringLiteral("Add"));
    QCOMPARE(model.rowCount(), 3);
    QSignalSpy edited(&model, &KeyValueModel::rowEdited);
    QSignalSpy added(&model, &KeyValueModel::rowAdded);
    QVERIFY(model.setData(model.index(0, 1), QStringLiteral("9"), Qt::EditRole));
    QVERIFY(!model.setData(model.index(0, 1), QStringLiteral("9"), Qt::EditRole));
    QVERIFY(!model.setData(model.index(1, 1), QStringLiteral("9"), Qt::EditRole));
    QVERIFY(!(model.flags(model.index(1, 1)) & Qt::ItemIsEditable));
    QCOMPARE(edited.count(), 1);
    QVERIFY(!model.setData(model.index(2, 0), QStringLiteral("  "), Qt::EditRole));
    QVERIFY(model.setData(model.index(2, 0), QStringLiteral("C"), Qt::EditRole));
    QCOMPARE(added.count(), 1);
    model.setRows({ { .key = QStringLiteral("A"), .value = QStringLiteral("1") } });
    QCOMPARE(model.rowCount(), 2);
    model.setRows({});
    QCOMPARE(model.rowCount(), 1);
}

void TestWidgets::keyValueMasks_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("shown");
    const QString dots(12, QChar(0x2022));
    QTest::newRow("bearer") << QStringLiteral("Bearer hb-demo-token-3f9c") << QString(u"Bearer " + dots + u"3f9c");
    QTest::newRow("long") << QStringLiteral("abcdefghijklmnop") << QString(dots + u"mnop");
    QTest::newRow("short keeps nothing") << QStringLiteral("secret") << dots;
}

void TestWidgets::keyValueMasks()
{
    QFETCH(QString, value);
    QFETCH(QString, shown);
    KeyValueModel model;
    model.setRows({ { .key = QStringLiteral("Authorization"), .value = value, .masked = true } });
    const QModelIndex index = model.index(0, KeyValueModel::ValueColumn);
    QCOMPARE(index.data().toString(), shown);
    QVERIFY(index.data(Qt::ToolTipRole).toString().isEmpty());
    QVERIFY(!index.data(Qt::AccessibleTextRole).toString().contains(value));
    model.setRevealed(0, true);
    QCOMPARE(index.data().toString(), value);
    model.setRows({ { .key = QStringLiteral("Other"), .value = value, .masked = true } });
    QCOMPARE(index.data().toString(), shown);
}

void TestWidgets::keyValueKeyboard()
{
    KeyValueTable table;
    table.rows()->setRows({ { .key = QStringLiteral("A"), .value = QStringLiteral("1") } });
    table.rows()->setAddable(true, QStringLiteral("Add"));
    table.resize(300, 120);
    table.show();
    QSignalSpy removed(&table, &KeyValueTable::removeRequested);
    table.setCurrentIndex(table.rows()->index(0, 0));
    QTest::keyClick(&table, Qt::Key_Delete);
    QCOMPARE(removed.count(), 1);
    table.setCurrentIndex(table.rows()->index(1, 0));
    QTest::keyClick(&table, Qt::Key_Delete);
    QCOMPARE(removed.count(), 1);
    QTest::keyClick(&table, Qt::Key_Return);
    QVERIFY(table.indexWidget(table.currentIndex()) || table.findChild<QLineEdit *>());
}

void TestWidgets::switchIsACheckBox()
{
    Switch box(QStringLiteral("Enabled"));
    box.show();
    QTest::keyClick(&box, Qt::Key_Space);
    QVERIFY(box.isChecked());
    QTest::mouseClick(&box, Qt::LeftButton, {}, QPoint(5, box.height() / 2));
    QVERIFY(!box.isChecked());
    QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(&box);
    QVERIFY(accessible);
    QCOMPARE(accessible->role(), QAccessible::CheckBox);
    QCOMPARE(accessible->text(QAccessible::Name), QStringLiteral("Enabled"));
}

void TestWidgets::segmentedByKeyboard()
{
    Segmented choice({ QStringLiteral("Visual"), QStringLiteral("FQL"), QStringLiteral("Raw") });
    choice.show();
    QSignalSpy chosen(&choice, &Segmented::chosen);
    choice.setCurrent(0);
    QCOMPARE(chosen.count(), 0);
    choice.setChoiceEnabled(1, false, QStringLiteral("nested"));
    QTest::keyClick(choice.button(0), Qt::Key_Right);
    QCOMPARE(choice.current(), 2);
    QCOMPARE(chosen.count(), 1);
    QTest::keyClick(choice.button(2), Qt::Key_Right);
    QCOMPARE(choice.current(), 2);
    QCOMPARE(choice.button(1)->toolTip(), QStringLiteral("nested"));
}

void TestWidgets::bandFolds()
{
    SectionBand band(1, QStringLiteral("Trigger"));
    auto *body = new QWidget;
    auto *summary = new QLabel(QStringLiteral("summary"));
    auto *leading = new QLabel(QStringLiteral("leading"));
    band.addLeading(leading);
    band.setBody(body);
    band.setFoldedSummary(summary);
    band.show();
    QVERIFY(body->isVisible() && leading->isVisible() && !summary->isVisible());
    QSignalSpy folded(&band, &SectionBand::foldedChanged);
    QTest::keyClick(band.findChild<QToolButton *>(), Qt::Key_Space);
    QCOMPARE(folded.count(), 1);
    QVERIFY(!body->isVisible() && !leading->isVisible() && summary->isVisible());
}

void TestWidgets::bandGivesItsSummaryTheRoom()
{
    SectionBand band(1, QStringLiteral("Trigger"));
    auto *summary = new ElidedLabel(QString(300, u'x'));
    band.setBody(new QWidget);
    band.setFoldedSummary(summary);
    band.resize(600, 200);
    band.show();
    band.setFolded(true);
    QCoreApplication::processEvents();
    QVERIFY2(summary->width() > 400, qPrintable(QString::number(summary->width())));
    band.setFolded(false);
    band.setFolded(true);
    QCoreApplication::processEvents();
    QVERIFY(summary->width() > 400);
}

void TestWidgets::bannerTakesOneLineWhereItCan_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<QString>("detail");
    QTest::addColumn<bool>("hasAction");
    QTest::addColumn<bool>("oneLine");
    const QString brief = QStringLiteral("Orders, All track events");
    QTest::newRow("room") << 420 << brief << false << true;
    QTest::newRow("an action takes it") << 420 << brief << true << false;
    QTest::newRow("room beside an action") << 560 << brief << true << true;
    QTest::newRow("narrow") << 240 << brief << false << false;
    QTest::newRow("long") << 420 << brief.repeated(8) << false << false;
    QTest::newRow("lines of its own") << 900 << QStringLiteral("one\ntwo") << false << false;
    QTest::newRow("nothing more to say") << 900 << QString() << false << false;
}

void TestWidgets::bannerTakesOneLineWhereItCan()
{
    QFETCH(int, width);
    QFETCH(QString, detail);
    QFETCH(bool, hasAction);
    QFETCH(bool, oneLine);
    QWidget pane;
    auto *layout = new QVBoxLayout(&pane);
    layout->setContentsMargins(0, 0, 0, 0);
    auto *banner = new Banner(Tone::Success);
    layout->addWidget(banner);
    layout->addStretch();
    banner->setText(QStringLiteral("Matches 2 of 4 mappings"), detail);
    if (hasAction)
        banner->addAction(QStringLiteral("Show the others"));
    pane.resize(width, 300);
    pane.show();
    QCoreApplication::processEvents();
    QCOMPARE(banner->isOneLine(), oneLine);
    const auto labels = banner->findChildren<QLabel *>();
    const auto at = [&](const QString &text) {
        const auto found
            = std::find_if(labels.begin(), labels.end(), [&](const QLabel *label) { return label->text() == text; });
        return found == labels.end() ? QRect() : (*found)->geometry();
    };
    if (oneLine) {
        QVERIFY(at(detail).left() > at(QStringLiteral("Matches 2 of 4 mappings")).right());
        QVERIFY(banner->height() < 40);
    } else if (!detail.isEmpty()) {
        QVERIFY(at(detail).top() > at(QStringLiteral("Matches 2 of 4 mappings")).top());
    }
    QVERIFY(banner->rect().contains(at(detail)) || detail.isEmpty()); // nothing is cut
}

void TestWidgets::bannerCanBeMadeNarrowAgain()
{
    QWidget pane;
    auto *layout = new QVBoxLayout(&pane);
    auto *banner = new Banner;
    layout->addWidget(banner);
    banner->setText(QStringLiteral("Matches 2 of 4 mappings"), QStringLiteral("Orders, All track events"));
    pane.resize(600, 200);
    pane.show();
    QCoreApplication::processEvents();
    QVERIFY(banner->isOneLine());
    const int high = banner->height();
    QVERIFY2(pane.minimumSizeHint().width() < 250, qPrintable(QString::number(pane.minimumSizeHint().width())));
    pane.resize(250, 200);
    QCoreApplication::processEvents();
    QVERIFY(!banner->isOneLine());
    QVERIFY(banner->height() > high);
    pane.resize(600, 200);
    QCoreApplication::processEvents();
    QVERIFY(banner->isOneLine());
    QCOMPARE(banner->height(), high);
}

void TestWidgets::elidedLabelPrefersItsShortText()
{
    const auto painted = [](ElidedLabel &label, int width) {
        label.resize(width, 20);
        return label.grab().toImage();
    };
    ElidedLabel label(QStringLiteral("844 B, application/json"));
    label.setShortText(QStringLiteral("844 B"));
    ElidedLabel brief(QStringLiteral("844 B"));
    ElidedLabel none;
    QCOMPARE(label.minimumSizeHint().width(), 0);
    QCOMPARE(painted(label, 60), painted(brief, 60));
    QCOMPARE(painted(label, 12), painted(none, 12)); // no half of a number
    QVERIFY(painted(label, 300) != painted(brief, 300));
}

void TestWidgets::elidedLabelSaysTheWhole()
{
    ElidedLabel label(QStringLiteral("/a/very/long/path/to/a/file.hookbench"));
    label.setElideMode(Qt::ElideMiddle);
    label.resize(60, 20);
    QVERIFY(label.isElided());
    QCOMPARE(label.accessibleName(), label.text());
    label.resize(600, 20);
    QVERIFY(!label.isElided());
}

QTEST_MAIN(TestWidgets)
#include "tst_widgets.moc"
