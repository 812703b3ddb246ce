#pragma once
// Colours for the programs Hookbench writes for others to run: words, strings, numbers and comments, nothing that would
// need a grammar. (KSyntaxHighlighting knows every language, but Debian 12 has it for Qt 5 only.)
#include "ui/widgets/tokens.h"

namespace hookbench::widgets {

enum class SourceKind { Shell, JavaScript, Python, Go, Php, Ruby, Java, CSharp };

/// Strings and comments may go over several lines; a string that never ends colours the rest.
LineLexer sourceLexer(SourceKind kind);

} // namespace hookbench::widgets
