#include "ui/shell/journal_care.h"

#include "core/base/clock.h"
#include "core/storage/settings.h"
#include "ui/document/outcome_words.h"
#include "ui/document/workbench.h"
#include "ui/widgets/banner.h"

#include <QAbstractButton>

namespace hookbench::shell {

namespace {

namespace keys = storage::settings;
using Lane = pipeline::Session::Lane;
using namespace std::chrono_literals;

constexpr std::chrono::seconds kFirstThinning = 5s; // the start has other things to do
constexpr std::chrono::minutes kThinEvery = 10min;
constexpr std::chrono::milliseconds kWorthTelling = 400ms;
constexpr journal::WallMs kDayMs = 86'400'000;
constexpr std::uint64_t kMegabyte = 1'000'000;

} // namespace

journal::Retention retentionOf(int days, int megabytes, journal::WallMs now)
{
    return { days > 0 ? now - days * kDayMs : 0,
        megabytes > 0 ? static_cast<std::uint64_t>(megabytes) * kMegabyte : std::uint64_t{ 0 } };
}

JournalCare::JournalCare(document::Workbench &workbench, widgets::Banner *banner, QObject *parent)
    : QObject(parent)
    , m_workbench(workbench)
    , m_banner(banner)
    , m_again(banner->addAction(tr("Try again")))
    , m_salvage(banner->addAction(QString()))
{
    banner->setClosable(true);
    banner->hide();
    connect(m_again, &QAbstractButton::clicked, this, [this] { open(m_path); });
    connect(m_salvage, &QAbstractButton::clicked, this, [this] {
        m_isOpen = false;
        m_banner->hide();
        m_workbench.session().salvageJournal(m_path);
        showState();
    });
    m_thinAgain.setSingleShot(true);
    connect(&m_thinAgain, &QTimer::timeout, this, &JournalCare::thin);
    m_compactingLong.setSingleShot(true);
    m_compactingLong.setInterval(kWorthTelling);
    connect(&m_compactingLong, &QTimer::timeout, this, [this] {
        show(static_cast<int>(widgets::Tone::Accent), tr("Compacting the journal"),
            tr("It is written anew without what was removed. Sending waits when much is to be recorded."),
            Offer::Nothing);
    });
    m_workbench.bind("journal.compact", this, [this] { compact(); });

    pipeline::Session &session = workbench.session();
    connect(&session, &pipeline::Session::journalOpened, this, [this](const pipeline::SalvagePtr &salvage) {
        onOpened(salvage ? QString::fromStdString(salvage->message) : QString());
    });
    connect(&session, &pipeline::Session::journalRefused, this, &JournalCare::onRefused);
    connect(&session, &pipeline::Session::journalFailed, this, [this](const Error &error) {
        if (error.code == "journal-damaged")
            onDamaged(error);
    });
    connect(&session, &pipeline::Session::runStarted, this, &JournalCare::showState);
    connect(&session, &pipeline::Session::runFinished, this, &JournalCare::showState);
    connect(&workbench, &document::Workbench::settingsChanged, this, &JournalCare::thin);
    showState();
}

JournalCare::~JournalCare()
{
    m_stop.request_stop();
}

void JournalCare::open(const std::string &path)
{
    m_path = path;
    m_banner->hide();
    m_workbench.session().openJournalSoon(path);
}

void JournalCare::onOpened(const QString &salvaged)
{
    m_isOpen = true;
    m_banner->hide();
    if (!salvaged.isEmpty())
        show(static_cast<int>(widgets::Tone::Warning), tr("The journal was damaged"), salvaged, Offer::Nothing);
    m_thinAgain.start(kFirstThinning);
    showState();
}

void JournalCare::onRefused(const Error &error)
{
    const bool mayBegin = error.code == "journal-foreign" || error.code == "journal-damaged";
    show(static_cast<int>(widgets::Tone::Error), tr("Deliveries are not recorded"),
        QString::fromStdString(error.message), mayBegin ? Offer::Salvage : Offer::OpenAgain);
    m_salvage->setText(tr("Move it aside and begin a new one"));
}

void JournalCare::onDamaged(const Error &error)
{
    if (!m_isOpen || m_path.empty())
        return;
    show(static_cast<int>(widgets::Tone::Error), tr("The journal is damaged"), QString::fromStdString(error.message),
        Offer::Salvage);
    m_salvage->setText(tr("Move it aside and save what can be read"));
    showState();
}

void JournalCare::show(int tone, const QString &text, const QString &detail, Offer offer)
{
    m_banner->setTone(static_cast<widgets::Tone>(tone));
    m_banner->setText(text, detail);
    m_again->setVisible(offer == Offer::OpenAgain && !m_path.empty());
    m_salvage->setVisible(offer == Offer::Salvage);
    m_banner->show();
}

void JournalCare::showState()
{
    const bool running = m_workbench.session().isRunning();
    QAction *compact = m_workbench.action("journal.compact");
    compact->setEnabled(m_isOpen && !m_isCompacting && !running);
    m_salvage->setEnabled(!running);
    m_salvage->setToolTip(running ? tr("Not while a run is going on") : QString());
}

void JournalCare::thin()
{
    m_thinAgain.start(kThinEvery);
    const storage::Settings &settings = m_workbench.settings();
    const journal::Retention retention = retentionOf(settings.get(keys::journalDays),
        settings.get(keys::journalMegabytes), SystemClock().wall().time_since_epoch().count());
    if (!m_isOpen || m_isThinning || m_isCompacting || (retention.olderThan == 0 && retention.bytes == 0))
        return;
    m_isThinning = true;
    m_workbench.session().onJournal(Lane::Upkeep, this,
        [this, retention, stop = m_stop.get_token()](journal::Journal &journal, const pipeline::Session::Tell &tell) {
            const Result<journal::Removal> removed = journal.enforce(retention, stop);
            tell([this, removed] {
                m_isThinning = false;
                if (!removed && removed.error().code == "journal-damaged") {
                    onDamaged(removed.error());
                } else if (!removed) {
                    m_workbench.say(tr("Old deliveries could not be removed from the journal: %1")
                                        .arg(QString::fromStdString(removed.error().message)));
                } else if (removed->deliveries > 0) {
                    Q_EMIT m_workbench.session().journalThinned();
                    m_workbench.say(tr("%n deliveries beyond what the settings keep were removed from the journal.",
                        nullptr, static_cast<int>(removed->deliveries)));
                }
            });
        });
}

void JournalCare::compact()
{
    if (!m_isOpen || m_isCompacting)
        return;
    m_isCompacting = true;
    m_compactingLong.start();
    showState();
    m_workbench.session().onJournal(
        Lane::Writing, this, [this](journal::Journal &journal, const pipeline::Session::Tell &tell) {
            const Result<journal::Removal> compacted = journal.compact();
            const Result<std::uint64_t> used = journal.usedBytes();
            tell([this, compacted, used] {
                m_isCompacting = false;
                m_compactingLong.stop();
                m_banner->hide();
                showState();
                if (!compacted && compacted.error().code == "journal-damaged")
                    onDamaged(compacted.error());
                else if (!compacted)
                    show(static_cast<int>(widgets::Tone::Error), tr("The journal was not compacted"),
                        QString::fromStdString(compacted.error().message), Offer::Nothing);
                else
                    m_workbench.say(tr("The journal was compacted: %1 given back, %2 in use.")
                                        .arg(document::sizeText(compacted->bytes),
                                            document::sizeText(used.value_or(std::uint64_t{ 0 }))));
            });
        });
}

} // namespace hookbench::shell
