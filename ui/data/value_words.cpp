#include "ui/data/value_words.h"

#include "core/base/display.h"
#include "core/json/pointer.h"
#include "core/json/stringify.h"
#include "core/json/text.h"
#include "ui/data/functions.h"

#include <QCoreApplication>

#include <algorithm>

namespace hookbench::data {

using json::Value;

namespace {

using Kind = Word::Kind;

constexpr int kDeepestWords = 6;
constexpr std::size_t kMostBytes = 400; // more than fits on a line
constexpr std::size_t kMostKeys = 6;

QString words(const char *text, int n = -1)
{
    return QCoreApplication::translate("hookbench::data", text, nullptr, n);
}

// Never prints more of a large value than can be seen.
QString jsonGlance(Value value, int depth = 0)
{
    if (value.isString()) {
        std::string text;
        json::quoteTo(text, value.asString().substr(0, kMostBytes));
        return shortened(text);
    }
    if (!value.isContainer())
        return QString::fromStdString(json::stringify(value));
    QString text = value.isArray() ? QStringLiteral("[") : QStringLiteral("{");
    std::size_t shown = 0;
    const auto add = [&](const QString &part) {
        text += (shown++ > 0 ? QStringLiteral(",") : QString()) + part;
        return shown < kMostKeys && text.size() < 200;
    };
    const QString dots = QStringLiteral("…");
    if (value.isArray()) {
        for (const Value item : value.items())
            if (!add(depth < 3 ? jsonGlance(item, depth + 1) : dots))
                break;
    } else {
        for (const json::Member &member : value.members())
            if (!add(jsonGlance(member.key) + u':' + (depth < 3 ? jsonGlance(member.value, depth + 1) : dots)))
                break;
    }
    if (shown < value.size())
        text += u',' + dots;
    return text + (value.isArray() ? u']' : u'}');
}

Words operands(std::initializer_list<Words> groups)
{
    Words all;
    for (const Words &group : groups) {
        if (group.empty())
            continue;
        if (!all.empty())
            all.push_back({ Kind::Punctuation, QStringLiteral(",") });
        all.insert(all.end(), group.begin(), group.end());
    }
    return all;
}

Words led(const QString &lead, Words rest)
{
    rest.insert(rest.begin(), { Kind::Punctuation, lead });
    return rest;
}

Word variable(std::string_view path)
{
    const QString text = shortened(shownPath(path));
    return { Kind::Variable, text.isEmpty() ? words(QT_TRANSLATE_NOOP("hookbench::data", "Whole event")) : text };
}

Words make(Value value, int depth);

Words functionWords(Value value, ValueKind kind, int depth)
{
    const Value argument = directiveParts(value).argument;
    const auto of = [&](std::string_view option) { return make(argument.find(option), depth + 1); };
    const auto quoted = [&](std::string_view option) {
        return argument.contains(option) ? Words{ { Kind::Text, jsonGlance(argument.find(option)) } } : Words{};
    };
    const auto choice = [&](std::string_view option) {
        const Value text = argument.find(option);
        return text.isString() ? u' ' + shortened(text.asString(), 20) : QString();
    };
    const QString name = kindName(kind);
    switch (kind) {
    case ValueKind::Coalesce:
        return { { Kind::Function, name, operands({ of("exists"), of("else") }) } };
    case ValueKind::If: {
        const bool exists = argument.contains("exists");
        const Words then = of("then");
        const Words otherwise = of("else");
        return { { Kind::Function,
            exists ? words(QT_TRANSLATE_NOOP("hookbench::data", "If exists"))
                   : words(QT_TRANSLATE_NOOP("hookbench::data", "If not blank")),
            operands({ of(exists ? "exists" : "blank"),
                then.empty() ? then : led(words(QT_TRANSLATE_NOOP("hookbench::data", "then")), then),
                otherwise.empty() ? otherwise
                                  : led(words(QT_TRANSLATE_NOOP("hookbench::data", "else")), otherwise) }) } };
    }
    case ValueKind::Case:
        return { { Kind::Function, name + choice("operator"), of("value") } };
    case ValueKind::Json:
        return { { Kind::Function, name + choice("mode"), of("value") } };
    case ValueKind::Replace: {
        const auto pair = [&](std::string_view from, std::string_view to) {
            Words words = quoted(from);
            if (words.empty())
                return words;
            words.push_back({ Kind::Punctuation, QStringLiteral("→") });
            const Words with = quoted(to);
            words.push_back(with.empty() ? Word{ Kind::Text, QStringLiteral("\"\"") } : with.front());
            return words;
        };
        return { { Kind::Function, name,
            operands({ of("value"), pair("pattern", "replacement"), pair("pattern2", "replacement2") }) } };
    }
    case ValueKind::Flatten:
        return { { Kind::Function, name, operands({ of("value"), quoted("separator") }) } };
    case ValueKind::ArrayItems: {
        const Value path = argument.at(0);
        return { { Kind::Function, name,
            operands({ path.isString() ? Words{ variable(path.asString()) } : make(path, depth + 1),
                make(argument.at(1), depth + 1) }) } };
    }
    case ValueKind::Merge: {
        Words all;
        for (const Value object : argument.find("objects").items())
            all = operands({ all, make(object, depth + 1) });
        return { { Kind::Function, name + choice("direction"), all } };
    }
    case ValueKind::Transform:
        return { { Kind::Function, name, operands({ of("apply"), of("mapping") }) } };
    case ValueKind::ExcludeWhenNull:
        return { { Kind::Function, name, make(argument, depth + 1) } };
    case ValueKind::Liquid:
        return { { Kind::Function, name, { { Kind::Liquid, shortened(argument.asString()) } } } };
    default:
        return { { Kind::Function, name, { { Kind::Json, jsonGlance(argument) } } } };
    }
}

Words make(Value value, int depth)
{
    const ValueKind kind = kindOf(value);
    if (depth > kDeepestWords && value.isContainer())
        return { { Kind::Note, QStringLiteral("…") } };
    Words made;
    switch (kind) {
    case ValueKind::Nothing:
        return {};
    case ValueKind::Variable:
        made = { variable(directiveParts(value).argument.asString()) };
        break;
    case ValueKind::MixedText:
        for (const TextPart &part : textParts(directiveParts(value).argument.asString()))
            made.push_back(part.isVariable ? variable(part.text) : Word{ Kind::Plain, shortened(part.text) });
        break;
    case ValueKind::Text:
        return { { Kind::Text, jsonGlance(value) } };
    case ValueKind::Number:
        return { { Kind::Number, jsonGlance(value) } };
    case ValueKind::Boolean:
    case ValueKind::Null:
        return { { Kind::Keyword, jsonGlance(value) } };
    case ValueKind::Object:
        return { { Kind::Note,
            words(QT_TRANSLATE_N_NOOP("hookbench::data", "Object, %n fields"), static_cast<int>(value.size())) } };
    case ValueKind::Array:
        return { { Kind::Note,
            words(QT_TRANSLATE_N_NOOP("hookbench::data", "Array, %n items"), static_cast<int>(value.size())) } };
    case ValueKind::Raw:
        return { { Kind::Json, jsonGlance(value) } };
    default:
        made = functionWords(value, kind, depth);
    }
    if (const Value metadata = value.find("_metadata"); !metadata.isUndefined())
        made.push_back({ Kind::Json, QStringLiteral("_metadata ") + jsonGlance(metadata) });
    return made;
}

} // namespace

QString shortened(std::string_view text, qsizetype most)
{
    const bool cut = text.size() > 4 * static_cast<std::size_t>(most);
    if (cut) {
        std::size_t end = 4 * static_cast<std::size_t>(most);
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
            --end;
        text = text.substr(0, end);
    }
    const QString shown = QString::fromStdString(escapeForDisplay(text));
    return cut || shown.size() > most ? shown.left(most) + QStringLiteral("…") : shown;
}

Words wordsOf(Value value)
{
    return make(value, 0);
}

QString plainText(const Words &words)
{
    QString text;
    for (const Word &word : words) {
        if (!text.isEmpty() && word.text != u"," && !text.endsWith(u' ') && !word.text.startsWith(u' '))
            text += u' ';
        text += word.text;
        if (word.kind == Kind::Function)
            text += QStringLiteral(" ( ") + plainText(word.inner) + QStringLiteral(" )");
    }
    return text;
}

ValueGlance glanceAt(Value value)
{
    switch (value.kind()) {
    case json::Kind::Undefined:
        return { {}, { Kind::Note, words(QT_TRANSLATE_NOOP("hookbench::data", "left out")) } };
    case json::Kind::Null:
        return { QStringLiteral("null"), { Kind::Keyword, QStringLiteral("null") } };
    case json::Kind::Boolean:
        return { QStringLiteral("T/F"), { Kind::Keyword, jsonGlance(value) } };
    case json::Kind::Number:
        return { QStringLiteral("123"), { Kind::Number, jsonGlance(value) } };
    case json::Kind::String:
        return { QStringLiteral("Abc"), { Kind::Text, jsonGlance(value) } };
    case json::Kind::Array:
        return { QStringLiteral("[]"),
            { Kind::Note, words(QT_TRANSLATE_N_NOOP("hookbench::data", "%n items"), static_cast<int>(value.size())) } };
    case json::Kind::Object: {
        QString keys;
        std::size_t shown = 0;
        for (const json::Member &member : value.members()) {
            if (shown == kMostKeys)
                break;
            keys += (shown++ > 0 ? QStringLiteral(", ") : QString()) + shortened(member.name(), 40);
        }
        if (shown < value.size())
            keys += QStringLiteral(", …");
        return { QStringLiteral("{}"),
            { Kind::Json, keys.isEmpty() ? QStringLiteral("{ }") : QStringLiteral("{ %1 }").arg(keys) } };
    }
    }
    return {};
}

} // namespace hookbench::data
