// `text`: texts and their layout as scripts make them. The layout is done by each door in its own way.

#include "world/script/containers.hpp"
#include "world/script/state.hpp"
#include "world/script/texts.hpp"
#include "world/script/values.hpp"

namespace gyre::world::script {

namespace {

constexpr lua_Integer max_columns = 50;  // Of a table.

/// text(template[, args]) -> text [E]
/// A piece of text. Pieces join with ".." and go wherever text goes.
int make(lua_State* lua) {
    lua_settop(lua, 3);
    push_text(lua, text_with_arguments(lua, 2));
    return 1;
}

Ref<Text> of_piece(Text::Piece piece) {
    Ref<Text> text = make_ref<Text>();
    text->pieces.push_back(std::move(piece));
    text->measure();
    return text;
}

/// The entries of the list at `index` as texts, added to `parts`.
void add_parts(lua_State* lua, int index, std::vector<Ref<Text>>& parts) {
    index = lua_absindex(lua, index);
    const bool stored = is_container(lua, index);
    if (!stored) luaL_checktype(lua, index, LUA_TTABLE);
    const std::size_t size = stored ? container_at(lua, index).list.size() : lua_rawlen(lua, index);
    if (size + parts.size() > Text::max_pieces) {
        fail(lua,
             "a text has at most " + with_commas(static_cast<std::int64_t>(Text::max_pieces)) + " pieces");
    }
    charge(lua, 2 * size);
    charge_bytes(lua, size * sizeof(Ref<Text>));
    parts.reserve(parts.size() + size);
    for (std::size_t at = 1; at <= size; ++at) {
        if (stored) {
            push_stored(lua, container_at(lua, index).list[at - 1]);
        } else {
            lua_rawgeti(lua, index, static_cast<lua_Integer>(at));
        }
        if (!lua_isnil(lua, -1)) parts.push_back(text_of(lua, lua_gettop(lua)));
        lua_pop(lua, 1);
    }
}

int layout(lua_State* lua, Text::Piece::Kind kind) {
    Text::Piece piece;
    piece.kind = kind;
    add_parts(lua, 1, piece.parts);
    push_text(lua, of_piece(std::move(piece)));
    return 1;
}

/// text.lines{text, ...} -> text [E n]
/// Each on a line of its own; nil entries are left out. At most 10,000 pieces.
int lines(lua_State* lua) { return layout(lua, Text::Piece::Kind::lines); }
/// text.list{text, ...} -> text [E n]
/// A list, as each door shows one: with bullets, or one item on each line for screen readers.
int list(lua_State* lua) { return layout(lua, Text::Piece::Kind::list); }

/// text.title(template[, args]) -> text [E]
/// A heading.
int title(lua_State* lua) {
    lua_settop(lua, 2);
    Text::Piece piece;
    piece.kind = Text::Piece::Kind::title;
    piece.parts.push_back(text_with_arguments(lua, 1));
    push_text(lua, of_piece(std::move(piece)));
    return 1;
}

/// One row of a table: as many cells as the first has.
void add_row(lua_State* lua, int index, Text::Piece& piece) {
    const std::size_t before = piece.parts.size();
    add_parts(lua, index, piece.parts);
    const std::size_t cells = piece.parts.size() - before;
    if (piece.columns == 0) {
        if (cells == 0 || cells > static_cast<std::size_t>(max_columns))
            fail(lua, "a row of a table has 1 to " + std::to_string(max_columns) + " cells");
        piece.columns = static_cast<std::uint16_t>(cells);
    }
    if (cells > piece.columns) fail(lua, "this row has more cells than the first one");
    while (piece.parts.size() < before + piece.columns) piece.parts.push_back(Text::of_data(""));
}

/// text.table(rows[, heads]) -> text [E n]
/// A table of rows of equally many cells, at most 50; for screen readers one fact on each line.
int table(lua_State* lua) {
    lua_settop(lua, 2);
    Text::Piece piece;
    piece.kind = Text::Piece::Kind::table;
    piece.has_heads = !lua_isnil(lua, 2);
    if (piece.has_heads) add_row(lua, 2, piece);
    const bool stored = is_container(lua, 1);
    if (!stored) luaL_checktype(lua, 1, LUA_TTABLE);
    const std::size_t rows = stored ? container_at(lua, 1).list.size() : lua_rawlen(lua, 1);
    for (std::size_t at = 1; at <= rows; ++at) {
        if (stored) {
            push_stored(lua, container_at(lua, 1).list[at - 1]);
        } else {
            lua_rawgeti(lua, 1, static_cast<lua_Integer>(at));
        }
        add_row(lua, lua_gettop(lua), piece);
        lua_pop(lua, 1);
    }
    if (piece.parts.empty()) {
        push_text(lua, Text::of_data(""));
    } else {
        push_text(lua, of_piece(std::move(piece)));
    }
    return 1;
}

/// Whether there is a link in it, other than behind a doubled brace.
bool has_link(std::string_view source) {
    for (std::size_t at = 0; at + 1 < source.size(); ++at) {
        if (source[at] != '{') continue;
        if (source[at + 1] == '!') return true;
        if (source[at + 1] == '{') ++at;
    }
    return false;
}

int no_template(lua_State* lua, std::string_view reason) {
    lua_pushnil(lua);
    lua_pushlstring(lua, reason.data(), reason.size());
    return 2;
}

/// text.parse(data) -> text | nil, reason [N n]
/// A message that a builder typed in the game, as a template; its arguments are given where it is used. It
/// holds no links and at most 2,000 bytes; code of one owner parses at most 1,000 different ones between two
/// starts.
int parse(lua_State* lua) {
    constexpr std::size_t longest = 2000;     // Bytes.
    constexpr std::size_t max_parsed = 1000;  // Of one owner's code: compiled templates are kept for ever.
    const std::string_view source = check_string(lua, 1);
    charge(lua, 20 + 5 * source.size());
    if (source.size() > longest) return no_template(lua, "a message has at most 2,000 bytes");
    if (has_link(source)) return no_template(lua, "a message holds no links");
    auto& parsed = state_of(lua).parsed_templates[author_account(lua)];
    if (parsed.size() >= max_parsed && !parsed.contains(source))
        return no_template(lua, "there are too many different messages: at most 1,000 until the next start");
    const Result<const text::Template*> compiled = text::compile(source);
    if (!compiled) return no_template(lua, compiled.error().text);
    parsed.emplace(source);
    push_text(lua, Text::of_template(*compiled.value(), {}));
    return 1;
}

/// text.plain(piece[, observer[, speaker]]) -> string [E n]
/// The words as `observer` reads them, or as somebody who perceives nothing. With a speaker, as they are
/// heard from him on a channel: what he perceives has its name, and so have players.
int plain(lua_State* lua) {
    const Ref<Text> text = text_of(lua, 1);
    const Object* observer = optional_object(lua, 2);
    const ObjectId reader = observer == nullptr ? ObjectId::nothing : observer->id;
    const Object* speaker = optional_object(lua, 3);
    const std::string words =
        text::plain(speaker == nullptr ? *resolve_for(lua, *text, reader)
                                       : *resolve_spoken(lua, *text, reader, speaker->id));
    charge_bytes(lua, words.size());
    lua_pushlstring(lua, words.data(), words.size());
    return 1;
}

}  // namespace

void open_text_api(lua_State* lua) {
    lua_newtable(lua);
    set_functions(lua, {{"parse", guarded<parse>},
                        {"lines", guarded<lines>},
                        {"list", guarded<list>},
                        {"title", guarded<title>},
                        {"table", guarded<table>},
                        {"plain", guarded<plain>}});
    make_read_only(lua, "text");
    lua_getmetatable(lua, -1);
    set_functions(lua, {{"__call", guarded<make>}});
    lua_pop(lua, 1);
    lua_setfield(lua, -2, "text");
}

}  // namespace gyre::world::script
