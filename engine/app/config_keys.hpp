#pragma once

#include "engine/app/config.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// The table of all keys of gyre.toml. It drives parsing, the default file and what a reload may change, so
/// that a new key is one row.
namespace gyre::app {

/// Text of 0 or 1 to `longest` bytes without control characters.
struct TextKey {
    std::string& (*in)(Config&);
    std::size_t shortest;
    std::size_t longest;
};

struct FlagKey {
    bool& (*in)(Config&);
};

struct CountKey {
    std::uint32_t& (*in)(Config&);
    std::uint32_t least;
    std::uint32_t most;
};

/// One of a few words.
struct ChoiceKey {
    std::span<const std::string_view> words;
    std::size_t (*get)(const Config&);
    void (*set)(Config&, std::size_t);
};

/// A list of texts, each of 1 to `longest` bytes.
struct ListKey {
    std::vector<std::string>& (*in)(Config&);
    std::size_t most;
    std::size_t longest;
};

struct Key {
    enum class Applies : std::uint8_t { on_reload, on_restart };

    std::string_view section;  ///< Empty: top level.
    std::string_view name;
    std::variant<TextKey, FlagKey, CountKey, ChoiceKey, ListKey> kind;
    Applies applies;
    std::string_view meaning;  ///< One or two sentences.

    /// "limits.connections"; a top-level key's own name.
    [[nodiscard]] std::string full_name() const;
    /// "a whole number from 1 to 64": what may stand behind the "=".
    [[nodiscard]] std::string allowed() const;
    /// Its value in `config`, as TOML.
    [[nodiscard]] std::string value_in(const Config& config) const;
};

/// In the order of the default file; the keys of a section stand together.
[[nodiscard]] std::span<const Key> config_keys();

/// What a section of the default file is about.
[[nodiscard]] std::string_view section_title(std::string_view section);

}  // namespace gyre::app
