// Any text: reads or is refused with a position inside it; what was read can be asked and explained; completing never
// leaves the text.
#include "core/query/match.h"

#include <cstdlib>

namespace {

class FuzzRow final : public hookbench::query::Row
{
public:
    explicit FuzzRow(std::string_view text)
        : m_text(text)
    {
    }
    double number(hookbench::query::Field) const override { return static_cast<double>(m_text.size()); }
    std::vector<std::string_view> texts(hookbench::query::Field, std::string_view) const override { return { m_text }; }
    bool is(std::string_view) const override { return true; }

private:
    std::string_view m_text;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using namespace hookbench;
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    if (const auto query = query::parse(text)) {
        (void)query::matches(*query, FuzzRow(text), 1.8e12);
        (void)query::explain(*query);
    } else if (query.error().position && query.error().position->offset > size) {
        std::abort();
    }
    const auto found = query::complete(text, size / 2, { { "Orders", "a \"b\" *" }, {}, {}, { "x-tenant" }, {} });
    if (found.offset > size || found.length > size - found.offset)
        std::abort();
    const auto written = query::parse("mapping=" + query::asValue(text));
    if (written && (written->term.pattern.size() != 1 || written->term.pattern.front() != text))
        std::abort();
    return 0;
}
