// The whole window by the keyboard: where Tab leads, that it is seen, that nothing holds it, and how one gets out.
#include "window_fixture.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QContextMenuEvent>
#include <QDockWidget>
#include <QMenu>
#include <QTimer>

#include <algorithm>

using namespace hookbench;

namespace {

constexpr auto kEvent
    = "{\"type\":\"track\",\"event\":\"Order Completed\",\"userId\":\"u1\",\"properties\":{\"total\":27.5}}";

QString nameOf(const QWidget *widget)
{
    return QString(QLatin1String(widget->metaObject()->className()) + u" \"" + widget->accessibleName() + u'"');
}

std::vector<destination::Mapping> someMappings()
{
    return { mappingOf("Orders",
                 "{\"url\":\"https://example.com/x\",\"method\":\"POST\",\"headers\":{\"X-Tenant\":\"acme\"},"
                 "\"enable_batching\":true,\"data\":{\"id\":{\"@path\":\"$.userId\"},\"total\":{\"@path\":"
                 "\"$.properties.total\"}}}",
                 "type = \"track\" and event = \"Order Completed\""),
        mappingOf("All") };
}

/// The window with the keyboard.
struct Walk : Window
{
    Walk()
        : Window(someMappings(), kEvent)
    {
        window.activateWindow();
    }

    bool ready() { return QTest::qWaitForWindowActive(&window) && settled(); }

    /// Every stop of Tab from here on, till it comes round or `most` are over.
    QList<QWidget *> stops(bool forward, int most = 400)
    {
        QList<QWidget *> found;
        while (found.size() < most) {
            QTest::keyClick(QApplication::focusWidget(), forward ? Qt::Key_Tab : Qt::Key_Backtab);
            QWidget *now = QApplication::focusWidget();
            if (!now || (!found.isEmpty() && now == found.first()))
                break;
            if (found.contains(now)) { // a ring that leaves out where it began
                found.append(now);
                break;
            }
            found.append(now);
        }
        return found;
    }
};

} // namespace

class TestKeyboard : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tabGoesRound_data();
    void tabGoesRound();
    void focusIsSeen_data();
    void focusIsSeen();
    void f6GoesThroughTheRegions();
    void regionsHaveKeys_data();
    void regionsHaveKeys();
    void escapeGivesTheFocusBack_data();
    void escapeGivesTheFocusBack();
    void menusOpenByTheirKey_data();
    void menusOpenByTheirKey();
};

void TestKeyboard::tabGoesRound_data()
{
    QTest::addColumn<bool>("forward");
    QTest::newRow("Tab") << true;
    QTest::newRow("Shift+Tab") << false;
}

/// Nothing holds the keyboard, every stop has a name, and all four regions and the toolbar are passed.
void TestKeyboard::tabGoesRound()
{
    QFETCH(bool, forward);
    Walk w;
    QVERIFY(w.ready());
    w.trigger("view.mappings");
    QVERIFY(QApplication::focusWidget());
    const QList<QWidget *> stops = w.stops(forward);
    QVERIFY2(stops.size() > 25 && stops.size() < 400, qPrintable(QString::number(stops.size())));
    QVERIFY2(stops.count(stops.last()) == 1, qPrintable(QStringLiteral("Tab is held at ") + nameOf(stops.last())));
    for (const QWidget *stop : stops) {
        QVERIFY2(stop->isVisible() && stop->isEnabled(), qPrintable(nameOf(stop)));
        const auto *button = qobject_cast<const QAbstractButton *>(stop);
        QVERIFY2(!stop->accessibleName().isEmpty() || (button && !button->text().isEmpty()), qPrintable(nameOf(stop)));
    }
    for (const char *region : { "mappings", "event", "log" }) {
        const auto *dock = w.window.findChild<QDockWidget *>(QLatin1String(region));
        QVERIFY2(dock, region);
        QVERIFY2(std::ranges::any_of(stops, [dock](const QWidget *stop) { return dock->isAncestorOf(stop); }), region);
    }
    QVERIFY(
        std::ranges::any_of(stops, [&w](const QWidget *stop) { return w.window.centralWidget()->isAncestorOf(stop); }));
}

void TestKeyboard::focusIsSeen_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

/// Whatever has the keyboard looks otherwise than the same widget without it.
void TestKeyboard::focusIsSeen()
{
    QFETCH(bool, dark);
    Walk w;
    w.theme.setScheme(dark ? theme::Scheme::Dark : theme::Scheme::Light);
    QVERIFY(w.ready());
    w.trigger("view.mappings");
    QWidget elsewhere(&w.window); // takes the keyboard and shows nothing
    elsewhere.setFocusPolicy(Qt::StrongFocus);
    elsewhere.resize(1, 1);
    elsewhere.show();
    QApplication::setCursorFlashTime(0);
    QList<QWidget *> stops = w.stops(true);
    QStringList unseen;
    for (QWidget *stop : stops) {
        if (stop == &elsewhere || !stop->isVisible())
            continue;
        elsewhere.setFocus();
        QCoreApplication::processEvents();
        const QImage without = stop->grab().toImage();
        stop->setFocus(Qt::TabFocusReason);
        QCoreApplication::processEvents();
        if (stop->hasFocus() && stop->grab().toImage() == without)
            unseen.append(nameOf(stop));
    }
    unseen.removeDuplicates();
    QVERIFY2(unseen.isEmpty(), qPrintable(unseen.join(u'\n')));
}

void TestKeyboard::f6GoesThroughTheRegions()
{
    Walk w;
    QVERIFY(w.ready());
    w.trigger("view.mappings");
    QList<QWidget *> places;
    for (int i = 0; i < 5; ++i) { // the toolbar is one of them
        places.append(QApplication::focusWidget());
        w.trigger("view.nextRegion");
    }
    QCOMPARE(QApplication::focusWidget(), places.first());
    QCOMPARE(QSet<QWidget *>(places.begin(), places.end()).size(), 5);
    for (int i = 4; i >= 0; --i) {
        w.trigger("view.previousRegion");
        QCOMPARE(QApplication::focusWidget(), places[i]);
    }
}

void TestKeyboard::regionsHaveKeys_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<QString>("region");
    QTest::newRow("Ctrl+1") << static_cast<int>(Qt::Key_1) << QStringLiteral("mappings");
    QTest::newRow("Ctrl+3") << static_cast<int>(Qt::Key_3) << QStringLiteral("event");
    QTest::newRow("Ctrl+4") << static_cast<int>(Qt::Key_4) << QStringLiteral("log");
}

void TestKeyboard::regionsHaveKeys()
{
    QFETCH(int, key);
    QFETCH(QString, region);
    Walk w;
    QVERIFY(w.ready());
    QTest::keyClick(&w.window, Qt::Key_2, Qt::ControlModifier);
    QVERIFY(w.window.centralWidget()->isAncestorOf(QApplication::focusWidget()));
    QTest::keyClick(&w.window, static_cast<Qt::Key>(key), Qt::ControlModifier);
    const auto *dock = w.window.findChild<QDockWidget *>(region);
    QVERIFY(dock && dock->isAncestorOf(QApplication::focusWidget()));
}

void TestKeyboard::escapeGivesTheFocusBack_data()
{
    QTest::addColumn<QString>("action");
    QTest::newRow("palette") << QStringLiteral("app.palette");
    QTest::newRow("mappings in the palette") << QStringLiteral("mapping.goto");
}

void TestKeyboard::escapeGivesTheFocusBack()
{
    QFETCH(QString, action);
    Walk w;
    QVERIFY(w.ready());
    w.trigger("view.event");
    QWidget *before = QApplication::focusWidget();
    QVERIFY(before);
    w.trigger(qPrintable(action));
    QTRY_VERIFY(QApplication::activePopupWidget() || QApplication::activeModalWidget()
        || QApplication::focusWidget() != before);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QTRY_COMPARE(QApplication::focusWidget(), before);
}

void TestKeyboard::menusOpenByTheirKey_data()
{
    QTest::addColumn<QString>("region");
    QTest::addColumn<QString>("entry");
    QTest::newRow("mappings") << QStringLiteral("view.mappings") << QStringLiteral("Duplicate");
    QTest::newRow("event") << QStringLiteral("view.event") << QStringLiteral("Select All");
    QTest::newRow("problems") << QStringLiteral("view.problems") << QStringLiteral("Go there");
}

/// The Menu key says what can be done here, Escape leaves the keyboard where it was. Qt makes the event of the key.
void TestKeyboard::menusOpenByTheirKey()
{
    QFETCH(QString, region);
    QFETCH(QString, entry);
    Walk w;
    QVERIFY(w.ready());
    w.document.setSetting(0, "/batch_size", json::Value::number(9000), QStringLiteral("Change batch size"));
    QVERIFY(w.settled());
    w.trigger(qPrintable(region));
    QWidget *focus = QApplication::focusWidget();
    QVERIFY(focus);
    if (auto *view = qobject_cast<QAbstractItemView *>(focus); view && !view->currentIndex().isValid())
        QTest::keyClick(view, Qt::Key_Down);
    QStringList entries;
    QTimer watch;
    connect(&watch, &QTimer::timeout, this, [&entries] {
        if (auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget())) {
            for (const QAction *action : menu->actions())
                entries.append(action->text().remove(u'&'));
            QTest::keyClick(menu, Qt::Key_Escape);
        }
    });
    watch.start(10);
    const QPoint place = focus->inputMethodQuery(Qt::ImCursorRectangle).toRect().center();
    QContextMenuEvent event(QContextMenuEvent::Keyboard, place, focus->mapToGlobal(place));
    QCoreApplication::sendEvent(focus, &event);
    QTRY_VERIFY(!entries.isEmpty());
    QVERIFY2(std::ranges::any_of(entries, [&entry](const QString &one) { return one.startsWith(entry); }),
        qPrintable(entries.join(u'\n')));
    QTRY_VERIFY(!QApplication::activePopupWidget());
    QCOMPARE(w.window.focusWidget(), focus); // not every platform gives the window itself back
}

QTEST_MAIN(TestKeyboard)
#include "tst_keyboard.moc"
