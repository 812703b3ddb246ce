// Files as the window handles them: what another program wrote is offered, never taken and never replaced unasked.
#include "window_fixture.h"

#include "ui/shell/project_files.h"
#include "ui/widgets/banner.h"

#include <QAbstractButton>
#include <QFile>
#include <QMessageBox>
#include <QTimer>

using namespace hookbench;

class TestProjectFiles : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aChangeOutsideIsOffered_data();
    void aChangeOutsideIsOffered();
    void savingAsksBeforeItReplaces_data();
    void savingAsksBeforeItReplaces();
    void titleMarksWhatIsUnsaved();
};

namespace {

QString latin(const char *text)
{
    return QString::fromUtf8(text);
}

/// A window with a saved project.
struct Saved : Window
{
    QString path = folder.filePath(QStringLiteral("acme.hookbench"));

    Saved()
        : Window({ mappingOf("Orders") })
    {
        if (!document.saveAs(path))
            qFatal("the project cannot be written");
    }
    QByteArray content() const
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void writeOutside()
    {
        const QByteArray theirs = content().replace("Orders", "Theirs");
        QFile file(path);
        if (file.open(QIODevice::WriteOnly | QIODevice::Truncate))
            file.write(theirs);
    }
    QAbstractButton *bannerButton(const QString &text) const
    {
        for (const widgets::Banner *banner : window.findChildren<widgets::Banner *>())
            for (QAbstractButton *button : banner->findChildren<QAbstractButton *>())
                if (button->isVisible() && button->text() == text)
                    return button;
        return nullptr;
    }
    std::string name() const { return document.mapping(0).name; }
};

/// Presses that button of the next message box.
void answer(const QString &text)
{
    auto *timer = new QTimer(qApp);
    timer->setInterval(20);
    QObject::connect(timer, &QTimer::timeout, timer, [timer, text] {
        auto *box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget());
        if (!box)
            return;
        for (QAbstractButton *button : box->buttons())
            if (button->text().remove(u'&') == text) {
                timer->deleteLater();
                timer->stop();
                button->click();
                return;
            }
    });
    timer->start();
}

} // namespace

void TestProjectFiles::aChangeOutsideIsOffered_data()
{
    QTest::addColumn<bool>("edited");
    QTest::addColumn<QString>("button");
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("modified");
    QTest::newRow("read again") << false << latin("Read the file again") << latin("Theirs") << false;
    QTest::newRow("keep mine") << false << latin("Keep mine") << latin("Orders") << true;
    QTest::newRow("edited, read again") << true << latin("Read the file again") << latin("Theirs") << false;
    QTest::newRow("edited, keep mine") << true << latin("Keep mine") << latin("Edited") << true;
}

void TestProjectFiles::aChangeOutsideIsOffered()
{
    QFETCH(bool, edited);
    QFETCH(QString, button);
    QFETCH(QString, name);
    QFETCH(bool, modified);
    Saved w;
    if (edited)
        w.document.setMappingName(0, latin("Edited"));
    const std::string before = w.name();
    w.writeOutside();
    QTRY_VERIFY_WITH_TIMEOUT(w.bannerButton(button), 5000);
    QCOMPARE(w.name(), before);
    w.bannerButton(button)->click();
    QCOMPARE(QString::fromStdString(w.name()), name);
    QCOMPARE(w.document.isModified(), modified);
    QVERIFY(!w.bannerButton(button));
    if (!modified) {
        w.trigger("edit.undo"); // reading again is an edit like any other
        QCOMPARE(w.name(), before);
    } else {
        QVERIFY(w.window.files()->save()); // decided already: not asked again
        QVERIFY(w.content().contains(name.toUtf8()));
    }
}

void TestProjectFiles::savingAsksBeforeItReplaces_data()
{
    QTest::addColumn<QString>("button");
    QTest::addColumn<bool>("saved");
    QTest::addColumn<QString>("inFile");
    QTest::addColumn<QString>("inWindow");
    QTest::newRow("cancel") << latin("Cancel") << false << latin("Theirs") << latin("Mine");
    QTest::newRow("read again") << latin("Read the file again") << false << latin("Theirs") << latin("Theirs");
    QTest::newRow("replace") << latin("Replace the file") << true << latin("Mine") << latin("Mine");
}

void TestProjectFiles::savingAsksBeforeItReplaces()
{
    QFETCH(QString, button);
    QFETCH(bool, saved);
    QFETCH(QString, inFile);
    QFETCH(QString, inWindow);
    Saved w;
    w.document.setMappingName(0, latin("Mine"));
    w.writeOutside();
    answer(button);
    QCOMPARE(w.window.files()->save(), saved);
    QVERIFY(w.content().contains(QByteArray("\"name\": \"" + inFile.toUtf8() + '"')));
    QCOMPARE(QString::fromStdString(w.name()), inWindow);
}

void TestProjectFiles::titleMarksWhatIsUnsaved()
{
    Saved w;
    QVERIFY(!w.window.isWindowModified());
    w.document.setMappingEnabled(0, false);
    QVERIFY(w.window.isWindowModified());
    QVERIFY(w.workbench.action("file.save")->isEnabled());
    w.trigger("edit.undo");
    QVERIFY(!w.window.isWindowModified());
    w.trigger("edit.redo");
    w.trigger("file.save");
    QVERIFY(!w.window.isWindowModified());
    w.trigger("edit.undo");
    QVERIFY(w.window.isWindowModified());
}

QTEST_MAIN(TestProjectFiles)
#include "tst_project_files.moc"
