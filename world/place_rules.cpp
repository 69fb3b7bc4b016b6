#include "world/place_rules.hpp"

#include "world/sentence/pattern.hpp"
#include "world/world.hpp"

#include <algorithm>
#include <array>

namespace gyre::world {

namespace {

/// Only where the library says so: anybody may call a method `quit`.
bool is_unstoppable(const Verb& verb) {
    if (verb.declared_in != nullptr && !verb.declared_in->owner.empty()) return false;
    return std::ranges::any_of(verb.pattern->first_words,
                               [](const std::string& word) { return world::is_unstoppable(word); });
}

script::CallResult took_too_long(const World& world, const PlaceRule& next) {
    script::CallResult result;
    result.kind = script::CallResult::Kind::over_budget;
    const Object* place = world.objects.living(next.place);
    result.fault = std::make_shared<script::Fault>(
        script::Fault{"stopped before '" + world.atoms.name(next.method) +
                          "': the rules of these places took more than 20 ms together",
                      {},
                      place == nullptr ? nullptr : place->of,
                      next.place});
    return result;
}

bool has_say(const Class& of, Atom action) {
    return std::ranges::any_of(of.before, [action](const BeforeRule& rule) { return rule.names(action); });
}

}  // namespace

bool is_unstoppable(std::string_view action) {
    constexpr std::array<std::string_view, 7> free{"quit",   "help",     "who",     "report",
                                                   "ignore", "unignore", "settings"};
    return std::ranges::find(free, action) != free.end();
}

std::vector<PlaceRule> rules_on(World& world, Object& who, const Verb& verb) {
    std::vector<const Object*> places;  // With a say, the innermost first.
    world.transaction.read(who, atom(atoms::location));
    const Object* at = &who;
    for (int depth = 0; depth < Object::max_nesting_seen; ++depth) {
        Object* const place = world.objects.living(at->location);
        if (place == nullptr) break;
        if (has_say(*place->of, verb.method)) places.push_back(place);
        world.transaction.read(*place, atom(atoms::location));
        at = place;
    }
    std::vector<PlaceRule> rules;
    if (places.empty() || is_unstoppable(verb)) return rules;
    std::ranges::reverse(places);
    for (const Object* place : places) {
        for (const BeforeRule& rule : place->of->before) {
            if (rule.names(verb.method)) rules.push_back({place->id, rule.method});
        }
    }
    return rules;
}

std::optional<script::CallResult> ask_rules(World& world, std::span<const PlaceRule> rules,
                                            std::span<const Value> arguments) {
    /// What all rules that speak of one action may take together.
    constexpr std::chrono::milliseconds max_together{20};
    const Clock::Steady begin = world.clock.steady();
    for (const PlaceRule& rule : rules) {
        if (world.clock.steady() - begin > max_together) return took_too_long(world, rule);
        // One asked before it may have destroyed the place, or made it something else.
        if (!world.runtime->has_method(rule.place, rule.method)) continue;
        const Transaction::Savepoint savepoint = world.transaction.savepoint();
        script::CallResult result =
            world.runtime->call(rule.place, rule.method, arguments, script::Budget::of_clock());
        if (result.kind == script::CallResult::Kind::declined) {
            world.transaction.rollback_to(savepoint);
            continue;
        }
        if (result.kind != script::CallResult::Kind::done) return result;
        if (result.value == Value{true}) return script::CallResult{};
    }
    return std::nullopt;
}

}  // namespace gyre::world
