#pragma once
// Golden tests: what a mapping must make of an event, kept in the project file under `tests`.
//
//     { "name": "An order", "mapping": "Orders", "event": { … }, "expect": { … } }
//
// `mapping` is a mapping's name, or "#2" for its place from 0. Whether mapping and destination are switched on does not
// matter. What is tested is the request that the event makes on its own, as Segment's event tester sends it: a mapping
// that batches is tested without its batch. `expect` says one of:
//
//     { "fires": false }                       the trigger does not match
//     { "fires": true }                        it does, and there is a request
//     { "method": "POST",                      the request has this method,
//       "url": "https://…",                    this URL (without user name and password),
//       "headers": { "x-tenant": "acme",       these headers among others (names in any case),
//                    "x-debug": null },        and not that one,
//       "body": { … } }                        and this body, byte for byte as JSON.stringify prints it: the signature
//                                              covers bytes, so the order of keys counts; null: no body at all
//     { "fields": { "/order_id": "50314b8e" }, these values at these places (JSON pointers) of the body,
//       "absent": [ "/coupon" ] }              and nothing there
//
// All but `fires: false` may be combined; what is not named may be anything. Unknown keys are kept. X-Signature can be
// named by hand; it then depends on the shared secret at hand.
//
// Codes of issues: test-name-missing test-mapping-missing test-mapping-ambiguous test-event-invalid test-expect-invalid
// test-expect-empty (errors), test-expect-unknown (a warning: it tests nothing, and is often a slip).
#include "core/base/issue.h"
#include "core/base/result.h"
#include "core/destination/project.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hookbench::destination {

struct ExpectedHeader
{
    std::string name;
    std::optional<std::string> value; ///< UTF-8; nullopt: the header must not be sent
    friend bool operator==(const ExpectedHeader &, const ExpectedHeader &) = default;
};

struct ExpectedField
{
    std::string pointer; ///< into the body
    json::Document value; ///< undefined: nothing may be there
    friend bool operator==(const ExpectedField &, const ExpectedField &) = default;
};

struct Expectation
{
    bool fires = true;
    std::optional<std::string> method;
    std::optional<std::string> url;
    std::vector<ExpectedHeader> headers;
    json::Document body; ///< undefined: any; null: none
    std::vector<ExpectedField> fields;
    friend bool operator==(const Expectation &, const Expectation &) = default;
};

struct GoldenTest
{
    std::string name;
    std::string mapping; ///< a name, or "#2"
    json::Document event; ///< an object
    Expectation expect;
};

std::size_t testCount(const Project &project);

/// The test at `index` of `tests`. The first mistake in it is the error; its path points into the project.
Result<GoldenTest> goldenTest(const Project &project, std::size_t index);

/// What is wrong with the tests, without running them. Paths: /tests/3/expect/headers.
Issues goldenTestIssues(const Project &project);

/// The mapping a name or "#2" means. Codes: mapping-not-found, mapping-ambiguous.
Result<std::size_t> mappingMeant(const Project &project, std::string_view name);

/// As it stands in `tests`.
json::Document toJson(const GoldenTest &test);
json::Document toJson(const Expectation &expect);

/// `tests` edited: the other tests, and unknown keys of the one that is edited, stay as they are. `index` must exist.
json::Document withTest(const Project &project, const GoldenTest &test); ///< added at the end
json::Document withoutTest(const Project &project, std::size_t index);
json::Document withTestName(const Project &project, std::size_t index, std::string_view name);
json::Document withExpectation(const Project &project, std::size_t index, const Expectation &expect);

/// Where the mapping at a place is after an edit; nullopt: nowhere.
using NewPlace = std::function<std::optional<std::size_t>(std::size_t)>;

/// The tests of `before` such that each means in `after` the mapping that it meant: renamed with it, named by its place
/// where its name no longer tells it from another. A test that meant none, or one of several of that name, stays as it
/// is. One whose mapping is gone does not come to mean another.
json::Document testsFollowing(const Project &before, const Project &after, const NewPlace &newPlace);

} // namespace hookbench::destination
