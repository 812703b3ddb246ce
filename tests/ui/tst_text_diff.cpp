// Lines side by side, and what differs within them.
#include "ui/theme/theme.h"
#include "ui/widgets/diff_view.h"
#include "ui/widgets/text_diff.h"

#include <QApplication>
#include <QClipboard>
#include <QRandomGenerator>
#include <QScrollBar>
#include <QTest>

using namespace hookbench::widgets;
namespace theme = hookbench::theme;

class TestTextDiff : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void rows_data();
    void rows();
    void holdsEveryLineOnce();
    void matchesWhatIsTooLarge();
    void showsTheFirstChange();
    void walksTheChanges();
    void copiesAHalf();

private:
    theme::Theme m_theme{ theme::Scheme::Light };
};

void TestTextDiff::rows_data()
{
    QTest::addColumn<QStringList>("left");
    QTest::addColumn<QStringList>("right");
    QTest::addColumn<QStringList>("expected"); // "left line|right line", the differing characters in brackets
    const auto row = [](const char *name, const QString &left, const QString &right, const QString &expected) {
        const auto lines = [](const QString &text) { return text.isEmpty() ? QStringList() : text.split(u' '); };
        QTest::newRow(name) << lines(left) << lines(right) << lines(expected);
    };
    row("same", QStringLiteral("a b"), QStringLiteral("a b"), QStringLiteral("a=a b=b"));
    row("empty", QString(), QString(), QString());
    row("all added", QString(), QStringLiteral("a b"), QStringLiteral("|a |b"));
    row("all removed", QStringLiteral("a"), QString(), QStringLiteral("a|"));
    row("one changed", QStringLiteral("a Jane.Kerr c"), QStringLiteral("a jane.kerr c"),
        QStringLiteral("a=a [J]ane.[K]err|[j]ane.[k]err c=c"));
    row("added in the middle", QStringLiteral("a c"), QStringLiteral("a b c"), QStringLiteral("a=a |b c=c"));
    row("two for one", QStringLiteral("a 25 c"), QStringLiteral("a 27.5 x c"), QStringLiteral("a=a 25|2[7.]5 |x c=c"));
    row("repeated lines", QStringLiteral("} } }"), QStringLiteral("} } } }"), QStringLiteral("}=} }=} }=} |}"));
}

void TestTextDiff::rows()
{
    QFETCH(QStringList, left);
    QFETCH(QStringList, right);
    const auto marked = [](const QStringList &lines, int line, const std::vector<DiffRange> &ranges) {
        if (line < 0)
            return QString();
        QString text = lines[line];
        for (auto range = ranges.rbegin(); range != ranges.rend(); ++range)
            text.insert(range->start + range->length, u']').insert(range->start, u'[');
        return text;
    };
    QStringList got;
    for (const DiffRow &row : alignLines(left, right))
        got.append(marked(left, row.left, row.leftRanges) + (row.changed ? u'|' : u'=')
            + marked(right, row.right, row.rightRanges));
    QTEST(got, "expected");
}

void TestTextDiff::holdsEveryLineOnce()
{
    QRandomGenerator random(7);
    for (int round = 0; round < 200; ++round) {
        const auto text = [&] {
            QStringList lines;
            for (int i = random.bounded(30); i > 0; --i)
                lines.append(QString(QChar(u'a' + random.bounded(4))));
            return lines;
        };
        const QStringList left = text();
        const QStringList right = text();
        int nextLeft = 0;
        int nextRight = 0;
        for (const DiffRow &row : alignLines(left, right)) {
            QVERIFY(row.left < 0 || row.left == nextLeft++);
            QVERIFY(row.right < 0 || row.right == nextRight++);
            QVERIFY(row.left >= 0 || row.right >= 0);
            if (!row.changed)
                QCOMPARE(left[row.left], right[row.right]);
        }
        QCOMPARE(nextLeft, left.size());
        QCOMPARE(nextRight, right.size());
    }
}

void TestTextDiff::matchesWhatIsTooLarge()
{
    QStringList left{ QStringLiteral("head") };
    QStringList right = left;
    for (int i = 0; i < 10'000; ++i) {
        left.append(QStringLiteral("l%1").arg(i));
        right.append(QStringLiteral("r%1").arg(i));
    }
    left.append(QStringLiteral("tail"));
    right.append(QStringLiteral("tail"));
    const std::vector<DiffRow> rows = alignLines(left, right);
    QCOMPARE(rows.size(), std::size_t{ 10'002 });
    QVERIFY(!rows.front().changed);
    QVERIFY(!rows.back().changed);
}

namespace {

QString numbered(int lines, const QSet<int> &changed)
{
    QStringList out;
    for (int i = 0; i < lines; ++i)
        out.append(QString::number(i) + (changed.contains(i) ? QStringLiteral(" changed") : QString()));
    return out.join(u'\n');
}

} // namespace

void TestTextDiff::showsTheFirstChange()
{
    DiffView view;
    view.resize(600, 200);
    view.setTitles(QStringLiteral("Before"), QStringLiteral("After"));
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    view.setTexts(numbered(300, {}), numbered(300, { 150 }));
    QCOMPARE(view.changeCount(), 1);
    const int top = view.verticalScrollBar()->value();
    QVERIFY(top <= 150 && 150 < top + view.verticalScrollBar()->pageStep());
    QVERIFY(view.accessibleName().contains(QStringLiteral("Before")));
}

void TestTextDiff::walksTheChanges()
{
    DiffView view;
    view.resize(600, 200);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    view.setTexts(numbered(300, {}), numbered(300, { 0, 100, 101, 200 }));
    QCOMPARE(view.changeCount(), 3);
    QCOMPARE(view.verticalScrollBar()->value(), 0);
    QList<int> tops;
    while (view.goToChange(true))
        tops.append(view.verticalScrollBar()->value() + 2);
    QCOMPARE(tops, (QList<int>{ 100, 200 }));
    QTest::keyClick(&view, Qt::Key_P);
    QCOMPARE(view.verticalScrollBar()->value() + 2, 100);
}

void TestTextDiff::copiesAHalf()
{
    DiffView view;
    view.resize(600, 200);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    view.setTexts(QStringLiteral("old"), QStringLiteral("new"));
    QTest::keySequence(&view, QKeySequence::Copy);
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("new"));
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, QPoint(50, 50));
    QTest::keySequence(&view, QKeySequence::Copy);
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("old"));
}

QTEST_MAIN(TestTextDiff)
#include "tst_text_diff.moc"
