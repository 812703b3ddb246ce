#include "ui/deliveries/delivery_actions.h"

#include "ui/deliveries/resend_dialog.h"
#include "ui/document/workbench.h"
#include "ui/theme/icons.h"

#include <QFileDialog>
#include <QInputDialog>
#include <QLocale>
#include <QMenu>
#include <QUrl>

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

} // namespace

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
        QAction *sign = into->addAction(tr("Signed again"), this, [this, sequences] { resendSigned(sequences); });
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
    menu->setEnabled(!m_workbench.session().isRunning());
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
    m_workbench.session().resend(std::move(inOrder), resend, std::move(remap), m_workbench.runOptions());
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
    const QString path = QFileDialog::getSaveFileName(m_window, tr("Export deliveries"),
        QStringLiteral("deliveries.") + suffix, tr(words->words) + QStringLiteral(" (*.%1)").arg(suffix));
    if (!path.isEmpty())
        exportTo(path, form, sequences);
}

void DeliveryActions::exportTo(const QString &path, ExportForm form, const Sequences &sequences)
{
    const journal::Redaction redaction{ m_workbench.document().project().maskedHeaders,
        { m_workbench.secret().value() } };
    using pipeline::Session;
    m_workbench.session().onJournal(Session::Lane::Listing, this,
        [this, path, form, sequences, redaction, stop = m_stop.get_token()](
            const journal::Journal &journal, const Session::Tell &tell) {
            const Result<std::size_t> written
                = exportDeliveries(journal, sequences, form, redaction, path.toStdString(), stop);
            tell([this, path, written] {
                if (written)
                    Q_EMIT told(tr("%n deliveries written", nullptr, static_cast<int>(*written)),
                        tr("%1, without credentials").arg(path));
                else
                    Q_EMIT told(tr("Nothing was written"), QString::fromStdString(written.error().message));
            });
        });
}

} // namespace hookbench::deliveries
