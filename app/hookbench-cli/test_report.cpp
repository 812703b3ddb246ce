#include "app/hookbench-cli/test_report.h"

#include "core/base/display.h"
#include "core/base/utf8.h"

#include <QBuffer>
#include <QXmlStreamWriter>

#include <chrono>
#include <fmt/format.h>

namespace hookbench::cli {

namespace {

using pipeline::GoldenOutcome;
using pipeline::GoldenVerdict;

constexpr std::size_t kLongestValue = 2000;

bool isPlain(std::int32_t point)
{
    const bool control = point < 0x20 || (point >= 0x7F && point < 0xA0);
    const bool bidi = (point >= 0x200E && point <= 0x200F) || (point >= 0x202A && point <= 0x202E)
        || (point >= 0x2066 && point <= 0x2069) || point == 0x061C;
    const bool separator = point == 0x2028 || point == 0x2029 || point == 0xFEFF;
    const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
    return !control && !bidi && !separator && !surrogate && (point & 0xFFFE) != 0xFFFE;
}

/// A double-quoted scalar of YAML 1.2, on one line.
std::string yaml(std::string_view text)
{
    std::string out = "\"";
    for (std::size_t at = 0; at < text.size();) {
        const std::int32_t point = nextCodePoint(text, at);
        if (point < 0 || (point >= 0xD800 && point <= 0xDFFF))
            appendCodePoint(out, 0xFFFD);
        else if (point == '"' || point == '\\')
            out += { '\\', static_cast<char>(point) };
        else if (point == '\n')
            out += "\\n";
        else if (!isPlain(point))
            out += point < 0x100  ? fmt::format("\\x{:02X}", point)
                : point < 0x10000 ? fmt::format("\\u{:04X}", point)
                                  : fmt::format("\\U{:08X}", point);
        else
            appendCodePoint(out, static_cast<char32_t>(point));
    }
    return out + '"';
}

std::string cut(const std::string &value)
{
    if (value.size() <= kLongestValue)
        return value;
    std::size_t end = kLongestValue;
    while (end > 0 && (static_cast<unsigned char>(value[end]) & 0xC0) == 0x80)
        --end;
    return fmt::format("{}… ({} bytes)", value.substr(0, end), value.size());
}

/// A description: `#` would begin a directive, `\` an escape.
std::string tapText(const std::string &text)
{
    std::string out;
    for (const char c : escapeForDisplay(text)) {
        if (c == '#' || c == '\\')
            out += '\\';
        out += c;
    }
    return out;
}

/// What XML 1.0 cannot hold at all becomes what escapeForDisplay shows.
QString xml(const std::string &text)
{
    QString out = QString::fromStdString(escapeForDisplay(text));
    for (QChar &unit : out)
        if (unit.unicode() >= 0xFFFE)
            unit = QChar::ReplacementCharacter;
    return out;
}

std::string titleOf(const GoldenOutcome &outcome)
{
    const std::string name = outcome.name.empty() ? fmt::format("test {}", outcome.index + 1) : outcome.name;
    return outcome.mapping.empty() ? name : fmt::format("{}: {}", outcome.mapping, name);
}

std::string placesOf(const GoldenOutcome &outcome)
{
    std::string places;
    for (const pipeline::GoldenDifference &difference : outcome.differences)
        places += (places.empty() ? "" : ", ") + difference.place;
    return places;
}

std::string whySilent(const GoldenOutcome &outcome)
{
    if (outcome.silence.saw.empty())
        return outcome.silence.reason;
    return fmt::format("{} (saw {})", outcome.silence.reason, outcome.silence.saw);
}

QString seconds(std::chrono::microseconds took)
{
    return QString::number(static_cast<double>(took.count()) / 1e6, 'f', 6);
}

void writeCase(QXmlStreamWriter &writer, const GoldenOutcome &outcome)
{
    writer.writeStartElement(QStringLiteral("testcase"));
    writer.writeAttribute(QStringLiteral("classname"), xml(outcome.mapping));
    writer.writeAttribute(
        QStringLiteral("name"), xml(outcome.name.empty() ? fmt::format("test {}", outcome.index + 1) : outcome.name));
    writer.writeAttribute(QStringLiteral("time"), seconds(outcome.took));
    if (outcome.verdict == GoldenVerdict::Error && outcome.error) {
        writer.writeStartElement(QStringLiteral("error"));
        writer.writeAttribute(QStringLiteral("type"), xml(outcome.error->code));
        writer.writeAttribute(QStringLiteral("message"), xml(outcome.error->message));
        if (!outcome.error->path.empty())
            writer.writeCharacters(xml(outcome.error->path));
        writer.writeEndElement();
    } else if (outcome.verdict == GoldenVerdict::Failed) {
        writer.writeStartElement(QStringLiteral("failure"));
        writer.writeAttribute(QStringLiteral("type"), QStringLiteral("not-as-expected"));
        writer.writeAttribute(QStringLiteral("message"), xml("Not as expected: " + placesOf(outcome)));
        for (const pipeline::GoldenDifference &difference : outcome.differences)
            writer.writeCharacters(xml(difference.place) + QStringLiteral("\n  expected: ")
                + xml(cut(difference.expected)) + QStringLiteral("\n  actual:   ") + xml(cut(difference.actual))
                + u'\n');
        if (!outcome.silence.reason.empty())
            writer.writeCharacters(QStringLiteral("because ") + xml(whySilent(outcome)) + u'\n');
        writer.writeEndElement();
    }
    writer.writeEndElement();
}

} // namespace

TestCounts countsOf(const std::vector<GoldenOutcome> &outcomes)
{
    TestCounts counts;
    for (const GoldenOutcome &outcome : outcomes)
        ++(outcome.verdict == GoldenVerdict::Passed        ? counts.passed
                : outcome.verdict == GoldenVerdict::Failed ? counts.failed
                                                           : counts.errors);
    return counts;
}

std::string tapHead(std::size_t count)
{
    return count == 0 ? "TAP version 14\n1..0 # SKIP the project has no tests\n"
                      : fmt::format("TAP version 14\n1..{}\n", count);
}

std::string tapLines(const GoldenOutcome &outcome)
{
    const bool passed = outcome.verdict == GoldenVerdict::Passed;
    std::string out
        = fmt::format("{} {} - {}\n", passed ? "ok" : "not ok", outcome.index + 1, tapText(titleOf(outcome)));
    if (passed)
        return out;
    out += "  ---\n";
    if (outcome.error) {
        out += fmt::format(
            "  severity: error\n  message: {}\n  code: {}\n", yaml(outcome.error->message), yaml(outcome.error->code));
        if (!outcome.error->path.empty())
            out += fmt::format("  path: {}\n", yaml(outcome.error->path));
    } else {
        out += fmt::format("  severity: fail\n  message: {}\n", yaml("Not as expected: " + placesOf(outcome)));
        if (!outcome.silence.reason.empty())
            out += fmt::format("  because: {}\n", yaml(whySilent(outcome)));
        out += "  differences:\n";
        for (const pipeline::GoldenDifference &difference : outcome.differences)
            out += fmt::format("    - place: {}\n      expected: {}\n      actual: {}\n", yaml(difference.place),
                yaml(cut(difference.expected)), yaml(cut(difference.actual)));
    }
    return out + "  ...\n";
}

std::string tapBailOut(const std::string &reason)
{
    return fmt::format("TAP version 14\nBail out! {}\n", tapText(reason));
}

std::string junitXml(const std::string &suite, const std::string &file, const std::vector<GoldenOutcome> &outcomes)
{
    const TestCounts counts = countsOf(outcomes);
    std::chrono::microseconds took{ 0 };
    for (const GoldenOutcome &outcome : outcomes)
        took += outcome.took;
    QByteArray bytes;
    QXmlStreamWriter writer(&bytes);
    writer.setAutoFormatting(true);
    writer.setAutoFormattingIndent(2);
    writer.writeStartDocument();
    const auto attributes = [&] {
        writer.writeAttribute(QStringLiteral("name"), xml(suite));
        writer.writeAttribute(QStringLiteral("tests"), QString::number(outcomes.size()));
        writer.writeAttribute(QStringLiteral("failures"), QString::number(counts.failed));
        writer.writeAttribute(QStringLiteral("errors"), QString::number(counts.errors));
        writer.writeAttribute(QStringLiteral("time"), seconds(took));
    };
    writer.writeStartElement(QStringLiteral("testsuites"));
    attributes();
    writer.writeStartElement(QStringLiteral("testsuite"));
    attributes();
    writer.writeAttribute(QStringLiteral("file"), xml(file));
    for (const GoldenOutcome &outcome : outcomes)
        writeCase(writer, outcome);
    writer.writeEndElement();
    writer.writeEndElement();
    writer.writeEndDocument();
    return bytes.toStdString();
}

} // namespace hookbench::cli
