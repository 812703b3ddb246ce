#pragma once
// What is wrong or doubtful in a project, without an event at hand: rows of Problems, lines of `hookbench-cli check`.
// Pointers go into the project document: /mappings/0/settings/url.
//
// Errors make a mapping unusable (or Segment would refuse it); warnings are traps that Segment evaluates as written;
// infos are worth knowing. Codes, beside those of fql/lint.h (triggers) and mapping/validate.h (settings as a mapping):
//   project    project-name-empty secret-in-file mappings-none mappings-too-many event-no-object
//   mapping    mapping-name-empty mapping-name-twice mapping-action
//   url        url-missing url-invalid url-not-absolute url-not-http url-port url-userinfo url-metadata url-private
//              url-fragment url-host url-normalised
//   headers    headers-invalid header-name header-value header-non-ascii header-framing header-host
//              header-signature-mapped header-deleted header-null header-not-text header-content-type
//              header-user-agent-empty header-duplicate
//   the rest   method-missing method-invalid data-missing data-invalid batch-size-invalid batch-size-range
//              batch-keys-invalid batch-keys-unknown batching-not-boolean batching-signature settings-unknown
//   tests      see golden_test.h
//   traps      literal-template literal-path template-path liquid-event liquid-tag
//   stand-ins  value-masked placeholder
#include "core/base/issue.h"
#include "core/destination/project.h"

#include <cstddef>

namespace hookbench::destination {

/// Everything: the document itself and every mapping.
Issues check(const Project &project);

/// One mapping: trigger, settings as a mapping, and its literal values.
Issues issuesOf(const Project &project, std::size_t mappingIndex);

} // namespace hookbench::destination
