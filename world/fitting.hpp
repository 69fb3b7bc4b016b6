#pragma once

#include "world/class.hpp"
#include "world/value.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace gyre::world {

class World;

/// Whether the property takes the value as it is: type, class, the only values accepted. An integer is no
/// number here.
[[nodiscard]] bool fits(const World& world, const Member& property, const Value& value);
/// "an integer", "true or false", "a thing": what the property takes.
[[nodiscard]] std::string wanted(const Atoms& atoms, const Member& property);
/// "integer": the word of LUA.md.
[[nodiscard]] std::string_view type_word(Type type);
/// The nearest of these words to one that is not among them; empty if none is near.
[[nodiscard]] std::string closest(std::string_view word, const std::vector<std::string>& words);

}  // namespace gyre::world
