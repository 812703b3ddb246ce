#include "ui/request/setting_text.h"

#include "core/json/parse.h"
#include "core/json/stringify.h"

#include <QRegularExpression>

namespace hookbench::request {

namespace {

/// The path of a text that is one {{…}} and nothing else.
QString onlyPath(const QString &text)
{
    static const QRegularExpression whole(QStringLiteral(R"(^\{\{\s*([^\s{}]+)\s*\}\}$)"));
    return whole.match(text).captured(1);
}

bool hasTemplate(const QString &text)
{
    static const QRegularExpression token(QStringLiteral(R"(\{\{.+?\}\})"));
    return text.contains(token);
}

json::Document directive(std::string_view name, const std::string &argument)
{
    auto arena = std::make_shared<json::Arena>();
    return { arena, json::ObjectBuilder(*arena).add(name, json::makeString(*arena, argument)).build() };
}

QString asTyped(json::Value value)
{
    if (!value.isObject() || value.size() != 1)
        return {};
    const json::Member &only = value.members().front();
    if (!only.value.isString())
        return {};
    const QString argument = QString::fromStdString(std::string(only.value.asString()));
    if (only.name() == "@template")
        return argument;
    if (only.name() == "@path" && argument.startsWith(QLatin1String("$.")))
        return QString(u"{{" + argument.mid(2) + u"}}");
    return {};
}

} // namespace

QString toSettingText(json::Value value)
{
    if (value.isUndefined())
        return {};
    if (value.isString())
        return QString::fromStdString(std::string(value.asString()));
    const QString typed = asTyped(value);
    if (!typed.isEmpty() && json::identical(fromSettingText(typed), value))
        return typed;
    return QString::fromStdString(json::stringify(value));
}

json::Document fromSettingText(const QString &text)
{
    const std::string utf8 = text.toStdString();
    if (text.trimmed().startsWith(u'{'))
        if (const auto value = json::parse(utf8); value && value->root().isObject() && value->root().size() > 0
            && value->root().members().front().name().starts_with('@'))
            return *value;
    if (const QString path = onlyPath(text); !path.isEmpty())
        return directive("@path", "$." + path.toStdString());
    if (hasTemplate(text))
        return directive("@template", utf8);
    return json::Document::copyOf(json::Value::string(utf8));
}

} // namespace hookbench::request
