#include "core/mapping/letter_case.h"

#include "core/base/utf8.h"
#include "core/json/text.h"

#include <QString>
#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

namespace hookbench::mapping {

namespace {

enum class LetterCase { Upper, Lower };

// Letters that came with Unicode 15.1 to 17, which JavaScript engines know and Qt 6.4 does not:
// `count` of them in a row.
struct NewLetters
{
    char32_t upper;
    char32_t lower;
    char32_t count;
};
constexpr std::array<NewLetters, 10> kNewLetters{ {
    { 0x1C89, 0x1C8A, 1 },
    { 0xA7CB, 0x264, 1 },
    { 0xA7CC, 0xA7CD, 1 },
    { 0xA7CE, 0xA7CF, 1 },
    { 0xA7D2, 0xA7D3, 1 },
    { 0xA7D4, 0xA7D5, 1 },
    { 0xA7DA, 0xA7DB, 1 },
    { 0xA7DC, 0x19B, 1 },
    { 0x10D50, 0x10D70, 22 },
    { 0x16EA0, 0x16EBB, 25 },
} };

std::optional<char32_t> newLetter(char32_t codePoint, LetterCase wanted)
{
    if (codePoint < 0x19B)
        return std::nullopt;
    for (const NewLetters &letters : kNewLetters) {
        const char32_t from = wanted == LetterCase::Upper ? letters.lower : letters.upper;
        if (codePoint >= from && codePoint < from + letters.count)
            return codePoint - from + (wanted == LetterCase::Upper ? letters.upper : letters.lower);
    }
    return std::nullopt;
}

bool isOneOf(char32_t codePoint, std::initializer_list<char32_t> set)
{
    return std::find(set.begin(), set.end(), codePoint) != set.end();
}

// Unicode's Case_Ignorable, except the punctuation of newer versions than Qt knows.
bool isCaseIgnorable(char32_t codePoint)
{
    switch (QChar::category(codePoint)) {
    case QChar::Mark_NonSpacing:
    case QChar::Mark_Enclosing:
    case QChar::Other_Format:
    case QChar::Letter_Modifier:
    case QChar::Symbol_Modifier:
        return true;
    default:
        return isOneOf(codePoint,
            { '\'', '.', ':', 0xB7, 0x387, 0x55F, 0x5F4, 0x2018, 0x2019, 0x2024, 0x2027, 0xFE13, 0xFE52, 0xFE55, 0xFF07,
                0xFF0E, 0xFF1A });
    }
}

// Unicode's Cased.
bool isCased(char32_t codePoint)
{
    const auto within = [codePoint](char32_t first, char32_t last) { return codePoint >= first && codePoint <= last; };
    switch (QChar::category(codePoint)) {
    case QChar::Letter_Uppercase:
    case QChar::Letter_Lowercase:
    case QChar::Letter_Titlecase:
        return true;
    default:
        return codePoint == 0xAA || codePoint == 0xBA || within(0x2160, 0x217F) || within(0x24B6, 0x24E9)
            || within(0x1F130, 0x1F149) || within(0x1F150, 0x1F169) || within(0x1F170, 0x1F189)
            || newLetter(codePoint, LetterCase::Upper) || newLetter(codePoint, LetterCase::Lower);
    }
}

// Whether the next letter that counts, from one side of a sigma outwards, is cased.
template <typename Iterator>
bool meetsCased(Iterator at, Iterator end)
{
    at = std::find_if_not(at, end, isCaseIgnorable);
    return at != end && isCased(*at);
}

std::string convert(std::string_view wtf8, LetterCase wanted)
{
    std::u32string text;
    text.reserve(wtf8.size());
    for (std::size_t at = 0; at < wtf8.size();)
        text += static_cast<char32_t>(nextCodePoint(wtf8, at));

    // What Qt does not do: new letters, the sigma at the end of a word (SpecialCasing.txt, Final_Sigma), half a pair.
    constexpr char32_t kCapitalSigma = 0x3A3;
    constexpr char32_t kFinalSigma = 0x3C2;
    std::u16string converted;
    QString run;
    const auto convertRun = [&] {
        const QString done = wanted == LetterCase::Upper ? run.toUpper() : run.toLower();
        converted.append(reinterpret_cast<const char16_t *>(done.utf16()), static_cast<std::size_t>(done.size()));
        run.clear();
    };
    for (auto at = text.cbegin(); at != text.cend(); ++at) {
        char32_t codePoint = newLetter(*at, wanted).value_or(*at);
        if (wanted == LetterCase::Lower && codePoint == kCapitalSigma
            && meetsCased(std::make_reverse_iterator(at), text.crend()) && !meetsCased(at + 1, text.cend()))
            codePoint = kFinalSigma;
        if (QChar::isSurrogate(codePoint)) {
            convertRun();
            converted += static_cast<char16_t>(codePoint);
        } else {
            run += QChar::fromUcs4(codePoint);
        }
    }
    convertRun();
    return json::fromUtf16(converted);
}

} // namespace

std::string toUpperCase(std::string_view wtf8)
{
    return convert(wtf8, LetterCase::Upper);
}

std::string toLowerCase(std::string_view wtf8)
{
    return convert(wtf8, LetterCase::Lower);
}

char16_t foldedUnit(char16_t unit)
{
    if (unit < 0x80)
        return unit >= 'a' && unit <= 'z' ? static_cast<char16_t>(unit - 'a' + 'A') : unit;
    if (const auto upper = newLetter(unit, LetterCase::Upper))
        return static_cast<char16_t>(*upper);
    const QString upper = QString(QChar(unit)).toUpper();
    const char16_t folded = upper.size() == 1 ? upper.front().unicode() : unit;
    return folded < 0x80 ? unit : folded;
}

} // namespace hookbench::mapping
