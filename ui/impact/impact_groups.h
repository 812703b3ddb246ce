#pragma once
// The answers of a replay, put together by what happens: the same fields changed, the same condition decides.
#include "core/pipeline/session.h"

#include <QString>

#include <array>
#include <vector>

namespace hookbench::impact {

struct Group
{
    pipeline::Impact kind = pipeline::Impact::Changed;
    QString title; ///< "email, amount.total", "No longer sent: properties.total >= 20"
    std::vector<std::size_t> members; ///< into Replay::impacts, the newest first
};

/// Changed ones first, then newly and no longer sent; the largest first.
std::vector<Group> groupsOf(const pipeline::Replay &replay);

/// How many events there are of each kind, by Impact.
using Counts = std::array<int, 5>;
Counts countsOf(const pipeline::Replay &replay);
int &countOf(Counts &counts, pipeline::Impact kind);
/// Changed, newly and no longer sent.
int affected(const Counts &counts);

/// "25 → 27.5", "3 fields", "total 9": what stands behind one event.
QString changeWords(const pipeline::EventImpact &impact);
/// "14:03:22.418" in the machine's zone, empty when the event has no time.
QString timeWords(json::Value event);
/// "Order Completed · user_7731".
QString eventWords(json::Value event);

} // namespace hookbench::impact
