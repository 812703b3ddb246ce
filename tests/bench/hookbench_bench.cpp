// hookbench-bench FOLDER DELIVERIES journal: prints all about a journal of that many.
// hookbench-bench FOLDER SECONDS WHAT: one round of one measurement, as a number on standard output. tests/bench/run
// puts the rounds of both sides together.
#include "tests/bench/delivery_bench.h"
#include "tests/bench/journal_bench.h"
#include "tests/bench/mapping_bench.h"
#include "tests/bench/signing_bench.h"

#include <QCoreApplication>

#include <cstdlib>
#include <fmt/format.h>
#include <string>

int main(int argc, char *argv[])
{
    using namespace hookbench::bench;
    QCoreApplication app(argc, argv);
    if (argc == 4 && std::string(argv[3]) == "journal") {
        measureJournal(argv[1], std::atoll(argv[2]));
        return 0;
    }
    if (argc != 4) {
        fmt::print(stderr,
            "Usage: hookbench-bench FOLDER SECONDS whole-event|twelve-fields|rapidjson|hmac|singles|batches\n"
            "       hookbench-bench FOLDER DELIVERIES journal\n");
        return 2;
    }
    const std::string folder = argv[1];
    const double seconds = std::atof(argv[2]);
    const std::string what = argv[3];
    double result = 0;
    if (what == "whole-event" || what == "twelve-fields")
        result = mapEvents(folder, what, seconds);
    else if (what == "rapidjson")
        result = rapidJsonEvents(folder, seconds);
    else if (what == "hmac")
        result = signBytes(1024, seconds);
    else if (what == "singles" || what == "batches")
        result = deliver(folder, what == "batches", seconds).eventsPerSecond;
    fmt::print("{:.0f}\n", result);
    return result > 0 ? 0 : 2;
}
