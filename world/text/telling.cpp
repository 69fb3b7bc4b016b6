// A thousand bystanders perceive the same: what differs between observers is only what each makes of the
// objects named. That is written down as a few bytes, and equal bytes share one tree. Most often there is no
// need to: those in one room with all that is named perceive it alike.

#include "world/container.hpp"
#include "world/text/resolver.hpp"
#include "world/text/text.hpp"

#include <algorithm>
#include <type_traits>

namespace gyre::world::text {

namespace {

void collect(const Value& value, std::vector<ObjectId>& found);

void collect(const Text& text, std::vector<ObjectId>& found) {
    for (const Text::Piece& piece : text.pieces) {
        for (const Text::Argument& argument : piece.arguments) collect(argument.value, found);
        for (const Ref<Text>& part : piece.parts) collect(*part, found);
    }
}

void collect(const Value& value, std::vector<ObjectId>& found) {
    if (value.tag() == Value::Tag::object) found.push_back(value.object());
    if (value.tag() == Value::Tag::text) collect(value.text(), found);
    if (value.tag() == Value::Tag::container)
        for (const Value& member : value.container().list) collect(member, found);
}

enum Seen : char { self = 1, someone, something, named };

/// What of a noun is of one size.
struct Fixed {
    std::int64_t count;
    std::uint64_t flags;
    std::uint32_t name, plurals, article, pronouns;  ///< Sizes of what follows.
};
static_assert(std::has_unique_object_representations_v<Fixed>);

void append_noun_seen(std::string& out, const Noun& noun) {
    if (!noun.perceived) {
        out.push_back(noun.person ? Seen::someone : Seen::something);
        return;
    }
    const auto size = [](std::string_view view) { return static_cast<std::uint32_t>(view.size()); };
    const std::uint64_t flags = (noun.person ? 1U : 0U) | (noun.proper ? 2U : 0U) | (noun.plural ? 4U : 0U);
    const Fixed fixed{noun.count,         flags, size(noun.name), size(noun.plurals), size(noun.article),
                      size(noun.pronouns)};
    out.push_back(Seen::named);
    out.append(reinterpret_cast<const char*>(&fixed), sizeof fixed);
    for (const std::string_view view : {noun.name, noun.plurals, noun.article, noun.pronouns})
        if (!view.empty()) out += view;
}

}  // namespace

Telling::Telling(const Text& text, Nouns& nouns, Lines lines) : text_(text), nouns_(nouns), lines_(lines) {
    collect(text, nouns_used_);
    std::sort(nouns_used_.begin(), nouns_used_.end());
    nouns_used_.erase(std::unique(nouns_used_.begin(), nouns_used_.end()), nouns_used_.end());
    if (!nouns_used_.empty()) common_place_ = nouns_.common_place(nouns_used_);
}

void Telling::write_signature(ObjectId observer) {
    signature_.clear();
    for (const ObjectId thing : nouns_used_) {
        if (thing == observer) {
            signature_.push_back(Seen::self);
        } else {
            append_noun_seen(signature_, nouns_.noun(thing, observer));
        }
    }
}

Result<Ref<const Tree>> Telling::from_common_place(ObjectId observer) {
    const bool is_named = std::find(nouns_used_.begin(), nouns_used_.end(), observer) != nouns_used_.end();
    const ObjectId self = is_named ? observer : ObjectId::nothing;
    for (const View& each : views_)
        if (each.self == self) return each.tree;
    Result<Ref<const Tree>> made = resolve(text_, observer, nouns_, lines_);
    if (made.ok()) views_.push_back({self, made.value()});
    return made;
}

Result<Ref<const Tree>> Telling::for_observer(ObjectId observer) {
    if (common_place_ != ObjectId::nothing && nouns_.place_of(observer) == common_place_)
        return from_common_place(observer);
    write_signature(observer);
    const auto known = std::find_if(known_.begin(), known_.end(),
                                    [this](const Known& each) { return each.signature == signature_; });
    if (known != known_.end()) return known->tree;
    Result<Ref<const Tree>> made = resolve(text_, observer, nouns_, lines_);
    if (made.ok()) known_.push_back({signature_, made.value()});
    return made;
}

namespace {

/// About how long it will be: one allocation instead of one for each doubling.
std::size_t likely_bytes(const Text& text) {
    std::size_t bytes = 0;
    for (const Text::Piece& piece : text.pieces) {
        bytes += piece.data.size() + 1;
        if (piece.words != nullptr) bytes += piece.words->source.size() + 16 * piece.arguments.size();
        for (const Ref<Text>& part : piece.parts) bytes += part ? likely_bytes(*part) : 0;
    }
    return bytes;
}

}  // namespace

Result<Ref<const Tree>> resolve(const Text& text, ObjectId observer, Nouns& nouns, Lines lines) {
    auto* tree = new Tree;
    Ref<const Tree> made(tree);
    tree->text.reserve(likely_bytes(text));
    tree->note = text.note;
    Resolver resolver(*tree, observer, nouns);
    if (lines == Lines::one) resolver.writer().begin_speech();
    if (!resolver.run(text)) return Error{Errc::script, resolver.error()};
    if (resolver.writer().overflown()) return Error{Errc::script, "the text is too long"};
    resolver.writer().finish();
    return made;
}

Ref<const Tree> plain_tree(std::string_view words) {
    auto* tree = new Tree;
    Ref<const Tree> made(tree);
    TreeWriter writer(*tree);
    writer.data(words.substr(0, max_tree_bytes), TreeWriter::Counts::as_sentence);
    writer.finish();
    return made;
}

std::string plain(const Tree& tree) { return tree.text; }

}  // namespace gyre::world::text
