#pragma once
// The headers of a mapping as a list: names as written, values as JSON. Edits are functions over that list, and say why
// they are refused instead of losing a row: in the file the headers are an object, which knows each name once.
#include "core/base/issue.h"
#include "core/base/redact.h"
#include "core/json/value.h"
#include "ui/widgets/key_value_model.h"

#include <QString>

#include <string>
#include <utility>
#include <vector>

namespace hookbench::request {

using HeaderList = std::vector<std::pair<std::string, json::Document>>;

/// Empty for anything but an object.
HeaderList headerList(json::Value headers);
json::Document headersOf(const HeaderList &list);
/// Whether the setting can be shown as a list: an object that is no directive, or nothing.
bool isHeaderList(json::Value headers);

/// Why row `row` (-1: a new one) cannot have that name, as a sentence; empty: it can. Another case of a name that is
/// there already is allowed, as in Segment: both values are sent in one header.
QString whyNotName(const HeaderList &list, int row, const QString &name);

/// Rows as shown: credentials and the headers in `masked` masked, the worst issue of each with it. `pointer` is where
/// the headers stand.
std::vector<widgets::KeyValueRow> headerRows(
    const HeaderList &list, const HeaderNames &masked, const Issues &issues, std::string_view pointer);

} // namespace hookbench::request
