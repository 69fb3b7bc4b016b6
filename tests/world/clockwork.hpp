#pragma once

#include "tests/world/town_world.hpp"
#include "world/scheduler.hpp"
#include "world/schedules.hpp"

#include <optional>
#include <string>
#include <vector>

namespace gyre::world::test {

/// The demo world with its schedules wound up: time passes from one beat to the next, as the server lets it.
class Clockwork {
  public:
    struct Beat {
        std::int64_t at_ms;  ///< World time.
        ObjectId object;
        std::string method;
    };

    Clockwork() {
        town.world.schedules->start(
            [this](Schedules::Milliseconds delay) {
                ring_at = now() + delay.count();
                ++armed;
            },
            [this](ObjectId object, Atom method) {
                beats.push_back({now(), object, town.world.atoms.name(method)});
                town.calls.run_beat(object, method);
                town.settle();
            });
    }

    [[nodiscard]] std::int64_t now() const { return town.world.scheduler->now_ms(); }
    void pass(std::chrono::milliseconds span) {
        const std::int64_t end = now() + span.count();
        while (ring_at && *ring_at <= end) {
            jump(std::chrono::milliseconds{std::max<std::int64_t>(*ring_at - now(), 0)});
            ring();
        }
        jump(std::chrono::milliseconds{end - now()});
    }
    /// Time passes and nothing runs: the server is busy.
    void jump(std::chrono::milliseconds span) { town.clock.advance(span); }
    void ring() {
        ring_at.reset();
        town.world.schedules->run_due();
    }

    void load(const std::string& name, const std::string& source, const std::string& owner = "") {
        const std::vector<script::ClassSource> sources{{name, source, owner, name + ".lua"}};
        for (const auto& fault : town.world.runtime->load(sources)) FAIL(fault.message);
    }
    Object& create(const std::string& of, ObjectId place = ObjectId::nothing,
                   ObjectId owner = ObjectId::nothing) {
        town.world.transaction.begin({});
        Object& object = make(of, owner);
        if (place != ObjectId::nothing)
            town.world.transaction.set(object, atom(atoms::location), Value{place});
        town.world.transaction.commit();
        return object;
    }
    /// In a transaction of the caller.
    Object& make(const std::string& of, ObjectId owner = ObjectId::nothing) {
        return town.world.transaction.create(*town.world.classes.find(town.world.atoms.find(of)), owner);
    }
    void set(Object& object, std::uint32_t property, Value value) {
        town.world.transaction.begin({});
        town.world.transaction.set(object, atom(property), std::move(value));
        town.world.transaction.commit();
    }
    void destroy(Object& object) {
        town.world.transaction.begin({});
        town.world.transaction.destroy(object);
        town.world.transaction.commit();
    }
    [[nodiscard]] std::size_t beats_of(const Object& object) const {
        return static_cast<std::size_t>(
            std::ranges::count_if(beats, [&](const Beat& beat) { return beat.object == object.id; }));
    }
    [[nodiscard]] std::size_t pending() const { return town.world.schedules->pending(); }
    [[nodiscard]] Value property(Object& object, std::string_view name) {
        const Property* stored = object.find(town.world.atoms.find(name));
        return stored == nullptr ? Value{} : stored->value;
    }

    TownWorld town;
    std::vector<Beat> beats;
    std::optional<std::int64_t> ring_at;
    int armed = 0;
};

}  // namespace gyre::world::test
