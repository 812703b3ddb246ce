#include "core/base/display.h"
#include "core/destination/formats/findings.h"
#include "core/destination/formats/hcl.h"
#include "core/destination/stand_in.h"
#include "core/json/parse.h"
#include "core/json/pointer.h"
#include "core/json/text.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <map>
#include <unordered_map>

namespace hookbench::destination {

namespace {

using hcl::Expression;
using Kind = Expression::Kind;

constexpr std::string_view kDestination = "segment_destination";
constexpr std::string_view kSubscription = "segment_destination_subscription";

/// "segment_destination.orders" of "${segment_destination.orders.id}", with any index left out; also inside a function
/// or a condition.
std::string referenceOf(std::string_view placeholder)
{
    if (!placeholder.starts_with("${") || !placeholder.ends_with('}'))
        return {};
    std::string_view source = placeholder.substr(2, placeholder.size() - 3);
    constexpr std::string_view kInside = "segment_destination.";
    if (const std::size_t at = source.find(kInside); at != std::string_view::npos && at > 0
        && std::string_view("([,?: !").find(source[at - 1]) != std::string_view::npos)
        source = source.substr(at, source.find_first_of(")],:? ", at) - at);
    const std::size_t parts = source.starts_with("data.") ? 3 : 2;
    std::size_t end = 0;
    for (std::size_t i = 0; i < parts && end != std::string_view::npos; ++i)
        end = source.find_first_of(".[", end + (i > 0 ? 1 : 0));
    return std::string(source.substr(0, end));
}

/// The folder of a file: Terraform's module, in which addresses are unique and references count. Never empty.
std::string placeOf(const NamedText &text)
{
    return std::filesystem::path(text.name).lexically_normal().parent_path().string() + "/";
}

/// What blocks of any file in a folder tell.
struct Known
{
    std::unordered_map<std::string, std::string> imports; ///< ids by address
    std::unordered_map<std::string, std::string> data;
    std::unordered_map<std::string, std::string> resources; ///< where an address stands
};

void collectIds(const hcl::File &file, Known &known)
{
    for (const hcl::Block &block : file.body.blocks) {
        const Expression *id = block.find("id");
        if (!id || id->kind != Kind::Value || !id->value.isString())
            continue;
        // import { to = segment_destination.x, id = "…" } tells the id of x. In JSON, `to` is a text.
        if (const Expression *to = block.find("to"); block.type == "import" && to && to->value.isString()) {
            const std::string_view text = to->value.asString();
            known.imports.try_emplace(
                referenceOf(to->kind == Kind::Unknown ? std::string(text) : fmt::format("${{{}}}", text)),
                id->value.asString());
        } else if (block.type == "data" && block.labels.size() == 2) {
            known.data.try_emplace("data." + block.labels[0] + "." + block.labels[1], id->value.asString());
        }
    }
}

/// By its name, or because nothing else begins so.
bool isInJson(const NamedText &text)
{
    const std::size_t first = text.text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    return text.name.ends_with(kTerraformJson) || (first != std::string::npos && text.text[first] == '{');
}

bool isOurs(const hcl::Block &block)
{
    return block.type == "resource" && block.labels.size() == 2
        && (block.labels[0] == kDestination || block.labels[0] == kSubscription);
}

class TerraformReader
{
public:
    TerraformReader(const NamedText &text, const hcl::File &file, Known &known, Findings &findings)
        : m_text(text)
        , m_file(file)
        , m_known(known)
        , m_findings(findings)
    {
        for (std::size_t at = text.text.find('\n'); at != std::string::npos; at = text.text.find('\n', at + 1))
            m_lineEnds.push_back(at);
    }

    Result<void> run()
    {
        for (const hcl::Block &block : m_file.body.blocks) {
            if (!isOurs(block))
                continue;
            if (Result<void> alone = standsAlone(block); !alone)
                return alone;
            if (Result<void> read = block.labels[0] == kDestination ? readDestination(block) : readSubscription(block);
                !read)
                return read;
        }
        return {};
    }

private:
    /// Neither does another block have its address, nor does it replace arguments of another.
    Result<void> standsAlone(const hcl::Block &block) const
    {
        const std::string file = std::filesystem::path(m_text.name).filename().string();
        const std::string stem = file.substr(0, file.find('.'));
        if (stem == "override" || stem.ends_with("_override"))
            return fail(wrong(block, block.offset, "terraform-override",
                "this file replaces arguments of what stands in others, which the import does not do. Put them in "
                "there, and import without this file."));
        const auto [other, isNew]
            = m_known.resources.try_emplace(block.labels[0] + "." + block.labels[1], place(block.offset));
        if (!isNew)
            return fail(wrong(block, block.offset, "terraform-duplicate",
                fmt::format(
                    "it is there twice, first in {}. Terraform takes one of a name in a folder.", other->second)));
        return {};
    }

    std::string place(std::size_t offset) const
    {
        const auto line = std::lower_bound(m_lineEnds.begin(), m_lineEnds.end(), offset) - m_lineEnds.begin() + 1;
        return m_text.name.empty() ? fmt::format("line {}", line)
                                   : fmt::format("{}, line {}", escapeForDisplay(m_text.name), line);
    }

    void placeholder(Issues &issues, std::string pointer, std::string_view text, std::size_t offset) const
    {
        issues.push_back({ Severity::Warning, "placeholder", std::move(pointer),
            fmt::format("{} stands for a value that Terraform works out ({}). Put the value in.",
                escapeForDisplay(text), place(offset)) });
    }

    bool isPlaceholder(json::Value value) const
    {
        return value.isString() && m_file.placeholders.contains(std::string(value.asString()));
    }

    /// The argument's text; a placeholder is its text, and an issue.
    std::string text(const hcl::Block &block, std::string_view name, Issues &issues) const
    {
        const Expression *expression = block.find(name);
        if (!expression || expression->value.isNullish() || expression->kind == Kind::Encoded)
            return {};
        std::string text = json::toText(expression->value);
        if (expression->kind == Kind::Unknown || isPlaceholder(expression->value))
            placeholder(issues, "/" + std::string(name), text, expression->offset);
        else if (expression->isHeredoc)
            text.erase(text.find_last_not_of("\r\n") + 1);
        return text;
    }

    bool enabled(const hcl::Block &block, Issues &issues) const
    {
        const Expression *expression = block.find("enabled");
        if (!expression || expression->value.isNullish())
            return true;
        if (expression->value.isBoolean())
            return expression->value.asBoolean();
        if (expression->kind == Kind::Unknown) {
            issues.push_back({ Severity::Warning, "placeholder", "/enabled",
                fmt::format("Whether it is enabled depends on {} ({}); it is disabled here.",
                    escapeForDisplay(expression->value.asString()), place(expression->offset)) });
            return false;
        }
        return expression->value.isString() && expression->value.asString() == "true";
    }

    /// What a block holds, as an object: `settings { … }`, as other providers have it.
    json::Value blockValue(const hcl::Block &block) const
    {
        json::Arena &arena = *m_file.arena;
        json::ObjectBuilder object(arena);
        for (const hcl::Attribute &attribute : block.attributes)
            object.add(attribute.name, hcl::plainValue(arena, attribute.expression).value_or(json::Value::null()));
        for (const hcl::Block &inner : block.blocks)
            object.add(inner.type, blockValue(inner));
        return object.build();
    }

    /// The argument of that name, or what a block of that name holds.
    std::optional<Expression> argument(const hcl::Block &block, std::string_view name) const
    {
        if (const Expression *expression = block.find(name))
            return *expression;
        for (const hcl::Block &inner : block.blocks)
            if (inner.type == name)
                return Expression{ Kind::Value, blockValue(inner), inner.offset, false };
        return std::nullopt;
    }

    /// An object, in Terraform's order.
    Result<json::Document> settings(const hcl::Block &block, Issues &issues) const
    {
        const auto arena = std::make_shared<json::Arena>();
        arena->keepAlive(m_file.arena);
        const json::Value none = json::ObjectBuilder(*arena).build();
        const std::optional<Expression> expression = argument(block, "settings");
        if (!expression || (expression->kind == Kind::Value && expression->value.isNull()))
            return json::Document(arena, none);
        json::Value value = expression->value;
        // A text is JSON already, unless jsonencode was given it.
        if (expression->kind == Kind::Value && value.isString()) {
            const Result<json::Value> parsed = json::parseBorrowing(*arena, value.asString());
            if (!parsed && !isPlaceholder(value))
                return fail(wrong(block, expression->offset, parsed.error().code,
                    fmt::format("its settings are no JSON. {}", parsed.error().message)));
            if (parsed)
                value = *parsed;
        }
        if (isPlaceholder(value)) {
            placeholder(issues, "/settings", value.asString(), expression->offset);
            return json::Document(arena, none);
        }
        if (!value.isObject())
            return fail(wrong(block, expression->offset, "import-shape",
                fmt::format("its settings must be an object, found {}.", json::kindName(value.kind()))));
        const json::Document sorted(arena, hcl::inTerraformOrder(*arena, value));
        // In JSON that came as one text, it is that text which is known to hold some.
        const bool isText = expression->kind == Kind::Value && isPlaceholder(expression->value);
        if (!m_file.placeholders.empty())
            visitTexts(sorted, "/settings", [&](std::string_view text, const std::string &pointer) {
                if (const auto found = m_file.placeholders.find(std::string(text)); found != m_file.placeholders.end())
                    placeholder(issues, pointer, text, found->second);
                else if (isText && standInOf(text) == StandIn::Placeholder)
                    placeholder(issues, pointer, text, expression->offset);
            });
        return sorted;
    }

    Error wrong(const hcl::Block &block, std::size_t offset, std::string code, const std::string &what) const
    {
        const TextPosition position = json::positionAt(m_text.text, offset);
        Error error{ std::move(code),
            fmt::format("Line {}, column {}: {} \"{}\": {}", position.line, position.column, block.labels[0],
                escapeForDisplay(block.labels[1]), what),
            {}, position };
        return inText(std::move(error), m_text.name);
    }

    void warnRepeated(const hcl::Block &block, Issues &issues) const
    {
        for (const char *name : { "for_each", "count" })
            if (const Expression *expression = block.find(name))
                issues.push_back({ Severity::Warning, "terraform-repeated", {},
                    fmt::format("Terraform makes several of this by {} ({}); it is imported once.", name,
                        place(expression->offset)) });
    }

    /// What a mapping's destination_id says, or a destination's own id.
    FoundName nameOf(const Expression *expression) const
    {
        if (!expression || expression->value.isNullish())
            return {};
        if (expression->kind != Kind::Unknown)
            return { {}, json::toText(expression->value) };
        std::string reference = referenceOf(expression->value.asString());
        if (const auto id = m_known.data.find(reference); id != m_known.data.end())
            return { {}, id->second };
        return { placeOf(m_text), std::move(reference) };
    }

    /// The metadata's id: a text, a reference to what a data block tells, or unknown.
    void readKind(const hcl::Block &block, FoundDestination &found) const
    {
        std::string id;
        if (const auto metadata = argument(block, "metadata"); metadata && metadata->value.isObject()) {
            const json::Value member = metadata->value.find("id");
            if (member.isString())
                id = member.asString();
            if (isPlaceholder(member)) {
                const auto known = m_known.data.find(referenceOf(member.asString()));
                id = known == m_known.data.end() ? std::string() : known->second;
            }
        }
        found.isWebhooks = id == kWebhooksMetadataId;
        found.isKindKnown = !id.empty();
    }

    Result<void> readDestination(const hcl::Block &block)
    {
        FoundDestination found;
        const std::string &label = block.labels[1];
        const std::string address = std::string(kDestination) + "." + label;
        found.names = { { placeOf(m_text), address } };
        found.key = label;
        // Git Sync names resources after Segment's ids.
        if (label.starts_with("id-"))
            found.key = label.substr(3);
        if (const auto id = m_known.imports.find(address); id != m_known.imports.end())
            found.key = id->second;
        if (found.key != label)
            found.names.push_back({ {}, found.key });
        readKind(block, found);
        if (found.isKindKnown && !found.isWebhooks) {
            m_findings.destinations.push_back(std::move(found));
            return {};
        }
        found.name = text(block, "name", found.issues);
        if (!block.find("name"))
            found.name = found.key;
        found.enabled = enabled(block, found.issues);
        warnRepeated(block, found.issues);
        const Result<json::Document> read = settings(block, found.issues);
        if (!read)
            return fail(read.error());
        found.settings = *read;
        // The secret leaves the settings, so what is said of it moves up.
        for (Issue &issue : found.issues) {
            if (issue.path != "/settings/sharedSecret")
                continue;
            found.secretUnknown = true;
            issue = { issue.severity, issue.code, "/settings", "The shared secret is unknown: " + issue.message };
        }
        m_findings.destinations.push_back(std::move(found));
        return {};
    }

    Result<void> readSubscription(const hcl::Block &block)
    {
        FoundMapping found;
        found.destination = nameOf(block.find("destination_id"));
        if (const Expression *action = block.find("action_id");
            action && action->kind == Kind::Value && action->value.isString() && !isPlaceholder(action->value))
            found.actionId = action->value.asString();
        found.mapping.name = text(block, "name", found.issues);
        if (!block.find("name"))
            found.mapping.name = block.labels[1];
        found.mapping.enabled = enabled(block, found.issues);
        found.mapping.trigger = text(block, "trigger", found.issues);
        if (const Expression *model = block.find("model_id"); model && !model->value.isNullish())
            found.issues.push_back({ Severity::Info, "model-left-out", {},
                fmt::format("It is fed by a model ({}), not by events of a source; that is left out here.",
                    place(model->offset)) });
        warnRepeated(block, found.issues);
        const Result<json::Document> read = settings(block, found.issues);
        if (!read)
            return fail(read.error());
        found.mapping.settings = *read;
        m_findings.mappings.push_back(std::move(found));
        return {};
    }

    const NamedText &m_text;
    const hcl::File &m_file;
    Known &m_known;
    Findings &m_findings;
    std::vector<std::size_t> m_lineEnds;
};

} // namespace

Result<void> findInTerraform(
    std::span<const NamedText *const> texts, const std::atomic<bool> *cancelled, Findings &findings)
{
    std::vector<hcl::File> files;
    std::map<std::string, Known> known; ///< by folder
    for (const NamedText *text : texts) {
        if (isSet(cancelled))
            return fail(importCancelled());
        Result<hcl::File> file = isInJson(*text) ? hcl::parseJson(text->text) : hcl::parse(text->text);
        if (!file)
            return fail(inText(std::move(file.error()), text->name));
        collectIds(*file, known[placeOf(*text)]);
        files.push_back(std::move(*file));
    }
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (isSet(cancelled))
            return fail(importCancelled());
        if (Result<void> read = TerraformReader(*texts[i], files[i], known[placeOf(*texts[i])], findings).run(); !read)
            return read;
    }
    return {};
}

} // namespace hookbench::destination
