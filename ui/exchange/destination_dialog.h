#pragma once
// Which of several imported destinations is meant: a list to search, by name, number of mappings, state and id.
#include "core/destination/formats/exchange.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;

namespace hookbench::exchange {

class DestinationDialog : public QDialog
{
    Q_OBJECT
public:
    explicit DestinationDialog(const destination::Imported &imported, QWidget *parent = nullptr);

    /// Index into the destinations that were given.
    std::size_t chosen() const;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void filter(const QString &text);

    QLineEdit *m_filter;
    QTreeWidget *m_list;
    QPushButton *m_ok;
};

} // namespace hookbench::exchange
