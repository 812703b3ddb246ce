#include "ui/data/suggestions.h"

#include "ui/data/value_words.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace hookbench::data {

using json::Value;

namespace {

constexpr std::size_t kMostSuggestions = 2'000;
constexpr int kDeepestSuggestion = 8;
constexpr int kMostVisits = 60'000; // some milliseconds: large events are sampled by fewer of them

class Collector
{
public:
    explicit Collector(const std::vector<std::string> &taken)
        : m_taken(taken.begin(), taken.end())
    {
    }

    void collect(Value event)
    {
        if (m_visits >= kMostVisits)
            return;
        ++m_events;
        m_path.clear();
        walk(event, 0);
    }

    std::vector<Suggestion> suggestions()
    {
        std::unordered_set<std::string> names;
        for (Suggestion &found : m_found) {
            found.of = m_events;
            found.name = freeName(found.path, names);
            names.insert(found.name);
        }
        return std::move(m_found);
    }

private:
    static bool canBeNamed(std::string_view key)
    {
        return !key.empty() && key.find_first_of(".[]\"'$") == std::string_view::npos && key.front() != '@';
    }

    void walk(Value value, int depth)
    {
        ++m_visits;
        if (value.isObject() && value.size() > 0 && depth < kDeepestSuggestion) {
            for (const json::Member &member : value.members()) {
                if (!canBeNamed(member.name()))
                    continue;
                const std::size_t length = m_path.size();
                if (length > 0)
                    m_path += '.';
                m_path += member.name();
                walk(member.value, depth + 1);
                m_path.resize(length);
            }
            return;
        }
        if (m_path.empty() || m_taken.contains(m_path))
            return;
        const auto [place, isNew] = m_places.try_emplace(m_path, m_found.size());
        if (isNew) {
            if (m_found.size() >= kMostSuggestions) {
                m_places.erase(place);
                return;
            }
            const ValueGlance glance = glanceAt(value);
            m_found.push_back({ {}, m_path, 0, 0, glance.mark, glance.word.text });
        }
        ++m_found[place->second].seen;
    }

    // The last step of the path, with more of it in front until no other field has that name.
    static std::string freeName(const std::string &path, const std::unordered_set<std::string> &names)
    {
        std::size_t from = path.size();
        std::string name;
        while (from != 0) {
            const std::size_t dot = path.rfind('.', from - 1);
            from = dot == std::string::npos ? 0 : dot;
            name = path.substr(from == 0 ? 0 : from + 1);
            std::ranges::replace(name, '.', '_');
            if (!names.contains(name))
                return name;
        }
        std::string numbered = name;
        for (int number = 2; names.contains(numbered); ++number)
            numbered = name + '_' + std::to_string(number);
        return numbered;
    }

    std::unordered_set<std::string> m_taken;
    std::unordered_map<std::string, std::size_t> m_places;
    std::vector<Suggestion> m_found;
    std::string m_path;
    int m_events = 0;
    int m_visits = 0;
};

} // namespace

std::vector<Suggestion> suggestFields(const std::vector<json::Document> &events, const std::vector<std::string> &taken)
{
    Collector collector(taken);
    for (const json::Document &event : events)
        collector.collect(event);
    return collector.suggestions();
}

bool isTypical(const Suggestion &suggestion)
{
    const std::string &path = suggestion.path;
    return suggestion.seen == suggestion.of
        && (path.starts_with("properties.") || path.starts_with("traits.") || path == "userId" || path == "event"
            || path == "timestamp");
}

} // namespace hookbench::data
