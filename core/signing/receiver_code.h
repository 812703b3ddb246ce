#pragma once
// Code for the receiver of webhooks, in the languages they are written in: one file each, a function verify(raw body,
// header, secret) and a small program around it, so that it can be tried. The first-event code finds the bytes of a
// batch's first element in the raw body, as coverage.h does, and never serialises JSON again; the whole-body code has
// none of that. It accepts exactly what its mode signs.
//
// As a program it takes the body on standard input, the header's value as its argument and the secret from the
// environment (kSecretVariable); it prints "valid" and ends with 0, or "invalid" and ends with 1.
// Pure; any thread. The sources are resources/verifiers/*.
#include "core/signing/coverage.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hookbench::signing {

enum class Language { Node, Python, Go, Php, Ruby, Java, CSharp };

inline constexpr Language kLanguages[]{ Language::Node, Language::Python, Language::Go, Language::Php, Language::Ruby,
    Language::Java, Language::CSharp };

inline constexpr const char *kSecretVariable = "SHARED_SECRET";

/// "node", "python", "go", "php", "ruby", "java", "csharp".
const char *languageName(Language language);
std::optional<Language> languageFromName(std::string_view name);
/// "Node.js", "C#": names for people, which nobody translates.
const char *languageTitle(Language language);
/// "verify.js"; Java and C# want theirs capitalised.
const char *receiverFileName(Language language);

/// UTF-8, line feeds.
std::string receiverCode(Language language, Mode mode);

/// One program to start in the folder that holds the file; `arguments` go to the program as they are, no shell.
struct RunStep
{
    std::string program;
    std::vector<std::string> arguments;
    bool isCode = false; ///< the receiver's code: it gets the header's value as its last argument, and the body
};

/// How the code is run, a compiler first where one is needed. Every program named must be on the machine.
std::vector<RunStep> runSteps(Language language);

} // namespace hookbench::signing
