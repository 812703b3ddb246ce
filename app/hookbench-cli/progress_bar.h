#pragma once
// How a run goes, on standard error: a bar that redraws itself on a terminal, nothing elsewhere.
#include "core/pipeline/run.h"

#include <string>

namespace hookbench::cli {

class ProgressBar
{
public:
    ProgressBar();
    void show(const pipeline::RunProgress &progress);
    /// Takes the bar away, so that other lines can be written.
    void hide();

private:
    bool m_terminal;
    bool m_shown = false;
};

/// "59 %  58,000 events  4,880/s  9 s left  4 in flight", without colours or bar.
std::string progressText(const pipeline::RunProgress &progress);

} // namespace hookbench::cli
