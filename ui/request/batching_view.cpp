#include "ui/request/batching_view.h"

#include "core/destination/limits.h"
#include "core/json/pointer.h"
#include "core/json/text.h"
#include "ui/document/workbench.h"
#include "ui/theme/style.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/switch.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QSpinBox>

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>

namespace hookbench::request {

namespace {

constexpr std::array<const char *, 3> kBatchKeys{ "url", "method", "headers" };
constexpr int kMostEvents = static_cast<int>(destination::kMaxBatchSize);

} // namespace

ShownBatchSize shownBatchSize(json::Value size)
{
    const int standard = static_cast<int>(destination::kDefaultBatchSize);
    if (size.isNullish() || (size.isString() && size.size() == 0))
        return { standard, true, true };
    if (size.isContainer() || size.isBoolean())
        return { standard, false, true }; // evaluated for each event, or for the check to complain about
    bool isNumber = false;
    const double events = QString::fromStdString(json::toText(size)).toDouble(&isNumber);
    if (!isNumber)
        return { standard, true, false };
    const bool inRange = events >= 0 && events <= kMostEvents && events == std::floor(events);
    constexpr double kShown = 1e9;
    const int shown = static_cast<int>(std::clamp(events, -kShown, kShown));
    return { inRange && shown == 0 ? standard : shown, true, inRange };
}

json::Document batchKeysWith(json::Value keys, const QStringList &known, const QStringList &on)
{
    auto arena = std::make_shared<json::Arena>();
    std::vector<json::Value> items;
    QStringList there;
    if (keys.isArray())
        for (const json::Value key : keys.items()) {
            const QString name = QString::fromStdString(json::toText(key));
            if (key.isString() && known.contains(name) && !on.contains(name))
                continue;
            if (key.isString())
                there << name;
            items.push_back(json::copyInto(*arena, key));
        }
    for (const QString &name : known)
        if (on.contains(name) && !there.contains(name))
            items.push_back(json::makeString(*arena, name.toStdString()));
    return { arena, json::makeArray(*arena, items) };
}

BatchingView::BatchingView(document::Workbench &workbench, QWidget *parent)
    : QWidget(parent)
    , m_workbench(workbench)
    , m_batching(new widgets::Switch)
    , m_batchSize(new QSpinBox)
    , m_most(new widgets::MutedLabel(tr("events, max %1").arg(kMostEvents)))
    , m_otherKeys(new widgets::MutedLabel)
{
    m_batching->setText(tr("On"));
    m_batching->setAccessibleName(tr("Enable batching"));
    m_batchSize->setRange(1, kMostEvents);
    m_batchSize->setAccessibleName(tr("Batch size"));
    m_batchSize->setFixedWidth(76);
    m_batchSize->setKeyboardTracking(false);
    m_most->setToolTip(tr("Segment takes up to %1 events in a batch; 0 or nothing means %2.")
                           .arg(kMostEvents)
                           .arg(destination::kDefaultBatchSize));
    auto *size = new QHBoxLayout;
    size->setSpacing(8);
    size->addWidget(m_batchSize);
    size->addWidget(m_most);
    size->addStretch();
    auto *keys = new QHBoxLayout;
    keys->setSpacing(8);
    for (const char *key : kBatchKeys) {
        auto *box = new QCheckBox(QLatin1String(key));
        box->setAccessibleName(tr("Batch key %1").arg(box->text()));
        box->setToolTip(tr("Events share a batch only when this is the same for all of them"));
        connect(box, &QCheckBox::clicked, this, &BatchingView::takeBatchKeys);
        m_batchKeys << box;
        keys->addWidget(box);
    }
    keys->addWidget(m_otherKeys);
    keys->addStretch();
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(6);
    grid->addWidget(new widgets::MutedLabel(tr("Enable batching")), 0, 0);
    grid->addWidget(m_batching, 0, 1);
    grid->addWidget(new widgets::MutedLabel(tr("Batch size")), 1, 0);
    grid->addLayout(size, 1, 1);
    grid->addWidget(new widgets::MutedLabel(tr("Batch keys")), 2, 0);
    grid->addLayout(keys, 2, 1);
    grid->setRowStretch(3, 1);

    connect(m_batching, &QCheckBox::clicked, this, [this](bool on) {
        m_workbench.document().setSetting(
            m_index, "/enable_batching", json::Value::boolean(on), on ? tr("Enable batching") : tr("Disable batching"));
    });
    connect(m_batchSize, &QSpinBox::valueChanged, this, [this](int events) {
        if (!m_filling)
            m_workbench.document().setSetting(
                m_index, "/batch_size", json::Value::number(events), tr("Change batch size"), document::Edit::Typing);
    });
    connect(m_batchSize, &QSpinBox::editingFinished, &workbench.document(), &document::ProjectDocument::endTyping);
}

void BatchingView::takeBatchKeys()
{
    QStringList known;
    QStringList on;
    for (const QCheckBox *box : m_batchKeys) {
        known << box->text();
        if (box->isChecked())
            on << box->text();
    }
    document::ProjectDocument &document = m_workbench.document();
    document.setSetting(m_index, "/batch_keys", batchKeysWith(document.setting(m_index, "/batch_keys"), known, on),
        tr("Change batch keys"));
}

void BatchingView::showMapping(int index)
{
    m_index = index;
    m_filling = true;
    const document::ProjectDocument &document = m_workbench.document();
    const json::Value batching = document.setting(m_index, "/enable_batching");
    const bool on = batching.isBoolean() ? batching.asBoolean() : !batching.isNullish();
    m_batching->setChecked(on);
    m_batching->setText(batching.isContainer() ? tr("By the event") : on ? tr("On") : tr("Off"));
    m_batching->setEnabled(!batching.isContainer());

    const ShownBatchSize size = shownBatchSize(document.setting(m_index, "/batch_size"));
    // A number beyond the limits is shown as it is until it is mended, but cannot be typed.
    m_batchSize->setRange(std::min(1, size.events), std::max(kMostEvents, size.events));
    m_batchSize->setValue(size.events);
    m_batchSize->setEnabled(on && size.isPlain);
    m_most->setText(size.isPlain ? tr("events, max %1").arg(kMostEvents) : tr("by the event"));

    const json::Value keys = document.setting(m_index, "/batch_keys");
    const bool plain = keys.isNullish() || keys.isArray();
    QStringList given;
    if (keys.isArray())
        for (const json::Value key : keys.items())
            given << QString::fromStdString(json::toText(key));
    for (QCheckBox *box : m_batchKeys) {
        box->setChecked(keys.isArray() ? given.contains(box->text()) : true);
        box->setEnabled(on && plain);
        given.removeAll(box->text());
    }
    m_otherKeys->setVisible(!given.isEmpty() || !plain);
    m_otherKeys->setText(plain ? tr("and %1").arg(given.join(QStringLiteral(", "))) : tr("by the event"));
    m_filling = false;
    showIssues();
}

void BatchingView::showIssues()
{
    if (m_index < 0)
        return;
    const auto error = [this](const char *field) {
        const std::string at = fmt::format("/mappings/{}/settings/{}", m_index, field);
        for (const Issue &issue : m_workbench.document().issues())
            if (issue.path == at && issue.severity == Severity::Error)
                return QString::fromStdString(issue.message);
        return QString();
    };
    theme::setInvalid(m_batchSize, error("batch_size"));
}

void BatchingView::jumpTo(const std::string &field)
{
    QWidget *target = field == "batch_size" ? static_cast<QWidget *>(m_batchSize)
        : field == "batch_keys"             ? static_cast<QWidget *>(m_batchKeys.front())
                                            : m_batching;
    // A field that batching switches off cannot have the keyboard; its switch can.
    (target->isEnabled() ? target : m_batching)->setFocus(Qt::ShortcutFocusReason);
}

} // namespace hookbench::request
