// The two texts of a field report, from one walk over it.
#include "core/base/display.h"
#include "core/pipeline/field_report.h"
#include "core/signing/receiver_code.h"

#include <algorithm>
#include <fmt/format.h>

namespace hookbench::pipeline {

namespace {

using Cells = std::vector<std::string>;

/// Control and direction characters made visible, line by line.
std::string visible(std::string_view text)
{
    std::string out;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        if (at > 0)
            out += '\n';
        out += escapeForDisplay(text.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

class Html
{
public:
    void begin(const std::string &title)
    {
        m_out = fmt::format(R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{}</title>
<style>
body {{ font: 15px/1.5 system-ui, sans-serif; color: #1b1f24; background: #fff; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }}
h1 {{ font-size: 1.7rem; }} h2 {{ margin-top: 2.5rem; border-top: 1px solid #d0d7de; padding-top: 1rem; }}
table {{ border-collapse: collapse; width: 100%; margin: .5rem 0 1rem; }}
th, td {{ text-align: left; vertical-align: top; padding: .3rem .6rem; border: 1px solid #d0d7de; overflow-wrap: anywhere; }}
th {{ background: #f3f5f7; }}
code, pre {{ font: 13px/1.45 ui-monospace, monospace; }}
pre {{ background: #f3f5f7; padding: .8rem; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; }}
@media print {{ body {{ margin: 0; max-width: none; }} h2, h3 {{ break-after: avoid; }} tr, li {{ break-inside: avoid; }} }}
</style>
</head>
<body>
)",
            escaped(title));
    }
    void heading(int level, const std::string &words)
    {
        m_out += fmt::format("<h{0}>{1}</h{0}>\n", level, escaped(words));
    }
    void paragraph(const std::string &words) { m_out += fmt::format("<p>{}</p>\n", escaped(words)); }
    void beginList() { m_out += "<ul>\n"; }
    void item(const std::string &label, const std::string &words, const std::string &code)
    {
        m_out += fmt::format("<li><strong>{}</strong> {}{}</li>\n", escaped(label), escaped(words),
            code.empty() ? std::string() : fmt::format("{}<code>{}</code>", words.empty() ? "" : " ", escaped(code)));
    }
    void endList() { m_out += "</ul>\n"; }
    /// Columns whose title ends with a star hold code.
    void table(const Cells &titles, const std::vector<Cells> &rows)
    {
        m_out += "<table>\n<thead><tr>";
        for (const std::string &title : titles)
            m_out += fmt::format("<th scope=\"col\">{}</th>", escaped(titleOf(title)));
        m_out += "</tr></thead>\n<tbody>\n";
        for (const Cells &row : rows) {
            m_out += "<tr>";
            for (std::size_t i = 0; i < row.size(); ++i)
                m_out += titles[i].ends_with('*') && !row[i].empty()
                    ? fmt::format("<td><code>{}</code></td>", escaped(row[i]))
                    : fmt::format("<td>{}</td>", escaped(row[i]));
            m_out += "</tr>\n";
        }
        m_out += "</tbody>\n</table>\n";
    }
    void block(const std::string &text, const char *) { m_out += fmt::format("<pre>{}</pre>\n", escaped(text)); }
    std::string end() &&
    {
        m_out += "</body>\n</html>\n";
        return std::move(m_out);
    }

    static std::string titleOf(const std::string &title)
    {
        return title.ends_with('*') ? title.substr(0, title.size() - 1) : title;
    }

private:
    static std::string escaped(std::string_view text)
    {
        std::string out;
        for (const char c : visible(text))
            switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out += c;
            }
        return out;
    }

    std::string m_out;
};

class Markdown
{
public:
    void begin(const std::string &) { }
    void heading(int level, const std::string &words)
    {
        m_out += fmt::format("{} {}\n\n", std::string(static_cast<std::size_t>(level), '#'), escaped(words));
    }
    void paragraph(const std::string &words) { m_out += escaped(words) + "\n\n"; }
    void beginList() { }
    void item(const std::string &label, const std::string &words, const std::string &code)
    {
        m_out += fmt::format("- **{}** {}{}{}\n", escaped(label), escaped(words),
            words.empty() || code.empty() ? "" : " ", code.empty() ? std::string() : span(code, false));
    }
    void endList() { m_out += '\n'; }
    void table(const Cells &titles, const std::vector<Cells> &rows)
    {
        std::string line = "|";
        for (const std::string &title : titles) {
            m_out += fmt::format("| {} ", escaped(Html::titleOf(title)));
            line += " --- |";
        }
        m_out += "|\n" + line + '\n';
        for (const Cells &row : rows) {
            for (std::size_t i = 0; i < row.size(); ++i)
                m_out += fmt::format(
                    "| {} ", titles[i].ends_with('*') && !row[i].empty() ? span(row[i], true) : escaped(row[i]));
            m_out += "|\n";
        }
        m_out += '\n';
    }
    void block(const std::string &text, const char *language)
    {
        const std::string fence(std::max<std::size_t>(3, longestRun(text) + 1), '`');
        m_out += fmt::format("{}{}\n{}\n{}\n\n", fence, language, visible(text), fence);
    }
    std::string end() && { return std::move(m_out); }

private:
    static std::size_t longestRun(std::string_view text)
    {
        std::size_t longest = 0;
        std::size_t run = 0;
        for (const char c : text) {
            run = c == '`' ? run + 1 : 0;
            longest = std::max(longest, run);
        }
        return longest;
    }
    /// Whatever could begin markup, or HTML, or end a cell. One line.
    static std::string escaped(std::string_view text)
    {
        std::string out;
        for (const char c : escapeForDisplay(text)) {
            if (std::string_view("\\`*_{}[]<>#|~&!").find(c) != std::string_view::npos)
                out += '\\';
            out += c;
        }
        return out;
    }
    static std::string span(std::string_view text, bool inTable)
    {
        std::string code;
        for (const char c : escapeForDisplay(text)) {
            if (c == '|' && inTable) // a cell ends there even inside code
                code += '\\';
            code += c;
        }
        const std::string fence(longestRun(code) + 1, '`');
        const bool padded = code.starts_with('`') || code.ends_with('`') || code.starts_with(' ');
        return fmt::format("{0}{1}{2}{1}{0}", fence, padded ? " " : "", code);
    }

    std::string m_out;
};

std::string sourcesWords(const std::vector<std::string> &sources)
{
    return sources.empty() ? "fixed" : fmt::format("{}", fmt::join(sources, ", "));
}

std::string seenWords(const ReportField &field, std::size_t samples)
{
    if (field.seen == samples)
        return "always";
    return fmt::format("{} of {}", field.seen, samples);
}

template <typename Text>
void writeMapping(Text &text, const ReportMapping &mapping)
{
    text.heading(
        2, (mapping.name.empty() ? "(without a name)" : mapping.name) + (mapping.enabled ? "" : " (disabled)"));
    text.beginList();
    text.item("Sent when", mapping.triggerWords + ".", mapping.trigger);
    text.item("Request", {}, mapping.method + ' ' + mapping.url);
    if (!mapping.urlSources.empty())
        text.item("The URL is made of", sourcesWords(mapping.urlSources), {});
    text.item("Batches",
        mapping.batching ? fmt::format(
            "Several events may come in one request, as a JSON array of at most {} of the bodies below. A request for "
            "one event is such an array too.",
            mapping.batchSize)
                         : "One event, one request: the body is one JSON object.",
        {});
    text.endList();
    if (!mapping.headers.empty()) {
        text.heading(3, "Headers");
        std::vector<Cells> rows;
        for (const ReportHeader &header : mapping.headers)
            rows.push_back({ header.name, header.value, sourcesWords(header.sources) });
        text.table({ "Header*", "Value*", "From the event's" }, rows);
    }
    text.heading(3, "Fields");
    if (!mapping.fields.empty()) {
        std::vector<Cells> rows;
        for (const ReportField &field : mapping.fields)
            rows.push_back({ field.path, fmt::format("{}", fmt::join(field.types, " or ")), field.sample,
                sourcesWords(field.sources), seenWords(field, mapping.samples) });
        text.table({ "Field*", "Type", "Sample*", "From the event's", "In the samples" }, rows);
        text.paragraph(fmt::format("Seen in {} saved event{}. Other events may have fields these do not have.",
            mapping.samples, mapping.samples == 1 ? "" : "s"));
    } else if (mapping.samples > 0) {
        text.paragraph("The requests have no body.");
    } else {
        text.paragraph(mapping.problem.empty()
                ? "No saved event reaches this mapping, so there is nothing to show. Save one in the project."
                : "No sample could be made. " + mapping.problem);
    }
    if (!mapping.sampleBody.empty()) {
        text.heading(3, fmt::format("Sample: {}", mapping.sampleName));
        text.block(mapping.sampleBody, "json");
    }
}

template <typename Text>
std::string write(const FieldReport &report)
{
    Text text;
    const std::string title = fmt::format("Webhooks of {}", report.name.empty() ? "a destination" : report.name);
    text.begin(title);
    text.heading(1, title);
    text.paragraph(
        "What Segment's Webhooks destination sends to your endpoint, when, and where each value comes from.");
    if (!report.enabled)
        text.paragraph("The destination is switched off: nothing is sent now.");
    if (report.mappings.empty())
        text.paragraph("No mapping is switched on: nothing is sent.");
    for (const ReportMapping &mapping : report.mappings)
        writeMapping(text, mapping);

    text.heading(2, "Limits");
    text.beginList();
    text.item("Answer within 10 seconds", "with a status of 200 to 299. Later is a failure.", {});
    text.item("Retries",
        "408, 423, 429, 5xx other than 501, time-outs and broken connections are tried again for up "
        "to 4 hours, so the same event can come more than once: tell them apart by messageId.",
        {});
    text.item("Batches", "hold at most 4,000 events.", {});
    text.item("Redirects", "are followed, up to 20.", {});
    text.endList();

    text.heading(2, "Signature");
    text.paragraph(
        "When the destination has a shared secret every request carries X-Signature: the HMAC-SHA1 of the body's exact "
        "bytes with that secret, as 40 lower-case hexadecimal digits. Verify it over the bytes as they came, before "
        "parsing, and compare in constant time.");
    text.paragraph(
        "Of a batch only the first event is signed: the bytes of the array's first element. What stands behind it is "
        "not protected by the signature.");
    for (const signing::Language language : { signing::Language::Node, signing::Language::Python }) {
        text.heading(3, signing::languageTitle(language));
        text.block(signing::receiverCode(language, signing::Mode::FirstEvent),
            language == signing::Language::Node ? "js" : signing::languageName(language));
    }
    return std::move(text).end();
}

} // namespace

std::string reportHtml(const FieldReport &report)
{
    return write<Html>(report);
}

std::string reportMarkdown(const FieldReport &report)
{
    return write<Markdown>(report);
}

} // namespace hookbench::pipeline
