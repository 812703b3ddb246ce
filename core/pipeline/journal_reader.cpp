#include "core/pipeline/journal_reader.h"

namespace hookbench::pipeline {

JournalReader::JournalReader(QObject *parent)
    : QObject(parent)
{
    m_pool.setMaxThreadCount(1);
    m_pool.setExpiryTimeout(-1); // its thread keeps a connection
}

JournalReader::~JournalReader()
{
    m_pool.clear();
    m_pool.waitForDone();
}

void JournalReader::readEvents(
    const journal::Journal *journal, const journal::RecordPtr &record, std::function<void(const Result<Events> &)> done)
{
    m_pool.start([this, journal, record, done = std::move(done)] {
        Result<Events> texts = Events();
        if (journal)
            texts = journal->eventTexts(record->delivery.run, record->delivery.events);
        QMetaObject::invokeMethod(
            this, [done, texts = std::move(texts)] { done(texts); }, Qt::QueuedConnection);
    });
}

} // namespace hookbench::pipeline
