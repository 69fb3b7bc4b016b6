// `world:manual(word)`: what docs/lua_api.md says of it.

#include "world/script/api_calls.hpp"
#include "world/script/manual.hpp"
#include "world/script/values.hpp"

namespace gyre::world::script {

namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || c == '_'; }

/// Whether `word` is what the signature is of: "t:move_to(place)" is of move_to, "text.list{...}" of list.
bool is_about(std::string_view signature, std::string_view word) {
    const std::size_t end = signature.find_first_of("({[ ");
    const std::string_view name = signature.substr(0, end);
    if (name == word) return true;
    if (name.size() <= word.size() || !name.ends_with(word)) return false;
    return !is_letter(name[name.size() - word.size() - 1]);
}

/// Appends {signature, doc} of each entry of the chapter that is about `word` to the list on top of the
/// stack.
void push_entries(lua_State* lua, std::string_view chapter, std::string_view word) {
    auto count = static_cast<lua_Integer>(lua_rawlen(lua, -1));
    // An entry is "- `signature` **marks**", and what it does in the line behind it.
    constexpr std::string_view mark = "\n- `";
    for (std::size_t at = chapter.find(mark); at != std::string_view::npos; at = chapter.find(mark, at + 1)) {
        const std::size_t begin = at + mark.size();
        const std::size_t end = chapter.find('`', begin);
        const std::size_t line_end = chapter.find('\n', begin);
        if (end >= line_end || !chapter.substr(0, line_end).ends_with("  ")) continue;
        const std::string_view signature = chapter.substr(begin, end - begin);
        if (!is_about(signature, word)) continue;
        const std::size_t doc = chapter.find_first_not_of(' ', line_end + 1);
        lua_createtable(lua, 0, 2);
        set_string(lua, "signature", signature);
        set_string(lua, "doc", chapter.substr(doc, chapter.find('\n', doc) - doc));
        lua_rawseti(lua, -2, ++count);
    }
}

}  // namespace

/// world:manual(word) -> list of {signature, doc} [n]
/// What this page says of a function, method or declaration of that name; empty if there is none. In the game
/// it is what `help WORD` shows to builders.
int world_manual(lua_State* lua) {
    const std::string_view word = check_string(lua, 2);
    lua_newtable(lua);
    for (const std::string_view chapter : manual()) {
        charge(lua, chapter.size() / 50);
        push_entries(lua, chapter, word);
    }
    return 1;
}

}  // namespace gyre::world::script
