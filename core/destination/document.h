#pragma once
// The project file NAME.hookbench: one JSON document, the bytes of JSON.stringify(document, null, 2) and a line feed.
// Known keys come in the order of the format, unknown ones keep their order behind them; what is read and written
// untouched has the same bytes when it was in that form before.
//
// Error codes: those of json::parse, project-newer, project-version, project-structure; from files also those of
// storage. `path` of an Error is a JSON pointer into the document, `position` a place in the text when the text is no
// JSON.
#include "core/base/issue.h"
#include "core/base/result.h"
#include "core/destination/project.h"

#include <string>
#include <string_view>

namespace hookbench::destination {

/// The number behind "hookbench" that we write. Newer ones are refused, older ones migrated (see migrations.h).
inline constexpr int kFormatVersion = 1;

struct ProjectFile
{
    Project project;
    bool canonical
        = true; ///< write(project) gives the very bytes that were read; false: the first edit reformats the file
    int version = kFormatVersion; ///< the number the file had; below kFormatVersion it was migrated
};

Result<ProjectFile> readProjectFile(std::string_view bytes);
/// The error's message starts with the file's path, and its line and column when the text is at fault.
Result<ProjectFile> loadProjectFile(const std::string &path);

Result<Project> read(std::string_view bytes);
Result<Project> load(const std::string &path);
std::string write(const Project &project);
/// Replaces the file in one step; refuses a project of which write() could not be read again.
Result<void> save(const Project &project, const std::string &path);

/// Every structural mistake of a project document of the current version (wrong types, missing keys), not only the
/// first.
Issues structureIssues(json::Value document);

/// The document as JSON, in the format's key order.
json::Document toJson(const Project &project);
/// One mapping as it stands in a project file, for the clipboard, exports and imports.
json::Document toJson(const Mapping &mapping);
/// The reverse. `pointer` is where the value stands, for errors.
Result<Mapping> mappingFromJson(const json::Document &mapping, std::string_view pointer = {});

} // namespace hookbench::destination
