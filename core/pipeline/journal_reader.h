#pragma once
// Reads what a delivery was made of from the journal, on a thread of its own: the window must not wait for the disk.
// Threads: the window's only; answers come in it, unless this is gone by then. The journal must
// outlive what is being read; the destructor waits for it.
#include "core/journal/journal.h"

#include <QObject>
#include <QThreadPool>

#include <functional>
#include <string>
#include <vector>

namespace hookbench::pipeline {

class JournalReader : public QObject
{
    Q_OBJECT
public:
    using Events = std::vector<std::string>; ///< JSON texts; empty where none was kept

    explicit JournalReader(QObject *parent = nullptr);
    ~JournalReader() override;

    /// The events a delivery was made of; none without a journal.
    void readEvents(const journal::Journal *journal, const journal::RecordPtr &record,
        std::function<void(const Result<Events> &)> done);

private:
    QThreadPool m_pool;
};

} // namespace hookbench::pipeline
