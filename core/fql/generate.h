#pragma once
// FQL from an AST exactly as Segment's generateFql prints it, with its faults: quotes are not escaped, a path step like
// `1` or `and` is printed as it is, large numbers come as 1e+21. What a person edits in rows goes through `toFql` in
// visual.h, which has none of them.
#include "core/base/result.h"
#include "core/fql/ast.h"

namespace hookbench::fql {

/// Fails where generateFql throws: a child that is missing or of no known type, foreign JSON without text. Code:
/// fql-ast.
Result<std::string> generate(const Ast &ast);

} // namespace hookbench::fql
