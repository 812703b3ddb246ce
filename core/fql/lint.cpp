#include "core/fql/lint.h"

#include "core/base/headers.h"
#include "core/fql/comparison_lint.h"
#include "core/json/parse.h"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>

namespace hookbench::fql {

namespace {

using Kind = Lexeme::Kind;

/// `AND`, `Or`, `NOT`: what the small word would mean.
bool isConnectiveInCapitals(const Lexeme &word)
{
    const std::string lower = asciiLower(word.value);
    return word.kind == Kind::Ident && lower != word.value && (lower == "and" || lower == "or");
}

/// Words that only need other letters or a shorter path to be a field.
std::optional<std::string> likelyField(std::string_view word)
{
    const std::size_t dot = std::min(word.find('.'), word.size());
    const std::string first = asciiLower(word.substr(0, dot));
    const std::string rest(word.substr(dot));
    if (first == "userid" || first == "user_id")
        return "userId";
    if (first == "property" || first == "props" || first == "properties")
        return "properties" + rest;
    if (first == "trait" || first == "traits")
        return "traits" + rest;
    if (first == "context" || first == "ctx")
        return "context" + rest;
    if (rest.empty() && (first == "type" || first == "event" || first == "name"))
        return first;
    if ((first == "message" || first == "msg") && !rest.empty() && fieldOf(rest.substr(1)))
        return rest.substr(1);
    return std::nullopt;
}

/// Walks over the steps of the parser, one level of parentheses inside another.
class Inspector
{
public:
    explicit Inspector(const Subject &subject)
        : m_subject(subject)
        , m_steps(subject.reading.steps)
    {
    }

    std::vector<Finding> inspect()
    {
        words();
        if (m_subject.reading.lexed)
            steps();
        if (const std::optional<Refusal> &refusal = m_subject.reading.refusal) {
            // The refusal says it better.
            std::erase_if(
                m_findings, [&](const Finding &f) { return f.code == refusal->code || f.severity == Severity::Error; });
            m_findings.push_back(
                { Severity::Error, refusal->code, refusal->message, refusal->range, refusal->replacement });
        }
        std::stable_sort(m_findings.begin(), m_findings.end(),
            [](const Finding &a, const Finding &b) { return a.range.offset < b.range.offset; });
        return std::move(m_findings);
    }

private:
    struct Level
    {
        std::size_t conditions = 0;
        std::vector<const Lexeme *> connectives;
        bool joined = true; ///< a connective, or what was meant as one, stands before the next condition
        bool skippedSince = false; ///< something was skipped since the last connective or condition, and told about
        std::optional<std::size_t> muted; ///< arguments of an unknown function: only the first so many findings count
    };

    void warn(std::string code, SourceRange range, std::string message, std::optional<std::string> replacement = {})
    {
        m_findings.push_back({ Severity::Warning, std::move(code), std::move(message), range, std::move(replacement) });
    }

    Level &level() { return m_levels.back(); }

    void words()
    {
        for (const Lexeme &word : m_subject.reading.words) {
            if (word.kind == Kind::String && word.value.front() == '\'')
                singleQuotes(word);
            else if (!m_subject.reading.lexed && isConnectiveInCapitals(word))
                capitals(word);
            const SourceRange quote{ word.source.end() - 1, 1 };
            if (word.quoteLeftOpen && quote.offset < m_reliable) {
                // What follows is cut differently from how it is meant: nothing useful can be said about it.
                m_reliable = quote.offset;
                const std::optional<Refusal> &refusal = m_subject.reading.refusal;
                if (!refusal || refusal->range.offset != quote.offset)
                    warn("fql-space", quote,
                        fmt::format("No space follows the text {}, so that Segment lets its closing quote open another "
                                    "text. Put a space behind it.",
                            inQuotes(word.value)),
                        std::string{ word.value.front(), ' ' });
            }
        }
    }

    void singleQuotes(const Lexeme &word)
    {
        const std::string_view inside = std::string_view(word.value).substr(1, word.value.size() - 2);
        const bool plain = inside.find('"') == std::string_view::npos && !word.quoteLeftOpen;
        warn("fql-single-quotes", word.source,
            fmt::format("Segment takes the single quotes of {} for a part of the text, so that it never equals {}. Use "
                        "double quotes.",
                inQuotes(word.value), inQuotes(inside)),
            plain ? std::optional(fmt::format("\"{}\"", inside)) : std::nullopt);
    }

    void capitals(const Lexeme &word)
    {
        const std::string lower = asciiLower(word.value);
        warn("fql-connective-case", word.source,
            fmt::format("Segment skips {0}, so that the conditions are joined by and. Write {1} in small letters.",
                word.value, lower),
            lower);
    }

    void steps()
    {
        m_levels.emplace_back();
        for (m_at = 0; m_at < m_steps.size(); ++m_at) {
            const Step &step = m_steps[m_at];
            if (step.range.offset >= m_reliable)
                return;
            switch (step.kind) {
            case Step::Kind::Condition:
                m_silent = inspectComparison(m_subject, step, m_findings);
                if (step.known)
                    addCondition(step.range);
                else
                    level().skippedSince = true;
                break;
            case Step::Kind::Function:
                function(step);
                break;
            case Step::Kind::Connective:
                connective(*step.words[0]);
                break;
            case Step::Kind::Negation:
                negation(*step.words[0]);
                break;
            case Step::Kind::GroupOpened:
                openGroup();
                break;
            case Step::Kind::GroupClosed:
                closeGroup(step);
                break;
            case Step::Kind::Skipped:
                skipped(step);
                break;
            }
        }
        if (m_subject.reading.refusal)
            unmute();
        else
            endOfLevel();
    }

    void addCondition(SourceRange range)
    {
        if (level().conditions > 0 && !level().joined)
            warn("fql-missing-connective", range,
                fmt::format("Nothing joins this condition with the one before; Segment joins them by and. Write and or "
                            "or before {}.",
                    inQuotes(m_subject.text(range))));
        ++level().conditions;
        level().joined = false;
        level().skippedSince = false;
    }

    void function(const Step &step)
    {
        const bool inGroup = m_levels.size() > 1;
        inspectFunction(m_subject, step, inGroup, m_findings);
        m_silent = false;
        if (step.known)
            addCondition(step.range);
        else
            level().skippedSince = true;
        if (!inGroup || step.words[5] == nullptr || step.words[5]->kind != Kind::End)
            return;
        // The function's `)` closed the group: harmless when the group's own follows, which Segment then skips.
        ++m_straysExpected;
        const Step *closed = m_at + 1 < m_steps.size() ? &m_steps[m_at + 1] : nullptr;
        const Lexeme *next = closed != nullptr ? m_subject.after(closed->words[0]) : nullptr;
        if (next == nullptr || next->kind == Kind::ParenRight)
            return;
        m_levelsBroken = true;
        warn("fql-function-in-group", step.range,
            fmt::format("Segment ends the group at the first ), the one of {}(): the rest of the group is read as if "
                        "it stood outside. Put the function last in its group, and only one in each.",
                step.words[0]->value));
    }

    void connective(const Lexeme &word)
    {
        m_silent = false;
        if (level().skippedSince)
            level().skippedSince = false;
        else if (level().conditions == 0)
            warn("fql-dangling-connective", word.source,
                fmt::format("There is no condition that Segment knows before this {}. Write one or take the word away.",
                    word.value));
        else if (level().joined)
            warn("fql-dangling-connective", word.source,
                fmt::format("Found {} right behind another connective. Take one of them away.", word.value));
        level().connectives.push_back(&word);
        level().joined = true;
    }

    void negation(const Lexeme &word)
    {
        const Lexeme *next = m_subject.after(&word);
        if (next != nullptr && next->kind == Kind::ParenLeft)
            warn("fql-negation", word.source,
                "Segment skips the ! before parentheses. Negate the conditions one by one: with != or with !contains(, "
                "and with and and or exchanged.");
        else
            warn("fql-negation", word.source,
                fmt::format(
                    "Segment skips this !: it negates only contains( and match(. Write {} != …, or take it away.",
                    next != nullptr && fieldOf(next->value) ? next->value : std::string("field")));
    }

    void openGroup()
    {
        m_levels.emplace_back();
        if (m_functionUnknown)
            level().muted = m_findings.size();
        m_functionUnknown = false;
        m_silent = false;
    }

    void unmute()
    {
        if (level().muted)
            m_findings.erase(m_findings.begin() + static_cast<std::ptrdiff_t>(*level().muted), m_findings.end());
    }

    void closeGroup(const Step &step)
    {
        endOfLevel();
        unmute();
        m_levels.pop_back();
        m_silent = false;
        if (!step.known)
            m_findings.push_back({ Severity::Error, "fql-missing-condition",
                "There is no condition that Segment knows in these parentheses; its engine stops with an error when it "
                "gets there. Write one or take the parentheses away.",
                step.range, {} });
        addCondition(step.range);
    }

    void endOfLevel()
    {
        const Level &ended = level();
        if (ended.connectives.empty())
            return;
        const Lexeme &last = *ended.connectives.back();
        if (ended.joined && ended.conditions > 0 && !ended.skippedSince)
            warn("fql-dangling-connective", last.source,
                fmt::format(
                    "There is no condition that Segment knows behind this {0}{1}. Write one or take the word away.",
                    last.value, ended.conditions > 1 ? ", yet it joins all conditions before" : ""));
        if (ended.conditions < 2 || m_levelsBroken)
            return;
        for (const Lexeme *connective : ended.connectives) {
            if (connective->value == last.value)
                continue;
            warn("fql-mixed-connectives", connective->source,
                fmt::format("Segment joins all conditions of one level by its last connective: here by {}, so this {} "
                            "counts as {}. Put one part in parentheses.",
                    last.value, connective->value, last.value));
            return;
        }
    }

    void skipped(const Step &step)
    {
        const Lexeme &word = *step.words[0];
        if (isConnectiveInCapitals(word)) {
            capitals(word);
            level().joined = true;
            m_silent = false;
            return;
        }
        if (word.kind == Kind::ParenRight) {
            if (m_straysExpected > 0)
                --m_straysExpected;
            else if (!m_silent)
                warn(
                    "fql-stray-parenthesis", word.source, "This ) closes nothing; Segment skips it. Take it away.", "");
            return;
        }
        level().skippedSince = true;
        if (m_silent)
            return;
        m_silent = true; // the words behind are skipped for the same reason
        if (word.kind == Kind::Ident)
            skippedWord(word);
        else if (!followedByIn())
            warn("fql-skipped-text", skippedRange(),
                fmt::format("Segment skips {}: a condition begins with a field, as in type = \"track\".",
                    inQuotes(m_subject.text(skippedRange()))));
    }

    void skippedWord(const Lexeme &word)
    {
        const Lexeme *next = m_subject.after(&word);
        const std::string lower = asciiLower(word.value);
        if (lower == "not") {
            const bool call = next != nullptr && (next->value == "contains" || next->value == "match");
            SourceRange range = word.source;
            if (call)
                range.length = next->source.offset - range.offset;
            warn("fql-negation", range,
                fmt::format("Segment skips {}. Negate with !=, or with a ! directly before contains( or match(.",
                    inQuotes(word.value)),
                call ? std::optional(std::string(1, '!')) : std::nullopt);
            m_silent = false;
            level().skippedSince = false;
        } else if (lower == "in") {
            warn("fql-unsupported-in", word.source,
                "Segment's triggers do not know `in` and skip it. Compare with one value at a time, joined by or.");
        } else if (next != nullptr && next->kind == Kind::ParenLeft && Subject::touches(&word, next)) {
            warn("fql-unsupported-function", word.source,
                fmt::format("Segment's triggers have no function {}(); they know contains(field, \"text\") and "
                            "match(field, \"text*\").{}",
                    word.value,
                    lower == "contains" || lower == "match" ? " Use small letters." : " Compare the field itself."),
                lower == "contains" || lower == "match" ? std::optional(lower) : std::nullopt);
            m_functionUnknown = true;
        } else {
            const std::optional<std::string> likely = likelyField(word.value);
            warn("fql-unknown-field", word.source,
                fmt::format("Segment's triggers know no field {} and skip its condition, as if it were not there. {}",
                    inQuotes(word.value),
                    likely ? fmt::format("Did you mean {}?", *likely)
                           : "They know type, event, name, userId, properties.…, traits.… and context.…."),
                likely);
        }
    }

    /// `"x" in properties.list`: one finding, at the `in`.
    bool followedByIn()
    {
        const bool in = m_at + 1 < m_steps.size() && m_steps[m_at + 1].kind == Step::Kind::Skipped
            && m_steps[m_at + 1].words[0]->value == "in";
        m_silent = !in;
        return in;
    }

    SourceRange skippedRange() const
    {
        std::size_t end = m_at;
        while (end + 1 < m_steps.size() && m_steps[end + 1].kind == Step::Kind::Skipped
            && m_steps[end + 1].words[0]->kind != Kind::ParenRight
            && !isConnectiveInCapitals(*m_steps[end + 1].words[0]))
            ++end;
        return { m_steps[m_at].range.offset, m_steps[end].range.end() - m_steps[m_at].range.offset };
    }

    const Subject &m_subject;
    const std::vector<Step> &m_steps;
    std::vector<Finding> m_findings;
    std::vector<Level> m_levels;
    std::size_t m_at = 0;
    std::size_t m_reliable = std::string_view::npos; ///< steps from here on are not worth a word
    std::size_t m_straysExpected = 0;
    bool m_levelsBroken = false; ///< a group ended earlier than it was meant to
    bool m_functionUnknown = false; ///< the next parentheses are its arguments
    bool m_silent = false; ///< why the next words are skipped has been told
};

} // namespace

std::vector<Finding> inspect(std::string_view fql)
{
    const Reading reading = read(fql);
    const Subject subject{ fql, reading };
    return Inspector(subject).inspect();
}

std::string placedMessage(std::string_view fql, const Finding &finding)
{
    const TextPosition position = json::positionAt(fql, finding.range.offset);
    return fql.find('\n') == std::string_view::npos
        ? fmt::format("Column {}: {}", position.column, finding.message)
        : fmt::format("Line {}, column {}: {}", position.line, position.column, finding.message);
}

Issues lint(std::string_view fql, std::string_view pointer)
{
    Issues issues;
    const Reading reading = read(fql);
    const Subject subject{ fql, reading };
    std::vector<Finding> findings = Inspector(subject).inspect();
    if (!reading.refusal)
        std::ranges::move(screenLimits(reading.ast), std::back_inserter(findings));
    for (const Finding &finding : findings)
        issues.push_back({ finding.severity, finding.code, std::string(pointer), placedMessage(fql, finding) });
    return issues;
}

} // namespace hookbench::fql
