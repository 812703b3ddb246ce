#pragma once
// The text forms in which lists are kept in the journal: readable with any SQLite tool, and exact both ways.
#include "core/journal/record.h"

#include <string>
#include <string_view>
#include <vector>

namespace hookbench::journal {

/// One "name: value" a line. Backslash, CR and LF are escaped with a backslash, and so is a colon in a name.
std::string encodeHeaders(const Headers &headers);
Headers decodeHeaders(std::string_view text);

/// One "status method url" a line.
std::string encodeRedirects(const std::vector<Redirect> &redirects);
std::vector<Redirect> decodeRedirects(std::string_view text);

/// One "name ms" a line, to the microsecond.
std::string encodePhases(const std::vector<Phase> &phases);
std::vector<Phase> decodePhases(std::string_view text);

/// One a line.
std::string encodeNames(const std::vector<std::string> &names);
std::vector<std::string> decodeNames(std::string_view text);

/// "0-999,1004": ascending runs as ranges, in the order given.
std::string encodeEvents(const std::vector<std::uint32_t> &events);
std::vector<std::uint32_t> decodeEvents(std::string_view text);

/// "120,98": numbers with commas between.
std::vector<std::uint64_t> decodeLengths(std::string_view text);

} // namespace hookbench::journal
