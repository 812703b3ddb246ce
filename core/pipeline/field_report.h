#pragma once
// A document for the team that owns the endpoint: what a destination sends, when, and where every value comes from.
// Values first (FieldReport), then two texts of them: an HTML page that prints well and holds no script, and Markdown.
// Names, URLs and events are hostile there as anywhere: everything is escaped, credentials are hidden.
//
// Samples come from the project's saved events, resolved as they would be sent; nothing is sent. Pure but for the
// Liquid engine it is given: not for the window's thread when the mappings use Liquid.
#include "core/destination/project.h"
#include "core/mapping/liquid_renderer.h"

#include <cstddef>
#include <string>
#include <vector>

namespace hookbench::pipeline {

struct FieldReportOptions
{
    bool includeDisabled = false; ///< mappings that are switched off too
    std::size_t mostEvents = 200; ///< saved events looked at for samples
};

/// One value of a request's body.
struct ReportField
{
    std::string path; ///< "amount.total", "items[].sku"; "(body)" for a body that is no object
    std::vector<std::string> types; ///< "text", "number", …: those seen in the samples
    std::vector<std::string> sources; ///< event paths as people write them: "properties.total"; empty: fixed
    std::string sample; ///< JSON text, shortened; empty: no sample has it
    std::size_t seen = 0; ///< how many of the mapping's samples have it
};

struct ReportHeader
{
    std::string name; ///< as the mapping writes it
    std::string value; ///< hidden when it is a credential; the mapping's JSON when it is computed
    std::vector<std::string> sources; ///< event paths; empty: fixed
};

struct ReportMapping
{
    std::string name;
    bool enabled = true;
    std::string triggerWords; ///< "the event type is track and the event name is Order Completed"
    std::string trigger; ///< FQL
    std::string method;
    std::string url; ///< without user name and password; a template as it is written
    std::vector<std::string> urlSources;
    std::vector<ReportHeader> headers;
    bool batching = false;
    std::size_t batchSize = 0;
    std::vector<ReportField> fields; ///< in the order of the first sample, then what only others have
    std::size_t samples = 0; ///< saved events that reach this mapping
    std::string sampleName; ///< of the event behind sampleBody
    std::string sampleBody; ///< indented; empty: there is no sample
    std::string problem; ///< why there is no sample although an event reaches it; empty: nothing
};

struct FieldReport
{
    std::string name; ///< the destination's
    bool enabled = true;
    std::vector<ReportMapping> mappings;
};

FieldReport fieldReport(
    const destination::Project &project, const FieldReportOptions &options, mapping::LiquidRenderer *liquid);

/// A trigger in words; the FQL itself when it cannot be read.
std::string triggerWords(const std::string &fql);

std::string reportHtml(const FieldReport &report);
std::string reportMarkdown(const FieldReport &report);

} // namespace hookbench::pipeline
