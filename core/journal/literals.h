#pragma once
// Bytes as they are written in a shell command or a program, so that reading them gives the same bytes back. Everything
// that would be invisible or reorder the text on a screen is written as an escape. Private to the room; pure.
#include <string>
#include <string_view>

namespace hookbench::journal {

/// Whether a POSIX shell on a terminal takes the bytes unharmed between single quotes: valid UTF-8 without control
/// characters (line feeds excepted) and not longer than one argument may be.
bool shellCanCarry(std::string_view bytes);
/// One word of a POSIX shell, in single quotes.
std::string shellWord(std::string_view text);
/// One word of a POSIX shell for any bytes but NUL and trailing line feeds: what a quote cannot show goes through
/// printf.
std::string shellBytes(std::string_view bytes);

/// A string literal of Python, for valid UTF-8.
std::string pythonText(std::string_view utf8);
/// A string literal of Python that holds one character a byte (Latin-1), as its HTTP client wants header values.
std::string pythonLatin1(std::string_view bytes);
/// A bytes literal of Python.
std::string pythonBytes(std::string_view bytes);

/// A string literal of JavaScript, for valid UTF-8.
std::string javascriptText(std::string_view utf8);
/// The same with one character a byte (Latin-1), what fetch calls a ByteString.
std::string javascriptLatin1(std::string_view bytes);

/// Header values as text: Latin-1 on the wire.
std::string latin1ToUtf8(std::string_view bytes);
std::string base64(std::string_view bytes);

} // namespace hookbench::journal
