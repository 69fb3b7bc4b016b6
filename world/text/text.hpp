#pragma once

#include "engine/base/result.hpp"
#include "world/text/tree.hpp"
#include "world/value.hpp"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gyre::world {

namespace text {

/// A compiled template (LUA.md section 4). Interned for ever by its source, so a pointer names it.
class Template;

/// Compiles, or returns the one compiled before. The error text is for builders: "template column 12: write
/// 'their' instead of 'his'", then the line and a caret, separated by '\n'.
Result<const Template*> compile(std::string_view source);
const std::string& source_of(const Template& compiled);
/// Whether it holds `{!command}`: such must not come from data (`text.parse`).
bool has_links(const Template& compiled);
/// Whether a Lua string literal is a template: it holds "}}", or '{' before a letter, '#', '!' or '{'.
bool looks_like_template(std::string_view literal);

/// What a template must know of an object. Views live as long as nothing in the world changes.
struct Noun {
    std::string_view name;
    std::string_view plurals;   ///< Plural of the name for counted things, or empty: made by rule.
    std::string_view article;   ///< Declared article ("a pair of"), or empty: made by rule.
    std::string_view pronouns;  ///< "she", "he", "they", "it", or empty.
    std::int64_t count = 1;     ///< Of a heap.
    bool person = false;
    bool proper = false;
    bool plural = false;
    bool perceived = true;  ///< By this observer; else "someone" or "something".
};

/// How a template asks the world about objects.
class Nouns {
  public:
    virtual ~Nouns() = default;
    /// `thing` as `observer` perceives it (`seen_as` included). What it reads counts as read.
    [[nodiscard]] virtual Noun noun(ObjectId thing, ObjectId observer) = 0;
    /// The place of all of `things`, if all who are there too perceive each of them alike, whoever is one of
    /// them aside; else nothing. What it reads counts as read, as for the next one.
    [[nodiscard]] virtual ObjectId common_place(std::span<const ObjectId> /*things*/) {
        return ObjectId::nothing;
    }
    /// Where a thing is; asked where there is a common place.
    [[nodiscard]] virtual ObjectId place_of(ObjectId /*thing*/) { return ObjectId::nothing; }
};

}  // namespace text

/// A piece of text as scripts pass it around: templates with their arguments, data, and layout, in order. It
/// is resolved into a Tree for each observer. Immutable once shared.
class Text final : public Counted {
  public:
    /// Longest text, in pieces and arguments together, those of texts inside of it included.
    static constexpr std::size_t max_pieces = 20'000;
    /// Texts as arguments or parts of texts. Who makes a deeper one (`fits`) must throw it away at once.
    static constexpr std::uint16_t max_depth = 32;

    struct Argument {
        std::string name;
        Value value;  ///< Object, string, integer, number, text, or a list of objects.
    };
    struct Piece {
        enum class Kind : std::uint8_t { words, data, title, list, lines, table };
        Kind kind = Kind::data;
        const text::Template* words = nullptr;  ///< Kind::words.
        std::vector<Argument> arguments;        ///< Kind::words.
        std::string data;                       ///< Kind::data: never markup; filtered when resolved.
        std::vector<Ref<Text>> parts;  ///< title: one; list, lines: the items; table: cells row by row.
        std::uint16_t columns = 0;     ///< table.
        bool has_heads = false;        ///< table: the first row is its heads.
    };
    std::vector<Piece> pieces;
    // As measure() found them; the makers below have called it.
    std::uint32_t size = 0;   ///< Pieces and arguments together.
    std::uint16_t depth = 1;  ///< 1: no text inside.
    Ref<const text::Note>
        note;  ///< Goes to the trees that are made of it; null: none. Not kept in the database.

    /// To be called when `pieces` were filled by hand. Looks at one level: texts inside are measured already.
    void measure();
    [[nodiscard]] bool fits() const { return size <= max_pieces && depth <= max_depth; }
    static Ref<Text> of_data(std::string_view data);
    static Ref<Text> of_template(const text::Template& words, std::vector<Argument> arguments);
    /// left .. right
    static Ref<Text> join(const Text& left, const Text& right);

    /// For the database: opaque bytes that decode() reads back. Templates are kept as their source.
    [[nodiscard]] std::string encode() const;
    /// Never null: of damaged bytes it is what stood before the damage. A template that no longer compiles
    /// becomes data.
    static Ref<Text> decode(std::string_view bytes);
};

namespace text {

/// Most bytes in one tree; what would be longer is an Error.
constexpr std::size_t max_tree_bytes = 2U << 20;

/// Whether a text may have line ends. What somebody says or does is one line, whatever its template and the
/// arguments hold, or it could pass for what others say.
enum class Lines : std::uint8_t { as_written, one };

/// Resolves one text for one observer. A missing or unfit argument is an Error with a builder's sentence
/// ("the template needs 'lamp', which was not passed").
Result<Ref<const Tree>> resolve(const Text& text, ObjectId observer, Nouns& nouns,
                                Lines lines = Lines::as_written);

/// One text told to many: observers who perceive the same get the same Tree, resolved once. Lives within one
/// announcement, while nothing changes.
class Telling {
  public:
    Telling(const Text& text, Nouns& nouns, Lines lines = Lines::as_written);
    Result<Ref<const Tree>> for_observer(ObjectId observer);

  private:
    const Text& text_;
    Nouns& nouns_;
    Lines lines_;
    /// What `observer` makes of the text's objects, as bytes to compare.
    void write_signature(ObjectId observer);
    Result<Ref<const Tree>> from_common_place(ObjectId observer);

    struct Known {
        std::string signature;
        Ref<const Tree> tree;
    };
    /// What those perceive who are in the common place.
    struct View {
        ObjectId self;  ///< Which of the text's objects reads it; nothing: somebody else.
        Ref<const Tree> tree;
    };
    std::vector<ObjectId> nouns_used_;
    ObjectId common_place_ = ObjectId::nothing;
    std::vector<View> views_;
    std::vector<Known> known_;
    std::string signature_;
};

/// A tree without marks from a trusted or untrusted sentence of the engine: filtered like data.
Ref<const Tree> plain_tree(std::string_view words);
/// The words of a tree without any layout: for logs, `text.plain` and screen readers of last resort.
std::string plain(const Tree& tree);

}  // namespace text

}  // namespace gyre::world
