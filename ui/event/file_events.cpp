#include "ui/event/file_events.h"

#include "core/event/event_reader.h"
#include "core/json/parse.h"
#include "core/json/stringify.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QLocale>

#include <fmt/format.h>

namespace hookbench::event_panel {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("hookbench::event_panel", text);
}

Error cannotRead(const QFile &file)
{
    return { "file-read",
        fmt::format("{} cannot be read: {}.", file.fileName().toStdString(), file.errorString().toStdString()), {},
        std::nullopt };
}

} // namespace

Result<std::shared_ptr<const FileEvents>> FileEvents::index(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(cannotRead(file));
    auto events = std::make_shared<FileEvents>();
    events->m_path = path;
    event::DeviceReader reader(file);
    while (const auto item = reader.next()) {
        if (!item->ok())
            return fail(item->event.error().code,
                fmt::format("{}, line {}: {}", path.toStdString(), item->line, item->event.error().message));
        events->m_places.push_back({ item->offset, item->text.size() });
    }
    return events;
}

QString FileEvents::title() const
{
    return QFileInfo(m_path).fileName();
}

QString FileEvents::nameAt(qsizetype index) const
{
    return tr("Event %1").arg(QLocale().toString(index + 1));
}

Result<std::string> FileEvents::textAt(qsizetype index) const
{
    const Place place = m_places.at(static_cast<std::size_t>(index));
    QFile file(m_path);
    if (!file.open(QIODevice::ReadOnly) || !file.seek(static_cast<qint64>(place.offset)))
        return fail(cannotRead(file));
    const QByteArray bytes = file.read(static_cast<qint64>(place.length));
    if (static_cast<std::uint64_t>(bytes.size()) != place.length)
        return fail("file-read",
            fmt::format("{} has become shorter since it was loaded. Load it again.", m_path.toStdString()));
    const auto value = json::parse(bytes.toStdString());
    return value ? json::stringify(*value, 2) : bytes.toStdString();
}

QString eventName(json::Value event)
{
    const auto text = [&](const char *key) {
        const json::Value value = event.find(key);
        return value.isString() ? QString::fromStdString(std::string(value.asString())) : QString();
    };
    QString type = text("type");
    if (!type.isEmpty())
        type[0] = type[0].toUpper();
    const QString name = text("event").isEmpty() ? text("name") : text("event");
    return type.isEmpty() ? tr("Event") : name.isEmpty() ? type : QStringLiteral("%1 – %2").arg(type, name);
}

} // namespace hookbench::event_panel
