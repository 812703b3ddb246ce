#include "ui/settings/secret_dialog.h"

#include "ui/document/workbench.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/labels.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRandomGenerator>
#include <QVBoxLayout>

namespace hookbench::ui {

SecretDialog::SecretDialog(document::Workbench &workbench, QWidget *parent)
    : QDialog(parent)
    , m_workbench(workbench)
    , m_secret(new QLineEdit)
    , m_keeping(new widgets::MutedLabel)
{
    setWindowTitle(tr("Shared secret"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 18, 20, 16);
    layout->setSpacing(10);

    auto *title = new QLabel(tr("Shared &secret"));
    title->setFont(theme::font(theme::Text::Strong));
    title->setBuddy(m_secret);
    layout->addWidget(title);
    auto *row = new QHBoxLayout;
    row->setSpacing(6);
    m_secret->setFont(theme::font(theme::Text::Mono));
    m_secret->setText(QString::fromStdString(workbench.secret().value()));
    m_secret->setPlaceholderText(tr("None: requests go out unsigned"));
    m_secret->setMinimumWidth(320);
    m_eye = m_secret->addAction(theme::icon("eye"), QLineEdit::TrailingPosition);
    m_eye->setCheckable(true);
    connect(m_eye, &QAction::toggled, this, &SecretDialog::setShown);
    connect(m_secret, &QLineEdit::textEdited, this, [this] { m_edited = true; });
    row->addWidget(m_secret, 1);
    auto *generate = new QPushButton(theme::icon("generate"), tr("&Generate"));
    connect(generate, &QPushButton::clicked, this, [this] {
        m_secret->setText(makeSecret());
        m_edited = true;
        m_eye->setChecked(true);
    });
    row->addWidget(generate);
    auto *copy = new QPushButton(theme::icon("copy"), tr("&Copy"));
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_secret->text()); });
    const auto allowCopy = [this, copy] { copy->setEnabled(!m_secret->text().isEmpty()); };
    connect(m_secret, &QLineEdit::textChanged, copy, allowCopy);
    allowCopy();
    row->addWidget(copy);
    layout->addLayout(row);

    auto *words
        = new QLabel(tr("Every request then carries X-Signature: the HMAC-SHA1 of its JSON body with this secret, in "
                        "hexadecimal. In a batch Segment signs the first event only."));
    words->setWordWrap(true);
    layout->addWidget(words);
    m_keeping->setWordWrap(true);
    layout->addWidget(m_keeping);
    layout->addSpacing(6);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    theme::setRole(buttons->button(QDialogButtonBox::Ok), theme::Role::Primary);
    buttons->button(QDialogButtonBox::Ok)->setText(tr("Use this secret"));
    connect(buttons, &QDialogButtonBox::accepted, this, &SecretDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &SecretDialog::reject);
    layout->addWidget(buttons);

    connect(&workbench.secret(), &document::Secret::changed, this, [this] {
        if (!m_edited)
            m_secret->setText(QString::fromStdString(m_workbench.secret().value()));
        showKeeping();
    });
    showKeeping();
    setShown(false);
    layout->setSizeConstraint(QLayout::SetMinimumSize);
}

void SecretDialog::accept()
{
    m_workbench.document().ensureId();
    m_workbench.secret().set(m_secret->text().toStdString());
    QDialog::accept();
}

QString SecretDialog::makeSecret()
{
    // Letters and digits only: survives every shell, form and configuration file.
    static constexpr QLatin1String kAlphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");
    QString secret;
    for (int i = 0; i < 32; ++i)
        secret += QLatin1Char(kAlphabet.at(QRandomGenerator::system()->bounded(kAlphabet.size())));
    return secret;
}

void SecretDialog::showKeeping()
{
    const document::Secret &secret = m_workbench.secret();
    const QString words = secret.isReading() ? tr("Reading it from the keychain…") : secret.keepingWords();
    m_keeping->setText(
        tr("It is never written into the project file.") + (words.isEmpty() ? QString() : QString(u' ' + words)));
}

void SecretDialog::setShown(bool shown)
{
    m_secret->setEchoMode(shown ? QLineEdit::Normal : QLineEdit::Password);
    m_eye->setIcon(theme::icon(shown ? "eye-off" : "eye"));
    m_eye->setText(shown ? tr("Hide the secret") : tr("Show the secret"));
    m_eye->setToolTip(m_eye->text());
}

} // namespace hookbench::ui
