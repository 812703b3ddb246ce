// The whole window as somebody meets it who has never seen a directive: from the first-run page, by mouse and keyboard
// alone, to a mapping whose saved file is the expected one byte for byte; and from that file back to the screen. Runs
// offscreen and, as a test of its own, on X11.
#include "ui/data/mapping_view.h"
#include "ui/shell/first_run_page.h"
#include "ui/widgets/code_editor.h"
#include "ui/widgets/key_value_table.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/switch.h"
#include "window_fixture.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QDateTime>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QRegularExpression>
#include <QSpinBox>
#include <QTimer>
#include <QToolButton>
#include <QWindow>

using namespace hookbench;

namespace {

QString latin(const char *text)
{
    return QString::fromUtf8(text);
}

/// What a person has: a window, a mouse and a keyboard.
struct Person : Parts
{
    shell::MainWindow window{ workbench };

    Person()
    {
        window.resize(1440, 900);
        window.show();
    }
    bool begins()
    {
        if (!QTest::qWaitForWindowExposed(&window))
            return false;
        window.windowHandle()->requestActivate();
        return QTest::qWaitForWindowActive(&window);
    }

    template <typename T>
    T *find(const QString &name) const
    {
        for (T *widget : window.findChildren<T *>()) {
            const auto *button = qobject_cast<const QAbstractButton *>(widget);
            if (widget->isVisible() && (widget->accessibleName() == name || (button && button->text() == name)))
                return widget;
        }
        return nullptr;
    }
    /// The control under that name, or with those words on it, once it is on the screen.
    template <typename T>
    T *sees(const QString &name) const
    {
        T *found = nullptr;
        if (!QTest::qWaitFor([&] { return (found = find<T>(name)) != nullptr; }))
            qFatal("there is no “%s” to be seen", qPrintable(name));
        return found;
    }
    void click(QWidget *widget) const
    {
        waitsForWindow();
        QTest::mouseClick(widget, Qt::LeftButton);
    }
    /// A list of choices that went leaves the keyboard to the window, which takes a moment, and not every platform
    /// does it unasked.
    void waitsForWindow() const
    {
        auto *w = const_cast<shell::MainWindow *>(&window);
        QCoreApplication::processEvents();
        if (!QTest::qWaitFor([w] { return QApplication::activeWindow() == w; }, 200)) {
            w->activateWindow();
            (void)QTest::qWaitForWindowActive(w);
        }
    }
    /// Keys go where the keyboard is; a list of choices hands them on, as it does for people.
    QWidget *keyboard() const
    {
        if (QWidget *popup = QApplication::activePopupWidget())
            return popup;
        waitsForWindow();
        return QApplication::focusWidget();
    }
    void types(const QString &text) const
    {
        for (const QChar c : text)
            if (QWidget *at = keyboard())
                QTest::keyClick(at, c.toLatin1());
    }
    void presses(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        if (QWidget *at = keyboard())
            QTest::keyClick(at, key, modifiers);
    }
    /// Puts away the choices that came while typing.
    void dismissesChoices()
    {
        if (QWidget *popup = QApplication::activePopupWidget()) {
            presses(Qt::Key_Escape);
            (void)QTest::qWaitFor([popup = QPointer(popup)] { return !popup || !popup->isVisible(); });
        }
    }
    /// Replaces what stands in the line by typing.
    void fills(QLineEdit *line, const QString &text)
    {
        click(line);
        QTest::keyClick(line, Qt::Key_A, Qt::ControlModifier);
        types(text);
        dismissesChoices();
    }
    /// Opens the box and takes the choice with those words.
    bool chooses(QComboBox *box, const QString &words)
    {
        const int row = box->findText(words);
        if (row < 0)
            return false;
        click(box);
        if (!QTest::qWaitFor([box] { return box->view()->isVisible(); }))
            return false;
        QTest::keyClick(box->view(), Qt::Key_Home);
        for (int i = 0; box->view()->currentIndex().row() != row && i < box->count(); ++i)
            QTest::keyClick(box->view(), Qt::Key_Down);
        QTest::keyClick(box->view(), Qt::Key_Return);
        return QTest::qWaitFor([box] { return !box->view()->isVisible(); });
    }
    /// "Add field", its name, Enter: the value editor comes up.
    bool addsField(const QString &name)
    {
        click(sees<QToolButton>(latin("Add field")));
        auto *line = qobject_cast<QLineEdit *>(QApplication::focusWidget());
        if (!line || line->accessibleName() != u"Destination field")
            return false;
        types(name);
        presses(Qt::Key_Return);
        return QTest::qWaitFor([this, &name] { return find<QComboBox>(latin("Kind of value of ") + name) != nullptr; });
    }
    QComboBox *kind(const QString &of) const { return sees<QComboBox>(latin("Kind of ") + of); }
    bool keepsValue()
    {
        click(sees<QToolButton>(latin("Done")));
        return QTest::qWaitFor([this] { return !find<QToolButton>(latin("Done")); });
    }
    /// Answers the next file dialog with that name.
    static void willName(const QString &path)
    {
        auto *timer = new QTimer(qApp);
        QObject::connect(timer, &QTimer::timeout, timer, [timer, path] {
            auto *dialog = qobject_cast<QFileDialog *>(QApplication::activeModalWidget());
            auto *name = dialog ? dialog->findChild<QLineEdit *>(latin("fileNameEdit")) : nullptr;
            if (!name || !name->isVisible())
                return;
            timer->stop();
            timer->deleteLater();
            // At once: at every key typed here the dialog's own completer selects folders on the way.
            name->setText(path);
            QTimer::singleShot(0, dialog, [dialog] { static_cast<QDialog *>(dialog)->accept(); });
        });
        timer->start(20);
    }
    /// Answers to the last edit are there.
    bool settled()
    {
        return QTest::qWaitFor([this] { return document.issuesAreCurrent() && !workbench.evaluationIsOld(); }, 10'000);
    }
};

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The file with the id of the expected one in place of its own.
QByteArray withExpectedId(QByteArray content)
{
    static const QRegularExpression kId(latin("\"id\": \"[^\"]+\""));
    return QString::fromUtf8(content).replace(kId, latin("\"id\": \"EXPECTED\"")).toUtf8();
}

const QString kExpected = latin(HOOKBENCH_TEST_DATA "/newcomer/shop-orders.hookbench");

} // namespace

class TestNewcomer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs); }
    void fromTheEmptyWindowToTheFile();
    void fromTheFileToTheScreen();
};

void TestNewcomer::fromTheEmptyWindowToTheFile()
{
    Person p;
    QVERIFY(p.begins());
    QVERIFY(p.window.findChild<shell::FirstRunPage *>()->isVisible());

    // A mapping, and its name: the keyboard is there already.
    p.click(p.sees<QPushButton>(latin("New mapping")));
    QTRY_VERIFY(!p.window.findChild<shell::FirstRunPage *>()->isVisible());
    QTRY_VERIFY(qobject_cast<QLineEdit *>(QApplication::focusWidget()));
    p.presses(Qt::Key_A, Qt::ControlModifier);
    p.types(latin("Shop orders"));
    p.presses(Qt::Key_Return);

    // An event to work with.
    QVERIFY(p.chooses(p.sees<QComboBox>(latin("Event")), latin("Sample: Order Completed")));
    QTRY_VERIFY(p.sees<widgets::CodeEditor>(latin("Event as JSON"))->toPlainText().contains(latin("hasbros")));

    // 1 Trigger: ALL of two conditions.
    p.click(p.sees<QToolButton>(latin("Add condition")));
    p.types(latin("event"));
    p.dismissesChoices();
    p.fills(p.sees<QLineEdit>(latin("Value of condition 2")), latin("Order Completed"));
    QCOMPARE(p.sees<QComboBox>(latin("All or any of the conditions"))->currentText(), latin("ALL"));

    // 2 Request: address, a header, batching of 500.
    p.presses(Qt::Key_L, Qt::ControlModifier);
    QTRY_COMPARE(QApplication::focusWidget(), static_cast<QWidget *>(p.sees<QLineEdit>(latin("URL"))));
    p.types(latin("https://hooks.example.com/orders"));
    p.dismissesChoices();
    auto *headers = p.sees<widgets::KeyValueTable>(latin("Headers"));
    p.waitsForWindow();
    QTest::mouseClick(
        headers->viewport(), Qt::LeftButton, {}, headers->visualRect(headers->rows()->index(0, 0)).center());
    QTRY_VERIFY(headers->hasFocus());
    p.presses(Qt::Key_Return);
    QTRY_VERIFY(headers->viewport()->isAncestorOf(QApplication::focusWidget()));
    p.types(latin("X-Tenant"));
    p.presses(Qt::Key_Return);
    QTRY_COMPARE(headers->currentIndex().column(), 1);
    QTRY_VERIFY(headers->viewport()->isAncestorOf(QApplication::focusWidget()));
    p.types(latin("acme"));
    p.presses(Qt::Key_Return);
    QTRY_VERIFY(!headers->viewport()->isAncestorOf(QApplication::focusWidget()));
    auto *batching = p.sees<widgets::Switch>(latin("Enable batching"));
    if (!batching->isChecked())
        p.click(batching);
    auto *size = p.sees<QSpinBox>(latin("Batch size"));
    QVERIFY(size && size->isEnabled());
    p.click(size->findChild<QLineEdit *>());
    p.presses(Qt::Key_A, Qt::ControlModifier);
    p.types(latin("500"));
    p.presses(Qt::Key_Return);

    // 3 Data: a built object with a coalesce, a lower-case and a concatenated field.
    p.click(p.sees<QToolButton>(latin("Build object")));
    QVERIFY(p.addsField(latin("email")));
    QVERIFY(p.chooses(p.kind(latin("value of email")), latin("Coalesce")));
    p.fills(p.sees<QLineEdit>(latin("Value")), latin("properties.email"));
    QVERIFY(p.chooses(p.kind(latin("Otherwise")), latin("Event variable")));
    p.fills(p.sees<QLineEdit>(latin("Otherwise")), latin("context.traits.email"));
    QVERIFY(p.keepsValue());

    QVERIFY(p.addsField(latin("coupon")));
    QVERIFY(p.chooses(p.kind(latin("value of coupon")), latin("Case")));
    QVERIFY(p.chooses(p.kind(latin("Value")), latin("Event variable")));
    p.fills(p.sees<QLineEdit>(latin("Value")), latin("properties.coupon"));
    QVERIFY(p.keepsValue());

    QVERIFY(p.addsField(latin("label")));
    QVERIFY(p.chooses(p.kind(latin("value of label")), latin("Text with variables")));
    p.click(p.sees<widgets::CodeEditor>(latin("value of label"))->viewport());
    p.types(latin("Order {{properties.order_id}} of {{userId}}"));
    p.dismissesChoices();
    QVERIFY(p.keepsValue());

    // What is sent is on the screen before anything is sent.
    QVERIFY(p.settled());
    QTRY_VERIFY(p.sees<widgets::CodeEditor>(latin("Exact body of the request")));
    const QString body = p.sees<widgets::CodeEditor>(latin("Exact body of the request"))->toPlainText();
    for (const char *part :
        { "Jane.Kerr@Example.com", "\"coupon\"", "hasbros", "Order 50314b8e9bcf000000000000 of user_7731" })
        QVERIFY2(body.contains(latin(part)), qPrintable(body));

    // Save as, the name typed.
    QVERIFY(p.window.isWindowModified());
    const QString path = p.folder.filePath(latin("shop-orders.hookbench"));
    p.willName(path);
    p.presses(Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY(!p.window.isWindowModified());
    const QByteArray saved = contentOf(path);
    QVERIFY(saved.contains("\"id\""));
    QCOMPARE(withExpectedId(saved), withExpectedId(contentOf(kExpected)));
}

// Every control shows what the file says; looking at it, and saving it, writes nothing.
void TestNewcomer::fromTheFileToTheScreen()
{
    Person p;
    QVERIFY(p.begins());
    const QString path = p.folder.filePath(latin("shop-orders.hookbench"));
    QVERIFY(QFile::copy(kExpected, path));
    QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner));
    const QDateTime written = QFileInfo(path).lastModified();
    p.willName(path);
    p.click(p.sees<QPushButton>(latin("Open a project…")));
    QTRY_VERIFY(!p.window.findChild<shell::FirstRunPage *>()->isVisible());
    QVERIFY(p.settled());
    QCOMPARE(p.sees<QComboBox>(latin("All or any of the conditions"))->currentText(), latin("ALL"));
    QCOMPARE(p.sees<QLineEdit>(latin("Field of condition 1"))->text(), latin("type"));
    QCOMPARE(p.sees<QComboBox>(latin("Operator of condition 1"))->currentText(), latin("is"));
    QCOMPARE(p.sees<QComboBox>(latin("Value of condition 1"))->currentText(), latin("Track"));
    QCOMPARE(p.sees<QLineEdit>(latin("Field of condition 2"))->text(), latin("event"));
    QCOMPARE(p.sees<QComboBox>(latin("Operator of condition 2"))->currentText(), latin("is"));
    QCOMPARE(p.sees<QLineEdit>(latin("Value of condition 2"))->text(), latin("Order Completed"));
    QVERIFY(!p.find<QLineEdit>(latin("Field of condition 3")));
    QCOMPARE(p.sees<QComboBox>(latin("Method"))->currentText(), latin("POST"));
    QCOMPARE(p.sees<QLineEdit>(latin("URL"))->text(), latin("https://hooks.example.com/orders"));
    const auto *headers = p.sees<widgets::KeyValueTable>(latin("Headers"))->rows();
    QCOMPARE(headers->rowCount(), 2); // the last one is for another header
    QCOMPARE(headers->index(0, 0).data().toString(), latin("X-Tenant"));
    QCOMPARE(headers->index(0, 1).data().toString(), latin("acme"));
    QVERIFY(p.sees<widgets::Switch>(latin("Enable batching"))->isChecked());
    QCOMPARE(p.sees<QSpinBox>(latin("Batch size"))->value(), 500);
    for (const char *key : { "url", "method", "headers" })
        QVERIFY(p.sees<QCheckBox>(latin("Batch key ") + latin(key))->isChecked());
    auto *tree = p.sees<data::MappingView>(latin("Mapping of the data"));
    QStringList shown;
    for (int row = 0; row < tree->model()->rowCount(); ++row)
        shown << tree->model()->index(row, 0).data().toString() + latin(": ")
                + tree->model()->index(row, 1).data().toString();
    QCOMPARE(shown,
        QStringList({ latin("email: Coalesce ( properties.email, context.traits.email )"),
            latin("coupon: Case lower ( properties.coupon )"), latin("label: Order properties.order_id of userId") }));

    // What is shown can be looked into, and Esc leaves it as it was.
    tree->setCurrentIndex(tree->model()->index(1, 0));
    tree->setFocus();
    p.presses(Qt::Key_Return);
    QTRY_COMPARE(p.sees<QComboBox>(latin("Kind of value of coupon"))->currentText(), latin("Case"));
    QTRY_COMPARE(p.sees<QLineEdit>(latin("Value"))->text(), latin("properties.coupon"));
    p.presses(Qt::Key_Escape);
    QTRY_VERIFY(!p.find<QComboBox>(latin("Kind of value of coupon")));

    QVERIFY(!p.window.isWindowModified());
    QCOMPARE(p.document.undoStack()->count(), 0);
    p.presses(Qt::Key_S, Qt::ControlModifier);
    QVERIFY(p.settled());
    QCOMPARE(contentOf(path), contentOf(kExpected));
    QCOMPARE(QFileInfo(path).lastModified(), written);
}

QTEST_MAIN(TestNewcomer)
#include "tst_newcomer.moc"
