#include "core/mapping/liquid/date_text.h"

#include "core/mapping/liquid/date_tokens.h"

#include <QDateTime>
#include <QFileInfo>
#include <QHash>
#include <QRegularExpression>
#include <QTimeZone>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>

namespace hookbench::mapping {

namespace {

constexpr double kMsPerDay = 86'400'000;
constexpr double kLatestTime = 8.64e15;

bool isBetween(int value, int low, int high)
{
    return value >= low && value <= high;
}
bool isMonth(int value)
{
    return isBetween(value, 1, 12);
}
bool isDay(int value)
{
    return isBetween(value, 1, 31);
}
bool isHour(int value)
{
    return isBetween(value, 0, 23);
}
bool isSixtieth(int value)
{
    return isBetween(value, 0, 59);
}

/// Days from 1970-01-01 to the first of a month, in the Gregorian calendar of all times. Source: H. Hinnant,
/// chrono-compatible low-level date algorithms, days_from_civil.
double daysUntil(double year, int month, int day)
{
    year -= month <= 2 ? 1 : 0;
    const double era = std::floor(year / 400);
    const double yearOfEra = year - era * 400;
    const int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146'097 + yearOfEra * 365 + std::floor(yearOfEra / 4) - std::floor(yearOfEra / 100) + dayOfYear
        - 719'468;
}

struct Civil
{
    double year;
    int month;
    int day;
};

/// Source: as above, civil_from_days.
Civil civilFromDays(double days)
{
    days += 719'468;
    const double era = std::floor(days / 146'097);
    const int dayOfEra = static_cast<int>(days - era * 146'097);
    const int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36'524 - dayOfEra / 146'096) / 365;
    const int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    const int shifted = (5 * dayOfYear + 2) / 153;
    const int month = shifted + (shifted < 10 ? 3 : -9);
    return { era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1 };
}

/// The first three digits behind the point.
int milliseconds(const DateToken &number)
{
    int value = number.value;
    for (int length = number.length; length < 3; ++length)
        value *= 10;
    for (int length = std::min(number.length, 9); length > 3; --length)
        value /= 10;
    return value;
}

/// What has been read of a date so far. Every `add` refuses what is one too many.
class DateParts
{
public:
    bool addDay(int number) { return add(m_day, m_dayCount, number); }
    bool addTime(int number) { return add(m_time, m_timeCount, number); }
    void endTime(int number)
    {
        addTime(number);
        m_timeCount = m_time.size();
    }
    bool hasDay() const { return m_dayCount > 0; }
    bool hasTime() const { return m_timeCount > 0; }
    bool expectsTime(int number) const
    {
        return (m_timeCount == 1 && isSixtieth(number)) || (m_timeCount == 2 && isSixtieth(number))
            || (m_timeCount == 3 && isBetween(number, 0, 999));
    }
    bool expectsZoneMinute(int number) const { return zoneHour != kNone && zoneMinute == kNone && isSixtieth(number); }
    bool isUtc() const { return zoneHour == 0 && zoneMinute == 0; }
    void setZone(int hours)
    {
        zoneSign = hours < 0 ? -1 : 1;
        zoneHour = std::abs(hours);
        zoneMinute = 0;
    }
    /// NaN when the parts make no date.
    double time() const;

    bool iso = false;
    static constexpr int kNone = -1;
    int namedMonth = kNone;
    int halfDay = kNone; ///< 0 for am, 12 for pm
    int zoneSign = 1;
    int zoneHour = kNone;
    int zoneMinute = kNone;

private:
    template <std::size_t size>
    static bool add(std::array<int, size> &parts, std::size_t &count, int number)
    {
        if (count == size)
            return false;
        parts[count++] = number;
        return true;
    }
    std::optional<double> days() const;
    std::optional<double> timeOfDay() const;

    std::array<int, 3> m_day{ 1, 1, 1 };
    std::array<int, 4> m_time{};
    std::size_t m_dayCount = 0;
    std::size_t m_timeCount = 0;
};

std::optional<double> DateParts::days() const
{
    if (m_dayCount == 0)
        return std::nullopt;
    auto [year, month, day] = m_day;
    if (namedMonth != kNone) {
        month = namedMonth;
        if (isDay(m_day[0])) {
            day = m_day[0];
            year = m_day[1];
        } else {
            day = m_day[1];
        }
    } else if (!iso && isDay(m_day[0])) {
        month = m_day[0];
        day = m_day[1];
        year = m_day[2];
    }
    if (!iso && isBetween(year, 0, 99))
        year += year < 50 ? 2000 : 1900;
    if (!isMonth(month) || !isDay(day))
        return std::nullopt;
    return daysUntil(year, month, 1) + day - 1;
}

std::optional<double> DateParts::timeOfDay() const
{
    auto [hour, minute, second, millisecond] = m_time;
    if (halfDay != kNone) {
        if (!isBetween(hour, 0, 12))
            return std::nullopt;
        hour = hour % 12 + halfDay;
    }
    const bool midnight = hour == 24 && minute == 0 && second == 0 && millisecond == 0;
    if (!midnight && !(isHour(hour) && isSixtieth(minute) && isSixtieth(second) && isBetween(millisecond, 0, 999)))
        return std::nullopt;
    return ((hour * 60.0 + minute) * 60 + second) * 1000 + millisecond;
}

double DateParts::time() const
{
    const auto day = days();
    const auto time = timeOfDay();
    if (!day || !time)
        return std::numeric_limits<double>::quiet_NaN();
    // Absurd offsets wrap around at 32 bits, as they do in V8.
    const std::uint32_t offset = static_cast<std::uint32_t>(std::max(zoneHour, 0)) * 3600U
        + static_cast<std::uint32_t>(std::max(zoneMinute, 0)) * 60U;
    const double result = *day * kMsPerDay + *time - zoneSign * (offset * 1000.0);
    return offset <= std::numeric_limits<std::int32_t>::max() && std::abs(result) <= kLatestTime
        ? result
        : std::numeric_limits<double>::quiet_NaN();
}

enum class Iso { Done, NotIso, Invalid };

/// The time behind the T. V8 does not fall back to other forms once it has seen one.
bool readIsoTime(DateScanner &scanner, DateParts &parts)
{
    const auto take = [&](bool valid) {
        const bool fits = scanner.peek().isDigits(2) && valid;
        if (fits)
            parts.addTime(scanner.next().value);
        return fits;
    };
    const int hour = scanner.peek().value;
    const auto sixtieth = [&] { return isSixtieth(scanner.peek().value) && (hour < 24 || scanner.peek().value == 0); };
    if (!take(isBetween(hour, 0, 24)) || !scanner.skip(':') || !take(sixtieth()))
        return false;
    if (scanner.skip(':')) {
        if (!take(sixtieth()))
            return false;
        if (scanner.skip('.')) {
            if (scanner.peek().kind != DateToken::Number || (hour == 24 && scanner.peek().value > 0))
                return false;
            parts.addTime(milliseconds(scanner.next()));
        }
    }
    if (scanner.peek().isZ()) {
        scanner.next();
        parts.setZone(0);
    } else if (scanner.peek().isSign()) {
        parts.zoneSign = scanner.next().value == '+' ? 1 : -1;
        const DateToken first = scanner.next();
        if (first.isDigits(4)) {
            parts.zoneHour = first.value / 100;
            parts.zoneMinute = first.value % 100;
        } else {
            if (!first.isDigits(2) || !scanner.skip(':') || !scanner.peek().isDigits(2))
                return false;
            parts.zoneHour = first.value;
            parts.zoneMinute = scanner.next().value;
        }
        if (!isHour(parts.zoneHour) || !isSixtieth(parts.zoneMinute))
            return false;
    }
    return scanner.peek().kind == DateToken::End;
}

/// Reads as much of an ISO date as there is; with NotIso, `rest` is the token where it stopped being one.
Iso readIso(DateScanner &scanner, DateParts &parts, DateToken &rest)
{
    if (scanner.peek().isSign()) {
        rest = scanner.next();
        if (!scanner.peek().isDigits(6))
            return Iso::NotIso;
        const int year = scanner.next().value;
        if (rest.value == '-' && year == 0)
            return Iso::NotIso;
        parts.addDay(rest.value == '-' ? -year : year);
    } else if (scanner.peek().isDigits(4)) {
        parts.addDay(scanner.next().value);
    } else {
        rest = scanner.next();
        return Iso::NotIso;
    }
    for (const auto valid : { isMonth, isDay }) {
        if (!scanner.skip('-'))
            break;
        if (!scanner.peek().isDigits(2) || !valid(scanner.peek().value)) {
            rest = scanner.next();
            return Iso::NotIso;
        }
        parts.addDay(scanner.next().value);
    }
    if (scanner.peek().kind == DateToken::TimeSeparator) {
        scanner.next();
        if (!readIsoTime(scanner, parts))
            return Iso::Invalid;
    } else if (scanner.peek().kind != DateToken::End) {
        rest = scanner.next();
        return Iso::NotIso;
    }
    parts.iso = true;
    return Iso::Done;
}

/// A number that is no part of an ISO date: of the time, the offset or the day, whatever still lacks one.
bool readNumber(int number, DateScanner &scanner, DateParts &parts)
{
    if (scanner.skip(':')) {
        if (scanner.skip(':')) {
            if (parts.hasTime())
                return false;
            parts.addTime(number);
            return parts.addTime(0);
        }
        const bool added = parts.addTime(number);
        scanner.skip('.');
        return added;
    }
    if (scanner.skip('.') && parts.expectsTime(number)) {
        parts.addTime(number);
        if (scanner.peek().kind != DateToken::Number)
            return false;
        parts.endTime(milliseconds(scanner.next()));
        return true;
    }
    if (parts.expectsZoneMinute(number)) {
        parts.zoneMinute = number;
        return true;
    }
    if (parts.expectsTime(number)) {
        parts.endTime(number);
        const DateToken &next = scanner.peek();
        return next.kind == DateToken::End || next.kind == DateToken::Blank || next.isZ() || next.isSign();
    }
    if (!parts.addDay(number))
        return false;
    scanner.skip('-');
    return true;
}

/// An offset such as +0200, -8 or +05:30 behind its sign.
bool readOffset(int sign, DateScanner &scanner, DateParts &parts)
{
    parts.zoneSign = sign == '+' ? 1 : -1;
    const DateToken number = scanner.peek().kind == DateToken::Number ? scanner.next() : DateToken{};
    if (scanner.peek().isSymbol(':')) {
        parts.zoneHour = number.value;
        parts.zoneMinute = DateParts::kNone;
    } else if (number.length == 1 || number.length == 2) {
        parts.zoneHour = number.value;
        parts.zoneMinute = 0;
    } else if (number.length == 3 || number.length == 4) {
        parts.zoneHour = number.value / 100;
        parts.zoneMinute = number.value % 100;
    } else {
        return false;
    }
    return true;
}

/// Everything that is not ISO 8601, from `token` on. Source: V8, src/date/dateparser-inl.h.
bool readAnything(DateToken token, DateScanner &scanner, DateParts &parts)
{
    bool sawNumber = parts.hasDay();
    for (; token.kind != DateToken::End; token = scanner.next()) {
        if (token.kind == DateToken::Number) {
            sawNumber = true;
            if (!readNumber(token.value, scanner, parts))
                return false;
        } else if (token.kind == DateToken::AmPm && parts.hasTime()) {
            parts.halfDay = token.value;
        } else if (token.kind == DateToken::Month) {
            parts.namedMonth = token.value;
            scanner.skip('-');
        } else if (token.kind == DateToken::Zone && sawNumber) {
            parts.setZone(token.value);
        } else if (token.isWord()) {
            // Words nobody knows may stand before the first number, but not touch it.
            if (sawNumber || scanner.peek().kind == DateToken::Number)
                return false;
        } else if (token.isSign() && (parts.isUtc() || parts.hasTime())) {
            sawNumber = true;
            if (!readOffset(token.value, scanner, parts))
                return false;
        } else if ((token.isSign() || token.isSymbol(')')) && sawNumber) {
            return false;
        }
    }
    return true;
}

/// IANA names by their lower case, and ICU's old names of three letters.
const QHash<QString, QByteArray> &zoneIds()
{
    static const QHash<QString, QByteArray> kIds = [] {
        QHash<QString, QByteArray> ids;
        for (const QByteArray &id : QTimeZone::availableTimeZoneIds()) {
            // Qt's own offsets, such as UTC+01:00, are no names of zones.
            if (!id.startsWith("UTC+") && !id.startsWith("UTC-"))
                ids.insert(QString::fromLatin1(id).toLower(), id);
        }
        constexpr std::array<std::array<const char *, 2>, 25> kOldNames{ {
            { "act", "Australia/Darwin" },
            { "aet", "Australia/Sydney" },
            { "agt", "America/Argentina/Buenos_Aires" },
            { "art", "Africa/Cairo" },
            { "ast", "America/Anchorage" },
            { "bet", "America/Sao_Paulo" },
            { "bst", "Asia/Dhaka" },
            { "cat", "Africa/Maputo" },
            { "cnt", "America/St_Johns" },
            { "cst", "America/Chicago" },
            { "ctt", "Asia/Shanghai" },
            { "eat", "Africa/Nairobi" },
            { "ect", "Europe/Paris" },
            { "iet", "America/Indiana/Indianapolis" },
            { "ist", "Asia/Kolkata" },
            { "jst", "Asia/Tokyo" },
            { "mit", "Pacific/Apia" },
            { "net", "Asia/Yerevan" },
            { "nst", "Pacific/Auckland" },
            { "plt", "Asia/Karachi" },
            { "pnt", "America/Phoenix" },
            { "prt", "America/Puerto_Rico" },
            { "pst", "America/Los_Angeles" },
            { "sst", "Pacific/Guadalcanal" },
            { "vst", "Asia/Ho_Chi_Minh" },
        } };
        for (const auto &[name, id] : kOldNames)
            ids.insert(QString::fromLatin1(name), id);
        return ids;
    }();
    return kIds;
}

/// Qt lists no names that are links to others, but knows them. It would take any word for a zone, so there must be a
/// file.
QTimeZone zoneOf(const QString &name)
{
    const auto listed = zoneIds().constFind(name.toLower());
    if (listed != zoneIds().constEnd())
        return QTimeZone(*listed);
    static const QRegularExpression kLink(
        QStringLiteral("^(?!posix|right/|localtime$|Factory$)[A-Za-z][A-Za-z0-9_/+-]*$"));
    const bool isLink
        = kLink.match(name).hasMatch() && QFileInfo(QStringLiteral("/usr/share/zoneinfo/") % name).isFile();
    return isLink ? QTimeZone(name.toLatin1()) : QTimeZone();
}

} // namespace

double parseDate(QStringView text)
{
    // To V8 a U+0000 is the end.
    DateScanner scanner(text.left(text.indexOf(u'\0')));
    DateParts parts;
    DateToken rest;
    switch (readIso(scanner, parts, rest)) {
    case Iso::Invalid:
        return std::numeric_limits<double>::quiet_NaN();
    case Iso::NotIso:
        if (!readAnything(rest, scanner, parts))
            return std::numeric_limits<double>::quiet_NaN();
        break;
    case Iso::Done:
        break;
    }
    return parts.time();
}

std::optional<double> inZone(double time, QStringView name)
{
    const QTimeZone zone = zoneOf(name.toString());
    if (!zone.isValid())
        return std::nullopt;
    const QDateTime when = QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(std::floor(time)), Qt::UTC);
    return time + zone.offsetFromUtc(when) * 1000.0;
}

QString dateOnly(double time)
{
    const Civil civil = civilFromDays(std::floor(time / kMsPerDay));
    // Years before 1 are counted backwards, without a word about it.
    const double year = civil.year > 0 ? civil.year : 1 - civil.year;
    return QString::number(civil.month) % u'/' % QString::number(civil.day) % u'/'
        % QString::number(static_cast<qint64>(year));
}

QString timeOnly(double time)
{
    const auto seconds = static_cast<int>(std::floor((time - std::floor(time / kMsPerDay) * kMsPerDay) / 1000));
    const int hour = seconds / 3600;
    const auto twoDigits = [](int number) { return QString::number(number).rightJustified(2, u'0'); };
    return QString::number(hour % 12 == 0 ? 12 : hour % 12) % u':' % twoDigits(seconds / 60 % 60) % u':'
        % twoDigits(seconds % 60) % (hour < 12 ? QStringLiteral(" AM") : QStringLiteral(" PM"));
}

QString dateAndTime(double time)
{
    return dateOnly(time) % QStringLiteral(", ") % timeOnly(time);
}

} // namespace hookbench::mapping
