#pragma once
// The colours of the screen, light and dark. Green, amber and red only ever mean success, warning and error, and always
// come with a shape of their own. `control`, `thumb` and `chipBorder` are graphics only and carry no text.
#include <QColor>

namespace hookbench::theme {

struct Tokens
{
    bool dark;
    QColor window; ///< docks, title bars, tab bars, status bar
    QColor base; ///< editors, tables, centre
    QColor alt; ///< alternate rows, headers, section bands, gutters
    QColor toolbar; ///< toolbar, disabled buttons
    QColor hover; ///< hovered tool button
    QColor border; ///< dock and pane borders
    QColor line; ///< grid lines inside tables
    QColor control; ///< borders of inputs, buttons, switches; disabled icons (graphics only, never text)
    QColor text; ///< text
    QColor muted; ///< secondary text, icons
    QColor disabled; ///< disabled text, on base, window, toolbar, alt
    QColor accent; ///< primary button, switch on, current-tab line
    QColor accentHover; ///< primary button, hover
    QColor onAccent; ///< text on accent
    QColor accentText; ///< links, selected toggle, current icon
    QColor sel; ///< selection, selected toggle fill
    QColor selBorder; ///< border of tokens and selected chips
    QColor tint; ///< token fill, current editor line, info banner
    QColor success; ///< success text, shape
    QColor successBg; ///< success banner, chip
    QColor successLine; ///< success chip border
    QColor warning; ///< warning text, shape
    QColor warningBg; ///< warning banner, chip
    QColor warningLine; ///< warning border
    QColor error; ///< error text, shape
    QColor errorBg; ///< error banner, chip
    QColor errorLine; ///< error border
    QColor jKey; ///< JSON key, field path, FQL identifier
    QColor jStr; ///< JSON string
    QColor jNum; ///< JSON number
    QColor jBool; ///< true, false, null, keyword
    QColor jPunct; ///< punctuation
    QColor jLine; ///< line numbers, byte offsets
    QColor chip; ///< neutral chip, function pill, method badge
    QColor chipBorder; ///< border of those
    QColor addBg; ///< diff: added line
    QColor delBg; ///< diff: removed line
    QColor addWord; ///< diff: added characters
    QColor delWord; ///< diff: removed characters
    QColor thumb; ///< scroll bar thumb
    QColor track; ///< scroll bar track
    QColor tooltip; ///< tooltip
    QColor tooltipText; ///< tooltip text
};

const Tokens &lightTokens();
const Tokens &darkTokens();

/// The tokens of the running application's style (light ones when it is not ours). Window thread only. Widgets ask when
/// they paint and learn of a change by QEvent::PaletteChange.
const Tokens &tokens();

/// The contrast of two opaque colours after WCAG 2: 1 to 21.
double contrastRatio(const QColor &a, const QColor &b);

} // namespace hookbench::theme
