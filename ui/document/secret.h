#pragma once
// The shared secret of the open project: read from the store when the project changes, written through. Answers come
// later, by changed(). Window thread only. Never logged, never in the project file.
#include "core/storage/secret_store.h"

#include <QObject>
#include <QString>

#include <memory>
#include <optional>
#include <string>

namespace hookbench::document {

class Secret : public QObject
{
    Q_OBJECT
public:
    explicit Secret(std::unique_ptr<storage::SecretStore> store, QObject *parent = nullptr);
    ~Secret() override;

    /// Empty: requests go out unsigned.
    const std::string &value() const { return m_value; }
    bool isSet() const { return !m_value.empty(); }
    bool isReading() const { return m_reading; }
    /// Where it is kept, in words for the user; empty until the store has answered.
    QString keepingWords() const;
    bool isInKeychain() const { return m_kept && m_kept->keeping == storage::Keeping::Keychain; }

    /// Reads the secret of that project.
    void follow(const std::string &projectId);
    void set(const std::string &value);
    /// Also keeps the present secret under another project's id, and follows that one.
    void copyTo(const std::string &projectId);

Q_SIGNALS:
    void changed();

private:
    std::unique_ptr<storage::SecretStore> m_store;
    std::string m_project;
    std::string m_value;
    std::optional<storage::Kept> m_kept;
    bool m_reading = false;
    int m_generation = 0;
};

} // namespace hookbench::document
