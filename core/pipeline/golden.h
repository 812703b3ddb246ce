#pragma once
// Runs golden tests (core/destination/golden_test.h): every test's event through its mapping, the request compared with
// what the test expects. Nothing is sent. Pure but for the Liquid engine it is given.
//
// A test that cannot be evaluated (it is malformed, its mapping is missing or named twice, the mapping fails on the
// event) is an error, never a pass.
#include "core/destination/golden_test.h"
#include "core/pipeline/evaluation.h"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace hookbench::pipeline {

enum class GoldenVerdict { Passed, Failed, Error };

/// One thing that is not as expected.
struct GoldenDifference
{
    std::string place; ///< "trigger", "method", "url", "header x-tenant", "body", "body/amount/total"
    std::string expected; ///< JSON text, or the text of a header, method or URL; empty: nothing is to be there
    std::string actual; ///< empty: nothing is there
};

struct GoldenOutcome
{
    std::size_t index = 0; ///< into `tests`
    std::string name;
    std::string mapping; ///< as the test names it
    GoldenVerdict verdict = GoldenVerdict::Error;
    std::vector<GoldenDifference> differences; ///< of Failed: at least one
    std::optional<Error> error; ///< of Error
    bool fired = false; ///< the trigger matched
    Silence silence; ///< why it did not, when it should have
    delivery::RequestPtr request; ///< what the event makes, also when it passed; null: it does not fire, or an error
    std::optional<std::size_t> mappingIndex; ///< its place; nullopt: there is none
    std::optional<destination::GoldenTest> test; ///< nullopt: it is malformed
    HeaderNames maskedHeaders; ///< the project's
    std::chrono::microseconds took{ 0 };
};

/// Golden tests of one project, made ready. `options.testEvents` is taken as true.
class GoldenTests
{
public:
    GoldenTests(destination::Project project, PlanOptions options);

    std::size_t count() const { return destination::testCount(m_project); }
    GoldenOutcome run(std::size_t index, mapping::LiquidRenderer *liquid) const;

private:
    void judge(GoldenOutcome &out, mapping::LiquidRenderer *liquid) const;

    destination::Project m_project;
    Plan m_plan;
};

/// What a test made of this request expects: method, URL, body, and the headers the mapping asked for. Left out are
/// those that follow from the rest (x-signature of our own making, the client's own) and those that hold credentials
/// or are masked.
destination::Expectation expectationOf(const delivery::Request &request, const HeaderNames &masked);

/// The expectation of a test when what it got is taken for right: it names what the old one named, with new values. A
/// test that now fires where nothing was expected, or the reverse, gets a whole new one.
destination::Expectation accepted(const destination::Expectation &before, const GoldenOutcome &outcome);

/// Both sides of a test as texts to be shown side by side: of the request only what the test names, the body indented.
struct GoldenTexts
{
    std::string expected;
    std::string actual;
};
GoldenTexts goldenTexts(const GoldenOutcome &outcome);

} // namespace hookbench::pipeline
