#pragma once

#include "world/text/english.hpp"
#include "world/text/sentence.hpp"
#include "world/text/text.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gyre::world::text {

/// How a noun is named.
enum class Form : std::uint8_t { plain, the, a, name, possessive };

/// One step of a compiled template.
struct Instruction {
    enum class Op : std::uint8_t {
        words,  ///< `literal`.
        paragraph,
        style_on,  ///< `detail`: Style.
        style_off,
        link_on,  ///< The next `literal` instructions are its command.
        link_off,
        noun,     ///< `detail`: Form; `flag`: becomes a pronoun if it is the subject already.
        pronoun,  ///< `detail`: english::Case.
        verb,   ///< `literal`: as after "she"; the next one: as after "they". `flag`: a pronoun came before.
        count,  ///< `literal`: of one; the next one: of many.
    };
    Op op = Op::words;
    std::uint8_t detail = 0;
    std::uint8_t argument = 0;
    bool flag = false;
    std::uint32_t literal = 0;
};

class Template {
  public:
    /// Longest source, in bytes.
    static constexpr std::size_t max_source = 65'536;
    /// Different arguments in one template.
    static constexpr std::size_t max_arguments = 32;
    /// Styles and links inside each other.
    static constexpr int max_depth = 16;

    struct Literal {
        std::string words;  ///< Filtered.
        SentenceEffect effect;
    };

    std::string source;
    std::vector<Instruction> code;
    std::vector<Literal> literals;
    std::vector<std::string> arguments;  ///< Names, by number.
    bool has_links = false;
};

/// The spelling of each Style, in order.
std::string_view style_name(Style style);
std::optional<Style> find_style(std::string_view name);

}  // namespace gyre::world::text
