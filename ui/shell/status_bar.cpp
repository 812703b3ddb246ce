#include "ui/shell/status_bar.h"

#include "ui/document/workbench.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/labels.h"

#include <QFileInfo>
#include <QLabel>
#include <QPainter>
#include <QStyleOption>

#include <algorithm>

namespace hookbench::shell {

namespace {
constexpr int kSentenceMs = 8'000;
constexpr int kSentenceSide = 10; // where the words of a sentence begin: as those of the file do
constexpr int kSentenceGap = 20;
} // namespace

StatusBar::StatusBar(document::Workbench &workbench, QWidget *parent)
    : QStatusBar(parent)
    , m_workbench(workbench)
    , m_icon(new QLabel)
    , m_file(new widgets::MutedLabel)
    , m_saved(new widgets::MutedLabel)
    , m_mappings(new widgets::MutedLabel)
    , m_events(new widgets::MutedLabel)
    , m_cursor(new widgets::MutedLabel)
{
    setSizeGripEnabled(false);
    setFixedHeight(theme::metric::kStatusBar);
    setContentsMargins(8, 0, 8, 0);
    addWidget(m_icon);
    addWidget(m_file);
    addWidget(m_saved);
    for (QLabel *label : { m_mappings, m_events, m_cursor })
        addPermanentWidget(label);
    for (QLabel *label : { m_file, m_saved, m_mappings, m_events, m_cursor })
        label->setContentsMargins(0, 0, 10, 0);
    m_cursor->setContentsMargins(0, 0, 0, 0);

    document::ProjectDocument &document = workbench.document();
    connect(&document, &document::ProjectDocument::pathChanged, this, &StatusBar::showFile);
    connect(&document, &document::ProjectDocument::modifiedChanged, this, &StatusBar::showFile);
    connect(&document, &document::ProjectDocument::changed, this, &StatusBar::showCounts);
    connect(&document, &document::ProjectDocument::eventsChanged, this, &StatusBar::showCounts);
    connect(&workbench, &document::Workbench::said, this,
        [this](const QString &sentence) { showMessage(sentence, kSentenceMs); });
    connect(&workbench, &document::Workbench::cursorShown, this,
        [this](int line, int column) { m_cursor->setText(tr("Ln %1, Col %2").arg(line).arg(column)); });
    showFile();
    showCounts();
}

/// Qt paints a sentence from another place than the words it stands for, over what is beside it, and in the direction
/// of the window: "Saved to /a/b." falls apart in a mirrored one.
void StatusBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    QStyleOption option;
    option.initFrom(this);
    style()->drawPrimitive(QStyle::PE_PanelStatusBar, &option, &painter, this);
    const QString sentence = currentMessage();
    if (sentence.isEmpty())
        return;
    const int counts
        = layoutDirection() == Qt::RightToLeft ? width() - m_mappings->geometry().right() - 1 : m_mappings->x();
    const QRect place = QStyle::visualRect(
        layoutDirection(), rect(), QRect(kSentenceSide, 1, counts - kSentenceGap - kSentenceSide, height() - 1));
    painter.setPen(theme::tokens().text);
    painter.setLayoutDirection(Qt::LayoutDirectionAuto);
    painter.drawText(place,
        static_cast<int>(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter))
            | Qt::TextSingleLine,
        fontMetrics().elidedText(sentence, Qt::ElideRight, place.width()));
}

void StatusBar::showFile()
{
    const document::ProjectDocument &document = m_workbench.document();
    const bool has = !document.filePath().isEmpty();
    m_icon->setVisible(has);
    m_icon->setPixmap(theme::icon("save").pixmap(14, 14));
    m_file->setVisible(has);
    m_file->setText(has ? QFileInfo(document.filePath()).fileName() : QString());
    m_file->setToolTip(document.filePath());
    if (!has)
        m_saved->setText(document.isModified() ? tr("No file, unsaved changes") : tr("No file, not saved"));
    else if (document.isModified())
        m_saved->setText(document.willReformat() ? tr("Unsaved changes; saving writes the file in Hookbench's layout")
                                                 : tr("Unsaved changes"));
    else
        m_saved->setText(tr("All changes saved"));
}

void StatusBar::showCounts()
{
    const auto &mappings = m_workbench.document().project().mappings;
    const auto enabled = std::ranges::count(mappings, true, &destination::Mapping::enabled);
    const int count = static_cast<int>(mappings.size());
    const QString words = tr("%n mappings", nullptr, count);
    m_mappings->setText(count ? tr("%1, %2 enabled").arg(words).arg(enabled) : words);
    m_events->setText(tr("%Ln events loaded", nullptr, static_cast<int>(m_workbench.document().events().size())));
}

} // namespace hookbench::shell
