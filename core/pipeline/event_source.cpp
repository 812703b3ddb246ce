#include "core/pipeline/event_source.h"

#include <QFile>
#include <QFileInfo>
#include <QSocketNotifier>

#include <array>
#include <cerrno>
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

namespace hookbench::pipeline {

ListSource::ListSource(std::vector<json::Document> events, QObject *parent)
    : EventSource(parent)
    , m_events(std::move(events))
{
}

std::optional<event::Item> ListSource::next()
{
    if (isAtEnd())
        return std::nullopt;
    const std::size_t index = m_next++;
    return event::Item{ index, 0, index + 1, m_events[index], {}, false };
}

FileSource::FileSource(std::unique_ptr<QFile> file)
    : m_file(std::move(file))
    , m_reader(std::make_unique<event::DeviceReader>(*m_file))
    , m_size(static_cast<std::uint64_t>(m_file->size()))
{
}

FileSource::~FileSource() = default;

Result<std::unique_ptr<FileSource>> FileSource::open(const std::string &path)
{
    const QString name = QString::fromStdString(path);
    if (QFileInfo(name).isDir())
        return fail("file-is-directory", fmt::format("{} is a folder. Name a file with events.", path));
    auto file = std::make_unique<QFile>(name);
    if (!file->open(QIODevice::ReadOnly)) {
        const bool missing = !QFileInfo::exists(name);
        return fail(missing ? "file-not-found" : "file-no-permission",
            fmt::format("{} could not be opened: {}. Check the name and the permissions.", path,
                file->errorString().toStdString()));
    }
    return std::unique_ptr<FileSource>(new FileSource(std::move(file)));
}

std::optional<event::Item> FileSource::next()
{
    if (m_atEnd)
        return std::nullopt;
    auto item = m_reader->next();
    m_atEnd = !item || item->fatal;
    return item;
}

std::uint64_t FileSource::done() const
{
    return static_cast<std::uint64_t>(m_file->pos());
}

Result<event::ScanReport> FileSource::scan()
{
    auto report = event::scan(*m_file);
    m_file->seek(0);
    m_reader = std::make_unique<event::DeviceReader>(*m_file);
    m_atEnd = false;
    return report;
}

bool FileSource::isSequential() const
{
    return m_file->isSequential();
}

StreamSource::StreamSource(int descriptor, QObject *parent)
    : EventSource(parent)
    , m_descriptor(descriptor)
    , m_notifier(std::make_unique<QSocketNotifier>(descriptor, QSocketNotifier::Read))
{
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &StreamSource::read);
}

StreamSource::~StreamSource() = default;

void StreamSource::read()
{
    m_notifier->setEnabled(false); // until what came is used up: a slow endpoint holds back the pipe
    std::array<char, 1 << 16> buffer;
    const ssize_t got = ::read(m_descriptor, buffer.data(), buffer.size());
    if (got > 0) {
        m_bytes += static_cast<std::uint64_t>(got);
        m_reader.feed({ buffer.data(), static_cast<std::size_t>(got) });
    } else if (got == 0 || (errno != EINTR && errno != EAGAIN)) {
        m_reader.finish();
        m_finished = true;
    }
    Q_EMIT ready();
}

std::optional<event::Item> StreamSource::next()
{
    if (m_atEnd)
        return std::nullopt;
    auto item = m_reader.next();
    if (item) {
        m_atEnd = item->fatal;
        return item;
    }
    if (m_finished)
        m_atEnd = true;
    else
        m_notifier->setEnabled(true);
    return std::nullopt;
}

} // namespace hookbench::pipeline
