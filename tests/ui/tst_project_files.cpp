// Files as the window handles them: what another program wrote is offered, never taken and never replaced unasked.
#include "window_fixture.h"

#include "ui/shell/project_files.h"
#include "ui/widgets/banner.h"

#include <QAbstractButton>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QLineEdit>
#include <QMessageBox>
#include <QTimer>

#include <csignal>
#include <memory>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace hookbench;

class TestProjectFiles : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aChangeOutsideIsOffered_data();
    void aChangeOutsideIsOffered();
    void theOfferGoesWithItsReason();
    void savingAsksBeforeItReplaces_data();
    void savingAsksBeforeItReplaces();
    void titleMarksWhatIsUnsaved();
    void aSaveThatFailsLosesNothing_data();
    void aSaveThatFailsLosesNothing();
    void saveAsAsksForTheWholeName_data();
    void saveAsAsksForTheWholeName();
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

void TestProjectFiles::theOfferGoesWithItsReason()
{
    Saved w;
    const QByteArray ours = w.content();
    const auto put = [&w](const QByteArray &content) {
        QFile file(w.path);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        QCOMPARE(file.write(content), content.size());
    };
    w.writeOutside();
    QTRY_VERIFY_WITH_TIMEOUT(w.bannerButton(latin("Keep mine")), 5000);
    put(ours);
    QTRY_VERIFY_WITH_TIMEOUT(!w.bannerButton(latin("Keep mine")), 5000);
    QVERIFY(!w.document.isModified());
    w.writeOutside();
    QTRY_VERIFY_WITH_TIMEOUT(w.bannerButton(latin("Keep mine")), 5000);
    QSignalSpy words(&w.workbench, &document::Workbench::said);
    QVERIFY(QFile::remove(w.path));
    QTRY_VERIFY_WITH_TIMEOUT(!w.bannerButton(latin("Keep mine")), 5000);
    QVERIFY(words.last().first().toString().contains(latin("was removed")));
    QVERIFY(w.window.files()->save());
    QCOMPARE(w.content(), ours);
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

namespace {

/// Nothing longer than this can be written, as on a full disk.
class SmallDisk
{
public:
    explicit SmallDisk(rlim_t bytes)
    {
        m_handler = std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &m_old);
        const rlimit limit{ bytes, m_old.rlim_max };
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~SmallDisk()
    {
        ::setrlimit(RLIMIT_FSIZE, &m_old);
        std::signal(SIGXFSZ, m_handler);
    }

private:
    rlimit m_old{};
    void (*m_handler)(int) = nullptr;
};

/// The folder of a file cannot be written, not even by root, who becomes somebody else for that time.
class ReadOnlyFolder
{
public:
    explicit ReadOnlyFolder(QString folder)
        : m_folder(std::move(folder))
    {
        constexpr uid_t kNobody = 65534;
        const QByteArray path = QFile::encodeName(m_folder);
        if (::geteuid() == 0)
            (void)!::chown(path.constData(), kNobody, static_cast<gid_t>(-1));
        ::chmod(path.constData(), 0555);
        m_changed = ::geteuid() == 0 && ::seteuid(kNobody) == 0;
    }
    ~ReadOnlyFolder()
    {
        if (m_changed)
            (void)!::seteuid(0);
        ::chmod(QFile::encodeName(m_folder).constData(), 0755);
    }

private:
    QString m_folder;
    bool m_changed = false;
};

} // namespace

void TestProjectFiles::aSaveThatFailsLosesNothing_data()
{
    QTest::addColumn<bool>("full");
    QTest::addColumn<QString>("words");
    QTest::newRow("full disk") << true << latin("Free some space");
    QTest::newRow("read-only folder") << false << latin("You may not write");
}

void TestProjectFiles::aSaveThatFailsLosesNothing()
{
    QFETCH(bool, full);
    QFETCH(QString, words);
    Saved w;
    const QByteArray before = w.content();
    w.document.setMappingName(0, latin("Edited"));
    const auto shown = std::make_shared<QString>();
    QTimer timer; // one message box, answered with OK
    connect(&timer, &QTimer::timeout, this, [shown] {
        if (auto *box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget())) {
            *shown = box->text() + u' ' + box->informativeText();
            box->button(QMessageBox::Ok)->click();
        }
    });
    timer.start(20);
    if (full) {
        const SmallDisk disk(64);
        w.trigger("file.save");
    } else {
        const ReadOnlyFolder folder(w.folder.path());
        w.trigger("file.save");
    }
    QVERIFY2(shown->contains(words) && shown->contains(latin("Your changes are still here")), qPrintable(*shown));
    QCOMPARE(w.content(), before);
    QVERIFY(w.document.isModified());
    QCOMPARE(w.name(), std::string("Edited"));
    QCOMPARE(QDir(w.folder.path()).entryList({ latin("acme*") }, QDir::Files).size(), 1); // nothing is left behind
    w.trigger("file.save");
    QVERIFY(!w.document.isModified());
    QVERIFY(w.content().contains("Edited"));
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

void TestProjectFiles::saveAsAsksForTheWholeName_data()
{
    QTest::addColumn<bool>("replace");
    QTest::newRow("no") << false;
    QTest::newRow("yes") << true;
}

void TestProjectFiles::saveAsAsksForTheWholeName()
{
    QFETCH(bool, replace);
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    Window w({ mappingOf("Orders") });
    const QString there = w.folder.filePath(latin("there.hookbench"));
    QFile file(there);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("somebody's");
    file.close();
    bool asked = false;
    QTimer timer;
    timer.setInterval(20);
    connect(&timer, &QTimer::timeout, this, [&] {
        QWidget *modal = QApplication::activeModalWidget();
        if (auto *box = qobject_cast<QMessageBox *>(modal)) {
            asked = true;
            box->button(replace ? QMessageBox::Yes : QMessageBox::No)->click();
        } else if (auto *dialog = qobject_cast<QFileDialog *>(modal)) {
            if (asked)
                return dialog->reject();
            // Without its suffix, as people type it.
            dialog->findChild<QLineEdit *>(latin("fileNameEdit"))->setText(w.folder.filePath(latin("there")));
            // Later: a timer that waits for what it has done does not ring again.
            QTimer::singleShot(0, dialog, [dialog] { static_cast<QDialog *>(dialog)->accept(); });
        }
    });
    timer.start();
    QCOMPARE(w.window.files()->saveAs(), replace);
    QVERIFY(asked);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll() == "somebody's", !replace);
    QVERIFY(!QFile::exists(w.folder.filePath(latin("there"))));
}

QTEST_MAIN(TestProjectFiles)
#include "tst_project_files.moc"
