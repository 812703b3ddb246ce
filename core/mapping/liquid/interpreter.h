#pragma once
// One QJSEngine with LiquidJS in it. Belongs to the thread that makes it; only interrupt() may be called from another.
// Private to core/mapping/liquid.
#include "core/base/result.h"
#include "core/mapping/liquid/natives.h"
#include "core/mapping/liquid_renderer.h"

#include <QJSEngine>
#include <QJSValue>

#include <memory>

namespace hookbench::mapping {

class Interpreter
{
public:
    /// Needs a QCoreApplication. Error code: liquid-engine, when LiquidJS cannot be loaded.
    static Result<std::unique_ptr<Interpreter>> make();

    Result<Rendered> render(std::string_view source, json::Value event);
    Result<void> check(std::string_view source);

    /// Makes the script stop at its next step, for good.
    void interrupt() { m_engine.setInterrupted(true); }

private:
    Interpreter();
    Result<QJSValue> load(const QString &file);
    Result<void> loadAll();
    Error errorOf(std::string_view source) const;

    QJSEngine m_engine;
    Natives m_natives;
    QJSValue m_render;
    QJSValue m_check;
};

} // namespace hookbench::mapping
