#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gyre::net {

/// One JSON value that a peer sent (RFC 8259), as far as GMCP needs to know it.
struct Json {
    enum class Kind : std::uint8_t { null, boolean, number, string, array, object };
    /// Values within values; deeper is refused. Ours.
    static constexpr unsigned max_depth = 16;
    /// Values in all; more are refused. Ours: each takes a hundred bytes, and may have come as two.
    static constexpr std::size_t max_values = 1024;

    Kind kind = Kind::null;
    std::string text;         ///< string: its characters in UTF-8; number, boolean: as written.
    std::vector<Json> items;  ///< array: its values; object: those of `names`, in order.
    std::vector<std::string> names;

    /// The string that an object has under `name`; of equal names the last one counts. Empty if it has none,
    /// or no object is here.
    [[nodiscard]] std::string_view string_at(std::string_view name) const;

    /// Reads all of `text`. Nothing if it is no JSON, no UTF-8, holds a lone surrogate, is too deep or has
    /// too many values.
    [[nodiscard]] static std::optional<Json> parse(std::string_view text);
};

/// Writes JSON by appending: no tree is made. Keys and strings are any UTF-8; names of members come first.
///
///     JsonWriter json(out);
///     json.open('{').member("name").string("Alice").close('}');
class JsonWriter {
  public:
    explicit JsonWriter(std::string& out) : out_(out) {}

    /// '{' or '['.
    JsonWriter& open(char bracket);
    JsonWriter& close(char bracket);
    JsonWriter& member(std::string_view name);
    JsonWriter& string(std::string_view value);
    JsonWriter& number(std::uint64_t value);
    JsonWriter& boolean(bool value);
    /// What is JSON already.
    JsonWriter& raw(std::string_view json);

  private:
    void separate();
    void quote(std::string_view text);

    std::string& out_;
    bool first_ = true;  ///< No comma before what comes next.
};

}  // namespace gyre::net
