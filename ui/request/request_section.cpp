#include "ui/request/request_section.h"

#include "core/base/redact.h"
#include "core/destination/address.h"
#include "core/destination/uri.h"
#include "core/json/pointer.h"
#include "ui/document/workbench.h"
#include "ui/request/batching_view.h"
#include "ui/request/headers_view.h"
#include "ui/request/setting_text.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/key_value_table.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/switch.h"
#include "ui/widgets/token_line.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

#include <fmt/format.h>

namespace hookbench::request {

ReachNote reachNote(json::Value url)
{
    if (!url.isString() || !destination::isUri(url.asString()))
        return {};
    const auto address = destination::addressOf(url.asString());
    if (!address || destination::reachOf(address->hostname) != destination::Reach::Private)
        return {};
    const QString host = QString::fromStdString(address->hostname);
    if (address->scheme == "https")
        return { RequestSection::tr("Segment can neither reach nor trust this"),
            RequestSection::tr("%1 is a private address: it can be reached from here, not by Segment. Neither Segment "
                               "nor Hookbench takes a certificate that no known authority has signed; a server on this "
                               "computer usually has such a one, so the delivery fails. Use http:// here.")
                .arg(host) };
    return { RequestSection::tr("Segment cannot reach this"),
        RequestSection::tr(
            "%1 is a private address: it can be reached from here, not by Segment. Give Segment a public "
            "address, for instance through a tunnel.")
            .arg(host) };
}

RequestSection::RequestSection(document::Workbench &workbench, QWidget *parent)
    : SectionBand(2, tr("Request"), parent)
    , m_workbench(workbench)
    , m_method(new QComboBox)
    , m_url(new widgets::TokenLine)
    , m_insert(new QToolButton)
    , m_urlNote(new widgets::StatusLabel)
    , m_becomes(new widgets::StatusLabel)
    , m_headers(new HeadersView(workbench))
    , m_batching(new BatchingView(workbench))
    , m_sides(new QBoxLayout(QBoxLayout::LeftToRight))
    , m_problem(new widgets::StatusLabel)
    , m_summary(new widgets::MutedLabel)
{
    m_method->addItems({ QStringLiteral("POST"), QStringLiteral("PUT"), QStringLiteral("PATCH") });
    m_method->setAccessibleName(tr("Method"));
    m_method->setFixedWidth(84);
    m_method->setFont(theme::font(theme::Text::Mono));
    m_url->setAccessibleName(tr("URL"));
    m_url->setPlaceholderText(tr("https://example.com/webhook"));
    m_url->setFont(theme::font(theme::Text::Mono));
    m_url->setChoices([this](const QString &typed) {
        if (std::exchange(m_variablesAreOld, false))
            m_variables = eventVariables(m_workbench.document().currentEvent().event);
        return matching(m_variables, typed);
    });
    m_insert->setIcon(theme::icon("braces"));
    m_insert->setToolTip(tr("Insert a value of the event (Ctrl+Space)"));
    m_insert->setAccessibleName(tr("Insert a value of the event into the URL"));
    m_insert->setFixedSize(theme::metric::kInput, theme::metric::kInput);
    auto *line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(m_method);
    line->addWidget(m_url, 1);
    line->addWidget(m_insert);
    line->addWidget(m_urlNote);
    m_sides->setSpacing(16);
    m_sides->addWidget(m_headers, 1);
    m_sides->addWidget(m_batching);

    auto *body = new QWidget;
    auto *layout = new QVBoxLayout(body);
    layout->setContentsMargins(theme::metric::kBodyIndent, 8, theme::metric::kPanePadding, 8);
    layout->setSpacing(8);
    layout->addLayout(line);
    layout->addWidget(m_becomes);
    layout->addWidget(m_problem);
    layout->addWidget(m_headers->note());
    layout->addLayout(m_sides);
    m_becomes->setTextFont(theme::font(theme::Text::MonoSmall));
    setBody(body);
    setFoldedSummary(m_summary);
    auto *sharing = new widgets::ElidedLabel(tr("Batches share the same URL, method and headers"));
    sharing->setMuted(true);
    addTrailing(sharing);

    document::ProjectDocument &document = workbench.document();
    connect(m_method, &QComboBox::textActivated, this, [this](const QString &text) {
        if (text != toSettingText(m_workbench.document().setting(m_index, "/method")))
            m_workbench.document().setSetting(m_index, "/method", fromSettingText(text), tr("Change method"));
    });
    connect(m_url, &QLineEdit::textEdited, this, &RequestSection::takeUrl);
    connect(m_url, &QLineEdit::editingFinished, &document, &document::ProjectDocument::endTyping);
    connect(m_insert, &QToolButton::clicked, m_url, &widgets::TokenLine::insertToken);
    connect(&document, &document::ProjectDocument::changed, this, &RequestSection::showMapping);
    connect(&document, &document::ProjectDocument::currentMappingChanged, this, &RequestSection::showMapping);
    connect(&document, &document::ProjectDocument::currentEventChanged, this, [this] { m_variablesAreOld = true; });
    connect(&document, &document::ProjectDocument::issuesChanged, this, &RequestSection::showIssues);
    connect(&workbench, &document::Workbench::evaluationChanged, this, &RequestSection::showUrlNote);
    connect(&workbench, &document::Workbench::jumpRequested, this, &RequestSection::jump);
    connect(&document, &document::ProjectDocument::editorFound, this, [this](const document::OpenEditor &editor) {
        if (editor.pointer.starts_with("/settings/headers"))
            setFolded(false);
    });
    workbench.bind("mapping.url", this, [this] {
        setFolded(false);
        m_url->setFocus(Qt::ShortcutFocusReason);
        m_url->selectAll();
    });
    showMapping();
}

void RequestSection::resizeEvent(QResizeEvent *event)
{
    constexpr int kRoomForBoth = 640;
    SectionBand::resizeEvent(event);
    m_sides->setDirection(width() < kRoomForBoth ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

QLineEdit *RequestSection::url() const
{
    return m_url;
}

widgets::KeyValueTable *RequestSection::headers() const
{
    return m_headers->table();
}

widgets::Switch *RequestSection::batching() const
{
    return m_batching->batching();
}

QSpinBox *RequestSection::batchSize() const
{
    return m_batching->batchSize();
}

// Keys without an URL stay without one: an emptied field leaves "", as in Segment's own form.
void RequestSection::takeUrl(const QString &text)
{
    m_workbench.document().setSetting(m_index, "/url", fromSettingText(text), tr("Change URL"), document::Edit::Typing);
    showUrlNote();
}

void RequestSection::showMethod(const QString &method)
{
    constexpr int kKnown = 3;
    while (m_method->count() > kKnown)
        m_method->removeItem(kKnown);
    int at = m_method->findText(method);
    if (at < 0) {
        m_method->addItem(method); // from the event, or what Segment does not take: shown as it is
        at = kKnown;
    }
    m_method->setCurrentIndex(at);
}

void RequestSection::showMapping()
{
    const document::ProjectDocument &document = m_workbench.document();
    m_index = document.currentMapping();
    if (m_index < 0)
        return;
    const QString method = toSettingText(document.setting(m_index, "/method"));
    showMethod(method);
    const json::Value value = document.setting(m_index, "/url");
    const QString url = toSettingText(value);
    // What is being typed stays as it is typed while it means the same.
    if (m_url->text() != url && !json::identical(fromSettingText(m_url->text()), value))
        m_url->setText(url);
    if (!m_url->hasFocus())
        m_url->setCursorPosition(0); // of a long one the host is what tells it apart
    m_summary->setText(QStringLiteral("%1 %2").arg(method, QString::fromStdString(redactUrl(url.toStdString()))));
    m_headers->showMapping(m_index);
    m_batching->showMapping(m_index);
    showUrlNote();
    showIssues();
}

void RequestSection::showUrlNote()
{
    if (m_index < 0)
        return;
    const json::Value url = m_workbench.document().setting(m_index, "/url");
    const ReachNote note = reachNote(url);
    m_urlNote->setVisible(!note.words.isEmpty());
    m_urlNote->setStatus("warn", note.words, widgets::Tone::Warning);
    m_urlNote->setToolTip(note.explanation);
    m_urlNote->setAccessibleDescription(note.explanation);
    // A URL that is made for each event: what it is for this one.
    const pipeline::EvaluationPtr &evaluation = m_workbench.evaluation();
    QString becomes;
    if (url.isContainer() && evaluation && evaluation->preview
        && evaluation->selected == static_cast<std::size_t>(m_index) && evaluation->preview->resolved)
        if (const json::Value made = evaluation->preview->resolved->root().find("url"); made.isString())
            becomes = QString::fromStdString(redactUrl(made.asString()));
    m_becomes->setVisible(!becomes.isEmpty());
    m_becomes->setStatus("arrow-right", becomes);
    m_becomes->setToolTip(becomes.isEmpty() ? QString() : tr("What the URL is for the current event: %1").arg(becomes));
}

void RequestSection::showIssues()
{
    if (m_index < 0)
        return;
    const std::string base = fmt::format("/mappings/{}/settings", m_index);
    const Issue *worst = nullptr;
    QString url;
    QString method;
    for (const Issue &issue : m_workbench.document().issues()) {
        if (issue.severity != Severity::Error)
            continue;
        if (issue.path == base + "/url")
            url = QString::fromStdString(issue.message);
        if (issue.path == base + "/method")
            method = QString::fromStdString(issue.message);
        const bool here = issue.path == base
            || (issue.path.starts_with(base + "/") && !issue.path.starts_with(base + "/data")
                && !issue.path.starts_with(base + "/headers/")); // each header tells its own
        if (here && !worst)
            worst = &issue;
    }
    theme::setInvalid(m_url, url);
    theme::setInvalid(m_method, method);
    m_problem->setVisible(worst != nullptr);
    if (worst)
        m_problem->setStatus("fail", QString::fromStdString(worst->message), widgets::Tone::Error);
    m_batching->showIssues();
}

void RequestSection::jump(const std::string &pointer)
{
    const std::vector<std::string> keys = json::pointerKeys(pointer);
    constexpr std::size_t kField = 3; // /mappings/N/settings/field
    if (keys.size() <= kField || keys[0] != "mappings" || keys[1] != std::to_string(m_index) || keys[2] != "settings")
        return;
    const std::string &field = keys[kField];
    const bool batches = field == "batch_size" || field == "batch_keys" || field == "enable_batching";
    if (field != "url" && field != "method" && field != "headers" && !batches)
        return;
    setFolded(false);
    if (batches)
        m_batching->jumpTo(field);
    else if (field == "headers")
        m_headers->jumpTo(keys.size() > kField + 1 ? keys[kField + 1] : std::string());
    else
        (field == "url" ? static_cast<QWidget *>(m_url) : m_method)->setFocus(Qt::ShortcutFocusReason);
}

} // namespace hookbench::request
