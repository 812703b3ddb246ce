#include "app/hookbench-cli/receive_report.h"

#include "app/hookbench-cli/line.h"

namespace hookbench::cli {

void printReceived(const receiver::ReceivedRequest &request, const HeaderNames &masked, bool includeSecret)
{
    Line()
        .number("request", static_cast<double>(request.number))
        .text("method", request.method)
        .bytes("path", request.target)
        .headers("headers", request.headers, masked, includeSecret)
        .bytes("body", request.body)
        .text("verdict", signing::verdictName(request.verdict))
        .print();
}

} // namespace hookbench::cli
