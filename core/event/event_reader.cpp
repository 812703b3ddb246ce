#include "core/event/event_reader.h"

#include "core/event/splitter.h"
#include "core/json/parse.h"
#include "core/json/text.h"

#include <QIODevice>

#include <fmt/format.h>

namespace hookbench::event {

namespace {

constexpr std::size_t kChunk = 256 * 1024;

Error notAnObject(json::Value value, const TextPosition &position)
{
    return { "event-not-object",
        fmt::format("Line {}, column {} (byte {}): found {} {}, an event must be a JSON object, {{…}}.", position.line,
            position.column, position.offset, value.isArray() ? "an" : "a", json::kindName(value.kind())),
        {}, position };
}

json::ParseLimits parseLimits(const ReaderLimits &limits)
{
    return { limits.depth, limits.eventBytes };
}

Item mistakeItem(std::size_t index, const Piece &piece, Error error)
{
    return { index, piece.position.offset, piece.position.line, tl::unexpected(std::move(error)),
        std::string(piece.text), piece.fatal };
}

/// How many bytes were read into `buffer`; 0 at the end.
Result<std::size_t> readSome(QIODevice &device, std::string &buffer)
{
    const qint64 count = device.read(buffer.data(), static_cast<qint64>(buffer.size()));
    if (count < 0)
        return fail("file-read", fmt::format("Reading the events failed: {}.", device.errorString().toStdString()));
    return static_cast<std::size_t>(count);
}

} // namespace

EventReader::EventReader(ReaderLimits limits)
    : m_limits(limits)
    , m_splitter(std::make_unique<Splitter>(limits))
{
}

EventReader::~EventReader() = default;
EventReader::EventReader(EventReader &&) noexcept = default;
EventReader &EventReader::operator=(EventReader &&) noexcept = default;

void EventReader::feed(std::string_view bytes)
{
    m_splitter->feed(bytes);
}

void EventReader::finish()
{
    m_splitter->finish();
}

Shape EventReader::shape() const
{
    return m_splitter->shape();
}

std::optional<Item> EventReader::next()
{
    const std::optional<Piece> piece = m_splitter->next();
    if (!piece)
        return std::nullopt;
    if (piece->mistake)
        return mistakeItem(m_events, *piece, *piece->mistake);
    Result<json::Document> event = json::parse(piece->text, parseLimits(m_limits));
    if (!event)
        return mistakeItem(m_events, *piece, inStream(std::move(event.error()), piece->position));
    if (!event->root().isObject())
        return mistakeItem(m_events, *piece, notAnObject(*event, piece->position));
    return Item{ m_events++, piece->position.offset, piece->position.line, std::move(event), std::string(piece->text),
        false };
}

DeviceReader::DeviceReader(QIODevice &device, ReaderLimits limits)
    : m_device(device)
    , m_reader(limits)
    , m_buffer(kChunk, '\0')
{
}

std::optional<Item> DeviceReader::next()
{
    for (;;) {
        if (std::optional<Item> item = m_reader.next(); item || m_atEnd)
            return item;
        const Result<std::size_t> count = readSome(m_device, m_buffer);
        if (!count) {
            m_atEnd = true;
            Item failed;
            failed.event = tl::unexpected(count.error());
            failed.fatal = true;
            return failed;
        }
        m_atEnd = *count == 0;
        if (m_atEnd)
            m_reader.finish();
        else
            m_reader.feed(std::string_view(m_buffer).substr(0, *count));
    }
}

Result<ScanReport> scan(QIODevice &device, ReaderLimits limits, std::size_t keep)
{
    ScanReport report;
    Splitter splitter(limits);
    json::Arena arena;
    std::string buffer(kChunk, '\0');
    bool atEnd = false;
    const auto mistake = [&](const Piece &piece, Error error) {
        ++report.errors;
        if (report.mistakes.size() < keep)
            report.mistakes.push_back(mistakeItem(report.events, piece, std::move(error)));
    };
    while (!atEnd) {
        const Result<std::size_t> count = readSome(device, buffer);
        if (!count)
            return tl::unexpected(count.error());
        atEnd = *count == 0;
        report.bytes += *count;
        if (atEnd)
            splitter.finish();
        else
            splitter.feed(std::string_view(buffer).substr(0, *count));
        while (const std::optional<Piece> piece = splitter.next()) {
            if (piece->mistake) {
                mistake(*piece, *piece->mistake);
                atEnd = atEnd || piece->fatal;
                continue;
            }
            arena.reset();
            const Result<json::Value> event = json::parseBorrowing(arena, piece->text, parseLimits(limits));
            if (!event)
                mistake(*piece, inStream(event.error(), piece->position));
            else if (!event->isObject())
                mistake(*piece, notAnObject(*event, piece->position));
            else
                ++report.events;
        }
    }
    report.shape = splitter.shape();
    return report;
}

} // namespace hookbench::event
