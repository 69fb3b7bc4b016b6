#pragma once

#include "engine/base/clock.hpp"
#include "world/atoms.hpp"
#include "world/class.hpp"
#include "world/ledger.hpp"
#include "world/names.hpp"
#include "world/object.hpp"
#include "world/transaction.hpp"

#include <random>
#include <string>
#include <utility>
#include <vector>

namespace gyre::world::test {

/// Stands still until told otherwise.
class StandingClock final : public Clock {
  public:
    [[nodiscard]] Steady steady() const override { return Steady{now}; }
    [[nodiscard]] Wall wall() const override { return Wall{now}; }
    std::chrono::seconds now{1'700'000'000};
};

/// The parts of a world that need no scripts, with a store that does what the test says.
struct CoreWorld {
    StandingClock clock;
    std::vector<Batch> sealed;  ///< Handed to the "store", oldest first.
    Ledger ledger{0, [this](Batch batch) { sealed.push_back(std::move(batch)); }};
    Atoms atoms;
    Classes classes;
    Objects objects;
    Transaction transaction{objects, classes, atoms, ledger, clock};
    Names names;

    void begin() { transaction.begin({.service = "test", .description = "a test"}); }
    Object& object(ObjectId id) { return *objects.find(id); }
    Class& class_named(std::string_view title) { return classes.obtain(atoms.intern(title), title); }
    /// Made in a call of its own.
    Object& make(std::string_view title, ObjectId owner = ObjectId::nothing) {
        begin();
        Object& made = transaction.create(class_named(title), owner);
        transaction.commit();
        return made;
    }
    /// Everything committed so far is on disk.
    void make_durable() {
        ledger.seal();
        if (!sealed.empty()) ledger.committed(sealed.back().number);
        ledger.seal();
        if (!sealed.empty()) ledger.committed(sealed.back().number);
    }
    /// What a restart does with these batches.
    void replay(const std::vector<Batch>& batches) {
        for (const Batch& batch : batches) {
            JournalReader reader{batch.journal};
            while (reader.next_transaction()) {
                while (const auto change = reader.next()) transaction.restore(*change);
            }
        }
    }
};

inline Ref<Container> list_of(std::vector<Value> values) {
    Ref<Container> list = make_ref<Container>();
    list->kind = Container::Kind::list;
    list->list = std::move(values);
    list->adopt_children();
    return list;
}

inline Ref<Container> map_of(std::vector<Container::Pair> pairs) {
    Ref<Container> map = make_ref<Container>();
    map->kind = Container::Kind::map;
    for (Container::Pair& pair : pairs) {
        const auto place = map->lower_bound(pair.key);
        map->map.insert(place, std::move(pair));
    }
    map->adopt_children();
    return map;
}

inline std::string encoded(const Value& value) {
    std::string bytes;
    put_value(bytes, value);
    return bytes;
}

/// Repeatable random numbers.
class Dice {
  public:
    explicit Dice(std::uint64_t seed) : generator_(seed) {}
    /// 0 .. sides - 1
    std::size_t roll(std::size_t sides) { return static_cast<std::size_t>(generator_() % sides); }
    bool one_in(std::size_t times) { return roll(times) == 0; }
    template <class Items>
    auto& pick(Items& items) {
        return items[roll(items.size())];
    }

  private:
    std::mt19937_64 generator_;
};

}  // namespace gyre::world::test
