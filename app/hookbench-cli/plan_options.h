#pragma once
// Options that preview, send and demo share: how requests are made.
#include "app/hookbench-cli/command.h"
#include "core/base/result.h"
#include "core/pipeline/plan.h"

namespace hookbench::cli {

/// --url, --signature-mode, --secret-file, --user-agent, --skip-failing
void addPlanOptions(QCommandLineParser &parser);
Result<pipeline::PlanOptions> readPlanOptions(const QCommandLineParser &parser);

} // namespace hookbench::cli
