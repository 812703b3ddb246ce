// Palette, contrast, icons and fonts as STYLE.md has them.
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/theme/tokens.h"

#include <QApplication>
#include <QDir>
#include <QHeaderView>
#include <QPainter>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTest>

using namespace hookbench::theme;

class TestTheme : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void contrast_data();
    void contrast();
    void everyIconDraws_data();
    void everyIconDraws();
    void iconFollowsPalette();
    void unknownIconIsEmpty();
    void switchesAtRunTime();
    void fontsHaveThePixelsOfTheStyle();
    void wordsRunAsTheirLettersDo_data();
    void wordsRunAsTheirLettersDo();
    void sortArrowIsSeen();
};

namespace {

using Token = QColor Tokens::*;

struct Pair
{
    const char *name;
    Token text;
    Token on;
};

// The pairs of STYLE.md §2.
constexpr Pair kPairs[] = {
#define P(a, b)                                                                                                        \
    {                                                                                                                  \
#a " on " #b, &Tokens::a, &Tokens::b                                                                           \
    }
    P(text, window),
    P(text, base),
    P(text, alt),
    P(text, toolbar),
    P(text, sel),
    P(text, hover),
    P(text, chip),
    P(text, tint),
    P(muted, window),
    P(muted, base),
    P(muted, alt),
    P(muted, toolbar),
    P(muted, sel),
    P(muted, chip),
    P(muted, tint),
    P(muted, hover),
    P(onAccent, accent),
    P(onAccent, accentHover),
    P(accentText, base),
    P(accentText, window),
    P(accentText, tint),
    P(accentText, sel),
    P(accentText, toolbar),
    P(accentText, alt),
    P(success, base),
    P(success, successBg),
    P(success, window),
    P(success, sel),
    P(success, alt),
    P(warning, base),
    P(warning, warningBg),
    P(warning, window),
    P(warning, sel),
    P(warning, alt),
    P(error, base),
    P(error, errorBg),
    P(error, window),
    P(error, sel),
    P(error, alt),
    P(muted, successBg),
    P(muted, warningBg),
    P(text, successBg),
    P(text, warningBg),
    P(text, errorBg),
    P(jKey, base),
    P(jKey, tint),
    P(jKey, alt),
    P(jKey, sel),
    P(jStr, base),
    P(jStr, tint),
    P(jStr, alt),
    P(jStr, sel),
    P(jNum, base),
    P(jNum, tint),
    P(jNum, alt),
    P(jNum, sel),
    P(jBool, base),
    P(jBool, tint),
    P(jBool, alt),
    P(jPunct, base),
    P(jPunct, tint),
    P(jLine, base),
    P(jLine, alt),
    P(jKey, addBg),
    P(jStr, addBg),
    P(jNum, addBg),
    P(jPunct, addBg),
    P(jKey, delBg),
    P(jStr, delBg),
    P(jNum, delBg),
    P(jPunct, delBg),
    P(jStr, addWord),
    P(jNum, addWord),
    P(jStr, delWord),
    P(jNum, delWord),
    P(jKey, addWord),
    P(jKey, delWord),
    P(text, addWord),
    P(text, delWord),
    P(tooltipText, tooltip),
    P(disabled, base),
    P(disabled, window),
    P(disabled, toolbar),
    P(disabled, alt),
#undef P
};

QImage drawn(const QIcon &icon, QIcon::Mode mode = QIcon::Normal)
{
    return icon.pixmap(QSize(16, 16), 1.0, mode).toImage().convertToFormat(QImage::Format_ARGB32);
}

bool hasColor(const QImage &image, const QColor &color)
{
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            if (image.pixelColor(x, y).alpha() > 200 && image.pixelColor(x, y).rgb() == color.rgb())
                return true;
    return false;
}

} // namespace

void TestTheme::contrast_data()
{
    QTest::addColumn<QColor>("text");
    QTest::addColumn<QColor>("on");
    for (const Tokens *tokens : { &lightTokens(), &darkTokens() })
        for (const Pair &pair : kPairs)
            QTest::addRow("%s, %s", pair.name, tokens->dark ? "dark" : "light")
                << tokens->*pair.text << tokens->*pair.on;
}

void TestTheme::contrast()
{
    QFETCH(QColor, text);
    QFETCH(QColor, on);
    QVERIFY2(contrastRatio(text, on) >= 4.5, qPrintable(QString::number(contrastRatio(text, on))));
}

void TestTheme::everyIconDraws_data()
{
    QTest::addColumn<QString>("name");
    const QStringList files = QDir(QStringLiteral(":/icons")).entryList();
    QVERIFY(files.size() > 60);
    for (const QString &file : files)
        QTest::newRow(qPrintable(file)) << file.chopped(4);
}

void TestTheme::everyIconDraws()
{
    QFETCH(QString, name);
    for (const qreal ratio : { 1.0, 2.0 }) {
        const QPixmap pixmap = iconPixmap(name.toLatin1().constData(), 16, Qt::red, ratio);
        QCOMPARE(pixmap.size(), QSize(16, 16) * ratio);
        QVERIFY(
            pixmap.toImage().convertToFormat(QImage::Format_ARGB32) != QImage(pixmap.size(), QImage::Format_ARGB32));
        bool ink = false;
        const QImage image = pixmap.toImage();
        for (int y = 0; y < image.height() && !ink; ++y)
            for (int x = 0; x < image.width() && !ink; ++x)
                ink = image.pixelColor(x, y).alpha() > 100;
        QVERIFY(ink);
    }
}

void TestTheme::iconFollowsPalette()
{
    Theme theme(Scheme::Light);
    const QIcon icon = hookbench::theme::icon("ok");
    QVERIFY(hasColor(drawn(icon), lightTokens().success));
    theme.setScheme(Scheme::Dark);
    QVERIFY(hasColor(drawn(icon), darkTokens().success));
    QVERIFY(hasColor(drawn(icon, QIcon::Disabled), darkTokens().control));
}

void TestTheme::unknownIconIsEmpty()
{
    QTest::ignoreMessage(QtWarningMsg, "there is no icon named no-such-icon");
    QVERIFY(icon("no-such-icon").isNull());
}

void TestTheme::switchesAtRunTime()
{
    Theme theme(Scheme::Light);
    QVERIFY(!tokens().dark);
    QSignalSpy changed(&theme, &Theme::changed);
    theme.setScheme(Scheme::Dark);
    QCOMPARE(changed.count(), 1);
    QVERIFY(tokens().dark);
    // Widgets that are there already learn of it while the application runs, which a test does not.
    QPushButton button(QStringLiteral("Send"));
    button.resize(80, 26);
    button.show();
    QCOMPARE(button.palette().color(QPalette::Window), darkTokens().window);
    QCOMPARE(button.grab().toImage().pixelColor(10, 5), darkTokens().base);
    theme.setScheme(Scheme::Dark);
    QCOMPARE(changed.count(), 1);
}

void TestTheme::fontsHaveThePixelsOfTheStyle()
{
    QCOMPARE(font(Text::Body).pixelSize(), 13);
    QCOMPARE(font(Text::Mono).pixelSize(), 12);
    QVERIFY(font(Text::Mono).styleStrategy() & QFont::PreferNoShaping);
    // Ligatures off: "!=" is as wide as its two characters.
    const QFontMetricsF metrics(font(Text::Mono));
    QCOMPARE(metrics.horizontalAdvance(QStringLiteral("!=")), 2 * metrics.horizontalAdvance(u'x'));
}

void TestTheme::wordsRunAsTheirLettersDo_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("dots at the end") << QStringLiteral("Load NDJSON…");
    QTest::newRow("number in front") << QStringLiteral("1 changed");
    QTest::newRow("question") << QStringLiteral("What would this change do?");
    QTest::newRow("comparison") << QStringLiteral("total >= 20");
}

/// The same strokes wherever the window begins; only the place is another.
void TestTheme::wordsRunAsTheirLettersDo()
{
    QFETCH(QString, text);
    Theme theme(Scheme::Light);
    const auto painted = [&](Qt::LayoutDirection direction, int alignment) {
        QImage image(300, 24, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::white);
        QPainter painter(&image);
        painter.setLayoutDirection(direction);
        painter.setFont(font(Text::Body));
        paintText(&painter, image.rect(), alignment | Qt::AlignVCenter | Qt::TextSingleLine, text);
        return image;
    };
    QCOMPARE(painted(Qt::RightToLeft, Qt::AlignCenter), painted(Qt::LeftToRight, Qt::AlignCenter));
    QCOMPARE(painted(Qt::RightToLeft, Qt::AlignLeft), painted(Qt::LeftToRight, Qt::AlignRight));
    QVERIFY(painted(Qt::LeftToRight, Qt::AlignLeft) != painted(Qt::LeftToRight, Qt::AlignRight));
    QPushButton button(text);
    button.setStyle(QApplication::style());
    button.resize(button.sizeHint());
    const QImage usual = button.grab().toImage();
    QApplication::setLayoutDirection(Qt::RightToLeft);
    const QImage mirrored = button.grab().toImage();
    QApplication::setLayoutDirection(Qt::LeftToRight);
    QCOMPARE(mirrored, usual);
}

void TestTheme::sortArrowIsSeen()
{
    Theme theme(Scheme::Light);
    QTableWidget table(1, 2);
    table.setHorizontalHeaderLabels({ QStringLiteral("Time"), QStringLiteral("Result") });
    QHeaderView *header = table.horizontalHeader();
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table.resize(300, 100);
    const QImage without = header->grab().toImage();
    header->setSortIndicatorShown(true);
    header->setSortIndicator(0, Qt::DescendingOrder);
    const QImage down = header->grab().toImage();
    header->setSortIndicator(0, Qt::AscendingOrder);
    const QImage up = header->grab().toImage();
    QVERIFY(up != down);
    // Where it differs it is as large as a chevron, at the end of its own section.
    QRect seen;
    for (int y = 0; y < down.height(); ++y)
        for (int x = 0; x < down.width(); ++x)
            if (down.pixel(x, y) != without.pixel(x, y))
                seen |= QRect(x, y, 1, 1);
    QVERIFY2(seen.width() >= 6 && seen.width() <= 12, qPrintable(QString::number(seen.width())));
    QVERIFY(seen.right() < header->sectionSize(0) && seen.left() > header->sectionSize(0) - 20);
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
