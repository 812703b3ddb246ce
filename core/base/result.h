#pragma once
// What can fail returns Result<T>. An Error says what was found, what was expected and what to do, in English, and
// where: a path into the document (JSON pointer) and, for text, a position. Plain values: copy them across threads
// freely.
#include <cstddef>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace hookbench {

/// A place in a text. `offset` counts bytes from 0; `line` and `column` count from 1, the column in code points.
struct TextPosition
{
    std::size_t offset = 0;
    std::size_t line = 1;
    std::size_t column = 1;
    friend bool operator==(const TextPosition &, const TextPosition &) = default;
};

struct Error
{
    std::string code; ///< stable, kebab-case, for programs: "json-syntax", "mapping-unknown-directive"
    std::string message; ///< for people
    std::string path; ///< JSON pointer into the document, empty for the whole of it
    std::optional<TextPosition> position; ///< only when a text was read

    Error &&at(std::string where) &&
    {
        path = std::move(where);
        return std::move(*this);
    }
    friend bool operator==(const Error &, const Error &) = default;
};

template <typename T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(std::string code, std::string message, std::string path = {})
{
    return tl::unexpected<Error>(Error{ std::move(code), std::move(message), std::move(path), std::nullopt });
}
inline tl::unexpected<Error> fail(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

} // namespace hookbench
