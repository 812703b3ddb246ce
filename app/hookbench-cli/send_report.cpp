#include "app/hookbench-cli/send_report.h"

#include "app/hookbench-cli/inputs.h"
#include "app/hookbench-cli/line.h"

#include <cmath>

namespace hookbench::cli {

void printDelivery(const pipeline::DeliveryReport &report, bool includeSecret)
{
    const delivery::Attempt &attempt = *report.attempt;
    const delivery::Outcome &outcome = attempt.outcome;
    Line line;
    line.dispatch(*report.dispatch, includeSecret).text("delivery", attempt.delivery).number("attempt", attempt.number);
    if (outcome.response)
        line.number("status", outcome.response->status);
    else
        line.null("status");
    line.number("ms", std::round(outcome.ms * 10) / 10);
    if (outcome.delivered())
        line.null("error");
    else
        line.error("error", { delivery::failureName(outcome.failure), outcome.message, {}, std::nullopt });
    line.boolean("delivered", outcome.delivered());
    if (!report.dispatch->origin.empty())
        line.text("origin", report.dispatch->origin);
    line.print();
}

void printFailure(const pipeline::FailureReport &report)
{
    if (!report.mapping) {
        printBadLine(report.line.value_or(0), report.error);
        return;
    }
    const auto print = [&](const std::vector<std::uint64_t> &events, const Error &error) {
        Line()
            .text("mapping", report.mappingName)
            .number("index", static_cast<double>(*report.mapping))
            .indexes("events", events)
            .error("error", error)
            .boolean("delivered", false)
            .print();
    };
    for (const pipeline::EventFailure &failure : report.eventFailures)
        print({ failure.event }, failure.error);
    if (report.rejectedBatch || report.eventFailures.empty())
        print(report.events, report.error);
}

void printDiscarded(quint64 event)
{
    Line().number("event", static_cast<double>(event)).text("discarded", "No matching mapping").print();
}

void printSummary(const pipeline::RunSummary &summary)
{
    Line line;
    json::ObjectBuilder object(line.arena());
    const auto add = [&](std::string_view key, std::uint64_t count) {
        object.add(key, json::Value::number(static_cast<double>(count)));
    };
    add("events", summary.events);
    add("matched", summary.matched);
    add("discarded", summary.discarded);
    add("deliveries", summary.deliveries);
    add("delivered", summary.delivered);
    add("failed", summary.failed);
    add("attempts", summary.attempts);
    if (summary.parked > 0)
        add("parked", summary.parked);
    line.add("summary", object.build()).print();
}

} // namespace hookbench::cli
