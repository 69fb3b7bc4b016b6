#pragma once

#include "tests/world/core/core_world.hpp"
#include "tests/world/store/support.hpp"
#include "world/library.hpp"
#include "world/loading.hpp"
#include "world/undoing.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gyre::test {

/// Stands still, unless each look at it is to take some time.
class LookedAtClock final : public Clock {
  public:
    [[nodiscard]] Steady steady() const override { return Steady{now + (looked += per_look)}; }
    [[nodiscard]] Wall wall() const override { return Wall{now}; }
    std::chrono::seconds now{1'700'000'000};
    std::chrono::milliseconds per_look{0};
    mutable std::chrono::milliseconds looked{0};
};

/// A world in which classes are made, over a real store.
class MadeClasses {
  public:
    /// What was done in another run must have been at another time.
    explicit MadeClasses(const TemporaryDirectory& directory, int run = 0)
        : store(open_store(options_for(directory))),
          ledger(store->last_batch(), [this](Batch batch) { store->submit(std::move(batch)); }),
          library(world, built_in, directory.file("scripts")) {
        clock.now += std::chrono::hours{run};
        auto sources = load_world(*store, world);
        REQUIRE(sources.ok());
        store->start(reports.post(), reports.callbacks());
        faults = library.load(std::move(sources).value());
        durable();
    }
    ~MadeClasses() {
        if (store) stop();
    }
    MadeClasses(const MadeClasses&) = delete;
    MadeClasses& operator=(const MadeClasses&) = delete;

    [[nodiscard]] Origin origin(const std::string& line, std::uint64_t cause = 0) const {
        Origin origin;
        origin.service = "telnet";
        origin.actor = actor;
        origin.description = line;
        origin.cause = cause;
        return origin;
    }
    /// Runs until all of it is on disk.
    void durable() {
        const BatchNumber batch = ledger.open_number();
        if (!ledger.seal()) return;
        REQUIRE(reports.wait_for(batch));
        ledger.committed(batch);
    }
    void stop() {
        durable();
        store->stop();
        store.reset();
    }
    Object& make(const std::string& of) {
        world.transaction.begin(origin("create " + of));
        Object& made = world.transaction.create(*world.classes.find(world.atoms.find(of)), actor);
        world.transaction.commit();
        return made;
    }
    void set(Object& object, const std::string& property, Value value) {
        world.transaction.begin(origin("set"));
        world.transaction.set(object, world.atoms.intern(property), std::move(value));
        world.transaction.commit();
    }
    /// What is wrong with it.
    std::string put(const std::string& name, const std::string& source, ObjectId thing = ObjectId::nothing,
                    std::uint64_t cause = 0) {
        return library.put({name, source, "ann", thing}, origin("edit " + name, cause));
    }
    std::string forget(const std::string& name) { return library.remove(name, origin("forget " + name)); }
    std::vector<PastCall> past(HistoryQuery query) {
        durable();
        return search_history(*store, query).value();
    }
    /// Takes back the newest call but `skip`; what stands in the way.
    std::optional<UndoObstacle> undo_last(std::size_t skip = 0) {
        HistoryQuery query;
        query.actor = actor;
        query.skip = skip;
        query.limit = 1;
        query.with_changes = true;
        std::vector<PastCall> found = past(query);
        REQUIRE(found.size() == 1);
        return undo(world, {actor, "telnet", std::move(found.front()), rights});
    }
    [[nodiscard]] std::int64_t version(const std::string& name) const {
        const StoredSource* found = library.find(name);
        return found == nullptr ? 0 : found->version;
    }
    /// What its method `value` gives; -1 without one.
    std::int64_t value_of(const Object& object) {
        world.transaction.begin(origin("value"));
        const Atom method = world.atoms.intern("value");
        std::int64_t value = -1;
        if (object.alive() && world.runtime->has_method(object.id, method)) {
            const auto result = world.runtime->call(object.id, method, {}, script::Budget::of_player());
            INFO(result.error());
            REQUIRE(result.kind == script::CallResult::Kind::done);
            value = result.value.integer();
        }
        world.transaction.rollback();
        return value;
    }
    /// All that undo should bring back: what is alive and how it behaves, and the sources of classes.
    std::string dump() {
        std::string out;
        world.objects.each([&](const Object& object) {
            std::map<std::string, std::string> properties;
            for (const Property& property : object.properties) {
                const Value* standard = object.of->standard(property.name);
                const bool is_standard = standard != nullptr && encoded(property.value) == encoded(*standard);
                if (!property.value.is_nil() && !is_standard)
                    properties[world.atoms.name(property.name)] = encoded(property.value);
            }
            out += '#' + std::to_string(number(object.id)) + ' ' + object.of->title + ' ' +
                   std::to_string(value_of(object));
            for (const auto& [name, value] : properties) out += ' ' + name + '=' + value;
            out += '\n';
        });
        for (const std::string& name : library.made_by("ann")) {
            const Class* of = world.classes.find(world.atoms.find(name));
            out += name + (of->exists ? " runs: " : " does not run: ") + library.find(name)->source + '\n';
        }
        return out;
    }

    static inline const std::vector<Library::BuiltIn> built_in{
        {"thing", "property.fuel = 0\nfunction self:value() return 0 end"}};
    const ObjectId actor = object_id(99);
    Reports reports;
    std::unique_ptr<Store> store;
    LookedAtClock clock;
    Ledger ledger;
    World world{ledger, clock};
    Library library;
    std::vector<script::LoadFault> faults;
    UndoRights rights{[](const Object&) { return true; }, [](const std::string&) { return true; }};
};

inline std::string bell(int value, const std::string& inherits = "thing") {
    return "inherit \"" + inherits + "\"\nfunction self:value() return " + std::to_string(value) + " end\n";
}

}  // namespace gyre::test
