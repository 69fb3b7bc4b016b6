#pragma once

#include "world/view.hpp"
#include "world/world.hpp"

#include <string>
#include <vector>

namespace gyre::world {

/// Makes views: by the same perception as `look` and the parser, each in a transaction that changes nothing.
/// To be asked outside of calls.
class Viewer {
  public:
    explicit Viewer(World& world) : world_(world) {}

    [[nodiscard]] View view_of(ObjectId player);
    [[nodiscard]] ContentsView contents_of(ObjectId player, ObjectId container);
    [[nodiscard]] ChannelView channels_of(ObjectId player);

  private:
    void see_place(Object& player, View& view);
    void see_ways(const Object& player, Object& room, View& view);
    void see_things(const Object& player, ObjectId place, std::vector<View::Thing>& seen);
    [[nodiscard]] View::Thing thing_as_seen(const Object& player, Object& thing);
    [[nodiscard]] std::int64_t coins_of(Object& player);
    /// What a method of `player` gives, as JSON; `empty` if it gives nothing, fails, or does not exist.
    [[nodiscard]] std::string json_of(Object& player, std::string_view method, std::string_view empty);
    void begin(std::string_view what, ObjectId player);

    World& world_;
};

}  // namespace gyre::world
