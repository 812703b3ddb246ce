#include "ui/impact/impact_panel.h"

#include "core/base/redact.h"
#include "core/json/parse.h"
#include "core/json/stringify.h"
#include "ui/document/workbench.h"
#include "ui/impact/impact_model.h"
#include "ui/impact/impact_strip.h"
#include "ui/impact/recent_events.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/diff_view.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/row_delegate.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

namespace hookbench::impact {

namespace {

using pipeline::Impact;

constexpr std::array<int, 4> kHowMany{ 20, 200, 1000, 5000 };
constexpr int kDelayMs = 150;
constexpr int kSlowMs = 300;
constexpr std::size_t kLongestShown = 1'000'000;
constexpr int kSignatureShown = 8;

QString bodyText(const delivery::RequestPtr &request)
{
    if (!request)
        return {};
    const std::string_view body = std::string_view(request->body).substr(0, kLongestShown);
    const Result<json::Document> parsed = json::parse(body);
    // A cut or mapped text is no JSON; it is shown as it is.
    return QString::fromStdString(parsed ? json::stringify(*parsed, 2) : std::string(body));
}

/// Start line and headers in front of the body, when they are what changed.
QString requestText(const delivery::RequestPtr &request, bool withHead, const HeaderNames &masked)
{
    QString text;
    if (request && withHead) {
        text = QString::fromStdString(request->method + " " + redactUrl(request->url)) + u'\n';
        for (const Header &header : request->headers) {
            if (header.name == "x-signature" || header.name == "Content-Length")
                continue;
            const bool hidden = isSecretHeader(header.name, masked);
            text += QString::fromLatin1(header.name.data()) + QStringLiteral(": ")
                + (hidden ? QString::fromStdString(redactHeaderValue(header.value))
                          : QString::fromLatin1(header.value.data(), static_cast<qsizetype>(header.value.size())))
                + u'\n';
        }
        text += u'\n';
    }
    return text + bodyText(request);
}

bool changesHead(const pipeline::EventImpact &impact)
{
    return std::any_of(impact.places.begin(), impact.places.end(), [](const pipeline::ImpactPlace &place) {
        return place.words == "URL" || place.words == "method" || place.words.starts_with("header ");
    });
}

QLabel *mono(const QString &name)
{
    auto *label = new QLabel;
    label->setFont(theme::font(theme::Text::MonoSmall));
    label->setAccessibleName(name);
    return label;
}

} // namespace

ImpactPanel::ImpactPanel(document::Workbench &workbench, QWidget *parent)
    : Panel(parent)
    , m_workbench(workbench)
    , m_model(new ImpactModel(this))
    , m_pages(new QStackedWidget)
    , m_empty(new widgets::EmptyState("diff", {}, {}))
    , m_events(new RecentEvents(workbench, this))
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *page = new QWidget;
    auto *parts = new QVBoxLayout(page);
    parts->setContentsMargins(0, 0, 0, 0);
    parts->setSpacing(0);
    parts->addWidget(makeTimeline());
    parts->addWidget(makeBody(), 1);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(page);
    layout->addWidget(makeHead());
    m_draft = new widgets::Banner(widgets::Tone::Warning);
    m_draft->hide();
    layout->addWidget(m_draft);
    layout->addWidget(m_pages, 1);

    m_delay.setSingleShot(true);
    m_delay.setInterval(kDelayMs);
    connect(&m_delay, &QTimer::timeout, this, &ImpactPanel::refresh);
    m_slow.setSingleShot(true);
    m_slow.setInterval(kSlowMs);
    connect(&m_slow, &QTimer::timeout, m_stop, &QWidget::show);
    connect(m_events, &RecentEvents::ready, this, &ImpactPanel::ask);
    connect(m_events, &RecentEvents::failed, this,
        [this](const Error &error) { say(tr("The journal cannot be read"), QString::fromStdString(error.message)); });

    document::ProjectDocument &document = workbench.document();
    connect(&document, &document::ProjectDocument::changed, this, &ImpactPanel::refreshSoon);
    connect(&document, &document::ProjectDocument::modifiedChanged, this, &ImpactPanel::refreshSoon);
    connect(&document, &document::ProjectDocument::currentMappingChanged, this, &ImpactPanel::refreshSoon);
    connect(&document, &document::ProjectDocument::eventsChanged, this, &ImpactPanel::refreshSoon);
    connect(&workbench, &document::Workbench::settingsChanged, this, &ImpactPanel::refreshSoon);
    connect(&workbench.session(), &pipeline::Session::replayed, this, &ImpactPanel::take);
    // Rows come all the time while a run goes on: it is replayed when that is over.
    const auto journalGrew = [this] {
        if (m_from->currentData() == RecentEvents::Journal && !m_workbench.session().isRunning())
            refreshSoon();
    };
    connect(&workbench.session(), &pipeline::Session::journalChanged, this, journalGrew);
    connect(&workbench.session(), &pipeline::Session::runFinished, this, journalGrew);
    const auto bindKey = [this](const QKeySequence &key, bool forward) {
        auto *shortcut = new QShortcut(key, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, [this, forward] { goToNext(forward); });
    };
    bindKey(Qt::Key_F8, true);
    bindKey(Qt::SHIFT | Qt::Key_F8, false);
    refresh();
}

ImpactPanel::~ImpactPanel()
{
    m_workbench.session().cancelReplay();
}

QWidget *ImpactPanel::makeHead()
{
    auto *head = new QWidget;
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(theme::metric::kPanePadding, 8, theme::metric::kPanePadding, 4);
    row->setSpacing(8);
    auto *title = new widgets::ElidedLabel(tr("What would this change do?"));
    title->setFont(theme::font(theme::Text::Strong));
    row->addWidget(title);
    row->addWidget(new widgets::MutedLabel(tr("Replayed the last")));
    m_howMany = new QComboBox;
    m_howMany->setAccessibleName(tr("How many events are replayed"));
    for (const int count : kHowMany)
        m_howMany->addItem(locale().toString(count), count);
    m_howMany->setCurrentIndex(1);
    row->addWidget(m_howMany);
    m_from = new QComboBox;
    m_from->setAccessibleName(tr("Which events are replayed"));
    m_from->addItem(tr("loaded events"), RecentEvents::Loaded);
    m_from->addItem(tr("journalled events"), RecentEvents::Journal);
    m_from->setItemData(0, tr("Those in the event list"), Qt::ToolTipRole);
    m_from->setItemData(
        1, tr("Those that were sent by any mapping; what no mapping matched is not in the journal"), Qt::ToolTipRole);
    row->addWidget(m_from);
    for (const QComboBox *box : { m_howMany, m_from })
        connect(box, &QComboBox::currentIndexChanged, this, &ImpactPanel::refreshSoon);
    const auto chip = [&](const char *icon, const QString &toolTip) {
        auto *made = new widgets::Chip;
        made->setIconName(icon);
        made->setLarge(true);
        made->setCheckable(true);
        made->setToolTip(toolTip);
        connect(made, &QAbstractButton::toggled, this, [this] {
            std::set<Impact> kinds;
            for (const auto &[chosen, kind] : { std::pair(m_changed, Impact::Changed),
                     std::pair(m_gone, Impact::NoLongerSent), std::pair(m_new, Impact::NewlySent) })
                if (chosen->isChecked())
                    kinds.insert(kind);
            m_model->setShown(std::move(kinds));
            chooseFirst();
        });
        row->addWidget(made);
        return made;
    };
    m_changed = chip("diff", tr("Show only those that change"));
    m_gone = chip("minus", tr("Show only those that are no longer sent"));
    m_new = chip("plus", tr("Show only those that are newly sent"));
    m_unchanged = new widgets::MutedLabel;
    row->addWidget(m_unchanged);
    row->addStretch(1);
    m_stop = new QPushButton(theme::icon("stop"), tr("S&top"));
    m_stop->setToolTip(tr("Leave the replay; the next edit begins it again"));
    m_stop->hide();
    connect(m_stop, &QPushButton::clicked, this, &ImpactPanel::cancel);
    row->addWidget(m_stop);
    m_revert = new QPushButton(theme::icon("undo"), tr("Revert"));
    m_revert->setToolTip(tr("Put this mapping back to what was saved; it can be undone"));
    connect(m_revert, &QPushButton::clicked, this, &ImpactPanel::revert);
    row->addWidget(m_revert);
    m_keep = new QPushButton(theme::icon("save", theme::Tint::OnAccent), tr("Keep changes"));
    theme::setRole(m_keep, theme::Role::Primary);
    QAction *save = m_workbench.action("file.save");
    m_keep->setToolTip(tr("Save the destination (%1)").arg(save->shortcut().toString(QKeySequence::NativeText)));
    connect(m_keep, &QPushButton::clicked, save, &QAction::trigger);
    row->addWidget(m_keep);
    return head;
}

QWidget *ImpactPanel::makeTimeline()
{
    auto *line = new QWidget;
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(theme::metric::kPanePadding, 0, theme::metric::kPanePadding, 6);
    row->setSpacing(10);
    m_oldest = mono(tr("Time of the first event"));
    m_newest = mono(tr("Time of the last event"));
    m_strip = new ImpactStrip;
    connect(m_strip, &ImpactStrip::chosen, this, &ImpactPanel::choose);
    row->addWidget(m_oldest);
    row->addWidget(m_strip, 1);
    row->addWidget(m_newest);
    auto *next = new widgets::MutedLabel(tr("next change"));
    row->addWidget(next);
    row->addWidget(new widgets::KeyCap(QStringLiteral("F8")));
    return line;
}

QWidget *ImpactPanel::makeBody()
{
    m_tree = new QTreeView;
    m_tree->setModel(m_model);
    m_tree->setAccessibleName(tr("Events that this change affects"));
    m_tree->setItemDelegate(new widgets::RowDelegate({}, {}, m_tree));
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setUniformRowHeights(true);
    m_tree->setRootIsDecorated(true);
    m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_tree->setAllColumnsShowFocus(true);
    QHeaderView *header = m_tree->header();
    header->setFixedHeight(theme::metric::kTableHeader);
    header->setStretchLastSection(false);
    header->setSectionResizeMode(ImpactModel::EventColumn, QHeaderView::Stretch);
    header->resizeSection(ImpactModel::TimeColumn, 156);
    header->resizeSection(ImpactModel::ChangeColumn, 150);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, &ImpactPanel::showChosen);
    connect(m_model, &QAbstractItemModel::modelReset, m_tree, [this] {
        m_tree->expandAll();
        for (int row = 0; row < m_model->rowCount(); ++row) // its title takes the row, its count stands behind it
            m_tree->setFirstColumnSpanned(row, {}, false);
    });

    auto *right = new QWidget;
    auto *column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *titleRow = new QWidget;
    titleRow->setLayoutDirection(Qt::LeftToRight); // as the diff
    auto *titles = new QHBoxLayout(titleRow);
    titles->setContentsMargins(0, 0, 0, 0);
    titles->setSpacing(0);
    m_before = mono(tr("The request as it was"));
    m_after = mono(tr("The request as it would be"));
    for (QLabel *label : { m_before, m_after }) {
        label->setTextFormat(Qt::RichText);
        label->setContentsMargins(10, 0, 10, 0);
        label->setFixedHeight(theme::metric::kTableHeader);
        label->setMinimumWidth(10);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        titles->addWidget(label, 1);
    }
    column->addWidget(titleRow);
    m_diff = new widgets::DiffView;
    m_diff->setLexer(widgets::httpLexer());
    m_diff->setTitles(tr("Before"), tr("After"));
    column->addWidget(m_diff, 1);

    auto *splitter = new QSplitter;
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(1);
    splitter->addWidget(m_tree);
    splitter->addWidget(right);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 7);
    m_tree->setMinimumWidth(280);
    return splitter;
}

QWidget *ImpactPanel::firstFocus()
{
    return m_pages->currentIndex() == 1 ? static_cast<QWidget *>(m_tree) : this;
}

void ImpactPanel::showEvent(QShowEvent *event)
{
    Panel::showEvent(event);
    refresh();
}

void ImpactPanel::hideEvent(QHideEvent *event)
{
    Panel::hideEvent(event);
    endWaiting();
    m_events->stop();
    m_workbench.session().cancelReplay();
}

void ImpactPanel::changeEvent(QEvent *event)
{
    Panel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_diff)
        showChosen(); // the colours of the titles
}

void ImpactPanel::refreshSoon()
{
    if (isVisible())
        return m_delay.start();
    // Nothing is replayed unseen; the number of a change that is not there any more goes all the same.
    const int current = m_workbench.document().currentMapping();
    if (current < 0 || !m_workbench.document().isMappingEdited(current))
        setCount({});
}

void ImpactPanel::say(const QString &title, const QString &text)
{
    endWaiting();
    m_events->stop();
    m_workbench.session().cancelReplay();
    m_model->setReplay(nullptr);
    m_empty->setTitle(title);
    m_empty->setText(text);
    m_pages->setCurrentIndex(0);
    for (QWidget *part : { static_cast<QWidget *>(m_changed), static_cast<QWidget *>(m_gone),
             static_cast<QWidget *>(m_new), static_cast<QWidget *>(m_unchanged) })
        part->hide();
    setCount({});
}

void ImpactPanel::waitFor()
{
    if (!m_slow.isActive() && m_stop->isHidden())
        m_slow.start();
}

void ImpactPanel::endWaiting()
{
    m_slow.stop();
    m_stop->hide();
}

void ImpactPanel::cancel()
{
    endWaiting();
    m_events->stop();
    m_workbench.session().cancelReplay();
    if (!m_model->replay())
        say(tr("The replay was stopped"), tr("The next edit begins it again."));
    m_workbench.say(tr("Replay stopped: what is shown is of before the last edit."));
}

/// Half of a trigger is no trigger: what is replayed is the one in force.
void ImpactPanel::showDraft()
{
    const document::ProjectDocument &document = m_workbench.document();
    const int current = document.currentMapping();
    const document::TriggerDraftPtr draft = current < 0 ? nullptr : document.triggerDraft(current);
    m_draft->setVisible(draft != nullptr);
    if (draft)
        m_draft->setText(tr("The trigger is not finished: this goes by the one in force"),
            QString::fromStdString(draft->why.message));
}

void ImpactPanel::refresh()
{
    const document::ProjectDocument &document = m_workbench.document();
    const int current = document.currentMapping();
    const bool edited = current >= 0 && document.isMappingEdited(current);
    m_from->setEnabled(m_workbench.session().journal() || m_from->currentIndex() > 0);
    m_revert->setEnabled(edited && document.savedMapping(current).has_value());
    m_keep->setEnabled(document.isModified());
    showDraft();
    if (!edited) {
        say(tr("Nothing is changed in this mapping"),
            tr("Edit its trigger, request or data: here you see what that would do to the events you have loaded or "
               "sent, before you save."));
        return;
    }
    const auto from = static_cast<RecentEvents::From>(m_from->currentData().toInt());
    if (from == RecentEvents::Loaded && document.events().size() == 0) {
        say(tr("No events to replay"),
            tr("Load events from a file, save the current one in the project, or choose the journalled events."));
        return;
    }
    waitFor();
    m_events->read(from, m_howMany->currentData().toInt());
}

void ImpactPanel::ask()
{
    const document::ProjectDocument &document = m_workbench.document();
    const int current = document.currentMapping();
    if (current < 0)
        return;
    if (m_events->texts().empty()) {
        say(tr("No events to replay"), tr("The journal holds none yet. Send some, or choose the loaded events."));
        return;
    }
    pipeline::ReplayQuestion question;
    question.before = document.savedProject();
    if (const std::optional<int> saved = document.savedMapping(current))
        question.mappingBefore = static_cast<std::size_t>(*saved);
    question.after = document.project();
    question.mappingAfter = static_cast<std::size_t>(current);
    question.options = m_workbench.planOptions();
    question.options.testEvents = true; // one event, one request: that is what is compared
    question.events = m_events->texts();
    m_asked = m_workbench.session().replay(std::move(question));
}

void ImpactPanel::take(const pipeline::ReplayPtr &replay)
{
    if (replay->serial != m_asked || !isVisible())
        return;
    endWaiting();
    const pipeline::EventImpact *chosen = m_model->impactAt(m_tree->currentIndex());
    const int event = chosen ? static_cast<int>(chosen->event) : -1;
    m_model->setReplay(replay, m_events->firstIndex());
    m_strip->setReplay(replay);
    m_pages->setCurrentIndex(1);
    showCounts();
    // An event need not have a time.
    const auto end = [](json::Value one, const QString &word) {
        const QString time = timeWords(one);
        return time.isEmpty() ? word : QString(time + u", " + word);
    };
    m_oldest->setText(replay->events.empty() ? QString() : end(replay->events.front(), tr("first")));
    m_newest->setText(replay->events.empty() ? QString() : end(replay->events.back(), tr("last")));
    for (std::size_t i = 0; event >= 0 && i < replay->impacts.size(); ++i)
        if (replay->impacts[i].event == static_cast<std::size_t>(event) && m_model->indexOf(i).isValid()) {
            choose(static_cast<int>(i));
            return;
        }
    chooseFirst();
}

void ImpactPanel::showCounts()
{
    Counts counts = countsOf(*m_model->replay());
    m_changed->setText(tr("%n changed", nullptr, countOf(counts, Impact::Changed)));
    m_gone->setText(tr("%n no longer sent", nullptr, countOf(counts, Impact::NoLongerSent)));
    m_new->setText(tr("%n newly sent", nullptr, countOf(counts, Impact::NewlySent)));
    const int same = countOf(counts, Impact::Unchanged);
    const int never = countOf(counts, Impact::NotSent);
    QString rest = tr("%n unchanged", nullptr, same + never);
    QString explained = tr("%1 are sent as before, %2 are not sent before and after.").arg(same).arg(never);
    if (m_model->replay()->unreadable > 0) {
        const int unreadable = static_cast<int>(m_model->replay()->unreadable);
        rest += QStringLiteral(", ") + tr("%n unreadable", nullptr, unreadable);
        explained += u' ' + tr("%n of the texts are no JSON objects and left out.", nullptr, unreadable);
    }
    for (QWidget *part : { static_cast<QWidget *>(m_changed), static_cast<QWidget *>(m_gone),
             static_cast<QWidget *>(m_new), static_cast<QWidget *>(m_unchanged) })
        part->show();
    m_unchanged->setText(rest);
    m_unchanged->setToolTip(explained);
    setCount(QString::number(affected(counts)));
    m_workbench.say(tr("%1 of %2 events affected; the replay took %3 ms")
                        .arg(affected(counts))
                        .arg(m_model->replay()->impacts.size())
                        .arg(static_cast<double>(m_model->replay()->took.count()) / 1000, 0, 'f', 1));
}

void ImpactPanel::choose(int impact)
{
    const QModelIndex index = m_model->indexOf(static_cast<std::size_t>(impact));
    if (!index.isValid())
        return;
    m_tree->setCurrentIndex(index);
    m_tree->scrollTo(index);
}

void ImpactPanel::chooseFirst()
{
    const QModelIndex first = m_model->index(0, 0, m_model->index(0, 0));
    if (first.isValid())
        m_tree->setCurrentIndex(first);
    showChosen();
}

void ImpactPanel::goToNext(bool forward)
{
    if (m_diff->goToChange(forward))
        return;
    QModelIndex index = m_tree->currentIndex();
    do
        index = forward ? m_tree->indexBelow(index) : m_tree->indexAbove(index);
    while (index.isValid() && !m_model->impactAt(index));
    if (index.isValid())
        m_tree->setCurrentIndex(index);
}

void ImpactPanel::showChosen()
{
    const pipeline::EventImpact *impact = m_model->impactAt(m_tree->currentIndex());
    const auto title = [](const QString &word, const pipeline::ImpactSide &side) {
        const QString strong
            = QStringLiteral("<b>%1</b>&nbsp; <span style='color:%2'>").arg(word, theme::tokens().muted.name());
        if (!side.request)
            return QString(
                strong + (side.error ? QString::fromStdString(side.error->message).toHtmlEscaped() : tr("not sent")));
        const QString signature = QString::fromStdString(side.request->signature);
        return QString(strong + tr("%n B", nullptr, static_cast<int>(side.request->body.size()))
            + (signature.isEmpty() ? QString()
                                   : QStringLiteral(" &nbsp; X-Signature ") + signature.left(kSignatureShown)
                        + QStringLiteral("…") + signature.right(kSignatureShown)));
    };
    if (!impact) {
        m_before->clear();
        m_after->clear();
        m_diff->setTexts({}, {});
        m_strip->setCurrent(-1);
        return;
    }
    m_before->setText(title(tr("Before"), impact->before));
    m_after->setText(title(tr("After"), impact->after));
    const auto signatureOf = [](const pipeline::ImpactSide &side) {
        return side.request ? QString::fromStdString(side.request->signature) : QString();
    };
    m_before->setToolTip(signatureOf(impact->before));
    m_after->setToolTip(signatureOf(impact->after));
    const bool withHead = changesHead(*impact);
    m_diff->setLexer(withHead ? widgets::httpLexer() : widgets::jsonLexer());
    const HeaderNames &masked = m_workbench.document().project().maskedHeaders;
    m_diff->setTexts(
        requestText(impact->before.request, withHead, masked), requestText(impact->after.request, withHead, masked));
    m_strip->setCurrent(static_cast<int>(impact - m_model->replay()->impacts.data()));
}

void ImpactPanel::revert()
{
    document::ProjectDocument &document = m_workbench.document();
    const int current = document.currentMapping();
    const std::optional<int> saved = current < 0 ? std::nullopt : document.savedMapping(current);
    if (saved)
        document.replaceMapping(current, document.savedProject().mappings[static_cast<std::size_t>(*saved)],
            tr("Revert to the saved mapping"));
}

} // namespace hookbench::impact
