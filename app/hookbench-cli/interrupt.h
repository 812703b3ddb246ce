#pragma once
// Ctrl+C and SIGTERM as a signal of the event loop: the first asks to stop, the second ends the program.
#include <QObject>

class QSocketNotifier;

namespace hookbench::cli {

class Interrupt : public QObject
{
    Q_OBJECT

public:
    Interrupt();
    ~Interrupt() override;

Q_SIGNALS:
    void requested();

private:
    QSocketNotifier *m_notifier;
};

} // namespace hookbench::cli
