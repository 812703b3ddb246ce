#pragma once
// Where a run's events come from, pulled one by one so that a slow endpoint holds back a fast file.
#include "core/event/event_reader.h"

#include <QObject>

#include <memory>
#include <optional>
#include <string>
#include <vector>

class QFile;
class QSocketNotifier;

namespace hookbench::pipeline {

class EventSource : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// The next event or mistake; nullopt: none now, and when isAtEnd() none ever, otherwise wait for ready().
    virtual std::optional<event::Item> next() = 0;
    virtual bool isAtEnd() const = 0;
    /// How far along, for progress: bytes read and bytes in all, or events; 0 in all when nobody knows.
    virtual std::uint64_t done() const = 0;
    virtual std::uint64_t total() const = 0;

Q_SIGNALS:
    void ready();
};

/// Events that are in memory already.
class ListSource final : public EventSource
{
    Q_OBJECT

public:
    explicit ListSource(std::vector<json::Document> events, QObject *parent = nullptr);
    std::optional<event::Item> next() override;
    bool isAtEnd() const override { return m_next == m_events.size(); }
    std::uint64_t done() const override { return m_next; }
    std::uint64_t total() const override { return m_events.size(); }

private:
    std::vector<json::Document> m_events;
    std::size_t m_next = 0;
};

/// A file, read as it is needed.
class FileSource final : public EventSource
{
    Q_OBJECT

public:
    /// Error codes: those of storage::readFile for a file that cannot be opened.
    static Result<std::unique_ptr<FileSource>> open(const std::string &path);
    ~FileSource() override;
    std::optional<event::Item> next() override;
    bool isAtEnd() const override { return m_atEnd; }
    std::uint64_t done() const override;
    std::uint64_t total() const override { return m_size; }

    /// Reads the whole file once, keeps nothing, and starts over. Not for pipes.
    Result<event::ScanReport> scan();
    /// Pipes and devices cannot be read twice.
    bool isSequential() const;

private:
    explicit FileSource(std::unique_ptr<QFile> file);

    std::unique_ptr<QFile> m_file;
    std::unique_ptr<event::DeviceReader> m_reader;
    std::uint64_t m_size = 0;
    bool m_atEnd = false;
};

/// A descriptor that delivers when it likes: standard input, a pipe. Read without blocking the event loop.
class StreamSource final : public EventSource
{
    Q_OBJECT

public:
    explicit StreamSource(int descriptor, QObject *parent = nullptr);
    ~StreamSource() override;
    std::optional<event::Item> next() override;
    bool isAtEnd() const override { return m_atEnd; }
    std::uint64_t done() const override { return m_bytes; }
    std::uint64_t total() const override { return 0; }

private:
    void read();

    int m_descriptor;
    std::unique_ptr<QSocketNotifier> m_notifier;
    event::EventReader m_reader;
    std::uint64_t m_bytes = 0;
    bool m_finished = false;
    bool m_atEnd = false;
};

} // namespace hookbench::pipeline
