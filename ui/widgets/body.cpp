#include "ui/widgets/body.h"

#include "core/base/utf8.h"
#include "core/json/parse.h"
#include "core/json/stringify.h"

#include <QBuffer>
#include <QByteArray>
#include <QImageReader>
#include <QRegularExpression>
#include <QStringDecoder>

#include <algorithm>
#include <array>

namespace hookbench::widgets {

namespace {

constexpr std::size_t kSniffed = 4096;

std::string lowerTrimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

bool saysJson(const ContentType &type)
{
    return type.type == "application/json" || type.type == "text/json" || type.type.ends_with("+json");
}

bool saysText(const ContentType &type)
{
    return type.type.starts_with("text/") || type.type.ends_with("xml") || saysJson(type)
        || type.type == "application/javascript" || type.type == "application/x-www-form-urlencoded"
        || type.type == "application/x-ndjson";
}

bool beginsLikeJson(std::string_view bytes)
{
    const std::size_t at = bytes.find_first_not_of(" \t\r\n");
    return at != std::string_view::npos && (bytes[at] == '{' || bytes[at] == '[');
}

constexpr std::size_t kOddInText = 8; ///< a short text may have some

/// Among the first bytes: more than one in ten that no text has.
bool looksBinary(std::string_view bytes)
{
    const std::string_view part = bytes.substr(0, kSniffed);
    std::size_t odd = 0;
    for (std::size_t at = 0; at < part.size();) {
        const std::int32_t c = nextCodePoint(part, at);
        odd += c < 0 || (c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != 0x1B);
    }
    return odd > kOddInText && odd * 10 > part.size();
}

void readJson(Body &body, bool must)
{
    if (body.bytes->size() > kLargestJson) {
        if (must)
            body.jsonError = "The body is larger than 64 MB: it is shown as text, without indentation.";
        return;
    }
    Result<json::Document> parsed = json::parse(*body.bytes);
    if (!parsed) {
        if (must)
            body.jsonError = parsed.error().message;
        return;
    }
    body.kind = Body::Kind::Json;
    body.json = std::move(*parsed);
    body.readable = json::stringify(body.json, 2);
}

// Only formats whose readers are plain decoders: an SVG may refer to other files.
bool readImage(Body &body)
{
    static constexpr std::array kFormats{ "png", "jpeg", "gif", "bmp", "webp", "ico" };
    QByteArray bytes = QByteArray::fromRawData(body.bytes->data(), static_cast<qsizetype>(body.bytes->size()));
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    reader.setDecideFormatFromContent(true);
    const QByteArray format = reader.format();
    if (std::find(kFormats.begin(), kFormats.end(), format) == kFormats.end())
        return false;
    const QSize size = reader.size();
    if (!size.isValid() || qint64{ size.width() } * size.height() > kMostPixels)
        return false;
    body.image = reader.read();
    body.imageFormat = format.toUpper().toStdString();
    return !body.image.isNull();
}

void convert(Body &body, const ContentType &type)
{
    if (type.charset.empty() || type.charset == "utf-8" || type.charset == "utf8" || type.charset == "us-ascii")
        return;
    const bool latin = type.charset == "iso-8859-1" || type.charset == "latin1";
    QStringDecoder decoder = latin ? QStringDecoder(QStringConverter::Latin1) : QStringDecoder(type.charset.c_str());
    if (!decoder.isValid())
        return;
    const QString text = decoder.decode(QByteArrayView(body.bytes->data(), static_cast<qsizetype>(body.bytes->size())));
    body.readable = text.toStdString();
    body.charset = type.charset;
}

} // namespace

ContentType parseContentType(std::string_view value)
{
    ContentType out;
    const std::size_t end = std::min(value.find(';'), value.size());
    out.type = lowerTrimmed(value.substr(0, end));
    const std::string rest = lowerTrimmed(value.substr(end));
    if (const std::size_t at = rest.find("charset="); at != std::string::npos) {
        std::string charset = rest.substr(at + 8);
        charset = charset.substr(0, charset.find(';'));
        std::erase(charset, '"');
        out.charset = lowerTrimmed(charset);
    }
    return out;
}

BodyPtr readBody(BytesPtr bytes, std::string_view contentType, const std::function<bool()> &stop)
{
    auto body = std::make_shared<Body>();
    body->bytes = std::move(bytes);
    const std::string_view text = *body->bytes;
    const auto stopped = [&] { return stop && stop(); };
    body->pages = pageStarts(text);
    if (text.empty() || stopped())
        return body;
    const ContentType type = parseContentType(contentType);
    if (const std::size_t invalid = findInvalidUtf8(text); invalid != kValidUtf8)
        body->invalidUtf8 = invalid;
    if (stopped())
        return body;
    if (!saysText(type) && readImage(*body)) {
        body->kind = Body::Kind::Image;
        return body;
    }
    if (saysJson(type) || beginsLikeJson(text))
        readJson(*body, saysJson(type));
    if (body->kind != Body::Kind::Json) {
        convert(*body, type);
        body->kind = !body->readable && looksBinary(text) ? Body::Kind::Binary : Body::Kind::Text;
    }
    if (body->readable && !stopped())
        body->readablePages = pageStarts(*body->readable);
    return body;
}

ShownTextPtr shownPage(const Body &body, bool pretty, std::size_t page, const std::string &head)
{
    auto out = std::make_shared<ShownText>();
    if (page == 0 && !head.empty())
        appendShown(*out, head, ShowSpace::AsBytes, httpLexer({}));
    const std::vector<std::size_t> &pages = body.pagesOf(pretty);
    if (page >= pages.size() || (pretty && body.kind == Body::Kind::Binary))
        return out;
    const std::string_view text = body.textOf(pretty);
    const std::size_t end = page + 1 < pages.size() ? pages[page + 1] : text.size();
    appendShown(*out, text.substr(pages[page], end - pages[page]), pretty ? ShowSpace::AsLayout : ShowSpace::AsBytes,
        body.kind == Body::Kind::Json ? jsonLexer() : LineLexer());
    return out;
}

std::vector<std::size_t> findBytes(
    std::string_view bytes, std::string_view needle, bool caseSensitive, std::size_t most)
{
    std::vector<std::size_t> out;
    if (needle.empty())
        return out;
    if (caseSensitive) {
        for (std::size_t at = bytes.find(needle); at != std::string_view::npos && out.size() < most;
             at = bytes.find(needle, at + needle.size()))
            out.push_back(at);
        return out;
    }
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    auto at = bytes.begin();
    while (out.size() < most) {
        at = std::search(
            at, bytes.end(), needle.begin(), needle.end(), [&](char a, char b) { return lower(a) == lower(b); });
        if (at == bytes.end())
            break;
        out.push_back(static_cast<std::size_t>(at - bytes.begin()));
        at += static_cast<std::ptrdiff_t>(needle.size());
    }
    return out;
}

std::string needleBytes(const QString &typed)
{
    static const QRegularExpression spaced(QStringLiteral("^[0-9A-Fa-f]{2}( [0-9A-Fa-f]{2})+$"));
    static const QRegularExpression prefixed(QStringLiteral("^0[xX]([0-9A-Fa-f]{2})+$"));
    if (prefixed.match(typed).hasMatch())
        return QByteArray::fromHex(typed.mid(2).toLatin1()).toStdString();
    if (spaced.match(typed).hasMatch())
        return QByteArray::fromHex(typed.toLatin1()).toStdString();
    return typed.toStdString();
}

} // namespace hookbench::widgets
