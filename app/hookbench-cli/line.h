#pragma once
// One line of output: a JSON object, built member by member, printed with a line feed.
#include "core/base/redact.h"
#include "core/base/result.h"
#include "core/delivery/queue.h"
#include "core/json/value.h"
#include "core/pipeline/batches.h"

#include <string>
#include <string_view>
#include <vector>

namespace hookbench::cli {

/// JSON to standard output. A terminal is not handed characters that would command it or turn text round: there they
/// are escaped, which means the same.
void printJson(std::string json);
/// Any lines to standard output, the same way; escaped as escapeForDisplay does.
void printText(const std::string &lines);

class Line
{
public:
    Line()
        : m_object(m_arena)
    {
    }
    Line &add(std::string_view key, json::Value value);
    Line &text(std::string_view key, std::string_view utf8);
    Line &number(std::string_view key, double value);
    Line &boolean(std::string_view key, bool value);
    Line &null(std::string_view key);
    /// {"code","path","message"}
    Line &error(std::string_view key, const Error &error);
    Line &indexes(std::string_view key, const std::vector<std::uint64_t> &indexes);
    /// [["name","value"],…]; values are Latin-1 on the wire and become UTF-8 here.
    /// Credentials and the headers in `masked` are hidden unless `includeSecret`.
    Line &headers(std::string_view key, const Headers &headers, const HeaderNames &masked, bool includeSecret);
    /// The bytes as text, or as Base64 under `key` + "Base64" when they are not UTF-8.
    Line &bytes(std::string_view key, std::string_view bytes);
    /// The members of a preview line.
    Line &dispatch(const pipeline::Dispatch &dispatch, bool includeSecret);
    void print();

    json::Arena &arena() { return m_arena; }

private:
    json::Arena m_arena;
    json::ObjectBuilder m_object;
};

} // namespace hookbench::cli
