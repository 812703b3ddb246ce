#pragma once
// One request at a time over a QNetworkAccessManager of its own, since only so a connection is certainly a new one.
// Private to the room; see network_transport.h.
#include "core/delivery/flood.h"
#include "core/delivery/inflater.h"
#include "core/delivery/transport.h"

#include <QElapsedTimer>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTimer>
#include <functional>
#include <memory>
#include <optional>

namespace hookbench::delivery {

class NetworkSlot final : public QObject
{
    Q_OBJECT

public:
    /// What takes a manager whose exchange was broken off, together with the reply, which may be what called: deleting
    /// it waits for its thread, and that may be busy with whatever the server still sends.
    using Retire = std::function<void(std::unique_ptr<QNetworkAccessManager>)>;

    explicit NetworkSlot(Retire retire);
    ~NetworkSlot() override;

    bool isFree() const { return m_request == nullptr; }
    /// Set while it waits for the head of an answer, once that takes a while.
    std::optional<Awaited> awaited() const;
    void send(RequestPtr request, const QUrl &url, const TransportOptions &options, Transport::Done done);

private:
    enum class End { Finished, BodyFull, BodyBroken, Deadline, Cancelled };
    using OnCancel = std::stop_callback<std::function<void()>>;

    void prepare(const TransportOptions &options);
    QNetworkRequest networkRequest(const QUrl &url);
    void onSslErrors(const QList<QSslError> &errors);
    double elapsedMs() const { return static_cast<double>(m_elapsed.nsecsElapsed()) / 1e6; }
    void limitReadAhead();
    void watchPhases(class BodyDevice &upload);
    void readBody();
    void end(End how);
    Outcome outcomeOfEnd(End how);
    std::optional<Response> response(End how) const;
    bool isBodyComplete(const Response &response) const;
    void breakOff();

    Retire m_retire;
    std::unique_ptr<QNetworkAccessManager> m_network;
    QTimer m_deadline;
    QElapsedTimer m_elapsed;
    Moments m_moments;
    std::string m_proxy;
    bool m_connectionMayStand = false; ///< of the last exchange; the next one must not find it

    // Of the request at hand; m_request is null when there is none.
    RequestPtr m_request;
    TransportOptions m_options;
    Transport::Done m_done;
    std::unique_ptr<OnCancel> m_onCancel;
    std::uint64_t m_exchange = 0; ///< counts sends, so that a late cancellation hits nobody else
    QNetworkReply *m_reply = nullptr; ///< the manager's child
    Headers m_sentHeaders;
    std::optional<Inflater> m_inflater;
    bool m_bodyBegun = false;
    std::uint64_t m_received = 0; ///< bytes of the body as they came
    std::string m_body;
    std::string m_tlsDetail;
};

} // namespace hookbench::delivery
