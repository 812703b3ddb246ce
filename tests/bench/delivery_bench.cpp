#include "tests/bench/delivery_bench.h"

#include "core/delivery/network_transport.h"
#include "core/delivery/redirect_follower.h"
#include "core/json/parse.h"
#include "core/pipeline/run.h"
#include "core/receiver/receiver.h"

#include <QEventLoop>
#include <QTemporaryDir>
#include <QThread>

#include <fmt/format.h>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace hookbench::bench {

namespace {

std::string textOf(const std::string &path)
{
    std::ifstream file(path);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

// Reads the same distinct events again and again until the time is over; every event is parsed anew, as from a file.
class RepeatingSource final : public pipeline::EventSource
{
public:
    RepeatingSource(std::vector<std::string> lines, double seconds, std::size_t multiple)
        : m_lines(std::move(lines))
        , m_until(
              std::chrono::steady_clock::now() + std::chrono::microseconds(static_cast<std::int64_t>(seconds * 1e6)))
        , m_multiple(multiple)
    {
    }

    std::optional<event::Item> next() override
    {
        if (m_next % m_multiple == 0 && std::chrono::steady_clock::now() >= m_until)
            m_atEnd = true;
        if (m_atEnd)
            return std::nullopt;
        const std::size_t index = m_next++;
        return event::Item{ index, 0, index + 1, json::parse(m_lines[index % m_lines.size()]),
            m_lines[index % m_lines.size()], false };
    }
    bool isAtEnd() const override { return m_atEnd; }
    std::uint64_t done() const override { return m_next; }
    std::uint64_t total() const override { return 0; }

private:
    std::vector<std::string> m_lines;
    std::chrono::steady_clock::time_point m_until;
    std::size_t m_multiple;
    std::size_t m_next = 0;
    bool m_atEnd = false;
};

} // namespace

DeliveryRate deliver(const std::string &folder, bool batching, double seconds)
{
    std::vector<std::string> lines;
    std::istringstream events(textOf(folder + "/events.ndjson"));
    for (std::string line; std::getline(events, line);)
        lines.push_back(line);

    QThread receiverThread;
    receiver::Receiver receiver;
    receiver.moveToThread(&receiverThread);
    receiverThread.start();
    receiver::Options listening;
    listening.secret = "abc123";
    const std::string url = receiver.start(listening).value();

    destination::Project project = destination::newProject("bench");
    destination::Mapping mapping = destination::defaultMapping("bench");
    mapping.enabled = true;
    mapping.trigger = "type = \"track\" and event = \"Order Completed\" and properties.total > 10";
    mapping.settings = json::parse(
        fmt::format(
            R"({{"url":"{}/hook","method":"POST","headers":{{"X-Source":"segment"}},"data":{},"enable_batching":{},"batch_size":1000}})",
            url, textOf(folder + "/twelve-fields.json"), batching))
                           .value();
    project.mappings.push_back(mapping);

    const QTemporaryDir home;
    const auto journal = journal::Journal::open(home.filePath(QStringLiteral("journal.sqlite")).toStdString()).value();
    DeliveryRate result;
    {
        pipeline::JournalWriter writer(*journal);
        const SystemClock clock;
        delivery::NetworkTransport network;
        delivery::RedirectFollower transport(network, clock);
        pipeline::PlanOptions options;
        options.secret = "abc123";
        pipeline::Run run(std::make_shared<const pipeline::Plan>(project, options),
            std::make_unique<RepeatingSource>(std::move(lines), seconds, batching ? 1000 : 1), {}, transport, clock,
            nullptr, &writer);
        QEventLoop loop;
        pipeline::RunSummary summary;
        QObject::connect(&run, &pipeline::Run::finished, [&](const pipeline::RunSummary &total) {
            summary = total;
            loop.quit();
        });
        const auto start = std::chrono::steady_clock::now();
        run.start();
        loop.exec();
        writer.flush(); // the journal's part counts too
        const double took = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        if (summary.failed > 0 || summary.delivered == 0)
            throw std::runtime_error(fmt::format("{} deliveries failed", summary.failed));
        result = { static_cast<double>(summary.events) / took, static_cast<double>(summary.delivered) };
    }
    receiver.stop();
    receiverThread.quit();
    receiverThread.wait();
    return result;
}

} // namespace hookbench::bench
