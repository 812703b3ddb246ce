#include "ui/document/outcome_words.h"

#include "core/delivery/outcome.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace hookbench::document {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("hookbench::deliveries", text);
}

} // namespace

OutcomeWords outcomeWords(int status, const std::string &reason, const std::string &failure, double durationMs)
{
    if (status > 0) {
        const char *icon = failure.empty() ? "ok" : status == 429 ? "gauge" : "fail";
        return { icon, QString::fromStdString(delivery::statusText(status, reason)) };
    }
    switch (delivery::failureFromName(failure).value_or(delivery::Failure::Other)) {
    case delivery::Failure::Timeout:
        return { "timeout", tr("Timed out, %1 s").arg(QLocale().toString(durationMs / 1000, 'g', 3)) };
    case delivery::Failure::ConnectionClosed:
        return { "plug-off", tr("Connection closed") };
    case delivery::Failure::Refused:
        return { "plug-off", tr("Connection refused") };
    case delivery::Failure::HostNotFound:
        return { "fail", tr("Host not found") };
    case delivery::Failure::Unreachable:
        return { "plug-off", tr("Unreachable") };
    case delivery::Failure::Tls:
        return { "fail", tr("TLS failed") };
    case delivery::Failure::Cancelled:
        return { "dash", tr("Cancelled") };
    case delivery::Failure::NoFinalAnswer:
        return { "timeout", tr("No final answer") };
    case delivery::Failure::ProgramEnded:
        return { "timeout", tr("Unknown, program ended") };
    default:
        return { "fail", tr("Failed") };
    }
}

const char *severityIcon(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return "fail";
    case Severity::Warning:
        return "warn";
    case Severity::Info:
        return "info";
    }
    return "info";
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

QString durationText(double ms)
{
    if (ms < 1000)
        return tr("%1 ms").arg(QLocale().toString(ms, 'f', ms < 10 ? 1 : 0));
    if (ms < 120'000)
        return tr("%1 s").arg(QLocale().toString(ms / 1000, 'f', ms < 10'000 ? 1 : 0));
    const auto seconds = static_cast<qint64>(ms / 1000);
    if (seconds < 7200)
        return tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60);
    return tr("%1 h %2 min").arg(seconds / 3600).arg(seconds % 3600 / 60);
}

} // namespace hookbench::document
