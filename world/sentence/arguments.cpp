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
        const int position = static_cast<int>(match.arguments.size());
        match.arguments.push_back(argument_of(binding, position, match));
        Argument& argument = match.arguments.back();
        if (!is_noun(binding.kind)) continue;
        const ObjectId source = source_of(number);
        if (source != ObjectId::nothing) take_from(source, binding, match);
        if (argument.kind == Argument::Kind::objects && nouns_[binding.phrase].all)
            drop_others(number, argument.objects);
        if (argument.kind == Argument::Kind::objects && argument.objects.empty()) return false;
    }
    return true;
}

Argument ArgumentReader::argument_of(const Binding& binding, int position, Match& match) const {
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
    const Phrase& phrase = nouns_[binding.phrase];
    argument.kind = phrase.many ? Argument::Kind::objects : Argument::Kind::object;
    argument.object = phrase.objects.empty() ? ObjectId::nothing : phrase.objects.front();
    if (phrase.many) {
        argument.objects = phrase.objects;
        argument.amounts = phrase.amounts;
    }
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

std::vector<ObjectId> ArgumentReader::all_inside(ObjectId source) const {
    std::vector<ObjectId> inside;
    for (const Candidate& each : nouns_.index().candidates()) {
        const bool near = reach_ == Reach::touch ? each.touched : each.seen;
        if (each.location == source && near && !each.fixed && inside.size() < Nouns::max_objects)
            inside.push_back(each.id);
    }
    return inside;
}

/// Of what the noun in front of "from" fits, what is inside `source`. Without anything there a noun keeps its
/// meaning, so that the method can say what is wrong; "all" does not.
void ArgumentReader::take_from(ObjectId source, const Binding& binding, Match& match) const {
    const Phrase& phrase = nouns_[binding.phrase];
    Argument& argument = match.arguments.back();
    std::vector<ObjectId> inside;
    if (phrase.all) {
        argument.objects = all_inside(source);
        return;
    }
    for (const ObjectId object : phrase.fitting.empty() ? phrase.objects : phrase.fitting) {
        const Candidate* candidate = nouns_.candidate(object);
        if (candidate != nullptr && candidate->location == source) inside.push_back(object);
    }
    if (inside.empty()) return;
    if (phrase.many) {
        argument.objects = std::move(inside);
        argument.amounts.clear();
        return;
    }
    argument.object = inside.front();
    const int position = static_cast<int>(match.arguments.size()) - 1;
    if (!match.question || match.question->argument != position) return;
    if (inside.size() == 1) {
        match.question.reset();
    } else {
        match.question->objects = std::move(inside);
    }
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
