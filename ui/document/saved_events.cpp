#include "ui/document/saved_events.h"

#include "core/json/stringify.h"

#include <QCoreApplication>

namespace hookbench::document {

namespace {

QString text(json::Value value)
{
    return value.isString()
        ? QString::fromUtf8(value.asString().data(), static_cast<qsizetype>(value.asString().size()))
        : QString();
}

} // namespace

SavedEvents::SavedEvents(std::vector<destination::SavedEvent> events)
    : m_events(std::move(events))
{
}

QString SavedEvents::title() const
{
    return QCoreApplication::translate("SavedEvents", "Saved events");
}

QString SavedEvents::nameAt(qsizetype index) const
{
    const destination::SavedEvent &event = m_events.at(static_cast<std::size_t>(index));
    const QString name = QString::fromStdString(event.name);
    const QString described = describeEvent(event.event);
    if (name.isEmpty())
        return described;
    // "Order Completed" alone does not say that it is a track event.
    return described.endsWith(name) ? described : name;
}

Result<std::string> SavedEvents::textAt(qsizetype index) const
{
    return json::stringify(m_events.at(static_cast<std::size_t>(index)).event, 2);
}

QString describeEvent(json::Value event)
{
    QString type = text(event.find("type"));
    if (!type.isEmpty())
        type[0] = type.at(0).toUpper();
    QString name = text(event.find("event"));
    if (name.isEmpty())
        name = text(event.find("name"));
    if (name.isEmpty())
        return type;
    return type.isEmpty() ? name : QString(type + u" – " + name);
}

} // namespace hookbench::document
