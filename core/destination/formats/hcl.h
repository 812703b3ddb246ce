#pragma once
// Terraform's configuration language, read but not evaluated: literals, objects, tuples, templates and jsonencode
// become JSON values; variables, references, operators, conditions, loops and other functions become placeholders, the
// text "${source}". Source: HCL native syntax specification (github.com/hashicorp/hcl, hclsyntax/spec.md). As in
// Terraform, strings are brought to Unicode's NFC.
//
// Its JSON syntax (hashicorp/hcl, json/spec.md) becomes the same: what strings hold there are templates.
//
// Error codes: hcl-syntax, hcl-utf8, hcl-depth, hcl-size, of parseJson also those of json::parse; `position` is always
// set. Pure; threads do not matter.
#include "core/base/result.h"
#include "core/json/value.h"

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace hookbench::destination::hcl {

inline constexpr std::size_t kMaxBytes = std::size_t{ 16 } << 20; ///< of one file, and of texts that jsonencode makes
inline constexpr std::size_t kMaxDepth = 1100; ///< a project file's 1,024 and what stands around it

struct Expression
{
    enum class Kind {
        Value, ///< `value` is what it says
        Encoded, ///< jsonencode(value)
        Unknown, ///< not evaluated; `value` is the placeholder's text
    };
    Kind kind = Kind::Value;
    json::Value value; ///< lives in the file's arena
    std::size_t offset = 0;
    bool isHeredoc = false; ///< a text of several lines, with a line feed at its end
};

struct Attribute
{
    std::string name;
    Expression expression;
};

struct Block
{
    std::string type; ///< "resource"; empty for the file itself
    std::vector<std::string> labels;
    std::vector<Attribute> attributes;
    std::vector<Block> blocks;
    std::size_t offset = 0;

    /// nullptr when there is none of that name.
    const Expression *find(std::string_view name) const;
};

struct File
{
    std::shared_ptr<json::Arena> arena;
    Block body;
    /// Strings that hold a placeholder, with the offset of the first place where they stand.
    std::unordered_map<std::string, std::size_t> placeholders;
    std::size_t encodedBytes = 0; ///< of the texts that jsonencode gave inside other values
};

Result<File> parse(std::string_view text);
/// Of a .tf.json file: its resource, data and import blocks; the rest is only read as JSON.
Result<File> parseJson(std::string_view text);

/// The value as a part of other values: what jsonencode gives is a string then.
Result<json::Value> plainValue(json::Arena &arena, const Expression &expression);

/// `value` with the keys of all objects in the order Terraform gives them (by code point), array-index keys first as in
/// JavaScript.
json::Value inTerraformOrder(json::Arena &arena, json::Value value);

/// `text` as a quoted string of HCL. Lone surrogates become U+FFFD: HCL cannot say them.
std::string quoted(std::string_view wtf8);

} // namespace hookbench::destination::hcl
