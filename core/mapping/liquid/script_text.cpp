#include "core/mapping/liquid/script_text.h"

#include "core/base/utf8.h"
#include "core/json/text.h"

#include <QByteArray>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <string>

namespace hookbench::mapping {

namespace {

constexpr char32_t kReplacement = 0xFFFD;

bool isSurrogate(char32_t codePoint)
{
    return codePoint >= 0xD800 && codePoint <= 0xDFFF;
}

/// UTF-8 as Node makes it: a lone surrogate becomes U+FFFD.
std::string toUtf8(QStringView text)
{
    const std::string wtf8 = json::fromUtf16({ text.utf16(), static_cast<std::size_t>(text.size()) });
    std::string utf8;
    utf8.reserve(wtf8.size());
    for (std::size_t at = 0; at < wtf8.size();) {
        const auto codePoint = static_cast<char32_t>(nextCodePoint(wtf8, at));
        appendCodePoint(utf8, isSurrogate(codePoint) ? kReplacement : codePoint);
    }
    return utf8;
}

void append(QString &out, char32_t codePoint)
{
    if (codePoint < 0x10000)
        out += QChar(static_cast<char16_t>(codePoint));
    else
        out += QChar::fromUcs4(codePoint);
}

/// How many bytes at `at` begin a sequence that could be UTF-8, and whether they are all of it. An invalid start is one
/// byte (Encoding Standard: every maximal part of a sequence becomes one U+FFFD).
std::pair<std::size_t, bool> sequenceAt(std::string_view bytes, std::size_t at)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    const unsigned char first = byte(at);
    if (first < 0x80)
        return { 1, true };
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4)
        return { 1, false };
    unsigned char low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    unsigned char high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    for (std::size_t i = 1; i < length; ++i) {
        if (at + i == bytes.size() || byte(at + i) < low || byte(at + i) > high)
            return { i, false };
        low = 0x80;
        high = 0xBF;
    }
    return { length, true };
}

QString fromUtf8(std::string_view bytes)
{
    QString text;
    text.reserve(static_cast<qsizetype>(bytes.size()));
    for (std::size_t at = 0; at < bytes.size();) {
        const auto [length, whole] = sequenceAt(bytes, at);
        std::size_t inside = at;
        append(text, whole ? static_cast<char32_t>(nextCodePoint(bytes, inside)) : kReplacement);
        at += length;
    }
    return text;
}

/// Of the low byte: Node reads no more of a unit.
int base64Value(char16_t unit)
{
    unit &= 0xFF;
    if (unit >= 'A' && unit <= 'Z')
        return unit - 'A';
    if (unit >= 'a' && unit <= 'z')
        return unit - 'a' + 26;
    if (unit >= '0' && unit <= '9')
        return unit - '0' + 52;
    if (unit == '+' || unit == '-')
        return 62;
    return unit == '/' || unit == '_' ? 63 : -1;
}

QString hex(const unsigned char *bytes, std::size_t size)
{
    return QString::fromLatin1(
        QByteArray::fromRawData(reinterpret_cast<const char *>(bytes), static_cast<qsizetype>(size)).toHex());
}

int hexValue(QChar digit)
{
    const char16_t unit = digit.unicode();
    if (unit >= '0' && unit <= '9')
        return unit - '0';
    if (unit >= 'a' && unit <= 'f')
        return unit - 'a' + 10;
    return unit >= 'A' && unit <= 'F' ? unit - 'A' + 10 : -1;
}

bool isLetterMarkOrDigit(char32_t codePoint)
{
    switch (QChar::category(codePoint)) {
    case QChar::Mark_NonSpacing:
    case QChar::Mark_SpacingCombining:
    case QChar::Mark_Enclosing:
    case QChar::Number_DecimalDigit:
    case QChar::Letter_Uppercase:
    case QChar::Letter_Lowercase:
    case QChar::Letter_Titlecase:
    case QChar::Letter_Modifier:
    case QChar::Letter_Other:
        return true;
    default:
        return false;
    }
}

double withoutLowHalf(double value)
{
    return std::bit_cast<double>(std::bit_cast<std::uint64_t>(value) & 0xFFFFFFFF00000000ULL);
}

} // namespace

bool isBlank(char16_t unit)
{
    return (unit >= 0x09 && unit <= 0x0D) || unit == 0x20 || unit == 0xA0 || unit == 0x1680
        || (unit >= 0x2000 && unit <= 0x200A) || unit == 0x2028 || unit == 0x2029 || unit == 0x202F || unit == 0x205F
        || unit == 0x3000 || unit == 0xFEFF;
}

QString base64Encode(QStringView text)
{
    const std::string utf8 = toUtf8(text);
    return QString::fromLatin1(QByteArray::fromRawData(utf8.data(), static_cast<qsizetype>(utf8.size())).toBase64());
}

QString base64Decode(QStringView text)
{
    std::string bytes;
    std::uint32_t bits = 0;
    int count = 0;
    for (const QChar unit : text) {
        if ((unit.unicode() & 0xFF) == '=')
            break;
        const int value = base64Value(unit.unicode());
        if (value < 0)
            continue;
        bits = bits << 6 | static_cast<std::uint32_t>(value);
        if (count++ % 4 != 0)
            bytes += static_cast<char>(bits >> (6 - 2 * ((count - 1) % 4)) & 0xFF);
    }
    return fromUtf8(bytes);
}

QString sha256(QStringView text)
{
    const std::string bytes = toUtf8(text);
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr);
    return hex(digest.data(), size);
}

QString hmacSha256(QStringView text, QStringView key)
{
    const std::string bytes = toUtf8(text);
    const std::string secret = toUtf8(key);
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
        reinterpret_cast<const unsigned char *>(bytes.data()), bytes.size(), digest.data(), &size);
    return hex(digest.data(), size);
}

std::optional<QString> decodeUriComponent(QStringView text)
{
    QString decoded;
    std::string bytes;
    for (qsizetype at = 0; at < text.size(); ++at) {
        if (text[at] != u'%') {
            decoded += text[at];
            continue;
        }
        bytes.clear();
        while (at + 2 < text.size() && text[at] == u'%') {
            const int high = hexValue(text[at + 1]);
            const int low = hexValue(text[at + 2]);
            if (high < 0 || low < 0)
                return std::nullopt;
            bytes += static_cast<char>(high * 16 + low);
            at += 3;
        }
        if (bytes.empty() || (at < text.size() && text[at] == u'%') || findInvalidUtf8(bytes) != kValidUtf8)
            return std::nullopt;
        decoded += fromUtf8(bytes);
        --at;
    }
    return decoded;
}

QString dashed(QStringView text, QStringView alsoKept)
{
    QString result;
    bool dash = false;
    for (qsizetype at = 0; at < text.size(); ++at) {
        char32_t codePoint = text[at].unicode();
        if (text[at].isHighSurrogate() && at + 1 < text.size() && text[at + 1].isLowSurrogate())
            codePoint = QChar::surrogateToUcs4(text[at], text[at + 1]);
        at += codePoint > 0xFFFF ? 1 : 0;
        if (isLetterMarkOrDigit(codePoint)
            || (codePoint < 0x80 && alsoKept.contains(QChar(static_cast<char16_t>(codePoint))))) {
            append(result, codePoint);
            dash = false;
        } else if (!dash) {
            result += u'-';
            dash = true;
        }
    }
    return result;
}

qsizetype countPieces(QStringView text, QStringView separator)
{
    if (separator.isEmpty())
        return text.size();
    qsizetype pieces = 1;
    for (qsizetype at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, at + separator.size()))
        ++pieces;
    return pieces;
}

qsizetype countWords(QStringView text)
{
    qsizetype gaps = 0;
    for (qsizetype i = 0; i < text.size(); ++i)
        gaps += isBlank(text[i].unicode()) && (i == 0 || !isBlank(text[i - 1].unicode())) ? 1 : 0;
    return gaps + 1;
}

QString replaceAll(const QString &text, const QString &from, const QString &to)
{
    // QString::replace moves the rest of the text every thousand places.
    QString result;
    result.reserve(text.size() + (countPieces(text, from) - 1) * (to.size() - from.size()));
    if (from.isEmpty()) {
        for (qsizetype i = 0; i < text.size(); ++i) {
            if (i > 0)
                result += to;
            result += text[i];
        }
        return result;
    }
    qsizetype at = 0;
    for (qsizetype next = text.indexOf(from); next >= 0; next = text.indexOf(from, at)) {
        result += QStringView(text).mid(at, next - at);
        result += to;
        at = next + from.size();
    }
    result += QStringView(text).mid(at);
    return result;
}

double powerOfTen(double exponent)
{
    // log2(10) in two parts, as fdlibm's e_pow computes it.
    constexpr double kHigh = 0x1.a934fp+1;
    constexpr double kLow = 0x1.2f346e2bf9206p-24;
    if (exponent == 0)
        return 1;
    if (exponent == -1 || exponent == 0.5 || exponent == 1 || exponent == 2)
        return std::pow(10, exponent);
    if (std::abs(exponent) > 400)
        return exponent > 0 ? std::numeric_limits<double>::infinity() : 0;

    // exponent * log2(10) = whole + fraction
    const double head = withoutLowHalf(exponent);
    const double low = (exponent - head) * kHigh + exponent * kLow;
    double high = head * kHigh;
    const double product = low + high;
    if (product >= 1024 || product <= -1075)
        return product > 0 ? std::numeric_limits<double>::infinity() : 0;
    const double whole = std::abs(product) > 0.5 ? std::round(product) : 0;
    high -= whole;

    // 2^fraction
    constexpr double kLn2 = 6.93147180559945286227e-01;
    constexpr double kLn2High = 6.93147182464599609375e-01;
    constexpr double kLn2Low = -1.90465429995776804525e-09;
    const double fraction = withoutLowHalf(low + high);
    const double u = fraction * kLn2High;
    const double v = (low - (fraction - high)) * kLn2 + fraction * kLn2Low;
    const double z = u + v;
    const double w = v - (z - u);
    const double t = z * z;
    const double p = z
        - t
            * (1.66666666666666019037e-01
                + t
                    * (-2.77777777770155933842e-03
                        + t
                            * (6.61375632143793436117e-05
                                + t * (-1.65339022054652515390e-06 + t * 4.13813679705723846039e-08))));
    // fdlibm: z * p / (p - 2) - (w + z * w). V8 puts the parentheses otherwise, which costs it the last digit now and
    // then.
    const double r = z * p / ((p - 2) - (w + z * w));
    return std::ldexp(1 - (r - z), static_cast<int>(whole));
}

} // namespace hookbench::mapping
