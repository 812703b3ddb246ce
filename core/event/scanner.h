#pragma once
// Finds where a JSON value ends without building it: strings and brackets only, whatever else is wrong is found when
// the value is parsed. Fed piece by piece, its memory is one bit per open bracket.
#include <cstddef>
#include <string_view>
#include <vector>

namespace hookbench::event {

class Scanner
{
public:
    enum class Verdict {
        More, ///< the value goes on behind the text
        Complete, ///< `at` is just behind the value
        Broken, ///< `at` is the first byte that no JSON can have there
    };

    /// Reads on from `text[at]`. White space before the value belongs to the caller.
    Verdict scan(std::string_view text, std::size_t &at);
    /// Whether the value is whole if nothing follows: a number or a word ends only with what stands behind it.
    bool endsHere() const { return m_objects.empty() && m_before == 'v'; }
    void reset();

private:
    bool valueMayStand() const;
    /// Skips the rest of a string. True: its closing quote was read; Broken sets m_broken.
    bool closeString(std::string_view text, std::size_t &at);

    std::vector<bool> m_objects; ///< open brackets: true for {, false for [
    char m_before = 0; ///< last byte that means something: 0 at the start, 'v' inside a number or word
    bool m_inString = false;
    bool m_escaped = false;
    bool m_broken = false;
};

} // namespace hookbench::event
