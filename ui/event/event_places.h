#pragma once
// Where the parts of an event stand in its JSON text, and which part stands at a place of it. Reads text as it is being
// typed: what comes before a mistake is found, the rest is not.
#include <QString>
#include <QStringList>
#include <QStringView>

#include <vector>

namespace hookbench::event_panel {

struct TextRange
{
    int start = 0;
    int length = 0;
    friend bool operator==(const TextRange &, const TextRange &) = default;
};

/// Key and value of every part that one of the paths leads to: "$.properties.products[*].sku", `[*]` stands for every
/// item. "$." is the whole event. At most a thousand ranges.
std::vector<TextRange> rangesOf(QStringView json, const QStringList &paths);

/// The path, without "$.", of the innermost part around the position; empty when that is the event itself.
QString pathAt(QStringView json, int position);

} // namespace hookbench::event_panel
