// hookbench-conformance FILE…: compares us with recorded answers of Segment's engine. A line for each mismatch, a line
// that counts the cases set apart, and last "N passed, M failed"; exit 1 when M > 0.
#include "core/base/display.h"
#include "core/json/parse.h"
#include "core/json/text.h"
#include "core/mapping/liquid/liquid_engine.h"
#include "tests/conformance/deliver.h"
#include "tests/conformance/operations.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>
#include <cstdio>
#include <fmt/format.h>
#include <map>

namespace hookbench::conformance {

namespace {

constexpr std::size_t kLongestDifference = 2'000;

/// Why a case is not compared; empty: it is.
std::string setApart(json::Value vector)
{
    const json::Value tags = vector.find("tags");
    if (tags.isArray())
        for (const json::Value tag : tags.items())
            if (const std::string name = json::toText(tag);
                name == "js-internals" || name == "v8-date-parser" || name == "intl")
                return name;
    return {};
}

class Report
{
public:
    void take(const std::string &file, std::size_t number, const std::string &line)
    {
        // A vector holds events nested as deep as events may be, inside its own object.
        const auto vector = json::parse(line, { .depth = 1'100 });
        if (!vector) {
            if (vector.error().code == "json-depth")
                ++m_apart["depth above 1,024"];
            else
                fail(fmt::format("{}:{}", file, number), vector.error().message);
            return;
        }
        if (const std::string reason = setApart(vector->root()); !reason.empty()) {
            ++m_apart[reason];
            return;
        }
        std::string found = compare(vector->root(), vector->root().find("expect"));
        if (!found.empty() && vector->root().contains("expect_alt")
            && compare(vector->root(), vector->root().find("expect_alt")).empty())
            found.clear();
        if (found.empty())
            ++m_passed;
        else
            fail(json::toText(vector->root().find("id")), found);
    }

    void fail(const std::string &id, const std::string &what)
    {
        ++m_failed;
        std::string shown = what.size() > kLongestDifference ? what.substr(0, kLongestDifference) + "…" : what;
        fmt::print("{}: {}\n", escapeForDisplay(id), shown);
    }

    int finish() const
    {
        std::size_t total = 0;
        std::string reasons;
        for (const auto &[reason, count] : m_apart) {
            total += count;
            reasons += fmt::format("{}{} {}", reasons.empty() ? "" : ", ", count, reason);
        }
        fmt::print("set apart: {}{}\n", total, reasons.empty() ? "" : " (" + reasons + ")");
        fmt::print("{} passed, {} failed\n", m_passed, m_failed);
        return m_failed > 0 ? 1 : 0;
    }

private:
    std::string compare(json::Value vector, json::Value expected)
    {
        if (json::toText(vector.find("op")) == "deliver")
            return differenceInDelivery(vector, expected);
        return difference(answer(vector, m_liquid), recorded(expected));
    }

    mapping::LiquidEngine m_liquid;
    std::size_t m_passed = 0;
    std::size_t m_failed = 0;
    std::map<std::string, std::size_t> m_apart;
};

} // namespace

} // namespace hookbench::conformance

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    if (argc < 2) {
        fmt::print(stderr, "Usage: hookbench-conformance FILE…\n");
        return 2;
    }
    hookbench::conformance::Report report;
    for (const QString &name : QCoreApplication::arguments().mid(1)) {
        QFile file(name);
        if (!file.open(QIODevice::ReadOnly)) {
            fmt::print(stderr, "{} cannot be read: {}\n", name.toStdString(), file.errorString().toStdString());
            return 2;
        }
        for (std::size_t number = 1; !file.atEnd(); ++number) {
            const QByteArray line = file.readLine().trimmed();
            if (!line.isEmpty())
                report.take(name.toStdString(), number, line.toStdString());
        }
    }
    return report.finish();
}
