#include "ui/inspector/as_code_view.h"

#include "core/base/utf8.h"
#include "core/journal/har.h"
#include "core/storage/file.h"
#include "ui/inspector/signature_words.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/code_editor.h"
#include "ui/widgets/source_lexer.h"

#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QToolButton>
#include <QVBoxLayout>

namespace hookbench::inspector {

namespace {

journal::Redaction redactionOf(const std::string &secret)
{
    return { {}, { secret } };
}

/// Where the body of a copied command lies: for its owner only, the same place for the same delivery.
QString bodyPath(const journal::DeliveryRecord &record)
{
    return QDir::temp().filePath(QStringLiteral("hookbench-body-%1").arg(QString::fromStdString(record.delivery.id)));
}

widgets::LineLexer lexerOf(journal::CodeForm form)
{
    switch (form) {
    case journal::CodeForm::Curl:
    case journal::CodeForm::Httpie:
        return widgets::sourceLexer(widgets::SourceKind::Shell);
    case journal::CodeForm::PythonRequests:
        return widgets::sourceLexer(widgets::SourceKind::Python);
    case journal::CodeForm::NodeFetch:
        return widgets::sourceLexer(widgets::SourceKind::JavaScript);
    case journal::CodeForm::RawHttp:
        return widgets::httpLexer();
    }
    return {};
}

} // namespace

AsCodeView::AsCodeView(QWidget *parent)
    : QWidget(parent)
    , m_form(new QComboBox)
    , m_secrets(new QToolButton)
    , m_copy(new QToolButton)
    , m_notice(new widgets::Banner(widgets::Tone::Warning))
    , m_text(new widgets::CodeEditor)
{
    m_form->addItems({ tr("cURL"), tr("HTTPie"), tr("Python requests"), tr("Node fetch"), tr("Raw HTTP"), tr("HAR") });
    m_form->setAccessibleName(tr("Form of the code"));
    theme::setRole(m_form, theme::Role::Small);
    const auto dress = [](QToolButton *button, const char *icon, const QString &words) {
        button->setIcon(theme::icon(icon));
        button->setAutoRaise(true);
        button->setToolTip(words);
        button->setAccessibleName(words);
    };
    dress(m_secrets, "eye", tr("Show credentials in the code"));
    m_secrets->setCheckable(true);
    dress(m_copy, "copy", tr("Copy the code"));
    auto *saveAs = new QToolButton;
    dress(saveAs, "save", tr("Save the code…"));
    m_text->setReadOnly(true);
    m_text->setGutter(widgets::CodeEditor::Gutter::Lines);
    m_text->setLineWrapped(true);
    m_text->setCurrentLineTinted(false);
    m_text->setAccessibleName(tr("Delivery as code"));

    auto *row = new QHBoxLayout;
    row->setContentsMargins(theme::metric::kPanePadding, 4, 6, 4);
    row->addWidget(m_form);
    row->addStretch();
    row->addWidget(m_secrets);
    row->addWidget(m_copy);
    row->addWidget(saveAs);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(row);
    layout->addWidget(m_notice);
    layout->addWidget(m_text, 1);

    connect(m_form, &QComboBox::currentIndexChanged, this, &AsCodeView::refresh);
    connect(m_secrets, &QToolButton::toggled, this, &AsCodeView::refresh);
    connect(m_copy, &QToolButton::clicked, this, &AsCodeView::copy);
    connect(saveAs, &QToolButton::clicked, this, &AsCodeView::save);
}

bool AsCodeView::isHar() const
{
    return m_form->currentIndex() >= static_cast<int>(std::size(journal::kCodeForms));
}

journal::CodeForm AsCodeView::form() const
{
    return journal::kCodeForms[std::max(0, m_form->currentIndex())];
}

void AsCodeView::show(const journal::RecordPtr &record, const std::string &secret)
{
    m_record = record;
    m_secret = secret;
    refresh();
}

void AsCodeView::refresh()
{
    if (!m_record)
        return;
    const journal::Redaction redaction = redactionOf(m_secret);
    const bool hidden = !m_secrets->isChecked();
    QStringList notes;
    m_needsBodyFile = false;
    bool holds = false; // this code, not what of the delivery is not in it
    if (isHar()) {
        holds = journal::holdsSecrets(*m_record, redaction);
        m_bytes = journal::har({ &*m_record, 1 },
            { .redaction = hidden ? std::optional(redaction) : std::nullopt,
                .creatorVersion = QCoreApplication::applicationVersion().toStdString() });
    } else {
        journal::Code code = journal::codeOf(*m_record, form(),
            { .redaction = hidden ? std::optional(redaction) : std::nullopt,
                .bodyFile = bodyPath(*m_record).toStdString() });
        holds = code.redacted || (!hidden && journal::codeOf(*m_record, form(), { .redaction = redaction }).redacted);
        m_needsBodyFile = code.needsBodyFile;
        m_bytes = std::move(code.text);
        m_body = std::move(code.body);
        if (code.bodyRedacted)
            notes.append(
                tr("The shared secret stands in the body and is hidden there: the signature will not verify."));
        for (const std::string &note : code.notes)
            notes.append(QString::fromStdString(note));
        if (m_needsBodyFile)
            notes.append(tr("No command line carries this body: Copy and Save write it to a file of its own."));
    }
    m_secrets->setVisible(holds);
    if (holds && hidden)
        notes.append(tr("Credentials are hidden: fill in what reads REDACTED."));
    const bool text = findInvalidUtf8(m_bytes) == kValidUtf8;
    if (!text)
        notes.append(tr("These bytes are no text: save them."));
    m_copy->setEnabled(text);
    m_notice->setVisible(!notes.isEmpty());
    m_notice->setText(notes.join(u'\n'));
    m_text->setLexer(isHar() ? widgets::jsonLexer() : lexerOf(form()));
    m_text->replaceText(forScreen(m_bytes));
}

void AsCodeView::copy()
{
    if (m_needsBodyFile) {
        const auto written
            = storage::writeFileAtomically(bodyPath(*m_record).toStdString(), m_body, storage::kPrivateMode);
        if (!written) {
            Q_EMIT said(QString::fromStdString(written.error().message));
            return;
        }
    }
    QGuiApplication::clipboard()->setText(QString::fromStdString(m_bytes));
    Q_EMIT said(m_needsBodyFile ? tr("Copied. The body is in %1.").arg(bodyPath(*m_record)) : tr("Copied."));
}

QString AsCodeView::copyAsCurl(const journal::DeliveryRecord &record, const std::string &secret)
{
    const QString path = bodyPath(record);
    const journal::Code code = journal::codeOf(
        record, journal::CodeForm::Curl, { .redaction = redactionOf(secret), .bodyFile = path.toStdString() });
    if (code.needsBodyFile) {
        const auto written = storage::writeFileAtomically(path.toStdString(), code.body, storage::kPrivateMode);
        if (!written)
            return QString::fromStdString(written.error().message);
    }
    QGuiApplication::clipboard()->setText(QString::fromStdString(code.text));
    if (code.needsBodyFile)
        return tr("Copied as cURL. The body is in %1.").arg(path);
    return code.redacted ? tr("Copied as cURL. Credentials are hidden: fill in what reads REDACTED.")
                         : tr("Copied as cURL.");
}

QString AsCodeView::copyAsHar(const journal::DeliveryRecord &record, const std::string &secret)
{
    const journal::Redaction redaction = redactionOf(secret);
    QGuiApplication::clipboard()->setText(QString::fromStdString(journal::har({ &record, 1 },
        { .redaction = redaction, .creatorVersion = QCoreApplication::applicationVersion().toStdString() })));
    return journal::holdsSecrets(record, redaction)
        ? tr("Copied as HAR. Credentials are hidden: fill in what reads REDACTED.")
        : tr("Copied as HAR.");
}

QString AsCodeView::copyRaw(const journal::DeliveryRecord &record, const std::string &secret)
{
    const journal::Code code
        = journal::codeOf(record, journal::CodeForm::RawHttp, { .redaction = redactionOf(secret) });
    if (findInvalidUtf8(code.text) != kValidUtf8)
        return tr("These bytes are no text: save them from the tab As code.");
    QGuiApplication::clipboard()->setText(QString::fromStdString(code.text));
    return code.redacted ? tr("Copied the raw request. Credentials are hidden: fill in what reads REDACTED.")
                         : tr("Copied the raw request.");
}

void AsCodeView::save()
{
    auto *dialog = new QFileDialog(window(), tr("Save the delivery as code"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(QStringLiteral("delivery.")
        + (isHar() ? QStringLiteral("har") : QLatin1String(journal::codeFormSuffix(form()))));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        std::string bytes = m_bytes;
        if (m_needsBodyFile) {
            // Beside the command, which names it without its folder.
            const QString body = path + QStringLiteral(".body");
            const auto written = storage::writeFileAtomically(body.toStdString(), m_body, storage::kPrivateMode);
            if (!written) {
                Q_EMIT said(QString::fromStdString(written.error().message));
                return;
            }
            bytes = journal::codeOf(*m_record, form(),
                { .redaction = m_secrets->isChecked() ? std::nullopt : std::optional(redactionOf(m_secret)),
                    .bodyFile = QFileInfo(body).fileName().toStdString() })
                        .text;
        }
        const auto written = storage::writeFileAtomically(path.toStdString(), bytes, storage::kPrivateMode);
        Q_EMIT said(written ? tr("Saved as %1").arg(path) : QString::fromStdString(written.error().message));
    });
    dialog->open();
}

} // namespace hookbench::inspector
