#include "ui/data/mapping_delegate.h"

#include "ui/data/mapping_model.h"
#include "ui/data/words_painter.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"

#include <QLineEdit>
#include <QPainter>

namespace hookbench::data {

namespace {

constexpr int kMark = 30;
constexpr int kIcon = 14;

QColor colorOf(Word::Kind kind)
{
    const theme::Tokens &t = theme::tokens();
    switch (kind) {
    case Word::Kind::Text:
        return t.jStr;
    case Word::Kind::Number:
        return t.jNum;
    case Word::Kind::Keyword:
        return t.jBool;
    default:
        return t.jPunct;
    }
}

} // namespace

MappingDelegate::MappingDelegate(const MappingModel &model, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_model(model)
{
}

QSize MappingDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return { 120, theme::metric::kTreeRow };
}

QWidget *MappingDelegate::createEditor(
    QWidget *parent, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QWidget *editor = QStyledItemDelegate::createEditor(parent, option, index);
    if (auto *line = qobject_cast<QLineEdit *>(editor)) {
        line->setFont(theme::font(theme::Text::Mono));
        line->setFrame(false);
        line->setAccessibleName(tr("Destination field"));
    }
    return editor;
}

void MappingDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const theme::Tokens &t = theme::tokens();
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool marked = index.data(MappingModel::HighlightRole).toBool();
    painter->save();
    painter->fillRect(option.rect, selected ? t.sel : marked ? t.tint : t.base);
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), t.line);
    if (marked && index.column() == MappingModel::FieldColumn)
        painter->fillRect(QStyle::visualRect(option.direction, option.rect,
                              QRect(option.rect.left(), option.rect.top(), 3, option.rect.height() - 1)),
            t.accent);
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter->setPen(t.accentText);
        painter->drawRect(option.rect.adjusted(0, 0, -1, -2));
    }
    const QRect rect = option.rect.adjusted(theme::metric::kCellPadding, 0, -theme::metric::kCellPadding, -1);
    switch (index.column()) {
    case MappingModel::FieldColumn: {
        const bool part = m_model.rowAt(index)->kind != Row::Kind::Field;
        const QFont font
            = theme::font(m_model.rowAt(index)->kind == Row::Kind::Part ? theme::Text::Small : theme::Text::Mono);
        painter->setFont(font);
        painter->setPen(part ? t.muted : t.text);
        painter->setLayoutDirection(Qt::LayoutDirectionAuto); // each text runs as its letters do
        painter->drawText(rect,
            static_cast<int>(QStyle::visualAlignment(option.direction, Qt::AlignLeft | Qt::AlignVCenter))
                | Qt::TextSingleLine,
            painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideMiddle, rect.width()));
        break;
    }
    case MappingModel::ValueColumn:
        paintWords(painter, rect, m_model.words(index), option.direction);
        break;
    default:
        paintPreview(painter, option, rect, index);
    }
    painter->restore();
}

void MappingDelegate::paintPreview(
    QPainter *painter, const QStyleOptionViewItem &option, const QRect &rect, const QModelIndex &index) const
{
    paintOutcome(
        painter, rect, m_model.outcome(index), index.data(MappingModel::NoteRole).toString(), option.direction);
}

void paintOutcome(
    QPainter *painter, const QRect &rect, const Outcome &outcome, const QString &note, Qt::LayoutDirection direction)
{
    const theme::Tokens &t = theme::tokens();
    const auto alignment
        = static_cast<int>(QStyle::visualAlignment(direction, Qt::AlignLeft | Qt::AlignVCenter)) | Qt::TextSingleLine;
    QRect text = rect;
    const auto icon = [&](const char *name) {
        QRect place(text.left(), text.top() + (text.height() - kIcon) / 2, kIcon, kIcon);
        theme::paintIcon(painter, QStyle::visualRect(direction, rect, place), name, theme::iconColor(name));
        text.setLeft(text.left() + kIcon + 5);
    };
    const auto write = [&](const QString &words, const QColor &color, theme::Text font) {
        painter->setFont(theme::font(font));
        painter->setPen(color);
        painter->setLayoutDirection(Qt::LayoutDirectionAuto);
        const QString shown = painter->fontMetrics().elidedText(words, Qt::ElideRight, text.width());
        painter->drawText(QStyle::visualRect(direction, rect, text), alignment, shown);
        text.setLeft(text.left() + painter->fontMetrics().horizontalAdvance(shown));
    };
    switch (outcome.state) {
    case Outcome::State::Unknown:
        return;
    case Outcome::State::Waiting:
        write(QStringLiteral("—"), t.muted, theme::Text::Small);
        return;
    case Outcome::State::Failed:
        icon("fail");
        write(outcome.message, t.error, theme::Text::Small);
        return;
    case Outcome::State::LeftOut:
        icon(note.isEmpty() ? "dash" : "warn");
        write(note.isEmpty() ? MappingDelegate::tr("left out") : MappingDelegate::tr("left out, %1").arg(note), t.muted,
            theme::Text::Small);
        return;
    case Outcome::State::Known:
        break;
    }
    const ValueGlance glance = glanceAt(outcome.value);
    const QRect whole = text;
    write(glance.mark, t.muted, theme::Text::MonoSmall);
    text = whole;
    text.setLeft(text.left() + kMark);
    if (!note.isEmpty())
        text.setRight(text.right() - kIcon - 6);
    write(glance.word.text, colorOf(glance.word.kind), theme::Text::Mono);
    if (note.isEmpty())
        return;
    text.setLeft(text.left() + 8);
    text.setRight(rect.right());
    icon("warn");
    if (text.width() > 60)
        write(note, t.muted, theme::Text::Small);
}

} // namespace hookbench::data
