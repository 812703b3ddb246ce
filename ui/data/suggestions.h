#pragma once
// Fields that a mapping could take from the events at hand: name, path, in how many events it is, a sample.
#include "core/json/value.h"

#include <QString>

#include <string>
#include <vector>

namespace hookbench::data {

struct Suggestion
{
    std::string name; ///< for the destination: "order_id", "context_page_path" when "path" is taken
    std::string path; ///< without "$."
    int seen = 0; ///< in how many events
    int of = 0;
    QString mark; ///< its type: "Abc", "123"
    QString sample;
};

/// In the order of the events; objects give their fields, arrays are taken whole. Paths in `taken` are left out, as are
/// keys that no path can name.
std::vector<Suggestion> suggestFields(
    const std::vector<json::Document> &events, const std::vector<std::string> &taken = {});

/// Whether it is worth proposing without being asked for: what the event is about, there in every event.
bool isTypical(const Suggestion &suggestion);

} // namespace hookbench::data
