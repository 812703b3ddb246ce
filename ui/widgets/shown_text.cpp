#include "ui/widgets/shown_text.h"

#include "core/base/display.h"
#include "core/base/utf8.h"

#include <algorithm>
#include <cstring>

namespace hookbench::widgets {

namespace {

/// How far before its end a page looks for the end of a line.
constexpr std::size_t kLineSearch = 20'000;

bool isPlain(unsigned char c)
{
    return c >= 0x20 && c < 0x7F;
}

/// One line, without its end.
void appendLine(ShownText &out, std::string_view line, ShowSpace space)
{
    std::size_t at = 0;
    while (at < line.size()) {
        std::size_t end = at;
        while (end < line.size() && isPlain(static_cast<unsigned char>(line[end])))
            ++end;
        if (end > at) {
            out.text += QLatin1String(line.data() + at, static_cast<qsizetype>(end - at));
            at = end;
            continue;
        }
        const bool isLastCr = line[at] == '\r' && at + 1 == line.size();
        if (space == ShowSpace::AsLayout && (line[at] == '\t' || isLastCr)) {
            if (!isLastCr)
                out.text += u'\t';
            ++at;
            continue;
        }
        const std::size_t start = at;
        nextCodePoint(line, at);
        const std::string_view original = line.substr(start, at - start);
        const std::string shown = escapeForDisplay(original);
        const auto position = static_cast<int>(out.text.size());
        out.text += QString::fromUtf8(shown.data(), static_cast<qsizetype>(shown.size()));
        if (shown != original)
            out.escapes.push_back({ position, static_cast<int>(out.text.size()) - position, TokenKind::Error });
    }
}

} // namespace

void appendShown(ShownText &out, std::string_view bytes, ShowSpace space, const LineLexer &lexer)
{
    out.text.reserve(out.text.size() + static_cast<qsizetype>(bytes.size()));
    int state = 0;
    TokenSpans spans;
    for (std::size_t at = 0;;) {
        const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
        const auto start = static_cast<int>(out.text.size());
        appendLine(out, bytes.substr(at, end - at), space);
        if (lexer) {
            spans.clear();
            state = lexer(QStringView(out.text).mid(start), state, spans);
            for (TokenSpan &span : spans) {
                span.start += start;
                out.spans.push_back(span);
            }
        }
        if (end == bytes.size())
            return;
        out.text += u'\n';
        at = end + 1;
    }
}

std::vector<std::size_t> pageStarts(std::string_view bytes, std::size_t pageBytes)
{
    std::vector<std::size_t> starts{ 0 };
    while (bytes.size() - starts.back() > pageBytes) {
        const std::size_t start = starts.back();
        std::size_t end = start + pageBytes;
        const std::size_t least = end - std::min(kLineSearch, pageBytes / 2);
        const std::size_t feed = bytes.rfind('\n', end - 1);
        if (feed != std::string_view::npos && feed >= least)
            end = feed + 1;
        else
            for (std::size_t back = 0; back < 3 && (static_cast<unsigned char>(bytes[end]) & 0xC0U) == 0x80U; ++back)
                --end; // a character has at most three bytes behind its first
        starts.push_back(end);
    }
    return starts;
}

int columnsOf(char32_t c, int at)
{
    if (c == U'\t')
        return kTabColumns - at % kTabColumns;
    if (c < 0x300)
        return 1;
    switch (QChar::category(c)) {
    case QChar::Mark_NonSpacing:
    case QChar::Mark_Enclosing:
    case QChar::Other_Format:
        return 0;
    default:
        break;
    }
    // East Asian wide and emoji, by block (Unicode TR11).
    const bool wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3)
        || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60)
        || (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x20000 && c <= 0x3FFFD);
    return wide ? 2 : 1;
}

std::vector<int> rowStarts(const QString &text, int columns)
{
    std::vector<int> starts{ 0 };
    const char16_t *units = reinterpret_cast<const char16_t *>(text.constData());
    const auto size = static_cast<int>(text.size());
    int column = 0;
    for (int i = 0; i < size; ++i) {
        const int start = i;
        char32_t c = units[i];
        if (c == u'\n') {
            starts.push_back(i + 1);
            column = 0;
            continue;
        }
        if (QChar::isHighSurrogate(c) && i + 1 < size && QChar::isLowSurrogate(units[i + 1])) {
            c = QChar::surrogateToUcs4(units[i], units[i + 1]);
            ++i;
        }
        const int width = columnsOf(c, column);
        if (column + width > columns && column > 0) {
            starts.push_back(start);
            column = 0;
        }
        column += width;
    }
    return starts;
}

} // namespace hookbench::widgets
