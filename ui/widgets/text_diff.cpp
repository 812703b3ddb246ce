#include "ui/widgets/text_diff.h"

#include <dtl/dtl.hpp>

#include <QHash>

#include <algorithm>

namespace hookbench::widgets {

namespace {

/// Above, matching takes too long for a window.
constexpr qsizetype kMostCells = 4'000'000;
constexpr qsizetype kMostCharacterCells = 250'000;

enum class Step { Both, Left, Right };

/// The shortest way from one sequence to the other.
template <typename Element>
std::vector<Step> steps(const std::vector<Element> &left, const std::vector<Element> &right, qsizetype mostCells)
{
    const auto [leftStart, rightStart] = std::mismatch(left.begin(), left.end(), right.begin(), right.end());
    const auto [leftEnd, rightEnd] = std::mismatch(
        left.rbegin(), std::make_reverse_iterator(leftStart), right.rbegin(), std::make_reverse_iterator(rightStart));
    const std::vector<Element> from(leftStart, leftEnd.base());
    const std::vector<Element> to(rightStart, rightEnd.base());

    std::vector<Step> out(static_cast<std::size_t>(leftStart - left.begin()), Step::Both);
    if (static_cast<qsizetype>(from.size()) * static_cast<qsizetype>(to.size()) > mostCells || from.empty()
        || to.empty()) {
        out.insert(out.end(), from.size(), Step::Left);
        out.insert(out.end(), to.size(), Step::Right);
    } else {
        dtl::Diff<Element> diff(from, to);
        diff.compose();
        for (const auto &[element, info] : diff.getSes().getSequence())
            out.push_back(info.type == dtl::SES_COMMON ? Step::Both
                    : info.type == dtl::SES_DELETE     ? Step::Left
                                                       : Step::Right);
    }
    out.insert(out.end(), static_cast<std::size_t>(leftEnd - left.rbegin()), Step::Both);
    return out;
}

void extend(std::vector<DiffRange> &ranges, int at)
{
    if (!ranges.empty() && ranges.back().start + ranges.back().length == at)
        ++ranges.back().length;
    else
        ranges.push_back({ at, 1 });
}

void markCharacters(const QString &left, const QString &right, DiffRow &row)
{
    const std::vector<char16_t> from(left.utf16(), left.utf16() + left.size());
    const std::vector<char16_t> to(right.utf16(), right.utf16() + right.size());
    int at = 0;
    int other = 0;
    for (const Step step : steps(from, to, kMostCharacterCells)) {
        if (step == Step::Left)
            extend(row.leftRanges, at);
        else if (step == Step::Right)
            extend(row.rightRanges, other);
        at += step != Step::Right;
        other += step != Step::Left;
    }
}

std::vector<int> numbered(const QStringList &lines, QHash<QString, int> &numbers)
{
    std::vector<int> out;
    out.reserve(static_cast<std::size_t>(lines.size()));
    for (const QString &line : lines) {
        auto known = numbers.constFind(line);
        if (known == numbers.cend())
            known = numbers.insert(line, static_cast<int>(numbers.size()));
        out.push_back(*known);
    }
    return out;
}

} // namespace

std::vector<DiffRow> alignLines(const QStringList &left, const QStringList &right)
{
    QHash<QString, int> numbers;
    const std::vector<int> from = numbered(left, numbers);
    const std::vector<int> to = numbered(right, numbers);
    std::vector<DiffRow> rows;
    int at = 0;
    int other = 0;
    std::size_t block = 0; // the first row of the changed lines at hand
    const auto pair = [&] { // the n-th line taken out beside the n-th put in
        std::vector<DiffRow> removed;
        std::vector<DiffRow> added;
        for (std::size_t i = block; i < rows.size(); ++i)
            (rows[i].left >= 0 ? removed : added).push_back(rows[i]);
        rows.resize(block);
        for (std::size_t i = 0; i < std::max(removed.size(), added.size()); ++i) {
            DiffRow row{ i < removed.size() ? removed[i].left : -1, i < added.size() ? added[i].right : -1, true, {},
                {} };
            if (row.left >= 0 && row.right >= 0)
                markCharacters(left[row.left], right[row.right], row);
            rows.push_back(std::move(row));
        }
        block = rows.size();
    };
    for (const Step step : steps(from, to, kMostCells)) {
        if (step == Step::Both) {
            pair();
            rows.push_back({ at++, other++, false, {}, {} });
            block = rows.size();
        } else if (step == Step::Left) {
            rows.push_back({ at++, -1, true, {}, {} });
        } else {
            rows.push_back({ -1, other++, true, {}, {} });
        }
    }
    pair();
    return rows;
}

} // namespace hookbench::widgets
