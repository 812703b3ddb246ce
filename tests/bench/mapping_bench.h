#pragma once
// Parse, map and print on one core.
#include <string>

namespace hookbench::bench {

/// Events per second of parse + resolve + stringify over the lines of `folder`/events.ndjson with
/// `folder`/`mapping`.json.
double mapEvents(const std::string &folder, const std::string &mapping, double seconds);
/// The same events through RapidJSON's parse and write, without any mapping.
double rapidJsonEvents(const std::string &folder, double seconds);

} // namespace hookbench::bench
