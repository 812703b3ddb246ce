#pragma once
// Requests for tests, and a transport that waits for its outcome.
#include "core/delivery/request.h"
#include "core/delivery/transport.h"
#include "core/json/parse.h"

#include <QEventLoop>
#include <QTimer>
#include <string_view>

namespace hookbench::delivery {

/// A payload from JSON texts; an empty `data` is none.
struct TestPayload
{
    json::Document headers;
    json::Document data;
    destination::Payload payload;

    TestPayload(std::string_view url, std::string_view dataJson, std::string_view headersJson = "{}",
        std::string_view method = "POST")
        : headers(json::parse(headersJson).value())
    {
        payload.url = url;
        payload.method = method;
        payload.headers = headers;
        payload.batchSize = 1000;
        payload.batchKeys = { "url", "method", "headers" };
        if (!dataJson.empty()) {
            data = json::parse(dataJson).value();
            payload.data = data;
        }
    }
};

inline RequestPtr requestTo(std::string_view url, std::string_view dataJson = R"({"a":1})",
    std::string_view headersJson = "{}", std::string_view method = "POST")
{
    const TestPayload payload(url, dataJson, headersJson, method);
    return std::make_shared<const Request>(buildRequest({ &payload.payload, 1 }, false, {}).value());
}

inline Outcome sendAndWait(Transport &transport, RequestPtr request, const TransportOptions &options = {})
{
    Outcome outcome;
    QEventLoop loop;
    transport.send(std::move(request), options, [&](Outcome ended) {
        outcome = std::move(ended);
        loop.quit();
    });
    loop.exec();
    return outcome;
}

/// Lets everything that is still on its way happen.
inline void settle(int milliseconds)
{
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

} // namespace hookbench::delivery
