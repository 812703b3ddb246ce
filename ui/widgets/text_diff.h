#pragma once
// Two texts side by side: which lines belong together, and which characters of a changed line differ.
#include <QStringList>

#include <vector>

namespace hookbench::widgets {

struct DiffRange
{
    int start = 0; ///< UTF-16 units of the line
    int length = 0;
    friend bool operator==(const DiffRange &, const DiffRange &) = default;
};

struct DiffRow
{
    int left = -1; ///< line of the left text, from 0; -1: there is none
    int right = -1;
    bool changed = false;
    std::vector<DiffRange> leftRanges; ///< of a line with a counterpart: what differs
    std::vector<DiffRange> rightRanges;
};

/// Every line of both texts once, in order. Texts that are too large and too different to be matched line by line come
/// out as one block against the other.
std::vector<DiffRow> alignLines(const QStringList &left, const QStringList &right);

} // namespace hookbench::widgets
