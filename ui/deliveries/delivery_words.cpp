#include "ui/deliveries/delivery_words.h"

#include "core/delivery/outcome.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace hookbench::deliveries {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("hookbench::deliveries", text);
}

} // namespace

ResultWords resultWords(const journal::DeliveryRow &row)
{
    using widgets::Tone;
    if (row.attempts == 0)
        return { "spinner", tr("Sending"), Tone::Neutral };
    if (row.status > 0) {
        const QString text = QString::fromStdString(delivery::statusText(row.status, row.reason));
        if (row.failure.empty())
            return { "ok", text, Tone::Success };
        if (row.status == 429)
            return { "gauge", text, Tone::Warning };
        return { "fail", text, Tone::Error };
    }
    const auto failure = delivery::failureFromName(row.failure).value_or(delivery::Failure::Other);
    switch (failure) {
    case delivery::Failure::Timeout:
        return { "timeout", tr("Timed out, %1 s").arg(QLocale().toString(row.durationMs / 1000, 'g', 3)), Tone::Error };
    case delivery::Failure::ConnectionClosed:
        return { "plug-off", tr("Connection closed"), Tone::Error };
    case delivery::Failure::Refused:
        return { "plug-off", tr("Connection refused"), Tone::Error };
    case delivery::Failure::HostNotFound:
        return { "fail", tr("Host not found"), Tone::Error };
    case delivery::Failure::Unreachable:
        return { "plug-off", tr("Unreachable"), Tone::Error };
    case delivery::Failure::Tls:
        return { "fail", tr("TLS failed"), Tone::Error };
    case delivery::Failure::Cancelled:
        return { "dash", tr("Cancelled"), Tone::Neutral };
    case delivery::Failure::NoFinalAnswer:
        return { "timeout", tr("No final answer"), Tone::Warning };
    default:
        return { "fail", tr("Failed"), Tone::Error };
    }
}

QString timeText(journal::WallMs ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms).toString(QStringLiteral("HH:mm:ss.zzz"));
}

QString sizeText(std::uint64_t bytes)
{
    if (bytes < 1000)
        return tr("%1 B").arg(bytes);
    const double kilo = static_cast<double>(bytes) / 1000;
    return kilo < 1000 ? tr("%1 KB").arg(QLocale().toString(kilo, 'f', 1))
                       : tr("%1 MB").arg(QLocale().toString(kilo / 1000, 'f', 1));
}

} // namespace hookbench::deliveries
