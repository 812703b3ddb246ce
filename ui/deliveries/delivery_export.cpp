#include "ui/deliveries/delivery_export.h"

#include "core/journal/export.h"
#include "core/journal/har.h"

#include <QFile>
#include <QSaveFile>

#include <fmt/format.h>
#include <zip.h>

#include <cstdlib>
#include <cstring>
#include <memory>
#include <tuple>

namespace hookbench::deliveries {

namespace {

constexpr std::size_t kRowsWritten = 256;

Error notWritten(const std::string &path, const std::string &why)
{
    return { "export-write", fmt::format("{} could not be written: {}. Nothing was left there.", path, why), {}, {} };
}

Result<std::optional<journal::DeliveryRecord>> recordOf(const journal::Journal &journal, std::int64_t sequence)
{
    const auto rows = journal.rows({ &sequence, 1 });
    if (!rows)
        return tl::unexpected<Error>(rows.error());
    if (rows->empty())
        return std::nullopt;
    return journal.delivery(rows->front().id);
}

/// Calls `take` with each that is still there, as far as it may be shown.
template <typename Take>
Result<std::size_t> each(const journal::Journal &journal, std::span<const std::int64_t> sequences,
    const std::optional<journal::Redaction> &redaction, const std::stop_token &stop, Take take)
{
    std::size_t taken = 0;
    for (const std::int64_t sequence : sequences) {
        if (stop.stop_requested())
            return fail("export-stopped", "Stopped; nothing was written.");
        auto record = recordOf(journal, sequence);
        if (!record)
            return tl::unexpected<Error>(record.error());
        if (!*record)
            continue;
        if (!take(redaction ? journal::redacted(std::move(**record), *redaction) : std::move(**record)))
            return fail("export-write", "The file could not be written. Is the disk full?");
        ++taken;
    }
    return taken;
}

struct ZipDiscard
{
    void operator()(zip_t *archive) const { zip_discard(archive); }
};

Result<std::size_t> writeBodies(const journal::Journal &journal, std::span<const std::int64_t> sequences,
    const std::optional<journal::Redaction> &redaction, const std::string &path, const std::stop_token &stop)
{
    int code = 0;
    std::unique_ptr<zip_t, ZipDiscard> archive(zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code));
    if (!archive) {
        zip_error_t error;
        zip_error_init_with_code(&error, code);
        const std::string why = zip_error_strerror(&error);
        zip_error_fini(&error);
        return tl::unexpected<Error>(notWritten(path, why));
    }
    const auto add = [&](const std::string &name, const std::string &bytes) {
        // libzip reads it when the archive is closed, and frees it then.
        void *copy = std::malloc(std::max<std::size_t>(bytes.size(), 1));
        if (!copy)
            return false;
        std::memcpy(copy, bytes.data(), bytes.size());
        zip_source_t *source = zip_source_buffer(archive.get(), copy, bytes.size(), 1);
        if (!source) {
            std::free(copy);
            return false;
        }
        if (zip_file_add(archive.get(), name.c_str(), source, ZIP_FL_ENC_UTF_8) >= 0)
            return true;
        zip_source_free(source);
        return false;
    };
    const auto written = each(journal, sequences, redaction, stop, [&](const journal::DeliveryRecord &record) {
        if (record.delivery.hasBody && !add(record.delivery.id + "-request", record.delivery.body))
            return false;
        for (const journal::Attempt &attempt : record.attempts)
            if (!attempt.responseBody.empty()
                && !add(fmt::format("{}-response-{}", record.delivery.id, attempt.number), attempt.responseBody))
                return false;
        return true;
    });
    if (!written)
        return written;
    if (zip_close(archive.get()) != 0) // leaves the file that was there, if any, as it was
        return tl::unexpected<Error>(notWritten(path, zip_strerror(archive.get())));
    std::ignore = archive.release(); // closing freed it
    return written;
}

} // namespace

Result<std::size_t> exportDeliveries(const journal::Journal &journal, std::span<const std::int64_t> sequences,
    ExportForm form, const std::optional<journal::Redaction> &redaction, const std::string &path, std::stop_token stop)
{
    if (form == ExportForm::Bodies)
        return writeBodies(journal, sequences, redaction, path, stop);
    if (form == ExportForm::Har && sequences.size() > kMostInHar)
        return fail("export-many",
            fmt::format(
                "{} deliveries are too many for one HTTP archive, which viewers read as a whole: choose at most "
                "{}, or write NDJSON.",
                sequences.size(), kMostInHar));
    QSaveFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::WriteOnly))
        return tl::unexpected<Error>(notWritten(path, file.errorString().toStdString()));
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner); // bodies are the users' customers
    const auto write
        = [&](const std::string &text) { return file.write(text.data(), static_cast<qint64>(text.size())) >= 0; };
    const journal::ExportOptions options{ !redaction, redaction ? redaction->maskedHeaders : HeaderNames() };
    Result<std::size_t> written = 0;
    if (form == ExportForm::Csv) {
        write(journal::csvHeader());
        for (std::size_t at = 0; at < sequences.size() && written; at += kRowsWritten) {
            if (stop.stop_requested())
                return fail("export-stopped", "Stopped; nothing was written.");
            const auto rows = journal.rows(sequences.subspan(at, std::min(kRowsWritten, sequences.size() - at)));
            if (!rows)
                return tl::unexpected<Error>(rows.error());
            for (const journal::DeliveryRow &row : *rows)
                write(journal::csvLine(row, options));
            *written += rows->size();
        }
    } else if (form == ExportForm::Ndjson) {
        written = each(journal, sequences, redaction, stop,
            [&](const journal::DeliveryRecord &record) { return write(journal::ndjsonLine(record, options)); });
    } else {
        std::vector<journal::DeliveryRecord> records;
        written = each(journal, sequences, redaction, stop, [&](journal::DeliveryRecord record) {
            records.push_back(std::move(record));
            return true;
        });
        if (written)
            write(journal::har(records, { .redaction = redaction }));
    }
    if (!written)
        return written; // the file is given up
    if (!file.commit())
        return tl::unexpected<Error>(notWritten(path, file.errorString().toStdString()));
    return written;
}

} // namespace hookbench::deliveries
