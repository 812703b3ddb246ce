#pragma once
// The program's settings: one table of {key, type, default}, kept as an INI file in the configuration folder. Keys that
// are not in the table (from another version) are kept. A value that is missing, of another type or out of range reads
// as its default. A damaged file is never overwritten: problem() says so and changes then last for the session only.
// Threads: one Settings per thread.
#include "core/base/result.h"

#include <QByteArray>
#include <QVariant>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

class QSettings;

namespace hookbench::storage {

using TextList = std::vector<std::string>;

template <typename T>
struct Setting;

template <>
struct Setting<bool>
{
    const char *key;
    bool fallback;
};

template <>
struct Setting<int>
{
    const char *key;
    int fallback;
    int least;
    int most;
};

template <>
struct Setting<std::string>
{
    const char *key;
    std::string_view fallback;
    std::string_view choices = {}; ///< words separated by |, or empty: any text
};

/// Window geometry and the like; empty when never set.
template <>
struct Setting<QByteArray>
{
    const char *key;
};

/// Newest first; empty when never set.
template <>
struct Setting<TextList>
{
    const char *key;
    std::size_t most;
};

/// The table.
namespace settings {

// window
inline constexpr Setting<std::string> theme{ "window/theme", "system", "system|light|dark" };
inline constexpr Setting<int> textSize{ "window/text-size", 100, 75, 300 }; // percent
inline constexpr Setting<QByteArray> windowGeometry{ "window/geometry" };
inline constexpr Setting<QByteArray> windowState{ "window/state" }; // docks and toolbars
inline constexpr Setting<QByteArray> splitters{ "window/splitters" };
inline constexpr Setting<QByteArray> columns{ "window/columns" };
inline constexpr Setting<QByteArray> deliveryColumns{ "window/delivery-columns" };
inline constexpr Setting<TextList> deliveryFilters{ "window/delivery-filters", 32 }; // saved ones
inline constexpr Setting<TextList> keyBindings{ "window/keys", 256 }; // "id=Ctrl+K", where they are not the usual ones
inline constexpr Setting<bool> wrapBodies{ "window/wrap-bodies", true };
inline constexpr Setting<bool> reopenLastProject{ "window/reopen-last-project", true };

// files
inline constexpr Setting<TextList> recentProjects{ "files/recent-projects", 12 };
inline constexpr Setting<std::string> lastFolder{ "files/last-folder", "" };

// delivery
inline constexpr Setting<int> timeoutMs{ "delivery/timeout-ms", 10'000, 100, 600'000 }; // Segment's request client
inline constexpr Setting<int> inFlight{ "delivery/in-flight", 6, 1, 64 };
inline constexpr Setting<int> flushIntervalMs{ "delivery/flush-interval-ms", 1'000, 0, 60'000 };
inline constexpr Setting<int> responseLimitKb{ "delivery/response-limit-kb", 8'192, 1, 1'048'576 };
inline constexpr Setting<bool> followRedirects{ "delivery/follow-redirects", false }; // as Segment does
inline constexpr Setting<bool> keepAlive{ "delivery/keep-alive", false };
inline constexpr Setting<bool> http2{ "delivery/http2", false };
inline constexpr Setting<bool> skipFailingEvents{ "delivery/skip-failing-events", false };
inline constexpr Setting<std::string> signatureMode{ "delivery/signature-mode", "first-event",
    "first-event|whole-body" };
inline constexpr Setting<std::string> userAgent{ "delivery/user-agent", "Segment (Actions)" };
inline constexpr Setting<std::string> proxy{ "delivery/proxy", "" }; // URL; empty: none, whatever the environment says

// receiver
inline constexpr Setting<int> receiverPort{ "receiver/port", 8765, 0, 65'535 }; // 0: any free one
inline constexpr Setting<bool> startReceiver{ "receiver/start", true };
inline constexpr Setting<int> receivedLimit{ "receiver/keep", 10'000, 1, 1'000'000 };
inline constexpr Setting<TextList> receiverHosts{ "receiver/allowed-hosts", 64 };

// journal
inline constexpr Setting<bool> journalOn{ "journal/on", true };
inline constexpr Setting<int> journalDays{ "journal/keep-days", 30, 0, 36'500 }; // 0: for ever
inline constexpr Setting<int> journalMegabytes{ "journal/keep-megabytes", 2'048, 0, 1'048'576 }; // 0: no limit

} // namespace settings

class Settings
{
public:
    /// Reads `path` (see locations.h); a file that is not there yet is made by the first save.
    explicit Settings(const std::string &path);
    ~Settings();
    Settings(const Settings &) = delete;
    Settings &operator=(const Settings &) = delete;

    bool get(const Setting<bool> &setting) const;
    int get(const Setting<int> &setting) const;
    std::string get(const Setting<std::string> &setting) const;
    QByteArray get(const Setting<QByteArray> &setting) const;
    TextList get(const Setting<TextList> &setting) const;

    /// Numbers are brought into range, lists cut to their length, a word that is no choice is ignored.
    void set(const Setting<bool> &setting, bool value);
    void set(const Setting<int> &setting, int value);
    void set(const Setting<std::string> &setting, std::string_view value);
    void set(const Setting<QByteArray> &setting, const QByteArray &value);
    void set(const Setting<TextList> &setting, const TextList &value);
    /// Puts `value` first, once.
    void prepend(const Setting<TextList> &setting, const std::string &value);
    /// Back to the default.
    template <typename T>
    void reset(const Setting<T> &setting)
    {
        remove(setting.key);
    }

    /// Writes what changed. Also done on destruction, where a failure goes unheard. Error codes: settings-damaged,
    /// settings-write.
    Result<void> save();
    /// Set when the file could not be read as settings.
    const std::optional<Error> &problem() const { return m_problem; }

private:
    std::string fileName() const;
    QVariant value(const char *key) const;
    void setValue(const char *key, const QVariant &value);
    void remove(const char *key);

    std::unique_ptr<QSettings> m_store; ///< null when the file is damaged
    QVariantMap m_session; ///< used then
    std::optional<Error> m_problem;
};

} // namespace hookbench::storage
