#pragma once
// Events out of a stream: NDJSON (one event a line), one JSON array of events, or one event, told apart by what stands
// there. Memory is bounded by the largest single event, never by the stream. Fed with bytes as they come, it gives each
// event as soon as it is complete.
//
// An event is a JSON object. What is none is an item with an error; the reader goes on with the next line or element,
// except after a mistake that leaves no next one to find (a byte order mark, brackets or strings of an array or of an
// event spread over lines that do not close): that error is `fatal` and the last item.
//
// Threads: one reader per thread. No QObject, no clock.
#include "core/base/result.h"
#include "core/json/value.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

class QIODevice;

namespace hookbench::event {

struct ReaderLimits
{
    std::size_t eventBytes = std::size_t{ 32 } << 20; ///< of one event; a longer one is an error, and skipped
    std::size_t depth = 1024;
};

class Splitter;

enum class Shape { Unknown, Lines, Array, Single };

/// One event, or what stood in its place.
struct Item
{
    /// Counts parsed events from 0; for an error, the index the next parsed event gets.
    std::size_t index = 0;
    std::uint64_t offset = 0; ///< of the first byte of the event (or error) in the stream
    std::size_t line = 1; ///< where it begins, from 1
    Result<json::Document> event;
    std::string text; ///< the event's bytes as they stood there, without white space around it; empty when too long
    bool fatal = false; ///< nothing comes after this

    bool ok() const { return event.has_value(); }
};

class EventReader
{
public:
    explicit EventReader(ReaderLimits limits = {});
    ~EventReader();
    EventReader(EventReader &&) noexcept;
    EventReader &operator=(EventReader &&) noexcept;

    void feed(std::string_view bytes);
    /// No more bytes will come.
    void finish();
    /// The next item, or nullopt: then feed more, or, after finish, all are read.
    /// Error codes: event-not-object, event-too-long, event-bom, event-trailing, json-syntax, json-utf8,
    /// json-depth. Their positions count from the start of the stream.
    std::optional<Item> next();
    Shape shape() const;

private:
    ReaderLimits m_limits;
    std::unique_ptr<Splitter> m_splitter;
    std::size_t m_events = 0;
};

/// What a scan found.
struct ScanReport
{
    std::size_t events = 0;
    std::size_t errors = 0;
    std::uint64_t bytes = 0;
    Shape shape = Shape::Unknown;
    std::vector<Item> mistakes; ///< the first `keep` items with an error
};

/// Reads everything and keeps nothing: to know before anything is sent that every event is good. Error code: file-read,
/// when the device fails.
Result<ScanReport> scan(QIODevice &device, ReaderLimits limits = {}, std::size_t keep = 100);

/// Pulls items from a device that always has bytes or is at its end: a file, a buffer. For events that come when they
/// like, feed an EventReader. A read that fails is a fatal item with code file-read.
class DeviceReader
{
public:
    explicit DeviceReader(QIODevice &device, ReaderLimits limits = {});
    /// The next item, or nullopt at the end.
    std::optional<Item> next();
    Shape shape() const { return m_reader.shape(); }

private:
    QIODevice &m_device;
    EventReader m_reader;
    std::string m_buffer;
    bool m_atEnd = false;
};

} // namespace hookbench::event
