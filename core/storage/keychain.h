#pragma once
// The system's keychain as the secret store sees it: one asynchronous question at a time, by key, under service
// "hookbench". A seam, so that a keychain that works, refuses or is missing can be tested anywhere.
#include <functional>
#include <memory>
#include <string>

namespace hookbench::storage {

class Keychain
{
public:
    enum class Answer { Done, NotFound, Failed };
    struct Reply
    {
        Answer answer = Answer::Failed;
        std::string secret; ///< of a read that is Done
        std::string reason; ///< of a failure; never holds the secret
    };
    using OnReply = std::function<void(Reply)>;

    virtual ~Keychain() = default;
    // Replies come later, from the event loop, in the order of the calls; not at all once the keychain is gone.
    virtual void read(const std::string &key, OnReply reply) = 0;
    virtual void write(const std::string &key, const std::string &secret, OnReply reply) = 0;
    virtual void remove(const std::string &key, OnReply reply) = 0;
};

std::unique_ptr<Keychain> makeSystemKeychain();

} // namespace hookbench::storage
