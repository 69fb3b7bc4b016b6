// A thousand bystanders perceive the same: what differs between observers is only what each makes of the
// objects named. That is written down as a few bytes, and equal bytes share one tree.

#include "world/container.hpp"
#include "world/text/resolver.hpp"
#include "world/text/text.hpp"

#include <algorithm>

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

void append_view(std::string& out, std::string_view view) {
    const auto size = static_cast<std::uint32_t>(view.size());
    out.append(reinterpret_cast<const char*>(&size), sizeof size);
    out += view;
}

enum Seen : char { self = 1, someone, something, named };

void append_noun_seen(std::string& out, const Noun& noun) {
    if (!noun.perceived) {
        out += noun.person ? Seen::someone : Seen::something;
        return;
    }
    out += Seen::named;
    const unsigned flags = (noun.person ? 1U : 0U) | (noun.proper ? 2U : 0U) | (noun.plural ? 4U : 0U);
    out += static_cast<char>(flags);
    out.append(reinterpret_cast<const char*>(&noun.count), sizeof noun.count);
    append_view(out, noun.name);
    append_view(out, noun.plurals);
    append_view(out, noun.article);
    append_view(out, noun.pronouns);
}

}  // namespace

Telling::Telling(const Text& text, Nouns& nouns) : text_(text), nouns_(nouns) {
    collect(text, nouns_used_);
    std::sort(nouns_used_.begin(), nouns_used_.end());
    nouns_used_.erase(std::unique(nouns_used_.begin(), nouns_used_.end()), nouns_used_.end());
}

void Telling::write_signature(ObjectId observer) {
    signature_.clear();
    for (const ObjectId thing : nouns_used_) {
        if (thing == observer)
            signature_ += Seen::self;
        else
            append_noun_seen(signature_, nouns_.noun(thing, observer));
    }
}

Result<Ref<const Tree>> Telling::for_observer(ObjectId observer) {
    write_signature(observer);
    const auto known = std::find_if(known_.begin(), known_.end(),
                                    [this](const Known& each) { return each.signature == signature_; });
    if (known != known_.end()) return known->tree;
    Result<Ref<const Tree>> made = resolve(text_, observer, nouns_);
    if (made.ok()) known_.push_back({signature_, made.value()});
    return made;
}

Result<Ref<const Tree>> resolve(const Text& text, ObjectId observer, Nouns& nouns) {
    auto* tree = new Tree;
    Ref<const Tree> made(tree);
    Resolver resolver(*tree, observer, nouns);
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
