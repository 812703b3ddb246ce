// {"@literal": value}: the value. Directives inside it run all the same.
#include "core/mapping/directives/directive.h"

namespace hookbench::mapping {

namespace {

NodePtr compile(Compiler &compiler, json::Value argument, const Place *at, Absent absent)
{
    return compiler.compile(argument, at, absent);
}

} // namespace

const Directive kLiteralDirective{ "@literal", Checker::checkDirective, compile };

} // namespace hookbench::mapping
