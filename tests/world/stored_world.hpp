#pragma once

#include "tests/support/fake_clock.hpp"
#include "tests/world/store/support.hpp"
#include "world/calls.hpp"
#include "world/commands.hpp"
#include "world/loading.hpp"
#include "world/scheduler.hpp"
#include "world/script/runtime.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <span>

namespace gyre::test {

/// One run of a server over a real store: its world as it was left, its clock, and these classes.
class StoredWorld {
  public:
    StoredWorld(const StoreOptions& options, std::chrono::seconds after_first_start,
                std::span<const script::ClassSource> classes)
        : store(open_store(options)),
          ledger(store->last_batch(), [this](Batch batch) { store->submit(std::move(batch)); }) {
        // Later than the clock of the store's own thread.
        clock.set_wall(Clock::Wall{std::chrono::seconds{2'500'000'000} + after_first_start});
        REQUIRE(load_world(*store, world).ok());
        store->start(reports.post(), reports.callbacks());
        REQUIRE(world.runtime->load(classes).empty());
    }
    /// Makes objects of this class, in a transaction of its own; the last one.
    ObjectId make(const char* of, int count = 1) {
        world.transaction.begin({.service = "test"});
        Class& its = world.classes.obtain(world.atoms.find(of), of);
        ObjectId made = ObjectId::nothing;
        for (; count > 0; --count) made = world.transaction.create(its, ObjectId::nothing).id;
        world.transaction.commit();
        return made;
    }
    [[nodiscard]] std::int64_t number_of(ObjectId object, const char* property) {
        return world.integer(*world.objects.find(object), world.atoms.find(property));
    }
    /// Waits until all that was done is on disk.
    void commit() {
        const BatchNumber batch = ledger.open_number();
        if (!ledger.seal()) return;
        REQUIRE(reports.wait_for(batch));
        ledger.committed(batch);
    }
    /// The same, and the end of the run.
    void stop() {
        world.scheduler->going_to_sleep();
        commit();
        store->stop();
    }

    Reports reports;
    std::unique_ptr<Store> store;
    FakeClock clock;
    Ledger ledger;
    World world{ledger, clock};
    Commands commands{world};
    Calls calls{world, commands, [](const std::function<void()>& action) { action(); }};
};

}  // namespace gyre::test
