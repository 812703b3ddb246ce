#include "core/signing/receiver_code.h"

#include <algorithm>
#include <array>

#include <QFile>

namespace hookbench::signing {

namespace {

struct LanguageNames
{
    Language language;
    const char *name;
    const char *title;
    const char *file;
};

constexpr std::array<LanguageNames, 7> kNames{ {
    { Language::Node, "node", "Node.js", "verify.js" },
    { Language::Python, "python", "Python", "verify.py" },
    { Language::Go, "go", "Go", "verify.go" },
    { Language::Php, "php", "PHP", "verify.php" },
    { Language::Ruby, "ruby", "Ruby", "verify.rb" },
    { Language::Java, "java", "Java", "Verify.java" },
    { Language::CSharp, "csharp", "C#", "Verify.cs" },
} };

const LanguageNames &namesOf(Language language)
{
    return *std::find_if(
        kNames.begin(), kNames.end(), [&](const LanguageNames &names) { return names.language == language; });
}

} // namespace

const char *languageName(Language language)
{
    return namesOf(language).name;
}

std::optional<Language> languageFromName(std::string_view name)
{
    for (const LanguageNames &names : kNames)
        if (names.name == name)
            return names.language;
    return std::nullopt;
}

const char *languageTitle(Language language)
{
    return namesOf(language).title;
}

const char *receiverFileName(Language language)
{
    return namesOf(language).file;
}

std::string receiverCode(Language language, Mode mode)
{
    QFile file(QStringLiteral(":/verifiers/") + QLatin1String(receiverFileName(language)));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("The program was linked without the resources of core/signing.");
    const std::string source = file.readAll().toStdString();
    std::string code;
    bool firstEventOnly = false;
    for (std::size_t at = 0; at < source.size();) {
        const std::size_t end = source.find('\n', at) + 1;
        const std::string_view line = std::string_view(source).substr(at, end - at);
        if (line.find(" first-event: begin") != std::string_view::npos)
            firstEventOnly = true;
        else if (line.find(" first-event: end") != std::string_view::npos)
            firstEventOnly = false;
        else if (!firstEventOnly || mode == Mode::FirstEvent)
            code += line;
        at = end;
    }
    return code;
}

std::vector<RunStep> runSteps(Language language)
{
    const std::string file = receiverFileName(language);
    switch (language) {
    case Language::Node:
        return { { "node", { file }, true } };
    case Language::Python:
        return { { "python3", { file }, true } };
    case Language::Go:
        return { { "go", { "build", "-o", "verify", file } }, { "./verify", {}, true } };
    case Language::Php:
        return { { "php", { file }, true } };
    case Language::Ruby:
        return { { "ruby", { file }, true } };
    case Language::Java:
        return { { "javac", { file } }, { "java", { "-XX:TieredStopAtLevel=1", "-cp", ".", "Verify" }, true } };
    case Language::CSharp:
        return { { "mcs", { "-out:verify.exe", file } }, { "mono", { "verify.exe" }, true } };
    }
    return {};
}

} // namespace hookbench::signing
