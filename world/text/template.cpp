#include "engine/base/ascii.hpp"
#include "world/text/compiler.hpp"

#include <algorithm>
#include <memory>
#include <unordered_map>

namespace gyre::world::text {

namespace {

constexpr std::array<std::string_view, 14> style_names = {"em",     "strong", "title",   "note", "warn",
                                                          "say",    "code",   "dim",     "red",  "green",
                                                          "yellow", "blue",   "magenta", "cyan"};

struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
using Interned = std::unordered_map<std::string, std::unique_ptr<const Template>, Hash, std::equal_to<>>;

Interned& interned() {
    static Interned templates;
    return templates;
}

}  // namespace

std::string_view style_name(Style style) { return style_names[static_cast<std::size_t>(style)]; }

std::optional<Style> find_style(std::string_view name) {
    const auto* found = std::find(style_names.begin(), style_names.end(), name);
    if (found == style_names.end()) return std::nullopt;
    return static_cast<Style>(found - style_names.begin());
}

Result<const Template*> compile(std::string_view source) {
    Interned& known = interned();
    if (const auto found = known.find(source); found != known.end()) return found->second.get();
    auto made = std::make_unique<Template>();
    made->source = source.substr(0, Template::max_source + 1);
    Compiler compiler(*made);
    if (!compiler.compile()) return Error{Errc::bad_input, compiler.fault()};
    const Template* result = made.get();
    known.emplace(std::string(source), std::move(made));
    return result;
}

const std::string& source_of(const Template& compiled) { return compiled.source; }

bool has_links(const Template& compiled) { return compiled.has_links; }

bool looks_like_template(std::string_view literal) {
    for (std::size_t at = 0; at + 1 < literal.size(); ++at) {
        const char next = literal[at + 1];
        if (literal[at] == '}' && next == '}') return true;
        if (literal[at] == '{' && (ascii::is_letter(next) || next == '#' || next == '!' || next == '{'))
            return true;
    }
    return false;
}

}  // namespace gyre::world::text
