#pragma once
// What differs between two messages: method, URL, header fields, the JSON of the bodies place by place, and their
// bytes. Functions over values, for any thread.
#include "core/base/redact.h"
#include "ui/widgets/hex_view.h"

#include <QString>

#include <optional>
#include <string>
#include <vector>

namespace hookbench::inspector {

struct ComparedMessage
{
    QString title; ///< "14:03:24.117 Orders, 200 OK"
    std::string startLine; ///< "POST https://…", "200 OK"
    Headers headers;
    widgets::BytesPtr body; ///< never null
    HeaderNames maskedHeaders = {}; ///< the other message's are hidden too
};

struct ComparedPlace
{
    enum class Kind { Changed, Added, Removed };
    Kind kind = Kind::Changed;
    QString where; ///< "start line", "header x-tenant", a JSON pointer, "body"
    QString before; ///< safe to look at; empty: not there
    QString after;
};

struct Comparison
{
    std::vector<ComparedPlace> places;
    bool sameBodies = false; ///< byte for byte
    bool bodiesAreJson = false;
    std::optional<std::size_t> firstDifferentByte; ///< of the bodies; the shorter one's end counts
    QString beforeText; ///< head and body as text, indented when it is JSON
    QString afterText;
    bool textsAreCut = false; ///< the texts are not all of it; places and bytes are
    QString beforeHex; ///< of the bytes around the first different one
    QString afterHex;
    std::size_t hexFrom = 0; ///< offset of the first byte shown
};

inline constexpr std::size_t kMostComparedText = 200'000;
inline constexpr std::size_t kMostComparedHex = 32'000;

/// Credentials are hidden unless `showSecrets`; that they differ is told.
Comparison compare(const ComparedMessage &before, const ComparedMessage &after, bool showSecrets);

/// "000010  7B 22 61 …  {"a", a line for sixteen bytes, offsets from `first`.
QString hexLines(std::string_view bytes, std::size_t first);

} // namespace hookbench::inspector
