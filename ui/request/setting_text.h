#pragma once
// A setting as one line of text: a string as it is; what is taken from the event with {{…}} in it, as people write it;
// any other directive, or a number, as JSON. Read back, a text with {{…}} is filled in for each event, what looks like
// a directive's JSON object becomes one, everything else is a string.
#include "core/json/value.h"

#include <QString>

namespace hookbench::request {

/// {"@path":"$.userId"} is "{{userId}}", {"@template":"https://x/{{userId}}"} is "https://x/{{userId}}". Only what
/// fromSettingText() reads back as the very same value is shown so.
QString toSettingText(json::Value value);
json::Document fromSettingText(const QString &text);

} // namespace hookbench::request
