#include "core/storage/secret_store.h"

#include "core/base/logging.h"
#include "core/storage/keychain.h"

#include <QObject>

#include <map>

namespace hookbench::storage {

namespace {

constexpr const char *kForTests = "Kept in memory until the program ends.";

class MemorySecretStore final : public SecretStore
{
public:
    void read(const std::string &projectId, OnRead done) override
    {
        std::optional<std::string> secret;
        if (const auto found = m_secrets.find(projectId); found != m_secrets.end())
            secret = found->second;
        later([done = std::move(done), secret = std::move(secret)] {
            done({ secret, { Keeping::Session, kForTests } });
        });
    }

    void write(const std::string &projectId, std::string secret, OnDone done) override
    {
        if (secret.empty())
            m_secrets.erase(projectId);
        else
            m_secrets.insert_or_assign(projectId, std::move(secret));
        later([done = std::move(done)] { done({ Keeping::Session, kForTests }); });
    }

    void remove(const std::string &projectId, OnDone done) override { write(projectId, {}, std::move(done)); }

private:
    template <typename Call>
    void later(Call call)
    {
        QMetaObject::invokeMethod(&m_context, std::move(call), Qt::QueuedConnection);
    }

    std::map<std::string, std::string> m_secrets;
    QObject m_context;
};

/// Asks the keychain first. What it refused to keep, or to forget, is held here and goes before what it says later.
class KeychainSecretStore final : public SecretStore
{
public:
    explicit KeychainSecretStore(std::unique_ptr<Keychain> keychain)
        : m_keychain(std::move(keychain))
    {
    }

    void read(const std::string &projectId, OnRead done) override
    {
        m_keychain->read(projectId, [this, projectId, done = std::move(done)](const Keychain::Reply &reply) {
            if (const auto held = m_session.find(projectId); held != m_session.end())
                return done({ held->second.secret, held->second.kept });
            if (reply.answer == Keychain::Answer::Failed)
                return done({ std::nullopt, inSession(reply.reason) });
            if (reply.answer == Keychain::Answer::NotFound || reply.secret.empty())
                return done({ std::nullopt, {} });
            done({ reply.secret, {} });
        });
    }

    void write(const std::string &projectId, std::string secret, OnDone done) override
    {
        if (secret.empty())
            return remove(projectId, std::move(done));
        m_keychain->write(
            projectId, secret, [this, projectId, secret, done = std::move(done)](const Keychain::Reply &reply) {
                settle(projectId, secret, reply, done);
            });
    }

    void remove(const std::string &projectId, OnDone done) override
    {
        m_keychain->remove(projectId, [this, projectId, done = std::move(done)](const Keychain::Reply &reply) {
            settle(projectId, std::nullopt, reply, done);
        });
    }

private:
    struct Held
    {
        std::optional<std::string> secret; ///< nullopt: removed
        Kept kept;
    };

    void settle(const std::string &projectId, std::optional<std::string> wanted, const Keychain::Reply &reply,
        const OnDone &done)
    {
        if (reply.answer != Keychain::Answer::Failed) {
            m_session.erase(projectId);
            return done({});
        }
        const Kept kept = inSession(reply.reason);
        m_session.insert_or_assign(projectId, Held{ std::move(wanted), kept });
        done(kept);
    }

    static Kept inSession(const std::string &reason)
    {
        qCWarning(lcStorage, "keychain: %s", reason.c_str());
        return { Keeping::Session,
            "The keychain of this computer does not answer" + (reason.empty() ? std::string() : " (" + reason + ")")
                + ". The shared secret is kept in memory and has to be entered again after a restart." };
    }

    std::unique_ptr<Keychain> m_keychain;
    std::map<std::string, Held> m_session;
};

} // namespace

std::unique_ptr<SecretStore> makeMemorySecretStore()
{
    return std::make_unique<MemorySecretStore>();
}

std::unique_ptr<SecretStore> makeKeychainSecretStore()
{
    return makeKeychainSecretStore(makeSystemKeychain());
}

std::unique_ptr<SecretStore> makeKeychainSecretStore(std::unique_ptr<Keychain> keychain)
{
    return std::make_unique<KeychainSecretStore>(std::move(keychain));
}

} // namespace hookbench::storage
