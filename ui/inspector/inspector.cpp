#include "ui/inspector/inspector.h"

#include "core/base/display.h"
#include "ui/document/workbench.h"
#include "ui/inspector/http_text.h"
#include "ui/inspector/signature_view.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/code_editor.h"
#include "ui/widgets/empty_state.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace hookbench::inspector {

namespace {

bool same(const journal::DeliveryRecord &a, const journal::DeliveryRecord &b)
{
    return a.delivery.id == b.delivery.id && a.attempts.size() == b.attempts.size();
}

} // namespace

Inspector::Inspector(document::Workbench &workbench, QWidget *parent)
    : QWidget(parent)
    , m_workbench(workbench)
    , m_tabs(new QTabBar)
    , m_pretty(toggle("braces", tr("Indent JSON (the bytes sent are not indented)")))
    , m_secrets(toggle("eye", tr("Show credentials")))
    , m_copy(new QToolButton)
    , m_pages(new QStackedWidget)
    , m_text(new widgets::CodeEditor)
    , m_empty(new widgets::EmptyState("", {}, tr("Select a delivery to inspect it.")))
    , m_signature(new SignatureView)
{
    m_tabs->addTab(tr("Request"));
    m_tabs->addTab(tr("Response"));
    m_tabs->addTab(tr("Signature"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setAccessibleName(tr("Inspector"));
    m_copy->setIcon(theme::icon("copy"));
    m_copy->setAutoRaise(true);
    m_copy->setToolTip(tr("Copy what is shown"));
    m_copy->setAccessibleName(m_copy->toolTip());
    auto *row = new QHBoxLayout;
    row->setContentsMargins(6, 0, 6, 0);
    row->setSpacing(2);
    row->addWidget(m_tabs);
    row->addStretch();
    row->addWidget(m_pretty);
    row->addWidget(m_secrets);
    row->addWidget(m_copy);
    m_text->setReadOnly(true);
    m_text->setGutter(widgets::CodeEditor::Gutter::None);
    m_text->setLexer(widgets::httpLexer());
    m_text->setLineWrapped(true);
    m_text->setCurrentLineTinted(false);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_text);
    m_pages->addWidget(m_signature);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(row);
    layout->addWidget(m_pages, 1);
    setMinimumWidth(320);

    connect(m_tabs, &QTabBar::currentChanged, this, &Inspector::refresh);
    connect(m_pretty, &QToolButton::toggled, this, &Inspector::refresh);
    connect(m_secrets, &QToolButton::toggled, this, &Inspector::refresh);
    connect(
        m_copy, &QToolButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_text->toPlainText()); });
    connect(&workbench.secret(), &document::Secret::changed, this, &Inspector::refresh);
    refresh();
}

QToolButton *Inspector::toggle(const char *icon, const QString &words)
{
    auto *button = new QToolButton(this);
    button->setIcon(theme::icon(icon));
    button->setCheckable(true);
    button->setAutoRaise(true);
    button->setToolTip(words);
    button->setAccessibleName(words);
    return button;
}

void Inspector::show(std::optional<journal::DeliveryRecord> record)
{
    if (record && m_record && same(*record, *m_record))
        return;
    m_record = std::move(record);
    refresh();
}

void Inspector::refresh()
{
    const int tab = m_tabs->currentIndex();
    m_pretty->setVisible(m_record && tab != SignatureTab);
    m_copy->setVisible(m_record && tab != SignatureTab);
    m_secrets->setVisible(m_record && tab != SignatureTab && hasSecrets(*m_record));
    if (!m_record) {
        m_empty->setText(tr("Select a delivery to inspect it."));
        m_pages->setCurrentWidget(m_empty);
        return;
    }
    const HttpTextOptions options{ m_pretty->isChecked(), m_secrets->isChecked() };
    if (tab == SignatureTab) {
        m_signature->show(*m_record, m_workbench.secret().value());
        m_pages->setCurrentWidget(m_signature);
        return;
    }
    const QString text = tab == RequestTab ? requestText(*m_record, options) : responseText(*m_record, options);
    if (text.isEmpty()) {
        m_empty->setText(m_record->attempts.empty()
                ? tr("No answer yet.")
                : tr("No answer. %1").arg(QString::fromStdString(escapeForDisplay(m_record->attempts.back().message))));
        m_pages->setCurrentWidget(m_empty);
        return;
    }
    m_text->setAccessibleName(m_tabs->tabText(tab));
    m_text->replaceText(text);
    m_pages->setCurrentWidget(m_text);
}

} // namespace hookbench::inspector
