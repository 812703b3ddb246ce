#include "ui/exchange/export_dialog.h"

#include "core/json/pointer.h"
#include "core/storage/file.h"
#include "core/storage/settings.h"
#include "ui/document/outcome_words.h"
#include "ui/document/workbench.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/code_editor.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/segmented.h"

#include <QCheckBox>
#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cstdlib>

namespace hookbench::exchange {

namespace {

using destination::Format;

constexpr Format kFormats[] = { Format::Segment, Format::Terraform, Format::Curl, Format::Hookbench };
constexpr std::size_t kPreviewBytes = std::size_t{ 1 } << 20; // what an editor shows without a wait

int indexOf(Format format)
{
    return static_cast<int>(std::find(std::begin(kFormats), std::end(kFormats), format) - std::begin(kFormats));
}

QString suffixOf(Format format)
{
    switch (format) {
    case Format::Hookbench:
        return QStringLiteral("hookbench");
    case Format::Segment:
        return QStringLiteral("json");
    case Format::Terraform:
        return QStringLiteral("tf");
    case Format::Curl:
        return QStringLiteral("sh");
    }
    return {};
}

/// With the mapping it is about, where the sentence does not say so itself.
QString wordsOf(const Issue &issue, const destination::Project &project)
{
    const QString words = QString::fromStdString(issue.message);
    const std::vector<std::string> keys = json::pointerKeys(issue.path);
    const bool isOfMapping = keys.size() >= 2 && keys[0] == "mappings";
    const auto index = isOfMapping ? std::strtoull(keys[1].c_str(), nullptr, 10) : 0;
    if (!isOfMapping || index >= project.mappings.size())
        return words;
    const QString name = QString::fromStdString(project.mappings[index].name);
    return words.contains(name) ? words : ExportDialog::tr("“%1”: %2").arg(name, words);
}

QLabel *titleOf(const QString &text)
{
    auto *label = new QLabel(text);
    label->setFont(theme::font(theme::Text::SmallStrong));
    return label;
}

} // namespace

ExportDialog::ExportDialog(document::Workbench &workbench, Format format, QWidget *parent)
    : QDialog(parent)
    , m_workbench(workbench)
    , m_format(format)
    , m_formats(new widgets::Segmented({ tr("Segment JSON"), tr("Terraform"), tr("curl"), tr("Hookbench") }))
    , m_which(new widgets::Segmented({ tr("All"), tr("Current"), tr("Chosen") }))
    , m_mappings(new QListWidget)
    , m_secrets(new QCheckBox(tr("&Include secrets")))
    , m_preview(new widgets::CodeEditor)
    , m_issues(new QListWidget)
    , m_said(new widgets::StatusLabel)
{
    setWindowTitle(tr("Export"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 18, 20, 16);
    layout->setSpacing(10);
    m_formats->setAccessibleName(tr("Format"));
    auto *top = new QHBoxLayout;
    top->addWidget(m_formats);
    top->addStretch();
    layout->addLayout(top);

    auto *middle = new QHBoxLayout;
    middle->setSpacing(16);
    middle->addWidget(makeChoices());
    auto *right = new QVBoxLayout;
    right->setSpacing(6);
    right->addWidget(titleOf(tr("Preview")));
    m_preview->setReadOnly(true);
    m_preview->setAccessibleName(tr("Preview of the export"));
    right->addWidget(m_preview, 1);
    m_issues->setAccessibleName(tr("What to know about this export"));
    m_issues->setWordWrap(true);
    m_issues->setSelectionMode(QAbstractItemView::NoSelection);
    m_issues->setFixedHeight(96);
    right->addWidget(m_issues);
    middle->addLayout(right, 1);
    layout->addLayout(middle, 1);

    auto *bottom = new QHBoxLayout;
    bottom->setSpacing(8);
    bottom->addWidget(m_said, 1);
    m_copy = new QPushButton(theme::icon("copy"), tr("&Copy"));
    m_save = new QPushButton(theme::icon("save", theme::Tint::OnAccent), tr("&Save…"));
    theme::setRole(m_save, theme::Role::Primary);
    auto *close = new QPushButton(tr("Close"));
    for (QPushButton *button : { close, m_copy, m_save })
        bottom->addWidget(button);
    m_save->setDefault(true);
    layout->addLayout(bottom);

    connect(m_formats, &widgets::Segmented::chosen, this, [this](int index) { setFormat(kFormats[index]); });
    connect(m_which, &widgets::Segmented::chosen, this, [this](int which) { choose(static_cast<Which>(which)); });
    connect(m_mappings, &QListWidget::itemChanged, this, [this] {
        m_which->setCurrent(Chosen);
        showExport();
    });
    connect(m_secrets, &QCheckBox::toggled, this, &ExportDialog::showExport);
    connect(&workbench.secret(), &document::Secret::changed, this, &ExportDialog::showExport);
    connect(m_copy, &QPushButton::clicked, this, &ExportDialog::copy);
    connect(m_save, &QPushButton::clicked, this, &ExportDialog::save);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    choose(All);
    setFormat(format);
    resize(1000, 640);
}

QWidget *ExportDialog::makeChoices()
{
    auto *choices = new QWidget;
    choices->setFixedWidth(272);
    auto *column = new QVBoxLayout(choices);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(titleOf(tr("Mappings")));
    m_which->setAccessibleName(tr("Which mappings"));
    m_which->setChoiceEnabled(Current, m_workbench.document().currentMapping() >= 0, tr("There is no mapping."));
    auto *row = new QHBoxLayout;
    row->addWidget(m_which);
    row->addStretch();
    column->addLayout(row);
    m_mappings->setAccessibleName(tr("Mappings to export"));
    for (const destination::Mapping &mapping : m_workbench.document().project().mappings) {
        auto *item = new QListWidgetItem(QString::fromStdString(mapping.name), m_mappings);
        item->setToolTip(item->text());
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(Qt::Checked);
    }
    column->addWidget(m_mappings, 1);
    column->addSpacing(6);
    column->addWidget(m_secrets);
    auto *words = new widgets::MutedLabel(
        tr("The shared secret, Authorization and Cookie headers and passwords in URLs. Without them the text holds "
           "variables or masks in their places; with them, everybody who reads it can sign and send as you."));
    words->setFont(theme::font(theme::Text::Small));
    words->setWordWrap(true);
    m_secrets->setAccessibleDescription(words->text());
    column->addWidget(words);
    return choices;
}

void ExportDialog::setFormat(Format format)
{
    m_format = format;
    m_formats->setCurrent(indexOf(format));
    m_preview->setLexer(format == Format::Segment || format == Format::Hookbench
            ? widgets::jsonLexer()
            : [](QStringView, int, widgets::TokenSpans &) { return 0; });
    showExport();
}

void ExportDialog::choose(Which which)
{
    m_which->setCurrent(which);
    if (which != Chosen) {
        const QSignalBlocker quiet(m_mappings);
        for (int i = 0; i < m_mappings->count(); ++i)
            m_mappings->item(i)->setCheckState(
                which == All || i == m_workbench.document().currentMapping() ? Qt::Checked : Qt::Unchecked);
        m_mappings->viewport()->update();
    } else {
        m_mappings->setFocus();
    }
    showExport();
}

QList<int> ExportDialog::chosenRows() const
{
    QList<int> rows;
    for (int i = 0; i < m_mappings->count(); ++i)
        if (m_mappings->item(i)->checkState() == Qt::Checked)
            rows << i;
    return rows;
}

void ExportDialog::showExport()
{
    const QList<int> rows = chosenRows();
    m_isEmpty = rows.isEmpty() && m_mappings->count() > 0;
    m_exported = {};
    if (!m_isEmpty) {
        destination::ExportOptions options;
        options.only.assign(rows.begin(), rows.end());
        options.includeSecret = m_secrets->isChecked();
        if (options.includeSecret)
            options.sharedSecret = m_workbench.secret().value();
        m_exported = destination::exportProject(m_workbench.document().project(), m_format, options);
    }
    const bool isCut = m_exported.text.size() > kPreviewBytes;
    const std::size_t end = isCut ? m_exported.text.rfind('\n', kPreviewBytes) : std::string::npos;
    m_preview->setPlainText(
        QString::fromStdString(m_exported.text.substr(0, isCut ? std::min(end, kPreviewBytes) : end)));
    m_copy->setEnabled(!m_isEmpty);
    m_save->setEnabled(!m_isEmpty);
    if (m_isEmpty)
        m_said->setStatus("info", tr("Choose at least one mapping."));
    else if (isCut)
        m_said->setStatus("info", tr("The preview shows the beginning. Copy and Save take all of it."));
    else
        m_said->setStatus("", QString());
    showIssues();
}

void ExportDialog::showIssues()
{
    m_issues->clear();
    for (const Issue &issue : m_exported.issues) {
        const QString words = wordsOf(issue, m_workbench.document().project());
        auto *item = new QListWidgetItem(theme::icon(document::severityIcon(issue.severity)), words, m_issues);
        item->setToolTip(words);
        item->setData(Qt::AccessibleTextRole, QString(QLatin1String(severityName(issue.severity)) + u": " + words));
    }
    m_issues->setVisible(m_issues->count() > 0);
}

void ExportDialog::copy()
{
    QGuiApplication::clipboard()->setText(QString::fromStdString(m_exported.text));
    m_said->setStatus("ok", tr("Copied."));
}

QString ExportDialog::proposedName() const
{
    QString name
        = QString::fromStdString(m_workbench.document().project().name).toLower().simplified().replace(u' ', u'-');
    name.remove(u'/');
    return (name.isEmpty() ? QStringLiteral("destination") : name) + u'.' + suffixOf(m_format);
}

void ExportDialog::save()
{
    storage::Settings &settings = m_workbench.settings();
    const QString last = QString::fromStdString(settings.get(storage::settings::lastFolder));
    // The dialog knows the whole name, suffix and all, when it asks whether to replace a file.
    QFileDialog dialog(this, tr("Export"), last.isEmpty() || !QFileInfo(last).isDir() ? QDir::homePath() : last,
        QStringList{
            m_formats->button(indexOf(m_format))->text() + u" (*." + suffixOf(m_format) + u')', tr("All files (*)") }
            .join(u";;"));
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setDefaultSuffix(suffixOf(m_format));
    dialog.selectFile(proposedName());
    if (dialog.exec() != QDialog::Accepted || dialog.selectedFiles().isEmpty())
        return;
    const QString path = dialog.selectedFiles().first();
    const auto mode = m_secrets->isChecked() ? std::optional<unsigned>(storage::kPrivateMode) : std::nullopt;
    if (const auto written = storage::writeFileAtomically(path.toStdString(), m_exported.text, mode); !written) {
        QMessageBox box(QMessageBox::Critical, tr("Export"),
            tr("“%1” could not be written.").arg(QFileInfo(path).fileName()), QMessageBox::Ok, this);
        box.setInformativeText(QString::fromStdString(written.error().message));
        box.exec();
        return;
    }
    settings.set(storage::settings::lastFolder, QFileInfo(path).absolutePath().toStdString());
    if (const auto kept = settings.save(); !kept)
        m_workbench.say(QString::fromStdString(kept.error().message));
    m_workbench.say(tr("Exported to %1.").arg(QDir::toNativeSeparators(path)));
    accept();
}

} // namespace hookbench::exchange
