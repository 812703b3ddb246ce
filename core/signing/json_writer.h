#pragma once
// JSON as the libraries of several languages write it, to find out which of them a signature was made with. Numbers are
// JavaScript's. Private to the room; pure.
#include "core/json/value.h"

#include <span>
#include <string>

namespace hookbench::signing {

struct Writer
{
    const char *name; ///< for people
    bool sorted = false; ///< keys by their bytes
    bool spaced = false; ///< a space behind commas and colons
    bool ascii = false; ///< everything else as \uXXXX
    bool slashes = false; ///< / as \/
    bool html = false; ///< <, >, &, U+2028 and U+2029 as \uXXXX
    int indent = 0;
};

/// JSON.stringify first.
std::span<const Writer> writers();

std::string write(json::Value value, const Writer &writer);

} // namespace hookbench::signing
