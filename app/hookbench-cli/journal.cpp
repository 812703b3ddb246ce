#include "app/hookbench-cli/command.h"
#include "app/hookbench-cli/journal_file.h"
#include "app/hookbench-cli/line.h"
#include "core/journal/code.h"
#include "core/journal/export.h"
#include "core/journal/har.h"
#include "core/storage/file.h"

#include <cstdio>
#include <fmt/format.h>

namespace hookbench::cli {

namespace {

enum class Form { Ndjson, Csv, Har, Curl };

/// Prints as it reads; an HTTP archive is one JSON text and waits for its end.
class Printer
{
public:
    Printer(const journal::Journal &journal, Form form, bool includeSecret, std::string bodies)
        : m_journal(journal)
        , m_form(form)
        , m_bodies(std::move(bodies))
        , m_options{ includeSecret, {} }
        , m_redaction(includeSecret ? std::nullopt : std::optional(journal::Redaction{}))
    {
        if (form == Form::Csv)
            printText(journal::csvHeader());
    }

    Result<void> take(std::span<const std::int64_t> sequences)
    {
        const auto rows = m_journal.rows(sequences);
        if (!rows)
            return tl::unexpected<Error>(rows.error());
        for (const journal::DeliveryRow &row : *rows) {
            if (m_form == Form::Csv) {
                printText(journal::csvLine(row, m_options));
                continue;
            }
            auto record = m_journal.delivery(row.id);
            if (!record)
                return tl::unexpected<Error>(record.error());
            if (*record)
                take(std::move(**record));
        }
        std::fflush(stdout);
        return {};
    }

    bool leftOut() const { return m_leftOut; }

    void end()
    {
        if (m_form == Form::Har)
            printJson(journal::har(m_kept, { .redaction = m_redaction, .creatorVersion = HOOKBENCH_VERSION }));
        std::fflush(stdout);
    }

private:
    void take(journal::DeliveryRecord record)
    {
        if (m_form == Form::Har) {
            m_kept.push_back(std::move(record));
        } else if (m_form == Form::Curl) {
            const std::string file = (m_bodies.empty() ? std::string() : m_bodies + '/') + record.delivery.id + ".body";
            const journal::Code code
                = journal::codeOf(record, journal::CodeForm::Curl, { .redaction = m_redaction, .bodyFile = file });
            // A command that reads a file that is not there would send nothing.
            if (code.needsBodyFile && m_bodies.empty())
                return leaveOut(
                    record.delivery.id, "no command line can carry its body. Give --bodies FOLDER for a file.");
            if (code.needsBodyFile)
                if (const auto written = storage::writeFileAtomically(file, code.body, storage::kPrivateMode); !written)
                    return leaveOut(record.delivery.id, written.error().message);
            printText(code.text);
            if (!code.text.ends_with('\n'))
                printText("\n");
        } else {
            printJson(journal::ndjsonLine(record, m_options));
        }
    }

    void leaveOut(const std::string &id, const std::string &why)
    {
        say(fmt::format("hookbench-cli: {} is left out: {}", id, why));
        m_leftOut = true;
    }

    const journal::Journal &m_journal;
    Form m_form;
    std::string m_bodies; ///< where commands find bodies; empty: nowhere
    bool m_leftOut = false;
    journal::ExportOptions m_options;
    std::optional<journal::Redaction> m_redaction;
    std::vector<journal::DeliveryRecord> m_kept; ///< for an HTTP archive
};

} // namespace

int runJournal(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Prints the deliveries of a journal that a filter finds, newest first: a line for each."));
    parser.addPositionalArgument(QStringLiteral("FILE"), QStringLiteral("The journal."));
    addQueryOption(parser);
    parser.addOption(
        { QStringLiteral("ndjson"), QStringLiteral("A JSON object a line, with all that is known (default).") });
    parser.addOption({ QStringLiteral("har"), QStringLiteral("One HTTP archive (HAR 1.2).") });
    parser.addOption({ QStringLiteral("curl"), QStringLiteral("A cURL command each.") });
    parser.addOption({ QStringLiteral("csv"), QStringLiteral("Comma-separated values, without headers and bodies.") });
    parser.addOption({ QStringLiteral("bodies"),
        QStringLiteral("With --curl: write bodies that no command line can carry to FOLDER, where the commands read "
                       "them."),
        QStringLiteral("FOLDER") });
    parser.addOption({ QStringLiteral("salvage"),
        QStringLiteral("Read FILE to its end first; when it is damaged, move it aside and save what can be read. No "
                       "other program may have it open.") });
    parser.addOption({ QStringLiteral("limit"), QStringLiteral("At most N deliveries."), QStringLiteral("N") });
    parser.addOption({ QStringLiteral("include-secret"),
        QStringLiteral("Show Authorization, Cookie, masked headers and URL credentials as they are.") });
    if (const auto over = parse(parser, "journal", arguments))
        return *over;
    if (parser.positionalArguments().size() != 1)
        return unusable("give one journal: hookbench-cli journal FILE.");
    Form form = Form::Ndjson;
    int forms = 0;
    for (const auto &[name, asked] :
        { std::pair{ "ndjson", Form::Ndjson }, { "csv", Form::Csv }, { "har", Form::Har }, { "curl", Form::Curl } })
        if (parser.isSet(QString::fromLatin1(name))) {
            form = asked;
            ++forms;
        }
    if (forms > 1)
        return unusable("give one of --ndjson, --csv, --har and --curl.");
    const std::string bodies = parser.value(QStringLiteral("bodies")).toStdString();
    if (!bodies.empty() && form != Form::Curl)
        return unusable("--bodies goes with --curl.");
    if (!bodies.empty())
        if (const auto made = storage::makeFolder(bodies); !made)
            return unusable(made.error().message);
    const auto limit = numberOf(parser, QStringLiteral("limit"), 1e15, 0, 1e15);
    if (!limit)
        return Unusable;
    const auto query = readQuery(parser);
    if (!query)
        return unusable(query.error().message);
    const std::string path = parser.positionalArguments().front().toStdString();
    auto journal = parser.isSet(QStringLiteral("salvage")) ? openSalvagedJournal(path) : openExistingJournal(path);
    if (!journal)
        return unusable(journal.error().message);
    Printer printer(**journal, form, parser.isSet(QStringLiteral("include-secret")), bodies);
    auto left = static_cast<std::uint64_t>(*limit);
    Result<void> printed;
    const auto listed = (*journal)->list({ *query }, wallNow(), {}, [&](std::span<const std::int64_t> piece) {
        piece = piece.first(std::min<std::size_t>(piece.size(), left));
        left -= piece.size();
        for (std::size_t at = 0; at < piece.size() && printed; at += 256)
            printed = printer.take(piece.subspan(at, std::min<std::size_t>(256, piece.size() - at)));
        return printed && left > 0;
    });
    if (!listed || !printed) {
        say("hookbench-cli: " + (listed ? printed.error() : listed.error()).message);
        return SomethingFailed;
    }
    printer.end();
    return printer.leftOut() ? SomethingFailed : AllGood;
}

} // namespace hookbench::cli
