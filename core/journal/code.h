#pragma once
// A recorded delivery as something to run elsewhere: a cURL or HTTPie command for a POSIX shell, a Python program
// (requests), a JavaScript module (fetch of Node 18 and later), or the bytes of the HTTP/1.1 request. The body is sent
// byte for byte, so that the signature still verifies; where a command line cannot carry it, it goes into a file.
//
// Framing headers (Content-Length, Transfer-Encoding, Connection) are left to the client, and so is a Host that says
// what the URL says. What a client cannot help changing is said in `notes`. Pure; any thread.
#include "core/journal/redaction.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace hookbench::journal {

enum class CodeForm { Curl, Httpie, PythonRequests, NodeFetch, RawHttp };

inline constexpr CodeForm kCodeForms[]{ CodeForm::Curl, CodeForm::Httpie, CodeForm::PythonRequests, CodeForm::NodeFetch,
    CodeForm::RawHttp };

/// "curl", "httpie", "python", "node", "http".
const char *codeFormName(CodeForm form);
std::optional<CodeForm> codeFormFromName(std::string_view name);
/// What a file of it ends in, without the dot: "sh", "py", "mjs", "http".
const char *codeFormSuffix(CodeForm form);

struct CodeOptions
{
    std::optional<Redaction> redaction = Redaction{}; ///< nullopt: exact values
    std::string bodyFile = "body.json"; ///< the path written into a command when the body needs a file
};

struct Code
{
    std::string text; ///< UTF-8, except for RawHttp, which is bytes
    bool needsBodyFile = false; ///< `body` must lie at CodeOptions::bodyFile
    std::string body; ///< the bytes sent, after redaction
    bool redacted = false; ///< something was hidden
    bool bodyRedacted = false; ///< a secret stood in the body: the signature does not verify any more
    std::vector<std::string> notes; ///< English sentences: what this client sends otherwise than the record says
};

Code codeOf(const DeliveryRecord &record, CodeForm form, const CodeOptions &options = {});

} // namespace hookbench::journal
