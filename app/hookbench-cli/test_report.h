#pragma once
// What golden tests came to, for people and CI: TAP 14 (testanything.org) with YAML diagnostics, and the XML that
// JUnit's readers take. Names and values come from files and events: whatever they hold, both stay well-formed, one
// test stays one line of TAP, and no control character reaches a terminal.
#include "core/pipeline/golden.h"

#include <string>
#include <vector>

namespace hookbench::cli {

struct TestCounts
{
    std::size_t passed = 0;
    std::size_t failed = 0;
    std::size_t errors = 0;
    bool allGood() const { return failed == 0 && errors == 0; }
};

TestCounts countsOf(const std::vector<pipeline::GoldenOutcome> &outcomes);

/// "TAP version 14", the plan, and for `count` 0 that there is nothing to test.
std::string tapHead(std::size_t count);
/// One test: a line, and the diagnostics when it did not pass.
std::string tapLines(const pipeline::GoldenOutcome &outcome);
/// Instead of all of it: the tests could not begin.
std::string tapBailOut(const std::string &reason);

/// `suite` is the destination's name, `file` where the tests stand.
std::string junitXml(
    const std::string &suite, const std::string &file, const std::vector<pipeline::GoldenOutcome> &outcomes);

} // namespace hookbench::cli
