#include "ui/document/operator_words.h"

#include <QCoreApplication>

namespace hookbench::document {

namespace {

/// The context of the translations.
struct OperatorWords
{
    Q_DECLARE_TR_FUNCTIONS(OperatorWords)
};

} // namespace

QString operatorWords(fql::Operator op)
{
    switch (op) {
    case fql::Operator::Equals:
        return OperatorWords::tr("is");
    case fql::Operator::NotEquals:
        return OperatorWords::tr("is not");
    case fql::Operator::Less:
        return OperatorWords::tr("less than");
    case fql::Operator::LessOrEqual:
        return OperatorWords::tr("less than or equal to");
    case fql::Operator::Greater:
        return OperatorWords::tr("greater than");
    case fql::Operator::GreaterOrEqual:
        return OperatorWords::tr("greater than or equal to");
    case fql::Operator::NumberEquals:
        return OperatorWords::tr("equals (number)");
    case fql::Operator::NumberNotEquals:
        return OperatorWords::tr("does not equal (number)");
    case fql::Operator::Contains:
        return OperatorWords::tr("contains");
    case fql::Operator::NotContains:
        return OperatorWords::tr("does not contain");
    case fql::Operator::StartsWith:
        return OperatorWords::tr("starts with");
    case fql::Operator::NotStartsWith:
        return OperatorWords::tr("does not start with");
    case fql::Operator::EndsWith:
        return OperatorWords::tr("ends with");
    case fql::Operator::NotEndsWith:
        return OperatorWords::tr("does not end with");
    case fql::Operator::Exists:
        return OperatorWords::tr("exists");
    case fql::Operator::NotExists:
        return OperatorWords::tr("does not exist");
    case fql::Operator::IsTrue:
        return OperatorWords::tr("is true");
    case fql::Operator::IsFalse:
        return OperatorWords::tr("is false");
    case fql::Operator::Unknown:
        break;
    }
    return {};
}

QString shortOperatorWords(fql::Operator op)
{
    using fql::Operator;
    switch (op) {
    case Operator::Less:
        return QStringLiteral("<");
    case Operator::LessOrEqual:
        return QStringLiteral("≤");
    case Operator::Greater:
        return QStringLiteral(">");
    case Operator::GreaterOrEqual:
        return QStringLiteral("≥");
    case Operator::NumberEquals:
        return QStringLiteral("=");
    case Operator::NumberNotEquals:
        return QStringLiteral("≠");
    case Operator::Unknown:
        return QStringLiteral("?");
    default:
        return operatorWords(op);
    }
}

} // namespace hookbench::document
