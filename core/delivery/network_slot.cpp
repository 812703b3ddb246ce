#include "core/delivery/network_slot.h"

#include "core/delivery/body_device.h"
#include "core/delivery/network_failure.h"

#include <QNetworkCookie>
#include <QNetworkCookieJar>
#include <QNetworkProxy>
#include <QNetworkRequest>
#include <QSslError>
#include <QUrl>
#include <algorithm>
#include <charconv>
#include <climits>
#include <fmt/format.h>
#include <utility>

namespace hookbench::delivery {

namespace {

class NoCookies final : public QNetworkCookieJar
{
public:
    using QNetworkCookieJar::QNetworkCookieJar;
    QList<QNetworkCookie> cookiesForUrl(const QUrl &) const override { return {}; }
    bool setCookiesFromUrl(const QList<QNetworkCookie> &, const QUrl &) override { return false; }
};

/// Everything that Qt would do of its own is off.
QNetworkRequest plainRequest()
{
    QNetworkRequest request;
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::HttpPipeliningAllowedAttribute, false);
    request.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    return request;
}

QByteArray bytesOf(std::string_view text)
{
    return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}

QNetworkProxy proxyOf(const std::string &text)
{
    if (text.empty())
        return QNetworkProxy(QNetworkProxy::NoProxy);
    const QUrl url(QString::fromStdString(text));
    const bool socks = url.scheme().startsWith(QLatin1String("socks"));
    constexpr quint16 kSocksPort = 1080;
    constexpr quint16 kHttpPort = 8080;
    return QNetworkProxy(socks ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy, url.host(),
        static_cast<quint16>(url.port(socks ? kSocksPort : kHttpPort)), url.userName(), url.password());
}

bool isSelfSigned(const QSslError &error)
{
    return error.error() == QSslError::SelfSignedCertificate
        || error.error() == QSslError::SelfSignedCertificateInChain;
}

std::string secondsText(std::chrono::milliseconds time)
{
    return fmt::format("{:g} s", static_cast<double>(time.count()) / 1000);
}

std::unique_ptr<QNetworkAccessManager> plainManager(const std::string &proxy)
{
    auto manager = std::make_unique<QNetworkAccessManager>();
    manager->setCookieJar(new NoCookies(manager.get()));
    manager->setProxy(proxyOf(proxy));
    manager->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    return manager;
}

} // namespace

NetworkSlot::NetworkSlot(Retire retire)
    : m_retire(std::move(retire))
    , m_network(plainManager({}))
{
    m_deadline.setSingleShot(true);
    m_deadline.setTimerType(Qt::PreciseTimer);
    connect(&m_deadline, &QTimer::timeout, this, [this] { end(End::Deadline); });
}

NetworkSlot::~NetworkSlot()
{
    m_onCancel.reset();
    if (m_reply)
        breakOff();
}

void NetworkSlot::send(RequestPtr request, const QUrl &url, const TransportOptions &options, Transport::Done done)
{
    m_request = std::move(request);
    m_options = options;
    m_done = std::move(done);
    m_body.clear();
    m_bodyBegun = false;
    m_received = 0;
    m_inflater.reset();
    m_tlsDetail.clear();
    m_moments = {};
    ++m_exchange;
    m_elapsed.start();

    prepare(options);
    const QNetworkRequest networked = networkRequest(url);
    auto *upload = new BodyDevice(m_request);
    // A custom verb keeps Qt from adding a content type to a POST and from moving a query into its body.
    m_reply = m_network->sendCustomRequest(networked, bytesOf(m_request->method), upload);
    upload->setParent(m_reply);
    watchPhases(*upload);
    connect(m_reply, &QNetworkReply::readyRead, this, &NetworkSlot::readBody);
    connect(m_reply, &QNetworkReply::finished, this, [this] { end(End::Finished); });
    if (m_request->scheme == "https")
        connect(m_reply, &QNetworkReply::sslErrors, this, &NetworkSlot::onSslErrors);
    if (!options.keepAlive) // Qt opens another connection for the next request where a limit was said
        limitReadAhead();
    m_deadline.start(std::max(options.timeout, std::chrono::milliseconds{ 1 }));
    if (options.cancel.stop_possible())
        m_onCancel = std::make_unique<OnCancel>(options.cancel, [this, exchange = m_exchange] {
            QMetaObject::invokeMethod(
                this,
                [this, exchange] {
                    if (exchange == m_exchange)
                        end(End::Cancelled);
                },
                Qt::QueuedConnection);
        });
}

// Qt's own buffer must not grow behind our back while this thread is busy. Its network thread has to hear of the limit,
// but a request begins only when control returns to the event loop, and what is said before that is heard by nobody
// (QNetworkReplyHttpImpl queues _q_startOperation and does not hand the size on). Said right behind it, it comes before
// the first byte of any answer. The limit lies beyond all that may be kept: near it Qt 6.4 loses the end of a body that
// the connection's end ends.
void NetworkSlot::limitReadAhead()
{
    constexpr std::size_t kMoreThanIsReadAtOnce = 1024 * 1024;
    const std::size_t most = std::min(m_options.maxResponseBytes, std::size_t{ INT_MAX }) + kMoreThanIsReadAtOnce;
    QMetaObject::invokeMethod(
        m_reply, [reply = m_reply, most] { reply->setReadBufferSize(static_cast<qint64>(most)); },
        Qt::QueuedConnection);
}

// Qt does not tell that a connection stands; it asks for the body then. Without a body it does not even tell when the
// request was sent: all up to the answer is "connect".
void NetworkSlot::watchPhases(BodyDevice &upload)
{
    const auto note = [this](double Moments::*moment) {
        return [this, moment] {
            if (m_moments.*moment < 0)
                m_moments.*moment = elapsedMs();
        };
    };
    connect(m_reply, &QNetworkReply::socketStartedConnecting, this, note(&Moments::connecting));
    connect(&upload, &BodyDevice::asked, this, note(&Moments::sending));
    connect(m_reply, &QNetworkReply::requestSent, this, note(&Moments::sent));
    connect(m_reply, &QNetworkReply::metaDataChanged, this, note(&Moments::answering));
}

std::optional<Awaited> NetworkSlot::awaited() const
{
    constexpr int kAWhileMs = 20;
    // A connection that is used again has received earlier answers too: what it received says nothing.
    if (!m_request || m_moments.answering >= 0 || m_options.keepAlive || !m_elapsed.hasExpired(kAWhileMs))
        return std::nullopt;
    constexpr std::uint64_t kHeadAndBuffers = 16 * 1024 * 1024;
    const std::uint64_t kept = m_options.maxResponseBytes;
    const QUrl url = m_reply->url();
    const int port = m_proxy.empty() ? url.port(m_request->scheme == "https" ? 443 : 80) : proxyOf(m_proxy).port();
    return Awaited{ static_cast<std::uint16_t>(port), kept + kept / 8 + kHeadAndBuffers };
}

void NetworkSlot::prepare(const TransportOptions &options)
{
    if (options.proxy != m_proxy) {
        m_proxy = options.proxy;
        m_network->setProxy(proxyOf(m_proxy));
    }
    if (!options.keepAlive && m_connectionMayStand)
        m_network->clearConnectionCache(); // ends and restarts the manager's thread
    m_connectionMayStand = true;
}

QNetworkRequest NetworkSlot::networkRequest(const QUrl &url)
{
    static const QNetworkRequest plain = plainRequest();
    QNetworkRequest request = plain;
    request.setUrl(url);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, m_options.http2);

    m_sentHeaders = m_request->headers;
    const auto add = [this](const char *name, const char *value) {
        if (!findHeader(m_sentHeaders, name))
            m_sentHeaders.push_back({ name, value });
    };
    add("Content-Length", "0"); // of a GET after a redirect: without a length Qt would send it twice
    add("Accept-Language", "*"); // what its absence means; else Qt writes the user's locale
    add("User-Agent", ""); // those two Qt would write in its own words
    add("Accept-Encoding", "");
    add("Connection", m_options.keepAlive ? "Keep-Alive" : "close");
    for (Header &header : m_sentHeaders) {
        const auto isHere = [&](std::string_view name) { return sameHeaderName(header.name, name); };
        if (header.value.empty() && (isHere("user-agent") || isHere("accept-language") || isHere("accept-encoding")))
            header.value = " "; // Qt takes an empty one for none and writes its own
        request.setRawHeader(bytesOf(header.name), bytesOf(header.value));
    }
    return request;
}

void NetworkSlot::onSslErrors(const QList<QSslError> &errors)
{
    if (m_options.allowSelfSigned && std::all_of(errors.begin(), errors.end(), isSelfSigned)) {
        m_reply->ignoreSslErrors(errors);
        return;
    }
    const auto worst = std::find_if_not(errors.begin(), errors.end(), isSelfSigned);
    m_tlsDetail = (worst == errors.end() ? errors.constFirst() : *worst).errorString().toStdString();
}

void NetworkSlot::readBody()
{
    if (!m_bodyBegun) {
        m_bodyBegun = true;
        const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        const Coding coding = codingOf(m_reply->rawHeader("Content-Encoding").toStdString());
        if (coding != Coding::Identity && status != 204 && status != 304)
            m_inflater.emplace(coding);
    }
    const QByteArray bytes = m_reply->readAll();
    const std::string_view piece(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    m_received += piece.size();
    const std::size_t cap = m_options.maxResponseBytes;
    if (m_inflater) {
        const Inflater::State state = m_inflater->inflate(piece, m_body, cap);
        // Bytes may go on that become nothing: empty blocks, or something behind the end.
        if (state == Inflater::State::Full || m_received / 2 > cap)
            end(End::BodyFull);
        else if (state == Inflater::State::Broken)
            end(End::BodyBroken);
        return;
    }
    const std::size_t room = cap - m_body.size();
    m_body.append(piece.substr(0, room));
    if (piece.size() > room)
        end(End::BodyFull);
}

void NetworkSlot::end(End how)
{
    if (!m_request)
        return;
    if (how == End::Finished && m_reply->bytesAvailable() > 0) {
        readBody();
        if (!m_request)
            return;
    }
    m_deadline.stop();
    m_onCancel.reset();
    Outcome outcome = outcomeOfEnd(how);
    if (how == End::Finished) {
        m_connectionMayStand = !m_reply->rawHeader("Connection").toLower().contains("close"); // else Qt has closed it
        m_reply->disconnect(this);
        m_reply->deleteLater();
        m_reply = nullptr;
    } else {
        breakOff();
    }
    m_request.reset();
    m_options = {};
    const Transport::Done done = std::exchange(m_done, nullptr);
    done(std::move(outcome));
}

void NetworkSlot::breakOff()
{
    m_reply->disconnect(this);
    m_reply->abort();
    m_reply = nullptr;
    m_retire(std::exchange(m_network, plainManager(m_proxy)));
}

bool NetworkSlot::isBodyComplete(const Response &response) const
{
    if (response.status < 200 || response.status == 204 || response.status == 304)
        return true;
    if (findHeader(response.headers, "Transfer-Encoding"))
        return !breaksAnswer(m_reply->error())
            || isRedirect(response.status); // Qt cannot rewind for a 307, and says so
    const Header *length = findHeader(response.headers, "Content-Length");
    if (!length)
        return true; // the end of the connection is the end of the body
    std::uint64_t bytes = 0;
    std::from_chars(length->value.data(), length->value.data() + length->value.size(), bytes);
    return m_received >= bytes;
}

std::optional<Response> NetworkSlot::response(End how) const
{
    const QVariant status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute);
    if (!status.isValid())
        return std::nullopt;
    Response response;
    response.status = status.toInt();
    response.reason = m_reply->attribute(QNetworkRequest::HttpReasonPhraseAttribute).toString().toStdString();
    for (const QNetworkReply::RawHeaderPair &pair : m_reply->rawHeaderPairs())
        for (const QByteArray &value : pair.second.split('\n')) // how Qt joins the cookies of several fields
            response.headers.push_back({ pair.first.toStdString(), value.toStdString() });
    // https://code.qt.io/cgit/qt/qtbase.git/tree/src/network/access/qhttpheaderparser.cpp: beyond its limits it keeps
    // none of them, and does not say so.
    if (response.headers.empty())
        response.note = "No header fields could be read: either there were none, or there were more than 100, or they "
                        "were too long. A compressed or chunked body is then shown as it came.";
    const auto note = [&](std::string why) {
        response.truncated = true;
        response.note = std::move(why);
    };
    switch (how) {
    case End::Finished:
        if (!isBodyComplete(response))
            note("The connection ended before the whole body was there.");
        break;
    case End::BodyFull:
        note(fmt::format("Only the first {} bytes of the body were read.", m_options.maxResponseBytes));
        break;
    case End::BodyBroken:
        note("The body could not be inflated any further: it is not what its Content-Encoding says.");
        break;
    case End::Deadline:
        note(fmt::format("The body was not complete after {}.", secondsText(m_options.timeout)));
        break;
    case End::Cancelled:
        note("The sending was stopped before the whole body was there.");
        break;
    }
    return response;
}

Outcome NetworkSlot::outcomeOfEnd(End how)
{
    std::optional<Response> answered = response(how);
    Outcome outcome;
    if (answered) {
        answered->body = std::move(m_body);
        outcome = outcomeOf(std::move(*answered));
    } else if (how == End::Cancelled) {
        outcome.failure = Failure::Cancelled;
        outcome.outcomeUnknown = true;
        outcome.message = "The sending was stopped before an answer. The server may have acted on the request.";
    } else if (how == End::Deadline) {
        outcome.failure = Failure::Timeout;
        outcome.outcomeUnknown = true;
        outcome.message = fmt::format("{} did not answer within {}. It may have acted on the request.", m_request->host,
            secondsText(m_options.timeout));
    } else {
        if (m_tlsDetail.empty())
            m_tlsDetail = m_reply->errorString().toStdString();
        NetworkFailure failure = describe(m_reply->error(), m_request->host, m_tlsDetail);
        outcome.failure = failure.failure;
        outcome.outcomeUnknown = failure.mayHaveArrived;
        outcome.message = std::move(failure.message);
    }
    outcome.ms = elapsedMs();
    outcome.phases = phasesOf(m_moments, outcome.ms);
    outcome.requestHeaders = std::move(m_sentHeaders);
    return outcome;
}

} // namespace hookbench::delivery
