#include "ui/impact/impact_groups.h"

#include "core/json/text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QMap>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

namespace hookbench::impact {

namespace {

using pipeline::EventImpact;
using pipeline::Impact;

constexpr qsizetype kMostPlaces = 3;
constexpr int kMostCharacters = 60;

QString tr(const char *text)
{
    return QCoreApplication::translate("Impact", text);
}

QString shortened(const std::string &text)
{
    const QString whole = QString::fromUtf8(text.data(), std::min<qsizetype>(static_cast<qsizetype>(text.size()), 400));
    return whole.size() <= kMostCharacters ? whole : QString(whole.left(kMostCharacters - 1) + u'…');
}

/// Which item of a list it was does not make another kind of change.
QStringList placesOf(const EventImpact &impact)
{
    static const QRegularExpression kIndex(QStringLiteral("\\[\\d+\\]"));
    QStringList places;
    for (const pipeline::ImpactPlace &place : impact.places) {
        const QString words = QString::fromStdString(place.words).replace(kIndex, QStringLiteral("[]"));
        if (!places.contains(words))
            places.append(words);
    }
    return places;
}

QString titleOf(const EventImpact &impact)
{
    const QString reason = QString::fromStdString(impact.reason);
    const bool isCondition = !impact.reasonSaw.empty(); // else it is what fails
    switch (impact.kind) {
    case Impact::NewlySent:
        return reason.isEmpty() ? tr("Newly sent")
            : isCondition       ? tr("Newly sent: no longer asks for %1").arg(reason)
                                : tr("Newly sent, failed before: %1").arg(reason);
    case Impact::NoLongerSent:
        return reason.isEmpty() ? tr("No longer sent")
            : isCondition       ? tr("No longer sent: asks for %1").arg(reason)
                                : tr("No longer sent: %1").arg(reason);
    case Impact::Changed:
    case Impact::Unchanged:
    case Impact::NotSent:
        break;
    }
    const QStringList places = placesOf(impact);
    QString title = places.mid(0, kMostPlaces).join(QStringLiteral(", "));
    if (places.size() > kMostPlaces)
        title += tr(" and %1 more").arg(places.size() - kMostPlaces);
    return title;
}

int rankOf(Impact kind)
{
    return kind == Impact::Changed ? 0 : kind == Impact::NewlySent ? 1 : 2;
}

bool isListed(Impact kind)
{
    return kind == Impact::Changed || kind == Impact::NewlySent || kind == Impact::NoLongerSent;
}

} // namespace

std::vector<Group> groupsOf(const pipeline::Replay &replay)
{
    std::vector<Group> groups;
    QMap<QString, std::size_t> known;
    for (std::size_t i = replay.impacts.size(); i-- > 0;) {
        const EventImpact &impact = replay.impacts[i];
        if (!isListed(impact.kind))
            continue;
        const QString title = titleOf(impact);
        // Two changes with equally many fields beyond those in the title are still two.
        const QString key = QString::number(rankOf(impact.kind)) + title + placesOf(impact).join(u'\n');
        auto at = known.constFind(key);
        if (at == known.cend()) {
            at = known.insert(key, groups.size());
            groups.push_back({ impact.kind, title, {} });
        }
        groups[*at].members.push_back(i);
    }
    std::stable_sort(groups.begin(), groups.end(), [](const Group &a, const Group &b) {
        return std::pair(rankOf(a.kind), b.members.size()) < std::pair(rankOf(b.kind), a.members.size());
    });
    return groups;
}

int &countOf(Counts &counts, Impact kind)
{
    return counts.at(static_cast<std::size_t>(kind));
}

Counts countsOf(const pipeline::Replay &replay)
{
    Counts counts{};
    for (const EventImpact &impact : replay.impacts)
        ++countOf(counts, impact.kind);
    return counts;
}

int affected(const Counts &counts)
{
    Counts copy = counts;
    return countOf(copy, Impact::Changed) + countOf(copy, Impact::NewlySent) + countOf(copy, Impact::NoLongerSent);
}

QString changeWords(const EventImpact &impact)
{
    if (impact.kind != Impact::Changed)
        return impact.reasonSaw.empty() ? QString() : tr("saw %1").arg(shortened(impact.reasonSaw));
    if (impact.places.size() != 1)
        return tr("%1 places").arg(impact.places.size());
    const pipeline::ImpactPlace &place = impact.places.front();
    const auto words = [](const std::string &text) { return text.empty() ? tr("nothing") : shortened(text); };
    return QString(words(place.before) + QStringLiteral(" → ") + words(place.after));
}

QString timeWords(json::Value event)
{
    for (const char *key : { "timestamp", "originalTimestamp", "receivedAt", "sentAt" }) {
        const json::Value value = event.find(key);
        if (!value.isString())
            continue;
        const QString text = QString::fromStdString(std::string(value.asString()));
        const QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
        if (time.isValid())
            return time.toLocalTime().toString(QStringLiteral("hh:mm:ss.zzz"));
    }
    return {};
}

QString eventWords(json::Value event)
{
    QStringList words;
    const auto add = [&](std::initializer_list<const char *> keys) {
        for (const char *key : keys) {
            const json::Value value = event.find(key);
            if (value.isString() && value.size() > 0) {
                words.append(shortened(std::string(value.asString())));
                return;
            }
        }
    };
    add({ "event", "name", "type" });
    add({ "userId", "anonymousId", "messageId" });
    return words.join(QStringLiteral(" · "));
}

} // namespace hookbench::impact
