#include "core/signing/hypotheses.h"

#include "core/json/parse.h"
#include "core/signing/json_writer.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <set>

#include <QByteArray>

namespace hookbench::signing {

namespace {

constexpr std::size_t kMostEvents = 1'000; ///< elements of a batch that are tried one by one

std::string_view trimmed(std::string_view text, std::string_view spaces = " \t\r\n")
{
    const std::size_t first = text.find_first_not_of(spaces);
    return first == std::string_view::npos ? std::string_view()
                                           : text.substr(first, text.find_last_not_of(spaces) - first + 1);
}

QByteArray toBytes(std::string_view text)
{
    return { text.data(), static_cast<qsizetype>(text.size()) };
}

/// The header's value as the digest it stands for.
struct Given
{
    std::string digest;
    Spelling spelling = Spelling::LowerHex;
};

bool isHex(std::string_view text)
{
    return text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

std::optional<Given> read(std::string_view header)
{
    std::string_view text = trimmed(header);
    const bool prefixed = text.substr(0, 3) == "sha" && text.find('=') < 8 && text.find('=') + 1 < text.size();
    if (prefixed)
        text.remove_prefix(text.find('=') + 1);
    const auto known = [](std::size_t bytes) { return bytes == 16 || bytes == 20 || bytes == 32 || bytes == 64; };
    if (isHex(text) && text.size() % 2 == 0 && known(text.size() / 2)) {
        const bool upper = text.find_first_of("ABCDEF") != std::string_view::npos;
        return Given{ QByteArray::fromHex(toBytes(text)).toStdString(),
            prefixed    ? Spelling::Prefixed
                : upper ? Spelling::UpperHex
                        : Spelling::LowerHex };
    }
    const bool url = text.find_first_of("-_") != std::string_view::npos;
    const auto decoded = QByteArray::fromBase64Encoding(toBytes(text),
        (url ? QByteArray::Base64UrlEncoding : QByteArray::Base64Encoding) | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || !known(static_cast<std::size_t>(decoded.decoded.size())))
        return std::nullopt;
    return Given{ decoded.decoded.toStdString(),
        prefixed  ? Spelling::Prefixed
            : url ? Spelling::Base64Url
                  : Spelling::Base64 };
}

std::vector<Algorithm> algorithmsOf(std::size_t digestBytes)
{
    switch (digestBytes) {
    case 16:
        return { Algorithm::HmacMd5 };
    case 20:
        return { Algorithm::HmacSha1, Algorithm::Sha1OfSecretAndBody };
    case 32:
        return { Algorithm::HmacSha256 };
    default:
        return { Algorithm::HmacSha512 };
    }
}

const char *digestName(Algorithm algorithm)
{
    switch (algorithm) {
    case Algorithm::HmacSha256:
        return "SHA256";
    case Algorithm::HmacSha512:
        return "SHA512";
    case Algorithm::HmacMd5:
        return "MD5";
    default:
        return "SHA1";
    }
}

/// Empty where OpenSSL does not offer the digest (MD5 in FIPS mode).
std::string digest(Algorithm algorithm, const std::string &secret, std::string_view bytes)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
    std::size_t length = 0;
    if (algorithm == Algorithm::Sha1OfSecretAndBody) {
        const std::string all = secret + std::string(bytes);
        if (EVP_Q_digest(nullptr, "SHA1", nullptr, all.data(), all.size(), out.data(), &length) != 1)
            return {};
    } else if (!EVP_Q_mac(nullptr, "HMAC", nullptr, digestName(algorithm), nullptr, secret.empty() ? "" : secret.data(),
                   secret.size(), reinterpret_cast<const unsigned char *>(bytes.data()), bytes.size(), out.data(),
                   out.size(), &length)) {
        return {};
    }
    return { reinterpret_cast<const char *>(out.data()), length };
}

bool sameDigest(const std::string &a, const std::string &b)
{
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

struct SecretForm
{
    std::size_t secret;
    std::string form;
    std::string value;
};

std::vector<SecretForm> formsOf(const std::vector<KnownSecret> &secrets)
{
    std::vector<SecretForm> forms;
    for (std::size_t i = 0; i < secrets.size(); ++i)
        forms.push_back({ i, {}, secrets[i].value });
    const auto add = [&](std::size_t i, const char *form, std::string value) {
        if (!value.empty() && value != secrets[i].value)
            forms.push_back({ i, form, std::move(value) });
    };
    for (std::size_t i = 0; i < secrets.size(); ++i) {
        const std::string &value = secrets[i].value;
        add(i, "with a line feed at its end", value + '\n');
        add(i, "without the white space around it", std::string(trimmed(value)));
        if (isHex(value) && value.size() % 2 == 0)
            add(i, "decoded from hex", QByteArray::fromHex(toBytes(value)).toStdString());
        if (const auto decoded
            = QByteArray::fromBase64Encoding(toBytes(value), QByteArray::AbortOnBase64DecodingErrors))
            add(i, "decoded from base64", decoded.decoded.toStdString());
    }
    return forms;
}

const char *algorithmWords(Algorithm algorithm)
{
    switch (algorithm) {
    case Algorithm::HmacSha1:
        return "HMAC-SHA1";
    case Algorithm::HmacSha256:
        return "HMAC-SHA256";
    case Algorithm::HmacSha512:
        return "HMAC-SHA512";
    case Algorithm::HmacMd5:
        return "HMAC-MD5";
    case Algorithm::Sha1OfSecretAndBody:
        return "plain SHA-1 of the secret followed by the bytes, no HMAC,";
    }
    return "";
}

const char *spellingWords(Spelling spelling)
{
    switch (spelling) {
    case Spelling::LowerHex:
        return "";
    case Spelling::UpperHex:
        return " in upper-case hex";
    case Spelling::Base64:
        return " in base64";
    case Spelling::Base64Url:
        return " in base64url";
    case Spelling::Prefixed:
        return " behind a prefix";
    }
    return "";
}

std::string bytesWords(const Explanation &e)
{
    switch (e.bytes) {
    case Bytes::WholeBody:
        return "the whole body";
    case Bytes::FirstEvent:
        return "the first event";
    case Bytes::OtherEvent:
        return fmt::format("event {}, which is not the first of this body", e.event);
    case Bytes::TrailingNewline:
        return "the signed bytes with a line break at their end that is not there";
    case Bytes::NoTrailingNewline:
        return "the body without the line break it ends in";
    case Bytes::Reserialised:
        return "the JSON as " + e.writer + " writes it again, not the bytes of the body";
    case Bytes::KeyOrder:
        return "the JSON written again with its keys sorted (" + e.writer + "), not the bytes of the body";
    case Bytes::NoBody:
        return "no bytes at all";
    }
    return {};
}

std::string sentenceOf(const Explanation &e, const std::vector<KnownSecret> &secrets)
{
    return fmt::format("It is {}{} of {}, made with {}{}.", algorithmWords(e.algorithm), spellingWords(e.spelling),
        bytesWords(e), secrets[e.secret].name, e.secretForm.empty() ? "" : " " + e.secretForm);
}

/// Tries one text after the other against all secrets and algorithms.
class Search
{
public:
    Search(const Evidence &evidence, Given given)
        : m_evidence{ evidence }
        , m_given{ std::move(given) }
        , m_algorithms{ algorithmsOf(m_given.digest.size()) }
        , m_forms{ formsOf(evidence.secrets) }
    {
    }

    void run()
    {
        const std::string_view body = m_evidence.body;
        const std::optional<Coverage> first = firstEvent(body);
        const std::string_view covered = first ? first->of(body) : body;
        if (first)
            tryBytes(covered, { .bytes = Bytes::FirstEvent }, 0);
        tryBytes(body, { .bytes = Bytes::WholeBody }, first ? 1 : 0);
        tryBytes({}, { .bytes = Bytes::NoBody }, 5);
        for (const char *end : { "\n", "\r\n" }) {
            tryBytes(std::string(covered) + end, { .bytes = Bytes::TrailingNewline }, 2);
            tryBytes(std::string(body) + end, { .bytes = Bytes::TrailingNewline }, 3);
        }
        if (const std::string_view bare = body.substr(0, body.find_last_not_of("\r\n") + 1); bare.size() < body.size())
            tryBytes(bare, { .bytes = Bytes::NoTrailingNewline }, 2);
        if (body.size() <= kLongestTried)
            tryWritten();
    }

    std::vector<Explanation> found()
    {
        std::stable_sort(
            m_found.begin(), m_found.end(), [](const Found &a, const Found &b) { return a.departures < b.departures; });
        std::vector<Explanation> explanations;
        for (Found &found : m_found) {
            found.explanation.sentence = sentenceOf(found.explanation, m_evidence.secrets);
            explanations.push_back(std::move(found.explanation));
        }
        return explanations;
    }

private:
    struct Found
    {
        int departures;
        Explanation explanation;
    };

    void tryBytes(std::string_view bytes, const Explanation &what, int departures)
    {
        if (!m_tried.insert(std::string(toDigestKey(bytes))).second)
            return;
        for (const SecretForm &form : m_forms) {
            if (!form.form.empty() && departures > 1)
                continue; // two unlikely things at once
            for (const Algorithm algorithm : m_algorithms) {
                if (!sameDigest(digest(algorithm, form.value, bytes), m_given.digest))
                    continue;
                Explanation explanation = what;
                explanation.algorithm = algorithm;
                explanation.spelling = m_given.spelling;
                explanation.secret = form.secret;
                explanation.secretForm = form.form;
                const int more = (form.secret > 0 ? 1 : 0) + (form.form.empty() ? 0 : 2)
                    + (algorithm == Algorithm::HmacSha1 ? 0 : 1) + (m_given.spelling == Spelling::LowerHex ? 0 : 1);
                m_found.push_back({ departures + more, std::move(explanation) });
            }
        }
    }

    /// The same text is not tried twice: a short stand-in for it.
    static std::string toDigestKey(std::string_view bytes) { return digest(Algorithm::HmacSha1, {}, bytes); }

    void tryWritten()
    {
        const auto document = json::parse(m_evidence.body);
        if (!document)
            return;
        const json::Value root = document->root();
        const bool batch = root.isArray() && root.size() > 0;
        for (const Writer &writer : writers()) {
            const Explanation what{ .bytes = writer.sorted ? Bytes::KeyOrder : Bytes::Reserialised,
                .writer = writer.name };
            if (batch)
                tryBytes(write(root.at(0), writer), what, 2 + (writer.sorted ? 1 : 0));
            tryBytes(write(root, writer), what, (batch ? 3 : 2) + (writer.sorted ? 1 : 0));
        }
        if (batch)
            for (std::size_t i = 1; i < std::min(root.size(), kMostEvents); ++i)
                tryBytes(write(root.at(i), writers().front()), { .bytes = Bytes::OtherEvent, .event = i + 1 }, 3);
    }

    const Evidence &m_evidence;
    Given m_given;
    std::vector<Algorithm> m_algorithms;
    std::vector<SecretForm> m_forms;
    std::vector<Found> m_found;
    std::set<std::string> m_tried;
};

} // namespace

std::vector<Explanation> explain(const Evidence &evidence)
{
    std::vector<Explanation> explanations;
    if (!evidence.secrets.empty())
        if (std::optional<Given> given = read(evidence.header)) {
            Search search(evidence, *std::move(given));
            search.run();
            explanations = search.found();
        }
    if (evidence.computed && *evidence.computed != trimmed(evidence.header)) {
        Explanation overridden{ .overridden = true };
        overridden.sentence = evidence.computed->empty()
            ? "The mapping wrote X-Signature itself: nothing was signed when the request was made."
            : fmt::format("The mapping wrote X-Signature itself, in place of {}, which was computed for the request.",
                *evidence.computed);
        explanations.insert(explanations.begin(), std::move(overridden));
    }
    return explanations;
}

} // namespace hookbench::signing
