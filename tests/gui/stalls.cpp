// hookbench-stalls: how long the window keeps its event loop from turning while somebody types, with a mapping of 300
// fields over an event of 5,000 fields. A precise timer of 1 ms ticks in the real window; what is printed is the
// longest time between two ticks, the most that the window itself worked between two, and the 99.9th percentile, for
// every text field of the window beside an empty window.
//
// hookbench-stalls --run COUNT: the same while COUNT single deliveries go to the embedded receiver, journal on, with
// the list of deliveries in sight and every core busy.
//
// hookbench-stalls --body: a body of 50 MB is opened, shown in every way and searched.
#include "core/json/parse.h"
#include "tests/support/workbench_parts.h"
#include "ui/data/data_section.h"
#include "ui/data/functions.h"
#include "ui/data/mapping_view.h"
#include "ui/data/value_form.h"
#include "ui/data/value_popover.h"
#include "ui/data/visual_mapping.h"
#include "ui/document/workbench.h"
#include "ui/event/event_panel.h"
#include "ui/event/event_tree.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/body_view.h"
#include "ui/widgets/code_editor.h"
#include "ui/widgets/find_bar.h"

#include <QApplication>
#include <QComboBox>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QToolButton>

#include <QThread>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <ctime>
#include <functional>
#include <memory>
#include <vector>

using namespace hookbench;

namespace {

constexpr int kKeys = 60;
constexpr int kBetweenKeysMs = 40;

class TickGaps
{
public:
    TickGaps()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(1);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] {
            m_gaps.push_back(static_cast<double>(m_since.nsecsElapsed()) / 1e6);
            m_since.start();
            const double worked = workedMs();
            m_mostWork = std::max(m_mostWork, worked - m_worked);
            m_worked = worked;
        });
        m_since.start();
        m_worked = workedMs();
        m_timer.start();
    }
    /// Of this thread's own work between two ticks: what is left of a gap was other programs' and threads' time.
    double mostWork() const { return m_mostWork; }
    double longest() const { return *std::max_element(m_gaps.begin(), m_gaps.end()); }
    double percentile(double part) const
    {
        std::vector<double> sorted = m_gaps;
        std::sort(sorted.begin(), sorted.end());
        return sorted[static_cast<std::size_t>(part * static_cast<double>(sorted.size() - 1))];
    }

private:
    static double workedMs()
    {
        timespec time{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
    }

    QTimer m_timer;
    QElapsedTimer m_since;
    std::vector<double> m_gaps;
    double m_worked = 0;
    double m_mostWork = 0;
};

/// Lets the event loop turn. QTest::qWait would sleep in between.
void turn(int milliseconds)
{
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

void report(const QString &name, const TickGaps &gaps)
{
    std::printf("%-44s longest %6.1f ms (own work %5.1f ms)   p99 %6.1f ms   p99.9 %6.1f ms\n",
        qPrintable(name.left(44)), gaps.longest(), gaps.mostWork(), gaps.percentile(0.99), gaps.percentile(0.999));
    std::fflush(stdout);
}

void typeInto(QWidget *field, const QString &name)
{
    field->setFocus();
    turn(300); // what the focus itself sets off is not typing
    TickGaps gaps;
    for (int i = 0; i < kKeys; ++i) {
        if (i % 2)
            QTest::keyClick(field, Qt::Key_Backspace);
        else
            QTest::keyClick(field, Qt::Key_A);
        turn(kBetweenKeysMs);
    }
    report(name, gaps);
}

/// A body of `bytes`, opened and shown in every way.
void openBody(std::size_t bytes, const QString &name)
{
    std::string text = "[";
    while (text.size() < bytes)
        text += R"({"order_id":"50314b8e9bcf000000000000","total":27.5,"items":[{"sku":"G-32","n":1}]},)";
    text.back() = ']';
    widgets::BodyView view;
    view.resize(600, 500);
    view.QWidget::show();
    turn(300);
    widgets::Message message;
    message.body = std::make_shared<const std::string>(std::move(text));
    message.contentType = "application/json";
    const auto measure = [&](const char *what, const std::function<void()> &act) {
        TickGaps gaps;
        act();
        do
            turn(50);
        while (!view.isSettled());
        turn(200);
        report(name + QLatin1String(what), gaps);
    };
    measure(", opened", [&] { view.show(message); });
    measure(", page 2", [&] { view.showPage(1); });
    measure(", raw", [&] { view.setMode(widgets::BodyView::Raw); });
    measure(", searched to the end", [&] {
        view.find();
        view.findBar()->edit()->setText(QStringLiteral("nothing like it"));
    });
    measure(", tree", [&] { view.setMode(widgets::BodyView::Tree); });
    measure(", hexadecimal", [&] { view.setMode(widgets::BodyView::Hex); });
    measure(", closed", [&] { view.show({}); });
}

std::string manyFields(const char *shape, int count)
{
    std::string out = "{";
    for (int i = 0; i < count; ++i)
        out += QString(QLatin1String(i ? "," : "") + QString::fromLatin1(shape).arg(i)).toStdString();
    return out + "}";
}

/// A thread for every core that does nothing but count, at the lowest priority there is.
class BusyCores
{
public:
    BusyCores()
    {
        for (int i = 0; i < QThread::idealThreadCount(); ++i) {
            m_threads.emplace_back(QThread::create([this] {
                while (!m_stop)
                    ++m_count;
            }));
            m_threads.back()->start(QThread::IdlePriority);
        }
    }
    ~BusyCores()
    {
        m_stop = true;
        for (const auto &thread : m_threads)
            thread->wait();
    }

private:
    std::atomic<bool> m_stop{ false };
    std::atomic<std::uint64_t> m_count{ 0 };
    std::vector<std::unique_ptr<QThread>> m_threads;
};

void run(document::Workbench &workbench, shell::MainWindow &window, const QTemporaryDir &home, int count)
{
    pipeline::Session &session = workbench.session();
    if (!session.openJournal(home.filePath(QStringLiteral("journal.sqlite")).toStdString()))
        std::abort();
    session.startReceiver(0, {});
    while (session.receiverUrl().isEmpty())
        turn(20);
    destination::Project project = destination::newProject("Run");
    destination::Mapping mapping = destination::defaultMapping("Orders");
    mapping.enabled = true;
    mapping.trigger = "type = \"track\"";
    mapping.settings = json::parse(
        R"({"url":")" + session.receiverUrl().toStdString() + R"(","method":"POST","data":{"@path":"$."}})")
                           .value();
    project.mappings.push_back(mapping);
    const json::Document event
        = json::parse(R"({"type":"track","event":"Order Completed","properties":{"order_id":"A-1","total":42.5}})")
              .value();
    workbench.action("view.log")->trigger();
    window.activateWindow();
    turn(1000);
    bool over = false;
    QObject::connect(&session, &pipeline::Session::runFinished, &window, [&over] { over = true; });
    const BusyCores busy;
    QElapsedTimer took;
    took.start();
    {
        const TickGaps gaps;
        session.send(
            project, {}, {}, { .events = std::vector<json::Document>(static_cast<std::size_t>(count), event) });
        while (!over)
            turn(100);
        report(QStringLiteral("%1 single deliveries, cores busy").arg(count), gaps);
    }
    std::printf("%d deliveries in %.1f s, the list in sight\n", count, static_cast<double>(took.elapsed()) / 1000);
}

destination::Project largeProject()
{
    destination::Project project = destination::newProject("Large");
    destination::Mapping mapping = destination::defaultMapping("Orders");
    mapping.trigger = "type = \"track\" and event = \"Order Completed\" and properties.f7 = \"value 7\"";
    mapping.settings
        = json::parse(R"({"url":"http://127.0.0.1:9/orders","method":"POST","headers":{"x-tenant":"acme"},"data":)"
            + manyFields(R"("field%1":{"@template":"{{properties.f%1}} and more"})", 300) + "}")
              .value();
    project.mappings.push_back(mapping);
    project.events.push_back({ "Large",
        json::parse(R"({"type":"track","event":"Order Completed","properties":)"
            + manyFields(R"("f%1":"value %1")", 5000) + "}")
            .value(),
        {} });
    return project;
}

/// What is not in sight at first: the trigger and the data as text, the value editor, the event's tree.
void typeIntoOtherViews(const shell::MainWindow &window)
{
    for (QToolButton *button : window.findChildren<QToolButton *>())
        if (button->text() == u"FQL")
            button->click();
    auto *section = window.findChild<data::DataSection *>();
    data::MappingView *view = section->visual()->view();
    const auto open = [&](const char *pointer) {
        view->goTo(pointer);
        Q_EMIT view->valueRequested(view->currentIndex());
        turn(200);
        return section->visual()->popover()->form();
    };
    typeInto(open("/field7")->mainControl(), QStringLiteral("Value editor, text with variables"));
    section->visual()->popover()->close();
    data::ValueForm *form = open("/field8");
    form->kindBox()->setCurrentIndex(form->kindBox()->findData(static_cast<int>(data::ValueKind::Liquid)));
    Q_EMIT form->kindBox()->activated(form->kindBox()->currentIndex());
    turn(300);
    typeInto(form->mainControl(), QStringLiteral("Value editor, Liquid"));
    section->visual()->popover()->close();
    section->setView(data::DataSection::Json);
    turn(300);
    for (auto *text : window.findChildren<widgets::CodeEditor *>())
        if (text->isVisible() && !text->isReadOnly() && !text->accessibleName().startsWith(u"Event"))
            typeInto(text, text->accessibleName());
    auto *panel = window.findChild<event::EventPanel *>();
    {
        const TickGaps gaps;
        panel->setView(event::EventPanel::Tree);
        turn(300);
        report(QStringLiteral("The event as a tree, opened"), gaps);
    }
    panel->tree()->setFocus();
    const TickGaps gaps;
    for (int i = 0; i < kKeys; ++i) {
        QTest::keyClick(panel->tree(), i % 4 == 0 ? Qt::Key_PageDown : Qt::Key_Down);
        turn(kBetweenKeysMs);
    }
    report(QStringLiteral("The event as a tree, walked through"), gaps);
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    const theme::Theme theme(theme::Scheme::Light);
    {
        QMainWindow empty;
        auto *text = new QPlainTextEdit;
        empty.setCentralWidget(text);
        empty.resize(1440, 900);
        empty.show();
        turn(500);
        typeInto(text, QStringLiteral("(an empty window)"));
    }
    if (app.arguments().contains(QStringLiteral("--body"))) {
        openBody(50'000'000, QStringLiteral("A body of 50 MB"));
        return 0;
    }
    Parts parts;
    document::ProjectDocument &project = parts.document;
    document::Workbench &workbench = parts.workbench;
    QTemporaryDir &home = parts.folder;
    shell::MainWindow window(workbench);
    window.resize(1440, 900);
    window.show();
    if (const QStringList arguments = QApplication::arguments(); arguments.value(1) == QLatin1String("--run")) {
        project.startWith(destination::newProject("Run"), QStringLiteral("Run"));
        run(workbench, window, home, std::max(1, arguments.value(2).toInt()));
        std::fflush(stdout);
        std::_Exit(0);
    }
    project.startWith(largeProject(), QStringLiteral("Large"));
    turn(3000);
    QList<QWidget *> fields;
    for (QWidget *widget : window.findChildren<QWidget *>()) {
        const auto *line = qobject_cast<QLineEdit *>(widget);
        const auto *text = qobject_cast<QPlainTextEdit *>(widget);
        if (widget->isVisible() && widget->isEnabled() && !widget->accessibleName().isEmpty()
            && ((line && !line->isReadOnly()) || (text && !text->isReadOnly())))
            fields.append(widget);
    }
    for (QWidget *field : fields)
        if (field->isVisible())
            typeInto(field, field->accessibleName());
    typeIntoOtherViews(window);
    std::fflush(stdout);
    std::_Exit(0); // the document is meant to stay unsaved
}
