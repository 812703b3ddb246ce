#include "ui/request/headers_view.h"

#include "core/base/redact.h"
#include "core/json/parse.h"
#include "core/json/stringify.h"
#include "ui/document/workbench.h"
#include "ui/request/setting_text.h"
#include "ui/theme/fonts.h"
#include "ui/theme/style.h"
#include "ui/widgets/key_value_table.h"
#include "ui/widgets/labels.h"

#include <QLineEdit>
#include <QUndoStack>
#include <QVBoxLayout>

#include <fmt/format.h>

namespace hookbench::request {

namespace {

constexpr const char *kHeadersPlace = "/settings/headers";

} // namespace

using widgets::KeyValueModel;
using widgets::KeyValueRow;

HeadersView::HeadersView(document::Workbench &workbench, QWidget *parent)
    : QWidget(parent)
    , m_workbench(workbench)
    , m_table(new widgets::KeyValueTable)
    , m_directive(new QLineEdit)
    , m_note(new widgets::StatusLabel)
{
    m_table->rows()->setTitles(tr("Header"), tr("Value"));
    m_table->rows()->setAddable(true, tr("Add header"));
    m_table->setMovable(true);
    m_table->setAccessibleName(tr("Headers"));
    m_table->setFixedHeight(theme::metric::kTableHeader + 4 * theme::metric::kTableRow + 4);
    m_directive->setFont(theme::font(theme::Text::Mono));
    m_directive->setAccessibleName(tr("Headers, made by a directive"));
    m_directive->hide();
    m_note->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_table);
    layout->addWidget(m_directive);
    layout->addStretch();

    connect(m_directive, &QLineEdit::editingFinished, this, &HeadersView::takeDirective);
    connect(m_table->rows(), &KeyValueModel::rowEdited, this, &HeadersView::setHeader);
    connect(m_table->rows(), &KeyValueModel::rowAdded, this, &HeadersView::addHeader);
    connect(m_table, &widgets::KeyValueTable::typing, this, &HeadersView::keepTyping);
    connect(m_table, &widgets::KeyValueTable::typingEnded, this,
        [this] { m_workbench.document().keepEditor(std::nullopt); });
    connect(&workbench.document(), &document::ProjectDocument::editorFound, this, &HeadersView::openEditor,
        Qt::QueuedConnection); // behind what shows its mapping
    connect(m_table->rows(), &KeyValueModel::maskWanted, this, &HeadersView::maskHeader);
    connect(m_table, &widgets::KeyValueTable::removeRequested, this, &HeadersView::removeHeader);
    connect(m_table, &widgets::KeyValueTable::moveRequested, this, &HeadersView::moveHeader);
    connect(m_table, &widgets::KeyValueTable::currentRowChanged, this, &HeadersView::showNote);
    connect(&workbench.document(), &document::ProjectDocument::issuesChanged, this, &HeadersView::refresh);
    connect(&workbench.document(), &document::ProjectDocument::maskedHeadersChanged, this, &HeadersView::refresh);
    connect(&workbench.secret(), &document::Secret::changed, this, &HeadersView::refresh);
}

void HeadersView::showMapping(int index)
{
    if (index != m_index) {
        m_table->setCurrentIndex({});
        m_directive->setModified(false); // hiding it takes the focus away, which is no edit of the other mapping
    }
    m_index = index;
    refresh();
}

void HeadersView::refresh()
{
    if (m_index < 0 || m_index >= m_workbench.document().mappingCount())
        return;
    const json::Value headers = m_workbench.document().setting(m_index, "/headers");
    const bool table = isHeaderList(headers);
    m_table->setVisible(table);
    m_directive->setVisible(!table);
    if (!table) {
        m_note->hide();
        if (!m_directive->hasFocus() || !m_directive->isModified())
            m_directive->setText(QString::fromStdString(json::stringify(headers)));
        return;
    }
    auto rows = headerRows(list(), m_workbench.document().project().maskedHeaders, m_workbench.document().issues(),
        fmt::format("/mappings/{}/settings/headers", m_index));
    const bool mapsSignature = std::any_of(rows.begin(), rows.end(),
        [](const KeyValueRow &row) { return sameHeaderName(row.key.toStdString(), "x-signature"); });
    if (m_workbench.secret().isSet() && !mapsSignature) {
        KeyValueRow row;
        row.key = QStringLiteral("X-Signature");
        row.value = tr("added when signing (HMAC-SHA1)");
        row.readOnly = true;
        row.iconName = "lock";
        rows.push_back(std::move(row));
    }
    if (rows != m_table->rows()->rows())
        m_table->rows()->setRows(std::move(rows));
    showNote();
}

// The current row's problem, or else the first there is: a shape alone explains nothing.
void HeadersView::showNote()
{
    const std::vector<KeyValueRow> &rows = m_table->rows()->rows();
    const auto current = static_cast<std::size_t>(m_table->currentIndex().row());
    const KeyValueRow *shown = nullptr;
    if (m_table->currentIndex().isValid() && current < rows.size() && !rows[current].problem.isEmpty())
        shown = &rows[current];
    for (const KeyValueRow &row : rows)
        if (!row.problem.isEmpty()
            && (!shown || (row.wrong && !shown->wrong && shown != &rows[std::min(current, rows.size() - 1)])))
            shown = &row;
    m_note->setVisible(shown != nullptr);
    if (!shown)
        return;
    m_note->setStatus(
        shown->wrong ? "fail" : "warn", shown->problem, shown->wrong ? widgets::Tone::Error : widgets::Tone::Warning);
    m_note->setToolTip(shown->problem);
}

HeaderList HeadersView::list() const
{
    return headerList(m_workbench.document().setting(m_index, "/headers"));
}

void HeadersView::replace(const HeaderList &list, const QString &words)
{
    m_workbench.document().setSetting(m_index, "/headers", headersOf(list), words);
}

void HeadersView::setHeader(int row, const KeyValueRow &before, const KeyValueRow &after)
{
    HeaderList headers = list();
    if (row < 0 || static_cast<std::size_t>(row) >= headers.size())
        return;
    auto &header = headers[static_cast<std::size_t>(row)];
    const QString name = after.key.trimmed();
    const QString why = name.isEmpty() ? tr("A header needs a name. Del removes it.") : whyNotName(headers, row, name);
    if (!why.isEmpty()) {
        m_workbench.say(why);
        return refresh();
    }
    const bool renamed = name != before.key;
    header.first = name.toStdString();
    if (after.value != before.value)
        header.second = fromSettingText(after.value);
    document::ProjectDocument &document = m_workbench.document();
    // Under another name it is as secret as before.
    if (renamed && before.masked && before.maskable
        && !isSecretHeader(header.first, document.project().maskedHeaders)) {
        document.undoStack()->beginMacro(tr("Rename header"));
        document.setHeaderMasked(name, true);
        replace(headers, tr("Rename header"));
        document.undoStack()->endMacro();
    } else {
        replace(headers, renamed ? tr("Rename header") : tr("Change header"));
    }
    refresh();
}

void HeadersView::addHeader(const KeyValueRow &row)
{
    HeaderList headers = list();
    if (const QString why = whyNotName(headers, -1, row.key); !why.isEmpty())
        return m_workbench.say(why);
    const std::string name = row.key.trimmed().toStdString();
    headers.emplace_back(name, fromSettingText(row.value));
    replace(headers, tr("Add header"));
    // Names like "1" stand before all others, as JavaScript has it. The value is what comes next; behind the editor
    // that is just closing.
    const HeaderList now = list();
    for (std::size_t i = 0; i < now.size(); ++i)
        if (now[i].first == name)
            QMetaObject::invokeMethod(
                this, [this, i] { m_table->editCell(static_cast<int>(i), KeyValueModel::ValueColumn); },
                Qt::QueuedConnection);
}

void HeadersView::removeHeader(int row)
{
    HeaderList headers = list();
    if (row < 0 || static_cast<std::size_t>(row) >= headers.size())
        return;
    headers.erase(headers.begin() + row);
    replace(headers, tr("Remove header"));
}

void HeadersView::moveHeader(int from, int to)
{
    HeaderList headers = list();
    const auto size = static_cast<int>(headers.size());
    if (from < 0 || from >= size || to < 0 || to >= size)
        return;
    auto header = std::move(headers[static_cast<std::size_t>(from)]);
    headers.erase(headers.begin() + from);
    headers.insert(headers.begin() + to, std::move(header));
    replace(headers, tr("Move header"));
}

void HeadersView::maskHeader(int row, bool masked)
{
    const HeaderList headers = list();
    if (row < 0 || static_cast<std::size_t>(row) >= headers.size())
        return;
    const QString name = QString::fromStdString(headers[static_cast<std::size_t>(row)].first);
    m_workbench.document().setHeaderMasked(name, masked);
    m_workbench.say(masked ? tr("%1 is masked in every mapping: copies, logs and exports hide its value.").arg(name)
                           : tr("%1 is not masked any more.").arg(name));
}

// A kill takes the editor with it, not what is written in it. The name tells the row; the last one has none.
void HeadersView::keepTyping(int row, int column, const QString &text)
{
    json::Arena arena;
    json::ObjectBuilder state(arena);
    const HeaderList headers = list();
    if (row >= 0 && static_cast<std::size_t>(row) < headers.size())
        state.add("header", json::makeString(arena, headers[static_cast<std::size_t>(row)].first));
    state.add("column", json::Value::number(column)).add("text", json::makeString(arena, text.toStdString()));
    m_workbench.document().keepEditor(
        document::OpenEditor{ m_index, kHeadersPlace, json::Document::copyOf(state.build()) });
}

void HeadersView::openEditor(const document::OpenEditor &editor)
{
    if (editor.pointer != kHeadersPlace || editor.mapping != m_index || m_table->isHidden())
        return;
    const json::Value name = editor.state->find("header");
    const json::Value text = editor.state->find("text");
    const bool ofValue = editor.state->find("column").isNumber()
        && editor.state->find("column").asNumber() == static_cast<int>(KeyValueModel::ValueColumn);
    const HeaderList headers = list();
    std::size_t row = headers.size();
    for (std::size_t i = 0; i < headers.size() && name.isString(); ++i)
        if (headers[i].first == name.asString())
            row = i;
    if (!text.isString() || (name.isString() && row == headers.size()))
        return;
    if (!name.isString()) // the row to add by typing stands behind those of others
        row = m_table->rows()->rows().size();
    m_table->typeIn(static_cast<int>(row), ofValue ? KeyValueModel::ValueColumn : KeyValueModel::KeyColumn,
        QString::fromStdString(std::string(text.asString())));
}

void HeadersView::takeDirective()
{
    if (!m_directive->isModified())
        return;
    m_directive->setModified(false);
    const auto value = json::parse(m_directive->text().toStdString());
    theme::setInvalid(m_directive, value ? QString() : QString::fromStdString(value.error().message));
    if (value && !json::identical(*value, m_workbench.document().setting(m_index, "/headers")))
        m_workbench.document().setSetting(m_index, "/headers", *value, tr("Change headers"));
}

void HeadersView::jumpTo(const std::string &name)
{
    if (m_table->isHidden()) {
        m_directive->setFocus(Qt::ShortcutFocusReason);
        return;
    }
    const HeaderList headers = list();
    for (std::size_t i = 0; i < headers.size(); ++i)
        if (headers[i].first == name) {
            const QModelIndex cell = m_table->rows()->index(static_cast<int>(i), KeyValueModel::ValueColumn);
            m_table->setCurrentIndex(cell);
            m_table->scrollTo(cell);
        }
    m_table->setFocus(Qt::ShortcutFocusReason);
}

} // namespace hookbench::request
