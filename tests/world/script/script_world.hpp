#pragma once

#include "world/script/runtime.hpp"
#include "world/world.hpp"

#include <catch2/catch.hpp>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gyre::world::script {

class HandClock final : public Clock {
  public:
    [[nodiscard]] Steady steady() const override { return Steady{std::chrono::seconds{seconds}}; }
    [[nodiscard]] Wall wall() const override { return Wall{std::chrono::seconds{seconds}}; }
    std::int64_t seconds = 1'700'000'000;
};

/// A world in memory whose batches go nowhere, with a few core classes, two people in a room, and what they
/// were told.
class ScriptWorld {
  public:
    explicit ScriptWorld(bool with_core = true);

    HandClock clock;
    Ledger ledger{0, [](Batch) {}};
    World world{ledger, clock};
    std::map<ObjectId, std::vector<std::string>> told;
    Object* room = nullptr;
    Object* alice = nullptr;
    Object* bob = nullptr;

    /// Loads "name" -> source; the messages of the faults.
    std::vector<std::string> load(std::initializer_list<std::pair<const char*, const char*>> sources,
                                  const std::string& owner = "");
    /// Loads and expects no fault.
    void good(const char* name, const char* source, const std::string& owner = "");
    /// Loads and expects exactly one fault; its message.
    std::string bad(const char* name, const std::string& source);
    /// In a transaction of its own: settle_singletons; the messages of the faults.
    std::vector<std::string> settle();
    /// In a transaction of its own.
    Object& create(const char* of, Object* place = nullptr);
    void set(Object& object, const char* property, Value value);
    Object& person(const char* name, const char* pronouns);

    /// Calls in a transaction of its own and commits or rolls back as the gate would.
    CallResult call(Object& object, const char* method, std::vector<Value> arguments = {},
                    Budget budget = patient());
    /// The result of `function self:run(a, b)` with this body, on a fresh object.
    CallResult run(const std::string& body, std::vector<Value> arguments = {}, Budget budget = patient());
    /// The same, expecting success: the result as a string.
    std::string value(const std::string& body, std::vector<Value> arguments = {});
    /// The same, expecting an error: its message without the place.
    std::string error(const std::string& body, std::vector<Value> arguments = {});

    [[nodiscard]] Value property(Object& object, const char* name);
    [[nodiscard]] bool has_stored(Object& object, const char* name);
    /// What was told since the last time.
    std::vector<std::string> heard(const Object& who);
    /// Changes in the batch that collects.
    [[nodiscard]] std::uint64_t changes() { return ledger.open().changes; }

    Object* actor = nullptr;
    /// So that sanitizers do not make calls time out.
    static Budget patient() {
        Budget budget;
        budget.cpu = std::chrono::seconds{20};
        return budget;
    }

  private:
    void begin();
    /// Loads a class whose `run` is this; its name.
    std::string probe(const std::string& body, std::string& fault);

    int probes_ = 0;
};

std::string show(const Value& value);

}  // namespace gyre::world::script
