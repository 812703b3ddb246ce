#pragma once
// X-Signature as Segment makes it: lower-case hex of HMAC-SHA1 over exact bytes, keyed with the UTF-8 bytes of the
// shared secret. An empty secret signs too (HMAC allows it); that Segment then sends no header is the caller's affair.
//
// Threads: a Signer is used by one thread at a time. Copies are independent and cheap: give each thread its own.
#include <memory>
#include <string>
#include <string_view>

struct evp_mac_ctx_st;

namespace hookbench::signing {

class Signer
{
public:
    /// Fetches the algorithm and sets the key once; `sign` only starts over.
    explicit Signer(std::string secret);
    Signer(const Signer &other);
    Signer &operator=(const Signer &other);
    Signer(Signer &&) noexcept;
    Signer &operator=(Signer &&) noexcept;
    ~Signer();

    /// 40 characters of 0-9 and a-f. `bytes` is never looked into.
    std::string sign(std::string_view bytes) const;

private:
    struct FreeContext
    {
        void operator()(evp_mac_ctx_st *context) const;
    };
    std::unique_ptr<evp_mac_ctx_st, FreeContext> m_context;
};

} // namespace hookbench::signing
