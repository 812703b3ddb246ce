#pragma once
// Upper and lower case as JavaScript knows them: the full mappings of Unicode, whatever the locale. Texts are WTF-8.
#include <string>
#include <string_view>

namespace hookbench::mapping {

std::string toUpperCase(std::string_view wtf8);
std::string toLowerCase(std::string_view wtf8);

/// What a UTF-16 unit counts as in a regular expression with the flags `i` but not `u` (ECMA-262, Canonicalize): its
/// upper case when that is one unit and does not turn a letter outside ASCII into one of ASCII.
char16_t foldedUnit(char16_t unit);

} // namespace hookbench::mapping
