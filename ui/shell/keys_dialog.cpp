#include "ui/shell/keys_dialog.h"

#include "core/storage/settings.h"
#include "ui/shell/action_catalogue.h"
#include "ui/theme/icons.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QKeyEvent>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace hookbench::shell {

namespace {

constexpr int kIdRole = Qt::UserRole;
enum Column { CommandColumn, KeysColumn };

/// Takes the next keys that are pressed.
class KeysDelegate final : public QStyledItemDelegate
{
public:
    explicit KeysDelegate(KeysDialog *dialog)
        : QStyledItemDelegate(dialog)
        , m_dialog(dialog)
    {
    }

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &, const QModelIndex &index) const override
    {
        if (index.column() != KeysColumn || index.siblingAtColumn(CommandColumn).data(kIdRole).isNull())
            return nullptr;
        auto *editor = new QKeySequenceEdit(parent);
        editor->setAccessibleName(KeysDialog::tr("New keys"));
        connect(editor, &QKeySequenceEdit::editingFinished, this, [this, editor] {
            Q_EMIT const_cast<KeysDelegate *>(this)->commitData(editor);
            Q_EMIT const_cast<KeysDelegate *>(this)->closeEditor(editor);
        });
        return editor;
    }
    void setEditorData(QWidget *, const QModelIndex &) const override { }
    void setModelData(QWidget *editor, QAbstractItemModel *, const QModelIndex &index) const override
    {
        const QKeySequence keys = qobject_cast<QKeySequenceEdit *>(editor)->keySequence();
        if (!keys.isEmpty())
            // The list is filled anew then: not while its editor is open.
            QMetaObject::invokeMethod(
                m_dialog,
                [dialog = m_dialog, id = index.siblingAtColumn(CommandColumn).data(kIdRole).toByteArray(), keys] {
                    dialog->assign(id, QKeySequence(keys[0]));
                },
                Qt::QueuedConnection);
    }

private:
    KeysDialog *m_dialog;
};

} // namespace

KeysDialog::KeysDialog(ActionCatalogue &actions, storage::Settings &settings, QWidget *parent)
    : QDialog(parent)
    , m_actions(actions)
    , m_settings(settings)
    , m_filter(new QLineEdit)
    , m_list(new QTreeWidget)
    , m_message(new QLabel)
{
    setWindowTitle(tr("Keys"));
    auto *layout = new QVBoxLayout(this);
    m_filter->setPlaceholderText(tr("Search commands and keys"));
    m_filter->setAccessibleName(m_filter->placeholderText());
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(theme::icon("search"), QLineEdit::LeadingPosition);
    connect(m_filter, &QLineEdit::textChanged, this, &KeysDialog::filter);
    layout->addWidget(m_filter);
    m_list->setColumnCount(2);
    m_list->setHeaderLabels({ tr("Command"), tr("Keys") });
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAllColumnsShowFocus(true);
    m_list->setAccessibleName(tr("Commands and their keys"));
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setItemDelegate(new KeysDelegate(this));
    m_list->header()->setSectionResizeMode(CommandColumn, QHeaderView::Stretch);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->resizeSection(KeysColumn, 180);
    m_list->installEventFilter(this);
    connect(m_list, &QTreeWidget::itemDoubleClicked, this,
        [this](QTreeWidgetItem *item) { m_list->editItem(item, KeysColumn); });
    layout->addWidget(m_list, 1);
    m_message->setWordWrap(true);
    m_message->setTextFormat(Qt::PlainText);
    layout->addWidget(m_message);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    auto *reset = buttons->addButton(tr("&Reset"), QDialogButtonBox::ActionRole);
    auto *all = buttons->addButton(tr("Reset &all"), QDialogButtonBox::ResetRole);
    reset->setToolTip(tr("The usual keys for the selected command"));
    for (QPushButton *button : { reset, all })
        button->setAutoDefault(false);
    connect(reset, &QPushButton::clicked, this, [this] {
        const QByteArray id = idOf(m_list->currentItem());
        for (const ActionEntry &entry : actionEntries())
            if (id == entry.id)
                assign(id, ActionCatalogue::usualKeys(entry));
    });
    connect(all, &QPushButton::clicked, this, &KeysDialog::resetAll);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
    fill();
    say(tr("Enter takes other keys for a command, Del takes them away."), false);
    resize(520, 600);
    m_list->setFocus();
}

QByteArray KeysDialog::idOf(const QTreeWidgetItem *item) const
{
    return item ? item->data(CommandColumn, kIdRole).toByteArray() : QByteArray();
}

void KeysDialog::fill()
{
    const QByteArray current = idOf(m_list->currentItem());
    m_list->clear();
    for (const ActionEntry &entry : actionEntries()) {
        const QAction *action = m_actions.at(entry.id);
        if (!action->isVisible())
            continue;
        auto *item
            = new QTreeWidgetItem(m_list, { actionText(entry), action->shortcut().toString(QKeySequence::NativeText) });
        item->setData(CommandColumn, kIdRole, QByteArray(entry.id));
        item->setFlags(item->flags() | Qt::ItemIsEditable);
        if (action->shortcut() != ActionCatalogue::usualKeys(entry)) {
            QFont changed = font();
            changed.setBold(true);
            item->setFont(KeysColumn, changed);
            item->setToolTip(
                KeysColumn, tr("Usually %1").arg(ActionCatalogue::usualKeys(entry).toString(QKeySequence::NativeText)));
        }
        if (current == entry.id)
            m_list->setCurrentItem(item);
    }
    // Keys that belong to a field or a list, not to the window: as they are.
    for (const auto &[words, keys] : { std::pair{ tr("Complete while typing code"), "Ctrl+Space" },
             std::pair{ tr("Move the header, in the table of headers"), "Alt+Up" },
             std::pair{ tr("Edit the cell, in a table"), "F2" } })
        new QTreeWidgetItem(m_list, { words, QKeySequence(QLatin1String(keys)).toString(QKeySequence::NativeText) });
    if (!m_list->currentItem())
        m_list->setCurrentItem(m_list->topLevelItem(0));
    filter(m_filter->text());
}

void KeysDialog::filter(const QString &typed)
{
    for (int i = 0; i < m_list->topLevelItemCount(); ++i) {
        QTreeWidgetItem *item = m_list->topLevelItem(i);
        item->setHidden(!item->text(CommandColumn).contains(typed, Qt::CaseInsensitive)
            && !item->text(KeysColumn).contains(typed, Qt::CaseInsensitive));
    }
}

bool KeysDialog::assign(const QByteArray &id, const QKeySequence &keys)
{
    if (!m_actions.at(id.constData()))
        return false;
    const QString shown = keys.toString(QKeySequence::NativeText);
    if (const QAction *holder = keys.isEmpty() ? nullptr : m_actions.holderOf(keys, id.constData())) {
        QString other = holder->text();
        say(tr("%1 belongs to “%2” already. Give that one other keys first.").arg(shown, other.remove(u'&')), true);
        return false;
    }
    // A letter alone would be taken away from every text field.
    constexpr Qt::KeyboardModifiers kModifiers = Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier;
    if (!keys.isEmpty() && !(keys[0].keyboardModifiers() & kModifiers) && keys[0].key() < Qt::Key_Escape) {
        say(tr("%1 alone is needed for typing. Add Ctrl or Alt.").arg(shown), true);
        return false;
    }
    m_actions.setKeys(id.constData(), keys);
    keep();
    fill();
    say(keys.isEmpty() ? tr("The command has no keys now.") : tr("The command has the keys %1 now.").arg(shown), false);
    return true;
}

void KeysDialog::resetAll()
{
    for (const ActionEntry &entry : actionEntries())
        m_actions.setKeys(entry.id, ActionCatalogue::usualKeys(entry));
    keep();
    fill();
    say(tr("All commands have their usual keys."), false);
}

void KeysDialog::keep()
{
    m_settings.set(storage::settings::keyBindings, m_actions.changedKeys());
    if (const auto saved = m_settings.save(); !saved)
        say(QString::fromStdString(saved.error().message), true);
}

void KeysDialog::say(const QString &sentence, bool refused)
{
    m_message->setText(refused ? QString(QStringLiteral("⚠ ") + sentence) : sentence);
}

QString KeysDialog::message() const
{
    return m_message->text();
}

bool KeysDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_list && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_F2) {
            m_list->editItem(m_list->currentItem(), KeysColumn);
            return true;
        }
        if (key == Qt::Key_Delete || key == Qt::Key_Backspace) {
            assign(idOf(m_list->currentItem()), QKeySequence());
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace hookbench::shell
