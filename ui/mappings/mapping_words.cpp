#include "ui/mappings/mapping_words.h"

#include "core/base/display.h"
#include "core/base/redact.h"
#include "core/destination/limits.h"
#include "core/fql/visual.h"
#include "core/json/stringify.h"
#include "ui/document/operator_words.h"

#include <QCoreApplication>
#include <QUrl>

#include <optional>
#include <variant>

namespace hookbench::mappings {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("hookbench::mappings", text);
}

QString rowWords(const fql::VisualRow &row)
{
    if (row.field == fql::Field::Type && row.op == fql::Operator::Equals)
        return QString::fromStdString(row.value);
    QString field
        = QString::fromLatin1(fql::fieldWord(row.field).data(), static_cast<int>(fql::fieldWord(row.field).size()));
    if (!row.path.empty())
        field += QLatin1Char('.') + QString::fromStdString(row.path);
    switch (fql::valueKind(row.op)) {
    case fql::ValueKind::Text:
        return QStringLiteral("%1 %2 \"%3\"")
            .arg(field, document::shortOperatorWords(row.op), QString::fromStdString(row.value));
    case fql::ValueKind::Number:
        return QStringLiteral("%1 %2 %3")
            .arg(field, document::shortOperatorWords(row.op), QString::fromStdString(row.value));
    case fql::ValueKind::None:
        break;
    }
    return QStringLiteral("%1 %2").arg(field, document::shortOperatorWords(row.op));
}

/// A condition or a group as words; nullopt: Segment's language says something that no words here do.
std::optional<QString> nodeWords(const fql::Node &node, bool isInside)
{
    if (std::holds_alternative<fql::Condition>(node)) {
        fql::Ast alone;
        alone.root.children.push_back(node);
        const auto visual = fql::toVisual(alone);
        return visual && visual->rows.size() == 1 ? std::optional(rowWords(visual->rows.front())) : std::nullopt;
    }
    const auto *group = std::get_if<fql::Group>(&node);
    if (!group || !group->hasChildren || group->children.empty() || group->combinator == fql::Combinator::Unknown)
        return std::nullopt;
    QStringList parts;
    for (const fql::Node &child : group->children) {
        const std::optional<QString> words = nodeWords(child, group->children.size() > 1);
        if (!words)
            return std::nullopt;
        parts << *words;
    }
    const QString all = parts.join(group->combinator == fql::Combinator::Or ? tr(" or ") : QStringLiteral(" · "));
    return isInside && parts.size() > 1 ? QString(u'(' + all + u')') : all;
}

} // namespace

QString triggerWords(const std::string &fql)
{
    return triggerParts(fql).join(QString());
}

QStringList triggerParts(const std::string &fql)
{
    const QString text = QString::fromStdString(escapeForDisplay(fql)).simplified();
    const auto trigger = fql::parse(fql);
    if (!trigger)
        return { text.isEmpty() ? tr("no trigger") : text };
    const auto visual = fql::toVisual(trigger->ast());
    if (!visual) {
        // Groups in groups: their parts are cut where the outermost ones end.
        const fql::Group &root = trigger->ast().root;
        if (trigger->ast().error || !nodeWords(fql::Node(root), false))
            return { text };
        const QString between = root.combinator == fql::Combinator::Or ? tr(" or ") : QStringLiteral(" · ");
        QStringList parts;
        for (const fql::Node &child : root.children) {
            const QString words = nodeWords(child, root.children.size() > 1).value_or(text);
            parts << (parts.isEmpty() ? words : QString(between + words));
        }
        return parts;
    }
    const QString joint = visual->combinator == fql::Combinator::Or ? tr(" or ") : QStringLiteral(" · ");
    QStringList parts;
    for (const fql::VisualRow &row : visual->rows)
        parts << (parts.isEmpty() ? rowWords(row) : QString(joint + rowWords(row)));
    return parts;
}

QString fitted(const QStringList &parts, int width, const std::function<int(const QString &)> &widthOf)
{
    constexpr qsizetype kLeast = 12; // fewer characters of a piece say nothing
    QString shown;
    for (qsizetype i = 0; i < parts.size(); ++i) {
        const qsizetype left = parts.size() - i - 1;
        const QString rest = left > 0 ? QStringLiteral(" +%1").arg(left) : QString();
        if (widthOf(shown + parts[i] + rest) <= width) {
            shown += parts[i];
            continue;
        }
        for (qsizetype length = parts[i].size() - 1; length >= (i == 0 ? 1 : kLeast); --length) {
            const QString cut = shown + QStringView(parts[i]).left(length) + u'…' + rest;
            if (widthOf(cut) <= width)
                return cut;
        }
        return shown + QStringLiteral(" +%1").arg(left + 1);
    }
    return shown;
}

QString hostWords(const destination::Mapping &mapping)
{
    const json::Value url = mapping.settings->find("url");
    if (url.isUndefined())
        return {};
    if (!url.isString())
        return tr("by the event");
    const QUrl parsed(QString::fromStdString(std::string(url.asString())));
    return parsed.port() >= 0 ? QStringLiteral("%1:%2").arg(parsed.host()).arg(parsed.port()) : parsed.host();
}

QString urlWords(const destination::Mapping &mapping)
{
    const json::Value url = mapping.settings->find("url");
    if (url.isUndefined())
        return {};
    return QString::fromStdString(url.isString() ? redactUrl(url.asString()) : json::stringify(url));
}

QString methodWords(const destination::Mapping &mapping)
{
    const json::Value method = mapping.settings->find("method");
    return method.isString() ? QString::fromStdString(std::string(method.asString())) : QStringLiteral("?");
}

QString batchWords(const destination::Mapping &mapping)
{
    const json::Value batching = mapping.settings->find("enable_batching");
    if (batching.isUndefined() || (batching.isBoolean() && !batching.asBoolean()))
        return tr("single");
    const json::Value size = mapping.settings->find("batch_size");
    const double events = size.isNumber() && size.asNumber() > 0 ? size.asNumber()
                                                                 : static_cast<double>(destination::kDefaultBatchSize);
    return tr("batch %1").arg(events);
}

QString whyNoMatch(const fql::Trace &trace)
{
    if (trace.error)
        return QString::fromStdString(trace.error->message);
    if (trace.matched)
        return {};
    constexpr qsizetype kMost = 3;
    QStringList failed;
    for (const fql::ConditionTrace &condition : trace.conditions) {
        if (condition.matched || failed.size() == kMost)
            continue;
        const QString seen = condition.seen.isUndefined()
            ? tr("missing")
            : QString::fromStdString(escapeForDisplay(json::stringify(condition.seen))).left(120);
        const QString words = tr("%1 is %2").arg(QString::fromStdString(condition.field), seen);
        if (!failed.contains(words))
            failed << words;
    }
    return failed.isEmpty() ? tr("No condition holds") : failed.join(QStringLiteral(" · "));
}

} // namespace hookbench::mappings
