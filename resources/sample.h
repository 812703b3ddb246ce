#pragma once
// The sample destination that travels inside the programs: every URL of it is on this computer.
#include <string>
#include <string_view>

namespace hookbench::resources {

/// The bytes of the project file, :/sample/sample.hookbench.
std::string sampleDestination();
/// The shared secret to show it with. The name says what it is worth.
inline constexpr std::string_view kSampleSecret = "hb_demo_4f7c21d09be8";

} // namespace hookbench::resources
