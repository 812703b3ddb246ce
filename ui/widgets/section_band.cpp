#include "ui/widgets/section_band.h"

#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

namespace hookbench::widgets {

namespace {

class Band final : public QWidget
{
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent *) override
    {
        const theme::Tokens &t = theme::tokens();
        QPainter painter(this);
        painter.fillRect(rect(), t.alt);
        painter.fillRect(0, 0, width(), 1, t.border);
        painter.fillRect(0, height() - 1, width(), 1, t.border);
    }
};

class Number final : public QWidget
{
public:
    explicit Number(int number)
        : m_number(number)
    {
        setFixedSize(18, 18);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const theme::Tokens &t = theme::tokens();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(t.sel);
        painter.drawRoundedRect(rect(), 3, 3);
        painter.setPen(t.accentText);
        painter.setFont(theme::font(theme::Text::SmallStrong));
        painter.drawText(rect(), Qt::AlignCenter, QString::number(m_number));
    }

private:
    int m_number;
};

} // namespace

SectionBand::SectionBand(int number, const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_band(new Band)
    , m_fold(new QToolButton)
    , m_leading(new QWidget)
    , m_leadingLayout(new QHBoxLayout(m_leading))
    , m_trailingLayout(new QHBoxLayout)
    , m_layout(new QVBoxLayout(this))
{
    m_band->setFixedHeight(theme::metric::kBand);
    m_band->installEventFilter(this);
    auto *row = new QHBoxLayout(m_band);
    row->setContentsMargins(4, 1, theme::metric::kPanePadding, 1);
    row->setSpacing(8);

    m_fold->setAutoRaise(true);
    m_fold->setFocusPolicy(Qt::StrongFocus);
    m_fold->setIcon(theme::icon("chevron-down"));
    m_fold->setAccessibleName(title);
    connect(m_fold, &QToolButton::clicked, this, [this] { setFolded(!m_folded); });
    row->addWidget(m_fold);
    if (number > 0)
        row->addWidget(new Number(number));
    auto *label = new QLabel(title);
    label->setFont(theme::font(theme::Text::Strong));
    row->addWidget(label);
    row->addSpacing(8);
    m_leadingLayout->setContentsMargins(0, 0, 0, 0);
    m_leadingLayout->setSpacing(8);
    row->addWidget(m_leading);
    row->addStretch(1);
    m_gap = row->count() - 1;
    m_trailingLayout->setSpacing(10);
    row->addLayout(m_trailingLayout);

    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    m_layout->addWidget(m_band);
    showParts();
}

void SectionBand::addLeading(QWidget *widget)
{
    m_leadingLayout->addWidget(widget);
}

void SectionBand::addTrailing(QWidget *widget)
{
    m_trailingLayout->addWidget(widget);
}

void SectionBand::setFoldedSummary(QWidget *widget)
{
    m_summary = widget;
    auto *row = qobject_cast<QHBoxLayout *>(m_band->layout());
    row->insertWidget(row->indexOf(m_leading) + 1, widget, 1);
    ++m_gap;
    showParts();
}

void SectionBand::setBody(QWidget *body)
{
    m_body = body;
    m_layout->addWidget(body, 1);
    showParts();
}

void SectionBand::setFolded(bool folded)
{
    if (folded == m_folded)
        return;
    m_folded = folded;
    showParts();
    Q_EMIT foldedChanged(folded);
}

void SectionBand::showParts()
{
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    m_fold->setIcon(theme::icon(!m_folded ? "chevron-down" : mirrored ? "chevron-left" : "chevron-right"));
    m_fold->setToolTip(m_folded ? tr("Show this section") : tr("Fold this section"));
    m_fold->setAccessibleDescription(m_folded ? tr("folded") : tr("open"));
    m_leading->setVisible(!m_folded || !m_summary);
    if (m_summary) {
        m_summary->setVisible(m_folded);
        static_cast<QHBoxLayout *>(m_band->layout())->setStretch(m_gap, m_folded ? 0 : 1); // the summary takes it all
    }
    if (m_body)
        m_body->setVisible(!m_folded);
}

bool SectionBand::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_band && event->type() == QEvent::MouseButtonRelease
        && static_cast<QMouseEvent *>(event)->button() == Qt::LeftButton) {
        setFolded(!m_folded);
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace hookbench::widgets
