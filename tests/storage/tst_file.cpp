#include "core/storage/file.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace hookbench;
using namespace hookbench::storage;

namespace {

constexpr uid_t kNobody = 65'534;

/// Root may do everything; for what it may not, it becomes somebody else for a while.
class AsOrdinaryUser
{
public:
    AsOrdinaryUser()
    {
        if (::geteuid() == 0)
            m_changed = ::seteuid(kNobody) == 0;
    }
    ~AsOrdinaryUser()
    {
        if (m_changed)
            (void)!::seteuid(0);
    }

private:
    bool m_changed = false;
};

/// A write beyond `bytes` fails with EFBIG as long as this lives, as it does with ENOSPC on a full disk.
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

unsigned modeOf(const std::string &path)
{
    struct stat info = {};
    return ::stat(path.c_str(), &info) == 0 ? info.st_mode & 07777U : 0U;
}

template <typename T>
QByteArray codeOf(const Result<T> &result)
{
    return result ? QByteArray("ok") : QByteArray::fromStdString(result.error().code);
}

} // namespace

class TestFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
        if (::geteuid() == 0)
            QCOMPARE(::chown(m_folder->path().toLocal8Bit().constData(), kNobody, kNobody), 0);
    }

    void readsWhatIsThere_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addRow("empty") << QByteArray();
        QTest::addRow("text") << QByteArray("{\"a\": 1}\n");
        QTest::addRow("all bytes") << [] {
            QByteArray bytes;
            for (int i = 0; i < 256; ++i)
                bytes.append(static_cast<char>(i));
            return bytes.repeated(1'000);
        }();
    }
    void readsWhatIsThere()
    {
        QFETCH(QByteArray, bytes);
        QVERIFY(writeFileAtomically(path("file"), bytes.toStdString()));
        const Result<std::string> read = readFile(path("file"));
        QVERIFY(read);
        QCOMPARE(QByteArray::fromStdString(*read), bytes);
    }

    void saysWhyItCannotRead_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("code");
        QTest::addRow("missing") << QStringLiteral("missing") << QByteArray("file-not-found");
        QTest::addRow("below a file") << QStringLiteral("big/inside") << QByteArray("file-not-found");
        QTest::addRow("dangling link") << QStringLiteral("dangling") << QByteArray("file-not-found");
        QTest::addRow("folder") << QStringLiteral("folder") << QByteArray("file-is-directory");
        QTest::addRow("too big") << QStringLiteral("big") << QByteArray("file-too-big");
        QTest::addRow("endless device") << QStringLiteral("zero") << QByteArray("file-too-big");
        QTest::addRow("no permission") << QStringLiteral("locked") << QByteArray("file-no-permission");
        QTest::addRow("link to itself") << QStringLiteral("loop") << QByteArray("file-read");
    }
    void saysWhyItCannotRead()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, code);
        const AsOrdinaryUser user;
        QVERIFY(writeFileAtomically(path("big"), std::string(101, 'x')));
        QVERIFY(writeFileAtomically(path("locked"), "secret", 0U));
        QCOMPARE(::mkdir(path("folder").c_str(), 0755), 0);
        QCOMPARE(::symlink("nowhere", path("dangling").c_str()), 0);
        QCOMPARE(::symlink("/dev/zero", path("zero").c_str()), 0);
        QCOMPARE(::symlink("loop", path("loop").c_str()), 0);

        const Result<std::string> read = readFile(path(name), 100);
        QCOMPARE(codeOf(read), code);
        QVERIFY2(read.error().message.find(path(name)) != std::string::npos, read.error().message.c_str());
    }

    void readsUpToTheLimit()
    {
        QVERIFY(writeFileAtomically(path("file"), std::string(100, 'x')));
        QVERIFY(readFile(path("file"), 100));
        QCOMPARE(codeOf(readFile(path("file"), 99)), QByteArray("file-too-big"));
    }

    void readsAPipe()
    {
        int ends[2];
        QCOMPARE(::pipe(ends), 0);
        QCOMPARE(::write(ends[1], "piped", 5), ssize_t{ 5 });
        ::close(ends[1]);
        const Result<std::string> read = readFile("/dev/fd/" + std::to_string(ends[0]), 5);
        ::close(ends[0]);
        QCOMPARE(codeOf(read), QByteArray("ok"));
        QCOMPARE(*read, std::string("piped"));
    }

    void givesANewFileToItsOwnerOnly()
    {
        const mode_t old = ::umask(0);
        const Result<void> written = writeFileAtomically(path("new"), "x");
        ::umask(old);
        QVERIFY(written);
        QCOMPARE(modeOf(path("new")), 0600U);
    }

    void keepsTheModeOfAnOldFile_data()
    {
        QTest::addColumn<unsigned>("before");
        QTest::addRow("group reads") << 0640U;
        QTest::addRow("all read") << 0644U;
        QTest::addRow("executable") << 0755U;
    }
    void keepsTheModeOfAnOldFile()
    {
        QFETCH(unsigned, before);
        QVERIFY(writeFileAtomically(path("old"), "1", before));
        QCOMPARE(modeOf(path("old")), before);
        QVERIFY(writeFileAtomically(path("old"), "2"));
        QCOMPARE(modeOf(path("old")), before);
        QVERIFY(writeFileAtomically(path("old"), "3", 0600U));
        QCOMPARE(modeOf(path("old")), 0600U);
    }

    void keepsTheOwnerOfAnOldFile()
    {
        QVERIFY(writeFileAtomically(path("old"), "1"));
        if (::geteuid() == 0)
            QCOMPARE(::chown(path("old").c_str(), kNobody, kNobody), 0);
        struct stat before = {};
        QCOMPARE(::stat(path("old").c_str(), &before), 0);
        QVERIFY(writeFileAtomically(path("old"), "2"));
        struct stat after = {};
        QCOMPARE(::stat(path("old").c_str(), &after), 0);
        QCOMPARE(after.st_uid, before.st_uid);
        QCOMPARE(after.st_gid, before.st_gid);
        QVERIFY(after.st_ino != before.st_ino);
    }

    void followsLinks_data()
    {
        QTest::addColumn<QString>("link");
        QTest::addColumn<QString>("target");
        QTest::addRow("relative") << QStringLiteral("folder/file") << QStringLiteral("folder/file");
        QTest::addRow("two steps") << QStringLiteral("second") << QStringLiteral("folder/file");
        QTest::addRow("to a file that is not there yet")
            << QStringLiteral("folder/new") << QStringLiteral("folder/new");
    }
    void followsLinks()
    {
        QFETCH(QString, link);
        QFETCH(QString, target);
        QCOMPARE(::mkdir(path("folder").c_str(), 0755), 0);
        QVERIFY(writeFileAtomically(path("folder/file"), "old"));
        QCOMPARE(::symlink("folder/file", path("second").c_str()), 0);
        QCOMPARE(::symlink(link.toLocal8Bit().constData(), path("link").c_str()), 0);

        const Result<void> written = writeFileAtomically(path("link"), "new");
        QCOMPARE(codeOf(written), QByteArray("ok"));
        struct stat info = {};
        QCOMPARE(::lstat(path("link").c_str(), &info), 0);
        QVERIFY(S_ISLNK(info.st_mode));
        QCOMPARE(readFile(path(target)).value(), std::string("new"));
    }

    void saysWhyItCannotWriteAndKeepsTheOldFile_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("code");
        QTest::addRow("no folder") << QStringLiteral("missing/file") << QByteArray("file-not-found");
        QTest::addRow("folder") << QStringLiteral("folder") << QByteArray("file-is-directory");
        QTest::addRow("below a file") << QStringLiteral("old/file") << QByteArray("file-not-found");
        QTest::addRow("link to itself") << QStringLiteral("loop") << QByteArray("file-write");
        QTest::addRow("device") << QStringLiteral("full") << QByteArray("file-write");
        QTest::addRow("read-only file") << QStringLiteral("locked") << QByteArray("file-no-permission");
        QTest::addRow("new file in a read-only folder")
            << QStringLiteral("readonly/new") << QByteArray("file-no-permission");
        QTest::addRow("old file in a read-only folder")
            << QStringLiteral("readonly/old") << QByteArray("file-no-permission");
    }
    void saysWhyItCannotWriteAndKeepsTheOldFile()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, code);
        {
            const AsOrdinaryUser user;
            QCOMPARE(::mkdir(path("folder").c_str(), 0755), 0);
            QCOMPARE(::mkdir(path("readonly").c_str(), 0755), 0);
            for (const char *file : { "old", "locked", "readonly/old" })
                QVERIFY(writeFileAtomically(path(file), "old"));
            QCOMPARE(::chmod(path("locked").c_str(), 0400), 0);
            QCOMPARE(::chmod(path("readonly").c_str(), 0555), 0);
            QCOMPARE(::symlink("loop", path("loop").c_str()), 0);
            QCOMPARE(::symlink("/dev/full", path("full").c_str()), 0);

            const Result<void> written = writeFileAtomically(path(name), "new");
            QCOMPARE(codeOf(written), code);
            QVERIFY2(!written.error().message.empty(), "a message");
            QCOMPARE(::chmod(path("readonly").c_str(), 0755), 0);
        }
        for (const char *file : { "old", "locked", "readonly/old" })
            QCOMPARE(readFile(path(file)).value(), std::string("old"));
        QCOMPARE(filesIn(path("readonly")), QStringList{ QStringLiteral("old") });
    }

    void leavesTheOldFileWhenTheDiskIsFull()
    {
        QVERIFY(writeFileAtomically(path("file"), "old"));
        {
            const SmallDisk disk(4'096);
            const Result<void> written = writeFileAtomically(path("file"), std::string(100'000, 'x'));
            QCOMPARE(codeOf(written), QByteArray("file-disk-full"));
            QVERIFY2(written.error().message.find(path("file")) != std::string::npos, written.error().message.c_str());
        }
        QCOMPARE(readFile(path("file")).value(), std::string("old"));
        QCOMPARE(filesIn(m_folder->path().toStdString()), QStringList{ QStringLiteral("file") });
    }

    void makesFoldersForTheirOwner()
    {
        QVERIFY(makeFolder(path("a/b/c")));
        QCOMPARE(modeOf(path("a")), 0700U);
        QCOMPARE(modeOf(path("a/b/c")), 0700U);
        QVERIFY(makeFolder(path("a/b/c")));
        QVERIFY(makeFolder(path("a/b/d/")));
        QCOMPARE(::chmod(path("a/b").c_str(), 0755), 0);
        QVERIFY(makeFolder(path("a/b")));
        QCOMPARE(modeOf(path("a/b")), 0755U);
    }

    void saysWhyItCannotMakeAFolder()
    {
        QVERIFY(writeFileAtomically(path("file"), "x"));
        QCOMPARE(codeOf(makeFolder(path("file"))), QByteArray("file-not-directory"));
        QCOMPARE(codeOf(makeFolder(path("file/below"))), QByteArray("file-not-directory"));
        QCOMPARE(::mkdir(path("locked").c_str(), 0555), 0);
        const AsOrdinaryUser user;
        QCOMPARE(codeOf(makeFolder(path("locked/below"))), QByteArray("file-no-permission"));
    }

private:
    std::string path(const QString &name) const { return m_folder->filePath(name).toStdString(); }
    std::string path(const char *name) const { return path(QString::fromLatin1(name)); }

    static QStringList filesIn(const std::string &folder)
    {
        return QDir(QString::fromStdString(folder)).entryList(QDir::Files | QDir::Hidden | QDir::System);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestFile)
#include "tst_file.moc"
