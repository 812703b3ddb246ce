#include "ui/settings/settings_dialog.h"

#include "core/storage/settings.h"
#include "ui/document/workbench.h"
#include "ui/theme/fonts.h"
#include "ui/theme/style.h"
#include "ui/widgets/labels.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QStackedWidget>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace hookbench::ui {

namespace keys = storage::settings;

SettingsDialog::SettingsDialog(document::Workbench &workbench, QWidget *parent)
    : QDialog(parent)
    , m_workbench(workbench)
    , m_titles(new QListWidget)
    , m_pages(new QStackedWidget)
{
    setWindowTitle(tr("Settings"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *columns = new QHBoxLayout;
    columns->setSpacing(0);
    m_titles->setFrameShape(QFrame::NoFrame);
    m_titles->setFixedWidth(150);
    m_titles->setAccessibleName(tr("Pages"));
    columns->addWidget(m_titles);
    columns->addWidget(m_pages, 1);
    layout->addLayout(columns, 1);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    m_ok = buttons->button(QDialogButtonBox::Ok);
    theme::setRole(m_ok, theme::Role::Primary);
    connect(buttons, &QDialogButtonBox::accepted, this, &SettingsDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &SettingsDialog::reject);
    auto *line = new QFrame;
    line->setFrameShape(QFrame::HLine);
    line->setFixedHeight(1);
    layout->addWidget(line);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(16, 10, 16, 12);
    foot->addWidget(buttons);
    layout->addLayout(foot);

    fillAppearance();
    fillDelivery();
    fillReceiver();
    fillRecords();
    connect(m_titles, &QListWidget::currentRowChanged, m_pages, &QStackedWidget::setCurrentIndex);
    m_titles->setCurrentRow(0);
    resize(720, 500);
}

void SettingsDialog::showPage(Page page)
{
    m_titles->setCurrentRow(static_cast<int>(page));
}

void SettingsDialog::accept()
{
    for (const auto &keep : m_keep)
        keep();
    if (const auto saved = m_workbench.settings().save(); !saved)
        m_workbench.say(QString::fromStdString(saved.error().message));
    m_workbench.tellSettingsChanged();
    QDialog::accept();
}

QFormLayout *SettingsDialog::addPage(const QString &title)
{
    auto *item = new QListWidgetItem(title, m_titles);
    item->setSizeHint({ 0, 30 });
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    auto *page = new QWidget;
    auto *form = new QFormLayout(page);
    form->setContentsMargins(20, 16, 20, 16);
    form->setHorizontalSpacing(14);
    form->setVerticalSpacing(10);
    form->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
    // Else rows in which lines may break share what is left of the height among them.
    auto *sheet = new QWidget;
    auto *column = new QVBoxLayout(sheet);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(page);
    column->addStretch(1);
    scroll->setWidget(sheet);
    m_pages->addWidget(scroll);
    return form;
}

void SettingsDialog::addChoice(QFormLayout *form, const QString &label, const storage::Setting<std::string> &setting,
    const std::vector<Choice> &choices)
{
    auto *box = new QComboBox;
    const std::string now = m_workbench.settings().get(setting);
    for (const Choice &choice : choices) {
        box->addItem(choice.words, QLatin1String(choice.value));
        if (now == choice.value)
            box->setCurrentIndex(box->count() - 1);
    }
    box->setAccessibleName(label);
    box->setMinimumWidth(box->sizeHint().width());
    form->addRow(label, box);
    m_keep.emplace_back(
        [this, box, setting] { m_workbench.settings().set(setting, box->currentData().toString().toStdString()); });
}

void SettingsDialog::addText(QFormLayout *form, const QString &label, const storage::Setting<std::string> &setting,
    const QString &placeholder, std::function<QString(const QString &)> whyWrong)
{
    auto *line = new QLineEdit(QString::fromStdString(m_workbench.settings().get(setting)));
    line->setPlaceholderText(placeholder);
    line->setMinimumWidth(260);
    line->setFont(theme::font(theme::Text::Mono));
    line->setAccessibleName(label);
    form->addRow(label, line);
    m_keep.emplace_back([this, line, setting] { m_workbench.settings().set(setting, line->text().toStdString()); });
    if (!whyWrong)
        return;
    auto *why = new widgets::StatusLabel;
    why->hide();
    form->addRow(QString(), why);
    const auto look = [line, why, whyWrong, this] {
        const QString reason = whyWrong(line->text());
        theme::setInvalid(line, reason);
        why->setStatus("fail", reason, widgets::Tone::Error);
        why->setVisible(!reason.isEmpty());
        showValidity();
    };
    m_isValid.emplace_back([line] { return !theme::isInvalid(line); });
    connect(line, &QLineEdit::textChanged, this, look);
    look();
}

void SettingsDialog::addNumber(QFormLayout *form, const QString &label, const storage::Setting<int> &setting,
    const QString &unit, int scale, const QString &special)
{
    auto *box = new QSpinBox;
    box->setRange((setting.least + scale - 1) / scale, setting.most / scale);
    box->setValue(m_workbench.settings().get(setting) / scale);
    box->setSpecialValueText(special);
    box->setMinimumWidth(90);
    box->setAccessibleName(unit.isEmpty() ? label : QString(label + u", " + unit));
    if (unit.isEmpty()) {
        form->addRow(label, box);
    } else {
        auto *row = new QHBoxLayout;
        row->setSpacing(8);
        row->addWidget(box);
        auto *words = new widgets::ElidedLabel(unit);
        words->setMuted(true);
        row->addWidget(words, 1);
        form->addRow(label, row);
    }
    m_keep.emplace_back([this, box, setting, scale] { m_workbench.settings().set(setting, box->value() * scale); });
}

void SettingsDialog::addSwitch(
    QFormLayout *form, const QString &text, const storage::Setting<bool> &setting, const QString &words)
{
    auto *box = new QCheckBox(text);
    box->setChecked(m_workbench.settings().get(setting));
    box->setAccessibleDescription(words);
    form->addRow(box);
    if (!words.isEmpty())
        addNote(form, words);
    m_keep.emplace_back([this, box, setting] { m_workbench.settings().set(setting, box->isChecked()); });
}

void SettingsDialog::addNote(QFormLayout *form, const QString &words)
{
    auto *note = new widgets::MutedLabel(words);
    note->setFont(theme::font(theme::Text::Small));
    note->setWordWrap(true);
    note->setContentsMargins(22, 0, 0, 4);
    form->addRow(note);
}

void SettingsDialog::fillAppearance()
{
    QFormLayout *form = addPage(tr("Appearance"));
    addChoice(form, tr("Colours"), keys::theme,
        { { "system", tr("As the system") }, { "light", tr("Light") }, { "dark", tr("Dark") } });
    addSwitch(form, tr("Open the last project again at the start"), keys::reopenLastProject, {});
}

void SettingsDialog::fillDelivery()
{
    QFormLayout *form = addPage(tr("Delivery"));
    addNumber(form, tr("Time limit"), keys::timeoutMs, tr("seconds for a whole request; Segment waits 10"), 1000);
    addNumber(form, tr("In flight"), keys::inFlight, tr("requests at once to one host"), 1);
    addNumber(form, tr("Response limit"), keys::responseLimitKb, tr("KB kept of a response body"), 1);
    addText(form, tr("User-Agent"), keys::userAgent, QString(), [](const QString &text) {
        const bool ascii = std::ranges::all_of(text, [](QChar c) { return c.unicode() >= 0x20 && c.unicode() < 0x7f; });
        return ascii ? QString() : tr("Only printable ASCII can stand in this header");
    });
    addText(form, tr("Proxy"), keys::proxy, tr("None"), [](const QString &text) {
        const QUrl url(text, QUrl::StrictMode);
        const QString scheme = url.scheme();
        const bool good = text.isEmpty()
            || (url.isValid() && !url.host().isEmpty() && url.port() > 0 && (scheme == u"http" || scheme == u"socks5"));
        return good ? QString() : tr("Write it as http://host:port or socks5://host:port");
    });
    addChoice(form, tr("Signature covers"), keys::signatureMode,
        { { "first-event", tr("The first event (Segment today)") },
            { "whole-body", tr("The whole body (proposed)") } });
    addSwitch(form, tr("Follow redirects"), keys::followRedirects,
        tr("Segment follows up to 20 and hands all headers to any host. When off, a redirect is shown as the failed "
           "delivery it is."));
    addSwitch(form, tr("Keep connections open"), keys::keepAlive,
        tr("Segment opens a new one for each request. Some receivers close idle ones just as a request goes out."));
    addSwitch(form, tr("Allow HTTP/2"), keys::http2, tr("Only over TLS, when the receiver offers it."));
    addSwitch(form, tr("Leave out events a mapping fails on"), keys::skipFailingEvents,
        tr("Segment rejects the whole batch instead."));
}

void SettingsDialog::fillReceiver()
{
    QFormLayout *form = addPage(tr("Receiver"));
    addNumber(form, tr("Port"), keys::receiverPort, tr("on 127.0.0.1; 0 takes any free one"), 1);
    addSwitch(form, tr("Start the receiver with the program"), keys::startReceiver, {});
    auto *hosts = new QPlainTextEdit;
    QStringList lines;
    for (const std::string &host : m_workbench.settings().get(keys::receiverHosts))
        lines << QString::fromStdString(host);
    hosts->setPlainText(lines.join(u'\n'));
    hosts->setFont(theme::font(theme::Text::Mono));
    hosts->setTabChangesFocus(true);
    hosts->setFixedHeight(84);
    hosts->setMinimumWidth(260);
    hosts->setPlaceholderText(tr("one name a line"));
    hosts->setAccessibleName(tr("Allowed host names"));
    form->addRow(tr("Allowed hosts"), hosts);
    addNote(form,
        tr("Requests for other host names are refused, so that no web page can reach the receiver through DNS. Name "
           "your tunnel here."));
    m_keep.emplace_back([this, hosts] {
        storage::TextList names;
        for (const QString &line : hosts->toPlainText().split(u'\n', Qt::SkipEmptyParts))
            if (const QString name = line.trimmed(); !name.isEmpty())
                names.push_back(name.toStdString());
        m_workbench.settings().set(keys::receiverHosts, names);
    });
}

void SettingsDialog::fillRecords()
{
    QFormLayout *form = addPage(tr("Records"));
    addSwitch(form, tr("Keep a journal of deliveries"), keys::journalOn,
        tr("Every request and response with its exact bytes, in a file only you can read. Takes effect at the next "
           "start."));
    addNumber(form, tr("Keep for"), keys::journalDays, tr("days; older deliveries are removed"), 1, tr("for ever"));
    addNumber(
        form, tr("Keep at most"), keys::journalMegabytes, tr("MB; then the oldest are removed"), 1, tr("no limit"));
    addNote(form,
        tr("Pinned deliveries stay, and so do parked ones. The file itself becomes smaller with Compact the journal."));
}

void SettingsDialog::showValidity()
{
    if (m_ok)
        m_ok->setEnabled(std::ranges::all_of(m_isValid, [](const auto &valid) { return valid(); }));
}

} // namespace hookbench::ui
