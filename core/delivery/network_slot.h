#pragma once
// One request at a time over a QNetworkAccessManager of its own, since only so a connection is certainly a new one.
// Private to the room; see network_transport.h.
#include "core/delivery/body_device.h"
#include "core/delivery/inflater.h"
#include "core/delivery/transport.h"

#include <QElapsedTimer>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTimer>
#include <optional>

namespace hookbench::delivery {

class NetworkSlot final : public QObject
{
    Q_OBJECT

public:
    explicit NetworkSlot(QObject *parent = nullptr);
    ~NetworkSlot() override;

    bool isFree() const { return m_request == nullptr; }
    void send(RequestPtr request, const TransportOptions &options, Transport::Done done);

private:
    enum class End { Finished, BodyFull, BodyBroken, Deadline, Cancelled };
    using OnCancel = std::stop_callback<std::function<void()>>;

    void prepare(const TransportOptions &options);
    QNetworkRequest networkRequest();
    void onSslErrors(const QList<QSslError> &errors);
    void readBody();
    void end(End how);
    Outcome outcomeOfEnd(End how);
    std::optional<Response> response(End how) const;

    QNetworkAccessManager m_network;
    QTimer m_deadline;
    QElapsedTimer m_elapsed;
    std::string m_proxy;

    // Of the request at hand; m_request is null when there is none.
    RequestPtr m_request;
    TransportOptions m_options;
    Transport::Done m_done;
    std::unique_ptr<OnCancel> m_onCancel;
    std::uint64_t m_exchange = 0; ///< counts sends, so that a late cancellation hits nobody else
    BodyDevice *m_upload = nullptr; ///< the reply's child
    QNetworkReply *m_reply = nullptr;
    Headers m_sentHeaders;
    std::optional<Inflater> m_inflater;
    bool m_bodyBegun = false;
    std::string m_body;
    std::string m_tlsDetail;
};

} // namespace hookbench::delivery
