#include "ui/exchange/destination_dialog.h"

#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/labels.h"

#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace hookbench::exchange {

namespace {

constexpr int kIndexRole = Qt::UserRole;
enum Column { NameColumn, MappingsColumn, StateColumn, IdColumn };

QString text(const std::string &wtf8)
{
    return QString::fromStdString(wtf8);
}

} // namespace

DestinationDialog::DestinationDialog(const destination::Imported &imported, QWidget *parent)
    : QDialog(parent)
    , m_filter(new QLineEdit)
    , m_list(new QTreeWidget)
{
    setWindowTitle(tr("Choose a destination"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 18, 20, 16);
    layout->setSpacing(10);
    QString words = tr("There are %1 Webhooks (Actions) destinations here. A project holds one of them.")
                        .arg(imported.destinations.size());
    if (imported.otherDestinations > 0)
        words += u' '
            + (imported.otherDestinations == 1
                    ? tr("Left out: 1 destination of another kind.")
                    : tr("Left out: %1 destinations of other kinds.").arg(imported.otherDestinations));
    auto *label = new widgets::MutedLabel(words);
    label->setWordWrap(true);
    layout->addWidget(label);
    m_filter->setPlaceholderText(tr("Search destinations"));
    m_filter->setAccessibleName(m_filter->placeholderText());
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(theme::icon("search"), QLineEdit::LeadingPosition);
    m_filter->installEventFilter(this);
    layout->addWidget(m_filter);
    m_list->setHeaderLabels({ tr("Name"), tr("Mappings"), tr("State"), tr("Id") });
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAllColumnsShowFocus(true);
    m_list->setAccessibleName(tr("Destinations"));
    for (std::size_t i = 0; i < imported.destinations.size(); ++i) {
        const destination::ImportedDestination &found = imported.destinations[i];
        auto *item = new QTreeWidgetItem(m_list,
            { text(found.project.name), QString::number(found.project.mappings.size()),
                found.project.enabled ? tr("enabled") : tr("disabled"), text(found.key) });
        item->setData(NameColumn, kIndexRole, QVariant::fromValue<qulonglong>(i));
        item->setTextAlignment(MappingsColumn, Qt::AlignRight | Qt::AlignVCenter);
        item->setToolTip(NameColumn, item->text(NameColumn));
        item->setToolTip(IdColumn, item->text(IdColumn));
    }
    m_list->header()->setStretchLastSection(true);
    m_list->header()->resizeSection(NameColumn, 260);
    m_list->header()->resizeSection(MappingsColumn, 84);
    m_list->header()->resizeSection(StateColumn, 84);
    layout->addWidget(m_list, 1);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    m_ok = buttons->button(QDialogButtonBox::Ok);
    m_ok->setText(tr("Import"));
    m_ok->setDefault(true);
    theme::setRole(m_ok, theme::Role::Primary);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
    connect(m_filter, &QLineEdit::textChanged, this, &DestinationDialog::filter);
    connect(m_list, &QTreeWidget::itemActivated, this, &QDialog::accept);
    connect(m_list, &QTreeWidget::currentItemChanged, this,
        [this](const QTreeWidgetItem *item) { m_ok->setEnabled(item && !item->isHidden()); });
    m_list->setCurrentItem(m_list->topLevelItem(0));
    m_list->setFocus();
    resize(640, 420);
}

std::size_t DestinationDialog::chosen() const
{
    return static_cast<std::size_t>(m_list->currentItem()->data(NameColumn, kIndexRole).toULongLong());
}

void DestinationDialog::filter(const QString &typed)
{
    QTreeWidgetItem *first = nullptr;
    for (int i = 0; i < m_list->topLevelItemCount(); ++i) {
        QTreeWidgetItem *item = m_list->topLevelItem(i);
        const bool found = item->text(NameColumn).contains(typed, Qt::CaseInsensitive)
            || item->text(IdColumn).contains(typed, Qt::CaseInsensitive);
        item->setHidden(!found);
        if (found && !first)
            first = item;
    }
    if (!m_list->currentItem() || m_list->currentItem()->isHidden())
        m_list->setCurrentItem(first);
    m_ok->setEnabled(m_list->currentItem() && !m_list->currentItem()->isHidden());
}

bool DestinationDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_filter && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Up || key == Qt::Key_Down) {
            QCoreApplication::sendEvent(m_list, event); // the rows move while the words are typed
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace hookbench::exchange
