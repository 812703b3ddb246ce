#pragma once
// What a template may read of its event, as texts for the script. Private to core/mapping/liquid.
//
// V4 needs many times the size of a text to work on it, so texts and lists have a limit here that Segment does not
// have.
#include "core/base/result.h"
#include "core/json/value.h"

#include <QString>
#include <optional>

namespace hookbench::mapping {

inline constexpr std::size_t kLongestLiquidText = std::size_t{ 1 } << 20; ///< bytes of one text
inline constexpr std::size_t kMostLiquidInput = std::size_t{ 16 } << 20; ///< bytes of JSON for one template

class EventReader
{
public:
    explicit EventReader(json::Value event = {})
        : m_event(event)
    {
    }
    json::Value event() const { return m_event; }

    /// The scalar at a path of names with U+0000 between them, or undefined. Nothing when that takes more than members
    /// of objects: an object or a list at the end, or a list or a text on the way.
    Result<std::optional<json::Value>> scalar(const QString &path) const;
    /// JSON of a member of the event; empty when there is none. When it holds infinite numbers: "!" and the JSON of
    /// [value, places, signs].
    Result<QString> member(const QString &name);
    /// The same of the whole event.
    Result<QString> whole();

private:
    Result<QString> toScript(json::Value value, std::string path);

    json::Value m_event;
    std::size_t m_bytes = 0;
};

QString toQString(std::string_view wtf8);
std::string fromQString(const QString &text);

} // namespace hookbench::mapping
