#include "ui/trigger/drafts.h"

#include "core/fql/trigger.h"

#include <utility>

namespace hookbench::trigger {

namespace {

json::Value textOf(json::Arena &arena, const QString &text)
{
    return json::makeString(arena, text.toStdString());
}

QString textIn(json::Value object, const char *key)
{
    const json::Value text = object.find(key);
    return text.isString() ? QString::fromStdString(std::string(text.asString())) : QString();
}

std::optional<ConditionRow> readConditionRow(json::Value from)
{
    ConditionRow row;
    row.op = fql::operatorNamed(textIn(from, "operator").toStdString());
    if (row.op == fql::Operator::Unknown)
        return std::nullopt;
    row.field = textIn(from, "field");
    row.value = textIn(from, "value");
    row.mayBeEmpty = from.find("mayBeEmpty").isBoolean() && from.find("mayBeEmpty").asBoolean();
    return row;
}

} // namespace

RowsDraft::RowsDraft(Conditions rows, Error reason)
    : TriggerDraft(std::move(reason))
    , conditions(std::move(rows))
{
}

json::Document RowsDraft::toJson() const
{
    json::Arena arena;
    std::vector<json::Value> rows;
    for (const ConditionRow &row : conditions.rows)
        rows.push_back(json::ObjectBuilder(arena)
                           .add("field", textOf(arena, row.field))
                           .add("operator", json::makeString(arena, fql::operatorName(row.op)))
                           .add("value", textOf(arena, row.value))
                           .add("mayBeEmpty", json::Value::boolean(row.mayBeEmpty))
                           .build());
    return json::Document::copyOf(json::ObjectBuilder(arena)
                                      .add("all", json::Value::boolean(conditions.combinator == fql::Combinator::And))
                                      .add("rows", json::makeArray(arena, rows))
                                      .build());
}

TextDraft::TextDraft(std::string fql, Error reason)
    : TriggerDraft(std::move(reason))
    , text(std::move(fql))
{
}

json::Document TextDraft::toJson() const
{
    json::Arena arena;
    return json::Document::copyOf(json::ObjectBuilder(arena).add("fql", json::makeString(arena, text)).build());
}

document::TriggerDraftPtr readDraft(const json::Document &from)
{
    if (const json::Value fql = from->find("fql"); fql.isString()) {
        std::string text(fql.asString());
        const Result<fql::Trigger> trigger = fql::parse(text);
        return trigger ? nullptr : std::make_shared<TextDraft>(std::move(text), trigger.error());
    }
    const json::Value rows = from->find("rows");
    if (!rows.isArray())
        return nullptr;
    Conditions conditions;
    const json::Value all = from->find("all");
    conditions.combinator = all.isBoolean() && !all.asBoolean() ? fql::Combinator::Or : fql::Combinator::And;
    for (const json::Value row : rows.items()) {
        auto read = readConditionRow(row);
        if (!read)
            return nullptr;
        conditions.rows.push_back(std::move(*read));
    }
    Result<std::string> fql = toFql(conditions);
    return fql ? nullptr : std::make_shared<RowsDraft>(std::move(conditions), std::move(fql.error()));
}

} // namespace hookbench::trigger
