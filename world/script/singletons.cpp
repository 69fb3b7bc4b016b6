// Makes the objects that class files are, in three rounds, because they name each other: first all exist,
// then they are put where they belong, then defaults that name them are resolved.

#include "world/script/singletons.hpp"

#include "world/script/declarations.hpp"
#include "world/script/joins.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace gyre::world::script {

std::string_view opposite_direction(std::string_view direction) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 7> pairs{{{"north", "south"},
                                                                                  {"east", "west"},
                                                                                  {"northeast", "southwest"},
                                                                                  {"northwest", "southeast"},
                                                                                  {"up", "down"},
                                                                                  {"in", "out"},
                                                                                  {"fore", "aft"}}};
    for (const auto& [one, other] : pairs) {
        if (one == direction) return other;
        if (other == direction) return one;
    }
    return {};
}

namespace {

class Settling {
  public:
    explicit Settling(State& state) : state_(state), world_(state.world) {}

    std::vector<LoadFault> run() {
        for (auto& [of, loaded] : state_.loaded) {
            if (loaded.singleton) make(*world_.classes.find(of->name), *loaded.singleton);
        }
        for (auto& [of, loaded] : state_.loaded) {
            if (loaded.singleton) put(*of, *loaded.singleton);
        }
        for (auto& [of, loaded] : state_.loaded) resolve_defaults(*world_.classes.find(of->name), loaded);
        const Atom created = world_.atoms.find("created");
        for (const ObjectId id : fresh_) {
            if (state_.runtime.own_call && state_.runtime.has_method(id, created))
                state_.runtime.own_call(id, created, {});
        }
        return std::move(faults_);
    }

  private:
    void fault(const Class& of, const std::string& message) {
        faults_.push_back({of.origin, of.title + ".lua: " + message});
    }
    void fault_at(const Class& of, int line, const std::string& message) {
        faults_.push_back({of.origin, of.title + ".lua:" + std::to_string(line) + ": " + message});
    }
    Object* find(std::string_view name) {
        return world_.objects.living(world_.names.find(Names::Space::singleton, name, world_.transaction));
    }

    void make(Class& of, const SingletonSpec& spec) {
        Object* known = find(spec.name);
        if (known == nullptr) {
            if (Object* former = former_of(of)) return rename(*former, spec.name);
            Object& object = world_.transaction.create(of, ObjectId::nothing);
            world_.transaction.set(object, atom(atoms::singleton), Value{spec.name});
            world_.names.add(Names::Space::singleton, spec.name, object.id, world_.transaction);
            fresh_.push_back(object.id);
        } else if (known->of != &of) {
            // The file was renamed, or another one took the name over.
            if (Object* former = former_of(of)) {
                fault(of, "'" + name_of(*former) + "', which it was, lives on as #" +
                              std::to_string(number(former->id)) + ": destroy it, or keep its name");
            }
            world_.transaction.set(*known, atom(atoms::class_), Value{of.title});
        }
    }

    std::string name_of(Object& object) {
        const Property* name = object.find(atom(atoms::singleton));
        return name == nullptr ? std::string{} : std::string{name->value.string()};
    }

    /// The object that this file was under another name, which is nobody's now; null if there is none.
    Object* former_of(const Class& of) {
        if (!knows_formers_) find_formers();
        const auto found = formers_.find(&of);
        return found == formers_.end() ? nullptr : world_.objects.living(found->second);
    }
    /// Of all singletons once, and only if a file names one that there is not yet.
    void find_formers() {
        knows_formers_ = true;
        std::set<std::string, std::less<>> claimed;
        for (const auto& [of, loaded] : state_.loaded)
            if (loaded.singleton) claimed.insert(loaded.singleton->name);
        world_.names.each(Names::Space::singleton, [&](const std::string& name, ObjectId id) {
            const Object* object = claimed.contains(name) ? nullptr : world_.objects.living(id);
            if (object != nullptr) formers_.emplace(object->of, id);
        });
    }
    void rename(Object& object, const std::string& name) {
        world_.names.remove(Names::Space::singleton, name_of(object), world_.transaction);
        world_.transaction.set(object, atom(atoms::singleton), Value{name});
        world_.names.add(Names::Space::singleton, name, object.id, world_.transaction);
    }

    void put(const Class& of, const SingletonSpec& spec) {
        Object* object = find(spec.name);
        const bool is_fresh = std::find(fresh_.begin(), fresh_.end(), object->id) != fresh_.end();
        if (const std::string wrong = fault_of_place(spec); !wrong.empty()) {
            fault_at(of, spec.place_line, "place: " + wrong);
        } else if (!spec.place.empty() && is_fresh) {
            world_.transaction.set(*object, atom(atoms::location), Value{find(spec.place)->id});
        }
        if (!spec.join) return;
        const std::string wrong = join_as_declared(state_, of, *object);
        if (!wrong.empty()) fault_at(of, spec.join->line, "join: " + wrong);
    }

    /// Also of one that is made already, which stays where it is: its file is wrong all the same.
    std::string fault_of_place(const SingletonSpec& spec) {
        if (spec.place.empty()) return {};
        if (find(spec.place) == nullptr) return "there is no singleton '" + spec.place + "'";
        if (spec.place == spec.name) return "it cannot be put into itself";
        std::string circle = spec.name;
        std::set<std::string_view> seen;
        for (std::string_view at = spec.place; seen.insert(at).second; at = place_of(at)) {
            if (at.empty()) return {};
            circle += " in " + std::string{at};
            if (at == spec.name) return "it would be inside itself: " + circle;
        }
        return {};  // Others go in a circle, and it would be in there: that is their fault.
    }
    /// Where the file of that singleton puts it; empty: nowhere.
    std::string_view place_of(std::string_view name) const {
        const auto found = std::find_if(state_.loaded.begin(), state_.loaded.end(), [&](const auto& each) {
            return each.second.singleton && each.second.singleton->name == name;
        });
        return found == state_.loaded.end() ? std::string_view{}
                                            : std::string_view{found->second.singleton->place};
    }

    // --- Defaults

    void resolve_defaults(Class& of, const Loaded& loaded) {
        if (loaded.late_defaults.empty()) return;
        for (const auto& [name, marked] : loaded.late_defaults) {
            Value standard = resolved(of, marked);
            for (Member& member : of.own) {
                if (member.name == name && member.kind == Member::Kind::property) member.standard = standard;
            }
        }
        world_.classes.relink(of);
    }

    Value resolved(const Class& of, const Value& marked) {
        if (marked.tag() == Value::Tag::container) {
            Value copy = marked;
            for (Value& entry : copy.container().list) entry = resolved(of, entry);
            for (Container::Pair& pair : copy.container().map) pair.value = resolved(of, pair.value);
            copy.container().adopt_children();
            return copy;
        }
        const std::string_view name = named_object(marked);
        if (name.empty()) return marked;
        if (const Object* object = find(name)) return Value{object->id};
        fault(of, "object \"" + std::string{name} + "\": there is no such singleton");
        return {};
    }

    State& state_;
    World& world_;
    std::vector<ObjectId> fresh_;
    std::map<const Class*, ObjectId> formers_;
    bool knows_formers_ = false;
    std::vector<LoadFault> faults_;
};

}  // namespace

std::vector<LoadFault> settle(State& state) { return Settling{state}.run(); }

}  // namespace gyre::world::script
