#include "core/fql/parser.h"

#include "core/fql/number.h"
#include "core/json/text.h"

#include <algorithm>
#include <fmt/format.h>

namespace hookbench::fql {

namespace {

using Kind = Lexeme::Kind;
using Words = std::vector<const Lexeme *>;

/// Segment looks fields up in a plain JavaScript object: these words are found there as well, and take an operator and
/// a value with them although no condition comes of it.
bool isInheritedName(std::string_view word)
{
    constexpr std::array<std::string_view, 12> kNames{ "constructor", "__defineGetter__", "__defineSetter__",
        "hasOwnProperty", "__lookupGetter__", "__lookupSetter__", "isPrototypeOf", "propertyIsEnumerable", "toString",
        "valueOf", "__proto__", "toLocaleString" };
    return std::find(kNames.begin(), kNames.end(), word) != kNames.end();
}

std::string_view firstStep(std::string_view word)
{
    return word.substr(0, word.find('.'));
}

bool isFunction(const Lexeme &word)
{
    return word.kind == Kind::Ident && (word.value == "contains" || word.value == "match");
}

Literal valueOf(const Lexeme &word)
{
    if (word.kind == Kind::String) {
        std::string_view text = word.value;
        if (text.starts_with('"'))
            text.remove_prefix(1);
        if (text.ends_with('"'))
            text.remove_suffix(1);
        return std::string(text);
    }
    if (word.kind == Kind::Number)
        return toNumber(std::string_view(word.value));
    if (word.kind == Kind::Ident && (word.value == "true" || word.value == "false"))
        return word.value == "true";
    return word.value;
}

std::string wordText(const Lexeme &word)
{
    return textOf(valueOf(word)).value_or(std::string());
}

/// JavaScript's text.slice(1): a character outside the BMP loses its first half.
std::string withoutFirstUnit(const std::string &text)
{
    if (text.empty() || static_cast<unsigned char>(text.front()) < 0x80)
        return text.substr(text.empty() ? 0 : 1);
    return json::fromUtf16(std::u16string_view(json::toUtf16(text)).substr(1));
}

std::string pathBelow(Field field, std::string_view word)
{
    const std::string prefix = fmt::format("{}.", fieldWord(field));
    return std::string(word.starts_with(prefix) ? word.substr(prefix.size()) : word);
}

/// `properties . total` becomes one word.
std::vector<Lexeme> joinPaths(std::vector<Lexeme> words)
{
    std::vector<Lexeme> joined;
    joined.reserve(words.size());
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool continues = !joined.empty() && joined.back().kind == Kind::Ident && words[i].kind == Kind::Dot
            && i + 1 < words.size() && words[i + 1].kind == Kind::Ident;
        if (!continues) {
            joined.push_back(std::move(words[i]));
            continue;
        }
        const Lexeme &step = words[++i];
        Lexeme &path = joined.back();
        path.value.append(".").append(step.value);
        path.source = spanning(path, step);
        path.cutShort = path.cutShort || step.cutShort;
        path.escapedDot = path.escapedDot || step.escapedDot;
    }
    return joined;
}

class Parser
{
public:
    explicit Parser(Reading &reading)
        : m_reading(reading)
    {
    }

    tl::expected<Node, Refusal> level(const Words &words, SourceRange source, bool inGroup)
    {
        Queue queue{ words };
        std::vector<Node> nodes;
        Combinator combinator = Combinator::And;
        for (const Lexeme *word = queue.shift(); word != nullptr && word->kind != Kind::End; word = queue.shift()) {
            std::optional<Refusal> refusal;
            switch (word->kind) {
            case Kind::Ident:
                refusal = identifier(*word, queue, nodes);
                break;
            case Kind::Operator:
                if (word->value == "!" && isFunction(*queue.peek()))
                    refusal = function(word, *queue.shift(), queue, nodes);
                else
                    note(word->value == "!" ? Step::Kind::Negation : Step::Kind::Skipped, *word);
                break;
            case Kind::ParenLeft:
                refusal = group(*word, queue, nodes, inGroup);
                break;
            case Kind::Connective:
                combinator = word->value == "or" ? Combinator::Or : Combinator::And;
                note(Step::Kind::Connective, *word);
                break;
            default:
                note(Step::Kind::Skipped, *word);
                break;
            }
            if (refusal)
                return tl::unexpected<Refusal>(std::move(*refusal));
        }
        if (nodes.empty())
            return Missing{ source };
        if (nodes.size() == 1)
            return std::move(nodes.front());
        Group group;
        group.combinator = combinator;
        group.children = std::move(nodes);
        group.source = source;
        return group;
    }

private:
    struct Queue
    {
        const Words &words;
        std::size_t at = 0;
        const Lexeme *shift() { return at < words.size() ? words[at++] : nullptr; }
        const Lexeme *peek() const { return words[at]; }
    };

    Step &note(Step::Kind kind, const Lexeme &word)
    {
        Step &step = m_reading.steps.emplace_back();
        step.kind = kind;
        step.words[0] = &word;
        step.range = word.source;
        return step;
    }

    std::optional<Refusal> identifier(const Lexeme &word, Queue &queue, std::vector<Node> &nodes)
    {
        const std::optional<Field> field = fieldOf(word.value);
        if (!field && !isInheritedName(firstStep(word.value))) {
            if (isFunction(word))
                return function(nullptr, word, queue, nodes);
            note(Step::Kind::Skipped, word);
            return std::nullopt;
        }
        const Lexeme *op = queue.shift();
        const Lexeme *value = queue.shift();
        if (value == nullptr)
            return Refusal{ "fql-incomplete", word.source,
                fmt::format("{} is not compared with anything. Write an operator and a value behind it, as in type = "
                            "\"track\".",
                    inQuotes(word.value)),
                {} };
        Step &step = note(Step::Kind::Condition, word);
        step.words[1] = op;
        step.words[2] = value;
        step.range = spanning(word, value->kind == Kind::End ? *op : *value);
        step.known = field.has_value();
        if (field)
            nodes.emplace_back(condition(*field, word, *op, *value, step.range));
        return std::nullopt;
    }

    static Condition condition(
        Field field, const Lexeme &word, const Lexeme &op, const Lexeme &value, SourceRange source)
    {
        Condition result;
        result.field = field;
        result.source = source;
        if (hasPath(field))
            result.path = pathBelow(field, word.value);
        const bool knowsNull = field != Field::Type && field != Field::Event;
        const bool knowsBooleans = field == Field::UserId || hasPath(field);
        const bool equals = op.value == "=";
        if (knowsNull && (equals || op.value == "!=") && value.value == "null") {
            result.op = equals ? Operator::NotExists : Operator::Exists;
            return result;
        }
        if (knowsBooleans && equals && (value.value == "true" || value.value == "false")) {
            result.op = value.value == "true" ? Operator::IsTrue : Operator::IsFalse;
            return result;
        }
        result.op = operatorNamed(op.value);
        if (result.op == Operator::Unknown)
            result.unknownOperator = op.value;
        if (!hasPath(field)) {
            result.expected = wordText(value);
            return result;
        }
        result.expected = valueOf(value);
        if (value.kind == Kind::Number && equals)
            result.op = Operator::NumberEquals;
        else if (value.kind == Kind::Number && op.value == "!=")
            result.op = Operator::NumberNotEquals;
        return result;
    }

    /// `( field , text )` is taken on trust: five words, whatever they are.
    std::optional<Refusal> function(const Lexeme *negation, const Lexeme &name, Queue &queue, std::vector<Node> &nodes)
    {
        const Lexeme *open = queue.shift();
        const Lexeme *argument = queue.shift();
        const Lexeme *comma = queue.shift();
        const Lexeme *text = queue.shift();
        if (text == nullptr)
            return Refusal{ "fql-function", name.source,
                fmt::format("{0} needs a field and a text. Write {0}(properties.title, \"{1}\").", name.value,
                    name.value == "match" ? "text*" : "text"),
                {} };
        const Lexeme *close = queue.shift();
        Step &step = note(Step::Kind::Function, name);
        step.words = { &name, open, argument, comma, text, close };
        step.negated = negation != nullptr;
        const Lexeme *last = close != nullptr && close->source.length > 0 ? close : text;
        if (last->kind == Kind::End && last == text)
            last = comma;
        step.range = spanning(negation != nullptr ? *negation : name, *last);

        Condition result;
        const std::string_view word = argument->value;
        if (word == "event" || word == "name" || word == "userId")
            result.field = *fieldOf(word);
        else if (word.starts_with("properties"))
            result.field = Field::Property;
        else if (word.starts_with("traits"))
            result.field = Field::Trait;
        else if (word.starts_with("context"))
            result.field = Field::Context;
        else
            return std::nullopt; // Segment makes no condition of it
        step.known = true;
        result.source = step.range;
        if (hasPath(result.field))
            result.path = pathBelow(result.field, word);
        std::string expected = wordText(*text);
        if (name.value == "contains") {
            result.op = step.negated ? Operator::NotContains : Operator::Contains;
        } else if (text->value.ends_with("*\"")) {
            result.op = step.negated ? Operator::NotStartsWith : Operator::StartsWith;
            expected.pop_back();
        } else {
            result.op = step.negated ? Operator::NotEndsWith : Operator::EndsWith;
            expected = withoutFirstUnit(expected);
        }
        result.expected = std::move(expected);
        nodes.emplace_back(std::move(result));
        return std::nullopt;
    }

    std::optional<Refusal> group(const Lexeme &open, Queue &queue, std::vector<Node> &nodes, bool inGroup)
    {
        const Lexeme *before = queue.at >= 2 ? queue.words[queue.at - 2] : nullptr;
        Words inside;
        const Lexeme *word = queue.shift();
        for (; word != nullptr && word->kind != Kind::ParenRight; word = queue.shift())
            inside.push_back(word);
        if (word == nullptr) {
            if (inGroup)
                return Refusal{ "fql-parentheses", open.source,
                    "Found parentheses inside parentheses; Segment ends a group at its first ) and refuses the rest. "
                    "Use one level: a and (b or c).",
                    {} };
            return Refusal{ "fql-parentheses", open.source,
                "This ( is never closed. Add a ) behind the last condition of the group.", {} };
        }
        Lexeme end;
        end.value = "eos";
        end.source = word->source;
        inside.push_back(&m_reading.ends.emplace_back(std::move(end)));
        note(Step::Kind::GroupOpened, open);
        tl::expected<Node, Refusal> node = level(inside, spanning(open, *word), true);
        if (!node) {
            if (before != nullptr && before->kind == Kind::Ident && before->source.end() == open.source.offset)
                return Refusal{ "fql-unsupported-function", spanning(*before, *word),
                    fmt::format("Segment's triggers have no function {}(); they know contains(field, \"text\") and "
                                "match(field, \"text*\"). Write one of them or compare the field itself.",
                        before->value),
                    {} };
            return std::move(node.error());
        }
        Step &closed = note(Step::Kind::GroupClosed, *word);
        closed.known = !std::holds_alternative<Missing>(*node);
        closed.range = spanning(open, *word);
        nodes.push_back(std::move(*node));
        return std::nullopt;
    }

    Reading &m_reading;
};

Refusal nothingFound(const Reading &reading, std::string_view fql)
{
    if (reading.words.front().kind == Kind::End)
        return { "fql-empty", { 0, fql.size() },
            "The trigger is empty, so that it never matches. Write a condition, as in type = \"track\".", {} };
    return { "fql-no-condition", spanning(reading.words.front(), reading.words[reading.words.size() - 2]),
        "Segment finds no condition in this trigger and refuses it. It knows type, event, name, userId, properties.…, "
        "traits.… and context.…. Write one of them first, as in type = \"track\".",
        {} };
}

} // namespace

std::optional<Field> fieldOf(std::string_view word)
{
    const std::string_view first = firstStep(word);
    for (std::size_t i = 0; i <= static_cast<std::size_t>(Field::Context); ++i)
        if (fieldWord(static_cast<Field>(i)) == first)
            return static_cast<Field>(i);
    return std::nullopt;
}

Reading read(std::string_view fql)
{
    Reading reading;
    Lexer lexer(fql);
    std::vector<Lexeme> words;
    do {
        tl::expected<Lexeme, Refusal> word = lexer.next();
        if (!word) {
            reading.refusal = std::move(word.error());
            reading.words = joinPaths(std::move(words));
            return reading;
        }
        words.push_back(std::move(*word));
    } while (words.back().kind != Kind::End);
    reading.lexed = true;
    reading.words = joinPaths(std::move(words));

    Words all;
    all.reserve(reading.words.size());
    for (const Lexeme &word : reading.words)
        all.push_back(&word);
    const SourceRange whole{ 0, fql.size() };
    tl::expected<Node, Refusal> root = Parser(reading).level(all, whole, false);
    if (!root) {
        reading.refusal = std::move(root.error());
    } else if (std::holds_alternative<Missing>(*root)) {
        reading.refusal = nothingFound(reading, fql);
    } else if (Group *group = std::get_if<Group>(&*root)) {
        reading.ast.root = std::move(*group);
    } else {
        reading.ast.root.children.push_back(std::move(*root));
        reading.ast.root.source = whole;
    }
    return reading;
}

} // namespace hookbench::fql
