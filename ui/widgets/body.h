#pragma once
// The body of a message, understood: JSON, text, a picture or neither, by its content and by what its Content-Type
// says. Functions over values, for any thread: a body of 50 MB takes its time.
#include "core/json/value.h"
#include "ui/widgets/hex_view.h"
#include "ui/widgets/shown_text.h"

#include <QImage>

#include <functional>
#include <optional>
#include <string>

namespace hookbench::widgets {

struct Body
{
    enum class Kind { Empty, Json, Text, Image, Binary };

    BytesPtr bytes; ///< never null
    Kind kind = Kind::Empty;
    std::optional<std::size_t> invalidUtf8; ///< the first byte that belongs to no character
    json::Document json; ///< of Json
    std::string jsonError; ///< of what says it is JSON and is not
    std::optional<std::string> readable; ///< indented, or converted from another character set; else the bytes are
    std::string charset; ///< what `readable` was converted from; empty: nothing
    QImage image; ///< of Image
    std::string imageFormat; ///< "PNG"
    std::vector<std::size_t> pages; ///< of the bytes, see pageStarts
    std::vector<std::size_t> readablePages;

    std::string_view textOf(bool pretty) const { return pretty && readable ? *readable : *bytes; }
    const std::vector<std::size_t> &pagesOf(bool pretty) const { return pretty && readable ? readablePages : pages; }
};
using BodyPtr = std::shared_ptr<const Body>;

/// Larger ones are neither indented nor shown as a tree.
inline constexpr std::size_t kLargestJson = 64'000'000;
inline constexpr qint64 kMostPixels = 40'000'000;

/// "text/html; charset=iso-8859-1" as type and character set, both in lower case.
struct ContentType
{
    std::string type;
    std::string charset;
};
ContentType parseContentType(std::string_view value);

/// `stop` may say at any time that nobody waits any more: the answer is then worth nothing. May be empty.
BodyPtr readBody(BytesPtr bytes, std::string_view contentType, const std::function<bool()> &stop = {});

/// One page as it is shown; `head` stands before the first.
ShownTextPtr shownPage(const Body &body, bool pretty, std::size_t page, const std::string &head);

/// Places of `needle` in `bytes`, at most `most`. ASCII letters of either case are the same unless `caseSensitive`.
std::vector<std::size_t> findBytes(
    std::string_view bytes, std::string_view needle, bool caseSensitive, std::size_t most);
/// What a person means who searches bytes: "7B 22" and "0x7b22" are bytes, the rest is UTF-8 text.
std::string needleBytes(const QString &typed);

} // namespace hookbench::widgets
