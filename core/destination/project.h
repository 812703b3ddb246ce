#pragma once
// A destination as the user edits it: its settings, its mappings (what Segment calls subscriptions), saved events and
// golden tests. Plain values; copies share the JSON they hold. Settings stay JSON, so that nothing a user wrote is
// lost.
//
// A Document that is undefined stands for a key the file does not have. `extras` is an object of the unknown keys, or
// undefined.
#include "core/base/redact.h"
#include "core/json/value.h"

#include <string>
#include <string_view>
#include <vector>

namespace hookbench::destination {

/// The only action of Segment's Webhooks (Actions) destination.
inline constexpr const char *kSendAction = "send";

struct Mapping
{
    std::string name;
    bool enabled = false;
    std::string action = kSendAction; ///< empty: the file does not say, which means kSendAction
    std::string trigger; ///< FQL
    json::Document settings; ///< an object: url, method, headers, data, enable_batching, batch_size, batch_keys
    json::Document extras;
    friend bool operator==(const Mapping &, const Mapping &) = default;
};

struct SavedEvent
{
    std::string name;
    json::Document event;
    json::Document extras;
    friend bool operator==(const SavedEvent &, const SavedEvent &) = default;
};

struct Project
{
    std::string id; ///< under which the keychain holds the shared secret; empty: the file has none
    std::string name;
    bool enabled = true;
    json::Document settings; ///< an object; never holds the shared secret
    std::vector<Mapping> mappings;
    std::vector<SavedEvent> events;
    bool listsEvents = true; ///< false: an empty `events` is left out of the file
    json::Document tests; ///< an array of golden tests
    /// Names of headers whose values are hidden wherever they are shown, copied or exported, as Authorization is.
    /// Ours alone: Segment knows nothing of it.
    HeaderNames maskedHeaders;
    json::Document extras;
    friend bool operator==(const Project &, const Project &) = default;
};

/// A new, empty, enabled destination with an id of its own.
Project newProject(std::string name);

/// Segment's default for a new mapping: disabled, any track event, POST of the whole event.
Mapping defaultMapping(std::string name);

/// "… (Copy)", disabled, otherwise the same.
Mapping duplicate(const Mapping &mapping);

/// The mappings of that name (they need not be unique), as indexes.
std::vector<std::size_t> mappingsNamed(const Project &project, std::string_view name);

} // namespace hookbench::destination
