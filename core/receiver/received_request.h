#pragma once
// One request as the Receiver got it: exact body bytes, headers in their order and spelling, and what its signature is
// worth.
#include "core/base/clock.h"
#include "core/base/headers.h"
#include "core/signing/verify.h"

#include <cstdint>
#include <string>

#include <QMetaType>

namespace hookbench::receiver {

struct ReceivedRequest
{
    std::string id; ///< random, never used twice
    std::uint64_t number = 0; ///< counts the requests of a Receiver from 1
    Clock::WallTime at{}; ///< when it had arrived completely
    std::string peer; ///< "127.0.0.1:52114"
    std::string method;
    std::string target; ///< as written
    Headers headers;
    Headers trailers; ///< behind a chunked body
    std::string body; ///< chunks put together, otherwise untouched
    signing::Verdict verdict = signing::Verdict::NoSecret;
    int answeredStatus = 0;
    double ms = 0; ///< from its first byte to the answer
};

} // namespace hookbench::receiver

Q_DECLARE_METATYPE(hookbench::receiver::ReceivedRequest)
