#include "ui/shell/command_palette.h"

#include "ui/document/outcome_words.h"
#include "ui/document/workbench.h"
#include "ui/shell/action_catalogue.h"
#include "ui/shell/palette_fields.h"
#include "ui/shell/problems_model.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/labels.h"

#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTextLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace hookbench::shell {

namespace {

constexpr int kRow = 28;
constexpr int kRowsShown = 12;
constexpr int kWidth = 480;

class EntryDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override { return { 200, kRow }; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const theme::Tokens &t = theme::tokens();
        const bool selected = option.state & QStyle::State_Selected;
        const QRect row = option.rect.adjusted(4, 0, -4, 0);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (selected) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(t.sel);
            painter->drawRoundedRect(row, 3, 3);
        }
        const auto place = [&](const QRect &rect) { return QStyle::visualRect(option.direction, option.rect, rect); };
        const QIcon icon = index.data(Qt::DecorationRole).value<QIcon>();
        icon.paint(painter, place(QRect(row.left() + 10, row.center().y() - 7, 16, 16)), Qt::AlignCenter, QIcon::Normal,
            selected ? QIcon::On : QIcon::Off);

        painter->setFont(theme::font(theme::Text::Small));
        painter->setPen(t.muted);
        const QString detail = index.data(PaletteModel::DetailRole).toString();
        const int detailWidth = painter->fontMetrics().horizontalAdvance(detail);
        theme::paintText(painter,
            place(QRect(row.right() - 10 - detailWidth, row.top(), detailWidth + 1, row.height())),
            Qt::AlignVCenter | Qt::AlignLeft, detail);

        // What was typed is semi-bold in what was found.
        const QString text = index.data(Qt::DisplayRole).toString();
        QTextLayout layout(text, theme::font(theme::Text::Body));
        QList<QTextLayout::FormatRange> formats;
        const QVariantList matches = index.data(PaletteModel::MatchesRole).toList();
        for (qsizetype i = 0; i + 1 < matches.size(); i += 2) {
            QTextLayout::FormatRange range;
            range.start = matches.at(i).toInt();
            range.length = matches.at(i + 1).toInt();
            range.format.setFontWeight(QFont::Bold);
            formats.append(range);
        }
        layout.setFormats(formats);
        layout.beginLayout();
        QTextLine line = layout.createLine();
        const QRect words = place(QRect(row.left() + 36, row.top(), row.width() - 36 - detailWidth - 24, row.height()));
        line.setLineWidth(10'000);
        layout.endLayout();
        painter->setClipRect(words);
        painter->setPen(t.text);
        const qreal x = option.direction == Qt::RightToLeft ? words.right() - line.naturalTextWidth() : words.left();
        layout.draw(painter, QPointF(x, words.top() + (words.height() - line.height()) / 2));
        painter->restore();
    }
};

} // namespace

void PaletteModel::setEntries(std::vector<PaletteEntry> entries)
{
    beginResetModel();
    m_entries = std::move(entries);
    m_folded.clear();
    for (const PaletteEntry &entry : m_entries)
        m_folded.push_back(entry.text.toCaseFolded());
    refilter();
    endResetModel();
}

void PaletteModel::setFilter(const QString &typed)
{
    beginResetModel();
    m_typed = typed;
    refilter();
    endResetModel();
}

void PaletteModel::refilter()
{
    m_shown.clear();
    const QStringList words = m_typed.split(u' ', Qt::SkipEmptyParts);
    const QStringList folded = m_typed.toCaseFolded().split(u' ', Qt::SkipEmptyParts);
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        if (words.isEmpty() && m_entries[i].onlyWhenTyped)
            continue;
        if (!std::ranges::all_of(folded, [&](const QString &word) { return m_folded[i].contains(word); }))
            continue;
        const QString &text = m_entries[i].text;
        const qsizetype at = words.isEmpty() ? -1 : text.indexOf(words.first(), 0, Qt::CaseInsensitive);
        m_shown.push_back({ i, at == 0 ? 0 : at > 0 && !text.at(at - 1).isLetterOrNumber() ? 1 : 2 });
    }
    std::ranges::stable_sort(m_shown, {}, &Shown::rank);
}

QVariantList PaletteModel::matchesIn(const QString &text) const
{
    QVariantList matches;
    for (const QString &word : m_typed.split(u' ', Qt::SkipEmptyParts))
        if (const qsizetype at = text.indexOf(word, 0, Qt::CaseInsensitive); at >= 0)
            matches << static_cast<int>(at) << static_cast<int>(word.size());
    return matches;
}

int PaletteModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QVariant PaletteModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Shown &shown = m_shown.at(static_cast<std::size_t>(index.row()));
    const PaletteEntry &entry = m_entries[shown.entry];
    switch (role) {
    case Qt::DisplayRole:
        return entry.text;
    case Qt::DecorationRole:
        return entry.icon;
    case Qt::AccessibleTextRole:
        return entry.detail.isEmpty() ? entry.text : QString(entry.text + u", " + entry.detail);
    case DetailRole:
        return entry.detail;
    case MatchesRole:
        return matchesIn(entry.text);
    default:
        return {};
    }
}

CommandPalette::CommandPalette(const ActionCatalogue &actions, document::Workbench &workbench, QWidget *window)
    : QFrame(window, Qt::Popup)
    , m_actions(actions)
    , m_workbench(workbench)
    , m_line(new QLineEdit)
    , m_list(new QListView)
    , m_nothing(new widgets::MutedLabel(tr("Nothing found")))
    , m_model(new PaletteModel(this))
{
    setAccessibleName(tr("Command palette"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 5);
    layout->setSpacing(4);
    m_line->setFrame(false);
    m_line->setMinimumHeight(36);
    m_line->setTextMargins(6, 0, 6, 0);
    m_line->addAction(theme::icon("search"), QLineEdit::LeadingPosition);
    m_line->setPlaceholderText(tr("Find a command, mapping, field or problem"));
    m_line->setAccessibleName(m_line->placeholderText());
    m_line->installEventFilter(this);
    layout->addWidget(m_line);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new EntryDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMinimumHeight(kRow);
    m_list->setUniformItemSizes(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setMouseTracking(true);
    m_list->setAccessibleName(tr("Commands"));
    layout->addWidget(m_list, 1);
    m_nothing->setContentsMargins(14, 0, 14, 0);
    m_nothing->setMinimumHeight(kRow);
    m_nothing->setAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    m_nothing->hide();
    layout->addWidget(m_nothing, 1);
    connect(m_line, &QLineEdit::textChanged, this, [this](const QString &typed) {
        m_model->setFilter(typed);
        m_list->setCurrentIndex(m_model->index(0, 0));
        fit();
    });
    connect(m_list, &QAbstractItemView::entered, m_list,
        qOverload<const QModelIndex &>(&QAbstractItemView::setCurrentIndex));
    connect(m_list, &QAbstractItemView::clicked, this, &CommandPalette::carryOut);
}

std::vector<PaletteEntry> CommandPalette::entries(What what) const
{
    std::vector<PaletteEntry> entries;
    if (what == What::Everything)
        for (QAction *action : m_actions.actions()) {
            if (!action->isVisible() || !action->isEnabled() || action->objectName() == QLatin1String("app.palette"))
                continue;
            QString text = action->text();
            text.remove(u'&');
            entries.push_back({ text, action->shortcut().toString(QKeySequence::NativeText), action->icon(),
                [action] { action->trigger(); } });
        }
    document::ProjectDocument &document = m_workbench.document();
    for (int i = 0; i < document.mappingCount(); ++i)
        entries.push_back({ tr("Go to mapping “%1”").arg(QString::fromStdString(document.mapping(i).name)),
            tr("Mapping"), theme::icon("mapping"), [&document, i] { document.setCurrentMapping(i); } });
    if (what == What::Everything)
        addPlaces(entries);
    return entries;
}

void CommandPalette::addPlaces(std::vector<PaletteEntry> &entries) const
{
    const document::ProjectDocument &document = m_workbench.document();
    const auto go = [this](const std::string &pointer, const std::string &message = {}) {
        return [this, pointer, message] { m_workbench.jumpTo(pointer, message); };
    };
    for (const Issue &issue : document.issues())
        entries.push_back(
            { QString(placeWords(document.project(), issue.path) + u": " + QString::fromStdString(issue.message)),
                severityWords(issue.severity), theme::icon(document::severityIcon(issue.severity)),
                go(issue.path, issue.message), true });
    const QIcon icon = theme::icon("edit");
    const QString detail = tr("Field");
    for (const PlacedField &field : placedFields(document.project()))
        entries.push_back({ field.words, detail, icon, go(field.pointer), true });
}

void CommandPalette::popUp(const QWidget *anchor, What what)
{
    m_line->clear();
    m_model->setEntries(entries(what));
    m_list->setCurrentIndex(m_model->index(0, 0));
    const QWidget *window = parentWidget();
    const int width = std::min(std::max(kWidth, anchor->width()), window->width() - 24);
    resize(width, height());
    fit();
    QPoint corner = anchor->mapTo(window, QPoint(0, 0));
    corner.setX(std::clamp(corner.x() - (width - anchor->width()) / 2, 8, window->width() - width - 8));
    move(window->mapToGlobal(corner));
    show();
    m_line->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::fit()
{
    const int rows = std::clamp(m_model->rowCount(), 1, kRowsShown);
    m_list->setVisible(m_model->rowCount() > 0);
    m_nothing->setVisible(m_model->rowCount() == 0);
    resize(width(), m_line->minimumHeight() + rows * kRow + 11);
}

void CommandPalette::carryOut(const QModelIndex &index)
{
    if (!index.isValid())
        return;
    const auto what = m_model->entry(index.row()).carryOut;
    hide();
    // Behind the popup's own events, so that a command may open a dialog.
    QMetaObject::invokeMethod(this, what, Qt::QueuedConnection);
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_line && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const int row = m_list->currentIndex().row();
        const int last = m_model->rowCount() - 1;
        const auto go = [&](int to) {
            m_list->setCurrentIndex(m_model->index(std::clamp(to, 0, std::max(0, last)), 0));
            return true;
        };
        switch (key->key()) {
        case Qt::Key_Down:
            return go(row == last ? 0 : row + 1);
        case Qt::Key_Up:
            return go(row <= 0 ? last : row - 1);
        case Qt::Key_PageDown:
            return go(row + kRowsShown);
        case Qt::Key_PageUp:
            return go(row - kRowsShown);
        case Qt::Key_Return:
        case Qt::Key_Enter:
            carryOut(m_list->currentIndex());
            return true;
        default:
            break;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void CommandPalette::paintEvent(QPaintEvent *)
{
    const theme::Tokens &t = theme::tokens();
    QPainter painter(this);
    painter.fillRect(rect(), t.base);
    painter.setPen(t.control);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
    painter.fillRect(1, m_line->geometry().bottom() + 1, width() - 2, 1, t.border);
}

} // namespace hookbench::shell
