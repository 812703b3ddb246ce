#pragma once
// What several commands read: the project, its secret, the events, the mappings named by --only.
#include "app/hookbench-cli/command.h"
#include "core/destination/project.h"
#include "core/pipeline/event_source.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hookbench::cli {

/// --events, --skip-invalid
void addEventOptions(QCommandLineParser &parser);
/// --only
void addOnlyOption(QCommandLineParser &parser);
/// --destination, --only
void addDestinationOptions(QCommandLineParser &parser);
/// --secret-file
void addSecretOption(QCommandLineParser &parser);

/// The shared secret of --secret-file or HOOKBENCH_SHARED_SECRET; empty: none.
Result<std::string> readSecret(const QCommandLineParser &parser);

struct Destination
{
    destination::Project project;
    std::vector<std::size_t> only; ///< empty: all
};

/// Error when the project cannot be read or --only names none or several of its mappings.
Result<Destination> readDestination(const QCommandLineParser &parser);
/// Error when --only names none or several of its mappings.
Result<Destination> selectMappings(destination::Project project, const QCommandLineParser &parser);
/// Error, after printing each of them, when an enabled mapping that takes part has a literal setting, a trigger or a
/// directive that cannot be used.
std::optional<Error> refuseUnusable(const Destination &destination, bool urlIsReplaced);

struct Events
{
    std::unique_ptr<pipeline::EventSource> source;
    bool live = false; ///< standard input or a pipe: nothing was checked before
};

/// Opens --events, or takes the project's own (none: error). A file is read through first: an event that is none is an
/// error, unless --skip-invalid.
Result<Events> openEvents(const QCommandLineParser &parser, const destination::Project *project);

/// The line for something that is no event.
void printBadLine(std::size_t line, const Error &error);

} // namespace hookbench::cli
