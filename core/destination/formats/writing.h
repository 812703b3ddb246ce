#pragma once
// What the writers of formats share: which mappings go out, which texts are secret, JSON with variables in it. Private
// to formats.
#include "core/destination/formats/exchange.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace hookbench::destination {

/// The mappings that ExportOptions name, in the project's order; indexes that do not exist are left out.
std::vector<std::size_t> selectedMappings(const Project &project, const ExportOptions &options);

/// The settings without the shared secret, which some put there by hand.
json::Document withoutSecret(const json::Document &settings);

struct SecretPlace
{
    std::string pointer; ///< of a string, into the mapping's settings
    std::string name; ///< "Authorization", "url": what a variable for it may be called after
    std::string shown; ///< the text with the secret hidden
};

/// Literal Authorization-like and masked headers, and URLs with credentials. Masked texts are no secrets.
std::vector<SecretPlace> secretPlaces(json::Value settings, const HeaderNames &masked);

/// By the pointer of the string that each stands for.
using Variables = std::unordered_map<std::string, std::string>;

struct Piece
{
    std::string text; ///< JSON text, or a variable's name
    bool isVariable = false; ///< it stands for a whole JSON string, quotes included
};

enum class Letters { Any, Ascii };

/// JSON.stringify(value), with variables in it.
std::vector<Piece> jsonPieces(json::Value value, const Variables &variables, Letters letters = Letters::Any);

/// `text` as a name: letters, digits and _ of ASCII, not beginning with a digit; unlike all in `used`, where it is put.
std::string uniqueName(std::string_view text, std::string_view fallback, std::unordered_set<std::string> &used);

/// Whether HCL can say it: no lone surrogate, and in NFC, into which Terraform would bring it.
bool isSayableInHcl(std::string_view wtf8);

struct Writing
{
    const Project &project;
    std::vector<std::size_t> mappings;
    json::Document settings; ///< the destination's, without the shared secret
    bool includeSecret = false;
    std::string sharedSecret; ///< empty: unknown, or not to be written
    Issues issues;
};

std::string writeTerraform(Writing &writing);
std::string writeCurl(Writing &writing);

} // namespace hookbench::destination
