#pragma once
// Where the parts of an event stand in its JSON text, and which part stands at a place of it. Reads text as it is being
// typed: what comes before a mistake is found, the rest is not.
#include <QString>
#include <QStringList>
#include <QStringView>

#include <vector>

namespace hookbench::document {

struct TextRange
{
    int start = 0;
    int length = 0;
    friend bool operator==(const TextRange &, const TextRange &) = default;
};

/// "$.properties.products[*].sku" → properties, products, *, sku; none for the whole event.
QStringList stepsOf(QString path);
/// `path` may hold "*" for any step.
bool leadsTo(const QStringList &path, const QStringList &steps);

/// Key and value of every part that one of the paths leads to: "$.properties.products[*].sku", `[*]` stands for every
/// item. "$." is the whole event. At most a thousand ranges.
std::vector<TextRange> rangesOf(QStringView json, const QStringList &paths);

/// Key and value of the part behind these steps, or of the nearest one around it that is there; empty: of none.
TextRange rangeOf(QStringView json, const QStringList &steps);

/// The path, without "$.", of the innermost part around the position; empty when that is the event itself.
QString pathAt(QStringView json, int position);

} // namespace hookbench::document
