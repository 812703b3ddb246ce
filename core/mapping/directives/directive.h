#pragma once
// A directive of the mapping-kit: its name, what it accepts, how it is compiled. Each lives in a file of its own in
// this folder, with the node that resolves it. Private to core/mapping.
#include "core/mapping/checker.h"
#include "core/mapping/compiler.h"

#include <span>
#include <string>
#include <string_view>

namespace hookbench::mapping {

struct Directive
{
    std::string_view name; ///< with its @
    /// Reports what makes Segment refuse the mapping. `at` is the place of the directive's argument.
    void (*check)(Checker &checker, json::Value argument, const Place *at);
    /// The argument need not have passed `check`: inside arrays and literals nobody checks.
    NodePtr (*compile)(Compiler &compiler, json::Value argument, const Place *at, Absent absent);
};

extern const Directive kArrayPathDirective;
extern const Directive kCaseDirective;
extern const Directive kExcludeWhenNullDirective;
extern const Directive kFlattenDirective;
extern const Directive kIfDirective;
extern const Directive kJsonDirective;
extern const Directive kLiquidDirective;
extern const Directive kLiteralDirective;
extern const Directive kMergeDirective;
extern const Directive kPathDirective;
extern const Directive kReplaceDirective;
extern const Directive kTemplateDirective;
extern const Directive kTransformDirective;

/// All of them.
std::span<const Directive *const> directives();
/// Null when there is none of that name.
const Directive *findDirective(std::string_view name);
/// What to say about a name that is none, with the nearest one that is.
std::string unknownDirective(std::string_view name);

} // namespace hookbench::mapping
