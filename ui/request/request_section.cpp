#include "ui/request/request_section.h"

#include "core/base/redact.h"
#include "core/destination/address.h"
#include "core/destination/limits.h"
#include "core/destination/uri.h"
#include "core/json/parse.h"
#include "core/json/stringify.h"
#include "core/json/text.h"
#include "ui/document/workbench.h"
#include "ui/request/setting_text.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/key_value_table.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/switch.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace hookbench::request {

namespace {

constexpr std::array<const char *, 3> kBatchKeys{ "url", "method", "headers" };

} // namespace

RequestSection::RequestSection(document::Workbench &workbench, QWidget *parent)
    : SectionBand(2, tr("Request"), parent)
    , m_workbench(workbench)
    , m_method(new QComboBox)
    , m_url(new QLineEdit)
    , m_urlNote(new widgets::StatusLabel)
    , m_headers(new widgets::KeyValueTable)
    , m_headersDirective(new QLineEdit)
    , m_batching(new widgets::Switch)
    , m_batchSize(new QSpinBox)
    , m_batchWords(new QWidget)
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
    auto *line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(m_method);
    line->addWidget(m_url, 1);
    line->addWidget(m_urlNote);

    m_headers->rows()->setTitles(tr("Header"), tr("Value"));
    m_headers->rows()->setAddable(true, tr("Add header"));
    m_headers->setAccessibleName(tr("Headers"));
    m_headers->setFixedHeight(theme::metric::kTableHeader + 4 * theme::metric::kTableRow + 4);
    m_headersDirective->setFont(theme::font(theme::Text::Mono));
    m_headersDirective->setAccessibleName(tr("Headers, made by a directive"));
    auto *headers = new QVBoxLayout;
    headers->setSpacing(0);
    headers->addWidget(m_headers);
    headers->addWidget(m_headersDirective);
    headers->addStretch();
    auto *row = new QHBoxLayout;
    row->setSpacing(16);
    row->addLayout(headers, 1);
    row->addWidget(makeBatching());

    auto *body = new QWidget;
    auto *layout = new QVBoxLayout(body);
    layout->setContentsMargins(theme::metric::kBodyIndent, 8, theme::metric::kPanePadding, 8);
    layout->setSpacing(8);
    layout->addLayout(line);
    layout->addWidget(m_problem);
    layout->addLayout(row);
    setBody(body);
    setFoldedSummary(m_summary);
    addTrailing(new widgets::MutedLabel(tr("Batches share the same URL, method and headers")));

    document::ProjectDocument &document = workbench.document();
    connect(m_method, &QComboBox::textActivated, this, [this](const QString &text) {
        m_workbench.document().setSetting(m_index, "/method", fromSettingText(text), tr("Change method"));
    });
    connect(m_url, &QLineEdit::textEdited, this, [this](const QString &text) {
        m_workbench.document().setSetting(
            m_index, "/url", fromSettingText(text), tr("Change URL"), document::Edit::Typing);
        showUrlNote();
    });
    connect(m_url, &QLineEdit::editingFinished, &document, &document::ProjectDocument::endTyping);
    connect(m_headersDirective, &QLineEdit::editingFinished, this, [this] {
        const auto value = json::parse(m_headersDirective->text().toStdString());
        theme::setInvalid(m_headersDirective, value ? QString() : QString::fromStdString(value.error().message));
        if (value && !json::identical(*value, m_workbench.document().setting(m_index, "/headers")))
            m_workbench.document().setSetting(m_index, "/headers", *value, tr("Change headers"));
    });
    connect(m_headers->rows(), &widgets::KeyValueModel::rowEdited, this, &RequestSection::setHeader);
    connect(m_headers->rows(), &widgets::KeyValueModel::rowAdded, this, &RequestSection::addHeader);
    connect(m_headers, &widgets::KeyValueTable::removeRequested, this, &RequestSection::removeHeader);
    connect(&document, &document::ProjectDocument::changed, this, &RequestSection::showMapping);
    connect(&document, &document::ProjectDocument::currentMappingChanged, this, &RequestSection::showMapping);
    connect(&document, &document::ProjectDocument::issuesChanged, this, &RequestSection::showIssues);
    connect(&workbench.secret(), &document::Secret::changed, this, &RequestSection::showHeaders);
    connect(&workbench, &document::Workbench::jumpRequested, this, &RequestSection::jump);
    workbench.bind("mapping.url", this, [this] {
        setFolded(false);
        m_url->setFocus(Qt::ShortcutFocusReason);
        m_url->selectAll();
    });
    showMapping();
}

QWidget *RequestSection::makeBatching()
{
    m_batching->setText(tr("On"));
    m_batching->setAccessibleName(tr("Enable batching"));
    m_batchSize->setRange(1, static_cast<int>(destination::kMaxBatchSize));
    m_batchSize->setAccessibleName(tr("Batch size"));
    m_batchSize->setFixedWidth(76);
    m_batchSize->setKeyboardTracking(false);
    auto *words = new QHBoxLayout(m_batchWords);
    words->setContentsMargins(0, 0, 0, 0);
    words->addWidget(m_batchSize);
    words->addWidget(new widgets::MutedLabel(tr("events, max %1").arg(destination::kMaxBatchSize)));
    words->addStretch();
    auto *keys = new QHBoxLayout;
    keys->setSpacing(8);
    for (const char *key : kBatchKeys) {
        auto *box = new QCheckBox(QLatin1String(key));
        box->setToolTip(tr("Events share a batch only when this is the same for all of them"));
        connect(box, &QCheckBox::clicked, this, &RequestSection::takeBatchKeys);
        m_batchKeys << box;
        keys->addWidget(box);
    }
    keys->addStretch();
    auto *batching = new QWidget;
    auto *grid = new QGridLayout(batching);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(6);
    grid->addWidget(new widgets::MutedLabel(tr("Enable batching")), 0, 0);
    grid->addWidget(m_batching, 0, 1);
    grid->addWidget(new widgets::MutedLabel(tr("Batch size")), 1, 0);
    grid->addWidget(m_batchWords, 1, 1);
    grid->addWidget(new widgets::MutedLabel(tr("Batch keys")), 2, 0);
    grid->addLayout(keys, 2, 1);
    grid->setRowStretch(3, 1);

    connect(m_batching, &QCheckBox::clicked, this, [this](bool on) {
        m_workbench.document().setSetting(
            m_index, "/enable_batching", json::Value::boolean(on), on ? tr("Enable batching") : tr("Disable batching"));
    });
    connect(m_batchSize, &QSpinBox::valueChanged, this, [this](int size) {
        if (!m_filling)
            m_workbench.document().setSetting(
                m_index, "/batch_size", json::Value::number(size), tr("Change batch size"), document::Edit::Typing);
    });
    return batching;
}

void RequestSection::takeBatchKeys()
{
    json::Arena arena;
    std::vector<json::Value> keys;
    for (const QCheckBox *box : m_batchKeys)
        if (box->isChecked())
            keys.push_back(json::makeString(arena, box->text().toStdString()));
    m_workbench.document().setSetting(m_index, "/batch_keys", json::makeArray(arena, keys), tr("Change batch keys"));
}

void RequestSection::showMapping()
{
    const document::ProjectDocument &document = m_workbench.document();
    m_index = document.currentMapping();
    if (m_index < 0)
        return;
    m_filling = true;
    const QString method = toSettingText(document.setting(m_index, "/method"));
    if (const int known = m_method->findText(method); known >= 0) {
        while (m_method->count() > 3)
            m_method->removeItem(3);
        m_method->setCurrentIndex(known);
    } else {
        while (m_method->count() > 3)
            m_method->removeItem(3);
        m_method->addItem(method); // a directive, or what Segment does not take: shown as it is
        m_method->setCurrentIndex(3);
    }
    const QString url = toSettingText(document.setting(m_index, "/url"));
    if (m_url->text() != url && fromSettingText(m_url->text()) != fromSettingText(url))
        m_url->setText(url);
    const json::Value batching = document.setting(m_index, "/enable_batching");
    const bool on = batching.isBoolean() ? batching.asBoolean() : !batching.isUndefined() && !batching.isNull();
    m_batching->setChecked(on);
    m_batching->setText(batching.isContainer() ? tr("By the event") : on ? tr("On") : tr("Off"));
    m_batching->setEnabled(!batching.isContainer());
    const json::Value size = document.setting(m_index, "/batch_size");
    const double events = size.isNumber() && size.asNumber() > 0 ? size.asNumber()
                                                                 : static_cast<double>(destination::kDefaultBatchSize);
    m_batchSize->setValue(static_cast<int>(std::min(events, static_cast<double>(destination::kMaxBatchSize))));
    m_batchSize->setEnabled(on && !size.isContainer() && !size.isString());
    const json::Value keys = document.setting(m_index, "/batch_keys");
    const bool plain = keys.isUndefined() || keys.isNull() || keys.isArray();
    for (QCheckBox *box : m_batchKeys) {
        const std::string name = box->text().toStdString();
        box->setChecked(!keys.isArray() || std::any_of(keys.items().begin(), keys.items().end(), [&](json::Value key) {
            return json::toText(key) == name;
        }));
        box->setEnabled(on && plain);
    }
    m_summary->setText(QStringLiteral("%1 %2").arg(method, QString::fromStdString(redactUrl(url.toStdString()))));
    m_filling = false;
    showHeaders();
    showUrlNote();
    showIssues();
}

std::vector<std::pair<std::string, json::Document>> RequestSection::headerMembers() const
{
    std::vector<std::pair<std::string, json::Document>> members;
    const json::Value headers = m_workbench.document().setting(m_index, "/headers");
    if (headers.isObject())
        for (const json::Member &member : headers.members())
            members.emplace_back(member.name(), json::Document::copyOf(member.value));
    return members;
}

void RequestSection::showHeaders()
{
    if (m_index < 0)
        return;
    const json::Value headers = m_workbench.document().setting(m_index, "/headers");
    const bool directive
        = headers.isObject() && headers.size() > 0 && headers.members().front().name().starts_with('@');
    const bool table = !directive && (headers.isObject() || headers.isUndefined() || headers.isNull());
    m_headers->setVisible(table);
    m_headersDirective->setVisible(!table);
    if (!table) {
        m_headersDirective->setText(QString::fromStdString(json::stringify(headers)));
        return;
    }
    std::vector<widgets::KeyValueRow> rows;
    bool mapsSignature = false;
    for (const auto &[name, value] : headerMembers()) {
        widgets::KeyValueRow row;
        row.key = QString::fromStdString(name);
        row.value = toSettingText(value.root());
        row.masked = isSecretHeader(name);
        mapsSignature = mapsSignature || sameHeaderName(name, "x-signature");
        const std::string pointer = fmt::format("/mappings/{}/settings/headers/{}", m_index, name);
        for (const Issue &issue : m_workbench.document().issues())
            if (issue.path == pointer && issue.severity != Severity::Info)
                row.problem = QString::fromStdString(issue.message);
        rows.push_back(std::move(row));
    }
    if (m_workbench.secret().isSet() && !mapsSignature) {
        widgets::KeyValueRow row;
        row.key = QStringLiteral("X-Signature");
        row.value = tr("added when signing (HMAC-SHA1)");
        row.readOnly = true;
        row.iconName = "lock";
        rows.push_back(std::move(row));
    }
    if (rows != m_headers->rows()->rows())
        m_headers->rows()->setRows(std::move(rows));
}

void RequestSection::replaceHeaders(
    const std::vector<std::pair<std::string, json::Document>> &members, const QString &words)
{
    json::Arena arena;
    json::ObjectBuilder object(arena);
    for (const auto &[name, value] : members)
        object.add(std::string_view(name), value.root());
    m_workbench.document().setSetting(m_index, "/headers", object.build(), words);
}

void RequestSection::setHeader(int row, const widgets::KeyValueRow &before, const widgets::KeyValueRow &after)
{
    auto members = headerMembers();
    if (row < 0 || static_cast<std::size_t>(row) >= members.size())
        return;
    auto &member = members[static_cast<std::size_t>(row)];
    member.first = after.key.trimmed().toStdString();
    if (after.value != before.value)
        member.second = fromSettingText(after.value);
    if (member.first.empty())
        members.erase(members.begin() + row);
    replaceHeaders(members, tr("Change header"));
}

void RequestSection::addHeader(const widgets::KeyValueRow &row)
{
    auto members = headerMembers();
    const std::string name = row.key.trimmed().toStdString();
    const auto same
        = std::find_if(members.begin(), members.end(), [&](const auto &member) { return member.first == name; });
    if (same != members.end()) {
        m_workbench.say(tr("There is a header %1 already; its value was not changed.").arg(row.key));
        showHeaders();
        return;
    }
    members.emplace_back(name, fromSettingText(row.value));
    replaceHeaders(members, tr("Add header"));
}

void RequestSection::removeHeader(int row)
{
    auto members = headerMembers();
    if (row < 0 || static_cast<std::size_t>(row) >= members.size())
        return;
    members.erase(members.begin() + row);
    replaceHeaders(members, tr("Remove header"));
}

void RequestSection::showUrlNote()
{
    const json::Value url = m_workbench.document().setting(m_index, "/url");
    QString note;
    if (url.isString() && destination::isUri(url.asString()))
        if (const auto address = destination::addressOf(url.asString());
            address && destination::reachOf(address->hostname) == destination::Reach::Private)
            note = tr("Segment cannot reach this");
    m_urlNote->setVisible(!note.isEmpty());
    m_urlNote->setStatus("warn", note, widgets::Tone::Warning);
}

void RequestSection::showIssues()
{
    if (m_index < 0)
        return;
    const std::string base = fmt::format("/mappings/{}/settings", m_index);
    const Issue *worst = nullptr;
    QString url;
    for (const Issue &issue : m_workbench.document().issues()) {
        if (issue.severity != Severity::Error)
            continue;
        if (issue.path == base + "/url")
            url = QString::fromStdString(issue.message);
        const bool here
            = issue.path == base || (issue.path.starts_with(base + "/") && !issue.path.starts_with(base + "/data"));
        if (here && !worst)
            worst = &issue;
    }
    theme::setInvalid(m_url, url);
    m_problem->setVisible(worst != nullptr);
    if (worst)
        m_problem->setStatus("fail", QString::fromStdString(worst->message), widgets::Tone::Error);
    showHeaders();
}

void RequestSection::jump(const std::string &pointer)
{
    const std::string base = fmt::format("/mappings/{}/settings/", m_index);
    if (!pointer.starts_with(base))
        return;
    const std::string field = pointer.substr(base.size(), pointer.find('/', base.size()) - base.size());
    QWidget *target = field == "url" ? static_cast<QWidget *>(m_url)
        : field == "method"          ? static_cast<QWidget *>(m_method)
        : field == "headers" ? (m_headers->isVisibleTo(this) ? static_cast<QWidget *>(m_headers) : m_headersDirective)
        : field == "batch_size"      ? static_cast<QWidget *>(m_batchSize)
        : field == "batch_keys"      ? static_cast<QWidget *>(m_batchKeys.front())
        : field == "enable_batching" ? static_cast<QWidget *>(m_batching)
                                     : nullptr;
    if (target) {
        setFolded(false);
        target->setFocus(Qt::ShortcutFocusReason);
    }
}

} // namespace hookbench::request
