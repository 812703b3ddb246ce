#include "core/journal/code.h"

#include "core/base/utf8.h"
#include "core/journal/literals.h"

#include <algorithm>
#include <array>
#include <cctype>

#include <QByteArray>

namespace hookbench::journal {

namespace {

struct FormName
{
    CodeForm form;
    const char *name;
    const char *suffix;
};

constexpr std::array<FormName, 5> kNames{ {
    { CodeForm::Curl, "curl", "sh" },
    { CodeForm::Httpie, "httpie", "sh" },
    { CodeForm::PythonRequests, "python", "py" },
    { CodeForm::NodeFetch, "node", "mjs" },
    { CodeForm::RawHttp, "http", "http" },
} };

const FormName &nameOf(CodeForm form)
{
    return *std::find_if(kNames.begin(), kNames.end(), [&](const FormName &name) { return name.form == form; });
}

/// The pieces of "scheme://host/path?query".
struct UrlParts
{
    std::string_view scheme;
    std::string_view authority; ///< userinfo taken off
    std::string_view target; ///< without fragment, as written
};

UrlParts partsOf(std::string_view url)
{
    UrlParts parts;
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos)
        return { {}, {}, url };
    parts.scheme = url.substr(0, scheme);
    const std::size_t host = scheme + 3;
    const std::size_t end = std::min(url.find_first_of("/?#", host), url.size());
    parts.authority = url.substr(host, end - host);
    if (const std::size_t at = parts.authority.rfind('@'); at != std::string_view::npos)
        parts.authority.remove_prefix(at + 1);
    parts.target = url.substr(end, std::min(url.find('#', end), url.size()) - end);
    return parts;
}

std::string requestTarget(std::string_view url)
{
    const std::string_view target = partsOf(url).target;
    return target.empty() || target.front() == '?' ? "/" + std::string(target) : std::string(target);
}

bool isOneOf(std::string_view name, std::initializer_list<std::string_view> names)
{
    return std::any_of(names.begin(), names.end(), [&](std::string_view other) { return sameHeaderName(name, other); });
}

std::string_view trimmed(std::string_view value)
{
    const std::size_t first = value.find_first_not_of(" \t");
    return first == std::string_view::npos ? std::string_view()
                                           : value.substr(first, value.find_last_not_of(" \t") - first + 1);
}

bool isAscii(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Clients take "." and ".." segments out of a path unless they are told not to.
bool hasDotSegments(std::string_view url)
{
    const std::string path(requestTarget(url).substr(0, requestTarget(url).find('?')));
    for (std::size_t at = path.find("/."); at != std::string::npos; at = path.find("/.", at + 1)) {
        const std::string_view segment = std::string_view(path).substr(at + 1, path.find('/', at + 1) - at - 1);
        if (segment == "." || segment == "..")
            return true;
    }
    return false;
}

/// What clients do to a target before they send it.
struct Tidying
{
    bool dotSegments = false; ///< . and .. are taken out of the path
    bool unreserved = false; ///< %7E becomes ~
    bool hexCase = false; ///< %2f becomes %2F
    std::string_view encoded; ///< characters that are percent-encoded
};

bool changes(const Tidying &tidying, std::string_view url)
{
    const std::string target = requestTarget(url);
    if (target.back() == '?' || (tidying.dotSegments && hasDotSegments(url))
        || target.find_first_of(tidying.encoded) != std::string::npos)
        return true;
    for (std::size_t at = target.find('%'); at != std::string::npos; at = target.find('%', at + 1)) {
        const std::string hex = target.substr(at + 1, 2);
        const auto lower = [](char c) { return c >= 'a' && c <= 'f'; };
        if (tidying.hexCase && std::any_of(hex.begin(), hex.end(), lower))
            return true;
        const QByteArray byte = QByteArray::fromHex(QByteArray::fromStdString(hex));
        if (tidying.unreserved && byte.size() == 1
            && (std::isalnum(static_cast<unsigned char>(byte[0])) || QByteArray("-._~").contains(byte[0])))
            return true;
    }
    return false;
}

constexpr std::string_view kNotInTargets = "\"<>\\^`{|}[] "; // RFC 3986

/// What the forms are written from.
struct Sent
{
    const Delivery &delivery;
    Headers headers; ///< those to write down
    const CodeOptions &options;

    bool has(std::string_view name) const { return findHeader(headers, name) != nullptr; }
};

Headers headersToWrite(const Delivery &delivery)
{
    Headers headers;
    for (const Header &header : delivery.headers) {
        if (isOneOf(header.name, { "content-length", "transfer-encoding", "connection", "te", "trailer", "upgrade" }))
            continue;
        if (sameHeaderName(header.name, "host") && header.value == partsOf(delivery.url).authority)
            continue;
        headers.push_back({ header.name, std::string(trimmed(header.value)) });
    }
    return headers;
}

void curl(const Sent &sent, Code &code)
{
    const Delivery &delivery = sent.delivery;
    std::string &text = code.text;
    text = "curl --request " + delivery.method;
    if (delivery.url.find_first_of("[]{}") != std::string::npos)
        text += " --globoff";
    if (hasDotSegments(delivery.url))
        text += " --path-as-is";
    if (partsOf(delivery.url).scheme == "https")
        text += " --http1.1";
    if (sent.has("accept-encoding"))
        text += " --compressed";
    text += ' ' + shellWord(delivery.url);
    for (const Header &header : sent.headers)
        text += " \\\n  --header "
            + (header.value.empty() ? shellWord(header.name + ';') : shellBytes(header.name + ": " + header.value));
    for (const char *own : { "Accept", "User-Agent", "Content-Type" }) // what cURL would add
        if (!sent.has(own))
            text += std::string(" \\\n  --header '") + own + ":'";
    if (delivery.body.size() > 1'000'000)
        text += " \\\n  --header 'Expect:'";
    if (!delivery.hasBody || delivery.body.empty()) {
        text += " \\\n  --data-raw ''";
    } else if (shellCanCarry(delivery.body)) {
        text += " \\\n  --data-raw " + shellWord(delivery.body);
    } else {
        code.needsBodyFile = true;
        text += " \\\n  --data-binary " + shellBytes('@' + sent.options.bodyFile);
    }
    text += '\n';
}

/// HTTPie reads `name:=`, `name:@` as something else than a header, and a backslash before one of :;=@ as an escape.
std::string httpieItem(const Header &header, Code &code)
{
    if (header.value.empty())
        return header.name + ';';
    std::string value;
    for (std::size_t i = 0; i < header.value.size(); ++i) {
        const char c = header.value[i];
        if (i == 0 && (c == '=' || c == '@'))
            value += '\\';
        if (c == '\\' && i + 1 < header.value.size()
            && std::string_view(":;=@").find(header.value[i + 1]) != std::string_view::npos)
            code.notes.push_back("HTTPie takes a backslash out of the header " + header.name + ".");
        value += c;
    }
    if (!isAscii(header.value))
        code.notes.push_back("HTTPie writes the header " + header.name + " in UTF-8; it was sent in Latin-1.");
    return header.name + ':' + value;
}

void httpie(const Sent &sent, Code &code)
{
    const Delivery &delivery = sent.delivery;
    std::string &text = code.text;
    const bool inFile = delivery.hasBody && !shellCanCarry(delivery.body);
    if (changes({ .unreserved = true, .hexCase = true, .encoded = kNotInTargets }, delivery.url))
        code.notes.push_back("HTTPie tidies the URL's path or query before it sends it.");
    text = "http";
    if (!inFile)
        text += " --ignore-stdin";
    if (sent.has("authorization"))
        text += " --ignore-netrc";
    if (hasDotSegments(delivery.url))
        text += " --path-as-is";
    text += ' ' + delivery.method + ' ' + shellWord(delivery.url);
    for (const Header &header : sent.headers)
        text += " \\\n  " + shellWord(httpieItem({ header.name, latin1ToUtf8(header.value) }, code));
    for (const char *own : { "Accept", "Accept-Encoding", "User-Agent", "Content-Type" })
        if (!sent.has(own))
            text += std::string(" \\\n  '") + own + ":'";
    if (inFile) {
        code.needsBodyFile = true;
        text += " \\\n  < " + shellBytes(sent.options.bodyFile);
    } else if (delivery.hasBody && !delivery.body.empty()) {
        text += " \\\n  --raw=" + shellWord(delivery.body);
    }
    text += '\n';
}

/// Fields of one name as one, which dictionaries need; the meaning is the same (RFC 9110 5.3).
Headers joined(const Headers &headers, Code &code)
{
    Headers out;
    for (const Header &header : headers) {
        const auto known = std::find_if(
            out.begin(), out.end(), [&](const Header &other) { return sameHeaderName(header.name, other.name); });
        if (known == out.end()) {
            out.push_back(header);
        } else {
            known->value += ", " + header.value;
            code.notes.push_back("The lines of the header " + header.name + " are sent as one.");
        }
    }
    return out;
}

void pythonRequests(const Sent &sent, Code &code)
{
    const Delivery &delivery = sent.delivery;
    std::string &text = code.text;
    text = "import requests\n\n";
    if (delivery.hasBody)
        text += "body = "
            + (findInvalidUtf8(delivery.body) == kValidUtf8 ? pythonText(delivery.body) + ".encode()"
                                                            : pythonBytes(delivery.body))
            + '\n';
    text += "request = requests.Request(\n    " + pythonText(delivery.method) + ",\n    " + pythonText(delivery.url)
        + ",\n    headers={\n";
    for (const Header &header : joined(sent.headers, code))
        text += "        " + pythonText(header.name) + ": " + pythonLatin1(header.value) + ",\n";
    text += "    },\n";
    if (delivery.hasBody)
        text += "    data=body,\n";
    text += ").prepare()\n";
    if (changes({ .hexCase = true, .encoded = kNotInTargets }, delivery.url))
        code.notes.push_back("requests tidies the URL's path or query before it sends it.");
    text += "request.url = " + pythonText(delivery.url) + "  # as it is: prepare() tidies URLs\n";
    text += "response = requests.Session().send(request, timeout=10, allow_redirects=False)\n"
            "print(response.status_code, response.reason)\n"
            "print(response.text)\n";
}

void nodeFetch(const Sent &sent, Code &code)
{
    const Delivery &delivery = sent.delivery;
    std::string &text = code.text;
    text = "const response = await fetch(" + javascriptText(delivery.url)
        + ", {\n  method: " + javascriptText(delivery.method) + ",\n  redirect: \"manual\",\n  headers: [\n";
    for (const Header &header : sent.headers)
        text += "    [" + javascriptText(header.name) + ", " + javascriptLatin1(header.value) + "],\n";
    text += "  ],\n";
    if (delivery.hasBody) {
        if (findInvalidUtf8(delivery.body) != kValidUtf8)
            text += "  body: Buffer.from(\"" + base64(delivery.body) + "\", \"base64\"),\n";
        else if (sent.has("content-type"))
            text += "  body: " + javascriptText(delivery.body) + ",\n";
        else // a string would be given a Content-Type
            text += "  body: Buffer.from(" + javascriptText(delivery.body) + "),\n";
    }
    text += "});\nconsole.log(response.status, response.statusText);\nconsole.log(await response.text());\n";
    if (changes({ .dotSegments = true, .encoded = "\"<>\\^`{|}' " }, delivery.url))
        code.notes.push_back("fetch tidies the URL's path or query before it sends it.");
}

void rawHttp(const DeliveryRecord &record, Code &code)
{
    const Delivery &delivery = record.delivery;
    const bool asSent = !record.attempts.empty() && !record.attempts.back().requestHeaders.empty()
        && record.attempts.back().redirects.empty(); // after a redirect the last request was another one
    code.text = delivery.method + ' ' + requestTarget(delivery.url) + " HTTP/1.1\r\n";
    for (const Header &header : asSent ? record.attempts.back().requestHeaders : delivery.headers)
        code.text += header.name + ": " + header.value + "\r\n";
    code.text += "\r\n";
    if (delivery.hasBody)
        code.text += delivery.body;
}

} // namespace

const char *codeFormName(CodeForm form)
{
    return nameOf(form).name;
}

std::optional<CodeForm> codeFormFromName(std::string_view name)
{
    const auto found
        = std::find_if(kNames.begin(), kNames.end(), [&](const FormName &form) { return form.name == name; });
    return found == kNames.end() ? std::nullopt : std::optional(found->form);
}

const char *codeFormSuffix(CodeForm form)
{
    return nameOf(form).suffix;
}

Code codeOf(const DeliveryRecord &record, CodeForm form, const CodeOptions &options)
{
    Code code;
    const bool hides = options.redaction && holdsSecrets(record, *options.redaction);
    const DeliveryRecord shown = hides ? redacted(record, *options.redaction) : record;
    code.body = shown.delivery.body;
    code.bodyRedacted = shown.delivery.body != record.delivery.body;
    // What was hidden of the response is in no code.
    const bool ofAttempt = form == CodeForm::RawHttp && !record.attempts.empty()
        && shown.attempts.back().requestHeaders != record.attempts.back().requestHeaders;
    code.redacted = hides
        && (code.bodyRedacted || ofAttempt || shown.delivery.url != record.delivery.url
            || shown.delivery.headers != record.delivery.headers);
    const Sent sent{ shown.delivery, headersToWrite(shown.delivery), options };
    switch (form) {
    case CodeForm::Curl:
        curl(sent, code);
        break;
    case CodeForm::Httpie:
        httpie(sent, code);
        break;
    case CodeForm::PythonRequests:
        pythonRequests(sent, code);
        break;
    case CodeForm::NodeFetch:
        nodeFetch(sent, code);
        break;
    case CodeForm::RawHttp:
        rawHttp(shown, code);
        break;
    }
    return code;
}

} // namespace hookbench::journal
