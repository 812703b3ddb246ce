#pragma once
// The paths of an event that a mapping can name: "properties.products[0].sku", without "$.". Functions over values.
#include "core/json/value.h"

#include <QString>

#include <string>
#include <vector>

namespace hookbench::document {

struct EventPath
{
    QString path;
    QString sample; ///< the value on one line, shortened; empty for objects and arrays
    bool isContainer = false;
    bool fitsTemplate = false; ///< it can stand in {{…}} as it is
};

/// In the order of the event, at most ten thousand; of arrays the first item only. Keys that no path can name, and what
/// is below them, are left out.
std::vector<EventPath> eventPaths(json::Value event);

/// Goes one step further down a path. False: the key cannot be named in one; the path stays as it was.
bool appendKey(QString &path, const QString &key);

} // namespace hookbench::document
