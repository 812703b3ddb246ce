#include "ui/trigger/trigger_words.h"

#include "core/base/display.h"
#include "core/json/stringify.h"

#include <QCoreApplication>

#include <algorithm>

namespace hookbench::trigger {

QString tr(const char *text)
{
    return QCoreApplication::translate("hookbench::trigger", text);
}

namespace {

constexpr int kLongestValue = 400;
constexpr std::size_t kLongestBytes = 4 * kLongestValue;
constexpr std::size_t kMostItems = 8;

/// The first bytes of a text, no character cut in two.
std::string_view beginningOf(std::string_view text)
{
    std::size_t end = std::min(text.size(), kLongestBytes);
    while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
        --end;
    return text.substr(0, end);
}

bool isSmall(json::Value container)
{
    if (container.size() > kMostItems)
        return false;
    const auto small = [](json::Value value) {
        return !value.isContainer() && (!value.isString() || value.size() <= kLongestBytes);
    };
    return container.isArray()
        ? std::ranges::all_of(container.items(), small)
        : std::ranges::all_of(container.members(), [&](const json::Member &member) { return small(member.value); });
}

} // namespace

QString fieldWords(const QString &field)
{
    if (field == u"type")
        return tr("Event type");
    if (field == u"event")
        return tr("Event name");
    if (field == u"name")
        return tr("Page or screen name");
    if (field == u"userId")
        return tr("User ID");
    return {};
}

QString callWords(const QString &type)
{
    if (type == u"track")
        return tr("Track");
    if (type == u"identify")
        return tr("Identify");
    if (type == u"page")
        return tr("Page");
    if (type == u"screen")
        return tr("Screen");
    if (type == u"group")
        return tr("Group");
    if (type == u"alias")
        return tr("Alias");
    return type;
}

QString seenWords(json::Value seen)
{
    if (seen.isUndefined())
        return tr("missing");
    // Values may be megabytes large and are looked at with every keystroke.
    if (seen.isContainer() && !isSmall(seen))
        return seen.isArray() ? tr("an array of %1").arg(seen.size()) : tr("an object of %1").arg(seen.size());
    const bool cut = seen.isString() && seen.size() > kLongestBytes;
    if (cut)
        seen = json::Value::string(beginningOf(seen.asString()));
    const QString text = QString::fromStdString(escapeForDisplay(json::stringify(seen)));
    return cut || text.size() > kLongestValue ? text.left(kLongestValue) + QStringLiteral("…") : text;
}

} // namespace hookbench::trigger
