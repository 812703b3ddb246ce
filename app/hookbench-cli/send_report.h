#pragma once
// The lines that a run prints: one for each delivery, failure and discarded event, and the summary.
#include "core/pipeline/run.h"

namespace hookbench::cli {

void printDelivery(const pipeline::DeliveryReport &report, bool includeSecret);
void printFailure(const pipeline::FailureReport &report);
void printDiscarded(quint64 event);
void printSummary(const pipeline::RunSummary &summary);

} // namespace hookbench::cli
