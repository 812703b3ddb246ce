#include "core/mapping/liquid/interpreter.h"

#include "core/base/utf8.h"
#include "core/json/parse.h"

#include <QFile>
#include <QLoggingCategory>
#include <fmt/format.h>
#include <mutex>

namespace hookbench::mapping {

namespace {

/// V4 spends some 120 bytes on a piece of a text. Segment has no such limit.
constexpr int kMostPieces = 1'000'000;

/// LiquidJS, fit for V4. In strict mode V4 makes Error.stack read-only, so that every error of LiquidJS would become
/// "TypeError: Type error"; and its unary plus does not know all white space, while platform.js has mended Number.
QString fitForV4(QString script)
{
    script.replace(QLatin1String("this.stack = this.message"), QLatin1String("this.trace = this.message"));
    script.replace(QLatin1String("this.stack += '\\nFrom '"), QLatin1String("this.trace += '\\nFrom '"));
    script.replace(QLatin1String("return +toValue(value) || 0"), QLatin1String("return Number(toValue(value)) || 0"));
    return script;
}

tl::unexpected<Error> cannotStart(const QString &file, const QJSValue &why)
{
    return fail("liquid-engine",
        fmt::format("The Liquid engine cannot be started: {} says {}", fromQString(file), fromQString(why.toString())));
}

/// V4 warns about every variable of LiquidJS that is used above its `var`.
void silenceCompiler()
{
    static QLoggingCategory::CategoryFilter before = nullptr;
    static std::once_flag once;
    std::call_once(once, [] {
        before = QLoggingCategory::installFilter([](QLoggingCategory *category) {
            if (before)
                before(category);
            if (qstrcmp(category->categoryName(), "qt.qml.compiler") == 0)
                category->setEnabled(QtWarningMsg, false);
        });
    });
}

/// The place `units` UTF-16 units into `wtf8`.
TextPosition positionAfter(std::string_view wtf8, qsizetype units)
{
    std::size_t at = 0;
    while (units > 0 && at < wtf8.size())
        units -= nextCodePoint(wtf8, at) > 0xFFFF ? 2 : 1;
    return json::positionAt(wtf8, at);
}

/// Our words for what LiquidJS says.
Error explain(bool parsing, const std::string &text)
{
    const auto startsWith = [&](std::string_view start) { return text.compare(0, start.size(), start) == 0; };
    const auto endsWith = [&](std::string_view end) {
        return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
    };
    Error error{ parsing ? "liquid-syntax" : "liquid-render", text, {}, std::nullopt };
    if (startsWith("tag ") && endsWith(" is disabled")) {
        error.code = "liquid-disabled";
        error.message = fmt::format(
            "Segment does not run the {}: use if, unless, assign or capture, or a directive such as @arrayPath",
            text.substr(0, text.size() - 12));
    } else if (startsWith("filter ") && endsWith(" is disabled")) {
        error.code = "liquid-disabled";
        error.message
            = fmt::format("Segment does not run the {}: take it out of the template", text.substr(0, text.size() - 12));
    } else if (startsWith("memory alloc limit exceeded")) {
        error.code = "liquid-memory";
        error.message = "The template makes more than the 100 MB of text and lists that Segment allows: make it read "
                        "or repeat less";
    } else if (startsWith("too many pieces")) {
        error.code = "liquid-memory";
        error.message
            = fmt::format("The template splits a text into more than {} pieces, which Hookbench does not hold "
                          "(Segment might): split a shorter text",
                kMostPieces);
    } else {
        error.message
            = parsing ? "The template is no valid Liquid: " + text : "The template cannot be rendered: " + text;
    }
    return error;
}

} // namespace

Interpreter::Interpreter()
    : m_natives(m_engine)
{
}

Result<std::unique_ptr<Interpreter>> Interpreter::make()
{
    silenceCompiler();
    auto interpreter = std::unique_ptr<Interpreter>(new Interpreter);
    const auto loaded = interpreter->loadAll();
    if (!loaded)
        return fail(loaded.error());
    return interpreter;
}

Result<QJSValue> Interpreter::load(const QString &file)
{
    QFile resource(QStringLiteral(":/hookbench/liquid/") + file);
    if (!resource.open(QIODevice::ReadOnly))
        return fail("liquid-engine",
            "The Liquid engine cannot be started: " + fromQString(file) + " is missing in this program");
    const QJSValue value = m_engine.evaluate(fitForV4(QString::fromUtf8(resource.readAll())), file);
    if (value.isError())
        return cannotStart(file, value);
    return value;
}

Result<void> Interpreter::loadAll()
{
    QJSEngine::setObjectOwnership(&m_natives, QJSEngine::CppOwnership);
    const QJSValue natives = m_engine.newQObject(&m_natives);

    const auto platform = load(QStringLiteral("platform.js"));
    if (!platform)
        return fail(platform.error());
    if (const QJSValue done = platform->call({ m_engine.globalObject(), natives, kMostPieces }); done.isError())
        return cannotStart(QStringLiteral("platform.js"), done);
    if (const auto library = load(QStringLiteral("liquid.js")); !library)
        return fail(library.error());
    const QJSValue liquidjs = m_engine.globalObject().property(QStringLiteral("liquidjs"));
    const auto renderer = load(QStringLiteral("renderer.js"));
    if (!renderer)
        return fail(renderer.error());
    const auto segment = load(QStringLiteral("segment.js"));
    if (!segment)
        return fail(segment.error());
    const QJSValue made
        = segment->call({ liquidjs, natives, renderer->call({ liquidjs, natives, m_natives.unread() }) });
    m_render = made.property(QStringLiteral("render"));
    m_check = made.property(QStringLiteral("check"));
    if (!m_render.isCallable() || !m_check.isCallable())
        return cannotStart(QStringLiteral("segment.js"), made);
    return {};
}

Result<Rendered> Interpreter::render(std::string_view source, json::Value event)
{
    m_natives.begin(event);
    const QJSValue text = m_render.call({ toQString(source) });
    m_natives.end();
    if (m_natives.failure || !text.isString())
        return fail(errorOf(source));
    return Rendered{ fromQString(text.toString()), std::move(m_natives.counters) };
}

Result<void> Interpreter::check(std::string_view source)
{
    m_natives.begin({});
    const QJSValue answer = m_check.call({ toQString(source) });
    m_natives.end();
    if (m_natives.failure || answer.isError())
        return fail(errorOf(source));
    return {};
}

Error Interpreter::errorOf(std::string_view source) const
{
    if (!m_natives.failure)
        return { "liquid-engine", "The Liquid engine stopped in the middle of the template", {}, std::nullopt };
    const Natives::Failure &failure = *m_natives.failure;
    Error error = m_natives.refusal ? *m_natives.refusal : explain(failure.parsing, fromQString(failure.text));
    if (failure.at >= 0) {
        error.position = positionAfter(source, failure.at);
        error.message += fmt::format(" (line {}, column {})", error.position->line, error.position->column);
    }
    return error;
}

} // namespace hookbench::mapping
