#include "ui/deliveries/filter_bar.h"

#include "core/journal/journal.h"
#include "core/storage/settings.h"
#include "ui/document/workbench.h"
#include "ui/theme/icons.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/filter_line.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLocale>
#include <QMenu>
#include <QRegularExpression>
#include <QToolButton>

#include <algorithm>

namespace hookbench::deliveries {

namespace {

constexpr int kShortestLine = 180;
constexpr int kLongestLine = 420;

int charactersIn(const QByteArray &utf8, std::size_t bytes)
{
    return static_cast<int>(QString::fromUtf8(utf8.left(static_cast<qsizetype>(bytes))).size());
}

/// What a newcomer may try.
struct Example
{
    const char *filter;
    const char *words;
};
constexpr Example kExamples[] = {
    { "status>=400", QT_TRANSLATE_NOOP("FilterBar", "Answered with an error") },
    { "error:*", QT_TRANSLATE_NOOP("FilterBar", "Failed for whatever reason") },
    { "is:unread", QT_TRANSLATE_NOOP("FilterBar", "Not looked at yet") },
    { "since:10m", QT_TRANSLATE_NOOP("FilterBar", "Of the last ten minutes") },
    { "ms>500", QT_TRANSLATE_NOOP("FilterBar", "Slower than half a second") },
    { "sig:none", QT_TRANSLATE_NOOP("FilterBar", "Without a signature") },
};

} // namespace

widgets::TokenSpans filterSpans(const QString &text)
{
    static const QRegularExpression pieces(
        QStringLiteral(R"re((?<text>"(?:\\.|[^"\\])*"?)|(?<field>[A-Za-z]+(?:\[[^\]\s]*\])?)(?=[:=<>]|!=)|)re"
                       R"re((?<join>\b(?:and|or|not)\b))re"),
        QRegularExpression::CaseInsensitiveOption);
    widgets::TokenSpans spans;
    for (auto match = pieces.globalMatch(text); match.hasNext();) {
        const QRegularExpressionMatch piece = match.next();
        const widgets::TokenKind kind = piece.hasCaptured(u"field") && !piece.captured(u"field").isEmpty()
            ? widgets::TokenKind::Key
            : piece.captured(u"join").isEmpty() ? widgets::TokenKind::Text
                                                : widgets::TokenKind::Word;
        spans.push_back({ static_cast<int>(piece.capturedStart()), static_cast<int>(piece.capturedLength()), kind });
    }
    return spans;
}

FilterBar::FilterBar(document::Workbench &workbench, QWidget *parent)
    : QWidget(parent)
    , m_workbench(workbench)
    , m_line(new widgets::FilterLine)
    , m_saved(new QToolButton)
    , m_menu(new QMenu(this))
    , m_held(new widgets::Chip)
    , m_follow(new QCheckBox(tr("Follow newest")))
{
    m_line->setPlaceholderText(tr("Filter, e.g. status:5xx mapping:Orders"));
    m_line->setAccessibleName(tr("Filter deliveries"));
    m_line->setClearButtonEnabled(true);
    m_line->setMinimumWidth(kShortestLine);
    m_line->setMaximumWidth(kLongestLine);
    m_line->setSpans(filterSpans);
    m_line->setCompleter([this](const QString &text, int cursor) {
        const QByteArray utf8 = text.toUtf8();
        const query::Completions found
            = query::complete(utf8.toStdString(), static_cast<std::size_t>(text.left(cursor).toUtf8().size()), m_names);
        widgets::FilterLine::Choices choices;
        choices.start = charactersIn(utf8, found.offset);
        choices.length = charactersIn(utf8, found.offset + found.length) - choices.start;
        for (const query::Completion &item : found.items)
            choices.items.push_back({ QString::fromStdString(item.label), QString::fromStdString(item.insert),
                QString::fromStdString(item.summary) });
        return choices;
    });
    m_line->installEventFilter(this);
    m_saved->setAutoRaise(true);
    m_saved->setFocusPolicy(Qt::StrongFocus);
    m_saved->setIcon(theme::icon("filter"));
    m_saved->setPopupMode(QToolButton::InstantPopup);
    m_saved->setMenu(m_menu);
    m_saved->setToolTip(tr("Saved filters and examples"));
    m_saved->setAccessibleName(m_saved->toolTip());
    m_held->setTone(widgets::Tone::Accent);
    m_held->setFocusPolicy(Qt::StrongFocus);
    m_held->hide();
    m_follow->setChecked(true);
    m_follow->setToolTip(tr("Show every new delivery and choose it"));

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_saved);
    layout->addWidget(m_line, 1);
    layout->addSpacing(4);
    layout->addWidget(m_held);
    layout->addWidget(m_follow);

    connect(m_line, &widgets::FilterLine::settled, this, &FilterBar::read);
    connect(m_menu, &QMenu::aboutToShow, this, &FilterBar::fillMenu);
    connect(m_held, &QAbstractButton::clicked, this, [this] { Q_EMIT followed(true); });
    connect(m_follow, &QCheckBox::clicked, this, &FilterBar::followed);
}

bool FilterBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_line && event->type() == QEvent::FocusIn)
        learnNames();
    return QWidget::eventFilter(watched, event);
}

void FilterBar::learnNames()
{
    using pipeline::Session;
    m_workbench.session().onJournal(
        Session::Lane::Reading, this, [this](const journal::Journal &journal, const Session::Tell &tell) {
            Result<query::KnownNames> names = journal.names();
            if (names)
                tell([this, names = std::move(*names)] { m_names = names; });
        });
}

void FilterBar::read(const QString &text)
{
    const QByteArray utf8 = text.toUtf8();
    const Result<query::Query> query = query::parse(utf8.toStdString());
    if (query) {
        m_line->setMistake(std::nullopt);
        m_line->setToolTip(query->isAll() ? QString() : QString::fromStdString(query::explain(*query)));
        Q_EMIT filterChanged(*query);
        return;
    }
    const std::size_t at = query.error().position ? query.error().position->offset : 0;
    const int start = std::min(charactersIn(utf8, at), std::max(0, static_cast<int>(text.size()) - 1));
    const int end = static_cast<int>(text.indexOf(u' ', start));
    m_line->setMistake(widgets::FilterLine::Mistake{ start, (end < 0 ? static_cast<int>(text.size()) : end) - start,
        QString::fromStdString(query.error().message) });
}

void FilterBar::fillMenu()
{
    using namespace storage;
    m_menu->clear();
    const TextList saved = m_workbench.settings().get(settings::deliveryFilters);
    const std::string current = m_line->text().trimmed().toStdString();
    const auto isSaved = std::find(saved.begin(), saved.end(), current) != saved.end();
    m_menu->addSection(tr("Saved filters"));
    for (const std::string &filter : saved) {
        // An ampersand would mark a key.
        QAction *entry = m_menu->addAction(QString::fromStdString(filter).replace(u'&', QLatin1String("&&")));
        connect(entry, &QAction::triggered, this, [this, filter] { m_line->apply(QString::fromStdString(filter)); });
    }
    QAction *keep = m_menu->addAction(isSaved ? tr("Forget this filter") : tr("Save this filter"));
    keep->setIcon(theme::icon(isSaved ? "trash" : "save"));
    keep->setEnabled(!current.empty() && !m_line->mistake());
    connect(keep, &QAction::triggered, this, [this, isSaved, current, saved] {
        if (!isSaved)
            return m_workbench.settings().prepend(settings::deliveryFilters, current);
        TextList rest = saved;
        std::erase(rest, current);
        m_workbench.settings().set(settings::deliveryFilters, rest);
    });
    m_menu->addSection(tr("Examples"));
    for (const Example &example : kExamples) {
        const QString filter = QString::fromLatin1(example.filter);
        QAction *entry = m_menu->addAction(filter + QLatin1Char('\t') + tr(example.words));
        connect(entry, &QAction::triggered, this, [this, filter] { m_line->apply(filter); });
    }
}

void FilterBar::setFollowed(bool followed)
{
    m_follow->setChecked(followed);
}

void FilterBar::setHeld(int held)
{
    m_held->setText(tr("%1 new").arg(QLocale().toString(held)));
    m_held->setAccessibleName(tr("Show %1 new deliveries").arg(QLocale().toString(held)));
    m_held->setToolTip(m_held->accessibleName());
    m_held->setVisible(held > 0);
}

} // namespace hookbench::deliveries
