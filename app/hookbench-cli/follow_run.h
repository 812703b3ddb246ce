#pragma once
// A run on the command line from its start to its end: a line for each thing that happens, the bar, and what Ctrl+C and
// SIGTERM do. What `send` and `resend` share.
#include "core/pipeline/resend_run.h"
#include "core/pipeline/run.h"

#include <QCommandLineParser>

#include <optional>

namespace hookbench::cli {

/// --timeout, --in-flight, --follow-redirects, --keep-alive
void addTransportOptions(QCommandLineParser &parser);
/// Those; nullopt after saying what is wrong.
std::optional<pipeline::RunOptions> readTransportOptions(const QCommandLineParser &parser);

struct RunEnd
{
    pipeline::RunSummary summary;
    bool interrupted = false;
};

/// Starts the run and waits for its end. `rest` is what becomes of what has not gone out when it is interrupted.
RunEnd follow(pipeline::Run &run, pipeline::Rest rest, bool includeSecret);
RunEnd follow(pipeline::ResendRun &run, pipeline::Rest rest, bool includeSecret);

/// Prints the summary, waits for the journal (null: there is none), says what is parked there, and answers the exit
/// code.
int conclude(const RunEnd &end, pipeline::JournalWriter *writer, const std::string &journal);

} // namespace hookbench::cli
