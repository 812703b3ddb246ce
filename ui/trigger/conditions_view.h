#pragma once
// The conditions of a trigger one below the other, each with ✓ or ✗ and the value it saw in the event.
#include "core/fql/trigger.h"

#include <QWidget>

class QGridLayout;

namespace hookbench::trigger {

class ConditionsView : public QWidget
{
    Q_OBJECT
public:
    explicit ConditionsView(QWidget *parent = nullptr);
    /// nullptr: nothing is known.
    void show(const fql::Trace *trace);

private:
    QGridLayout *m_grid;
};

} // namespace hookbench::trigger
