#pragma once

#include "engine/base/ids.hpp"
#include "engine/base/result.hpp"
#include "world/atoms.hpp"
#include "world/journal.hpp"
#include "world/value.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace gyre::world {

class World;

/// The stored timers of `after`: rows of the database, written by the transaction that sets them, so that a
/// timer exists exactly when what it was set for happened. Times are world time, which stands still while the
/// server is down.
class Scheduler {
  public:
    using Milliseconds = std::chrono::milliseconds;
    static constexpr double max_seconds = 10.0 * 365 * 86'400;
    static constexpr std::size_t max_timers = 1'000'000;
    /// Overdue timers (after a long stop, or a jam) run at most this fast.
    static constexpr std::size_t overdue_per_second = 100;
    static constexpr std::int64_t overdue_after_ms = 1000;
    /// Run in one go before players get their turn.
    static constexpr std::size_t timers_per_turn = 16;
    /// Looked at in one go: those whose owner has used up his time are put off.
    static constexpr std::size_t looked_at_per_turn = 1'000;

    struct Timer {
        std::uint64_t id = 0;
        std::int64_t due_ms = 0;  ///< World time.
        ObjectId object = ObjectId::nothing;
        Atom method = Atom::none;
        std::vector<Value> arguments;
        std::string author;  ///< Account whose code set it; empty: the library.
        std::uint64_t cause = 0;
    };

    explicit Scheduler(World& world) : world_(world) {}

    /// In a call: `method` of `object` is to run in so many seconds. Replaces a pending one with the same
    /// object, method and arguments. Fails with bad_input (not 0..max_seconds, or too soon for code that has
    /// limits) or too_long (too many timers).
    Status after(double seconds, ObjectId object, Atom method, std::vector<Value> arguments,
                 std::string_view author);
    /// In a call: drops the object's pending timers of this method (Atom::none: of any). How many there were.
    std::size_t cancel(ObjectId object, Atom method);

    /// World time in milliseconds.
    [[nodiscard]] std::int64_t now_ms() const;
    /// While loading.
    void restore(Timer timer);
    void restore_offset(std::int64_t offset_ms) { offset_ms_ = offset_ms; }
    /// At start, outside a call: the world slept since that moment. Written with the next commit; if there is
    /// none, the next start computes the same again.
    void slept_since(std::int64_t wall_ms);
    void about_to_seal(Batch& batch);
    /// Outside a call: the server stops, so world time does.
    void going_to_sleep();

    /// From now on timers run: `arm` asks for run_due() after that delay, in place of what it asked before;
    /// `run` begins a timer's call, which must take it away by remove() in a transaction.
    void start(std::function<void(Milliseconds)> arm, std::function<void(const Timer&)> run);
    void run_due();
    /// In a call: the timer is running now and will not again.
    void remove(std::uint64_t id);
    [[nodiscard]] std::size_t pending() const { return timers_.size(); }

  private:
    void add(Timer timer);
    void take(std::uint64_t id);
    void arm_next();
    [[nodiscard]] std::size_t count_of(std::string_view author) const;
    [[nodiscard]] bool put_off(std::uint64_t id, std::int64_t now);
    [[nodiscard]] const Timer* find_same(const Timer& wanted) const;

    World& world_;
    std::map<std::uint64_t, Timer> timers_;
    std::set<std::pair<std::int64_t, std::uint64_t>> by_due_;
    std::set<std::pair<ObjectId, std::uint64_t>> by_object_;
    std::map<std::string, std::size_t, std::less<>> by_author_;  ///< How many; the library's are not counted.
    std::uint64_t next_id_ = 1;
    std::int64_t offset_ms_ = 0;  ///< How long the world has slept in its life, plus its birth: wall - world.
    bool offset_is_new_ = false;
    bool jammed_ = false;  ///< Overdue timers wait for their tenth of a second.
    std::function<void(Milliseconds)> arm_;
    std::function<void(const Timer&)> run_;
};

}  // namespace gyre::world
