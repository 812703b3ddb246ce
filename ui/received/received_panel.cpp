#include "ui/received/received_panel.h"

#include "core/base/display.h"
#include "core/base/redact.h"
#include "core/base/utf8.h"
#include "core/json/parse.h"
#include "core/json/stringify.h"
#include "core/storage/settings.h"
#include "ui/document/workbench.h"
#include "ui/received/received_model.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/code_editor.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/row_delegate.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <array>

namespace hookbench::received {

namespace {

constexpr std::array<int, ReceivedModel::ColumnCount> kWidths{ 106, 160, 62, 120, 60, 82, 108 };
constexpr std::chrono::milliseconds kShowEvery{ 100 };
constexpr std::size_t kLongestShown = 1'000'000;

QString requestText(const receiver::ReceivedRequest &request, const HeaderNames &masked)
{
    std::string text = escapeForDisplay(request.method) + " " + escapeForDisplay(request.target) + " HTTP/1.1\n";
    for (const Header &header : redactHeaders(request.headers, masked)) {
        std::string value = header.value;
        if (!isSecretHeader(header.name, masked)) {
            value.clear();
            for (const char c : header.value)
                appendCodePoint(value, static_cast<unsigned char>(c));
            value = escapeForDisplay(value);
        }
        text += escapeForDisplay(header.name) + ": " + value + "\n";
    }
    text += '\n';
    std::string_view body = request.body;
    const bool cut = body.size() > kLongestShown;
    body = body.substr(0, kLongestShown);
    for (std::size_t at = 0; at < body.size();) {
        const std::size_t end = std::min(body.find('\n', at), body.size());
        text += escapeForDisplay(body.substr(at, end - at));
        if (end < body.size())
            text += '\n';
        at = end + 1;
    }
    QString shown = QString::fromStdString(text);
    if (cut)
        shown += ReceivedPanel::tr("\n\n[Showing the first 1 MB of %1 bytes]")
                     .arg(QLocale().toString(static_cast<qulonglong>(request.body.size())));
    return shown;
}

} // namespace

ReceivedPanel::ReceivedPanel(document::Workbench &workbench, QWidget *parent)
    : Panel(parent)
    , m_workbench(workbench)
    , m_model(new ReceivedModel(this))
    , m_table(new QTableView)
    , m_pages(new QStackedWidget)
    , m_empty(new widgets::EmptyState("inbox", tr("Nothing received yet"), {}))
    , m_state(new widgets::StatusLabel)
    , m_url(new QLabel)
    , m_copyUrl(new QToolButton)
    , m_toggle(new QToolButton)
    , m_use(new QToolButton)
    , m_verdict(new widgets::Banner)
    , m_signature(new QLabel)
    , m_text(new widgets::CodeEditor)
{
    m_model->setLimit(workbench.settings().get(storage::settings::receivedLimit));
    m_table->setModel(m_model);
    widgets::dressTable(m_table, { ReceivedModel::PathColumn }, { ReceivedModel::TimeColumn });
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setAccessibleName(tr("Received requests"));
    for (int column = 0; column < ReceivedModel::ColumnCount; ++column)
        m_table->setColumnWidth(column, kWidths[static_cast<std::size_t>(column)]);
    m_table->horizontalHeader()->setSectionResizeMode(ReceivedModel::PathColumn, QHeaderView::Stretch);

    auto *split = new QSplitter(Qt::Horizontal);
    split->setChildrenCollapsible(false);
    split->addWidget(m_table);
    split->addWidget(makeDetails());
    split->setSizes({ 760, 680 });
    m_pages->addWidget(split);
    m_pages->addWidget(m_empty);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeBar());
    layout->addWidget(m_pages, 1);

    connect(
        m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &current) {
            if (!m_selecting && current.isValid())
                m_following = current.row() == 0;
            showChosen();
        });
    // The first at once; of thousands a second nobody sees each.
    m_showArrived.setSingleShot(true);
    connect(&m_showArrived, &QTimer::timeout, this, &ReceivedPanel::showArrived);
    connect(&workbench.session(), &pipeline::Session::received, this, [this](const receiver::ReceivedRequest &request) {
        m_arrived.push_back(request);
        if (!m_showArrived.isActive())
            showArrived();
    });
    connect(&workbench, &document::Workbench::receiverChanged, this, &ReceivedPanel::showReceiver);
    connect(&workbench, &document::Workbench::settingsChanged, this,
        [this] { m_model->setLimit(m_workbench.settings().get(storage::settings::receivedLimit)); });
    connect(&workbench.document(), &document::ProjectDocument::maskedHeadersChanged, this, &ReceivedPanel::showChosen);
    m_pages->setCurrentIndex(1);
    showReceiver();
}

QWidget *ReceivedPanel::makeBar()
{
    auto *bar = new QWidget;
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(theme::metric::kPanePadding, 4, theme::metric::kPanePadding, 4);
    row->setSpacing(8);
    m_url->setFont(theme::font(theme::Text::Mono));
    m_url->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_url->setAccessibleName(tr("Address of the receiver"));
    m_copyUrl->setDefaultAction(m_workbench.action("receiver.copyUrl"));
    m_copyUrl->setToolButtonStyle(Qt::ToolButtonIconOnly);
    m_copyUrl->setAutoRaise(true);
    m_toggle->setDefaultAction(m_workbench.action("receiver.toggle"));
    m_toggle->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    theme::setRole(m_toggle, theme::Role::Small);
    row->addWidget(m_state);
    row->addWidget(m_url);
    row->addWidget(m_copyUrl);
    row->addWidget(m_toggle);
    row->addStretch();
    return bar;
}

QWidget *ReceivedPanel::makeDetails()
{
    auto *details = new QWidget;
    m_signature->setTextFormat(Qt::PlainText); // of whoever sent it
    m_signature->setFont(theme::font(theme::Text::Mono));
    m_signature->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_signature->setAccessibleName(tr("X-Signature"));
    m_use->setText(tr("Use as event"));
    m_use->setIcon(theme::icon("event"));
    m_use->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    theme::setRole(m_use, theme::Role::Small);
    connect(m_use, &QToolButton::clicked, this, &ReceivedPanel::useAsEvent);
    m_text->setReadOnly(true);
    m_text->setGutter(widgets::CodeEditor::Gutter::None);
    m_text->setLexer(widgets::httpLexer());
    m_text->setLineWrapped(true);
    m_text->setCurrentLineTinted(false);
    m_text->setAccessibleName(tr("The request as it was received"));
    auto *row = new QHBoxLayout;
    row->setContentsMargins(theme::metric::kPanePadding, 4, theme::metric::kPanePadding, 4);
    row->setSpacing(10);
    row->addWidget(new widgets::MutedLabel(QStringLiteral("X-Signature")));
    row->addWidget(m_signature, 1);
    row->addWidget(m_use);
    auto *layout = new QVBoxLayout(details);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_verdict);
    layout->addLayout(row);
    layout->addWidget(m_text, 1);
    return details;
}

void ReceivedPanel::showArrived()
{
    if (m_arrived.empty())
        return;
    m_showArrived.start(kShowEvery);
    m_selecting = true;
    m_model->add(std::exchange(m_arrived, {}));
    setCount(QLocale().toString(m_model->rowCount()));
    m_pages->setCurrentIndex(0);
    if (m_following) {
        m_table->setCurrentIndex(m_model->index(0, 0));
        m_table->scrollToTop();
    }
    m_selecting = false;
}

void ReceivedPanel::showEvent(QShowEvent *event)
{
    Panel::showEvent(event);
    showChosen();
}

QWidget *ReceivedPanel::firstFocus()
{
    return m_pages->currentIndex() == 0 ? static_cast<QWidget *>(m_table) : m_toggle;
}

void ReceivedPanel::showReceiver()
{
    const QString url = m_workbench.session().receiverUrl();
    const QString problem = m_workbench.receiverProblem();
    const bool running = !url.isEmpty();
    m_state->setStatus(running  ? "dot"
            : problem.isEmpty() ? "ring"
                                : "fail",
        running                 ? tr("Running")
            : problem.isEmpty() ? tr("Stopped")
                                : problem,
        problem.isEmpty() ? widgets::Tone::Neutral : widgets::Tone::Error,
        running ? theme::Tint::Success : theme::Tint::Auto);
    m_url->setText(url);
    m_url->setVisible(running);
    m_copyUrl->setVisible(running);
    m_empty->setText(running
            ? tr("Send a webhook to %1 and see here whether its signature is valid.").arg(url)
            : tr("Start the receiver, then send a webhook to it: it says whether the signature is valid."));
}

void ReceivedPanel::showChosen()
{
    const int row = m_table->currentIndex().row();
    if (row < 0 || row >= m_model->rowCount() || !isVisible())
        return;
    const receiver::ReceivedRequest &request = m_model->at(row);
    const int events = m_model->eventsAt(row);
    switch (request.verdict) {
    case signing::Verdict::ValidWholeBody:
        m_verdict->setTone(widgets::Tone::Success);
        m_verdict->setText(tr("Valid, whole body"), tr("The signature covers all %1 bytes.").arg(request.body.size()));
        break;
    case signing::Verdict::ValidFirstEvent:
        m_verdict->setTone(widgets::Tone::Success);
        m_verdict->setText(tr("Valid, first of %1").arg(events),
            events > 1 ? tr("Events behind the first are not protected.")
                       : tr("The signature covers the one event of this batch."));
        break;
    case signing::Verdict::Invalid:
        m_verdict->setTone(widgets::Tone::Error);
        m_verdict->setText(tr("Invalid"), tr("The signature belongs to other bytes, or to another secret."));
        break;
    case signing::Verdict::Unsigned:
        m_verdict->setTone(widgets::Tone::Neutral);
        m_verdict->setText(tr("Unsigned"), tr("It came without X-Signature."));
        break;
    case signing::Verdict::NoSecret:
        m_verdict->setTone(widgets::Tone::Neutral);
        m_verdict->setText(tr("Not checked"), tr("The destination has no shared secret."));
        break;
    }
    m_verdict->setIconName(verdictIcon(request.verdict));
    const Header *signature = findHeader(request.headers, "x-signature");
    m_signature->setText(signature ? QString::fromStdString(escapeForDisplay(signature->value)) : tr("none"));
    m_use->setEnabled(request.body.starts_with('{'));
    m_use->setToolTip(
        m_use->isEnabled() ? tr("Take this body for the current event") : tr("Only a JSON object can be an event"));
    m_text->replaceText(requestText(request, m_workbench.document().project().maskedHeaders));
}

void ReceivedPanel::useAsEvent()
{
    const int row = m_table->currentIndex().row();
    if (row < 0)
        return;
    const auto value = json::parse(m_model->at(row).body);
    if (!value || !value->root().isObject()) {
        m_workbench.say(tr("This body is no JSON object."));
        return;
    }
    m_workbench.document().showEvent(tr("Received event"), json::stringify(*value, 2));
}

} // namespace hookbench::received
