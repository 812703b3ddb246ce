#include "ui/inspector/phase_bar.h"

#include "ui/document/outcome_words.h"
#include "ui/inspector/http_text.h"
#include "ui/theme/tokens.h"

#include <QCoreApplication>
#include <QHelpEvent>
#include <QPainter>
#include <QStyle>
#include <QToolTip>

#include <algorithm>

namespace hookbench::inspector {

namespace {

struct Known
{
    const char *name;
    const char *words;
    double strength; ///< of the colour
};

constexpr Known kKnown[] = {
    { "queued", QT_TRANSLATE_NOOP("PhaseBar", "queued"), 0 },
    { "redirects", QT_TRANSLATE_NOOP("PhaseBar", "redirects"), 0.55 },
    { "blocked", QT_TRANSLATE_NOOP("PhaseBar", "name lookup"), 0.25 },
    { "connect", QT_TRANSLATE_NOOP("PhaseBar", "connect"), 0.45 },
    { "send", QT_TRANSLATE_NOOP("PhaseBar", "send"), 0.7 },
    { "wait", QT_TRANSLATE_NOOP("PhaseBar", "wait for the answer"), 1 },
    { "receive", QT_TRANSLATE_NOOP("PhaseBar", "receive"), 0.7 },
};

const Known *known(const std::string &name)
{
    const auto *found
        = std::find_if(std::begin(kKnown), std::end(kKnown), [&](const Known &each) { return name == each.name; });
    return found == std::end(kKnown) ? nullptr : found;
}

QString wordsOf(const journal::Phase &phase)
{
    const Known *of = known(phase.name);
    const QString name = of ? QCoreApplication::translate("PhaseBar", of->words) : safeText(phase.name);
    return QString(name + QChar(0xA0) + document::durationText(phase.ms));
}

} // namespace

QString phaseWords(const std::vector<journal::Phase> &phases)
{
    QStringList words;
    for (const journal::Phase &phase : phases)
        words += wordsOf(phase);
    return words.join(QStringLiteral(" · "));
}

PhaseBar::PhaseBar(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Where the time of the attempt went"));
}

void PhaseBar::setPhases(std::vector<journal::Phase> phases)
{
    setAccessibleDescription(phaseWords(phases));
    std::erase_if(phases, [](const journal::Phase &phase) { return phase.name == "queued" || !(phase.ms > 0); });
    m_phases = std::move(phases);
    m_whole = 0;
    for (const journal::Phase &phase : m_phases)
        m_whole += phase.ms;
    setVisible(m_whole > 0);
    update();
}

QRect PhaseBar::rectOf(std::size_t phase) const
{
    double before = 0;
    for (std::size_t i = 0; i < phase; ++i)
        before += m_phases[i].ms;
    const auto xOf = [&](double ms) { return static_cast<int>(ms / m_whole * width()); };
    const int left = xOf(before);
    return QStyle::visualRect(
        layoutDirection(), rect(), QRect(left, 0, std::max(1, xOf(before + m_phases[phase].ms) - left), height()));
}

void PhaseBar::paintEvent(QPaintEvent *)
{
    const theme::Tokens &t = theme::tokens();
    QPainter painter(this);
    for (std::size_t i = 0; i < m_phases.size(); ++i) {
        const Known *of = known(m_phases[i].name);
        QColor color = t.accent;
        color.setAlphaF(static_cast<float>(of ? of->strength : 0.5));
        const QRect part = rectOf(i);
        painter.fillRect(part, color);
        painter.setPen(t.base);
        if (i > 0) // apart, whatever the colours
            painter.drawLine(part.topLeft(), part.bottomLeft());
    }
    painter.setPen(t.control);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

bool PhaseBar::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    for (std::size_t i = 0; i < m_phases.size(); ++i)
        if (rectOf(i).contains(help->pos())) {
            QToolTip::showText(help->globalPos(), wordsOf(m_phases[i]), this);
            return true;
        }
    QToolTip::hideText();
    return true;
}

} // namespace hookbench::inspector
