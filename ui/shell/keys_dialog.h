#pragma once
// F1: every command with its keys, from the catalogue.
#include <QDialog>

namespace hookbench::shell {

class ActionCatalogue;

class KeysDialog : public QDialog
{
    Q_OBJECT
public:
    KeysDialog(const ActionCatalogue &actions, QWidget *parent);
};

} // namespace hookbench::shell
