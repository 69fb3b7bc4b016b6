// A fit says which words each slot took; here they become what the method gets. Most of it is about plurals:
// "all from the box" is what is inside it, "put all in the bag" leaves out the bag.

#include "world/sentence/arguments.hpp"

#include <algorithm>

namespace gyre::world::sentence {
namespace {

using Kind = Element::Kind;

bool is_noun(Kind kind) {
    return kind == Kind::this_ || kind == Kind::thing || kind == Kind::held || kind == Kind::person ||
           kind == Kind::player;
}

}  // namespace

/// False if "all" turned out to mean nothing.
bool ArgumentReader::fill(Match& match) const {
    const std::size_t without = fit_.named ? 2 : 1;  // The verb, and `this`.
    if (fit_.bindings.size() > without) match.arguments.reserve(fit_.bindings.size() - without);
    for (std::size_t number = 0; number < fit_.bindings.size(); ++number) {
        const Binding& binding = fit_.bindings[number];
        if (binding.kind == Kind::words) {
            if (!binding.text.empty()) match.preposition = binding.text;
            continue;
        }
        if (binding.kind == Kind::this_) continue;
        match.arguments.push_back(argument_of(number, match));
        Argument& argument = match.arguments.back();
        if (argument.kind == Argument::Kind::objects && nouns_[binding.phrase].all)
            drop_others(number, argument.objects);
        if (argument.kind == Argument::Kind::objects && argument.objects.empty()) return false;
    }
    return true;
}

Argument ArgumentReader::argument_of(std::size_t number, Match& match) const {
    const Binding& binding = fit_.bindings[number];
    Argument argument;
    if (binding.kind == Kind::missing) return argument;
    if (binding.kind == Kind::number) {
        argument.kind = Argument::Kind::integer;
        argument.integer = binding.number;
        return argument;
    }
    if (!is_noun(binding.kind)) {
        argument.kind = Argument::Kind::text;
        argument.text = binding.text;
        return argument;
    }
    const ObjectId source = source_of(number);
    Phrase inside;
    if (source != ObjectId::nothing) inside = taken_from(source, binding);
    const Phrase& phrase = source == ObjectId::nothing ? nouns_[binding.phrase] : inside;
    argument.kind = phrase.many ? Argument::Kind::objects : Argument::Kind::object;
    argument.object = phrase.objects.empty() ? ObjectId::nothing : phrase.objects.front();
    if (phrase.many) {
        argument.objects = phrase.objects;
        argument.amounts = phrase.amounts;
    }
    const int position = static_cast<int>(match.arguments.size());
    if (!phrase.unclear.empty() && !match.question)
        match.question = Question{phrase.unclear, position, phrase.fitting};
    return argument;
}

/// In "all from the box", the box.
ObjectId ArgumentReader::source_of(std::size_t binding) const {
    if (binding + 2 >= fit_.bindings.size() || fit_.bindings[binding + 1].text != "from")
        return ObjectId::nothing;
    const Binding& source = fit_.bindings[binding + 2];
    if (!is_noun(source.kind) || nouns_[source.phrase].many) return ObjectId::nothing;
    return nouns_[source.phrase].objects.front();
}

/// What the noun in front of "from" means of what is inside `source`. Without anything there a noun keeps its
/// meaning, so that the method can say what is wrong; "all" does not.
Phrase ArgumentReader::taken_from(ObjectId source, const Binding& binding) const {
    Phrase inside = nouns_.inside(binding.phrase, source);
    if (inside.state == Phrase::State::found) return inside;
    if (!nouns_[binding.phrase].all) return nouns_[binding.phrase];
    inside.many = true;
    inside.objects.clear();
    return inside;
}

/// "Put all in the bag" does not mean the bag.
void ArgumentReader::drop_others(std::size_t binding, std::vector<ObjectId>& objects) const {
    for (std::size_t number = 0; number < fit_.bindings.size(); ++number) {
        const Binding& other = fit_.bindings[number];
        if (number == binding || !is_noun(other.kind) || nouns_[other.phrase].many) continue;
        const ObjectId named = nouns_[other.phrase].objects.front();
        objects.erase(std::remove(objects.begin(), objects.end(), named), objects.end());
    }
}

}  // namespace gyre::world::sentence
