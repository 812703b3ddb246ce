#include "ui/request/setting_text.h"

#include "core/json/parse.h"
#include "core/json/stringify.h"

namespace hookbench::request {

QString toSettingText(json::Value value)
{
    if (value.isUndefined())
        return {};
    if (value.isString())
        return QString::fromStdString(std::string(value.asString()));
    return QString::fromStdString(json::stringify(value));
}

json::Document fromSettingText(const QString &text)
{
    const std::string utf8 = text.toStdString();
    if (text.trimmed().startsWith(u'{'))
        if (const auto value = json::parse(utf8); value && value->root().isObject() && value->root().size() > 0
            && value->root().members().front().name().starts_with('@'))
            return *value;
    return json::Document::copyOf(json::Value::string(utf8));
}

} // namespace hookbench::request
