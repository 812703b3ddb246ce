#include "ui/deliveries/delivery_actions.h"

#include "core/base/display.h"
#include "ui/deliveries/resend_dialog.h"
#include "ui/document/workbench.h"
#include "ui/theme/icons.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QInputDialog>
#include <QLocale>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QUrl>

#include <algorithm>
#include <span>

namespace hookbench::deliveries {

namespace {

struct FormWords
{
    ExportForm form;
    const char *words;
    const char *suffix;
};
constexpr FormWords kForms[] = {
    { ExportForm::Ndjson, QT_TRANSLATE_NOOP("DeliveryActions", "NDJSON"), "ndjson" },
    { ExportForm::Har, QT_TRANSLATE_NOOP("DeliveryActions", "HTTP archive (HAR 1.2)"), "har" },
    { ExportForm::Csv, QT_TRANSLATE_NOOP("DeliveryActions", "CSV"), "csv" },
    { ExportForm::Bodies, QT_TRANSLATE_NOOP("DeliveryActions", "Bodies (zip)"), "zip" },
};

constexpr std::size_t kRowsRead = 500;
constexpr std::size_t kMostHosts = 5;

std::string hostOf(const std::string &url)
{
    const QUrl parsed(QString::fromStdString(url));
    const QString host
        = parsed.port() >= 0 ? QStringLiteral("%1:%2").arg(parsed.host()).arg(parsed.port()) : parsed.host();
    return host.toStdString();
}

Result<std::set<std::string>> hostsOf(
    const journal::Journal &journal, std::span<const std::int64_t> sequences, const std::stop_token &stop)
{
    std::set<std::string> hosts;
    for (std::size_t at = 0; at < sequences.size() && !stop.stop_requested(); at += kRowsRead) {
        const auto rows = journal.rows(sequences.subspan(at, std::min(kRowsRead, sequences.size() - at)));
        if (!rows)
            return tl::unexpected<Error>(rows.error());
        for (const journal::DeliveryRow &row : *rows)
            hosts.insert(hostOf(row.url));
    }
    return hosts;
}

} // namespace

bool isConfirmed(QWidget *window, const QString &question, const QString &detail, const QString &verb)
{
    QMessageBox box(QMessageBox::Question, DeliveryActions::tr("Deliveries"), question, QMessageBox::Cancel, window);
    box.setTextFormat(Qt::PlainText);
    box.setInformativeText(detail);
    QAbstractButton *yes = box.addButton(verb, QMessageBox::AcceptRole);
    box.setDefaultButton(QMessageBox::Cancel);
    box.exec();
    return box.clickedButton() == yes;
}

DeliveryActions::DeliveryActions(document::Workbench &workbench, QWidget *window)
    : QObject(window)
    , m_workbench(workbench)
    , m_window(window)
{
}

DeliveryActions::~DeliveryActions()
{
    m_stop.request_stop();
}

void DeliveryActions::fillResend(
    QMenu *menu, const Sequences &chosen, const Sequences &listed, const journal::RecordPtr &record)
{
    const bool signs = m_workbench.secret().isSet();
    const auto fill = [this, signs](QMenu *into, const Sequences &sequences) {
        into->addAction(tr("As it was, same bytes"), this, [this, sequences] { resendAsItWas(sequences); });
        QAction *sign = into->addAction(signs ? tr("Signed again") : tr("Signed again (there is no shared secret)"),
            this, [this, sequences] { resendSigned(sequences); });
        sign->setEnabled(signs);
        sign->setToolTip(
            signs ? tr("The same body, signed with the shared secret as it is now") : tr("There is no shared secret"));
        into->addAction(tr("Mapped again"), this, [this, sequences] { resendMapped(sequences); })
            ->setToolTip(tr("The same events through the mapping of the same name as it is now"));
        into->addAction(tr("To another URL…"), this, [this, sequences] { askForUrl(sequences); });
        into->setToolTipsVisible(true);
    };
    fill(menu, chosen);
    if (chosen.size() == 1 && record && record->sequence == chosen.front())
        menu->addAction(tr("Edited…"), this, [this, record] { edit(record); });
    if (listed.size() > chosen.size()) {
        menu->addSeparator();
        fill(
            menu->addMenu(tr("All %1 listed").arg(QLocale().toString(static_cast<qulonglong>(listed.size())))), listed);
    }
    const bool running = m_workbench.session().isRunning();
    menu->setEnabled(!running);
    if (running)
        menu->setTitle(tr("Send again (a run is going on)"));
}

void DeliveryActions::fillExport(QMenu *menu, const Sequences &chosen, const Sequences &listed)
{
    const auto fill = [this](QMenu *into, const Sequences &sequences) {
        for (const FormWords &form : kForms)
            into->addAction(tr(form.words) + QStringLiteral("…"), this,
                [this, form = form.form, sequences] { askForFile(form, sequences); });
    };
    fill(menu, chosen);
    if (listed.size() > chosen.size()) {
        menu->addSeparator();
        fill(
            menu->addMenu(tr("All %1 listed").arg(QLocale().toString(static_cast<qulonglong>(listed.size())))), listed);
    }
}

void DeliveryActions::send(const Sequences &sequences, const pipeline::Resend &resend, bool mapAgain)
{
    std::optional<pipeline::Session::RemapWith> remap;
    if (mapAgain)
        remap = { m_workbench.document().project(), m_workbench.planOptions() };
    // Oldest first, as they were sent.
    Sequences inOrder = sequences;
    std::sort(inOrder.begin(), inOrder.end());
    using pipeline::Session;
    auto go = [this, inOrder, resend, remap = std::move(remap)] {
        m_workbench.session().resend(inOrder, resend, remap, m_workbench.runOptions());
    };
    if (inOrder.size() <= kManyToSend || !m_workbench.session().journal())
        return go();
    if (resend.url)
        return askToSend(inOrder.size(), { hostOf(*resend.url) }, go);
    // Which hosts it goes to is read elsewhere: they may be a million.
    m_workbench.session().onJournal(Session::Lane::Listing, this,
        [this, inOrder, mapAgain, go = std::move(go), stop = m_stop.get_token()](
            const journal::Journal &journal, const Session::Tell &tell) {
            const auto hosts = mapAgain ? std::set<std::string>() : hostsOf(journal, inOrder, stop);
            if (stop.stop_requested())
                return;
            tell([this, count = inOrder.size(), hosts, go] {
                if (hosts)
                    askToSend(count, *hosts, go);
                else
                    Q_EMIT told(tr("Nothing was sent"), QString::fromStdString(hosts.error().message));
            });
        });
}

void DeliveryActions::askToSend(std::size_t count, const std::set<std::string> &hosts, const std::function<void()> &go)
{
    const QString number = QLocale().toString(static_cast<qulonglong>(count));
    QStringList named;
    for (const std::string &host : hosts)
        if (static_cast<std::size_t>(named.size()) < kMostHosts)
            named << (host.empty() ? tr("(no host)") : QString::fromStdString(escapeForDisplay(host)));
    if (hosts.size() > kMostHosts)
        named << tr("and %1 more").arg(hosts.size() - kMostHosts);
    const QString where = hosts.empty() ? tr("They go to where the mappings of the open project send them now.")
        : hosts.size() == 1             ? tr("They go to %1.").arg(named.front())
                            : tr("They go to %1 hosts: %2.").arg(hosts.size()).arg(named.join(QStringLiteral(", ")));
    if (isConfirmed(m_window, tr("Send %1 deliveries again?").arg(number), where, tr("&Send %1").arg(number)))
        go();
}

void DeliveryActions::resendAsItWas(const Sequences &sequences)
{
    send(sequences, {});
}

void DeliveryActions::resendSigned(const Sequences &sequences)
{
    pipeline::Resend resend;
    resend.reSign = true;
    resend.secret = m_workbench.secret().value();
    send(sequences, resend);
}

void DeliveryActions::resendMapped(const Sequences &sequences)
{
    send(sequences, {}, true);
}

void DeliveryActions::resendTo(const QString &url, const Sequences &sequences)
{
    pipeline::Resend resend;
    resend.url = url.toStdString();
    send(sequences, resend);
}

void DeliveryActions::askForUrl(const Sequences &sequences)
{
    bool ok = false;
    const QString url = QInputDialog::getText(m_window, tr("Send to another URL"),
        tr("The body and its signature stay as they were. URL:"), QLineEdit::Normal,
        m_workbench.session().receiverUrl(), &ok);
    if (ok && !url.trimmed().isEmpty())
        resendTo(url.trimmed(), sequences);
}

void DeliveryActions::edit(const journal::RecordPtr &record)
{
    ResendDialog dialog(journal::alsoMasking(record, m_workbench.document().project().maskedHeaders),
        m_workbench.secret().value(), m_window);
    if (dialog.exec() == QDialog::Accepted)
        send({ record->sequence }, dialog.resend());
}

void DeliveryActions::askForFile(ExportForm form, const Sequences &sequences)
{
    const auto words = std::find_if(
        std::begin(kForms), std::end(kForms), [form](const FormWords &candidate) { return candidate.form == form; });
    const QString suffix = QString::fromLatin1(words->suffix);
    QMessageBox box(QMessageBox::NoIcon, tr("Export deliveries"),
        tr("Export %1 deliveries as %2")
            .arg(QLocale().toString(static_cast<qulonglong>(sequences.size())), tr(words->words)),
        QMessageBox::Cancel, m_window);
    box.setInformativeText(
        tr("Authorization, cookies, passwords in URLs, masked headers and the shared secret are left "
           "out, unless they are included."));
    QCheckBox secrets(tr("&Include secrets"));
    box.setCheckBox(&secrets);
    QPushButton *choose = box.addButton(tr("&Choose a file…"), QMessageBox::AcceptRole);
    box.setDefaultButton(choose);
    box.exec();
    if (box.clickedButton() != choose)
        return;
    const QString path = QFileDialog::getSaveFileName(m_window, tr("Export deliveries"),
        QStringLiteral("deliveries.") + suffix, tr(words->words) + QStringLiteral(" (*.%1)").arg(suffix));
    if (!path.isEmpty())
        exportTo(path, form, sequences, secrets.isChecked());
}

void DeliveryActions::exportTo(const QString &path, ExportForm form, const Sequences &sequences, bool withSecrets)
{
    std::optional<journal::Redaction> redaction;
    if (!withSecrets)
        redaction = { m_workbench.document().project().maskedHeaders, { m_workbench.secret().value() } };
    using pipeline::Session;
    m_workbench.session().onJournal(Session::Lane::Listing, this,
        [this, path, form, sequences, redaction, stop = m_stop.get_token()](
            const journal::Journal &journal, const Session::Tell &tell) {
            const Result<std::size_t> written
                = exportDeliveries(journal, sequences, form, redaction, path.toStdString(), stop);
            tell([this, path, written, isPlain = !redaction] {
                if (written)
                    Q_EMIT told(tr("%n deliveries written", nullptr, static_cast<int>(*written)),
                        isPlain ? tr("%1, with credentials: keep it to yourself").arg(path)
                                : tr("%1, without credentials").arg(path));
                else
                    Q_EMIT told(tr("Nothing was written"), QString::fromStdString(written.error().message));
            });
        });
}

} // namespace hookbench::deliveries
