#pragma once
// The line of a received request.
#include "core/receiver/received_request.h"

namespace hookbench::cli {

void printReceived(const receiver::ReceivedRequest &request, bool includeSecret);

} // namespace hookbench::cli
