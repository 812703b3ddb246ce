#pragma once
// The line of a received request.
#include "core/base/redact.h"
#include "core/receiver/received_request.h"

namespace hookbench::cli {

void printReceived(const receiver::ReceivedRequest &request, const HeaderNames &masked, bool includeSecret);

} // namespace hookbench::cli
