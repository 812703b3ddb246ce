// First line: FQL; the rest: an event. Nothing may crash; explaining agrees with matching; what is generated parses.
#include "core/fql/generate.h"
#include "core/fql/highlight.h"
#include "core/fql/lint.h"
#include "core/fql/trigger.h"
#include "core/fql/visual.h"
#include "core/json/parse.h"

#include <cstdint>
#include <cstdlib>

using namespace hookbench;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view fql = text.substr(0, end);
    std::size_t at = 0;
    for (const fql::Token &token : fql::tokenize(fql)) {
        if (token.offset < at || token.offset + token.length > fql.size())
            std::abort();
        at = token.offset + token.length;
    }
    (void)fql::lint(fql, "/trigger");
    const auto trigger = fql::parse(fql);
    if (!trigger)
        return 0;
    (void)fql::generate(trigger->ast());
    const auto event = json::parse(text.substr(std::min(end + 1, text.size())), { .depth = 128 });
    if (!event)
        return 0;
    const auto matched = trigger->matches(event->root());
    const fql::Trace trace = trigger->explain(event->root());
    if (matched.has_value() != !trace.error || (matched && trace.matched != *matched))
        std::abort();
    if (const auto visual = fql::toVisual(trigger->ast())) {
        const auto rows = fql::toFql(*visual);
        const Result<fql::Trigger> again
            = rows ? fql::parse(*rows) : Result<fql::Trigger>(tl::unexpected<Error>(rows.error()));
        const Result<bool> same
            = again ? again->matches(event->root()) : Result<bool>(tl::unexpected<Error>(again.error()));
        if (same.has_value() != matched.has_value() || (same && *same != *matched))
            std::abort();
    }
    return 0;
}
