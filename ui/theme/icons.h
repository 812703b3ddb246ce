#pragma once
// One quiet set of line icons, drawn in the colours of the running palette whenever they are painted: nothing has to be
// refreshed when the palette changes. Names are those of resources/icons/icons.cmake. Window thread only.
#include <QColor>
#include <QIcon>
#include <QPixmap>
#include <QRect>

class QPainter;

namespace hookbench::theme {

enum class Tint {
    Auto, ///< the state's own colour for status shapes, otherwise muted; text on hover, accent when checked
    Muted,
    Text,
    Accent,
    OnAccent,
    Success,
    Warning,
    Error,
};

/// An icon for buttons, actions and item views. An unknown name gives an empty icon and a warning in the log.
QIcon icon(const char *name, Tint tint = Tint::Auto);

/// One picture of `size` × `size` device-independent pixels in one colour.
QPixmap iconPixmap(const char *name, int size, const QColor &color, qreal devicePixelRatio);

/// Paints the icon centred in `rect`, at most `rect`'s smaller side large.
void paintIcon(QPainter *painter, const QRect &rect, const char *name, const QColor &color);

/// The colour a name has under Tint::Auto in a resting state.
QColor iconColor(const char *name, Tint tint = Tint::Auto);

bool hasIcon(const char *name);

} // namespace hookbench::theme
