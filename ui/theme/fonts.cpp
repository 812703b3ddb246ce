#include "ui/theme/fonts.h"

#include <QFontDatabase>
#include <QPainter>
#include <QStringList>
#include <QStyle>

namespace hookbench::theme {

namespace {

QFont words(int pixels, QFont::Weight weight)
{
    static const QString system = QFontDatabase::systemFont(QFontDatabase::GeneralFont).family();
    QFont font;
    font.setFamilies({ QStringLiteral("Inter"), system });
    font.setPixelSize(pixels);
    font.setWeight(weight);
    return font;
}

QFont mono(int pixels, QFont::Weight weight)
{
    static const QString system = QFontDatabase::systemFont(QFontDatabase::FixedFont).family();
    QFont font;
    font.setFamilies({ QStringLiteral("JetBrains Mono NL"), QStringLiteral("JetBrains Mono"), system });
    font.setPixelSize(pixels);
    font.setWeight(weight);
    font.setStyleHint(QFont::Monospace);
    font.setFixedPitch(true);
    font.setStyleStrategy(QFont::PreferNoShaping); // QFont::setFeature("calt", 0) needs Qt 6.7
    return font;
}

} // namespace

QFont font(Text text)
{
    switch (text) {
    case Text::Body:
        return words(13, QFont::Normal);
    case Text::Strong:
        return words(13, QFont::DemiBold);
    case Text::Title:
    case Text::HeadingButton:
        return words(15, QFont::DemiBold);
    case Text::Verdict:
        return words(14, QFont::DemiBold);
    case Text::Small:
        return words(12, QFont::Normal);
    case Text::SmallStrong:
        return words(12, QFont::DemiBold);
    case Text::Badge:
        return words(11, QFont::Normal);
    case Text::BadgeStrong:
        return words(11, QFont::DemiBold);
    case Text::Mono:
        return mono(12, QFont::Normal);
    case Text::MonoStrong:
        return mono(12, QFont::Bold);
    case Text::MonoSmall:
        return mono(11, QFont::Normal);
    case Text::Heading:
        return words(20, QFont::DemiBold);
    }
    return words(13, QFont::Normal);
}

void paintText(QPainter *painter, const QRect &rect, int flags, const QString &text)
{
    const Qt::LayoutDirection direction = painter->layoutDirection();
    const auto alignment = Qt::Alignment::fromInt(flags & (Qt::AlignHorizontal_Mask | Qt::AlignVertical_Mask));
    const int others = flags & ~static_cast<int>(Qt::AlignHorizontal_Mask | Qt::AlignVertical_Mask);
    painter->setLayoutDirection(Qt::LayoutDirectionAuto);
    painter->drawText(rect, QStyle::visualAlignment(direction, alignment).toInt() | others, text);
    painter->setLayoutDirection(direction);
}

} // namespace hookbench::theme
