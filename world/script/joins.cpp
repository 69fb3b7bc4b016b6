// What exits of files say is compared with what other files say, not with how those exits lead so far: two
// files may swap their ways, and are read one after the other. Exits made in the game count as they are.

#include "world/script/joins.hpp"

#include "world/script/exits.hpp"

namespace gyre::world::script {

namespace {

class Joining {
  public:
    Joining(State& state, const Class& of, Object& exit)
        : world_(state.world),
          state_(state),
          of_(of),
          exit_(exit),
          spec_(*state.loaded.at(&of).singleton->join) {}

    std::string run() {
        Object* from = find(spec_.from);
        Object* to = find(spec_.to);
        if (from == nullptr || to == nullptr)
            return "there is no singleton '" + (from == nullptr ? spec_.from : spec_.to) + "'";
        if ((exit_.of->kinds & Class::exit) == 0) return "only an exit joins rooms: inherit \"exit\"";
        for (const auto& [room, name] : {std::pair{from, &spec_.from}, std::pair{to, &spec_.to}}) {
            if ((room->of->kinds & Class::room) == 0) return "'" + *name + "' is no room";
            if (std::string fault = fault_in(*room, *name); !fault.empty()) return fault;
        }
        join_rooms(world_, exit_, {from, to, spec_.direction, spec_.back});
        return {};
    }

  private:
    Object* find(std::string_view name) {
        return world_.objects.living(world_.names.find(Names::Space::singleton, name, world_.transaction));
    }
    bool is_one_way(Object& exit) { return world_.flag(exit, world_.atoms.intern("one_way")); }

    /// How an exit leads from a room now; empty: it does not.
    std::string_view way_of(Object& exit, const Object& room) {
        if (world_.reference(exit, atom(atoms::exit_from)) == room.id)
            return world_.string(exit, atom(atoms::exit_direction));
        if (world_.reference(exit, atom(atoms::exit_to)) != room.id || is_one_way(exit)) return {};
        return world_.string(exit, atom(atoms::exit_back));
    }
    /// How it leads from there by its file.
    std::string_view declared_way(Object& exit, const SingletonSpec::Join& join, const Object& room) {
        const Object* from = find(join.from);
        if (from == &room) return join.direction;
        const Object* to = find(join.to);
        return to != &room || is_one_way(exit) ? std::string_view{} : std::string_view{join.back};
    }

    std::string fault_in(Object& room, const std::string& name) {
        const std::string_view way = declared_way(exit_, spec_, room);
        const Property* exits = room.find(atom(atoms::exits));
        if (way.empty() || exits == nullptr || exits->value.tag() != Value::Tag::container) return {};
        for (const Value& each : exits->value.container().list) {
            Object* other = world_.objects.living(each.object());
            if (other == nullptr || other == &exit_ || !has_right(*other, room, way)) continue;
            return "'" + title(*other) + "' leads " + std::string{way} + " from " + name + " already";
        }
        return {};
    }

    /// Whether another exit, and not this one, is to lead that way from the room.
    bool has_right(Object& other, const Object& room, std::string_view way) {
        if (way_of(other, room) != way) return false;
        const auto file = state_.loaded.find(other.of);
        if (file == state_.loaded.end() || !file->second.singleton || !file->second.singleton->join)
            return true;
        if (declared_way(other, *file->second.singleton->join, room) != way) return false;
        return way_of(exit_, room) != way || other.of->title < of_.title;
    }

    static std::string title(Object& exit) {
        const Property* name = exit.find(atom(atoms::singleton));
        return name == nullptr ? '#' + std::to_string(number(exit.id)) : std::string{name->value.string()};
    }

    World& world_;
    State& state_;
    const Class& of_;
    Object& exit_;
    const SingletonSpec::Join& spec_;
};

}  // namespace

std::string join_as_declared(State& state, const Class& of, Object& exit) {
    return Joining{state, of, exit}.run();
}

}  // namespace gyre::world::script
