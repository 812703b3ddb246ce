// What the whole window says and does, beyond a single panel: whose text Undo takes back, what a match counts, why
// nothing can be sent.
#include "window_fixture.h"

#include "ui/event/event_panel.h"
#include "ui/impact/impact_panel.h"
#include "ui/shell/command_palette.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/code_editor.h"
#include "ui/widgets/labels.h"

#include <QLabel>
#include <QLineEdit>
#include <QTcpServer>
#include <QTcpSocket>

using namespace hookbench;

class TestWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void undoStaysWithItsEvent_data();
    void undoStaysWithItsEvent();
    void undoOfTheSameEventStays();
    void disabledMappingsDoNotCount_data();
    void disabledMappingsDoNotCount();
    void keysSayWhyNothingIsSent();
    void paletteSaysThatNothingIsFound();
    void impactForgetsItsNumber();
    void quittingDuringARunAsks();
};

namespace {

constexpr auto kTrack = "{\"type\":\"track\"}";
constexpr auto kTyped = "{\"type\":\"track\",\"a\":1}";

QString latin(const char *text)
{
    return QString::fromLatin1(text);
}

/// All that is said in the banner that tells of matches.
QString banner(const Window &w)
{
    QStringList said;
    for (const widgets::Banner *each : w.window.findChild<event::EventPanel *>()->findChildren<widgets::Banner *>())
        for (const QLabel *label : each->findChildren<QLabel *>())
            if (!label->text().isEmpty())
                said << label->text();
    return said.join(u'|');
}

} // namespace

void TestWindow::undoStaysWithItsEvent_data()
{
    QTest::addColumn<QString>("next");
    QTest::newRow("another project") << latin("project");
    QTest::newRow("the next of the list") << latin("next");
    QTest::newRow("an event that reads the same") << latin("same");
    QTest::newRow("nothing at all") << latin("empty");
}

void TestWindow::undoStaysWithItsEvent()
{
    QFETCH(QString, next);
    Window w({ mappingOf("Orders") }, kTrack);
    w.document.addSavedEvent(latin("One"), *json::parse(kTrack));
    w.document.addSavedEvent(latin("Two"), *json::parse("{\"type\":\"page\"}"));
    w.document.setEvents(w.document.savedEvents(), 0);
    QPlainTextEdit *editor = w.window.findChild<event::EventPanel *>()->editor();
    editor->selectAll();
    editor->insertPlainText(latin(kTyped));
    QCOMPARE(w.document.currentEvent().text, std::string(kTyped));
    if (next == u"project")
        w.document.startWith(destination::newProject("Other"), latin("Other"));
    else if (next == u"next")
        w.document.setCurrentEventIndex(1);
    else if (next == u"same")
        w.document.showEvent(latin("Same"), kTyped);
    else
        w.document.showEvent({}, {});
    const std::string before = w.document.currentEvent().text;
    QCOMPARE(before == kTyped, next == u"same");
    for (int i = 0; i < 4; ++i)
        editor->undo();
    QCOMPARE(w.document.currentEvent().text, before);
    QCOMPARE(editor->toPlainText().toStdString(), before);
    w.document.undoStack()->setClean();
}

void TestWindow::undoOfTheSameEventStays()
{
    Window w({ mappingOf("Orders") }, kTrack);
    QPlainTextEdit *editor = w.window.findChild<event::EventPanel *>()->editor();
    editor->selectAll();
    editor->insertPlainText(latin(kTyped));
    w.document.setMappingName(0, latin("Other")); // an edit elsewhere changes nothing here
    QVERIFY(w.settled());
    w.trigger("event.format");
    QVERIFY(w.document.currentEvent().text != kTyped);
    editor->undo();
    QCOMPARE(w.document.currentEvent().text, std::string(kTyped));
    editor->undo();
    QCOMPARE(w.document.currentEvent().text, std::string(kTrack));
    w.document.undoStack()->setClean();
}

void TestWindow::disabledMappingsDoNotCount_data()
{
    QTest::addColumn<int>("enabled");
    QTest::addColumn<int>("disabled");
    QTest::addColumn<QString>("says");
    QTest::addColumn<QString>("counts");
    const auto row = [](const char *name, int enabled, int disabled, const char *says, const char *counts) {
        QTest::newRow(name) << enabled << disabled << latin(says) << latin(counts);
    };
    row("all are enabled", 2, 0, "Matches 2 of 2 mappings|M0, M1", "2 match");
    row("one is not", 2, 1, "Matches 2 of 3 mappings|M0, M1\nDisabled, so not sent: M2", "2 match");
    row("none is", 0, 1, "Matches no enabled mapping|Disabled, so not sent: M0", "0 match");
    row("too many to name", 8, 40,
        "Matches 8 of 48 mappings|M0, M1, M2, M3, M4, M5 and 2 more\n"
        "Disabled, so not sent: M8, M9, M10, M11, M12, M13 and 34 more",
        "8 match");
}

void TestWindow::disabledMappingsDoNotCount()
{
    QFETCH(int, enabled);
    QFETCH(int, disabled);
    QFETCH(QString, says);
    QFETCH(QString, counts);
    std::vector<destination::Mapping> mappings;
    for (int i = 0; i < enabled + disabled; ++i) {
        mappings.push_back(mappingOf(("M" + std::to_string(i)).c_str(), nullptr, "type = \"track\""));
        mappings.back().enabled = i < enabled;
    }
    Window w(std::move(mappings), kTrack);
    QTRY_COMPARE(banner(w), says);
    bool counted = false;
    for (const widgets::StatusLabel *label : w.window.findChildren<widgets::StatusLabel *>())
        counted = counted || label->text() == counts;
    QVERIFY(counted);
    if (disabled > 0) { // switched on, it counts
        w.document.setMappingEnabled(enabled, true);
        QTRY_VERIFY(banner(w).startsWith(latin("Matches %1 of").arg(enabled + 1)));
    }
    w.document.undoStack()->setClean();
}

void TestWindow::keysSayWhyNothingIsSent()
{
    destination::Mapping off = mappingOf("Off");
    off.enabled = false;
    Window w({ off }, kTrack);
    w.window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&w.window));
    QVERIFY(w.settled());
    QSignalSpy said(&w.workbench, &document::Workbench::said);
    QSignalSpy started(&w.session, &pipeline::Session::runStarted);
    const auto lastSaid = [&said] { return said.isEmpty() ? QString() : said.last().front().toString(); };
    const QString why = latin("Nothing was sent. No mapping is enabled. Switch one on, or send to this mapping only.");
    QTest::keyClick(&w.window, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(lastSaid(), why);
    said.clear();
    QTest::keyClick(w.window.findChild<event::EventPanel *>()->editor(), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(lastSaid(), why); // and from where one types
    said.clear();
    QTest::keyClick(&w.window, Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(lastSaid(), why);
    // The keys are those of the action, whatever they are made to be.
    w.workbench.action("send.current")->setShortcut(QKeySequence(latin("Ctrl+J")));
    said.clear();
    QTest::keyClick(&w.window, Qt::Key_J, Qt::ControlModifier);
    QCOMPARE(lastSaid(), why);
    QCOMPARE(started.size(), 0);
    // When there is something to send they send: the two never stand in each other's way.
    w.document.setMappingEnabled(0, true);
    QVERIFY(w.settled());
    QTest::keyClick(&w.window, Qt::Key_J, Qt::ControlModifier);
    QTRY_COMPARE(started.size(), 1);
    w.workbench.stop();
    QTRY_VERIFY(!w.session.isRunning());
    w.document.undoStack()->setClean();
}

void TestWindow::paletteSaysThatNothingIsFound()
{
    Window w({ mappingOf("Orders") }, kTrack);
    w.trigger("app.palette");
    auto *palette = w.window.findChild<shell::CommandPalette *>();
    QVERIFY(palette);
    auto *line = palette->findChild<QLineEdit *>();
    const QLabel *nothing = nullptr;
    for (const QLabel *label : palette->findChildren<QLabel *>())
        if (label->text() == u"Nothing found")
            nothing = label;
    QVERIFY(line && nothing && !nothing->isVisibleTo(palette));
    line->setText(latin("no such thing anywhere"));
    QVERIFY(nothing->isVisibleTo(palette));
    line->setText(latin("Orders"));
    QVERIFY(!nothing->isVisibleTo(palette));
    palette->hide();
}

// What is not replayed any more has no number.
void TestWindow::impactForgetsItsNumber()
{
    Window w({ mappingOf("Orders", nullptr, "type = \"track\"") }, kTrack);
    w.document.addSavedEvent(latin("One"), *json::parse(kTrack));
    w.document.setEvents(w.document.savedEvents(), 0);
    w.document.setMappingTrigger(0, "type = \"page\"");
    w.trigger("view.impact");
    auto *impact = w.window.findChild<impact::ImpactPanel *>();
    QVERIFY(impact);
    QTRY_COMPARE(impact->count(), latin("1"));
    w.trigger("view.problems");
    w.document.undoStack()->undo();
    QTRY_COMPARE(impact->count(), QString());
    w.document.undoStack()->setClean();
}

void TestWindow::quittingDuringARunAsks()
{
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    const QByteArray settings = "{\"url\":\"http://127.0.0.1:" + QByteArray::number(silent.serverPort())
        + "/\",\"method\":\"POST\",\"data\":{\"@path\":\"$.\"}}";
    Window w({ mappingOf("Slow", settings.constData()) }, kTrack);
    QVERIFY(w.settled());
    w.trigger("send.current");
    QTRY_VERIFY(silent.hasPendingConnections());
    QString asked;
    answerQuestion(this, false, &asked);
    w.window.close();
    QVERIFY2(asked.startsWith(latin("A run is still going on.|")), qPrintable(asked));
    QVERIFY(w.window.isVisible() && w.session.isRunning());
    answerQuestion(this, true, &asked);
    w.window.close();
    QVERIFY(w.window.isVisible()); // what is on its way may end
    silent.nextPendingConnection()->abort();
    QTRY_VERIFY(!w.window.isVisible());
    QVERIFY(!w.session.isRunning());
}

QTEST_MAIN(TestWindow)
#include "tst_window.moc"
