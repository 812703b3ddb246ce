#include "core/destination/formats/writing.h"

#include "core/base/redact.h"
#include "core/base/utf8.h"
#include "core/destination/stand_in.h"
#include "core/json/pointer.h"
#include "core/json/stringify.h"

#include <QString>

#include <algorithm>
#include <fmt/format.h>
#include <numeric>

namespace hookbench::destination {

namespace {

using json::Value;

/// Whether a template only carries values of the event: "Bearer {{properties.token}}".
bool isOnlyTemplate(std::string_view text)
{
    if (text.find("{{") == std::string_view::npos)
        return false;
    std::string rest;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t open = std::min(text.find("{{", at), text.size());
        rest += text.substr(at, open - at);
        const std::size_t close = text.find("}}", open);
        at = close == std::string_view::npos ? text.size() : close + 2;
    }
    const auto blank = [](char c) { return c == ' '; };
    rest.erase(std::remove_if(rest.begin(), rest.end(), blank), rest.end());
    return rest.empty() || rest == "Bearer" || rest == "Basic" || rest == "Token" || rest == "Digest";
}

/// All texts below a header that carries credentials.
void findInHeader(Value value, const std::string &pointer, std::string_view name, std::vector<SecretPlace> &places)
{
    visitTexts(value, pointer, [&](std::string_view text, const std::string &place) {
        if (text.empty() || place.ends_with("/@path") || isOnlyTemplate(text) || standInOf(text) == StandIn::Masked)
            return;
        places.push_back({ place, std::string(name), redactHeaderValue(text) });
    });
}

void findIn(
    Value value, const std::string &pointer, bool headers, const HeaderNames &masked, std::vector<SecretPlace> &places)
{
    if (value.isString()) {
        if (std::string shown = redactUrl(value.asString());
            shown != value.asString() && standInOf(value.asString()) != StandIn::Masked)
            places.push_back({ pointer, "url", std::move(shown) });
    } else if (value.isArray()) {
        for (std::size_t i = 0; i < value.size(); ++i)
            findIn(value.at(i), json::childPointer(pointer, i), headers, masked, places);
    } else if (value.isObject()) {
        for (const json::Member &member : value.members()) {
            const std::string place = json::childPointer(pointer, member.name());
            if (headers && isSecretHeader(member.name(), masked))
                findInHeader(member.value, place, member.name(), places);
            else
                findIn(member.value, place, headers, masked, places);
        }
    }
}

class PieceWriter
{
public:
    PieceWriter(const Variables &variables, Letters letters)
        : m_variables(variables)
        , m_letters(letters)
    {
    }

    void write(Value value, const std::string &pointer)
    {
        if (value.isString()) {
            if (const auto variable = m_variables.find(pointer); variable != m_variables.end()) {
                flush();
                m_pieces.push_back({ variable->second, true });
            } else {
                text(value.asString());
            }
        } else if (value.isArray()) {
            m_text += '[';
            for (std::size_t i = 0; i < value.size(); ++i) {
                m_text += i > 0 ? "," : "";
                write(value.at(i), below(pointer, i));
            }
            m_text += ']';
        } else if (value.isObject()) {
            m_text += '{';
            bool first = true;
            for (const json::Member &member : value.members()) {
                if (member.value.isUndefined())
                    continue;
                m_text += first ? "" : ",";
                first = false;
                text(member.name());
                m_text += ':';
                write(member.value, below(pointer, member.name()));
            }
            m_text += '}';
        } else if (value.isUndefined()) {
            m_text += "null";
        } else {
            json::stringifyTo(m_text, value);
        }
    }

    std::vector<Piece> finish()
    {
        flush();
        return std::move(m_pieces);
    }

private:
    /// Only variables need to know where they stand.
    template <typename Key>
    std::string below(const std::string &pointer, Key key) const
    {
        return m_variables.empty() ? std::string() : json::childPointer(pointer, key);
    }

    void flush()
    {
        if (!m_text.empty())
            m_pieces.push_back({ std::move(m_text), false });
        m_text.clear();
    }

    void text(std::string_view wtf8)
    {
        std::string quoted;
        json::quoteTo(quoted, wtf8);
        if (m_letters == Letters::Any) {
            m_text += quoted;
            return;
        }
        for (std::size_t at = 0; at < quoted.size();) {
            const auto point = static_cast<std::uint32_t>(nextCodePoint(quoted, at));
            if (point < 0x80)
                m_text += static_cast<char>(point);
            else if (point < 0x10000)
                m_text += fmt::format("\\u{:04x}", point);
            else
                m_text += fmt::format(
                    "\\u{:04x}\\u{:04x}", 0xD800 + ((point - 0x10000) >> 10), 0xDC00 + ((point - 0x10000) & 0x3FF));
        }
    }

    const Variables &m_variables;
    Letters m_letters;
    std::string m_text;
    std::vector<Piece> m_pieces;
};

} // namespace

std::vector<std::size_t> selectedMappings(const Project &project, const ExportOptions &options)
{
    std::vector<std::size_t> all(project.mappings.size());
    std::iota(all.begin(), all.end(), std::size_t{ 0 });
    if (!options.only.empty())
        std::erase_if(all, [&](std::size_t index) {
            return std::find(options.only.begin(), options.only.end(), index) == options.only.end();
        });
    return all;
}

json::Document withoutSecret(const json::Document &settings)
{
    if (!settings->isObject()) {
        const auto arena = std::make_shared<json::Arena>();
        return json::Document(arena, json::ObjectBuilder(*arena).build());
    }
    return json::removed(settings, "/sharedSecret").value_or(settings);
}

std::vector<SecretPlace> secretPlaces(json::Value settings, const HeaderNames &masked)
{
    std::vector<SecretPlace> places;
    for (const char *key : { "url", "headers", "__segment_internal_directive" })
        findIn(settings.find(key), json::childPointer({}, key), std::string_view(key) != "url", masked, places);
    return places;
}

std::vector<Piece> jsonPieces(json::Value value, const Variables &variables, Letters letters)
{
    PieceWriter writer(variables, letters);
    writer.write(value, {});
    return writer.finish();
}

std::string uniqueName(std::string_view text, std::string_view fallback, std::unordered_set<std::string> &used)
{
    constexpr std::size_t kLongest = 60;
    std::string name;
    for (const char c : text) {
        const bool isDigit = c >= '0' && c <= '9';
        if (name.size() >= kLongest)
            break;
        if ((c >= 'a' && c <= 'z') || (isDigit && !name.empty()))
            name += c;
        else if (c >= 'A' && c <= 'Z')
            name += static_cast<char>(c + ('a' - 'A'));
        else if (!name.empty() && name.back() != '_')
            name += '_';
    }
    while (!name.empty() && name.back() == '_')
        name.pop_back();
    if (name.empty())
        name = fallback;
    std::string unique = name;
    for (int i = 2; !used.insert(unique).second; ++i)
        unique = fmt::format("{}_{}", name, i);
    return unique;
}

bool isSayableInHcl(std::string_view wtf8)
{
    bool ascii = true;
    for (std::size_t at = 0; at < wtf8.size();) {
        const std::int32_t point = nextCodePoint(wtf8, at);
        ascii = ascii && point < 0x80;
        if (point < 0 || (point >= 0xD800 && point < 0xE000))
            return false;
    }
    if (ascii)
        return true;
    const QString text = QString::fromUtf8(wtf8.data(), static_cast<qsizetype>(wtf8.size()));
    return text.normalized(QString::NormalizationForm_C) == text;
}

} // namespace hookbench::destination
