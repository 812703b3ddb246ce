#pragma once
// Bytes from outside as text that may be looked at: control characters, bidirectional controls and bytes that are no
// UTF-8 are written out (\x1B, \u{202E}) and marked, lines stay lines. Functions over values, for any thread.
#include "ui/widgets/tokens.h"

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace hookbench::widgets {

struct ShownText
{
    QString text;
    TokenSpans spans; ///< colours, in positions of `text`, in order
    TokenSpans escapes; ///< what was written out instead of shown, in order
};
using ShownTextPtr = std::shared_ptr<const ShownText>;

enum class ShowSpace {
    AsLayout, ///< tabs are tabs, CR LF ends a line: for reading
    AsBytes, ///< every byte but LF and the space is told: for looking closely
};

/// Appends `bytes` and colours them line by line; null lexer: plain. Ends within a character, at the end of `bytes`,
/// are told as bytes: see pageStarts.
void appendShown(ShownText &out, std::string_view bytes, ShowSpace space, const LineLexer &lexer = {});

inline constexpr std::size_t kPageBytes = 1'000'000;
/// Where pages of at most `pageBytes` begin: behind a line feed when one is near, never within a UTF-8 character. Never
/// empty.
std::vector<std::size_t> pageStarts(std::string_view bytes, std::size_t pageBytes = kPageBytes);

/// Columns a character takes in a fixed-pitch font: 0, 1 or 2; `at` is the column before it, for tabs.
int columnsOf(char32_t c, int at);
inline constexpr int kTabColumns = 4;

/// Where the rows of `text` begin when no row has more than `columns` columns: the first is 0.
std::vector<int> rowStarts(const QString &text, int columns);

} // namespace hookbench::widgets
