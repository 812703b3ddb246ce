// A script for bash and curl that creates the destination and its mappings by Segment's Public API. The token and the
// shared secret come from the environment and never stand on a command line. Source: POST /destinations and POST
// /destinations/{id}/subscriptions of https://docs.segmentapis.com.
#include "core/base/counted.h"
#include "core/base/display.h"
#include "core/destination/formats/findings.h"
#include "core/destination/formats/writing.h"
#include "core/json/pointer.h"

#include <algorithm>
#include <fmt/format.h>

namespace hookbench::destination {

namespace {

using json::Value;

constexpr const char *kFunctions = R"SH(
api=${SEGMENT_API:-https://api.segmentapis.com}
created='nothing'

stop() {
    printf 'Stopped: %s\nCreated so far: %s. Nothing else was done.\n' "$1" "$created" >&2
    exit 1
}

# A text as JSON.
json_text() {
    local text=${1//\\/\\\\} code char escape
    text=${text//\"/\\\"}
    for code in {1..31}; do
        printf -v escape '\\u%04x' "$code"
        printf -v char "\\x${escape:4}"
        text=${text//"$char"/"$escape"}
    done
    printf '"%s"' "$text"
}

# call WHAT VERSION PATH JSON: prints what the API answers.
call() {
    local answer status
    answer=$(printf '%s' "$4" | curl --silent --show-error --max-time 60 --request POST --write-out '\n%{http_code}' \
        --header @<(printf 'Authorization: Bearer %s\n' "$SEGMENT_TOKEN") \
        --header 'Content-Type: application/json' --header "Accept: application/vnd.segment.$2+json" \
        --data-binary @- "$api$3") || stop "no answer from $api for the $1."
    status=${answer##*$'\n'}
    answer=${answer%$'\n'*}
    case $status in
    2??) printf '%s' "$answer" ;;
    *) stop "the API refused the $1 with $status: $(printf '%.2000s' "$answer" | tr -d '\000-\010\013-\037\177')" ;;
    esac
}

# The text at data.destination.id of the answer, wherever it stands in it.
destination_id() {
    grep -aoE '"(\\.|[^"\\])*"|[][{}:,]|[^][{}:," ]+' | awk '
        $0 == ":" { key[depth] = last; value = 1; next }
        value && depth == 3 && key[1] == "\"data\"" && key[2] == "\"destination\"" && key[3] == "\"id\"" && /^"/ {
            print substr($0, 2, length($0) - 2)
        }
        $0 == "{" || $0 == "[" { key[++depth] = "" }
        $0 == "}" || $0 == "]" { depth-- }
        { last = $0; value = 0 }'
}

)SH";

std::string shellQuoted(std::string_view text)
{
    std::string out = "'";
    for (const char c : text)
        if (c == '\'')
            out += "'\\''";
        else
            out += c;
    return out + "'";
}

/// JSON as one word of the shell.
std::string jsonWord(Value value, const Variables &variables)
{
    std::string out;
    for (const Piece &piece : jsonPieces(value, variables))
        out += piece.isVariable ? "\"$(json_text \"$" + piece.text + "\")\"" : shellQuoted(piece.text);
    return out;
}

class ScriptWriter
{
public:
    explicit ScriptWriter(Writing &writing)
        : m_writing(writing)
    {
    }

    std::string run()
    {
        const Project &project = m_writing.project;
        for (const char *name : { "segment_token", "segment_source_id", "segment_shared_secret", "segment_api" })
            m_names.insert(name);
        demand("SEGMENT_TOKEN", ":?", "a Public API token of the workspace");
        demand("SEGMENT_SOURCE_ID", ":?", "the id of the source whose events the destination gets");
        std::string steps = destination();
        for (std::size_t i = 0; i < m_writing.mappings.size(); ++i)
            steps += mapping(i);
        steps += fmt::format(
            "printf 'Created destination %s with {}.\\n' \"$id\"\n", counted(m_writing.mappings.size(), "mapping"));
        // The first line is for the warning; without #! the script is run as `bash FILE`.
        std::string out = m_holdsSecrets ? std::string(kSecretScript) + "\n" : "#!/usr/bin/env bash\n";
        out += fmt::format(
            "# Creates the Webhooks (Actions) destination \"{}\" and its mappings by Segment's Public API,\n"
            "# and stops at the first failure. Workspaces in Europe: "
            "SEGMENT_API=https://eu1.api.segmentapis.com\n"
            "set -euo pipefail\nexport LC_ALL=C\n\n",
            escapeForDisplay(project.name));
        return out + m_demands + kFunctions + steps;
    }

private:
    /// A line that stops when the variable is not set.
    void demand(const std::string &variable, const char *how, const std::string &what)
    {
        std::string words;
        // In the words behind ? the shell would still expand.
        for (const char c : what)
            words += std::string_view("$`\\\"}'").find(c) != std::string_view::npos ? '?' : c;
        m_demands += fmt::format(": \"${{{}{}is not set. It is {}.}}\"\n", variable, how, words);
    }

    std::string destination()
    {
        const Project &project = m_writing.project;
        const auto arena = std::make_shared<json::Arena>();
        const auto text = [&](std::string_view wtf8) { return json::makeString(*arena, wtf8); };
        json::ObjectBuilder settings(*arena);
        settings.addAll(m_writing.settings->members());
        settings.add("sharedSecret", text(m_writing.sharedSecret));
        Variables variables{ { "/sourceId", "SEGMENT_SOURCE_ID" } };
        if (m_writing.sharedSecret.empty()) {
            variables.emplace("/settings/sharedSecret", "SEGMENT_SHARED_SECRET");
            demand("SEGMENT_SHARED_SECRET", "?", "the Shared Secret that signs the requests, empty for none");
        } else {
            m_holdsSecrets = true;
        }
        const Value body = json::ObjectBuilder(*arena)
                               .add("sourceId", text(""))
                               .add("metadataId", text(kWebhooksMetadataId))
                               .add("name", text(project.name))
                               .add("enabled", Value::boolean(project.enabled))
                               .add("settings", settings.build())
                               .build();
        return fmt::format("answer=$(call destination v1 /destinations {})\n", jsonWord(body, variables))
            + "id=$(printf '%s' \"$answer\" | destination_id)\n"
              "[[ $id =~ ^[A-Za-z0-9_-]+$ ]] || stop 'the API answered without data.destination.id.'\n"
              "created=\"destination $id without mappings\"\n\n";
    }

    std::string mapping(std::size_t place)
    {
        const std::size_t index = m_writing.mappings[place];
        const Mapping &mapping = m_writing.project.mappings[index];
        const auto arena = std::make_shared<json::Arena>();
        Variables variables;
        for (const SecretPlace &secret : secretPlaces(mapping.settings, m_writing.project.maskedHeaders)) {
            if (m_writing.includeSecret) {
                m_holdsSecrets = true;
                continue;
            }
            std::string name = uniqueName("secret_" + mapping.name + "_" + secret.name, "secret", m_names);
            std::transform(name.begin(), name.end(), name.begin(),
                [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
            variables.emplace("/settings" + secret.pointer, name);
            demand(name, ":?",
                fmt::format("{} of the mapping {}", escapeForDisplay(secret.name), escapeForDisplay(mapping.name)));
            m_writing.issues.push_back({ Severity::Info, "secret-hidden",
                json::childPointer("/mappings", index) + "/settings" + secret.pointer,
                fmt::format("\"{}\" is taken from the environment, {}.", escapeForDisplay(secret.name), name) });
        }
        json::ObjectBuilder body(*arena);
        body.add("name", json::makeString(*arena, mapping.name));
        body.add("actionId", json::makeString(*arena, kSendActionId));
        body.add("trigger", json::makeString(*arena, mapping.trigger));
        body.add("enabled", Value::boolean(mapping.enabled));
        if (mapping.settings->isObject())
            body.add("settings", mapping.settings.root());
        return fmt::format("call {} v1alpha \"/destinations/$id/subscriptions\" {} >/dev/null\n",
                   shellQuoted("mapping \"" + escapeForDisplay(mapping.name) + "\""), jsonWord(body.build(), variables))
            + fmt::format("created=\"destination $id with {} of {}\"\n\n", place + 1,
                counted(m_writing.mappings.size(), "mapping"));
    }

    Writing &m_writing;
    std::unordered_set<std::string> m_names;
    std::string m_demands;
    bool m_holdsSecrets = false;
};

} // namespace

std::string writeCurl(Writing &writing)
{
    return ScriptWriter(writing).run();
}

} // namespace hookbench::destination
