#include "ui/inspector/message_page.h"

#include "core/base/display.h"
#include "core/storage/file.h"
#include "ui/document/outcome_words.h"
#include "ui/inspector/http_text.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/body_view.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/text_view.h"

#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QMenu>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QToolButton>

namespace hookbench::inspector {

namespace {
constexpr int kAttemptLetters = 8; // "3: 200 OK"; the list shows the whole
} // namespace

MessagePage::MessagePage(Side side, QWidget *parent)
    : QWidget(parent)
    , m_side(side)
    , m_pages(new QStackedWidget)
    , m_empty(new widgets::EmptyState("", {}, {}))
    , m_view(new widgets::BodyView)
    , m_attempts(new QComboBox)
    , m_secrets(new QToolButton)
    , m_copy(new QToolButton)
    , m_saveBody(nullptr)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_pages);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_view);
    const bool request = side == Side::Request;
    m_view->textView()->setAccessibleName(request ? tr("Request") : tr("Response"));

    m_attempts->setAccessibleName(tr("Which attempt is shown"));
    m_attempts->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_attempts->setMinimumContentsLength(kAttemptLetters);
    theme::setRole(m_attempts, theme::Role::Small);
    m_secrets->setIcon(theme::icon("eye"));
    m_secrets->setCheckable(true);
    m_secrets->setAutoRaise(true);
    m_secrets->setToolTip(tr("Show credentials"));
    m_secrets->setAccessibleName(m_secrets->toolTip());
    m_copy->setIcon(theme::icon("copy"));
    m_copy->setAutoRaise(true);
    m_copy->setPopupMode(QToolButton::InstantPopup);
    m_copy->setToolTip(tr("Copy or save"));
    m_copy->setAccessibleName(m_copy->toolTip());
    for (QToolButton *button : { m_secrets, m_copy })
        button->setFocusPolicy(Qt::TabFocus);
    auto *menu = new QMenu(m_copy);
    connect(menu->addAction(tr("Copy &body")), &QAction::triggered, this, &MessagePage::copyBody);
    connect(menu->addAction(tr("Copy &head")), &QAction::triggered, this, &MessagePage::copyHead);
    connect(menu->addAction(tr("Copy what is &shown")), &QAction::triggered, this,
        [this] { QGuiApplication::clipboard()->setText(m_view->textView()->text()); });
    menu->addSeparator();
    m_saveBody = menu->addAction(tr("Save body &as…"));
    connect(m_saveBody, &QAction::triggered, this, &MessagePage::saveBody);
    m_copy->setMenu(menu);
    m_view->leading()->addWidget(m_attempts);
    m_view->trailing()->addWidget(m_secrets);
    m_view->trailing()->addWidget(m_copy);

    connect(m_attempts, &QComboBox::activated, this, &MessagePage::attemptChosen);
    connect(m_secrets, &QToolButton::toggled, this, &MessagePage::secretsToggled);
}

void MessagePage::show(const journal::RecordPtr &record, int attempt)
{
    const bool other = record != m_record;
    if (!other && attempt == m_attempt)
        return;
    m_record = record;
    m_attempt = attempt;
    if (other)
        fillAttempts();
    present();
}

void MessagePage::fillAttempts()
{
    const QSignalBlocker blocker(m_attempts);
    m_attempts->clear();
    if (!m_record)
        return;
    for (const journal::Attempt &attempt : m_record->attempts) {
        const document::OutcomeWords words
            = document::outcomeWords(attempt.status, attempt.reason, attempt.failure, attempt.durationMs);
        m_attempts->addItem(theme::icon(words.icon), tr("%1: %2").arg(attempt.number).arg(words.text));
    }
    m_attempts->setVisible(m_attempts->count() > 1);
    m_secrets->setVisible(hasSecrets(*m_record));
}

void MessagePage::setSecretsShown(bool shown)
{
    if (m_secrets->isChecked() == shown)
        return;
    {
        const QSignalBlocker blocker(m_secrets);
        m_secrets->setChecked(shown);
    }
    present();
}

const std::string &MessagePage::bodyBytes() const
{
    static const std::string kNone;
    if (!m_record)
        return kNone;
    if (m_side == Side::Request)
        return m_record->delivery.body;
    const journal::Attempt *attempt = attemptAt(*m_record, m_attempt);
    return attempt ? attempt->responseBody : kNone;
}

void MessagePage::present()
{
    if (!m_record)
        return;
    const journal::Attempt *attempt = attemptAt(*m_record, m_attempt);
    if (attempt) {
        const QSignalBlocker blocker(m_attempts);
        m_attempts->setCurrentIndex(static_cast<int>(attempt - m_record->attempts.data()));
    }
    if (m_side == Side::Response && (!attempt || attempt->status == 0)) {
        m_empty->setText(attempt ? tr("No answer. %1").arg(QString::fromStdString(escapeForDisplay(attempt->message)))
                                 : tr("No answer yet."));
        m_pages->setCurrentWidget(m_empty);
        return;
    }
    const bool request = m_side == Side::Request;
    widgets::Message message;
    message.body = widgets::BytesPtr(m_record, &bodyBytes());
    message.contentType = contentTypeOf(request ? requestHeaders(*m_record, m_attempt) : attempt->responseHeaders);
    message.head = [record = m_record, attempt = m_attempt, secrets = m_secrets->isChecked(), request] {
        return request ? requestHead(*record, attempt, secrets) : responseHead(*record, attempt, secrets);
    };
    if (request && !m_record->delivery.hasBody)
        message.note = tr("Sent without a body.");
    if (!request && !attempt->note.empty())
        message.note = QString::fromStdString(escapeForDisplay(attempt->note));
    else if (!request && attempt->responseTruncated)
        message.note = tr("The response went on; this is what was kept.");
    m_view->show(std::move(message));
    m_pages->setCurrentWidget(m_view);
}

void MessagePage::copyBody()
{
    QGuiApplication::clipboard()->setText(QString::fromStdString(bodyBytes()));
    const bool exact = !m_view->body()->invalidUtf8.has_value();
    Q_EMIT said(
        exact ? tr("Body copied.") : tr("Body copied; bytes that are no UTF-8 were replaced. Save it instead."));
}

void MessagePage::copyHead()
{
    if (!m_record)
        return;
    const bool secrets = m_secrets->isChecked();
    QGuiApplication::clipboard()->setText(
        QString::fromStdString(m_side == Side::Request ? requestHead(*m_record, m_attempt, secrets)
                                                       : responseHead(*m_record, m_attempt, secrets)));
}

void MessagePage::saveBody()
{
    const QString path = QFileDialog::getSaveFileName(this, tr("Save body"));
    if (path.isEmpty())
        return;
    const auto written = storage::writeFileAtomically(path.toStdString(), bodyBytes());
    Q_EMIT said(written ? tr("Saved to %1.").arg(path) : QString::fromStdString(written.error().message));
}

} // namespace hookbench::inspector
