#pragma once
// Dates as texts: Date.parse and the Date.prototype.toLocale…String of V8 with the locale en-US, UTC for a local zone.
// Times are milliseconds since 1970-01-01T00:00Z, NaN when there is none. Private to core/mapping/liquid.
#include <QString>
#include <QStringView>

#include <optional>

namespace hookbench::mapping {

/// ISO 8601, and everything else V8 makes sense of, such as "Jan 15 2024 10:00 PST" or "1/15/24".
double parseDate(QStringView text);

/// The time on the clocks of that zone: an IANA name in any letter case, or one of ICU's old ones such as PST. Nothing
/// when there is no such zone.
std::optional<double> inZone(double time, QStringView zone);

QString dateOnly(double time); ///< 1/15/2024
QString timeOnly(double time); ///< 10:00:00 AM
QString dateAndTime(double time); ///< 1/15/2024, 10:00:00 AM

} // namespace hookbench::mapping
