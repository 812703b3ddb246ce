#include "tests/conformance/deliver.h"

#include "core/base/clock.h"
#include "core/base/utf8.h"
#include "core/delivery/redirect_follower.h"
#include "core/destination/address.h"
#include "core/destination/payload.h"
#include "core/fql/trigger.h"
#include "core/json/stringify.h"
#include "core/json/text.h"
#include "core/mapping/liquid/liquid_engine.h"
#include "core/mapping/mapping.h"

#include <QByteArray>
#include <QEventLoop>
#include <QTimer>

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>

namespace hookbench::conformance {

namespace {

constexpr double kSegmentTimeoutMs = 10'000;

std::string utf8FromLatin1(std::string_view bytes)
{
    std::string out;
    for (const char c : bytes)
        appendCodePoint(out, static_cast<unsigned char>(c));
    return out;
}

// Answers as the case says and keeps what was handed to it. A delay beyond Segment's limit is a time-out at once: no
// clock runs.
class ScriptedTransport final : public delivery::Transport
{
public:
    explicit ScriptedTransport(json::Value vector)
    {
        const json::Value responses = vector.find("responses");
        if (responses.isArray())
            m_plan.assign(responses.items().begin(), responses.items().end());
        else
            m_plan.push_back(vector.find("response"));
    }

    void send(delivery::RequestPtr request, const delivery::TransportOptions &, Done done) override
    {
        const json::Value plan = m_plan.empty() ? json::Value() : m_plan[std::min(m_served, m_plan.size() - 1)];
        delivery::Outcome outcome;
        if (json::isTruthy(plan.find("refuse"))) {
            outcome.failure = delivery::Failure::Refused;
        } else {
            sent.push_back(request);
            ++m_served;
            if (json::isTruthy(plan.find("reset")))
                outcome.failure = delivery::Failure::ConnectionClosed;
            else if (plan.find("delay_ms").isNumber() && plan.find("delay_ms").asNumber() > kSegmentTimeoutMs)
                outcome.failure = delivery::Failure::Timeout;
            else
                outcome = delivery::outcomeOf(answer(plan));
        }
        QTimer::singleShot(0, [done = std::move(done), outcome = std::move(outcome)] { done(outcome); });
    }

    std::vector<delivery::RequestPtr> sent;

private:
    static delivery::Response answer(json::Value plan)
    {
        delivery::Response response;
        response.status = plan.find("status").isNumber() ? static_cast<int>(plan.find("status").asNumber()) : 200;
        response.headers.push_back({ "content-type", "text/plain" });
        const json::Value headers = plan.find("headers");
        if (headers.isObject())
            for (const json::Member &member : headers.members())
                response.headers.push_back({ std::string(member.name()), json::toText(member.value) });
        if (plan.find("body").isString())
            response.body = plan.find("body").asString();
        return response;
    }

    std::vector<json::Value> m_plan;
    std::size_t m_served = 0;
};

struct Delivered
{
    std::vector<bool> succeeded; ///< by call
    std::vector<delivery::RequestPtr> requests;
    std::set<std::string> mappedHeaders; ///< lower-case
};

class Pipeline
{
public:
    explicit Pipeline(json::Value vector)
        : m_vector(vector)
        , m_transport(vector)
        , m_follower(m_transport, m_clock)
        , m_trigger(fql::parse(""))
        , m_mapping(mapping::Mapping::compile(mappingOf(vector)))
    {
        const json::Value subscribe = vector.find("subscription").find("subscribe");
        if (subscribe.isString())
            m_trigger = fql::parse(subscribe.asString());
        rememberHeaderNames(vector.find("subscription").find("mapping").find("headers"));
    }

    Delivered run()
    {
        const json::Value events = m_vector.find("events");
        if (json::isTruthy(m_vector.find("batch"))) {
            m_out.succeeded.push_back(call(events.items(), true));
        } else {
            for (const json::Value event : events.items())
                m_out.succeeded.push_back(call({ &event, 1 }, false));
        }
        m_out.requests = m_transport.sent;
        return m_out;
    }

private:
    // A subscription without a mapping resolves to an empty payload.
    static json::Value mappingOf(json::Value vector)
    {
        const json::Value mapping = vector.find("subscription").find("mapping");
        return mapping.isUndefined() ? json::Value::object({}) : mapping;
    }

    // Segment's batch call, unlike the one for single events, takes an array for an event: an object with indexes for
    // keys.
    static json::Value asEvent(json::Value event, bool batch, json::Arena &arena)
    {
        if (!batch || !event.isArray())
            return event;
        json::ObjectBuilder object(arena);
        for (std::size_t i = 0; i < event.size(); ++i)
            object.add(std::to_string(i), event.at(i));
        return object.build();
    }

    void rememberHeaderNames(json::Value headers)
    {
        if (headers.isObject())
            for (const json::Member &member : headers.members())
                m_out.mappedHeaders.insert(asciiLower(member.name()));
    }

    /// Whether Segment's call would not throw.
    bool call(std::span<const json::Value> events, bool batch)
    {
        const auto secret = destination::sharedSecretOf(m_vector.find("settings"));
        if (!secret)
            return false;
        json::Arena arena;
        std::vector<destination::Payload> payloads;
        for (const json::Value event : events) {
            if (!m_trigger)
                continue; // never matches
            const Result<bool> matched = m_trigger->matches(event);
            if (!matched)
                return false;
            if (!*matched)
                continue;
            if (!m_mapping)
                return false;
            const Result<json::Value> resolved = m_mapping->resolve(asEvent(event, batch, arena), arena, &liquid());
            if (!resolved)
                return false;
            Result<destination::Payload> payload = destination::toPayload(*resolved, batch, arena);
            if (payload) {
                rememberHeaderNames(payload->headers);
                payloads.push_back(std::move(*payload));
            } else if (!batch) {
                return false;
            }
        }
        return payloads.empty() || send(payloads, batch, *secret);
    }

    bool send(std::span<const destination::Payload> payloads, bool batch, const std::optional<std::string> &secret)
    {
        std::optional<signing::Signer> signer;
        if (secret)
            signer.emplace(*secret);
        delivery::RequestOptions options;
        options.signer = signer ? &*signer : nullptr;
        auto request = delivery::buildRequest(payloads, batch, options);
        if (!request)
            return false;
        delivery::TransportOptions transport;
        transport.followRedirects = true;
        QEventLoop loop;
        delivery::Outcome outcome;
        m_follower.send(
            std::make_shared<const delivery::Request>(std::move(*request)), transport, [&](delivery::Outcome result) {
                outcome = std::move(result);
                loop.quit();
            });
        loop.exec();
        return outcome.delivered();
    }

    static mapping::LiquidEngine &liquid()
    {
        static mapping::LiquidEngine engine;
        return engine;
    }

    json::Value m_vector;
    SystemClock m_clock;
    ScriptedTransport m_transport;
    delivery::RedirectFollower m_follower;
    Result<fql::Trigger> m_trigger;
    Result<mapping::Mapping> m_mapping;
    Delivered m_out;
};

using HeaderMap = std::map<std::string, std::string>;

HeaderMap headersOf(const delivery::Request &request)
{
    HeaderMap out;
    for (const Header &header : request.headers) {
        auto [at, fresh] = out.emplace(asciiLower(header.name), utf8FromLatin1(header.value));
        if (!fresh)
            at->second += ", " + utf8FromLatin1(header.value);
    }
    return out;
}

HeaderMap headersOf(json::Value expected)
{
    HeaderMap out;
    for (const json::Member &member : expected.find("headers").members())
        out.emplace(member.name(), json::toText(member.value));
    return out;
}

std::string trimmed(std::string text)
{
    const auto first = text.find_first_not_of(" \t");
    return first == std::string::npos ? std::string() : text.substr(first, text.find_last_not_of(" \t") + 1 - first);
}

std::string difference(const delivery::Request &got, json::Value expected, const std::set<std::string> &mapped)
{
    const auto text = [&](const char *key) { return json::toText(expected.find(key)); };
    if (got.method != text("method"))
        return fmt::format("method {} instead of {}", got.method, text("method"));
    if (got.target != text("target"))
        return fmt::format("target {} instead of {}", got.target, text("target"));
    std::string body = text("body");
    if (expected.contains("body_base64"))
        body = QByteArray::fromBase64(QByteArray::fromStdString(text("body_base64"))).toStdString();
    if (got.body != body)
        return fmt::format("body {} instead of {}", got.body, body);
    if (const auto address = destination::addressOf(text("url"))) {
        if (got.scheme != address->scheme)
            return fmt::format("scheme {} instead of {}", got.scheme, address->scheme);
        if (got.host != address->host)
            return fmt::format("host {} instead of {}", got.host, address->host);
    }
    std::set<std::string> names = mapped;
    names.insert({ "x-signature", "content-type", "user-agent", "authorization" });
    for (const char *framing : { "connection", "content-length", "transfer-encoding", "te", "trailer", "upgrade" })
        names.erase(framing);
    const HeaderMap ours = headersOf(got);
    const HeaderMap theirs = headersOf(expected);
    for (const std::string &name : names) {
        const auto mine = ours.find(name);
        const auto other = theirs.find(name);
        if (mine == ours.end() && other == theirs.end())
            continue;
        const std::string a = mine == ours.end() ? "(none)" : trimmed(mine->second);
        const std::string b = other == theirs.end() ? "(none)" : trimmed(other->second);
        if (a != b)
            return fmt::format("header {} is {} instead of {}", name, a, b);
    }
    return {};
}

} // namespace

std::string differenceInDelivery(json::Value vector, json::Value answer)
{
    const Delivered got = Pipeline(vector).run();
    const auto calls = answer.find("calls").items();
    for (std::size_t i = 0; i < std::max(calls.size(), got.succeeded.size()); ++i) {
        const bool expected = i < calls.size() && json::isTruthy(calls[i].find("ok"));
        const bool succeeded = i < got.succeeded.size() && got.succeeded[i];
        if (expected != succeeded)
            return fmt::format("call {} {} instead of the reverse", i, succeeded ? "succeeded" : "failed");
    }
    const auto requests = answer.find("requests").items();
    if (requests.size() != got.requests.size())
        return fmt::format("{} requests instead of {}", got.requests.size(), requests.size());
    for (std::size_t i = 0; i < requests.size(); ++i)
        if (const std::string found = difference(*got.requests[i], requests[i], got.mappedHeaders); !found.empty())
            return fmt::format("request {}: {}", i, found);
    return {};
}

} // namespace hookbench::conformance
