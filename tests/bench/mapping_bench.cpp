#include "tests/bench/mapping_bench.h"

#include "core/json/parse.h"
#include "core/json/stringify.h"
#include "core/mapping/mapping.h"
#include "tests/bench/rate.h"

#include <fstream>
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <sstream>
#include <stdexcept>
#include <vector>

namespace hookbench::bench {

namespace {

std::vector<std::string> linesOf(const std::string &path)
{
    std::ifstream file(path);
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);)
        lines.push_back(line);
    if (lines.empty())
        throw std::runtime_error("no events in " + path);
    return lines;
}

} // namespace

double mapEvents(const std::string &folder, const std::string &mapping, double seconds)
{
    const std::vector<std::string> events = linesOf(folder + "/events.ndjson");
    const auto value = json::parse(linesOf(folder + "/" + mapping + ".json").front()).value();
    const auto compiled = mapping::Mapping::compile(value.root()).value();
    json::Arena arena;
    std::string out;
    std::size_t bytes = 0;
    const double result = rate(seconds, static_cast<double>(events.size()), [&] {
        for (const std::string &text : events) {
            arena.reset();
            out.clear();
            const json::Value event = json::parseBorrowing(arena, text).value();
            json::stringifyTo(out, compiled.resolve(event, arena).value());
            bytes += out.size();
        }
    });
    if (bytes == 0)
        throw std::runtime_error("nothing was printed");
    return result;
}

double rapidJsonEvents(const std::string &folder, double seconds)
{
    const std::vector<std::string> events = linesOf(folder + "/events.ndjson");
    rapidjson::StringBuffer buffer;
    std::size_t bytes = 0;
    const double result = rate(seconds, static_cast<double>(events.size()), [&] {
        for (const std::string &text : events) {
            rapidjson::Document document;
            document.Parse(text.data(), text.size());
            buffer.Clear();
            rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
            document.Accept(writer);
            bytes += buffer.GetSize();
        }
    });
    if (bytes == 0)
        throw std::runtime_error("nothing was printed");
    return result;
}

} // namespace hookbench::bench
