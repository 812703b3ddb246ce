// How the window keeps its journal: opening, salvage of a damaged one, retention, compacting, and what is parked.
#include "tests/journal/records.h"
#include "tests/ui/window_fixture.h"
#include "ui/deliveries/deliveries_model.h"
#include "ui/deliveries/deliveries_panel.h"
#include "ui/deliveries/run_strip.h"
#include "ui/settings/settings_dialog.h"
#include "ui/shell/journal_care.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/labels.h"

#include <QAction>
#include <QDir>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>

using namespace hookbench;

namespace {

constexpr int kDeliveries = 300;

/// As many deliveries, the oldest twenty days old.
void fill(const std::string &path)
{
    const auto journal = journal::openOrFail(path);
    QVERIFY(journal && journal->add(journal::Run{ "run", 1, "project", "Acme" }));
    const auto now = SystemClock().wall().time_since_epoch().count();
    journal::Batch batch;
    for (int i = 0; i < kDeliveries; ++i) {
        const std::string id = "d" + std::to_string(i);
        journal::Delivery delivery = journal::deliveryOf(id, std::string(3'000, 'x'));
        delivery.created = now - journal::WallMs{ 86'400'000 } * 20 * (kDeliveries - i) / kDeliveries;
        batch.deliveries.push_back(delivery);
        batch.attempts.push_back(journal::attemptOf(id));
    }
    QVERIFY(journal->append(batch));
}

} // namespace

class TestJournalCare : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_window = std::make_unique<Window>(std::vector<destination::Mapping>{ mappingOf("Orders") });
        m_file = m_window->folder.filePath(QStringLiteral("journal.sqlite"));
        connect(
            &m_window->workbench, &document::Workbench::said, this, [this](const QString &words) { m_said = words; });
        m_said.clear();
    }
    void cleanup() { m_window.reset(); }

    void retentionInWords()
    {
        QCOMPARE(shell::retentionOf(0, 0, 5).olderThan, journal::WallMs{ 0 });
        QCOMPARE(shell::retentionOf(1, 3, 86'400'005).olderThan, journal::WallMs{ 5 });
        QCOMPARE(shell::retentionOf(1, 3, 86'400'005).bytes, std::uint64_t{ 3'000'000 });
    }

    void listsWhatIsThere()
    {
        fill(m_file.toStdString());
        care().open(m_file.toStdString());
        QTRY_COMPARE_WITH_TIMEOUT(model().rowCount(), kDeliveries, 20'000);
        QVERIFY(!banner().isVisible());
    }

    void saysWhatBecameOfADamagedOne()
    {
        fill(m_file.toStdString());
        QFile file(m_file);
        QVERIFY(file.open(QIODevice::ReadWrite) && file.resize(file.size() * 2 / 3));
        file.close();
        care().open(m_file.toStdString());
        QTRY_VERIFY_WITH_TIMEOUT(banner().isVisible(), 20'000);
        const QString told = banner().accessibleName();
        QVERIFY2(told.contains(m_file + QStringLiteral(".damaged-")), qPrintable(told));
        QTRY_VERIFY_WITH_TIMEOUT(model().rowCount() > 0 && !model().isListing(), 20'000);
        QVERIFY2(told.contains(QString::number(model().rowCount()) + QStringLiteral(" deliveries")), qPrintable(told));
        QVERIFY(!button(QStringLiteral("Try again"))->isVisible());
    }

    void mendsWhatTurnsOutToBeDamaged()
    {
        fill(m_file.toStdString());
        QFile file(m_file);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.seek(4096 * 60) && file.write(QByteArray(4096 * 120, '\xA5')) > 0);
        file.close();
        care().open(m_file.toStdString());
        QTRY_VERIFY_WITH_TIMEOUT(banner().isVisible(), 20'000);
        if (auto *salvage = button(QStringLiteral("Move it aside and save what can be read")); salvage)
            salvage->click();
        QTRY_VERIFY_WITH_TIMEOUT(banner().accessibleName().contains(QStringLiteral(".damaged-")), 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(model().rowCount() > 0 && !model().isListing(), 20'000);
        for (int row = 0; row < model().rowCount(); ++row)
            QVERIFY(model().rowAt(row));
    }

    void offersAWayOut_data()
    {
        QTest::addColumn<bool>("isFolder");
        QTest::addColumn<QString>("offer");
        QTest::newRow("not a journal") << false << QStringLiteral("Move it aside and begin a new one");
        QTest::newRow("a folder") << true << QStringLiteral("Try again");
    }
    void offersAWayOut()
    {
        QFETCH(bool, isFolder);
        QFETCH(QString, offer);
        QFile file(m_file);
        QVERIFY(isFolder ? QDir().mkdir(m_file) : file.open(QIODevice::WriteOnly) && file.write("my notes") > 0);
        file.close();
        care().open(m_file.toStdString());
        QTRY_VERIFY_WITH_TIMEOUT(banner().isVisible(), 20'000);
        QVERIFY(banner().accessibleName().contains(m_file));
        QVERIFY(!m_window->workbench.action("journal.compact")->isEnabled());
        QAbstractButton *way = button(offer);
        QVERIFY(way && way->isVisible());
        QVERIFY(!isFolder || QDir().rmdir(m_file));
        way->click();
        QTRY_VERIFY_WITH_TIMEOUT(m_window->session.journal(), 20'000);
        QVERIFY(m_window->workbench.action("journal.compact")->isEnabled());
        QCOMPARE(m_window->session.journal()->count().value(), std::uint64_t{ 0 });
    }

    void keepsWhatTheSettingsSay()
    {
        fill(m_file.toStdString());
        care().open(m_file.toStdString());
        QTRY_COMPARE_WITH_TIMEOUT(model().rowCount(), kDeliveries, 20'000);
        {
            ui::SettingsDialog dialog(m_window->workbench);
            QSpinBox *days = nullptr;
            for (QSpinBox *box : dialog.findChildren<QSpinBox *>())
                if (box->accessibleName().startsWith(QStringLiteral("Keep for")))
                    days = box;
            QVERIFY(days);
            QCOMPARE(days->value(), 30);
            days->setValue(2);
            dialog.accept(); // which is when it is done
        }
        QTRY_VERIFY_WITH_TIMEOUT(model().rowCount() <= kDeliveries / 10, 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(m_said.contains(QStringLiteral("removed")), 20'000);
        QCOMPARE(m_window->session.journal()->count().value(), static_cast<std::uint64_t>(model().rowCount()));
        for (int row = 0; row < model().rowCount(); ++row)
            QVERIFY(model().rowAt(row));
        // Now there is something to give back.
        const qint64 before = QFile(m_file).size();
        m_window->trigger("journal.compact");
        QVERIFY(care().isCompacting() && !m_window->workbench.action("journal.compact")->isEnabled());
        QTRY_VERIFY_WITH_TIMEOUT(!care().isCompacting(), 20'000);
        QVERIFY2(m_said.contains(QStringLiteral("given back")), qPrintable(m_said));
        QVERIFY(QFile(m_file).size() < before / 2);
        QVERIFY(!banner().isVisible());
    }

    void offersWhatIsParked()
    {
        fill(m_file.toStdString());
        {
            const auto journal = journal::openOrFail(m_file.toStdString());
            journal::Delivery parked = journal::deliveryOf("parked");
            parked.url = "http://127.0.0.1:1/";
            parked.parked = true;
            QVERIFY(journal->append({ { parked }, {}, {}, {} }));
        }
        care().open(m_file.toStdString());
        auto *strip = m_window->window.findChild<deliveries::RunStrip *>();
        QTRY_VERIFY_WITH_TIMEOUT(strip->isVisible(), 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(model().rowCount(), kDeliveries + 1, 20'000);
        using Model = deliveries::DeliveriesModel;
        QCOMPARE(model().index(0, Model::ResultColumn).data().toString(), QStringLiteral("Parked"));
        QToolButton *goOn = stripButton(QStringLiteral("Continue"));
        QToolButton *discard = stripButton(QStringLiteral("Discard"));
        QVERIFY(goOn->isVisible() && discard->isVisible());
        QSignalSpy finished(&m_window->session, &pipeline::Session::runFinished);
        goOn->click();
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(!goOn->isVisible(), 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(
            model().index(0, Model::ResultColumn).data(Qt::ToolTipRole).toString().contains(QStringLiteral("refused")),
            true, 20'000);
    }

    void discardsWhatIsParked()
    {
        {
            const auto journal = journal::openOrFail(m_file.toStdString());
            journal::Delivery parked = journal::deliveryOf("parked");
            parked.parked = true;
            QVERIFY(journal->add(journal::Run{ "run", 1, "p", "P" }) && journal->append({ { parked }, {}, {}, {} }));
        }
        care().open(m_file.toStdString());
        auto *strip = m_window->window.findChild<deliveries::RunStrip *>();
        QTRY_VERIFY_WITH_TIMEOUT(strip->isVisible(), 20'000);
        QString asked;
        answerQuestion(this, false, &asked);
        stripButton(QStringLiteral("Discard"))->click();
        QVERIFY2(asked.startsWith(QStringLiteral("Discard what is parked: 1?")), qPrintable(asked));
        QCOMPARE(m_window->session.parked(), std::uint64_t{ 1 });
        QVERIFY(strip->isVisible());
        answerQuestion(this, true, &asked);
        m_window->trigger("send.discard"); // from the menu as well
        QTRY_VERIFY_WITH_TIMEOUT(!strip->isVisible(), 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(model().index(0, deliveries::DeliveriesModel::ResultColumn).data().toString(),
            QStringLiteral("Discarded"), 20'000);
    }

    void listsOnlyWhatStillMatches()
    {
        fill(m_file.toStdString());
        care().open(m_file.toStdString());
        QTRY_COMPARE_WITH_TIMEOUT(model().rowCount(), kDeliveries, 20'000);
        model().setPinned(model().sequences(), true);
        QTRY_VERIFY_WITH_TIMEOUT(model().rowAt(20) && model().rowAt(20)->pinned, 20'000);
        model().setFilter(query::parse("is:pinned").value());
        QTRY_COMPARE_WITH_TIMEOUT(model().rowCount(), kDeliveries, 20'000);
        std::vector<std::int64_t> unpinned;
        for (int row = 20; row < 120; ++row)
            unpinned.push_back(model().sequenceAt(row));
        const std::int64_t kept = model().sequenceAt(120);
        model().setPinned(unpinned, false);
        QTRY_VERIFY_WITH_TIMEOUT(model().rowAt(20) && !model().rowAt(20)->pinned, 20'000);
        QCOMPARE(model().rowCount(), kDeliveries); // what was looked at does not vanish under the hand
        model().sift();
        QTRY_COMPARE_WITH_TIMEOUT(model().rowCount(), kDeliveries - 100, 20'000);
        QCOMPARE(model().rowOf(kept), 20);
    }

private:
    shell::JournalCare &care() const { return *m_window->window.journalCare(); }
    deliveries::DeliveriesModel &model() const
    {
        return *m_window->window.findChild<deliveries::DeliveriesPanel *>()->model();
    }
    QAbstractButton *button(const QString &text) const
    {
        for (auto *one : m_window->window.findChildren<QPushButton *>())
            if (one->text() == text)
                return one;
        return nullptr;
    }
    /// The banner that holds the journal's buttons.
    widgets::Banner &banner() const
    {
        for (auto *one : m_window->window.findChildren<widgets::Banner *>())
            if (one->isAncestorOf(button(QStringLiteral("Try again"))))
                return *one;
        qFatal("there is no such banner");
    }
    QToolButton *stripButton(const QString &text) const
    {
        for (auto *one : m_window->window.findChild<deliveries::RunStrip *>()->findChildren<QToolButton *>())
            if (one->text() == text)
                return one;
        return nullptr;
    }

    std::unique_ptr<Window> m_window;
    QString m_file;
    QString m_said;
};

QTEST_MAIN(TestJournalCare)
#include "tst_journal_care.moc"
