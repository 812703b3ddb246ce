#include "core/mapping/validate.h"

#include "core/mapping/checker.h"
#include "core/mapping/compiler.h"

namespace hookbench::mapping {

Issues validate(json::Value field, std::string_view pointer)
{
    json::Arena arena;
    Checker checker(arena);
    checker.checkField(field);
    return issuesOf(checker.mistakes(), Severity::Error, pointer);
}

Issues lint(json::Value mapping, std::string_view pointer)
{
    json::Arena arena;
    Checker checker(arena);
    checker.checkMapping(mapping);
    if (!checker.mistakes().empty())
        return issuesOf(checker.mistakes(), Severity::Error, pointer);
    Compiler compiler(arena);
    const NodePtr node = compiler.compileWhole(mapping, compiler.places().root());
    return issuesOf(compiler.warnings(), Severity::Warning, pointer);
}

} // namespace hookbench::mapping
