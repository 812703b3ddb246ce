#pragma once
// A setting as one line of text: a string as it is, anything else (a directive, a number) as JSON. What looks like a
// directive's JSON object when typed becomes one; everything else is a string.
#include "core/json/value.h"

#include <QString>

namespace hookbench::request {

QString toSettingText(json::Value value);
json::Document fromSettingText(const QString &text);

} // namespace hookbench::request
