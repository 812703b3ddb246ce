#include "core/mapping/liquid/event_reader.h"

#include "core/json/pointer.h"
#include "core/json/stringify.h"
#include "core/json/text.h"

#include <cmath>
#include <fmt/format.h>

namespace hookbench::mapping {

using json::Kind;
using json::Value;

namespace {

tl::unexpected<Error> tooLarge(std::string_view what, std::string_view path, std::size_t bytes, std::size_t limit)
{
    return fail("liquid-input-too-large",
        fmt::format(
            "{} at {} of the event has {} bytes. Liquid takes up to {} here: send it with @path, or have the template "
            "read less of the event.",
            what, path.empty() ? "/" : path, bytes, limit));
}

/// Finds texts that are too long, and the places of numbers that JSON cannot write.
class Inspector
{
public:
    /// False when there is an error.
    bool inspect(Value value, const std::string &path)
    {
        switch (value.kind()) {
        case Kind::String:
            if (value.size() > kLongestLiquidText)
                error = tooLarge("The text", path, value.size(), kLongestLiquidText).value();
            break;
        case Kind::Number:
            if (std::isinf(value.asNumber()))
                infinities.push_back({ place, value.asNumber() });
            break;
        case Kind::Array:
            for (std::size_t i = 0; i < value.size() && !error; ++i)
                step(Value::number(static_cast<double>(i)), value.items()[i], path, std::to_string(i));
            break;
        case Kind::Object:
            for (const json::Member &member : value.members()) {
                if (!error)
                    step(member.key, member.value, path, member.name());
            }
            break;
        default:
            break;
        }
        return !error;
    }

    struct Infinity
    {
        std::vector<Value> place;
        double number;
    };
    std::vector<Infinity> infinities;
    std::vector<Value> place; ///< keys down to the value that is inspected
    std::optional<Error> error;

private:
    void step(Value key, Value value, const std::string &path, std::string_view name)
    {
        // Most values need no path.
        const bool needsPath = value.isContainer() || (value.isString() && value.size() > kLongestLiquidText);
        place.push_back(key);
        inspect(value, needsPath ? json::childPointer(path, name) : std::string());
        place.pop_back();
    }
};

} // namespace

Result<std::optional<Value>> EventReader::scalar(const QString &path) const
{
    Value value = m_event;
    qsizetype at = 0;
    while (at <= path.size()) {
        qsizetype end = path.indexOf(u'\0', at);
        if (end < 0)
            end = path.size();
        const QStringView name = QStringView(path).mid(at, end - at);
        at = end + 1;
        if (value.isNullish())
            return value;
        if (value.isArray() || value.isString())
            return std::nullopt;
        const json::Member *member = nullptr;
        if (value.isObject())
            member = value.findMember(json::fromUtf16({ name.utf16(), static_cast<std::size_t>(name.size()) }));
        // Objects without a member `size` have one all the same.
        if (!member && value.isObject() && name == u"size")
            return std::nullopt;
        value = member ? member->value : Value();
    }
    if (value.isContainer())
        return std::nullopt;
    if (value.isString() && value.size() > kLongestLiquidText)
        return tooLarge(
            "The text", '/' + fromQString(QString(path).replace(u'\0', u'/')), value.size(), kLongestLiquidText);
    return value;
}

Result<QString> EventReader::member(const QString &name)
{
    const std::string key = fromQString(name);
    const json::Member *member = m_event.isObject() ? m_event.findMember(key) : nullptr;
    if (!member || member->value.isUndefined())
        return QString();
    return toScript(member->value, json::childPointer({}, key));
}

Result<QString> EventReader::whole()
{
    return m_event.isUndefined() ? QStringLiteral("{}") : toScript(m_event, {});
}

Result<QString> EventReader::toScript(Value value, std::string path)
{
    Inspector inspector;
    if (!inspector.inspect(value, path))
        return fail(std::move(*inspector.error));
    std::string text = json::stringify(value);
    m_bytes += text.size();
    if (m_bytes > kMostLiquidInput)
        return tooLarge("What the template reads up to the member", path, m_bytes, kMostLiquidInput);
    if (inspector.infinities.empty())
        return toQString(text);

    json::Arena arena;
    std::vector<Value> places;
    std::vector<Value> signs;
    for (auto &[place, number] : inspector.infinities) {
        place.insert(place.begin(), Value::cleanString("value"));
        places.push_back(json::makeArray(arena, place));
        signs.push_back(Value::number(number > 0 ? 1 : -1));
    }
    return toQString(
        "![" + text + ',' + json::stringify(Value::array(places)) + ',' + json::stringify(Value::array(signs)) + ']');
}

QString toQString(std::string_view wtf8)
{
    const std::u16string units = json::toUtf16(wtf8);
    return QString(reinterpret_cast<const QChar *>(units.data()), static_cast<qsizetype>(units.size()));
}

std::string fromQString(const QString &text)
{
    return json::fromUtf16({ reinterpret_cast<const char16_t *>(text.utf16()), static_cast<std::size_t>(text.size()) });
}

} // namespace hookbench::mapping
