#pragma once
// What an edited mapping would change: the mapping as it was and as it is, over the same events, without sending
// anything. Pure but for the Liquid engine it is given.
#include "core/pipeline/evaluation.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hookbench::pipeline {

enum class Impact {
    NotSent, ///< neither before nor after
    Unchanged, ///< the same bytes go to the same place
    Changed,
    NewlySent,
    NoLongerSent,
};

/// What one side makes of one event.
struct ImpactSide
{
    bool fires = false; ///< the mapping is there and its trigger matches
    delivery::RequestPtr request; ///< null: nothing goes out
    std::optional<Error> error; ///< why not, although the trigger matches
};

struct ImpactPlace
{
    std::string words; ///< "amount.total", "items[0].price", "URL", "method", "header x-tenant", "body"
    std::string before; ///< JSON text or the bytes of a header; empty: not there
    std::string after;
};

struct EventImpact
{
    std::size_t event = 0; ///< its place among the events given
    Impact kind = Impact::NotSent;
    ImpactSide before;
    ImpactSide after;
    std::vector<ImpactPlace> places; ///< of Changed
    /// Of NewlySent and NoLongerSent: the condition that decides, as "properties.total >= 20", or what fails. Empty
    /// when it is the switch.
    std::string reason;
    std::string reasonSaw; ///< the value that condition saw, as JSON text; "undefined" when there is none
};

/// Both sides of one mapping, ready to be compared over any number of events. Either may be missing: the mapping is
/// new, or was removed. Switches count only when they differ: a disabled mapping is compared as if it were enabled.
class ImpactComparison
{
public:
    ImpactComparison(PlanPtr before, std::optional<std::size_t> mappingBefore, PlanPtr after,
        std::optional<std::size_t> mappingAfter);

    EventImpact of(std::size_t index, json::Value event, mapping::LiquidRenderer *liquid) const;
    /// Those of either side: their values are hidden in the places.
    const HeaderNames &maskedHeaders() const { return m_maskedHeaders; }

private:
    struct Side
    {
        PlanPtr plan;
        const ReadyMapping *mapping = nullptr; ///< null: there is none
        bool switchedOn = true;
    };

    ImpactSide sideOf(const Side &side, json::Value event, mapping::LiquidRenderer *liquid) const;

    Side m_before;
    Side m_after;
    HeaderNames m_maskedHeaders;
};

} // namespace hookbench::pipeline
