#pragma once

#include "engine/base/ids.hpp"
#include "world/class.hpp"
#include "world/script/runtime.hpp"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace gyre::world {

class Object;
class World;

/// A `before` rule (LUA.md section 2) of a place around somebody.
struct PlaceRule {
    ObjectId place = ObjectId::nothing;
    Atom method = Atom::none;
};

/// What no rule may stop: "quit", "help", "who", "report", "ignore" and "settings".
[[nodiscard]] bool is_unstoppable(std::string_view action);

/// The rules that have a say when `who` is about to do what this verb does, in the order in which they are
/// asked: the outermost place first, in each place base class first. None for a verb of the library that
/// nothing may stop. In a transaction.
[[nodiscard]] std::vector<PlaceRule> rules_on(World& world, Object& who, const Verb& verb);

/// Asks them, each with these arguments. nullopt: go on. Else how the sentence ends: refused, failed, or done
/// when a rule says that it did something instead; later ones are not asked then. A rule that declines is
/// undone and counts as if it were not there. The caller undoes what a refusal or a fault leaves.
[[nodiscard]] std::optional<script::CallResult> ask_rules(World& world, std::span<const PlaceRule> rules,
                                                          std::span<const Value> arguments);

}  // namespace gyre::world
