#pragma once
// The whole pipeline against the embedded receiver on its own thread, journal on.
#include <string>

namespace hookbench::bench {

struct DeliveryRate
{
    double eventsPerSecond = 0;
    double requests = 0;
};

/// Sends the events of `folder`/events.ndjson over and over with the twelve-field mapping for about `seconds`.
DeliveryRate deliver(const std::string &folder, bool batching, double seconds);

} // namespace hookbench::bench
