#pragma once
// A destination made ready to run: triggers parsed, mappings compiled, the secret at hand. A snapshot: edits of the
// project make a new Plan, a run keeps the one it began with. Immutable; share it between threads.
#include "core/base/result.h"
#include "core/destination/project.h"
#include "core/fql/trigger.h"
#include "core/mapping/mapping.h"
#include "core/signing/coverage.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hookbench::pipeline {

struct PlanOptions
{
    std::string secret; ///< empty: requests go out unsigned
    signing::Mode signatureMode = signing::Mode::FirstEvent;
    std::string userAgent = "Segment (Actions)";
    std::optional<std::string> url; ///< replaces every mapping's URL, before events are grouped
    /// Leave an event out on which a mapping fails; otherwise it rejects its whole batch, as in Segment.
    bool skipFailingEvents = false;
    /// Every event alone, batching or not, as Segment's event tester sends it.
    bool testEvents = false;
};

/// One mapping of the destination. What cannot be compiled keeps its error: such a trigger never matches, such a
/// mapping fails on every event.
struct ReadyMapping
{
    std::size_t index = 0; ///< its place in the project
    std::string name;
    bool enabled = false;
    Result<fql::Trigger> trigger;
    Result<mapping::Mapping> settings; ///< resolves to url, method, headers, data, …
    Result<mapping::Mapping> addressing; ///< settings without data: finds the batch of an event whose data fails
    destination::Mapping source; ///< as the project has it, with the URL of the options
};

class Plan
{
public:
    Plan(const destination::Project &project, PlanOptions options);

    const std::vector<ReadyMapping> &mappings() const { return m_mappings; }
    const PlanOptions &options() const { return m_options; }
    const std::string &projectId() const { return m_projectId; }
    const std::string &projectName() const { return m_projectName; }
    const HeaderNames &maskedHeaders() const { return m_maskedHeaders; }
    bool usesLiquid() const;

private:
    std::vector<ReadyMapping> m_mappings;
    PlanOptions m_options;
    std::string m_projectId;
    std::string m_projectName;
    HeaderNames m_maskedHeaders;
};

using PlanPtr = std::shared_ptr<const Plan>;

} // namespace hookbench::pipeline
