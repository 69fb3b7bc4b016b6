#include "world/surroundings.hpp"

#include "engine/base/utf8.hpp"
#include "world/facts.hpp"

#include <algorithm>

namespace gyre::world {

std::span<const sentence::VerbSource> Surroundings::carried() {
    if (!carried_) {
        carried_.emplace();
        for (const ObjectId id : world_.transaction.contents(who_)) {
            if (const Object* thing = world_.objects.living(id)) carried_->push_back({id, thing->of});
        }
    }
    return *carried_;
}

std::span<const sentence::VerbSource> Surroundings::places() {
    if (!places_) {
        places_.emplace();
        world_.transaction.read(who_, atom(atoms::location));
        ObjectId at = who_.location;
        for (int depth = 0; depth < Object::max_nesting_seen; ++depth) {
            Object* place = world_.objects.living(at);
            if (place == nullptr) break;
            places_->push_back({at, place->of});
            world_.transaction.read(*place, atom(atoms::location));
            at = place->location;
        }
    }
    return *places_;
}

std::span<const sentence::Candidate> Surroundings::candidates() {
    if (!candidates_) {
        candidates_.emplace();
        const std::vector<ObjectId> in_reach = world_.perception.in_reach(who_.id);
        candidates_->reserve(in_reach.size() + 1);
        for (const ObjectId id : in_reach) {
            if (Object* thing = world_.objects.living(id)) describe(*thing, candidates_->emplace_back());
        }
        sentence::Candidate& self = candidates_->emplace_back();
        describe(who_, self);
        self.self = true;
    }
    return *candidates_;
}

void Surroundings::describe(Object& thing, sentence::Candidate& candidate) {
    using Asked = Facts<atoms::name, atoms::names, atoms::adjectives, atoms::plurals, atoms::count,
                        atoms::fixed, atoms::location, atoms::surface>;
    const Asked facts(world_, thing);
    const bool is_exit = (thing.of->kinds & Class::exit) != 0;
    candidate.id = thing.id;
    candidate.of = thing.of;
    candidate.location = thing.location;
    candidate.count = facts.integer(atoms::count, 0);
    candidate.person = (thing.of->kinds & Class::person) != 0;
    candidate.surface = facts.flag(atoms::surface);
    candidate.held = thing.location == who_.id;
    candidate.fixed = candidate.person || is_exit || !facts.is_nil(atoms::fixed);
    candidate.inner = !candidate.held && !is_exit && thing.location != who_.location;
    const Object* bearer = candidate.inner ? world_.objects.living(thing.location) : nullptr;
    candidate.borne = bearer != nullptr && (bearer->of->kinds & Class::person) != 0;
    // What shows itself beside the actor, or in his hands, is in reach.
    const bool is_beside = !is_exit && !candidate.inner && thing.location != ObjectId::nothing;
    candidate.touched = is_beside || world_.perception.reaches(who_.id, thing.id);
    const auto name = [&candidate](const Asked& shown) {
        candidate.name = shown.string(atoms::name);
        candidate.names = shown.list(atoms::names);
        candidate.adjectives = shown.list(atoms::adjectives);
        candidate.plurals = shown.one(atoms::plurals);
    };
    const Object& shown = world_.perception.seen_as(who_.id, thing);
    if (&shown == &thing) {
        name(facts);
    } else {
        name(Asked(world_, shown));
    }
}

ObjectId Surroundings::player(std::string_view name) {
    return world_.names.find(Names::Space::character, name, world_.transaction);
}

std::string_view Surroundings::exit_direction(std::string_view name) {
    for (const sentence::Candidate& candidate : candidates()) {
        if (candidate.of == nullptr || (candidate.of->kinds & Class::exit) == 0) continue;
        const auto means = [&](std::string_view word) { return utf8::fold_ascii(word) == name; };
        const bool named =
            means(candidate.name) || std::ranges::any_of(candidate.names, [&](const Value& word) {
                return word.tag() == Value::Tag::string && means(word.string());
            });
        Object* exit = world_.objects.living(candidate.id);
        const bool forward = world_.reference(*exit, atom(atoms::exit_from)) == who_.location;
        const std::string_view direction =
            world_.string(*exit, atom(forward ? atoms::exit_direction : atoms::exit_back));
        if (named || direction == name) return direction;
    }
    return {};
}

std::span<const ObjectId> Surroundings::pronoun(std::string_view word) {
    if (word == "it") return pronouns_.it;
    if (word == "him") return pronouns_.him;
    if (word == "her") return pronouns_.her;
    return pronouns_.them;
}

bool Surroundings::has_role(std::string_view role) {
    const std::optional<Role> wanted = role_named(role);
    const Role has = as_if_on_ ? world_.role_of(who_.id) : world_.rights_of(who_.id);
    return wanted && has >= *wanted;
}

bool Surroundings::exists(ObjectId id) { return world_.objects.living(id) != nullptr; }

}  // namespace gyre::world
