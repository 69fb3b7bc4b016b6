#pragma once

#include "engine/base/ids.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace gyre::world {

/// What one character perceives at one moment, and what belongs to himself, for doors that show it beside the
/// text: what `look` and `inventory` show, as data. Nothing that he does not perceive is in it.
struct View {
    /// Most things in one place; further ones are left out.
    static constexpr std::size_t max_things = 200;
    /// Longest JSON that a script's answer may become, in bytes; a longer one counts as none.
    static constexpr std::size_t max_json = 32U << 10;

    /// Something perceived, under the name that the observer reads.
    struct Thing {
        ObjectId id = ObjectId::nothing;
        std::string name;  ///< "a brass lamp"; of persons with a name of their own "Alice".
        bool is_player = false;
        bool is_person = false;  ///< Players are.
        bool is_container = false;
        bool can_be_taken = false;
        bool can_be_worn = false;
        bool is_worn = false;

        friend bool operator==(const Thing&, const Thing&) = default;
    };
    /// An exit perceived.
    struct Way {
        std::string direction;  ///< "north", or what else somebody types to go there.
        ObjectId room = ObjectId::nothing;

        friend bool operator==(const Way&, const Way&) = default;
    };

    BatchNumber needs = 0;               ///< What must be durable before any of it is shown.
    ObjectId place = ObjectId::nothing;  ///< The room, or the shut thing that he is in; nothing: it is dark.
    bool is_room = false;
    std::string place_name;
    std::string area;  ///< The part of the world that the room says it belongs to; else the world's name.
    bool is_outdoors = false;
    std::vector<Way> ways;       ///< In the order of the room's.
    std::vector<Thing> here;     ///< In order of id; not the observer, nor what he carries.
    std::vector<Thing> carried;  ///< In order of id.
    std::string name;            ///< His own.
    std::string role;            ///< "player", "builder", "wizard": of his account.
    std::int64_t coins = 0;      ///< In the heaps that he carries.
    std::string vitals;          ///< What `p:vitals()` gives, as a JSON object.
};

/// What one character sees in a container that he sees: what `look in` lists.
struct ContentsView {
    BatchNumber needs = 0;
    std::vector<View::Thing>
        things;  ///< In order of id. Empty also if he does not see into it, or it is none.
};

/// The channels that one character knows of.
struct ChannelView {
    BatchNumber needs = 0;
    std::string list;    ///< A JSON array of {name, caption, command}: those that he is on.
    std::string people;  ///< A JSON array of {name, channels}: who is on them and connected.
};

}  // namespace gyre::world
