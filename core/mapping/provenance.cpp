#include "core/mapping/provenance.h"

#include "core/json/pointer.h"
#include "core/json/value.h"
#include "core/mapping/path.h"

#include <algorithm>
#include <utility>

namespace hookbench::mapping {

namespace {

using Keys = Tracer::Keys;

constexpr std::string_view kEvery = "*";

bool isPrefix(const Keys &prefix, const Keys &keys)
{
    return prefix.size() <= keys.size()
        && std::equal(prefix.begin(), prefix.end(), keys.begin(),
            [](const std::string &a, const std::string &b) { return a == b || a == kEvery || b == kEvery; });
}

Keys joined(Keys keys, const Keys &more, std::size_t from)
{
    keys.insert(keys.end(), more.begin() + static_cast<std::ptrdiff_t>(from), more.end());
    return keys;
}

std::string pathText(const Keys &keys)
{
    std::string text = "$.";
    for (const std::string &key : keys) {
        if (key == kEvery || json::isArrayIndex(key)) {
            text += '[' + key + ']';
        } else {
            if (text.back() != '.')
                text += '.';
            text += key;
        }
    }
    return text;
}

std::string pointerText(const Keys &keys)
{
    std::string pointer;
    for (const std::string &key : keys)
        pointer = json::childPointer(pointer, key);
    return pointer;
}

} // namespace

Tracer::Tracer()
    : m_payloads{ { Feed{} } } // the event is fed by the event
{
}

std::vector<Source> Tracer::sources() const
{
    std::vector<Source> sources;
    for (const Feed &feed : m_feeds)
        sources.push_back({ pointerText(feed.output), pathText(feed.event) });
    return sources;
}

Tracer::Into::Into(Tracer &tracer, std::string_view key)
    : m_tracer(tracer)
{
    m_tracer.m_output.emplace_back(key);
}

Tracer::Into::~Into()
{
    m_tracer.m_output.pop_back();
}

Tracer::Blended::Blended(Tracer &tracer)
    : m_tracer(tracer)
    , m_outer(tracer.m_blendedAt)
{
    m_tracer.m_blendedAt = std::min(m_outer, m_tracer.m_output.size());
}

Tracer::Blended::~Blended()
{
    m_tracer.m_blendedAt = m_outer;
}

void Tracer::read(const Path &path)
{
    read(keysOf(path));
}

void Tracer::read(const Keys &keys)
{
    const bool blended = m_blendedAt != kNotBlended;
    Keys place = m_output;
    place.resize(std::min(place.size(), m_blendedAt));
    for (const Feed &feed : m_payloads.back()) {
        if (m_stepsLeft == 0)
            return;
        --m_stepsLeft;
        Feed found;
        if (isPrefix(feed.output, keys))
            found = { place, joined(feed.event, keys, feed.output.size()) };
        else if (isPrefix(keys, feed.output))
            found = { blended ? place : joined(place, feed.output, keys.size()), feed.event };
        else
            continue;
        if (m_feeds.size() < kMaxSources && std::find(m_feeds.begin(), m_feeds.end(), found) == m_feeds.end())
            m_feeds.push_back(std::move(found));
    }
}

Keys Tracer::keysOf(const Path &path)
{
    Keys keys;
    for (const Path::Step &step : path.steps())
        keys.emplace_back(step.key);
    return keys;
}

Tracer::Feeds Tracer::itemsOf(const Keys &array) const
{
    Feeds feeds;
    for (const Feed &feed : m_payloads.back()) {
        if (isPrefix(feed.output, array)) {
            Feed item{ {}, joined(feed.event, array, feed.output.size()) };
            item.event.emplace_back(kEvery);
            feeds.push_back(std::move(item));
        } else if (isPrefix(array, feed.output)) {
            feeds.push_back({ joined({}, feed.output, array.size() + 1), feed.event });
        }
    }
    return feeds;
}

Tracer::Scope Tracer::enter()
{
    return { std::exchange(m_output, {}), std::exchange(m_feeds, {}), std::exchange(m_blendedAt, kNotBlended) };
}

Tracer::Feeds Tracer::leave(Scope outer)
{
    m_output = std::move(outer.output);
    m_blendedAt = outer.blendedAt;
    return std::exchange(m_feeds, std::move(outer.feeds));
}

} // namespace hookbench::mapping
