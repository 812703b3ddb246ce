#include "ui/document/quick_fix.h"

#include "core/base/headers.h"
#include "core/destination/address.h"
#include "core/destination/fields.h"
#include "core/destination/limits.h"
#include "core/destination/uri.h"
#include "core/fql/lint.h"
#include "core/json/pointer.h"
#include "core/json/stringify.h"
#include "core/json/text.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QUrl>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <string>
#include <string_view>

namespace hookbench::document {

namespace {

using destination::Mapping;
using json::Value;

QString words(const char *text)
{
    return QCoreApplication::translate("QuickFix", text);
}

QString inQuotes(std::string_view text)
{
    constexpr qsizetype kLongest = 40;
    const QString all = QString::fromStdString(std::string(text)).simplified();
    return all.size() > kLongest ? QString(all.left(kLongest) + u'…') : all;
}

/// What a fix looks at: the mapping, and the place inside its settings.
struct Place
{
    const Issue &issue;
    const Mapping &mapping;
    std::string pointer; ///< inside the settings: /headers/X-Tenant
    std::string key; ///< the last step of it
    Value value; ///< what is there; undefined: nothing
};

using Fix = std::optional<QuickFix>;

Fix withSettings(const Place &place, const Result<json::Document> &settings, const QString &what)
{
    if (!settings)
        return std::nullopt;
    QuickFix fix;
    fix.words = what;
    fix.after = place.mapping;
    fix.after.settings = *settings;
    return fix;
}

Fix replacing(const Place &place, Value value, const QString &what)
{
    if (place.value.isUndefined())
        return std::nullopt;
    return withSettings(place, json::replaced(place.mapping.settings, place.pointer, value), what);
}

Fix replacingText(const Place &place, const std::string &text, const QString &what)
{
    return replacing(place, Value::string(text), what);
}

Fix removing(const Place &place, const QString &what)
{
    return withSettings(place, json::removed(place.mapping.settings, place.pointer), what);
}

/// All members of the object at `pointer`, with one of them under another name; order stays.
Result<json::Document> renamed(
    const json::Document &settings, std::string_view pointer, std::string_view from, std::string_view to)
{
    json::Arena arena;
    json::ObjectBuilder object(arena);
    for (const json::Member &member : json::valueAt(settings, pointer).members())
        object.add(member.name() == from ? to : member.name(), member.value);
    return json::replaced(settings, pointer, object.build());
}

std::string_view trimmed(std::string_view text, std::string_view what)
{
    const std::size_t from = text.find_first_not_of(what);
    return from == std::string_view::npos ? std::string_view()
                                          : text.substr(from, text.find_last_not_of(what) - from + 1);
}

constexpr std::string_view kSpace = " \t\r\n";

// --- headers

Fix removeHeader(const Place &place)
{
    return removing(place, words(QT_TRANSLATE_NOOP("QuickFix", "Remove the header %1")).arg(inQuotes(place.key)));
}

Fix renameHeader(const Place &place)
{
    const std::string_view name = trimmed(place.key, " \t\r\n:");
    const Value headers = place.mapping.settings->find("headers");
    if (!isHeaderName(name) || !headers.isObject() || headers.contains(name))
        return std::nullopt;
    return withSettings(place, renamed(place.mapping.settings, "/headers", place.key, name),
        words(QT_TRANSLATE_NOOP("QuickFix", "Rename the header to %1")).arg(inQuotes(name)));
}

/// A value copied with its line end is the usual case.
Fix trimHeaderValue(const Place &place)
{
    if (!place.value.isString())
        return std::nullopt;
    const std::string_view text = trimmed(place.value.asString(), kSpace);
    const bool clean = std::ranges::none_of(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\t') || byte >= 0x7f;
    });
    if (!clean || text.size() == place.value.size())
        return std::nullopt;
    return replacingText(place, std::string(text),
        words(QT_TRANSLATE_NOOP("QuickFix", "Remove the line break around the value of %1")).arg(inQuotes(place.key)));
}

/// Two headers that say the same are one too many; two that differ are the user's to choose from.
Fix removeSameHeader(const Place &place)
{
    const Value headers = place.mapping.settings->find("headers");
    if (!headers.isObject())
        return std::nullopt;
    for (const json::Member &member : headers.members()) {
        if (member.name() == place.key)
            break;
        if (sameHeaderName(member.name(), place.key) && json::identical(member.value, place.value))
            return removeHeader(place);
    }
    return std::nullopt;
}

// --- URL and method

Fix replaceUrl(const Place &place, const std::string &url, const char *what)
{
    if (!destination::isUri(url))
        return std::nullopt;
    return replacingText(place, url, words(what));
}

Fix repairUrl(const Place &place)
{
    if (!place.value.isString())
        return std::nullopt;
    const std::string text(trimmed(place.value.asString(), kSpace));
    if (text.size() < place.value.size() && destination::isUri(text))
        return replaceUrl(place, text, QT_TRANSLATE_NOOP("QuickFix", "Remove the space around the URL"));
    // {{…}} was meant to be filled in, not to be escaped.
    if (text.find("{{") != std::string::npos || (!text.starts_with("https://") && !text.starts_with("http://")))
        return std::nullopt;
    const QUrl url(QString::fromStdString(text), QUrl::TolerantMode);
    if (!url.isValid() || url.host().isEmpty())
        return std::nullopt;
    return replaceUrl(
        place, url.toEncoded().toStdString(), QT_TRANSLATE_NOOP("QuickFix", "Escape the characters a URL cannot hold"));
}

Fix cutFragment(const Place &place)
{
    if (!place.value.isString())
        return std::nullopt;
    const std::string_view url = place.value.asString();
    return replaceUrl(
        place, std::string(url.substr(0, url.find('#'))), QT_TRANSLATE_NOOP("QuickFix", "Cut the URL at #"));
}

Fix writeUrlAsSent(const Place &place)
{
    if (!place.value.isString())
        return std::nullopt;
    const auto address = destination::addressOf(place.value.asString());
    if (!address || address->userinfo)
        return std::nullopt;
    return replaceUrl(place, address->scheme + "://" + address->host + destination::qtTargetOf(place.value.asString()),
        QT_TRANSLATE_NOOP("QuickFix", "Write the URL as it is sent"));
}

/// user:password@ becomes the header it is sent as, when there is none yet.
Fix moveUserinfo(const Place &place)
{
    if (!place.value.isString())
        return std::nullopt;
    const std::string url(place.value.asString());
    const auto address = destination::addressOf(url);
    const std::size_t authority = url.find("//");
    const std::size_t end = authority == std::string::npos ? authority : url.find_first_of("/?#", authority + 2);
    const std::size_t at = url.rfind('@', end);
    const Value headers = place.mapping.settings->find("headers");
    const bool object
        = headers.isObject() && (headers.size() == 0 || !headers.members().front().name().starts_with('@'));
    if (!address || !address->userinfo || at == std::string::npos || at < authority || !(headers.isNullish() || object))
        return std::nullopt;
    json::Arena arena;
    json::ObjectBuilder members(arena);
    if (object)
        for (const json::Member &member : headers.members()) {
            if (sameHeaderName(member.name(), "authorization"))
                return std::nullopt;
            members.add(member.key, member.value);
        }
    const std::string value = "Basic " + QByteArray::fromStdString(*address->userinfo).toBase64().toStdString();
    members.add("Authorization", Value::string(value));
    const std::string bare = url.substr(0, authority + 2) + url.substr(at + 1);
    const auto moved = json::replaced(place.mapping.settings, "/url", Value::string(bare));
    return moved ? withSettings(place, json::replaced(*moved, "/headers", members.build()),
               words(QT_TRANSLATE_NOOP("QuickFix", "Move user name and password into the headers")))
                 : std::nullopt;
}

Fix spellMethod(const Place &place)
{
    if (!place.value.isString())
        return std::nullopt;
    const QString method = QString::fromStdString(std::string(place.value.asString())).trimmed().toUpper();
    for (const char *known : { "POST", "PUT", "PATCH" })
        if (method == QLatin1String(known))
            return replacingText(place, known, words(QT_TRANSLATE_NOOP("QuickFix", "Write the method %1")).arg(method));
    return std::nullopt;
}

// --- batching

Fix clampBatchSize(const Place &place)
{
    bool isNumber = false;
    const double size = QString::fromStdString(json::toText(place.value)).toDouble(&isNumber);
    if (place.value.isContainer() || !isNumber || !std::isfinite(size))
        return std::nullopt;
    const double clamped = std::clamp(std::floor(size), 0.0, static_cast<double>(destination::kMaxBatchSize));
    return replacing(place, Value::number(clamped),
        clamped > 0 ? words(QT_TRANSLATE_NOOP("QuickFix", "Set the batch size to %1")).arg(clamped)
                    : words(QT_TRANSLATE_NOOP("QuickFix", "Set the batch size to 0, which means %1"))
                          .arg(destination::kDefaultBatchSize));
}

Fix makeBatchingBoolean(const Place &place)
{
    const std::string text = asciiLower(json::toText(place.value));
    const bool on = text == "true" || text == "1";
    if (!on && text != "false" && text != "0")
        return std::nullopt;
    return replacing(place, Value::boolean(on),
        on ? words(QT_TRANSLATE_NOOP("QuickFix", "Switch batching on"))
           : words(QT_TRANSLATE_NOOP("QuickFix", "Switch batching off")));
}

Fix dropUnknownBatchKeys(const Place &place)
{
    if (!place.value.isArray())
        return std::nullopt;
    json::Arena arena;
    std::vector<Value> known;
    for (const Value key : place.value.items())
        if (!key.isString() || destination::findSendField(key.asString()))
            known.push_back(key);
    return replacing(
        place, json::makeArray(arena, known), words(QT_TRANSLATE_NOOP("QuickFix", "Remove the unknown batch keys")));
}

// --- the rest of the mapping

Fix dropMember(const Place &place)
{
    return removing(
        place, words(QT_TRANSLATE_NOOP("QuickFix", "Remove “%1”, which is not sent")).arg(inQuotes(place.key)));
}

Fix wrap(const Place &place, std::string_view directive, const char *what)
{
    if (!place.value.isString())
        return std::nullopt;
    json::Arena arena;
    return replacing(place, json::ObjectBuilder(arena).add(directive, place.value).build(), words(what));
}

Fix makePath(const Place &place)
{
    return wrap(place, "@path", QT_TRANSLATE_NOOP("QuickFix", "Take the value from the event"));
}

Fix makeTemplate(const Place &place)
{
    return wrap(place, "@template", QT_TRANSLATE_NOOP("QuickFix", "Fill in the {{…}}"));
}

Fix shortenTemplatePaths(const Place &place)
{
    if (!place.value.isString())
        return std::nullopt;
    std::string text(place.value.asString());
    for (std::size_t open = text.find("{{"); open != std::string::npos; open = text.find("{{", open + 2)) {
        const std::size_t path = text.find_first_not_of(" \t\r\n{", open + 2);
        if (path != std::string::npos && text.compare(path, 2, "$.") == 0)
            text.erase(path, 2);
    }
    return replacingText(place, text, words(QT_TRANSLATE_NOOP("QuickFix", "Leave out the $.")));
}

Fix shortenLiquidPaths(const Place &place)
{
    if (!place.value.isString())
        return std::nullopt;
    QString text = QString::fromStdString(std::string(place.value.asString()));
    for (const char *root : { "properties", "context", "traits" })
        text.replace(QStringLiteral("event.%1").arg(QLatin1String(root)), QLatin1String(root));
    return replacingText(place, text.toStdString(), words(QT_TRANSLATE_NOOP("QuickFix", "Leave out the “event.”")));
}

struct KnownFix
{
    std::string_view code;
    Fix (*make)(const Place &place);
};

constexpr auto kFixes = std::to_array<KnownFix>({
    { "header-framing", removeHeader },
    { "header-content-type", removeHeader },
    { "header-signature-mapped", removeHeader },
    { "header-name", renameHeader },
    { "header-value", trimHeaderValue },
    { "header-duplicate", removeSameHeader },
    { "url-invalid", repairUrl },
    { "url-fragment", cutFragment },
    { "url-normalised", writeUrlAsSent },
    { "url-userinfo", moveUserinfo },
    { "method-invalid", spellMethod },
    { "batch-size-range", clampBatchSize },
    { "batching-not-boolean", makeBatchingBoolean },
    { "batch-keys-unknown", dropUnknownBatchKeys },
    { "settings-unknown", dropMember },
    { "literal-path", makePath },
    { "literal-template", makeTemplate },
    { "template-path", shortenTemplatePaths },
    { "liquid-event", shortenLiquidPaths },
});

/// The trigger's own findings know what to write instead.
Fix fixTrigger(const Issue &issue, const Mapping &mapping)
{
    const std::vector<fql::Finding> findings = fql::inspect(mapping.trigger);
    const Issues issues = fql::lint(mapping.trigger, issue.path);
    for (std::size_t i = 0; i < findings.size() && i < issues.size(); ++i) {
        const fql::Finding &finding = findings[i];
        if (!(issues[i] == issue) || !finding.replacement)
            continue;
        QuickFix fix;
        fix.after = mapping;
        fix.after.trigger.replace(finding.range.offset, finding.range.length, *finding.replacement);
        fix.words = finding.replacement->empty()
            ? words(QT_TRANSLATE_NOOP("QuickFix", "Remove %1"))
                  .arg(inQuotes(std::string_view(mapping.trigger).substr(finding.range.offset, finding.range.length)))
            : words(QT_TRANSLATE_NOOP("QuickFix", "Write %1")).arg(inQuotes(*finding.replacement));
        return fix;
    }
    return std::nullopt;
}

Fix fixMapping(const Issue &issue, const Mapping &mapping, std::span<const std::string> steps)
{
    if (issue.code == "mapping-action" && mapping.action != destination::kSendAction) {
        QuickFix fix;
        fix.words = words(QT_TRANSLATE_NOOP("QuickFix", "Set the action to “send”"));
        fix.after = mapping;
        fix.after.action = destination::kSendAction;
        return fix;
    }
    if (steps.size() == 1 && steps[0] == "trigger")
        return fixTrigger(issue, mapping);
    if (steps.size() < 2 || steps[0] != "settings")
        return std::nullopt;
    std::string pointer;
    for (const std::string &step : steps.subspan(1))
        pointer = json::childPointer(pointer, step);
    const Place place{ issue, mapping, pointer, steps.back(), json::valueAt(mapping.settings, pointer) };
    for (const KnownFix &known : kFixes)
        if (known.code == issue.code)
            return known.make(place);
    return std::nullopt;
}

} // namespace

std::optional<QuickFix> quickFix(const destination::Project &project, const Issue &issue)
{
    if (issue.code == "secret-in-file") {
        const auto without = json::removed(project.settings, "/sharedSecret");
        if (!without)
            return std::nullopt;
        QuickFix fix;
        fix.words = words(QT_TRANSLATE_NOOP("QuickFix", "Remove the secret from the file"));
        fix.settings = *without;
        return fix;
    }
    const std::vector<std::string> keys = json::pointerKeys(issue.path);
    if (keys.size() < 3 || keys[0] != "mappings")
        return std::nullopt;
    const std::size_t index = std::strtoul(keys[1].c_str(), nullptr, 10);
    if (index >= project.mappings.size())
        return std::nullopt;
    const Mapping &mapping = project.mappings[index];
    auto fix = fixMapping(issue, mapping, std::span(keys).subspan(2));
    if (!fix || fix->after == mapping)
        return std::nullopt;
    fix->mapping = static_cast<int>(index);
    return fix;
}

destination::Project fixedProject(destination::Project project, const QuickFix &fix)
{
    if (fix.mapping < 0)
        project.settings = fix.settings;
    else
        project.mappings.at(static_cast<std::size_t>(fix.mapping)) = fix.after;
    return project;
}

} // namespace hookbench::document
