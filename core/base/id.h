#pragma once
// Random names for documents and deliveries: 20 characters of a-z and 2-7, 100 bits from the system's generator.
#include <string>

namespace hookbench {

std::string newId();

} // namespace hookbench
