#include "ui/theme/tokens.h"

#include "ui/theme/style.h"

#include <QApplication>

#include <cmath>

namespace hookbench::theme {

const Tokens &lightTokens()
{
    static const Tokens tokens{
        .dark = false,
        .window = QColor(0xf0f2f5),
        .base = QColor(0xffffff),
        .alt = QColor(0xf7f8fa),
        .toolbar = QColor(0xf8f9fb),
        .hover = QColor(0xe7eaef),
        .border = QColor(0xd9dde4),
        .line = QColor(0xe8ebef),
        .control = QColor(0xbfc6d0),
        .text = QColor(0x1b212a),
        .muted = QColor(0x59616d),
        .disabled = QColor(0x656e7b),
        .accent = QColor(0x2259c5),
        .accentHover = QColor(0x1c4dae),
        .onAccent = QColor(0xffffff),
        .accentText = QColor(0x2259c5),
        .sel = QColor(0xdfe9fb),
        .selBorder = QColor(0xa9c3f2),
        .tint = QColor(0xeef3fd),
        .success = QColor(0x1a7440),
        .successBg = QColor(0xe3f3e9),
        .successLine = QColor(0xa6d5b7),
        .warning = QColor(0x875300),
        .warningBg = QColor(0xfcf0d6),
        .warningLine = QColor(0xe6c47c),
        .error = QColor(0xb3212b),
        .errorBg = QColor(0xfbe6e7),
        .errorLine = QColor(0xebabaf),
        .jKey = QColor(0x1f4b99),
        .jStr = QColor(0x155b30),
        .jNum = QColor(0x853c00),
        .jBool = QColor(0x77329a),
        .jPunct = QColor(0x59616d),
        .jLine = QColor(0x68707d),
        .chip = QColor(0xedeff3),
        .chipBorder = QColor(0xd0d5dd),
        .addBg = QColor(0xe1f3e7),
        .delBg = QColor(0xfbe5e6),
        .addWord = QColor(0xa9ddbc),
        .delWord = QColor(0xf5bec2),
        .thumb = QColor(0xc3c9d2),
        .track = QColor(0xf4f5f7),
        .tooltip = QColor(0x262c35),
        .tooltipText = QColor(0xf2f4f7),
    };
    return tokens;
}

const Tokens &darkTokens()
{
    static const Tokens tokens{
        .dark = true,
        .window = QColor(0x21252c),
        .base = QColor(0x181b21),
        .alt = QColor(0x1d2127),
        .toolbar = QColor(0x262b33),
        .hover = QColor(0x333943),
        .border = QColor(0x373e49),
        .line = QColor(0x2a2f38),
        .control = QColor(0x515a68),
        .text = QColor(0xe3e7ed),
        .muted = QColor(0xa3adbb),
        .disabled = QColor(0x8c96a4),
        .accent = QColor(0x3467cf),
        .accentHover = QColor(0x3a6ed6),
        .onAccent = QColor(0xffffff),
        .accentText = QColor(0x8bb6ff),
        .sel = QColor(0x263a5c),
        .selBorder = QColor(0x44679f),
        .tint = QColor(0x1f2a3d),
        .success = QColor(0x6ccb8e),
        .successBg = QColor(0x1d3428),
        .successLine = QColor(0x3a6b4e),
        .warning = QColor(0xe9b44f),
        .warningBg = QColor(0x3a2f1b),
        .warningLine = QColor(0x75592a),
        .error = QColor(0xff8f8c),
        .errorBg = QColor(0x43262a),
        .errorLine = QColor(0x7d4448),
        .jKey = QColor(0x8fbaff),
        .jStr = QColor(0x8dd3a2),
        .jNum = QColor(0xf0b27a),
        .jBool = QColor(0xd2a8f6),
        .jPunct = QColor(0xa3adbb),
        .jLine = QColor(0x8791a0),
        .chip = QColor(0x2c323b),
        .chipBorder = QColor(0x434b58),
        .addBg = QColor(0x1b3527),
        .delBg = QColor(0x42262a),
        .addWord = QColor(0x234c35),
        .delWord = QColor(0x693338),
        .thumb = QColor(0x4a525f),
        .track = QColor(0x1d2127),
        .tooltip = QColor(0x3a424e),
        .tooltipText = QColor(0xf2f4f7),
    };
    return tokens;
}

const Tokens &tokens()
{
    const auto *style = qobject_cast<const Style *>(QApplication::style());
    return style ? style->tokens() : lightTokens();
}

double contrastRatio(const QColor &a, const QColor &b)
{
    const auto luminance = [](const QColor &color) {
        const auto linear = [](double channel) {
            return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
    };
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

} // namespace hookbench::theme
