#include "ui/golden/golden_panel.h"

#include "core/base/display.h"
#include "core/json/stringify.h"
#include "ui/document/saved_events.h"
#include "ui/document/workbench.h"
#include "ui/golden/golden_model.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/diff_view.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/row_delegate.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace hookbench::golden {

namespace {

using pipeline::GoldenOutcome;
using pipeline::GoldenVerdict;

constexpr int kDelayMs = 200;
constexpr std::size_t kLongestShown = 1'000'000;

QString shown(const std::string &text)
{
    return QString::fromStdString(text.substr(0, kLongestShown));
}

QLabel *sideTitle(const QString &word)
{
    auto *label = new QLabel(word);
    label->setFont(theme::font(theme::Text::Strong));
    label->setContentsMargins(10, 0, 10, 0);
    label->setFixedHeight(theme::metric::kTableHeader);
    label->setMinimumWidth(10);
    return label;
}

/// "Order Completed", "Order Completed 2": a name that no test has.
QString freshName(const destination::Project &project, const QString &wanted)
{
    const auto taken = [&](const QString &name) {
        for (std::size_t i = 0; i < destination::testCount(project); ++i)
            if (const json::Value value = project.tests->at(i).find("name");
                value.isString() && value.asString() == name.toStdString())
                return true;
        return false;
    };
    QString name = wanted;
    for (int number = 2; taken(name); ++number)
        name = wanted + u' ' + QString::number(number);
    return name;
}

/// How a test names the mapping: by its name, or by its place when the name does not say which.
std::string nameOf(const destination::Project &project, std::size_t mapping)
{
    const std::string &name = project.mappings[mapping].name;
    const Result<std::size_t> meant = destination::mappingMeant(project, name);
    return meant && *meant == mapping ? name : '#' + std::to_string(mapping);
}

} // namespace

GoldenPanel::GoldenPanel(document::Workbench &workbench, QWidget *parent)
    : Panel(parent)
    , m_workbench(workbench)
    , m_model(new GoldenModel(this))
    , m_pages(new QStackedWidget)
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *empty = new widgets::EmptyState("flask", tr("No tests yet"),
        tr("Keep what a mapping makes of the current event. When an edit changes it you see it here, and your "
           "team's CI sees it with hookbench-cli test."));
    QAction *add = workbench.action("test.add");
    connect(
        empty->addButton(tr("Add a test from the preview"), "plus"), &QAbstractButton::clicked, add, &QAction::trigger);
    m_pages->addWidget(empty);
    auto *page = new QWidget;
    auto *parts = new QVBoxLayout(page);
    parts->setContentsMargins(0, 0, 0, 0);
    parts->setSpacing(0);
    parts->addWidget(makeHead());
    auto *splitter = new QSplitter;
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(1);
    splitter->addWidget(makeList());
    splitter->addWidget(makeDetail());
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    parts->addWidget(splitter, 1);
    m_pages->addWidget(page);
    layout->addWidget(m_pages);

    workbench.bind("test.add", this, [this] { addFromPreview(); });
    workbench.bind("test.run", this, [this] { run(); });
    m_delay.setSingleShot(true);
    m_delay.setInterval(kDelayMs);
    connect(&m_delay, &QTimer::timeout, this, &GoldenPanel::run);
    document::ProjectDocument &document = workbench.document();
    connect(&document, &document::ProjectDocument::changed, this, &GoldenPanel::refresh);
    connect(&workbench, &document::Workbench::settingsChanged, this, &GoldenPanel::refresh);
    connect(&workbench.secret(), &document::Secret::changed, this, &GoldenPanel::refresh);
    connect(&workbench.session(), &pipeline::Session::tested, this, &GoldenPanel::take);
    connect(&workbench, &document::Workbench::evaluationChanged, this, [this] {
        if (std::exchange(m_adding, false))
            addFromPreview();
    });
    refresh();
}

GoldenPanel::~GoldenPanel()
{
    m_workbench.session().cancelTests();
}

QPushButton *GoldenPanel::addButton(const char *icon, const QString &text, const QString &toolTip)
{
    auto *button = new QPushButton(theme::icon(icon), text);
    button->setToolTip(toolTip);
    theme::setRole(button, theme::Role::Small);
    return button;
}

QWidget *GoldenPanel::makeHead()
{
    auto *head = new QWidget;
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(theme::metric::kPanePadding, 4, theme::metric::kPanePadding, 4);
    row->setSpacing(6);
    m_state = new widgets::StatusLabel;
    row->addWidget(m_state, 1);
    const auto own = [&](const char *icon, const QString &text, const QString &toolTip, auto act) {
        QPushButton *button = addButton(icon, text, toolTip);
        connect(button, &QPushButton::clicked, this, act);
        row->addWidget(button);
        return button;
    };
    const auto bound = [&](const char *id, const char *icon, const QString &text) {
        QAction *action = m_workbench.action(id);
        const QString keys = action->shortcut().toString(QKeySequence::NativeText);
        QString toolTip = action->text().remove(u'&');
        if (!keys.isEmpty())
            toolTip += u" (" + keys + u')';
        QPushButton *button = addButton(icon, text, toolTip);
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        row->addWidget(button);
    };
    m_accept = own("check", tr("Accept new"),
        tr("Take what the chosen tests got for what they expect; it can be undone"), &GoldenPanel::accept);
    m_useEvent
        = own("event", tr("Show event"), tr("Show the test's event and mapping in the editor"), &GoldenPanel::useEvent);
    m_rename = own("edit", tr("Rename"), tr("Rename the test (F2)"), &GoldenPanel::rename);
    m_remove = own("trash", tr("Delete"), tr("Delete the chosen tests (Del); it can be undone"), &GoldenPanel::remove);
    bound("test.run", "play", tr("Run all"));
    bound("test.add", "plus", tr("Add from preview"));
    return head;
}

QWidget *GoldenPanel::makeList()
{
    m_table = new QTableView;
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("Golden tests"));
    widgets::dressTable(m_table, {}, { GoldenModel::MappingColumn });
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    QHeaderView *header = m_table->horizontalHeader();
    header->resizeSection(GoldenModel::NameColumn, 210);
    header->resizeSection(GoldenModel::MappingColumn, 120);
    header->setStretchLastSection(true);
    m_table->setMinimumWidth(280);
    m_table->installEventFilter(this);
    connect(
        m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &current) {
            if (current.isValid())
                m_chosen = current.row();
            showChosen();
        });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &GoldenPanel::showState);
    connect(m_table, &QTableView::doubleClicked, this, &GoldenPanel::useEvent);
    connect(m_table, &QWidget::customContextMenuRequested, this, &GoldenPanel::showMenu);
    connect(m_model, &GoldenModel::renamed, this, [this](int row, const QString &name) {
        document::ProjectDocument &document = m_workbench.document();
        document.setTests(
            destination::withTestName(document.project(), static_cast<std::size_t>(row), name.toStdString()),
            tr("Rename test"));
    });
    auto *del = new QShortcut(QKeySequence(Qt::Key_Delete), m_table);
    del->setContext(Qt::WidgetShortcut);
    connect(del, &QShortcut::activated, this, &GoldenPanel::remove);
    return m_table;
}

QWidget *GoldenPanel::makeDetail()
{
    auto *right = new QWidget;
    auto *column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_reason = new widgets::Banner(widgets::Tone::Warning);
    m_reason->hide();
    column->addWidget(m_reason);
    auto *titles = new QHBoxLayout;
    titles->setContentsMargins(0, 0, 0, 0);
    titles->setSpacing(0);
    m_expected = sideTitle(tr("Expected"));
    m_actual = sideTitle(tr("Now"));
    titles->addWidget(m_expected, 1);
    titles->addWidget(m_actual, 1);
    column->addLayout(titles);
    m_diff = new widgets::DiffView;
    m_diff->setLexer(widgets::httpLexer());
    m_diff->setTitles(tr("Expected"), tr("Now"));
    m_diff->setAccessibleName(tr("What the test expects, and what it got"));
    column->addWidget(m_diff, 1);
    return right;
}

QWidget *GoldenPanel::firstFocus()
{
    return m_pages->currentIndex() == 1 ? static_cast<QWidget *>(m_table) : this;
}

QString GoldenPanel::countToolTip() const
{
    return tr("Golden tests that are not as expected, or how many there are");
}

// F2 is the mapping's elsewhere; in this list it is the test's.
bool GoldenPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_F2 && key->modifiers() == Qt::NoModifier) {
            event->accept();
            if (event->type() == QEvent::KeyPress)
                rename();
            return true;
        }
    }
    return Panel::eventFilter(watched, event);
}

void GoldenPanel::refresh()
{
    const int before = m_model->rowCount();
    const int chosen = m_chosen;
    m_model->setTests(m_workbench.document().project().tests);
    const int count = m_model->rowCount();
    m_pages->setCurrentIndex(count > 0 ? 1 : 0);
    if (count != before && count > 0)
        choose(count > before ? count - 1 : std::min(chosen, count - 1));
    m_workbench.session().cancelTests();
    if (count > 0)
        m_delay.start();
    showState();
}

void GoldenPanel::run()
{
    m_delay.stop();
    if (m_model->rowCount() > 0)
        m_asked = m_workbench.session().test(m_workbench.document().project(), m_workbench.planOptions());
}

void GoldenPanel::take(const pipeline::GoldenReportPtr &report)
{
    if (report->serial != m_asked || m_delay.isActive())
        return;
    m_model->setReport(report);
    if (!m_table->currentIndex().isValid())
        choose(std::min(m_chosen, m_model->rowCount() - 1));
    showState();
    showChosen();
}

void GoldenPanel::showState()
{
    const int count = m_model->rowCount();
    const int failing = m_model->failing();
    setCount(count == 0 ? QString() : failing > 0 ? tr("✗ %1").arg(failing) : QString::number(count));
    if (!m_model->report())
        m_state->setStatus("dash", tr("%n test(s), not run yet", nullptr, count));
    else if (failing > 0)
        m_state->setStatus("fail", tr("%1 of %2 not as expected").arg(failing).arg(count));
    else
        m_state->setStatus("ok", tr("%n test(s), all as expected", nullptr, count));
    const std::vector<int> rows = chosenRows();
    m_accept->setEnabled(std::any_of(rows.begin(), rows.end(), [this](int row) {
        const GoldenOutcome *outcome = m_model->outcomeAt(row);
        return outcome && outcome->verdict == GoldenVerdict::Failed && (!outcome->fired || outcome->request);
    }));
    m_rename->setEnabled(rows.size() == 1);
    m_useEvent->setEnabled(rows.size() == 1);
    m_remove->setEnabled(!rows.empty());
}

void GoldenPanel::showChosen()
{
    const GoldenOutcome *outcome = m_model->outcomeAt(m_table->currentIndex().row());
    m_reason->setVisible(outcome && outcome->verdict != GoldenVerdict::Passed);
    if (!outcome) {
        m_diff->setTexts({}, {});
        return;
    }
    m_reason->setTone(outcome->error ? widgets::Tone::Warning : widgets::Tone::Error);
    m_reason->setText(resultWords(*outcome));
    const pipeline::GoldenTexts texts = pipeline::goldenTexts(*outcome);
    m_diff->setTexts(shown(texts.expected), shown(texts.actual));
    m_expected->setText(outcome->test && !outcome->test->expect.fires ? tr("Expected: does not fire") : tr("Expected"));
    m_actual->setText(outcome->error ? tr("Now: cannot be run")
            : outcome->fired         ? tr("Now")
                                     : tr("Now: does not fire"));
}

std::vector<int> GoldenPanel::chosenRows() const
{
    std::vector<int> rows;
    for (const QModelIndex &index : m_table->selectionModel()->selectedRows())
        rows.push_back(index.row());
    std::sort(rows.begin(), rows.end());
    return rows;
}

void GoldenPanel::choose(int row)
{
    if (row < 0 || row >= m_model->rowCount())
        return;
    m_table->selectRow(row);
    m_table->scrollTo(m_model->index(row, 0));
}

void GoldenPanel::goTo(std::size_t test)
{
    choose(static_cast<int>(test));
}

QString GoldenPanel::whyNotAdd() const
{
    const document::ProjectDocument &document = m_workbench.document();
    if (document.currentMapping() < 0)
        return tr("There is no mapping yet. Add one first.");
    const document::CurrentEvent &event = document.currentEvent();
    if (event.error)
        return tr("The event is not valid: %1").arg(QString::fromStdString(event.error->message));
    const pipeline::EvaluationPtr &evaluation = m_workbench.evaluation();
    if (!evaluation || !evaluation->selected || !evaluation->preview)
        return tr("There is no event. Choose a sample or paste one.");
    const pipeline::TriggerResult &trigger = evaluation->triggers[*evaluation->selected];
    if (trigger.error)
        return tr("The trigger fails on this event: %1").arg(QString::fromStdString(trigger.error->message));
    if (trigger.matched && !evaluation->preview->request)
        return tr("The mapping fails on this event, so there is no request to expect: %1")
            .arg(QString::fromStdString(evaluation->preview->request.error().message));
    return {};
}

void GoldenPanel::addFromPreview()
{
    document::ProjectDocument &document = m_workbench.document();
    if (m_workbench.evaluationIsOld() || document.currentEvent().parsing) {
        m_adding = true;
        return;
    }
    if (const QString why = whyNotAdd(); !why.isEmpty()) {
        m_workbench.say(why);
        return;
    }
    const pipeline::Evaluation &evaluation = *m_workbench.evaluation();
    const destination::Project &project = document.project();
    const bool fires = evaluation.triggers[*evaluation.selected].matched;
    QString name = document::describeEvent(evaluation.event);
    if (name.isEmpty())
        name = tr("Test");
    if (!fires)
        name = tr("%1: not sent").arg(name);
    destination::GoldenTest test;
    test.name = freshName(project, name).toStdString();
    test.mapping = nameOf(project, *evaluation.selected);
    test.event = evaluation.event;
    if (fires)
        test.expect
            = pipeline::expectationOf(**evaluation.preview->request, m_workbench.document().project().maskedHeaders);
    else
        test.expect.fires = false;
    document.endTyping();
    document.setTests(destination::withTest(project, test), tr("Add test"));
    m_workbench.say(tr("Added the test “%1”.").arg(QString::fromStdString(test.name)));
    Q_EMIT wantsToBeSeen();
}

void GoldenPanel::accept()
{
    document::ProjectDocument &document = m_workbench.document();
    destination::Project project = document.project();
    int accepted = 0;
    for (const int row : chosenRows()) {
        const GoldenOutcome *outcome = m_model->outcomeAt(row);
        if (!outcome || outcome->verdict != GoldenVerdict::Failed || !outcome->test
            || (outcome->fired && !outcome->request))
            continue;
        project.tests = destination::withExpectation(
            project, static_cast<std::size_t>(row), pipeline::accepted(outcome->test->expect, *outcome));
        ++accepted;
    }
    if (accepted > 0)
        document.setTests(project.tests, tr("Accept new result of %n test(s)", nullptr, accepted));
}

void GoldenPanel::rename()
{
    const QModelIndex name = m_table->currentIndex().siblingAtColumn(GoldenModel::NameColumn);
    if (name.isValid())
        m_table->edit(name);
}

void GoldenPanel::remove()
{
    document::ProjectDocument &document = m_workbench.document();
    destination::Project project = document.project();
    const std::vector<int> rows = chosenRows();
    for (auto row = rows.rbegin(); row != rows.rend(); ++row)
        project.tests = destination::withoutTest(project, static_cast<std::size_t>(*row));
    if (!rows.empty())
        document.setTests(project.tests, tr("Delete %n test(s)", nullptr, static_cast<int>(rows.size())));
}

void GoldenPanel::useEvent()
{
    const GoldenOutcome *outcome = m_model->outcomeAt(m_table->currentIndex().row());
    if (!outcome || !outcome->test)
        return;
    document::ProjectDocument &document = m_workbench.document();
    if (outcome->mappingIndex)
        document.setCurrentMapping(static_cast<int>(*outcome->mappingIndex));
    document.showEvent(QString::fromStdString(outcome->test->name), json::stringify(outcome->test->event, 2));
}

void GoldenPanel::showMenu(const QPoint &at)
{
    if (!m_table->indexAt(at).isValid())
        return;
    QMenu menu(this);
    for (QPushButton *button : { m_accept, m_useEvent, m_rename, m_remove }) {
        QAction *action = menu.addAction(button->icon(), button->text());
        action->setEnabled(button->isEnabled());
        connect(action, &QAction::triggered, button, &QAbstractButton::click);
    }
    menu.exec(m_table->viewport()->mapToGlobal(at));
}

} // namespace hookbench::golden
