#pragma once
// Deliveries to fill a journal with, and ways to open one in a test.
#include "core/journal/journal.h"

#include <QTest>

namespace hookbench::journal {

inline constexpr int kPerBatch = 7;

inline Delivery deliveryOf(const std::string &id, const std::string &body = "{\"n\":1}")
{
    Delivery delivery;
    delivery.id = id;
    delivery.run = "run";
    delivery.mappingIndex = 2;
    delivery.mappingName = "Orders";
    delivery.method = "POST";
    delivery.url = "http://127.0.0.1:8765/orders";
    delivery.headers = { { "content-type", "application/json" }, { "x-signature", "ab12" } };
    delivery.body = body;
    delivery.events = { 0, 1, 2, 9 };
    delivery.signature = "ab12";
    delivery.signedBytes = { 0, body.size() };
    delivery.created = 1'779'285'802'418;
    return delivery;
}

inline Attempt attemptOf(const std::string &delivery, int number = 1, int status = 200)
{
    Attempt attempt;
    attempt.delivery = delivery;
    attempt.number = number;
    attempt.started = 1'779'285'802'500 + number;
    attempt.durationMs = 38.25 * number;
    attempt.requestHeaders = { { "Host", "127.0.0.1:8765" }, { "x-signature", "ab12" } };
    attempt.status = status;
    attempt.reason = status == 200 ? "OK" : "Service Unavailable";
    attempt.responseHeaders = { { "Content-Type", "text/plain" }, { "X-Odd", "gr\xFC\xDF" } };
    attempt.responseBody = "received";
    attempt.failure = status == 200 ? "" : "http-status";
    attempt.message = status == 200 ? "" : "503, worth another try";
    return attempt;
}

/// Batch `index` of a writer: every delivery of it with its attempt.
inline Batch batchOf(const std::string &writer, int index)
{
    Batch batch;
    for (int i = 0; i < kPerBatch; ++i) {
        const std::string id = writer + "-" + std::to_string(index) + "-" + std::to_string(i);
        batch.deliveries.push_back(
            deliveryOf(id, std::string(static_cast<std::size_t>(100 + 997 * i), static_cast<char>('a' + i))));
        batch.attempts.push_back(attemptOf(id));
    }
    return batch;
}

inline std::unique_ptr<Journal> openOrFail(const std::string &path)
{
    auto journal = Journal::open(path);
    if (!journal)
        QTest::qFail(journal.error().message.c_str(), __FILE__, __LINE__);
    return journal ? std::move(*journal) : nullptr;
}

template <typename T>
QByteArray codeOf(const Result<T> &result)
{
    return result ? QByteArray("ok") : QByteArray::fromStdString(result.error().code);
}

} // namespace hookbench::journal
