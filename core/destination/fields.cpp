#include "core/destination/fields.h"

namespace hookbench::destination {

namespace {

constexpr std::string_view kMethods[] = { "POST", "PUT", "PATCH" };

constexpr Field kFields[] = {
    { "url", "URL", "Where the requests go.", FieldType::String, true, false, {}, R"("")" },
    { "method", "Method", "The HTTP method of the requests.", FieldType::String, true, false, kMethods, R"("POST")" },
    { "headers", "Headers", "HTTP headers sent with every request. ASCII only.", FieldType::Object, false, false, {},
        "{}" },
    { "data", "Data", "What is sent, as JSON.", FieldType::Object, false, false, {}, R"({"@path":"$."})" },
    { "enable_batching", "Enable batching", "Send several events in one request, as a JSON array.", FieldType::Boolean,
        false, false, {}, "false" },
    { "batch_size", "Batch Size", "At most so many events in one request; 0 means the default, 1000.",
        FieldType::Number, false, false, {}, "0" },
    { "batch_keys", "Batch Keys", "Only events that agree in these fields share a request.", FieldType::StringList,
        false, true, {}, R"(["url","method","headers"])" },
};

} // namespace

std::span<const Field> sendFields()
{
    return kFields;
}

const Field *findSendField(std::string_view key)
{
    for (const Field &field : kFields)
        if (field.key == key)
            return &field;
    return nullptr;
}

} // namespace hookbench::destination
