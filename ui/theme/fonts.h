#pragma once
// Inter for words, JetBrains Mono for bytes, paths, times and numbers in tables; the system's fonts when they are not
// installed. Sizes in device-independent pixels. Ligatures are off in the mono font: `!=` and `->` would be one glyph
// and byte columns would not line up.
#include <QFont>

class QPainter;
class QRect;
class QString;

namespace hookbench::theme {

enum class Text {
    Body, ///< 13
    Strong, ///< 13, semi-bold: selected tab, section and panel titles
    Title, ///< 15, semi-bold: mapping name
    Verdict, ///< 14, semi-bold
    Small, ///< 12: table headers, dock titles, status bar, small buttons
    SmallStrong, ///< 12, semi-bold
    Badge, ///< 11: badges, key caps, chart labels
    BadgeStrong, ///< 11, semi-bold
    Mono, ///< 12: JSON, FQL, HTTP, paths, times, numbers in tables
    MonoStrong, ///< 12, bold
    MonoSmall, ///< 11: trigger summary, host
    Heading, ///< 20, semi-bold
    HeadingButton, ///< 15, semi-bold
};

QFont font(Text text);

/// Places a text by the painter's direction, as QPainter::drawText does (`flags` are its), but lets it run as its own
/// letters do: in a window from right to left "Load NDJSON…" keeps its dots at its end, and "1 changed" its number in
/// front.
void paintText(QPainter *painter, const QRect &rect, int flags, const QString &text);

} // namespace hookbench::theme
