// Terraform as `terraform fmt` leaves it. Source of the layout: hclwrite's format.go. In a run of lines that each hold
// one whole argument, the = stand below each other; a line that opens a bracket ends the run.
#include "core/base/display.h"
#include "core/destination/formats/hcl.h"
#include "core/destination/formats/writing.h"
#include "core/destination/literal.h"
#include "core/json/pointer.h"
#include "core/json/stringify.h"

#include <QString>
#include <QTextBoundaryFinder>

#include <algorithm>
#include <fmt/format.h>

namespace hookbench::destination {

namespace {

using json::Value;

constexpr std::size_t kLongestList = 90; ///< characters of a list on one line

bool isBareKey(std::string_view key)
{
    static constexpr std::string_view kKeywords[] = { "for", "in", "if", "true", "false", "null" };
    const auto isLetter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    return !key.empty() && isLetter(key[0]) && std::all_of(key.begin(), key.end(), [&](char c) {
        return isLetter(c) || (c >= '0' && c <= '9') || c == '-';
    }) && std::find(std::begin(kKeywords), std::end(kKeywords), key) == std::end(kKeywords);
}

std::string keyText(std::string_view key)
{
    return isBareKey(key) ? std::string(key) : hcl::quoted(key);
}

/// Grapheme clusters, as `terraform fmt` counts them. The quotes are tokens of their own there.
std::size_t columns(const std::string &key)
{
    if (std::all_of(key.begin(), key.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
        return key.size();
    const QString inside = QString::fromStdString(key.substr(1, key.size() - 2));
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, inside);
    std::size_t count = 2;
    while (finder.toNextBoundary() != -1)
        ++count;
    return count;
}

struct Argument
{
    std::string key;
    std::string text; ///< unless writeValue knows better
    bool isMultiline = false;
};

template <typename WriteValue>
void writeArguments(std::string &out, const std::vector<Argument> &arguments, std::size_t indent, WriteValue writeValue)
{
    for (std::size_t i = 0; i < arguments.size();) {
        std::size_t runEnd = i;
        std::size_t width = columns(arguments[i].key);
        while (runEnd < arguments.size() && !arguments[runEnd].isMultiline)
            width = std::max(width, columns(arguments[runEnd++].key));
        for (runEnd = std::max(runEnd, i + 1); i < runEnd; ++i) {
            out.append(indent, ' ');
            out += arguments[i].key;
            out.append(width - columns(arguments[i].key) + 1, ' ');
            out += "= ";
            writeValue(i);
            out += '\n';
        }
    }
}

class ValueWriter
{
public:
    ValueWriter(std::string &out, const Variables &variables)
        : m_out(out)
        , m_variables(variables)
    {
    }

    void write(Value value, std::size_t indent, const std::string &pointer)
    {
        if (value.isObject())
            object(value, indent, pointer);
        else if (value.isArray())
            array(value, indent, pointer);
        else
            scalar(value, pointer);
    }

    static bool isMultiline(Value value)
    {
        if (value.isObject())
            return value.size() > 0;
        if (!value.isArray())
            return false;
        std::size_t length = 0;
        for (const Value item : value.items()) {
            if (item.isContainer() && item.size() > 0)
                return true;
            length += item.isString() ? item.size() + 4 : 8;
            if (length > kLongestList)
                return true;
        }
        return false;
    }

private:
    /// Only variables need to know where they stand.
    template <typename Key>
    std::string below(const std::string &pointer, Key key) const
    {
        return m_variables.empty() ? std::string() : json::childPointer(pointer, key);
    }

    void scalar(Value value, const std::string &pointer)
    {
        if (!value.isString()) {
            m_out += value.isUndefined() ? "null" : json::stringify(value);
            return;
        }
        const auto variable = m_variables.find(pointer);
        m_out += variable == m_variables.end() ? hcl::quoted(value.asString()) : "var." + variable->second;
    }

    void object(Value value, std::size_t indent, const std::string &pointer)
    {
        if (value.size() == 0) {
            m_out += "{}";
            return;
        }
        std::vector<json::Member> members(value.members().begin(), value.members().end());
        std::sort(members.begin(), members.end(),
            [](const json::Member &a, const json::Member &b) { return a.name() < b.name(); });
        std::vector<Argument> arguments;
        for (const json::Member &member : members)
            arguments.push_back({ keyText(member.name()), {}, isMultiline(member.value) });
        m_out += "{\n";
        writeArguments(m_out, arguments, indent + 2,
            [&](std::size_t i) { write(members[i].value, indent + 2, below(pointer, members[i].name())); });
        m_out.append(indent, ' ');
        m_out += '}';
    }

    void array(Value value, std::size_t indent, const std::string &pointer)
    {
        const bool lines = isMultiline(value);
        m_out += '[';
        for (std::size_t i = 0; i < value.size(); ++i) {
            if (lines) {
                m_out += '\n';
                m_out.append(indent + 2, ' ');
            }
            write(value.at(i), indent + 2, below(pointer, i));
            m_out += lines ? "," : i + 1 < value.size() ? ", " : "";
        }
        if (lines) {
            m_out += '\n';
            m_out.append(indent, ' ');
        }
        m_out += ']';
    }

    std::string &m_out;
    const Variables &m_variables;
};

bool isSayable(Value value)
{
    if (value.isString())
        return isSayableInHcl(value.asString());
    if (value.isArray())
        return std::all_of(value.items().begin(), value.items().end(), isSayable);
    if (value.isObject())
        return std::all_of(value.members().begin(), value.members().end(),
            [](const json::Member &member) { return isSayableInHcl(member.name()) && isSayable(member.value); });
    return true;
}

/// Whether Terraform's order of keys changes what the mapping builds. The arguments of a directive have no order.
bool changesOrder(Value value)
{
    if (value.isArray())
        return std::any_of(value.items().begin(), value.items().end(), changesOrder);
    if (!value.isObject())
        return false;
    if (isDirective(value)) {
        for (const json::Member &member : value.members())
            if (member.value.isObject() && !isDirective(member.value)) {
                for (const json::Member &argument : member.value.members())
                    if (changesOrder(argument.value))
                        return true;
            } else if (changesOrder(member.value)) {
                return true;
            }
        return false;
    }
    std::vector<std::string_view> names;
    for (const json::Member &member : value.members()) {
        if (!json::isArrayIndex(member.name()))
            names.push_back(member.name());
        if (changesOrder(member.value))
            return true;
    }
    return !std::is_sorted(names.begin(), names.end());
}

class TerraformWriter
{
public:
    explicit TerraformWriter(Writing &writing)
        : m_writing(writing)
    {
    }

    std::string run()
    {
        const Project &project = m_writing.project;
        m_label = uniqueName(project.name, "webhooks", m_labels);
        m_source = uniqueName(m_label + "_source_id", "source_id", m_variableNames);
        addVariable(m_source, "Id of the source whose events the destination gets", false);
        std::string resources = destination();
        for (const std::size_t index : m_writing.mappings)
            resources += "\n" + subscription(index);
        std::string out;
        if (m_holdsSecrets)
            out += "# This file holds secrets in plain text. Keep it private.\n";
        out += fmt::format("# Webhooks (Actions) destination \"{}\", for the Terraform provider segmentio/segment.\n",
            escapeForDisplay(project.name));
        if (m_reorders)
            out += "# Terraform sorts the keys of objects by name: bodies, and with them X-Signature, change.\n";
        return out + m_variables + "\n" + resources;
    }

private:
    void addVariable(const std::string &name, const std::string &description, bool isSensitive)
    {
        std::vector<Argument> arguments{ { "description", hcl::quoted(description), false },
            { "type", "string", false } };
        if (isSensitive)
            arguments.push_back({ "sensitive", "true", false });
        m_variables += fmt::format("\nvariable \"{}\" {{\n", name) + block(arguments);
    }

    static std::string block(const std::vector<Argument> &arguments)
    {
        std::string out;
        writeArguments(out, arguments, 2, [&](std::size_t i) { out += arguments[i].text; });
        return out + "}\n";
    }

    Argument settings(Value value, const Variables &variables, const std::string &place)
    {
        if (isSayable(value)) {
            std::string out = "jsonencode(";
            ValueWriter(out, variables).write(value, 2, {});
            return { "settings", out + ")", ValueWriter::isMultiline(value) };
        }
        // HCL brings texts into NFC and cannot say lone surrogates; JSON inside a text of ASCII can.
        const auto arena = std::make_shared<json::Arena>();
        std::string out = "\"";
        for (const Piece &piece : jsonPieces(hcl::inTerraformOrder(*arena, value), variables, Letters::Ascii)) {
            const std::string text = hcl::quoted(piece.text);
            out += piece.isVariable ? "${jsonencode(var." + piece.text + ")}" : text.substr(1, text.size() - 2);
        }
        m_writing.issues.push_back({ Severity::Info, "terraform-json-text", place,
            "It holds text that HCL changes or cannot say, so the settings are JSON inside a text. Terraform still "
            "replaces halves of surrogate pairs." });
        return { "settings", out + "\"", false };
    }

    Argument text(std::string key, std::string_view value, const std::string &pointer)
    {
        if (!isSayableInHcl(value))
            m_writing.issues.push_back({ Severity::Warning, "terraform-text-changes", pointer,
                "Terraform changes this text: it is not in Unicode's NFC, or holds half of a surrogate pair." });
        return { std::move(key), hcl::quoted(value), false };
    }

    std::string destination()
    {
        const Project &project = m_writing.project;
        const auto arena = std::make_shared<json::Arena>();
        json::ObjectBuilder settingsBuilder(*arena);
        settingsBuilder.addAll(m_writing.settings->members());
        Variables variables;
        settingsBuilder.add("sharedSecret", json::makeString(*arena, m_writing.sharedSecret));
        if (m_writing.sharedSecret.empty()) {
            const std::string name = uniqueName(m_label + "_shared_secret", "shared_secret", m_variableNames);
            addVariable(name, "Shared Secret that signs the requests; empty for none", true);
            variables.emplace("/sharedSecret", name);
        } else {
            m_holdsSecrets = true;
        }
        std::vector<Argument> arguments;
        arguments.push_back({ "enabled", project.enabled ? "true" : "false", false });
        arguments.push_back({ "metadata", fmt::format("{{\n    id = \"{}\"\n  }}", kWebhooksMetadataId), true });
        arguments.push_back(text("name", project.name, "/name"));
        arguments.push_back(settings(settingsBuilder.build(), variables, "/settings"));
        arguments.push_back({ "source_id", "var." + m_source, false });
        return fmt::format("resource \"segment_destination\" \"{}\" {{\n", m_label) + block(arguments);
    }

    std::string subscription(std::size_t index)
    {
        const Mapping &mapping = m_writing.project.mappings[index];
        const std::string place = json::childPointer("/mappings", index);
        const std::string label = uniqueName(m_label + "_" + mapping.name, "mapping", m_mappingLabels);
        Variables variables;
        for (const SecretPlace &secret : secretPlaces(mapping.settings, m_writing.project.maskedHeaders)) {
            if (m_writing.includeSecret) {
                m_holdsSecrets = true;
                continue;
            }
            const std::string name = uniqueName(label + "_" + secret.name, "secret", m_variableNames);
            addVariable(name,
                fmt::format("{} of the mapping {}", escapeForDisplay(secret.name), escapeForDisplay(mapping.name)),
                true);
            variables.emplace(secret.pointer, name);
            m_writing.issues.push_back({ Severity::Info, "secret-hidden", place + "/settings" + secret.pointer,
                fmt::format("\"{}\" is the sensitive variable {}.", escapeForDisplay(secret.name), name) });
        }
        json::Arena arena;
        const Value value = mapping.settings->isObject() ? mapping.settings.root() : json::ObjectBuilder(arena).build();
        if (changesOrder(value.find("data"))) {
            m_reorders = true;
            m_writing.issues.push_back({ Severity::Warning, "terraform-key-order", place + "/settings/data",
                "Terraform sorts the keys of objects by name, so that bodies and their X-Signature change." });
        }
        std::vector<Argument> arguments;
        arguments.push_back({ "action_id", hcl::quoted(kSendActionId), false });
        arguments.push_back({ "destination_id", fmt::format("segment_destination.{}.id", m_label), false });
        arguments.push_back({ "enabled", mapping.enabled ? "true" : "false", false });
        arguments.push_back(text("name", mapping.name, place + "/name"));
        arguments.push_back(settings(value, variables, place + "/settings"));
        arguments.push_back(text("trigger", mapping.trigger, place + "/trigger"));
        return fmt::format("resource \"segment_destination_subscription\" \"{}\" {{\n", label) + block(arguments);
    }

    Writing &m_writing;
    std::unordered_set<std::string> m_labels;
    std::unordered_set<std::string> m_mappingLabels;
    std::unordered_set<std::string> m_variableNames;
    std::string m_variables;
    std::string m_label;
    std::string m_source;
    bool m_holdsSecrets = false;
    bool m_reorders = false;
};

} // namespace

std::string writeTerraform(Writing &writing)
{
    return TerraformWriter(writing).run();
}

} // namespace hookbench::destination
