#include "core/mapping/liquid/natives.h"

#include "core/mapping/letter_case.h"
#include "core/mapping/liquid/date_text.h"
#include "core/mapping/liquid/script_text.h"

#include <QJSEngine>
#include <cmath>

namespace hookbench::mapping {

namespace {

const QString &invalidDate()
{
    static const QString kText = QStringLiteral("Invalid Date");
    return kText;
}

} // namespace

Natives::Natives(QJSEngine &engine)
    : m_engine(engine)
    , m_unread(engine.newObject())
{
}

void Natives::begin(json::Value event)
{
    m_reader = EventReader(event);
    failure.reset();
    refusal.reset();
    counters.clear();
}

QJSValue Natives::read(const QString &path)
{
    const auto found = m_reader.scalar(path);
    if (!found) {
        handOut(tl::unexpected(found.error()));
        return {};
    }
    if (!*found)
        return m_unread;
    const json::Value value = **found;
    switch (value.kind()) {
    case json::Kind::Null:
        return QJSValue(QJSValue::NullValue);
    case json::Kind::Boolean:
        return QJSValue(value.asBoolean());
    case json::Kind::Number:
        return QJSValue(value.asNumber());
    case json::Kind::String:
        return QJSValue(toQString(value.asString()));
    default:
        return QJSValue(QJSValue::UndefinedValue);
    }
}

QString Natives::member(const QString &name)
{
    return handOut(m_reader.member(name));
}

QString Natives::eventUnlessObject()
{
    return m_reader.event().isObject() ? QString() : handOut(m_reader.whole());
}

void Natives::count(const QString &name, double value)
{
    counters.emplace_back(fromQString(name), value);
}

void Natives::fail(bool parsing, const QString &text, double at)
{
    failure = Failure{ parsing, text, static_cast<qsizetype>(at) };
}

QString Natives::handOut(Result<QString> text)
{
    if (text)
        return *std::move(text);
    refusal = text.error();
    m_engine.throwError(QStringLiteral("too large"));
    return {};
}

QString Natives::upperCase(const QString &text) const
{
    return toQString(toUpperCase(fromQString(text)));
}

QString Natives::lowerCase(const QString &text) const
{
    return toQString(toLowerCase(fromQString(text)));
}

QString Natives::decodeUriComponent(const QString &text) const
{
    auto decoded = mapping::decodeUriComponent(text);
    if (!decoded) {
        m_engine.throwError(QJSValue::URIError,
            QStringLiteral("malformed URI component: every % wants the two hex digits of a byte of UTF-8"));
        return {};
    }
    return *std::move(decoded);
}

QString Natives::dashed(const QString &text, const QString &alsoKept) const
{
    return mapping::dashed(text, alsoKept);
}

double Natives::countPieces(const QString &text, const QString &separator) const
{
    return static_cast<double>(mapping::countPieces(text, separator));
}

double Natives::countWords(const QString &text) const
{
    return static_cast<double>(mapping::countWords(text));
}

QString Natives::replaceAll(const QString &text, const QString &from, const QString &to) const
{
    return mapping::replaceAll(text, from, to);
}

double Natives::powerOfTen(double exponent) const
{
    return mapping::powerOfTen(exponent);
}

QString Natives::base64Encode(const QString &text) const
{
    return mapping::base64Encode(text);
}

QString Natives::base64Decode(const QString &text) const
{
    return mapping::base64Decode(text);
}

QString Natives::sha256(const QString &text) const
{
    return mapping::sha256(text);
}

QString Natives::hmacSha256(const QString &text, const QString &key) const
{
    return mapping::hmacSha256(text, key);
}

double Natives::parseDate(const QString &text) const
{
    return mapping::parseDate(text);
}

QString Natives::dateOnly(double time) const
{
    return std::isnan(time) ? invalidDate() : mapping::dateOnly(time);
}

QString Natives::timeOnly(double time) const
{
    return std::isnan(time) ? invalidDate() : mapping::timeOnly(time);
}

QString Natives::dateAndTime(double time, const QString &zone) const
{
    if (std::isnan(time))
        return invalidDate();
    const auto local = inZone(time, zone);
    if (!local) {
        m_engine.throwError(QJSValue::RangeError,
            QStringLiteral("there is no time zone \"%1\"; give an IANA name such as Europe/Berlin, or minutes from UTC")
                .arg(zone));
        return {};
    }
    return mapping::dateAndTime(*local);
}

} // namespace hookbench::mapping
