#include "ui/request/header_list.h"

#include "core/json/pointer.h"
#include "ui/request/setting_text.h"

#include <QCoreApplication>

namespace hookbench::request {

HeaderList headerList(json::Value headers)
{
    HeaderList list;
    if (headers.isObject())
        for (const json::Member &member : headers.members())
            list.emplace_back(member.name(), json::Document::copyOf(member.value));
    return list;
}

json::Document headersOf(const HeaderList &list)
{
    auto arena = std::make_shared<json::Arena>();
    json::ObjectBuilder object(*arena);
    for (const auto &[name, value] : list)
        object.add(std::string_view(name), json::copyInto(*arena, value.root()));
    return { arena, object.build() };
}

bool isHeaderList(json::Value headers)
{
    return headers.isNullish()
        || (headers.isObject() && (headers.size() == 0 || !headers.members().front().name().starts_with('@')));
}

QString whyNotName(const HeaderList &list, int row, const QString &name)
{
    const std::string wanted = name.trimmed().toStdString();
    for (std::size_t i = 0; i < list.size(); ++i)
        if (static_cast<int>(i) != row && list[i].first == wanted)
            return QCoreApplication::translate(
                "HeaderList", "There is a header %1 already. Change that one, or remove it first.")
                .arg(name.trimmed());
    return {};
}

namespace {

QString maskNote(const widgets::KeyValueRow &row)
{
    const auto words = [&](const char *text) { return QCoreApplication::translate("HeaderList", text).arg(row.key); };
    if (!row.maskable)
        return words(QT_TRANSLATE_NOOP(
            "HeaderList", "%1 carries credentials: it is always masked, in copies, logs and exports too."));
    return row.masked ? words(QT_TRANSLATE_NOOP(
               "HeaderList", "%1 is masked: copies, logs and exports hide its value. Ctrl+M unmasks it."))
                      : words(QT_TRANSLATE_NOOP(
                          "HeaderList", "Ctrl+M or the eye masks %1: copies, logs and exports hide its value."));
}

} // namespace

std::vector<widgets::KeyValueRow> headerRows(
    const HeaderList &list, const HeaderNames &masked, const Issues &issues, std::string_view pointer)
{
    std::vector<widgets::KeyValueRow> rows;
    rows.reserve(list.size());
    for (const auto &[name, value] : list) {
        widgets::KeyValueRow row;
        row.key = QString::fromStdString(name);
        row.value = toSettingText(value.root());
        row.masked = isSecretHeader(name, masked);
        row.maskable = !isCredentialHeader(name);
        row.maskNote = maskNote(row);
        const std::string at = json::childPointer(pointer, name);
        const Issue *worst = nullptr;
        for (const Issue &issue : issues)
            if (issue.severity != Severity::Info && (issue.path == at || issue.path.starts_with(at + '/'))
                && (!worst || issue.severity < worst->severity))
                worst = &issue;
        if (worst) {
            row.problem = QString::fromStdString(worst->message);
            row.wrong = worst->severity == Severity::Error;
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace hookbench::request
