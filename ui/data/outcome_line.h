#pragma once
// What a value becomes with the current event, in one line.
#include "ui/data/mapping_model.h"

#include <QWidget>

namespace hookbench::data {

class OutcomeLine : public QWidget
{
    Q_OBJECT
public:
    explicit OutcomeLine(QWidget *parent = nullptr);
    void show(const Outcome &outcome, const QString &note = {});

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Outcome m_outcome;
    QString m_note;
};

} // namespace hookbench::data
