#include "ui/inspector/cover_lane.h"

#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/code_editor.h"

#include <QPainter>
#include <QPainterPath>
#include <QTextBlock>

#include <algorithm>

namespace hookbench::inspector {

namespace {

constexpr int kBracket = 6;
constexpr int kLeft = 6;
constexpr int kIcon = 12;
constexpr int kWidth = 116;

} // namespace

CoverLane::CoverLane(widgets::CodeEditor *editor, QWidget *parent)
    : QWidget(parent)
    , m_editor(editor)
{
    setFont(theme::font(theme::Text::Badge));
    setAccessibleName(tr("Which bytes are signed"));
    connect(editor, &QPlainTextEdit::updateRequest, this, qOverload<>(&QWidget::update));
}

void CoverLane::setParts(std::vector<Part> parts)
{
    m_parts = std::move(parts);
    QStringList words;
    for (const Part &part : m_parts)
        words.append((part.isSigned ? tr("Signed bytes %1, %2") : tr("Not covered by the signature: bytes %1, %2"))
                         .arg(part.bytes, part.events));
    setAccessibleDescription(words.join(QStringLiteral("; ")));
    setToolTip(words.join(u'\n'));
    update();
}

QSize CoverLane::sizeHint() const
{
    return { kWidth, 0 };
}

void CoverLane::paintEvent(QPaintEvent *)
{
    const theme::Tokens &t = theme::tokens();
    QPainter painter(this);
    painter.setLayoutDirection(Qt::LeftToRight);
    painter.fillRect(rect(), t.base);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto lineAt = [this](int position) {
        QTextCursor cursor(m_editor->document());
        cursor.setPosition(std::clamp(position, 0, m_editor->document()->characterCount() - 1));
        return m_editor->cursorRect(cursor).translated(m_editor->viewport()->pos());
    };
    QFont strong = font();
    strong.setWeight(QFont::DemiBold);
    const int line = fontMetrics().height() + 1;
    int before = -8; // where the bracket before ended: a line that two parts share belongs to the first
    for (const Part &part : m_parts) {
        if (part.length == 0)
            continue;
        const int top = std::max({ lineAt(part.start).top() + 2, before + 4, -4 });
        const int bottom = std::min(lineAt(part.start + part.length - 1).bottom() - 2, height() + 4);
        if (bottom < 0 || top > height() || bottom <= top)
            continue;
        before = bottom;
        const QColor color = part.isSigned ? t.accentText : t.warning;
        QPen pen(color, 2, part.isSigned ? Qt::SolidLine : Qt::DashLine);
        pen.setCapStyle(Qt::FlatCap);
        painter.setPen(pen);
        QPainterPath bracket(QPointF(kLeft, top));
        bracket.lineTo(kLeft + kBracket, top);
        bracket.lineTo(kLeft + kBracket, bottom);
        bracket.lineTo(kLeft, bottom);
        painter.drawPath(bracket);

        struct Row
        {
            QString text;
            QColor color;
            bool isStrong;
        };
        std::vector<Row> rows{ { part.isSigned ? tr("Signed bytes") : tr("Not covered"), color, true } };
        if (!part.isSigned)
            rows.push_back({ tr("by the signature"), color, false });
        rows.push_back({ part.bytes, t.text, false });
        rows.push_back({ part.events, t.muted, false });
        const int from = std::max(0, top);
        const int to = std::min(height(), bottom);
        while (rows.size() > 1 && static_cast<int>(rows.size()) * line > to - from)
            rows.pop_back();
        int y = (from + to - static_cast<int>(rows.size()) * line) / 2;
        const int x = kLeft + kBracket + 8;
        for (const Row &row : rows) {
            painter.setFont(row.isStrong ? strong : font());
            int left = x;
            if (row.isStrong) {
                theme::paintIcon(
                    &painter, QRect(x, y + (line - kIcon) / 2, kIcon, kIcon), part.isSigned ? "lock" : "unlock", color);
                left += kIcon + 4;
            }
            painter.setPen(row.color);
            painter.drawText(QRect(left, y, width() - left - 2, line), Qt::AlignVCenter | Qt::AlignLeft,
                painter.fontMetrics().elidedText(row.text, Qt::ElideRight, width() - left - 2));
            y += line;
        }
    }
}

} // namespace hookbench::inspector
