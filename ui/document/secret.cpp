#include "ui/document/secret.h"

namespace hookbench::document {

Secret::Secret(std::unique_ptr<storage::SecretStore> store, QObject *parent)
    : QObject(parent)
    , m_store(std::move(store))
{
}

Secret::~Secret() = default;

QString Secret::keepingWords() const
{
    if (!m_kept)
        return {};
    return m_kept->keeping == storage::Keeping::Keychain ? tr("Kept in the keychain of this computer.")
                                                         : QString::fromStdString(m_kept->word);
}

void Secret::follow(const std::string &projectId)
{
    if (projectId == m_project)
        return;
    m_project = projectId;
    m_value.clear();
    m_kept.reset();
    const int generation = ++m_generation;
    m_reading = !projectId.empty();
    if (m_reading)
        m_store->read(projectId, [this, generation](storage::SecretReading reading) {
            if (generation != m_generation)
                return;
            m_reading = false;
            m_value = std::move(reading.secret).value_or(std::string());
            m_kept = std::move(reading.kept);
            Q_EMIT changed();
        });
    Q_EMIT changed();
}

void Secret::set(const std::string &value)
{
    if (value == m_value && !m_reading)
        return;
    const int generation = ++m_generation;
    m_reading = false;
    m_value = value;
    m_store->write(m_project, value, [this, generation](storage::Kept kept) {
        if (generation != m_generation)
            return;
        m_kept = std::move(kept);
        Q_EMIT changed();
    });
    Q_EMIT changed();
}

void Secret::copyTo(const std::string &projectId)
{
    const std::string value = m_value;
    m_project = projectId;
    m_value.clear();
    set(value);
}

} // namespace hookbench::document
