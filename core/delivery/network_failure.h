#pragma once
// Qt's network errors in our words. Private to the room.
#include "core/delivery/outcome.h"

#include <QNetworkReply>
#include <string>
#include <string_view>

namespace hookbench::delivery {

struct NetworkFailure
{
    Failure failure = Failure::Other;
    std::string message;
    bool mayHaveArrived = false; ///< the server may have got the request
};

/// Why no answer came. `host` is the one connected to; `detail` is what is known about a TLS failure.
NetworkFailure describe(QNetworkReply::NetworkError error, std::string_view host, std::string_view detail);

/// True for errors of the connection, which say that an answer is not complete; false for those that repeat its status.
bool breaksAnswer(QNetworkReply::NetworkError error);

} // namespace hookbench::delivery
