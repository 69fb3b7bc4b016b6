#pragma once

#include "engine/base/ids.hpp"
#include "world/sentence/parser.hpp"
#include "world/value.hpp"

#include <string_view>
#include <vector>

namespace gyre::world {

// What methods get of a sentence that was understood (LUA.md section 2).

/// The actor, and then what each slot took.
std::vector<Value> method_arguments(ObjectId actor, const sentence::Call& call);

/// The table `how`: what a method may want to know of the sentence beyond that. `action` is the method.
Value how(const sentence::Match& match, std::string_view action);

/// Of a place's rule: the actor, what it is done to, `how`, and then what each slot took.
std::vector<Value> rule_arguments(ObjectId actor, const sentence::Match& match, const sentence::Call& call,
                                  std::string_view action);

}  // namespace gyre::world
