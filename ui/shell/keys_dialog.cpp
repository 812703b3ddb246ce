#include "ui/shell/keys_dialog.h"

#include "ui/shell/action_catalogue.h"
#include "ui/theme/style.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace hookbench::shell {

KeysDialog::KeysDialog(const ActionCatalogue &actions, QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Keys"));
    auto *layout = new QVBoxLayout(this);
    auto *tree = new QTreeWidget;
    tree->setColumnCount(2);
    tree->setHeaderLabels({ tr("Command"), tr("Keys") });
    tree->setRootIsDecorated(false);
    tree->setAccessibleName(tr("Commands and their keys"));
    tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    tree->header()->setStretchLastSection(false);
    tree->header()->resizeSection(1, 160);
    for (const ActionEntry &entry : actionEntries()) {
        const QAction *action = actions.at(entry.id);
        if (action->isVisible() && !action->shortcut().isEmpty())
            new QTreeWidgetItem(tree, { actionText(entry), action->shortcut().toString(QKeySequence::NativeText) });
    }
    // Keys that belong to a field or a list, not to the window.
    new QTreeWidgetItem(tree,
        { tr("Complete while typing code"),
            QKeySequence(QStringLiteral("Ctrl+Space")).toString(QKeySequence::NativeText) });
    layout->addWidget(tree, 1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
    resize(480, 560);
}

} // namespace hookbench::shell
