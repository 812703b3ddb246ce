// The trigger as a person fills it in: clicks and keys on the real section, over a real document.
#include "tests/support/workbench_parts.h"
#include "ui/trigger/trigger_section.h"

#include "ui/trigger/field_edit.h"
#include "ui/trigger/fql_line.h"
#include "ui/trigger/row_editor.h"
#include "ui/trigger/rows_view.h"
#include "ui/widgets/code_editor.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/segmented.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QUndoStack>
#include <QVBoxLayout>

using namespace hookbench;
using namespace hookbench::trigger;

namespace {

constexpr auto kEvent = R"({"type":"track","event":"Order Completed","userId":"u1",
"properties":{"total":27.5,"gift":false,"coupon":"HASBROS"}})";

} // namespace

class TestTriggerSection : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void showsRows();
    void typesAValue();
    void halfTypedRowHarmsNothing();
    void removesTheLastCondition();
    void undoFollows();
    void undoGoesPastTheLine();
    void movesByKeyboard();
    void movesByMouse();
    void removesByKeyboard();
    void choosesOperators();
    void callTypes();
    void allEventTypes();
    void allOrAny();
    void groupsStayText();
    void invalidTextIsADraft();
    void textStaysTextWhileEdited();
    void switchingChangesNothing();
    void draftsBelongToTheirMapping();
    void jumpsToWhatIsMissing();
    void tabReachesEverything();
    void namesEverything();
    void completesFields();
    void offersValues();
    void staysInOneWidth();
    void staysFast();

private:
    std::string trigger() const { return m_document->mapping(m_document->currentMapping()).trigger; }
    void setTrigger(const char *fql)
    {
        m_document->setMappingTrigger(m_document->currentMapping(), fql);
        m_document->undoStack()->clear();
    }
    QList<RowEditor *> rows() const
    {
        QList<RowEditor *> found;
        for (RowEditor *row : m_section->findChildren<RowEditor *>())
            if (!row->isHidden())
                found << row;
        std::ranges::sort(found, {}, [](const RowEditor *row) { return row->y(); });
        return found;
    }
    template <typename W>
    W *part(int row, const char *accessible) const
    {
        for (W *widget : rows().at(row)->template findChildren<W *>())
            if (widget->accessibleName().startsWith(QLatin1String(accessible)) && !widget->isHidden())
                return widget;
        return nullptr;
    }
    FieldEdit *field(int row) const { return part<FieldEdit>(row, "Field"); }
    QComboBox *op(int row) const { return part<QComboBox>(row, "Operator"); }
    QLineEdit *value(int row) const { return part<QLineEdit>(row, "Value"); }
    QToolButton *button(const QString &name) const
    {
        for (QToolButton *found : m_section->findChildren<QToolButton *>())
            if (found->accessibleName() == name || found->text() == name)
                return found;
        return nullptr;
    }
    widgets::Segmented *choice() const { return m_section->findChild<widgets::Segmented *>(); }
    void choose(QComboBox *box, const QString &text) const
    {
        const int index = box->findText(text);
        QVERIFY2(index >= 0, qPrintable(text));
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Home);
        for (int i = 0; i < index; ++i)
            QTest::keyClick(box, Qt::Key_Down);
        QCOMPARE(box->currentText(), text);
    }
    bool blocked() const
    {
        return std::ranges::any_of(m_document->issues(),
            [](const Issue &issue) { return issue.severity == Severity::Error && issue.path.ends_with("/trigger"); });
    }

    std::unique_ptr<Parts> m_parts;
    document::ProjectDocument *m_document = nullptr;
    document::Workbench *m_workbench = nullptr;
    std::unique_ptr<QWidget> m_window;
    TriggerSection *m_section = nullptr;
};

void TestTriggerSection::init()
{
    m_parts = std::make_unique<Parts>();
    m_document = &m_parts->document;
    m_workbench = &m_parts->workbench;
    m_document->startNew(QStringLiteral("Acme"));
    m_document->addMapping(QStringLiteral("Orders"));
    m_document->showEvent(QStringLiteral("Order"), kEvent);
    m_window = std::make_unique<QWidget>();
    auto *layout = new QVBoxLayout(m_window.get());
    auto *before = new QLineEdit;
    layout->addWidget(before);
    m_section = new TriggerSection(*m_workbench);
    layout->addWidget(m_section);
    layout->addStretch();
    auto *undo = new QAction(m_window.get());
    undo->setShortcut(QKeySequence::Undo);
    connect(undo, &QAction::triggered, m_document->undoStack(), &QUndoStack::undo);
    m_window->addAction(undo);
    auto *up = new QAction(m_window.get()); // as the window's "Move mapping up"
    up->setShortcut(QKeySequence(QStringLiteral("Alt+Up")));
    connect(up, &QAction::triggered, this, [] { QFAIL("the window's shortcut got the key"); });
    m_window->addAction(up);
    m_window->resize(760, 500);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_document->undoStack()->clear();
}

void TestTriggerSection::cleanup()
{
    m_window.reset();
    m_parts.reset();
}

void TestTriggerSection::showsRows()
{
    setTrigger("type = \"track\" and event = \"Order Completed\" and properties.total > 100");
    QVERIFY(m_section->isVisual());
    QCOMPARE(rows().size(), 3);
    QCOMPARE(field(1)->text(), QStringLiteral("event"));
    QCOMPARE(op(2)->currentText(), QStringLiteral("greater than"));
    QCOMPARE(value(2)->text(), QStringLiteral("100"));
    // What each condition saw, and whether it holds.
    const auto live = [this](int row) { return part<widgets::StatusLabel>(row, "Condition")->accessibleName(); };
    QCOMPARE(live(0), QStringLiteral("Condition 1: Holds. The event has \"track\"."));
    QCOMPARE(live(1), QStringLiteral("Condition 2: Holds. The event has \"Order Completed\"."));
    QCOMPARE(live(2), QStringLiteral("Condition 3: Does not hold. The event has 27.5."));
    m_document->showEvent(QStringLiteral("Large"), R"({"type":"track","properties":{"total":200}})");
    QCOMPARE(live(1), QStringLiteral("Condition 2: Does not hold. The event has missing."));
    QCOMPARE(live(2), QStringLiteral("Condition 3: Holds. The event has 200."));
    QCOMPARE(m_section->findChild<FqlLine *>()->text(), QString::fromStdString(trigger()));
}

void TestTriggerSection::typesAValue()
{
    setTrigger("type = \"track\" and event = \"Order\"");
    value(1)->setFocus();
    QTest::keyClick(value(1), Qt::Key_End);
    QTest::keyClicks(value(1), QStringLiteral(" Completed"));
    QCOMPARE(trigger(), std::string("type = \"track\" and event = \"Order Completed\""));
    QCOMPARE(m_document->undoStack()->count(), 1);
    QCOMPARE(m_document->undoStack()->undoText(), QStringLiteral("Change value"));
    // The next stretch of typing is a step of its own.
    field(0)->setFocus();
    value(1)->setFocus();
    QTest::keyClick(value(1), Qt::Key_End);
    QTest::keyClicks(value(1), QStringLiteral("!"));
    QCOMPARE(m_document->undoStack()->count(), 2);
}

// The rule of the room: what is not finished is never the trigger.
void TestTriggerSection::halfTypedRowHarmsNothing()
{
    setTrigger("type = \"track\"");
    QTest::mouseClick(button(QStringLiteral("Add condition")), Qt::LeftButton);
    QCOMPARE(rows().size(), 2);
    QVERIFY(field(1)->hasFocus());
    QCOMPARE(trigger(), std::string("type = \"track\""));
    QVERIFY(blocked());
    QCOMPARE(m_document->issues().front().message, std::string("Condition 2: Choose a field."));
    QVERIFY(m_workbench->whyNotSend(document::SendWhich::ThisMappingOnly).contains(QStringLiteral("Choose a field")));
    QCOMPARE(m_document->undoStack()->undoText(), QStringLiteral("Add condition"));

    QTest::keyClicks(field(1), QStringLiteral("event"));
    QCOMPARE(trigger(), std::string("type = \"track\""));
    QCOMPARE(m_document->issues().front().message, std::string("Condition 2: Write a value."));
    value(1)->setFocus();
    QTest::keyClicks(value(1), QStringLiteral("Order"));
    QCOMPARE(trigger(), std::string("type = \"track\" and event = \"Order\""));
    QVERIFY(!m_document->triggerDraft(0));
    QTRY_VERIFY(m_document->issuesAreCurrent() && !blocked());

    // Emptied again: the last finished trigger stays.
    for (int i = 0; i < 5; ++i)
        QTest::keyClick(value(1), Qt::Key_Backspace);
    QCOMPARE(trigger(), std::string("type = \"track\" and event = \"O\""));
    QVERIFY(blocked());
    QCOMPARE(value(1)->text(), QString());
}

void TestTriggerSection::removesTheLastCondition()
{
    setTrigger("type = \"track\"");
    QTest::mouseClick(button(QStringLiteral("Remove condition 1")), Qt::LeftButton);
    QCOMPARE(rows().size(), 0);
    QVERIFY(blocked());
    QVERIFY(button(QStringLiteral("All event types"))->isVisible());
    m_document->undoStack()->undo();
    QCOMPARE(rows().size(), 1);
    QVERIFY(!m_document->triggerDraft(0));
}

void TestTriggerSection::undoFollows()
{
    setTrigger("type = \"track\"");
    QTest::mouseClick(button(QStringLiteral("Add condition")), Qt::LeftButton);
    QTest::keyClicks(field(1), QStringLiteral("properties.coupon"));
    value(1)->setFocus();
    QTest::keyClicks(value(1), QStringLiteral("HASBROS"));
    const std::string complete = "type = \"track\" and properties.coupon = \"HASBROS\"";
    QCOMPARE(trigger(), complete);
    QUndoStack *undo = m_document->undoStack();
    QCOMPARE(undo->count(), 3);
    undo->undo(); // the value
    QCOMPARE(trigger(), std::string("type = \"track\""));
    QCOMPARE(field(1)->text(), QStringLiteral("properties.coupon"));
    QCOMPARE(value(1)->text(), QString());
    QVERIFY(value(1)->hasFocus());
    undo->undo(); // the field
    QCOMPARE(rows().size(), 2);
    QCOMPARE(field(1)->text(), QString());
    undo->undo(); // the condition
    QCOMPARE(rows().size(), 1);
    QVERIFY(rows().at(0)->focusedPart().has_value()); // the keyboard stays among the rows
    while (undo->canRedo())
        undo->redo();
    QCOMPARE(trigger(), complete);
    QCOMPARE(value(1)->text(), QStringLiteral("HASBROS"));
    // Another view changes the trigger: the rows follow, the keyboard stays.
    value(1)->setFocus();
    m_document->setMappingTrigger(0, "type = \"page\" and name = \"x\" and userId != null");
    QCOMPARE(rows().size(), 3);
    QVERIFY(value(1)->hasFocus());
    QCOMPARE(value(1)->text(), QStringLiteral("x"));
}

// Ctrl+Z in a row's line is the project's undo: the line has no history of its own that could disagree.
void TestTriggerSection::undoGoesPastTheLine()
{
    setTrigger("event = \"a\"");
    value(0)->setFocus();
    QTest::keyClick(value(0), Qt::Key_End);
    QTest::keyClicks(value(0), QStringLiteral("bc"));
    QCOMPARE(trigger(), std::string("event = \"abc\""));
    QTest::keyClick(value(0), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(trigger(), std::string("event = \"a\""));
    QCOMPARE(value(0)->text(), QStringLiteral("a"));
}

void TestTriggerSection::movesByKeyboard()
{
    setTrigger("type = \"track\" and event = \"a\" and userId = \"u\"");
    value(2)->setFocus();
    QTest::keyClick(value(2), Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(trigger(), std::string("type = \"track\" and userId = \"u\" and event = \"a\""));
    QVERIFY(value(1)->hasFocus());
    QCOMPARE(m_document->undoStack()->undoText(), QStringLiteral("Move condition"));
    QTest::keyClick(value(1), Qt::Key_Down, Qt::AltModifier);
    QTest::keyClick(value(2), Qt::Key_Down, Qt::AltModifier); // the end: nothing
    QCOMPARE(trigger(), std::string("type = \"track\" and event = \"a\" and userId = \"u\""));
    QCOMPARE(m_document->undoStack()->count(), 2);
}

void TestTriggerSection::movesByMouse()
{
    setTrigger("type = \"track\" and event = \"a\" and userId = \"u\"");
    QTest::qWait(20);
    RowEditor *first = rows().at(0);
    QWidget *grip = first->childAt(6, first->height() / 2);
    QVERIFY(grip);
    const QPoint to(6, rows().at(2)->geometry().bottom() - first->y() - 2);
    const auto drag = [&] {
        QTest::mousePress(grip, Qt::LeftButton, {}, QPoint(6, 13));
        QTest::mouseMove(grip, QPoint(6, 30));
        QTest::mouseMove(grip, to);
        QMouseEvent move(QEvent::MouseMove, QPointF(to), QPointF(grip->mapToGlobal(to)), Qt::NoButton, Qt::LeftButton,
            Qt::NoModifier);
        QApplication::sendEvent(grip, &move);
    };
    drag();
    QTest::keyClick(grip, Qt::Key_Escape); // given up
    QTest::mouseRelease(grip, Qt::LeftButton, {}, to);
    QCOMPARE(m_document->undoStack()->count(), 0);
    drag();
    QTest::mouseRelease(grip, Qt::LeftButton, {}, to);
    QCOMPARE(trigger(), std::string("event = \"a\" and userId = \"u\" and type = \"track\""));
    QVERIFY(rows().at(0)->isEnabled() && op(0)->isEnabled());
}

void TestTriggerSection::removesByKeyboard()
{
    setTrigger("type = \"track\" and event = \"a\" and userId = \"u\"");
    op(1)->setFocus();
    QTest::keyClick(op(1), Qt::Key_Delete);
    QCOMPARE(trigger(), std::string("type = \"track\" and userId = \"u\""));
    QCOMPARE(m_document->undoStack()->undoText(), QStringLiteral("Remove condition"));
    QVERIFY(op(1)->hasFocus());
    // In a text the keys are the text's until it is empty.
    value(1)->setFocus();
    QTest::keyClick(value(1), Qt::Key_Home);
    QTest::keyClick(value(1), Qt::Key_Delete);
    QCOMPARE(rows().size(), 2);
    QTest::keyClick(value(1), Qt::Key_Backspace, Qt::ControlModifier);
    QCOMPARE(rows().size(), 1);
    QCOMPARE(trigger(), std::string("type = \"track\""));
    QVERIFY(!m_document->triggerDraft(0));
}

void TestTriggerSection::choosesOperators()
{
    setTrigger("properties.total = \"5\"");
    choose(op(0), QStringLiteral("greater than"));
    QCOMPARE(trigger(), std::string("properties.total > 5"));
    QCOMPARE(m_document->undoStack()->undoText(), QStringLiteral("Change operator"));
    choose(op(0), QStringLiteral("exists"));
    QCOMPARE(trigger(), std::string("properties.total != null"));
    QVERIFY(!value(0));
    choose(op(0), QStringLiteral("less than"));
    QCOMPARE(value(0)->text(), QStringLiteral("5")); // it was kept
    QCOMPARE(trigger(), std::string("properties.total < 5"));
    // What the field does not have is not offered.
    setTrigger("type = \"track\"");
    QCOMPARE(op(0)->count(), 2);
}

void TestTriggerSection::callTypes()
{
    setTrigger("type = \"track\"");
    auto *call = part<QComboBox>(0, "Value");
    QVERIFY(call && !value(0));
    QCOMPARE(call->currentText(), QStringLiteral("Track"));
    choose(call, QStringLiteral("Identify"));
    QCOMPARE(trigger(), std::string("type = \"identify\""));
    setTrigger("type = \"Track\""); // never sent by Segment, shown as it is
    QCOMPARE(call->currentText(), QStringLiteral("Track"));
    QCOMPARE(call->currentData().toString(), QStringLiteral("Track"));
    QCOMPARE(trigger(), std::string("type = \"Track\""));
}

void TestTriggerSection::allEventTypes()
{
    setTrigger("");
    QVERIFY(m_section->isVisual());
    QCOMPARE(rows().size(), 0);
    QTest::mouseClick(button(QStringLiteral("All event types")), Qt::LeftButton);
    QCOMPARE(rows().size(), 6);
    QVERIFY(QString::fromStdString(trigger()).startsWith(QStringLiteral("type = \"track\" or type = \"identify\"")));
    m_document->undoStack()->undo();
    QCOMPARE(trigger(), std::string());
}

void TestTriggerSection::allOrAny()
{
    setTrigger("type = \"track\" and event = \"a\"");
    QComboBox *all = nullptr;
    for (QComboBox *box : m_section->findChildren<QComboBox *>())
        if (box->accessibleName().startsWith(QStringLiteral("All or any")))
            all = box;
    QVERIFY(all);
    QCOMPARE(all->currentText(), QStringLiteral("ALL"));
    choose(all, QStringLiteral("ANY"));
    QCOMPARE(trigger(), std::string("type = \"track\" or event = \"a\""));
    // Chosen while there is one condition, it counts when there are two.
    QTest::mouseClick(button(QStringLiteral("Remove condition 2")), Qt::LeftButton);
    QCOMPARE(trigger(), std::string("type = \"track\""));
    QTest::mouseClick(button(QStringLiteral("Add condition")), Qt::LeftButton);
    QTest::keyClicks(field(1), QStringLiteral("userId"));
    value(1)->setFocus();
    QTest::keyClicks(value(1), QStringLiteral("u"));
    QCOMPARE(trigger(), std::string("type = \"track\" or userId = \"u\""));
}

void TestTriggerSection::groupsStayText()
{
    const std::string nested = "type = \"track\" and (event = \"a\" or event = \"b\")";
    setTrigger(nested.c_str());
    QVERIFY(!m_section->isVisual());
    QVERIFY(!choice()->button(0)->isEnabled());
    QVERIFY(choice()->button(0)->toolTip().contains(QStringLiteral("group in parentheses")));
    QVERIFY(m_section->editor()->isVisible());
    QCOMPARE(m_section->editor()->toPlainText(), QString::fromStdString(nested));
    QCOMPARE(m_document->undoStack()->count(), 0);
    setTrigger("type = \"page\"");
    QVERIFY(m_section->isVisual());
}

void TestTriggerSection::invalidTextIsADraft()
{
    setTrigger("type = \"track\"");
    QTest::mouseClick(choice()->button(1), Qt::LeftButton);
    QVERIFY(!m_section->isVisual());
    widgets::CodeEditor *editor = m_section->editor();
    editor->setFocus();
    editor->moveCursor(QTextCursor::End);
    QTest::keyClicks(editor, QStringLiteral(" and event = \"x"));
    QCOMPARE(editor->toPlainText(), QStringLiteral("type = \"track\" and event = \"x"));
    QVERIFY(m_document->triggerDraft(0));
    QVERIFY(blocked());
    QVERIFY(!choice()->button(0)->isEnabled());
    QTest::keyClicks(editor, QStringLiteral("\""));
    QCOMPARE(trigger(), std::string("type = \"track\" and event = \"x\""));
    QVERIFY(!m_document->triggerDraft(0));
    QVERIFY(choice()->button(0)->isEnabled());
    m_document->endTyping();
    m_document->undoStack()->undo();
    QCOMPARE(trigger(), std::string("type = \"track\""));
    QCOMPARE(editor->toPlainText(), QStringLiteral("type = \"track\""));
}

void TestTriggerSection::textStaysTextWhileEdited()
{
    setTrigger("type = \"track\" and (event = \"a\" or event = \"b\")");
    widgets::CodeEditor *editor = m_section->editor();
    QVERIFY(!m_section->isVisual());
    editor->setFocus();
    editor->selectAll();
    QTest::keyClicks(editor, QStringLiteral("type = \"page\""));
    QCOMPARE(trigger(), std::string("type = \"page\""));
    QVERIFY(!m_section->isVisual()); // it could be rows now, but not under the cursor
    QVERIFY(editor->hasFocus());
    QTest::mouseClick(choice()->button(0), Qt::LeftButton);
    QVERIFY(m_section->isVisual());
}

void TestTriggerSection::switchingChangesNothing()
{
    const std::string own = "type=track   and\nevent=\"a\"";
    setTrigger(own.c_str());
    QVERIFY(m_section->isVisual());
    for (int i = 0; i < 3; ++i) {
        QTest::mouseClick(choice()->button(1), Qt::LeftButton);
        QTest::mouseClick(choice()->button(0), Qt::LeftButton);
    }
    QCOMPARE(trigger(), own);
    QCOMPARE(m_document->undoStack()->count(), 0);
    // Passing through the rows with Tab does not write either.
    field(0)->setFocus();
    for (int i = 0; i < 12; ++i)
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QCOMPARE(trigger(), own);
    QCOMPARE(m_document->undoStack()->count(), 0);
}

void TestTriggerSection::draftsBelongToTheirMapping()
{
    m_document->addMapping(QStringLiteral("Refunds"));
    m_document->setCurrentMapping(0);
    QTest::mouseClick(button(QStringLiteral("Add condition")), Qt::LeftButton);
    QTest::keyClicks(field(1), QStringLiteral("event"));
    m_document->setCurrentMapping(1);
    QCOMPARE(rows().size(), 1);
    QVERIFY(!m_document->triggerDraft(1));
    m_document->setCurrentMapping(0);
    QCOMPARE(rows().size(), 2);
    QCOMPARE(field(1)->text(), QStringLiteral("event"));
    m_document->moveMapping(0, 1);
    QVERIFY(m_document->triggerDraft(1) && !m_document->triggerDraft(0));
    m_document->removeMapping(1);
    QVERIFY(!blocked());
    m_document->undoStack()->undo();
    QVERIFY(m_document->triggerDraft(1));
    QVERIFY(blocked());
    // The text shows the trigger in force and offers to drop what is unfinished.
    m_document->setCurrentMapping(1);
    QTest::mouseClick(choice()->button(1), Qt::LeftButton);
    QCOMPARE(m_section->editor()->toPlainText(), QStringLiteral("type = \"track\""));
    QTest::mouseClick(button(QStringLiteral("Discard the unfinished rows")), Qt::LeftButton);
    QVERIFY(!m_document->triggerDraft(1));
    QVERIFY(!blocked());
}

void TestTriggerSection::jumpsToWhatIsMissing()
{
    setTrigger("type = \"track\" and event = \"a\"");
    value(1)->setFocus();
    QTest::keyClick(value(1), Qt::Key_End);
    QTest::keyClick(value(1), Qt::Key_Backspace);
    m_section->setFolded(true);
    m_workbench->jumpTo("/mappings/0/trigger");
    QVERIFY(!m_section->isFolded());
    QVERIFY2(value(1)->hasFocus(), qPrintable(QApplication::focusWidget()->accessibleName()));
}

void TestTriggerSection::tabReachesEverything()
{
    setTrigger("type = \"track\" and event = \"a\"");
    QTest::mouseClick(button(QStringLiteral("Add condition")), Qt::LeftButton);
    field(0)->setFocus();
    QStringList names;
    for (int i = 0; i < 13; ++i) {
        names << QApplication::focusWidget()->accessibleName();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    QStringList expected;
    for (int row = 1; row <= 3; ++row)
        for (const char *words :
            { "Field of condition %1", "Operator of condition %1", "Value of condition %1", "Remove condition %1" })
            expected << QString::fromLatin1(words).arg(row);
    expected << QStringLiteral("Add condition");
    QCOMPARE(names, expected);
}

void TestTriggerSection::namesEverything()
{
    setTrigger("type = \"track\" and event = \"a\" and properties.total > 5");
    for (const QWidget *widget : m_section->findChildren<QWidget *>())
        if (widget->focusPolicy() & Qt::TabFocus && widget->isVisible()
            && !qobject_cast<const QAbstractButton *>(widget))
            QVERIFY2(!widget->accessibleName().isEmpty(), widget->metaObject()->className());
}

void TestTriggerSection::completesFields()
{
    setTrigger("type = \"track\"");
    QTest::qWait(300); // the fields are read in the background
    QTest::mouseClick(button(QStringLiteral("Add condition")), Qt::LeftButton);
    QTest::keyClicks(field(1), QStringLiteral("tot"));
    QWidget *popup = QApplication::activePopupWidget();
    QVERIFY(popup);
    QTest::keyClick(popup, Qt::Key_Down);
    QTest::keyClick(popup, Qt::Key_Return);
    QCOMPARE(field(1)->text(), QStringLiteral("properties.total"));
    QCOMPARE(op(1)->currentText(), QStringLiteral("equals (number)")); // the event has a number there
    QVERIFY(field(1)->hasFocus());
    value(1)->setFocus();
    QTest::keyClicks(value(1), QStringLiteral("27.5"));
    QCOMPARE(trigger(), std::string("type = \"track\" and properties.total = 27.5"));
    // By name as well.
    QTest::mouseClick(button(QStringLiteral("Add condition")), Qt::LeftButton);
    QTest::keyClicks(field(2), QStringLiteral("user id"));
    popup = QApplication::activePopupWidget();
    QVERIFY(popup);
    QTest::keyClick(popup, Qt::Key_Down);
    QTest::keyClick(popup, Qt::Key_Return);
    QCOMPARE(field(2)->text(), QStringLiteral("userId"));
}

void TestTriggerSection::offersValues()
{
    QTest::qWait(300); // the events are read in the background
    setTrigger("type = \"track\" and event = \"x\"");
    value(1)->setFocus();
    value(1)->selectAll();
    QTest::keyClick(value(1), Qt::Key_Down);
    QWidget *popup = QApplication::activePopupWidget();
    QVERIFY(popup);
    QTest::keyClick(popup, Qt::Key_Down);
    QTest::keyClick(popup, Qt::Key_Return);
    QCOMPARE(trigger(), std::string("type = \"track\" and event = \"Order Completed\""));
}

void TestTriggerSection::staysInOneWidth()
{
    setTrigger("type = \"track\" and properties.a_rather_long_name_of_a_field.with_another_below_it > 5 and "
               "event = \"a\"");
    m_window->resize(600, 500);
    QTest::qWait(20);
    for (const RowEditor *row : rows()) {
        QVERIFY(row->geometry().right() <= row->parentWidget()->width());
        for (const QWidget *child : row->findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly))
            if (!child->isHidden())
                QVERIFY2(row->rect().contains(child->geometry()), child->metaObject()->className());
    }
    QVERIFY(m_window->minimumSizeHint().width() <= 600);
}

// 300 conditions over an event of 5,000 fields: a keystroke stays within a frame.
void TestTriggerSection::staysFast()
{
    std::string event = R"({"type":"track","properties":{)";
    for (int i = 0; i < 5000; ++i)
        event += (i ? ",\"field_" : "\"field_") + std::to_string(i) + "\":\"value " + std::to_string(i) + "\"";
    event += "}}";
    m_document->showEvent(QStringLiteral("Large"), event);
    QTRY_VERIFY(!m_document->currentEvent().parsing);
    std::string fql;
    for (int i = 0; i < 300; ++i)
        fql += (i ? " and properties.field_" : "properties.field_") + std::to_string(i) + " = \"value\"";
    setTrigger(fql.c_str());
    QCOMPARE(rows().size(), 300);
    QTest::qWait(500);
    QLineEdit *line = value(150);
    line->setFocus();
    QTest::keyClick(line, Qt::Key_End);
    qint64 worst = 0;
    for (int i = 0; i < 20; ++i) {
        QElapsedTimer timer;
        timer.start();
        QTest::keyClick(line, Qt::Key_X);
        worst = std::max(worst, timer.nsecsElapsed() / 1000);
        QTest::qWait(5);
    }
    qInfo("slowest keystroke %lld us", worst);
    QVERIFY(trigger().find("valuexxxxxxxxxxxxxxxxxxxx") != std::string::npos);
    QVERIFY2(worst < 100'000, "a keystroke takes too long even for a busy machine");
}

QTEST_MAIN(TestTriggerSection)
#include "tst_trigger_section.moc"
