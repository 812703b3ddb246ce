#include "ui/shell/first_run_page.h"

#include "ui/shell/action_catalogue.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/labels.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace hookbench::shell {

namespace {

constexpr int kColumn = 560;

class Step final : public QWidget
{
public:
    Step(const char *iconName, const QString &text)
        : m_icon(iconName)
        , m_text(text)
    {
        setFixedSize(104, 68);
        setAccessibleName(text);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const theme::Tokens &t = theme::tokens();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(t.border);
        painter.setBrush(t.alt);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
        theme::paintIcon(&painter, QRect((width() - 20) / 2, 13, 20, 20), m_icon, t.accentText);
        painter.setPen(t.text);
        painter.setFont(theme::font(theme::Text::Small));
        const QString shown = painter.fontMetrics().elidedText(m_text, Qt::ElideRight, width() - 8);
        painter.drawText(QRect(0, 40, width(), 18), Qt::AlignCenter, shown);
    }

private:
    const char *m_icon;
    QString m_text;
};

class Arrow final : public QWidget
{
public:
    Arrow() { setFixedSize(20, 20); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        if (layoutDirection() == Qt::RightToLeft) {
            painter.translate(width(), 0);
            painter.scale(-1, 1);
        }
        theme::paintIcon(&painter, rect().adjusted(2, 2, -2, -2), "arrow-right", theme::tokens().control);
    }
};

/// A wide button with its words at the start and its keys at the end.
QPushButton *choice(QAction *action, const QString &text)
{
    auto *button = new QPushButton(action->icon(), text);
    button->setMinimumHeight(32);
    theme::setRole(button, theme::Role::Leading);
    button->setToolTip(ActionCatalogue::toolTip(action));
    const QString keys = action->shortcut().toString(QKeySequence::NativeText);
    if (!keys.isEmpty()) {
        auto *row = new QHBoxLayout(button);
        row->setContentsMargins(0, 0, 7, 0);
        row->addStretch(1);
        auto *cap = new widgets::KeyCap(keys);
        cap->setAttribute(Qt::WA_TransparentForMouseEvents);
        row->addWidget(cap);
    }
    QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
    return button;
}

} // namespace

FirstRunPage::FirstRunPage(const ActionCatalogue &actions, QWidget *parent)
    : QWidget(parent)
    , m_hint(new widgets::MutedLabel)
{
    auto *outer = new QHBoxLayout(this);
    outer->addStretch(1);
    auto *column = new QVBoxLayout;
    outer->addLayout(column);
    outer->addStretch(1);
    column->setSpacing(0);
    column->addStretch(3);

    auto *steps = new QHBoxLayout;
    steps->setSpacing(8);
    steps->addStretch(1);
    steps->addWidget(new Step("event", tr("Event")));
    for (const auto &[icon, text] :
        { std::pair{ "mapping", tr("Mapping") }, { "lock", tr("Signed request") }, { "server", tr("Receiver") } }) {
        steps->addWidget(new Arrow, 0, Qt::AlignVCenter);
        steps->addWidget(new Step(icon, text));
    }
    steps->addStretch(1);
    column->addLayout(steps);
    column->addSpacing(26);

    auto *heading = new QLabel(tr("See one event become a signed webhook"));
    heading->setFont(theme::font(theme::Text::Heading));
    heading->setAlignment(Qt::AlignCenter);
    heading->setWordWrap(true);
    column->addWidget(heading);
    column->addSpacing(8);
    auto *words = new widgets::MutedLabel(
        tr("Map a Segment event, send it to a receiver on this computer, and check its signature."));
    words->setAlignment(Qt::AlignCenter);
    words->setWordWrap(true);
    column->addWidget(words);
    column->addSpacing(22);

    QAction *sample = actions.at("file.sample");
    auto *start = new QPushButton(theme::icon("play", theme::Tint::OnAccent), tr("Try the sample destination"));
    start->setFont(theme::font(theme::Text::HeadingButton));
    start->setMinimumSize(256, 40);
    theme::setRole(start, theme::Role::Primary);
    connect(start, &QPushButton::clicked, sample, &QAction::trigger);
    m_try = start;
    column->addWidget(start, 0, Qt::AlignHCenter);
    column->addSpacing(10);
    m_hint->setFont(theme::font(theme::Text::Small));
    m_hint->setAlignment(Qt::AlignCenter);
    m_hint->setWordWrap(true);
    column->addWidget(m_hint);
    column->addSpacing(28);

    auto *line = new QFrame;
    line->setFrameShape(QFrame::HLine);
    line->setFixedHeight(1);
    column->addWidget(line);
    column->addSpacing(18);
    auto *others = new QHBoxLayout;
    others->setSpacing(10);
    others->addWidget(choice(actions.at("mapping.new"), tr("New mapping")), 1);
    others->addWidget(choice(actions.at("file.open"), tr("Open a project…")), 1);
    column->addLayout(others);
    column->addSpacing(16);
    auto *drop = new widgets::MutedLabel(tr("You can also drop a .hookbench, .tf, .json or .ndjson file,\n"
                                            "or a folder of them, anywhere in this window."));
    drop->setFont(theme::font(theme::Text::Small));
    drop->setAlignment(Qt::AlignCenter);
    drop->setWordWrap(true);
    column->addWidget(drop);
    column->addStretch(4);
    heading->setMinimumWidth(std::min(kColumn, 460));
    line->setMinimumWidth(460);
    column->setSizeConstraint(QLayout::SetDefaultConstraint);
    setReceiverPort(8765);
}

void FirstRunPage::setReceiverPort(int port)
{
    m_hint->setText(tr("Starts a receiver on 127.0.0.1:%1 and loads a mapping and an Order Completed event.\nNothing "
                       "leaves this computer.")
                        .arg(port));
}

void FirstRunPage::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), theme::tokens().base);
}

} // namespace hookbench::shell
