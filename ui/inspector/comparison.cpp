#include "ui/inspector/comparison.h"

#include "core/base/display.h"
#include "core/base/redact.h"
#include "core/json/difference.h"
#include "core/json/parse.h"
#include "core/json/stringify.h"
#include "ui/inspector/http_text.h"
#include "ui/widgets/shown_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace hookbench::inspector {

namespace {

constexpr std::size_t kMostPlaces = 5000;
constexpr std::size_t kPlaceBytes = 2000;

QString placeText(std::string_view text)
{
    QString shown = QString::fromStdString(escapeForDisplay(text.substr(0, kPlaceBytes)));
    if (text.size() > kPlaceBytes)
        shown += u'…';
    return shown;
}

void addPlace(std::vector<ComparedPlace> &out, const QString &where, std::optional<std::string> before,
    std::optional<std::string> after)
{
    using Kind = ComparedPlace::Kind;
    const Kind kind = !before ? Kind::Added : !after ? Kind::Removed : Kind::Changed;
    out.push_back({ kind, where, before ? placeText(*before) : QString(), after ? placeText(*after) : QString() });
}

// The n-th field of a name belongs to the n-th of that name.
void compareHeaders(const Headers &before, const Headers &after, const HeaderNames &masked, bool showSecrets,
    std::vector<ComparedPlace> &out)
{
    const auto shown = [&](const Header &header) {
        return showSecrets || !isSecretHeader(header.name, masked) ? header.value : redactHeaderValue(header.value);
    };
    std::map<std::string, std::vector<const Header *>> others;
    for (const Header &header : after)
        others[asciiLower(header.name)].push_back(&header);
    for (const Header &header : before) {
        std::vector<const Header *> &left = others[asciiLower(header.name)];
        const QString where = QStringLiteral("header ") + placeText(header.name);
        if (left.empty()) {
            addPlace(out, where, shown(header), std::nullopt);
            continue;
        }
        const Header *other = left.front();
        left.erase(left.begin());
        if (other->value != header.value)
            addPlace(out, where, shown(header), shown(*other));
    }
    for (const Header &header : after) {
        const std::vector<const Header *> &left = others[asciiLower(header.name)];
        if (std::find(left.begin(), left.end(), &header) != left.end())
            addPlace(out, QStringLiteral("header ") + placeText(header.name), std::nullopt, shown(header));
    }
}

std::optional<std::string> jsonText(json::Value value)
{
    return value.isUndefined() ? std::nullopt : std::optional(json::stringify(value));
}

QString textOf(const ComparedMessage &message, const Result<json::Document> &json, const HeaderNames &masked,
    bool showSecrets, bool &cut)
{
    const std::string readable = json ? json::stringify(*json, 2) : std::string();
    std::string_view body = json ? std::string_view(readable) : std::string_view(*message.body);
    const std::vector<std::size_t> pages = widgets::pageStarts(body, kMostComparedText);
    if (pages.size() > 1) {
        cut = true;
        body = body.substr(0, pages[1]);
    }
    widgets::ShownText shown;
    widgets::appendShown(shown,
        escapeForDisplay(message.startLine) + "\n" + headerLines(message.headers, masked, showSecrets) + "\n",
        widgets::ShowSpace::AsBytes);
    widgets::appendShown(shown, body, widgets::ShowSpace::AsLayout);
    return shown.text;
}

} // namespace

QString hexLines(std::string_view bytes, std::size_t first)
{
    std::string out;
    for (std::size_t row = 0; row < bytes.size(); row += widgets::HexView::kColumns) {
        const std::string_view part = bytes.substr(row, widgets::HexView::kColumns);
        out += fmt::format("{:06X} ", first + row);
        for (const char c : part)
            out += fmt::format(" {:02X}", static_cast<unsigned char>(c));
        out.append((widgets::HexView::kColumns - part.size()) * 3 + 2, ' ');
        for (const char c : part)
            out += c >= 0x20 && c < 0x7F ? c : '.';
        out += '\n';
    }
    if (!out.empty())
        out.pop_back();
    return QString::fromStdString(out);
}

Comparison compare(const ComparedMessage &before, const ComparedMessage &after, bool showSecrets)
{
    Comparison out;
    if (before.startLine != after.startLine)
        addPlace(out.places, QStringLiteral("start line"), before.startLine, after.startLine);
    const HeaderNames masked = withHeaderNames(before.maskedHeaders, after.maskedHeaders);
    compareHeaders(before.headers, after.headers, masked, showSecrets, out.places);

    const std::string &was = *before.body;
    const std::string &is = *after.body;
    out.sameBodies = was == is;
    const Result<json::Document> wasJson = json::parse(was);
    const Result<json::Document> isJson = json::parse(is);
    out.bodiesAreJson = wasJson && isJson;
    if (!out.sameBodies) {
        const auto [a, b] = std::mismatch(was.begin(), was.end(), is.begin(), is.end());
        out.firstDifferentByte = static_cast<std::size_t>(a - was.begin());
        if (out.bodiesAreJson) {
            for (const json::Difference &difference : json::differences(*wasJson, *isJson)) {
                if (out.places.size() >= kMostPlaces)
                    break;
                addPlace(out.places,
                    difference.pointer.empty() ? QStringLiteral("body") : placeText(difference.pointer),
                    jsonText(difference.before), jsonText(difference.after));
            }
        } else {
            addPlace(out.places, QStringLiteral("body"),
                was.empty() ? std::nullopt : std::optional(was.substr(0, kPlaceBytes + 1)),
                is.empty() ? std::nullopt : std::optional(is.substr(0, kPlaceBytes + 1)));
        }
    }
    out.beforeText = textOf(before, wasJson, masked, showSecrets, out.textsAreCut);
    out.afterText = textOf(after, isJson, masked, showSecrets, out.textsAreCut);
    const std::size_t columns = widgets::HexView::kColumns;
    const std::size_t row = out.firstDifferentByte.value_or(0) / columns;
    out.hexFrom = (row > 4 ? row - 4 : 0) * columns;
    const auto part = [&](const std::string &body) {
        return std::string_view(body).substr(std::min(out.hexFrom, body.size()), kMostComparedHex);
    };
    out.beforeHex = hexLines(part(was), out.hexFrom);
    out.afterHex = hexLines(part(is), out.hexFrom);
    return out;
}

} // namespace hookbench::inspector
