#pragma once
// What LiquidJS's filters ask of the platform, on UTF-16 texts that may hold lone surrogates. Private to
// core/mapping/liquid.
#include <QString>
#include <QStringView>

#include <optional>

namespace hookbench::mapping {

/// White space and line ends of ECMA-262.
bool isBlank(char16_t unit);

QString base64Encode(QStringView text);
/// As Node's Buffer: ends at the first `=`, skips what is no base64, and bytes that are no UTF-8 become U+FFFD.
QString base64Decode(QStringView text);

/// Digests of the UTF-8 text (a lone surrogate counts as U+FFFD), in lower-case hex.
QString sha256(QStringView text);
QString hmacSha256(QStringView text, QStringView key);

/// Nothing when a % has no two hex digits behind it or the bytes are no UTF-8.
std::optional<QString> decodeUriComponent(QStringView text);

/// Every run of characters that are no letter, mark, decimal digit and not in `alsoKept` becomes one dash.
QString dashed(QStringView text, QStringView alsoKept);

/// How many pieces JavaScript's split(separator) makes.
qsizetype countPieces(QStringView text, QStringView separator);
/// The same for split(/\s+/).
qsizetype countWords(QStringView text);
/// split(from).join(to): an empty `from` stands between any two units.
QString replaceAll(const QString &text, const QString &from, const QString &to);

/// Math.pow(10, exponent), with V8's rounding errors.
double powerOfTen(double exponent);

} // namespace hookbench::mapping
