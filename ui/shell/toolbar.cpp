#include "ui/shell/toolbar.h"

#include "ui/document/workbench.h"
#include "ui/shell/action_catalogue.h"
#include "ui/shell/palette_field.h"
#include "ui/shell/send_button.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/switch.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QProgressBar>
#include <QToolButton>
#include <QUrl>

#include <algorithm>
#include <cmath>

namespace hookbench::shell {

namespace {

constexpr int kKindNeeds = 1240; // below, the words "Webhooks (Actions)" make room
constexpr int kRunNeeds = 260; // the progress of a run beside them
constexpr int kLeastName = 160;

class Divider final : public QWidget
{
public:
    Divider() { setFixedSize(1, 20); }

protected:
    void paintEvent(QPaintEvent *) override { QPainter(this).fillRect(rect(), theme::tokens().border); }
};

class Mark final : public QWidget
{
public:
    Mark() { setFixedSize(20, 20); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        theme::paintIcon(&painter, rect().adjusted(1, 1, -1, -1), "webhook", theme::tokens().accentText);
    }
};

QString timeLeft(double seconds)
{
    if (seconds < 90)
        return Toolbar::tr("%1 s left").arg(std::lround(seconds));
    return Toolbar::tr("%1 min left").arg(std::lround(seconds / 60));
}

} // namespace

Toolbar::Toolbar(document::Workbench &workbench, const ActionCatalogue &actions, QMenu *mainMenu, QWidget *parent)
    : QWidget(parent)
    , m_workbench(workbench)
    , m_actions(actions)
    , m_menu(new QToolButton)
    , m_name(new widgets::ElidedLabel)
    , m_kind(new widgets::MutedLabel(tr("Webhooks (Actions)")))
    , m_enabled(new widgets::Switch(tr("Enabled")))
    , m_signed(new widgets::Chip)
    , m_palette(new PaletteField)
    , m_run(new QWidget)
    , m_percent(new QLabel)
    , m_bar(new QProgressBar)
    , m_left(new widgets::MutedLabel)
    , m_receiver(new QToolButton)
    , m_stop(new QToolButton)
    , m_send(new SendButton)
{
    setFixedHeight(theme::metric::kToolbar);
    setAccessibleName(tr("Toolbar"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(8, 0, 8, 1);
    row->setSpacing(8);

    m_menu->setAutoRaise(true);
    m_menu->setFocusPolicy(Qt::StrongFocus);
    m_menu->setIcon(theme::icon("menu"));
    m_menu->setToolTip(tr("Menu"));
    m_menu->setAccessibleName(tr("Menu"));
    m_menu->setPopupMode(QToolButton::InstantPopup);
    m_menu->setMenu(mainMenu);
    row->addWidget(m_menu);
    row->addWidget(new Divider);
    row->addSpacing(2);
    row->addWidget(new Mark);
    m_name->setFont(theme::font(theme::Text::Title));
    m_name->setMaximumWidth(260);
    m_name->installEventFilter(this);
    m_name->setToolTip(tr("Double-click to rename the destination"));
    row->addWidget(m_name);
    row->addWidget(m_kind);
    row->addSpacing(6);
    row->addWidget(m_enabled);
    row->addSpacing(6);
    m_signed->setLarge(true);
    row->addWidget(m_signed);
    row->addSpacing(2);
    row->addWidget(new Divider);
    row->addWidget(button("edit.undo"));
    row->addWidget(button("edit.redo"));
    row->addWidget(new Divider);
    row->addSpacing(2);
    m_palette->setKeys(actions.at("app.palette")->shortcut().toString(QKeySequence::NativeText));
    row->addWidget(m_palette);
    connect(m_palette, &QAbstractButton::clicked, actions.at("app.palette"), &QAction::trigger);

    auto *run = new QHBoxLayout(m_run);
    run->setContentsMargins(0, 0, 0, 0);
    run->setSpacing(8);
    m_percent->setFont(theme::font(theme::Text::Mono));
    m_bar->setTextVisible(false);
    m_bar->setFixedSize(104, 10);
    m_bar->setRange(0, 1000);
    m_bar->setAccessibleName(tr("Progress of the run"));
    run->addWidget(m_percent);
    run->addWidget(m_bar);
    run->addWidget(m_left);
    m_run->hide();
    row->addWidget(m_run);
    row->addStretch(1);

    m_receiver->setAutoRaise(true);
    m_receiver->setFocusPolicy(Qt::StrongFocus);
    m_receiver->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_receiver->setPopupMode(QToolButton::InstantPopup);
    m_receiver->setMenu(receiverMenu());
    row->addWidget(m_receiver);
    row->addWidget(new Divider);

    m_stop->setFocusPolicy(Qt::StrongFocus);
    m_stop->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_stop->setText(tr("Stop"));
    m_stop->setIcon(theme::icon("stop", theme::Tint::Error));
    m_stop->setAccessibleName(tr("Stop sending"));
    m_stop->setToolTip(ActionCatalogue::toolTip(actions.at("send.stop")));
    connect(m_stop, &QToolButton::clicked, actions.at("send.stop"), &QAction::trigger);
    row->addWidget(m_stop);
    row->addSpacing(2);

    auto *menu = new QMenu(m_send);
    for (const char *id : { "send.current", "send.all", "send.mapping" })
        menu->addAction(actions.at(id));
    menu->addSeparator();
    menu->addAction(actions.at("send.settings"));
    menu->setToolTipsVisible(true);
    m_send->setDefaultAction(actions.at("send.current"));
    m_send->setMenu(menu);
    m_send->setAccessibleName(tr("Send selected event"));
    row->addWidget(m_send);

    connect(
        m_enabled, &QCheckBox::clicked, this, [this](bool on) { m_workbench.document().setDestinationEnabled(on); });
    connect(m_signed, &QAbstractButton::clicked, actions.at("secret.edit"), &QAction::trigger);
    connect(&workbench.document(), &document::ProjectDocument::changed, this, &Toolbar::showDestination);
    connect(&workbench.secret(), &document::Secret::changed, this, &Toolbar::showSecret);
    connect(&workbench, &document::Workbench::receiverChanged, this, &Toolbar::showReceiver);
    pipeline::Session &session = workbench.session();
    connect(&session, &pipeline::Session::runProgressed, this, &Toolbar::showRun);
    connect(&session, &pipeline::Session::runFinished, this, &Toolbar::endRun);
    connect(&session, &pipeline::Session::runRefused, this, &Toolbar::endRun);
    connect(actions.at("send.stop"), &QAction::enabledChanged, m_stop, &QWidget::setEnabled);
    m_stop->setEnabled(false);
    showDestination();
    showSecret();
    showReceiver();
}

QToolButton *Toolbar::button(const char *action)
{
    auto *tool = new QToolButton;
    tool->setAutoRaise(true);
    tool->setFocusPolicy(Qt::StrongFocus);
    tool->setDefaultAction(m_actions.at(action));
    tool->setAccessibleName(m_actions.at(action)->text().remove(u'&'));
    return tool;
}

QMenu *Toolbar::receiverMenu()
{
    auto *menu = new QMenu(m_receiver);
    menu->addAction(m_actions.at("receiver.toggle"));
    menu->addAction(m_actions.at("receiver.copyUrl"));
    menu->addSeparator();
    menu->addAction(m_actions.at("view.received"));
    return menu;
}

void Toolbar::showDestination()
{
    const destination::Project &project = m_workbench.document().project();
    m_name->setText(project.name.empty() ? tr("Unnamed destination") : QString::fromStdString(project.name));
    m_name->setMinimumWidth(std::min(m_name->sizeHint().width(), kLeastName));
    m_enabled->setChecked(project.enabled);
    m_enabled->setText(project.enabled ? tr("Enabled") : tr("Disabled"));
    m_enabled->setToolTip(project.enabled ? tr("Switched off, nothing is sent to this destination")
                                          : tr("Switched on, events that match a mapping are sent"));
}

void Toolbar::showSecret()
{
    const bool isSigned = m_workbench.secret().isSet();
    m_signed->setText(isSigned ? tr("Signed") : tr("Unsigned"));
    m_signed->setIconName(isSigned ? "lock" : "unlock");
    m_signed->setTone(isSigned ? widgets::Tone::Success : widgets::Tone::Neutral);
    m_signed->setToolTip(isSigned ? tr("Requests carry X-Signature. Click to see or change the shared secret.")
                                  : tr("Requests go out without X-Signature. Click to set a shared secret."));
    m_signed->setAccessibleName(
        isSigned ? tr("Signed, change the shared secret") : tr("Unsigned, set a shared secret"));
}

void Toolbar::showReceiver()
{
    const pipeline::Session &session = m_workbench.session();
    if (session.isReceiverRunning()) {
        const QUrl url(session.receiverUrl());
        m_receiver->setIcon(theme::icon("dot", theme::Tint::Success));
        m_receiver->setText(tr("Receiver %1").arg(url.authority()));
        m_receiver->setToolTip(tr("Webhooks sent to %1 are received here").arg(url.toString()));
    } else if (!m_workbench.receiverProblem().isEmpty()) {
        m_receiver->setIcon(theme::icon("fail"));
        m_receiver->setText(tr("Receiver failed"));
        m_receiver->setToolTip(m_workbench.receiverProblem());
    } else {
        m_receiver->setIcon(theme::icon("ring", theme::Tint::Muted));
        m_receiver->setText(tr("Receiver stopped"));
        m_receiver->setToolTip(tr("Start it to receive webhooks on this computer"));
    }
    m_receiver->setAccessibleName(m_receiver->text());
}

void Toolbar::showRun(const pipeline::RunProgress &progress)
{
    if (!m_workbench.session().isRunning())
        return;
    if (!progress.part || progress.seconds < 0.4)
        return; // over before anybody could read it
    const double part = *progress.part;
    m_percent->setText(tr("%1 %").arg(static_cast<int>(part * 100)));
    m_bar->setValue(static_cast<int>(part * 1000));
    m_left->setText(part > 0.02 ? timeLeft(progress.seconds / part - progress.seconds) : QString());
    m_run->setVisible(true);
    showKind();
}

void Toolbar::endRun()
{
    m_run->hide();
    showKind();
}

void Toolbar::showKind()
{
    m_kind->setVisible(width() >= kKindNeeds + (m_run->isHidden() ? 0 : kRunNeeds));
}

void Toolbar::paintEvent(QPaintEvent *)
{
    const theme::Tokens &t = theme::tokens();
    QPainter painter(this);
    painter.fillRect(rect(), t.toolbar);
    painter.fillRect(0, height() - 1, width(), 1, t.border);
}

void Toolbar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    showKind();
}

bool Toolbar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_name && event->type() == QEvent::MouseButtonDblClick) {
        m_actions.at("destination.rename")->trigger();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace hookbench::shell
