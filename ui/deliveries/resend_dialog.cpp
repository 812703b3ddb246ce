#include "ui/deliveries/resend_dialog.h"

#include "core/base/utf8.h"
#include "ui/theme/fonts.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/code_editor.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <fmt/format.h>

namespace hookbench::deliveries {

namespace {

constexpr std::size_t kLongestEdited = 1'000'000;

/// Header values are Latin-1 on the wire.
QString shown(const std::string &value)
{
    return QString::fromLatin1(value.data(), static_cast<qsizetype>(value.size()));
}

} // namespace

QString linesOfHeaders(const Headers &headers, const std::optional<HeaderNames> &masked)
{
    QString text;
    for (const Header &header : headers) {
        const bool hidden = masked && isSecretHeader(header.name, *masked);
        text += shown(header.name) + QLatin1String(": ")
            + (hidden ? QString::fromStdString(redactHeaderValue(header.value)) : shown(header.value))
            + QLatin1Char('\n');
    }
    return text;
}

Result<Headers> headersFromLines(const QString &text, const Headers &hidden)
{
    Headers headers;
    Headers left = hidden;
    const QStringList lines = text.split(QLatin1Char('\n'));
    for (int i = 0; i < lines.size(); ++i) {
        const QString &line = lines[i];
        if (line.trimmed().isEmpty())
            continue;
        const auto colon = line.indexOf(QLatin1Char(':'));
        const auto wide = [](QChar c) { return c.unicode() > 0xff; };
        if (colon <= 0)
            return fail("resend-header",
                fmt::format("Line {} of the headers has no name and colon. Write it as Name: value.", i + 1));
        const std::string name = line.left(colon).trimmed().toStdString();
        const std::string value = line.mid(colon + 1).trimmed().toStdString();
        const auto meant = std::find_if(left.begin(), left.end(), [&](const Header &header) {
            return sameHeaderName(header.name, name) && redactHeaderValue(header.value) == value;
        });
        if (meant != left.end()) {
            headers.push_back({ name, meant->value });
            left.erase(meant);
            continue;
        }
        if (std::any_of(line.begin(), line.end(), wide))
            return fail("resend-header",
                fmt::format("Line {} of the headers holds a character that HTTP cannot carry there.", i + 1));
        headers.push_back({ line.left(colon).trimmed().toLatin1().toStdString(),
            line.mid(colon + 1).trimmed().toLatin1().toStdString() });
    }
    return headers;
}

ResendDialog::ResendDialog(journal::RecordPtr record, std::string secret, QWidget *parent)
    : QDialog(parent)
    , m_record(std::move(record))
    , m_secret(std::move(secret))
    , m_method(new QComboBox)
    , m_url(new QLineEdit)
    , m_headers(new QPlainTextEdit)
    , m_showSecrets(new QCheckBox(tr("Show &credentials and masked headers")))
    , m_body(new widgets::CodeEditor)
    , m_sign(new QCheckBox(tr("Sign the body with the shared secret")))
    , m_oldSignature(new widgets::Banner(widgets::Tone::Warning))
    , m_problem(new widgets::Banner(widgets::Tone::Error))
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Cancel))
{
    const journal::Delivery &delivery = m_record->delivery;
    setWindowTitle(tr("Edit and send again"));
    resize(720, 600);
    m_method->addItems({ QStringLiteral("POST"), QStringLiteral("PUT"), QStringLiteral("PATCH"),
        QStringLiteral("DELETE"), QStringLiteral("GET") });
    m_method->setCurrentText(QString::fromStdString(delivery.method));
    m_method->setAccessibleName(tr("Method"));
    m_url->setText(QString::fromStdString(delivery.url));
    m_url->setCursorPosition(0);
    m_url->setFont(theme::font(theme::Text::Mono));
    m_url->setAccessibleName(tr("URL"));
    m_lines = linesOfHeaders(delivery.headers, delivery.maskedHeaders);
    m_headers->setPlainText(m_lines);
    m_showSecrets->setVisible(std::any_of(delivery.headers.begin(), delivery.headers.end(),
        [&](const Header &header) { return isSecretHeader(header.name, delivery.maskedHeaders); }));
    m_known = delivery.headers;
    m_headers->setFont(theme::font(theme::Text::Mono));
    m_headers->setMaximumHeight(140);
    m_headers->setTabChangesFocus(true);
    m_headers->setAccessibleName(tr("Headers"));
    m_body->setLexer(widgets::jsonLexer());
    m_body->setAccessibleName(tr("Body"));
    const bool isText = findInvalidUtf8(delivery.body) == kValidUtf8 && delivery.body.size() <= kLongestEdited;
    if (!delivery.hasBody || !isText) {
        m_body->setReadOnly(true);
        m_body->setPlaceholder(delivery.hasBody
                ? tr("This body is no text, or too long to be edited: it goes out as it was.")
                : tr("This request has no body."));
    } else {
        m_body->setPlainText(QString::fromStdString(delivery.body));
        m_body->document()->setModified(false);
    }
    m_sign->setObjectName(QStringLiteral("sign"));
    m_sign->setEnabled(!m_secret.empty());
    m_sign->setChecked(!m_secret.empty() && !delivery.signature.empty());
    m_sign->setToolTip(m_secret.empty() ? tr("There is no shared secret") : QString());
    m_oldSignature->hide();
    m_problem->hide();
    QPushButton *send = m_buttons->addButton(tr("Send"), QDialogButtonBox::AcceptRole);
    send->setDefault(true);

    auto *form = new QFormLayout;
    form->addRow(tr("&Method"), m_method);
    form->addRow(tr("&URL"), m_url);
    form->addRow(tr("&Headers"), m_headers);
    if (!m_showSecrets->isHidden())
        form->addRow(QString(), m_showSecrets);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(form);
    auto *bodyLabel = new QLabel(tr("&Body"));
    bodyLabel->setBuddy(m_body);
    layout->addWidget(bodyLabel);
    layout->addWidget(m_body, 1);
    layout->addWidget(m_sign);
    layout->addWidget(m_oldSignature);
    layout->addWidget(m_problem);
    layout->addWidget(m_buttons);
    connect(m_showSecrets, &QCheckBox::toggled, this, &ResendDialog::showSecrets);
    connect(m_body->document(), &QTextDocument::modificationChanged, this, &ResendDialog::tellOfSignature);
    connect(m_sign, &QCheckBox::toggled, this, &ResendDialog::tellOfSignature);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &ResendDialog::read);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

// What was not touched stays as it was recorded, even where lines cannot say it: white space at the ends.
bool ResendDialog::readHeaders()
{
    const QString lines = m_headers->toPlainText();
    if (lines == m_lines)
        return true;
    Result<Headers> headers = headersFromLines(lines, m_known);
    m_problem->setVisible(!headers);
    if (!headers) {
        tell(headers.error());
        return false;
    }
    m_known = std::move(*headers);
    m_lines = lines;
    return true;
}

void ResendDialog::tellOfSignature()
{
    m_oldSignature->setText(tr("The body is changed, and its signature is the old one: it will not verify."),
        m_secret.empty() ? tr("There is no shared secret to sign it with.")
                         : tr("Sign the body, or keep it for a test."));
    m_oldSignature->setVisible(
        m_body->document()->isModified() && !m_sign->isChecked() && !m_record->delivery.signature.empty());
}

// Why it cannot go out, and where the cursor has to be to mend it.
void ResendDialog::tell(const Error &error)
{
    m_problem->setText(QString::fromStdString(error.message));
    m_problem->show();
    QWidget *faulty = m_url;
    if (error.code == "resend-header" || error.code == "resend-framing")
        faulty = m_headers;
    else if (error.code == "resend-method")
        faulty = m_method;
    faulty->setFocus(Qt::OtherFocusReason);
}

void ResendDialog::showSecrets(bool shown)
{
    if (!readHeaders())
        return;
    m_lines = linesOfHeaders(m_known, shown ? std::nullopt : std::optional(m_record->delivery.maskedHeaders));
    m_headers->setPlainText(m_lines);
}

void ResendDialog::read()
{
    const journal::Delivery &delivery = m_record->delivery;
    m_resend = {};
    m_resend.reSign = m_sign->isChecked();
    m_resend.secret = m_secret;
    if (const std::string method = m_method->currentText().toStdString(); method != delivery.method)
        m_resend.method = method;
    if (const std::string url = m_url->text().toStdString(); url != delivery.url)
        m_resend.url = url;
    if (!readHeaders())
        return;
    if (m_known != delivery.headers)
        m_resend.headers = m_known;
    if (!m_body->isReadOnly())
        if (const std::string body = m_body->toPlainText().toStdString(); body != delivery.body)
            m_resend.body = body;
    if (const auto request = pipeline::repeat(delivery, m_resend); !request) {
        tell(request.error());
        return;
    }
    accept();
}

} // namespace hookbench::deliveries
