#include "ui/inspector/receiver_code_view.h"

#include "core/storage/file.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/code_editor.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/source_lexer.h"

#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace hookbench::inspector {

namespace {

widgets::SourceKind sourceKindOf(signing::Language language)
{
    switch (language) {
    case signing::Language::Node:
        return widgets::SourceKind::JavaScript;
    case signing::Language::Python:
        return widgets::SourceKind::Python;
    case signing::Language::Go:
        return widgets::SourceKind::Go;
    case signing::Language::Php:
        return widgets::SourceKind::Php;
    case signing::Language::Ruby:
        return widgets::SourceKind::Ruby;
    case signing::Language::Java:
        return widgets::SourceKind::Java;
    case signing::Language::CSharp:
        return widgets::SourceKind::CSharp;
    }
    return widgets::SourceKind::Shell;
}

} // namespace

ReceiverCodeView::ReceiverCodeView(QWidget *parent)
    : QWidget(parent)
    , m_language(new QComboBox)
    , m_try(new QPushButton(tr("Try against this delivery")))
    , m_code(new widgets::CodeEditor)
    , m_result(new widgets::StatusLabel)
    , m_trial(new ReceiverTrial(this))
{
    for (const signing::Language language : signing::kLanguages)
        m_language->addItem(QLatin1String(signing::languageTitle(language)));
    m_language->setCurrentIndex(1); // Python, the shortest to read
    m_language->setAccessibleName(tr("Language of the receiver"));
    theme::setRole(m_language, theme::Role::Small);
    auto *title = new QLabel(tr("How the receiver verifies it"));
    title->setFont(theme::font(theme::Text::Strong));
    const auto button = [](const char *icon, const QString &words) {
        auto *tool = new QToolButton;
        tool->setIcon(theme::icon(icon));
        tool->setAutoRaise(true);
        tool->setToolTip(words);
        tool->setAccessibleName(words);
        return tool;
    };
    auto *copy = button("copy", tr("Copy the receiver's code"));
    auto *saveAs = button("save", tr("Save the receiver's code…"));
    m_code->setReadOnly(true);
    m_code->setGutter(widgets::CodeEditor::Gutter::Lines);
    m_code->setCurrentLineTinted(false);
    m_code->setAccessibleName(tr("Receiver's code"));
    m_code->setMinimumHeight(200);
    theme::setRole(m_try, theme::Role::Small);

    auto *head = new QHBoxLayout;
    head->setContentsMargins(6, 6, 6, 6);
    head->addSpacing(theme::metric::kPanePadding - 6);
    head->addWidget(title);
    head->addStretch();
    head->addWidget(m_language);
    head->addWidget(copy);
    head->addWidget(saveAs);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(theme::metric::kPanePadding, 6, theme::metric::kPanePadding, 6);
    foot->addWidget(m_result, 1);
    foot->addWidget(m_try);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_code, 1);
    layout->addLayout(foot);

    connect(m_language, &QComboBox::currentIndexChanged, this, &ReceiverCodeView::showCode);
    connect(
        copy, &QToolButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_code->toPlainText()); });
    connect(saveAs, &QToolButton::clicked, this, &ReceiverCodeView::save);
    connect(m_try, &QPushButton::clicked, this, &ReceiverCodeView::tryIt);
    connect(m_trial, &ReceiverTrial::finished, this, [this](ReceiverTrial::Result result, const QString &words) {
        using widgets::Tone;
        switch (result) {
        case ReceiverTrial::Result::Accepted:
            m_result->setStatus("ok", tr("This code accepts this delivery"), Tone::Success);
            break;
        case ReceiverTrial::Result::Refused:
            m_result->setStatus("fail", tr("This code refuses this delivery"), Tone::Error);
            break;
        case ReceiverTrial::Result::Failed:
            m_result->setStatus("warn", words, Tone::Warning);
            break;
        }
        m_try->setEnabled(true);
    });
    showCode();
}

signing::Language ReceiverCodeView::language() const
{
    return signing::kLanguages[std::max(0, m_language->currentIndex())];
}

void ReceiverCodeView::setDelivery(TrialInput input, const QString &why)
{
    m_input = std::move(input);
    m_whyNot = why;
    showCode();
}

void ReceiverCodeView::showCode()
{
    m_trial->cancel();
    m_code->setLexer(widgets::sourceLexer(sourceKindOf(language())));
    m_code->replaceText(QString::fromStdString(signing::receiverCode(language(), m_input.mode)));
    QString why = m_whyNot;
    if (why.isEmpty())
        if (const QString missing = ReceiverTrial::missingProgram(language()); !missing.isEmpty())
            why = tr("%1 is not on this machine, so the code cannot be tried here.").arg(missing);
    m_try->setEnabled(why.isEmpty());
    m_result->setStatus(why.isEmpty() ? "" : "info", why.isEmpty() ? tr("Not tried yet") : why);
}

void ReceiverCodeView::tryIt()
{
    m_input.language = language();
    m_try->setEnabled(false);
    m_result->setStatus("spinner", tr("Running…"));
    m_trial->start(m_input);
}

void ReceiverCodeView::save()
{
    auto *dialog = new QFileDialog(window(), tr("Save the receiver's code"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(QLatin1String(signing::receiverFileName(language())));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        const auto written = storage::writeFileAtomically(path.toStdString(), m_code->toPlainText().toStdString());
        if (written)
            m_result->setStatus("ok", tr("Saved as %1").arg(path), widgets::Tone::Success);
        else
            m_result->setStatus("fail", QString::fromStdString(written.error().message), widgets::Tone::Error);
    });
    dialog->open();
}

} // namespace hookbench::inspector
