#pragma once

#include "world/world.hpp"

#include <string_view>

namespace gyre::world::script {

/// Makes `exit` lead from one room `direction` to the other and `back` from there, and nowhere else. Both
/// rooms list it. An empty `back`: it leads one way only.
struct Joint {
    Object* from = nullptr;
    Object* to = nullptr;
    std::string_view direction;
    std::string_view back;
};
void join_rooms(World& world, Object& exit, const Joint& joint);

}  // namespace gyre::world::script
