#include "ui/inspector/compare_window.h"

#include "core/base/display.h"
#include "core/base/redact.h"
#include "core/delivery/outcome.h"
#include "ui/document/outcome_words.h"
#include "ui/inspector/http_text.h"
#include "ui/theme/fonts.h"
#include "ui/theme/style.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/diff_view.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/row_delegate.h"
#include "ui/widgets/segmented.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLocale>
#include <QShortcut>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace hookbench::inspector {

ComparedMessage comparedMessage(const journal::RecordPtr &record, bool response)
{
    const journal::Delivery &delivery = record->delivery;
    const journal::Attempt *attempt = attemptAt(*record, -1);
    ComparedMessage out;
    out.maskedHeaders = delivery.maskedHeaders;
    out.title
        = document::timeText(delivery.created) + u' ' + QString::fromStdString(escapeForDisplay(delivery.mappingName));
    if (attempt)
        out.title += QStringLiteral(", ")
            + document::outcomeWords(attempt->status, attempt->reason, attempt->failure, attempt->durationMs).text;
    if (!response) {
        out.startLine = delivery.method + " " + redactUrl(delivery.url);
        out.headers = requestHeaders(*record, -1);
        out.body = widgets::BytesPtr(record, &delivery.body);
    } else if (attempt && attempt->status > 0) {
        out.startLine = delivery::statusText(attempt->status, attempt->reason);
        out.headers = attempt->responseHeaders;
        out.body = widgets::BytesPtr(record, &attempt->responseBody);
    } else {
        out.startLine = CompareWindow::tr("No answer").toStdString();
        out.body = std::make_shared<const std::string>();
    }
    return out;
}

void PlacesModel::setPlaces(std::vector<ComparedPlace> places)
{
    beginResetModel();
    m_places = std::move(places);
    endResetModel();
}

int PlacesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_places.size());
}

int PlacesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant PlacesModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    using Kind = ComparedPlace::Kind;
    const ComparedPlace &place = m_places[static_cast<std::size_t>(index.row())];
    const bool missing = (index.column() == BeforeColumn && place.kind == Kind::Added)
        || (index.column() == AfterColumn && place.kind == Kind::Removed);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        if (index.column() == WhereColumn)
            return place.where;
        return missing ? tr("(not there)") : index.column() == BeforeColumn ? place.before : place.after;
    case Qt::FontRole:
        return missing ? QVariant() : theme::font(theme::Text::Mono);
    case Qt::ForegroundRole:
        return missing ? QVariant(theme::tokens().muted) : QVariant();
    case widgets::RowDelegate::kIconRole:
        if (index.column() != WhereColumn)
            return {};
        return QByteArray(place.kind == Kind::Added ? "plus" : place.kind == Kind::Removed ? "minus" : "diff");
    default:
        return {};
    }
}

QVariant PlacesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == WhereColumn ? tr("Where") : section == BeforeColumn ? tr("Before") : tr("After");
}

CompareWindow::CompareWindow(QWidget *parent)
    : QDialog(parent, Qt::Window)
    , m_serial(std::make_shared<std::atomic<quint64>>(0))
    , m_sides(new widgets::Segmented({ tr("Request"), tr("Response") }))
    , m_views(new widgets::Segmented({ tr("Fields"), tr("Text"), tr("Bytes") }))
    , m_summary(new widgets::Banner)
    , m_before(new widgets::ElidedLabel)
    , m_after(new widgets::ElidedLabel)
    , m_titles(new QWidget)
    , m_pages(new QStackedWidget)
    , m_model(new PlacesModel(this))
    , m_table(new QTableView)
    , m_diff(new widgets::DiffView)
{
    setWindowTitle(tr("Compare"));
    resize(1000, 620);
    m_pool.setMaxThreadCount(1);
    m_sides->setAccessibleName(tr("What is compared"));
    m_views->setAccessibleName(tr("How it is compared"));
    m_table->setModel(m_model);
    widgets::dressTable(m_table);
    m_table->setAccessibleName(tr("What differs"));
    QHeaderView *header = m_table->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Stretch);
    m_diff->setTitles(tr("Before"), tr("After"));

    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(theme::metric::kPanePadding, 8, theme::metric::kPanePadding, 8);
    bar->setSpacing(12);
    bar->addWidget(m_sides);
    bar->addWidget(m_views);
    bar->addStretch(1);
    auto *next = new widgets::MutedLabel(tr("next change"));
    bar->addWidget(next);
    bar->addWidget(new widgets::KeyCap(QStringLiteral("F8")));
    auto *titles = new QHBoxLayout(m_titles);
    titles->setContentsMargins(10, 4, 10, 4);
    titles->setSpacing(20);
    m_titles->setLayoutDirection(Qt::LeftToRight); // as the diff
    m_before->setFont(theme::font(theme::Text::SmallStrong));
    m_after->setFont(theme::font(theme::Text::SmallStrong));
    titles->addWidget(m_before, 1);
    titles->addWidget(m_after, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_summary);
    layout->addWidget(m_titles);
    layout->addWidget(m_pages, 1);
    m_pages->addWidget(m_table);
    m_pages->addWidget(m_diff);

    connect(m_sides, &widgets::Segmented::chosen, this,
        [this](int side) { work([make = m_make, side] { return make(side == 1); }); });
    connect(m_views, &widgets::Segmented::chosen, this, [this](int view) { setView(static_cast<View>(view)); });
    const auto bindKey = [this](const QKeySequence &key, bool forward) {
        connect(new QShortcut(key, this), &QShortcut::activated, this, [this, forward] {
            if (m_view != Places)
                m_diff->goToChange(forward);
        });
    };
    bindKey(Qt::Key_F8, true);
    bindKey(Qt::SHIFT | Qt::Key_F8, false);
}

CompareWindow::~CompareWindow()
{
    ++*m_serial;
    m_pool.clear();
    m_pool.waitForDone();
}

void CompareWindow::compare(const journal::RecordPtr &before, const journal::RecordPtr &after)
{
    m_make = [before, after](bool response) -> Messages {
        return { comparedMessage(before, response), comparedMessage(after, response) };
    };
    m_sides->show();
    m_sides->setCurrent(0);
    work([make = m_make] { return make(false); });
}

void CompareWindow::compare(ComparedMessage before, ComparedMessage after)
{
    m_make = nullptr;
    m_sides->hide();
    work([messages = Messages{ std::move(before), std::move(after) }] { return messages; });
}

void CompareWindow::work(std::function<Messages()> make)
{
    const quint64 serial = ++*m_serial;
    ++m_pending;
    m_pool.start([this, wanted = m_serial, serial, make = std::move(make)] {
        Messages messages;
        Comparison comparison;
        if (*wanted == serial) {
            messages = make();
            comparison = inspector::compare(messages.first, messages.second, false);
        }
        QMetaObject::invokeMethod(
            this,
            [this, wanted, serial, messages = std::move(messages), comparison = std::move(comparison)] {
                --m_pending;
                if (*wanted == serial)
                    take(comparison, messages);
            },
            Qt::QueuedConnection);
    });
}

void CompareWindow::take(Comparison comparison, const Messages &messages)
{
    m_comparison = std::move(comparison);
    m_before->setText(messages.first.title);
    m_after->setText(messages.second.title);
    setWindowTitle(tr("Compare %1 with %2").arg(messages.first.title, messages.second.title));
    m_model->setPlaces(m_comparison.places);
    const auto count = static_cast<int>(m_comparison.places.size());
    QString words = tr("%n differences", nullptr, count);
    QString detail;
    if (m_comparison.sameBodies)
        detail = tr("The bodies are the same, byte for byte.");
    else if (m_comparison.firstDifferentByte)
        detail = tr("The bodies differ from byte %1 on (%2 and %3 bytes).")
                     .arg(QLocale().toString(static_cast<qulonglong>(*m_comparison.firstDifferentByte)),
                         QLocale().toString(static_cast<qulonglong>(messages.first.body->size())),
                         QLocale().toString(static_cast<qulonglong>(messages.second.body->size())));
    if (m_comparison.bodiesAreJson && !m_comparison.sameBodies) {
        const bool bodyPlaces = std::any_of(m_comparison.places.begin(), m_comparison.places.end(),
            [](const ComparedPlace &place) { return place.where.startsWith(u'/') || place.where == u"body"; });
        if (!bodyPlaces)
            detail += u' ' + tr("As JSON they say the same.");
    }
    const bool same = count == 0 && m_comparison.sameBodies;
    m_summary->setTone(same ? widgets::Tone::Success : widgets::Tone::Accent);
    m_summaryText = (same ? tr("No difference") : words) + QStringLiteral(". ") + detail;
    m_summary->setText(same ? tr("No difference") : words, detail);
    present();
}

QString CompareWindow::summary() const
{
    return m_summaryText;
}

void CompareWindow::setView(View view)
{
    m_view = view;
    m_views->setCurrent(view);
    present();
}

void CompareWindow::present()
{
    m_pages->setCurrentIndex(m_view == Places ? 0 : 1);
    m_titles->setVisible(m_view != Places);
    if (m_view == Text) {
        const QString cut = m_comparison.textsAreCut
            ? u'\n' + tr("[The first 200 KB are compared as text; Fields and Bytes know all of it.]")
            : QString();
        m_diff->setLexer(widgets::httpLexer());
        m_diff->setTexts(m_comparison.beforeText + cut, m_comparison.afterText + cut);
    } else if (m_view == Bytes) {
        m_diff->setLexer({});
        m_diff->setTexts(m_comparison.beforeHex, m_comparison.afterHex);
    }
}

} // namespace hookbench::inspector
