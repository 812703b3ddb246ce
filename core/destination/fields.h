#pragma once
// The fields of the send action as Segment defines them: one table for validation, the editor and exports.
#include <span>
#include <string_view>

namespace hookbench::destination {

enum class FieldType { String, Number, Boolean, Object, StringList };

struct Field
{
    std::string_view key; ///< member of a mapping's settings: "url", "batch_size"
    std::string_view label; ///< Segment's word for it: "URL", "Batch Size"
    std::string_view description; ///< one English sentence
    FieldType type = FieldType::String;
    bool required = false;
    bool hidden = false; ///< Segment's editor does not show it
    std::span<const std::string_view> choices; ///< empty: free
    std::string_view defaultJson; ///< what a new mapping gets, as JSON text; empty: nothing
};

/// In the order in which files and screens list them.
std::span<const Field> sendFields();
/// nullptr for a key that is none of them (Segment drops such members).
const Field *findSendField(std::string_view key);

} // namespace hookbench::destination
