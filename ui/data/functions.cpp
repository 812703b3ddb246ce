#include "ui/data/functions.h"

#include "core/json/parse.h"
#include "core/json/pointer.h"
#include "core/json/stringify.h"
#include "core/json/text.h"
#include "core/mapping/liquid_variables.h"

#include <QCoreApplication>

#include <algorithm>
#include <fmt/format.h>

namespace hookbench::data {

using json::Document;
using json::Member;
using json::Value;

namespace {

constexpr const char *kContext = "hookbench::data";
constexpr std::string_view kMetadata = "_metadata";
constexpr int kLongestPattern = 10;
constexpr int kDeepestArgument = 40;

QString words(const char *text)
{
    return QCoreApplication::translate(kContext, text);
}

bool isPlainObject(Value value)
{
    return value.isObject()
        && std::ranges::none_of(value.members(), [](const Member &member) { return member.name().starts_with('@'); });
}

ValueKind kindOfDirective(const DirectiveParts &directive)
{
    const std::string_view name = directive.name;
    const Value argument = directive.argument;
    if (name == "@path")
        return argument.isString() ? ValueKind::Variable : ValueKind::Raw;
    if (name == "@template")
        return argument.isString() ? ValueKind::MixedText : ValueKind::Raw;
    if (name == "@liquid")
        return argument.isString() ? ValueKind::Liquid : ValueKind::Raw;
    if (name == "@literal")
        return ValueKind::Literal;
    if (name == "@excludeWhenNull")
        return ValueKind::ExcludeWhenNull;
    if (name == "@arrayPath") {
        const bool path = argument.at(0).isString() || directiveParts(argument.at(0)).name.starts_with('@');
        return argument.isArray() && argument.size() <= 2 && path ? ValueKind::ArrayItems : ValueKind::Raw;
    }
    if (!isPlainObject(argument))
        return ValueKind::Raw;
    if (name == "@if") {
        const Value exists = argument.find("exists");
        if (exists.isUndefined())
            return argument.contains("blank") ? ValueKind::If : ValueKind::Raw;
        return json::isTruthy(exists) && json::identical(exists, argument.find("then")) ? ValueKind::Coalesce
                                                                                        : ValueKind::If;
    }
    const auto optionIs = [&](std::string_view option, bool (Value::*test)() const) {
        const Value found = argument.find(option);
        return found.isUndefined() || (found.*test)();
    };
    if (name == "@case")
        return optionIs("operator", &Value::isString) ? ValueKind::Case : ValueKind::Raw;
    if (name == "@replace")
        return optionIs("pattern", &Value::isString) && optionIs("replacement", &Value::isString)
                && optionIs("pattern2", &Value::isString) && optionIs("replacement2", &Value::isString)
                && optionIs("ignorecase", &Value::isBoolean) && optionIs("global", &Value::isBoolean)
            ? ValueKind::Replace
            : ValueKind::Raw;
    if (name == "@flatten")
        return optionIs("separator", &Value::isString) && optionIs("omitArrays", &Value::isBoolean) ? ValueKind::Flatten
                                                                                                    : ValueKind::Raw;
    if (name == "@json")
        return optionIs("mode", &Value::isString) ? ValueKind::Json : ValueKind::Raw;
    if (name == "@merge")
        return optionIs("direction", &Value::isString) && argument.find("objects").isArray() ? ValueKind::Merge
                                                                                             : ValueKind::Raw;
    if (name == "@transform")
        return ValueKind::Transform;
    return ValueKind::Raw;
}

Operand choice(const char *pointer, const char *label, std::vector<std::pair<std::string, QString>> choices)
{
    Operand operand;
    operand.type = Operand::Type::Choice;
    operand.pointer = pointer;
    operand.label = words(label);
    operand.choices = std::move(choices);
    return operand;
}

Operand value(const std::string &pointer, const QString &label, bool optional = false)
{
    Operand operand;
    operand.pointer = pointer;
    operand.label = label;
    operand.optional = optional;
    return operand;
}

Operand text(const char *pointer, const char *label, bool optional = false)
{
    Operand operand;
    operand.type = Operand::Type::Text;
    operand.pointer = pointer;
    operand.label = words(label);
    operand.optional = optional;
    operand.most = kLongestPattern;
    return operand;
}

Operand flag(const char *pointer, const char *label, bool flagDefault)
{
    Operand operand;
    operand.type = Operand::Type::Flag;
    operand.pointer = pointer;
    operand.label = words(label);
    operand.flagDefault = flagDefault;
    operand.optional = true;
    return operand;
}

Operand whole(Operand::Type type, const char *pointer)
{
    Operand operand;
    operand.type = type;
    operand.pointer = pointer;
    return operand;
}

// A copy of the object with the first member named `from` named `to`, at the same place.
Value renamed(json::Arena &arena, Value object, std::string_view from, std::string_view to)
{
    std::vector<Member> members(object.members().begin(), object.members().end());
    for (Member &member : members)
        if (member.name() == from)
            member.key = json::makeString(arena, to);
    return json::ObjectBuilder::build(arena, members);
}

Document put(const Document &document, const std::string &pointer, Value to)
{
    return json::replaced(document, pointer, to).value_or(document);
}

Document parsed(std::string_view text)
{
    return json::parse(text).value_or(Document());
}

// The value that a function can take as its own when it is put around `from`.
Value operandFrom(Value from, bool textOrDirective)
{
    const bool directive = from.isObject() && !isPlainObject(from);
    if (directive || from.isString() || (!textOrDirective && !from.isNullish()))
        return from;
    return Value::cleanString("");
}

Document around(std::string_view frame, const std::string &pointer, Value inner)
{
    return put(parsed(frame), pointer, inner);
}

// What a text shows: of a text itself, of a variable its placeholder.
std::string textFrom(Value from, const char *open, const char *close)
{
    const DirectiveParts directive = directiveParts(from);
    if (directive.argument.isString() && (directive.name == "@template" || directive.name == "@liquid"))
        return std::string(directive.argument.asString());
    if (directive.argument.isString() && directive.name == "@path")
        return open + std::string(shownPath(directive.argument.asString())) + close;
    if (from.isString())
        return std::string(from.asString());
    return from.isNumber() || from.isBoolean() ? json::toText(from) : std::string();
}

std::string pathFrom(Value from)
{
    const DirectiveParts directive = directiveParts(from);
    if (directive.name == "@path" && directive.argument.isString())
        return std::string(shownPath(directive.argument.asString()));
    if (directive.name == "@template" && directive.argument.isString()) {
        const std::vector<TextPart> parts = textParts(directive.argument.asString());
        if (parts.size() == 1 && parts.front().isVariable)
            return std::string(parts.front().text);
    }
    if (directive.name == "@arrayPath" && directive.argument.at(0).isString())
        return std::string(shownPath(directive.argument.at(0).asString()));
    for (const Operand &operand : operandsOf(from))
        if (operand.type == Operand::Type::Value)
            if (const Value inner = json::valueAt(from, operand.pointer); inner.isObject())
                return pathFrom(inner);
    return {};
}

Document make(Value from, ValueKind to)
{
    json::Arena arena;
    const auto textDirective = [&](const char *name, const std::string &text) {
        json::ObjectBuilder object(arena);
        object.add(std::string_view(name), json::makeString(arena, text));
        return Document::copyOf(object.build());
    };
    switch (to) {
    case ValueKind::Nothing:
        return {};
    case ValueKind::Variable:
        return variableOf(pathFrom(from));
    case ValueKind::MixedText:
        return textDirective("@template", textFrom(from, "{{", "}}"));
    case ValueKind::Liquid:
        return textDirective("@liquid", textFrom(from, "{{ ", " }}"));
    case ValueKind::Text:
        return Document::copyOf(json::makeString(arena, textFrom(from, "", "")));
    case ValueKind::Number: {
        const auto number = json::parse(textFrom(from, "", ""));
        return number && number->root().isNumber() ? *number : parsed("0");
    }
    case ValueKind::Boolean:
        return parsed(from.isString() && from.asString() == "false" ? "false" : "true");
    case ValueKind::Null:
        return parsed("null");
    case ValueKind::Object:
        if (const Value shape = directiveParts(from).argument.at(1); isPlainObject(shape))
            return Document::copyOf(shape);
        return isPlainObject(from) ? Document::copyOf(from) : parsed("{}");
    case ValueKind::Array:
        return from.isNullish() || (from.isString() && from.size() == 0) ? parsed("[]") : around("[0]", "/0", from);
    case ValueKind::Coalesce: {
        const Value wanted = operandFrom(from, true);
        const Document first = json::isTruthy(wanted) ? Document::copyOf(wanted) : variableOf({});
        return put(around(R"({"@if":{"exists":0,"then":0}})", "/@if/exists", first), "/@if/then", first);
    }
    case ValueKind::If: {
        const Value wanted = operandFrom(from, true);
        const Document first = json::isTruthy(wanted) ? Document::copyOf(wanted) : variableOf({});
        return put(
            around(R"({"@if":{"exists":0,"then":""}})", "/@if/exists", first), "/@if/then", Value::cleanString("yes"));
    }
    case ValueKind::Case:
        return around(R"({"@case":{"operator":"lower","value":0}})", "/@case/value", operandFrom(from, true));
    case ValueKind::Replace:
        return around(
            R"({"@replace":{"pattern":"-","replacement":"","value":0}})", "/@replace/value", operandFrom(from, true));
    case ValueKind::Flatten:
        return around(R"({"@flatten":{"separator":".","value":0}})", "/@flatten/value",
            from.isObject() ? from : variableOf(pathFrom(from)).root());
    case ValueKind::Json:
        return around(R"({"@json":{"mode":"encode","value":0}})", "/@json/value",
            from.isObject() || from.isArray() ? from : variableOf(pathFrom(from)).root());
    case ValueKind::ArrayItems: {
        const Document made
            = put(parsed(R"({"@arrayPath":["$."]})"), "/@arrayPath/0", json::makeString(arena, "$." + pathFrom(from)));
        return isPlainObject(from) && from.size() > 0 ? put(made, "/@arrayPath/1", from) : made;
    }
    case ValueKind::Merge:
        return around(R"({"@merge":{"direction":"right","objects":[{},{}]}})", "/@merge/objects/0",
            from.isObject() ? from : Value::object({}));
    case ValueKind::Transform:
        return around(R"({"@transform":{"apply":{},"mapping":{}}})", "/@transform/mapping",
            from.isObject() ? from : Value::object({}));
    case ValueKind::ExcludeWhenNull:
        return around(R"({"@excludeWhenNull":0})", "/@excludeWhenNull", operandFrom(from, false));
    case ValueKind::Literal:
        return around(R"({"@literal":0})", "/@literal", from.isNullish() ? Value::null() : from);
    case ValueKind::Raw:
        return from.isUndefined() ? parsed("null") : Document::copyOf(from);
    }
    return {};
}

void collectPaths(Value value, int depth, std::vector<std::string> &out)
{
    if (depth > kDeepestArgument)
        return;
    const auto add = [&](std::string_view path) {
        if (!path.empty() && std::ranges::find(out, path) == out.end())
            out.emplace_back(path);
    };
    const DirectiveParts directive = directiveParts(value);
    switch (kindOf(value)) {
    case ValueKind::Variable:
        add(shownPath(directive.argument.asString()));
        return;
    case ValueKind::MixedText:
        for (const TextPart &part : textParts(directive.argument.asString()))
            if (part.isVariable)
                add(part.text);
        return;
    case ValueKind::Liquid:
        if (const auto variables = mapping::liquidVariables(directive.argument.asString()))
            for (const mapping::LiquidVariable &variable : *variables)
                if (std::ranges::find(variable.keys, "*") == variable.keys.end())
                    add(variable.text);
        return;
    case ValueKind::ArrayItems:
        if (directive.argument.at(0).isString())
            add(shownPath(directive.argument.at(0).asString()));
        else
            collectPaths(directive.argument.at(0), depth + 1, out);
        return;
    case ValueKind::Literal:
    case ValueKind::Raw:
    case ValueKind::Object:
    case ValueKind::Array:
        return;
    case ValueKind::Transform:
        collectPaths(directive.argument.find("apply"), depth + 1, out);
        return;
    default:
        for (const Operand &operand : operandsOf(value))
            if (operand.type == Operand::Type::Value)
                collectPaths(json::valueAt(value, operand.pointer), depth + 1, out);
    }
}

} // namespace

DirectiveParts directiveParts(Value value)
{
    DirectiveParts parts;
    if (!value.isObject())
        return parts;
    for (const Member &member : value.members()) {
        if (member.name() == kMetadata)
            continue;
        if (!member.name().starts_with('@') || !parts.name.empty())
            return {};
        parts = { member.name(), member.value };
    }
    return parts;
}

ValueKind kindOf(Value value)
{
    switch (value.kind()) {
    case json::Kind::Undefined:
        return ValueKind::Nothing;
    case json::Kind::Null:
        return ValueKind::Null;
    case json::Kind::Boolean:
        return ValueKind::Boolean;
    case json::Kind::Number:
        return ValueKind::Number;
    case json::Kind::String:
        return ValueKind::Text;
    case json::Kind::Array:
        return ValueKind::Array;
    case json::Kind::Object:
        break;
    }
    if (isPlainObject(value))
        return ValueKind::Object;
    const DirectiveParts directive = directiveParts(value);
    return directive.name.empty() ? ValueKind::Raw : kindOfDirective(directive);
}

QString kindName(ValueKind kind)
{
    switch (kind) {
    case ValueKind::Nothing:
        return words(QT_TRANSLATE_NOOP("hookbench::data", "Left out"));
    case ValueKind::Variable:
        return words(QT_TRANSLATE_NOOP("hookbench::data", "Event variable"));
    case ValueKind::MixedText:
        return words(QT_TRANSLATE_NOOP("hookbench::data", "Text with variables"));
    case ValueKind::Text:
        return words(QT_TRANSLATE_NOOP("hookbench::data", "String"));
    case ValueKind::Number:
        return words(QT_TRANSLATE_NOOP("hookbench::data", "Number"));
    case ValueKind::Boolean:
        return words(QT_TRANSLATE_NOOP("hookbench::data", "Boolean"));
    case ValueKind::Null:
        return words(QT_TRANSLATE_NOOP("hookbench::data", "Null"));
    case ValueKind::Object:
        return words(QT_TRANSLATE_NOOP("hookbench::data", "Object"));
    case ValueKind::Array:
        return words(QT_TRANSLATE_NOOP("hookbench::data", "Array"));
    case ValueKind::Coalesce:
        return words(QT_TRANSLATE_NOOP("hookbench::data", "Coalesce"));
    case ValueKind::If:
        return words(QT_TRANSLATE_NOOP("hookbench::data", "If"));
    case ValueKind::Case:
        return words(QT_TRANSLATE_NOOP("hookbench::data", "Case"));
    case ValueKind::Replace:
        return words(QT_TRANSLATE_NOOP("hookbench::data", "Replace"));
    case ValueKind::Flatten:
        return words(QT_TRANSLATE_NOOP("hookbench::data", "Flatten"));
    case ValueKind::Json:
        return words(QT_TRANSLATE_NOOP("hookbench::data", "JSON"));
    case ValueKind::ArrayItems:
        return words(QT_TRANSLATE_NOOP("hookbench::data", "Array items"));
    case ValueKind::Merge:
        return words(QT_TRANSLATE_NOOP("hookbench::data", "Merge"));
    case ValueKind::Transform:
        return words(QT_TRANSLATE_NOOP("hookbench::data", "Transform"));
    case ValueKind::ExcludeWhenNull:
        return words(QT_TRANSLATE_NOOP("hookbench::data", "Exclude when null"));
    case ValueKind::Liquid:
        return words(QT_TRANSLATE_NOOP("hookbench::data", "Liquid"));
    case ValueKind::Literal:
        return words(QT_TRANSLATE_NOOP("hookbench::data", "Literal"));
    case ValueKind::Raw:
        return words(QT_TRANSLATE_NOOP("hookbench::data", "Mapping JSON"));
    }
    return {};
}

QString kindHint(ValueKind kind)
{
    switch (kind) {
    case ValueKind::Nothing:
        return words(QT_TRANSLATE_NOOP("hookbench::data", "This part is not there."));
    case ValueKind::Variable:
        return words(QT_TRANSLATE_NOOP("hookbench::data", "What the event holds at a path."));
    case ValueKind::MixedText:
        return words(QT_TRANSLATE_NOOP("hookbench::data", "Concatenates: {{path}} stands for what the event holds."));
    case ValueKind::Text:
    case ValueKind::Number:
    case ValueKind::Boolean:
    case ValueKind::Null:
        return words(QT_TRANSLATE_NOOP("hookbench::data", "The same for every event."));
    case ValueKind::Object:
        return words(QT_TRANSLATE_NOOP("hookbench::data", "Its fields are rows of the tree."));
    case ValueKind::Array:
        return words(QT_TRANSLATE_NOOP("hookbench::data", "Its items are rows of the tree."));
    case ValueKind::Coalesce:
        return words(QT_TRANSLATE_NOOP("hookbench::data", "The first value, or the second when the first is missing."));
    case ValueKind::If:
        return words(QT_TRANSLATE_NOOP("hookbench::data", "One value or another, by whether something is there."));
    case ValueKind::Case:
        return words(QT_TRANSLATE_NOOP("hookbench::data", "A text in lower or upper case."));
    case ValueKind::Replace:
        return words(QT_TRANSLATE_NOOP("hookbench::data", "Other characters for up to two patterns."));
    case ValueKind::Flatten:
        return words(QT_TRANSLATE_NOOP("hookbench::data", "Nested objects as one object with long keys."));
    case ValueKind::Json:
        return words(QT_TRANSLATE_NOOP("hookbench::data", "A value as JSON text, or JSON text as a value."));
    case ValueKind::ArrayItems:
        return words(QT_TRANSLATE_NOOP("hookbench::data", "An array of the event, each item in a shape of its own."));
    case ValueKind::Merge:
        return words(QT_TRANSLATE_NOOP("hookbench::data", "Several objects as one."));
    case ValueKind::Transform:
        return words(QT_TRANSLATE_NOOP("hookbench::data", "Makes an object of the event, then maps that object."));
    case ValueKind::ExcludeWhenNull:
        return words(QT_TRANSLATE_NOOP("hookbench::data", "Leaves out what is null, also inside objects."));
    case ValueKind::Liquid:
        return words(QT_TRANSLATE_NOOP("hookbench::data", "A Liquid template, as Segment runs it."));
    case ValueKind::Literal:
        return words(QT_TRANSLATE_NOOP("hookbench::data", "JSON as it stands; nothing in it is a directive."));
    case ValueKind::Raw:
        return words(QT_TRANSLATE_NOOP("hookbench::data", "Any mapping, written as JSON."));
    }
    return {};
}

const std::vector<ValueKind> &offeredKinds()
{
    static const std::vector<ValueKind> kKinds{ ValueKind::Variable, ValueKind::MixedText, ValueKind::Text,
        ValueKind::Number, ValueKind::Boolean, ValueKind::Null, ValueKind::Object, ValueKind::Array,
        ValueKind::Coalesce, ValueKind::Case, ValueKind::Replace, ValueKind::Flatten, ValueKind::Json, ValueKind::If,
        ValueKind::ArrayItems, ValueKind::Merge, ValueKind::Transform, ValueKind::ExcludeWhenNull, ValueKind::Liquid,
        ValueKind::Literal, ValueKind::Raw };
    return kKinds;
}

bool isFunction(ValueKind kind)
{
    return kind >= ValueKind::Coalesce && kind <= ValueKind::Literal;
}

std::vector<Operand> operandsOf(Value of)
{
    const auto translated = [](const char *text) { return words(text); };
    const DirectiveParts directive = directiveParts(of);
    switch (kindOf(of)) {
    case ValueKind::Coalesce: {
        Operand first = value("/@if/exists", translated(QT_TRANSLATE_NOOP("hookbench::data", "Value")));
        first.alsoAt = "/@if/then";
        return { first, value("/@if/else", translated(QT_TRANSLATE_NOOP("hookbench::data", "Otherwise")), true) };
    }
    case ValueKind::If: {
        const bool exists = directive.argument.contains("exists");
        Operand test;
        test.type = Operand::Type::Test;
        test.pointer = "/@if";
        test.label = translated(QT_TRANSLATE_NOOP("hookbench::data", "Test"));
        test.choices = { { "exists", translated(QT_TRANSLATE_NOOP("hookbench::data", "exists")) },
            { "blank", translated(QT_TRANSLATE_NOOP("hookbench::data", "is not blank")) } };
        return { value(exists ? "/@if/exists" : "/@if/blank", translated(QT_TRANSLATE_NOOP("hookbench::data", "If"))),
            test, value("/@if/then", translated(QT_TRANSLATE_NOOP("hookbench::data", "Then")), true),
            value("/@if/else", translated(QT_TRANSLATE_NOOP("hookbench::data", "Else")), true) };
    }
    case ValueKind::Case:
        return { choice("/@case/operator", QT_TRANSLATE_NOOP("hookbench::data", "Case"),
                     { { "lower", translated(QT_TRANSLATE_NOOP("hookbench::data", "lower")) },
                         { "upper", translated(QT_TRANSLATE_NOOP("hookbench::data", "upper")) } }),
            value("/@case/value", translated(QT_TRANSLATE_NOOP("hookbench::data", "Value"))) };
    case ValueKind::Replace:
        return { value("/@replace/value", translated(QT_TRANSLATE_NOOP("hookbench::data", "Value"))),
            text("/@replace/pattern", QT_TRANSLATE_NOOP("hookbench::data", "Replace")),
            text("/@replace/replacement", QT_TRANSLATE_NOOP("hookbench::data", "with")),
            text("/@replace/pattern2", QT_TRANSLATE_NOOP("hookbench::data", "and"), true),
            text("/@replace/replacement2", QT_TRANSLATE_NOOP("hookbench::data", "with (second)"), true),
            flag("/@replace/ignorecase", QT_TRANSLATE_NOOP("hookbench::data", "Ignore case"), false),
            flag("/@replace/global", QT_TRANSLATE_NOOP("hookbench::data", "Every occurrence"), true) };
    case ValueKind::Flatten: {
        Operand separator = text("/@flatten/separator", QT_TRANSLATE_NOOP("hookbench::data", "Separator"));
        separator.most = 0;
        return { value("/@flatten/value", translated(QT_TRANSLATE_NOOP("hookbench::data", "Value"))), separator,
            flag("/@flatten/omitArrays", QT_TRANSLATE_NOOP("hookbench::data", "Keep arrays whole"), false) };
    }
    case ValueKind::Json:
        return { choice("/@json/mode", QT_TRANSLATE_NOOP("hookbench::data", "Mode"),
                     { { "encode", translated(QT_TRANSLATE_NOOP("hookbench::data", "encode")) },
                         { "decode", translated(QT_TRANSLATE_NOOP("hookbench::data", "decode")) } }),
            value("/@json/value", translated(QT_TRANSLATE_NOOP("hookbench::data", "Value"))) };
    case ValueKind::ArrayItems: {
        Operand path = value("/@arrayPath/0", translated(QT_TRANSLATE_NOOP("hookbench::data", "Array")));
        if (directive.argument.at(0).isString())
            path.type = Operand::Type::Path;
        return { path,
            value("/@arrayPath/1", translated(QT_TRANSLATE_NOOP("hookbench::data", "Each item becomes")), true) };
    }
    case ValueKind::Merge: {
        std::vector<Operand> operands{ choice("/@merge/direction", QT_TRANSLATE_NOOP("hookbench::data", "Wins"),
            { { "right", translated(QT_TRANSLATE_NOOP("hookbench::data", "the last object")) },
                { "left", translated(QT_TRANSLATE_NOOP("hookbench::data", "the first object")) } }) };
        const std::size_t count = directive.argument.find("objects").size();
        for (std::size_t i = 0; i < count; ++i) {
            operands.push_back(value(fmt::format("/@merge/objects/{}", i),
                translated(QT_TRANSLATE_NOOP("hookbench::data", "Object %1")).arg(i + 1)));
            operands.back().removable = count > 1;
        }
        return operands;
    }
    case ValueKind::Transform:
        return { value("/@transform/apply", translated(QT_TRANSLATE_NOOP("hookbench::data", "First make"))),
            value("/@transform/mapping", translated(QT_TRANSLATE_NOOP("hookbench::data", "Then map it to"))) };
    case ValueKind::ExcludeWhenNull:
        return { value("/@excludeWhenNull", translated(QT_TRANSLATE_NOOP("hookbench::data", "Value"))) };
    case ValueKind::Variable:
        return { whole(Operand::Type::Path, "/@path") };
    case ValueKind::MixedText:
        return { whole(Operand::Type::MixedText, "/@template") };
    case ValueKind::Liquid:
        return { whole(Operand::Type::Liquid, "/@liquid") };
    case ValueKind::Literal:
        return { whole(Operand::Type::Json, "/@literal") };
    default:
        return {};
    }
}

Document withOperand(const Document &of, const Operand &operand, Value to)
{
    if (operand.type == Operand::Type::Test) {
        auto arena = std::make_shared<json::Arena>();
        const Value options = json::valueAt(of, operand.pointer);
        const std::string_view wanted = to.asString();
        const std::string_view other = wanted == "exists" ? "blank" : "exists";
        if (!options.contains(other) || options.contains(wanted))
            return of;
        return put(of, operand.pointer, renamed(*arena, options, other, wanted));
    }
    if (to.isUndefined() && (operand.optional || operand.removable))
        return json::removed(of, operand.pointer).value_or(of);
    Document after = put(of, operand.pointer, to);
    return operand.alsoAt.empty() ? after : put(after, operand.alsoAt, to);
}

Document withAnotherObject(const Document &of)
{
    return put(of, "/@merge/objects/-", Value::object({}));
}

Document converted(Value from, ValueKind to)
{
    const Document made = make(from, to);
    const bool fromDirective = !directiveParts(from).name.empty();
    if (to == ValueKind::Raw || !fromDirective || directiveParts(made).name.empty())
        return made;
    const Value metadata = from.find(kMetadata);
    // Where the old value is now inside, its own metadata went along with it.
    return metadata.isUndefined() || kindOf(from) != ValueKind::Variable || to >= ValueKind::Coalesce
        ? made
        : put(made, "/_metadata", metadata);
}

std::string_view shownPath(std::string_view path)
{
    return path.starts_with("$.") ? path.substr(2) : path;
}

Document variableOf(std::string_view shown)
{
    auto arena = std::make_shared<json::Arena>();
    json::ObjectBuilder object(*arena);
    object.add(std::string_view("@path"), json::makeString(*arena, "$." + std::string(shown)));
    return { arena, object.build() };
}

std::vector<TextPart> textParts(std::string_view source)
{
    std::vector<TextPart> parts;
    std::size_t done = 0;
    for (std::size_t at = source.find("{{"); at != std::string_view::npos; at = source.find("{{", at)) {
        const std::size_t braces = source.substr(at).starts_with("{{{") ? 3 : 2;
        const std::size_t end = source.find('}', at + braces);
        if (end == std::string_view::npos)
            break;
        if (end == at + braces || source.substr(end, braces) != std::string_view("}}}").substr(0, braces)) {
            at = end;
            continue;
        }
        if (at > done)
            parts.push_back({ source.substr(done, at - done), false });
        std::string_view inside = source.substr(at + braces, end - at - braces);
        while (inside.starts_with(' '))
            inside.remove_prefix(1);
        while (inside.ends_with(' '))
            inside.remove_suffix(1);
        parts.push_back({ inside, true });
        at = done = end + braces;
    }
    if (done < source.size() || parts.empty())
        parts.push_back({ source.substr(done), false });
    return parts;
}

std::vector<std::string> pathsIn(Value of)
{
    std::vector<std::string> paths;
    collectPaths(of, 0, paths);
    return paths;
}

} // namespace hookbench::data
