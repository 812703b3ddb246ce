#pragma once
// Fusion, redrawn where the mockups ask for more than a palette: rounded inputs of 26 px, flat tool buttons, quiet
// headers and tabs, thin scroll bars, a focus ring that is always visible. Measures are device-independent pixels from
// STYLE.md §4, in style_measures.cpp.
//
// Widgets say what they are by a role (a dynamic property), not by a style sheet.
#include "ui/theme/tokens.h"

#include <QProxyStyle>

class QStyleOptionButton;
class QStyleOptionComboBox;
class QStyleOptionComplex;
class QStyleOptionHeader;
class QStyleOptionMenuItem;
class QStyleOptionProgressBar;
class QStyleOptionSlider;
class QStyleOptionSpinBox;
class QStyleOptionTab;
class QStyleOptionToolButton;
class QStyleOptionViewItem;

namespace hookbench::theme {

enum class Role {
    None,
    Primary, ///< push or tool button in the accent colour: one per view
    Link, ///< push or tool button as accent text without a frame
    Small, ///< 24 px high, 12 px text
    Segment, ///< checkable tool button of a segmented control: no frame of its own
    ToolbarPanel, ///< background of the window's own toolbar
    Leading, ///< push button with its icon and text at the start instead of the middle
    Quiet, ///< combo box or tool button that shows no frame until hovered
};

void setRole(QWidget *widget, Role role);
Role roleOf(const QWidget *widget);
/// Marks an input as wrong: error border, and the reason as tool tip and accessible description. An empty reason clears
/// it.
void setInvalid(QWidget *input, const QString &reason);
bool isInvalid(const QWidget *input);

namespace metric {
inline constexpr int kToolbar = 44;
inline constexpr int kStatusBar = 22;
inline constexpr int kPanelHeader = 28;
inline constexpr int kTabBar = 30;
inline constexpr int kInput = 26;
inline constexpr int kSmallInput = 24;
inline constexpr int kTableHeader = 24;
inline constexpr int kTableRow = 22;
inline constexpr int kTreeRow = 23;
inline constexpr int kBand = 32;
inline constexpr int kEditorHeader = 34;
inline constexpr int kCellPadding = 8;
inline constexpr int kPanePadding = 12;
inline constexpr int kBodyIndent = 34;
inline constexpr qreal kRadius = 4;
inline constexpr qreal kChipRadius = 3;
} // namespace metric

class Style : public QProxyStyle
{
    Q_OBJECT
public:
    explicit Style(const Tokens &tokens);

    const Tokens &tokens() const { return *m_tokens; }
    void setTokens(const Tokens &tokens) { m_tokens = &tokens; }

    using QProxyStyle::polish;
    void polish(QWidget *widget) override;
    QPalette standardPalette() const override;
    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    int styleHint(
        StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *data) const override;
    QSize sizeFromContents(
        ContentsType type, const QStyleOption *option, const QSize &contents, const QWidget *widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
        const QWidget *widget) const override;
    void drawPrimitive(
        PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const override;
    void drawControl(
        ControlElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
        const QWidget *widget) const override;
    /// Words run as their letters do, wherever the window begins.
    void drawItemText(QPainter *painter, const QRect &rect, int flags, const QPalette &palette, bool enabled,
        const QString &text, QPalette::ColorRole role = QPalette::NoRole) const override;
    QIcon standardIcon(StandardPixmap pixmap, const QStyleOption *option, const QWidget *widget) const override;

private:
    // style_controls.cpp
    void drawFrame(QPainter *painter, const QRect &rect, const QColor &fill, const QColor &border, bool focus,
        qreal radius = metric::kRadius) const;
    void drawInput(const QStyleOption *option, QPainter *painter, const QWidget *widget) const;
    void drawPushButton(const QStyleOptionButton *option, QPainter *painter, const QWidget *widget) const;
    void drawPushButtonLabel(const QStyleOptionButton *option, QPainter *painter, const QWidget *widget) const;
    void drawToolButton(const QStyleOptionToolButton *option, QPainter *painter, const QWidget *widget) const;
    void drawComboBox(const QStyleOptionComboBox *option, QPainter *painter, const QWidget *widget) const;
    void drawSpinBox(const QStyleOptionSpinBox *option, QPainter *painter, const QWidget *widget) const;
    void drawCheck(const QStyleOption *option, QPainter *painter) const;
    void drawRadio(const QStyleOption *option, QPainter *painter) const;
    void drawProgress(const QStyleOptionProgressBar *option, QPainter *painter) const;
    // style_views.cpp
    void drawHeaderSection(const QStyleOptionHeader *option, QPainter *painter, const QWidget *widget) const;
    void drawItemRow(const QStyleOptionViewItem *option, QPainter *painter, const QWidget *widget) const;
    void drawTab(const QStyleOptionTab *option, QPainter *painter) const;
    void drawTabLabel(const QStyleOptionTab *option, QPainter *painter) const;
    void drawMenuItem(const QStyleOptionMenuItem *option, QPainter *painter, const QWidget *widget) const;
    void drawScrollBar(const QStyleOptionSlider *option, QPainter *painter, const QWidget *widget) const;

    const Tokens *m_tokens;
};

} // namespace hookbench::theme
