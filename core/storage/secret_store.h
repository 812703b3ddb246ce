#pragma once
// Where the shared secret of a project lives: the system's keychain, under service "hookbench" and the project's id.
// When the keychain does not answer, the secret is kept in memory for this session and Kept says so in a word for the
// user. Never in the project file, never in an argument list, never logged.
//
// Threads: all calls from the thread the store lives in, which needs an event loop. `done` is called from that loop,
// never before the call returns, in the order of the calls for one project; not at all once the store is gone.
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace hookbench::storage {

class Keychain;

enum class Keeping {
    Keychain,
    Session, ///< in memory, gone when the program ends
};

struct Kept
{
    Keeping keeping = Keeping::Keychain;
    std::string word; ///< for the user, empty with Keychain: why not there and what that means
};

struct SecretReading
{
    std::optional<std::string> secret; ///< UTF-8; nullopt: none is set
    Kept kept;
};

class SecretStore
{
public:
    using OnRead = std::function<void(SecretReading)>;
    using OnDone = std::function<void(Kept)>;

    virtual ~SecretStore() = default;
    virtual void read(const std::string &projectId, OnRead done) = 0;
    /// An empty secret is the same as remove.
    virtual void write(const std::string &projectId, std::string secret, OnDone done) = 0;
    virtual void remove(const std::string &projectId, OnDone done) = 0;
};

/// For tests, and for runs that shall not touch the keychain: everything is Keeping::Session.
std::unique_ptr<SecretStore> makeMemorySecretStore();
/// QtKeychain, with memory behind it.
std::unique_ptr<SecretStore> makeKeychainSecretStore();
std::unique_ptr<SecretStore> makeKeychainSecretStore(std::unique_ptr<Keychain> keychain);

} // namespace hookbench::storage
