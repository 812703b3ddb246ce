#include "core/delivery/network_failure.h"

#include <algorithm>
#include <fmt/format.h>

namespace hookbench::delivery {

namespace {

struct Row
{
    QNetworkReply::NetworkError error;
    Failure failure;
    bool mayHaveArrived;
    const char *message; ///< {0}: the host, {1}: the detail
};

constexpr Row kRows[] = {
    { QNetworkReply::ConnectionRefusedError, Failure::Refused, false,
        "{0} refused the connection: nothing listens there. Start the receiver or correct the port." },
    { QNetworkReply::RemoteHostClosedError, Failure::ConnectionClosed, true,
        "{0} closed the connection before an answer. It may have acted on the request." },
    // What QNetworkAccessManager reports instead of sending a request a second time.
    { QNetworkReply::ContentReSendError, Failure::ConnectionClosed, true,
        "{0} closed the connection before an answer. It may have acted on the request." },
    { QNetworkReply::HostNotFoundError, Failure::HostNotFound, false,
        "There is no host named {0}, or its name cannot be looked up now. Check the URL and the network." },
    { QNetworkReply::TimeoutError, Failure::Timeout, true, "The connection to {0} timed out." },
    { QNetworkReply::SslHandshakeFailedError, Failure::Tls, false,
        "No trusted TLS connection to {0}: {1}. Nothing was sent. Segment refuses such a server too." },
    { QNetworkReply::TemporaryNetworkFailureError, Failure::Unreachable, true,
        "The network went down on the way to {0}." },
    { QNetworkReply::NetworkSessionFailedError, Failure::Unreachable, false, "There is no network to reach {0} by." },
    { QNetworkReply::ProxyConnectionRefusedError, Failure::Proxy, false, "The proxy refused the connection to {0}." },
    { QNetworkReply::ProxyConnectionClosedError, Failure::Proxy, true, "The proxy closed the connection to {0}." },
    { QNetworkReply::ProxyNotFoundError, Failure::Proxy, false, "There is no proxy of the name given." },
    { QNetworkReply::ProxyTimeoutError, Failure::Proxy, false, "The proxy did not connect to {0} in time." },
    { QNetworkReply::ProxyAuthenticationRequiredError, Failure::Proxy, false,
        "The proxy wants a user name and a password. Put them into the proxy's URL." },
    { QNetworkReply::UnknownProxyError, Failure::Proxy, false, "The proxy could not connect to {0}." },
    { QNetworkReply::ProtocolFailure, Failure::Protocol, true, "What {0} answered is not HTTP." },
    { QNetworkReply::ProtocolUnknownError, Failure::Address, false, "The address {0} cannot be sent to." },
    { QNetworkReply::ProtocolInvalidOperationError, Failure::Address, false, "The address {0} cannot be sent to." },
};

} // namespace

NetworkFailure describe(QNetworkReply::NetworkError error, std::string_view host, std::string_view detail)
{
    const auto row = std::find_if(std::begin(kRows), std::end(kRows), [&](const Row &r) { return r.error == error; });
    if (row == std::end(kRows))
        return { Failure::Other,
            fmt::format("The connection to {} failed (network error {}). It may have acted on the request.", host,
                static_cast<int>(error)),
            true };
    return { row->failure, fmt::format(fmt::runtime(row->message), host, detail), row->mayHaveArrived };
}

bool breaksAnswer(QNetworkReply::NetworkError error)
{
    switch (error) {
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::TimeoutError:
    case QNetworkReply::OperationCanceledError:
    case QNetworkReply::TemporaryNetworkFailureError:
    case QNetworkReply::NetworkSessionFailedError:
    case QNetworkReply::UnknownNetworkError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ContentReSendError:
    case QNetworkReply::ProtocolFailure:
        return true;
    default:
        return false;
    }
}

} // namespace hookbench::delivery
