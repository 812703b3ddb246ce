#pragma once
// A mistake or a doubt in a user's document: rows of Problems and lines of `hookbench-cli check`.
#include <string>
#include <vector>

namespace hookbench {

enum class Severity { Error, Warning, Info };

struct Issue
{
    Severity severity = Severity::Error;
    std::string code; ///< stable, kebab-case
    std::string path; ///< JSON pointer into the project document, e.g. /mappings/0/settings/url
    std::string message; ///< what was found, what was expected, what to do
    friend bool operator==(const Issue &, const Issue &) = default;
};

using Issues = std::vector<Issue>;

inline bool hasErrors(const Issues &issues)
{
    for (const Issue &issue : issues)
        if (issue.severity == Severity::Error)
            return true;
    return false;
}

/// "error", "warning" or "info", as the command line prints it.
const char *severityName(Severity severity);

} // namespace hookbench
