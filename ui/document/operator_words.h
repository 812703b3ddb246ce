#pragma once
// How the operators of triggers are told, wherever they are.
#include "core/fql/ast.h"

#include <QString>

namespace hookbench::document {

/// "is", "less than"; empty for an unknown one.
QString operatorWords(fql::Operator op);
/// The same where there is little room: comparisons as their sign, "?" for an unknown one.
QString shortOperatorWords(fql::Operator op);

} // namespace hookbench::document
