#pragma once
// FQL's colours for the code editor.
#include "ui/widgets/tokens.h"

namespace hookbench::trigger {

widgets::LineLexer fqlLexer();

} // namespace hookbench::trigger
