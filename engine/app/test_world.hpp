#pragma once

#include "engine/app/openssl_secrets.hpp"
#include "engine/base/clock.hpp"
#include "engine/base/jobs.hpp"
#include "world/calls.hpp"
#include "world/closing.hpp"
#include "world/commands.hpp"
#include "world/history.hpp"
#include "world/ledger.hpp"
#include "world/library.hpp"
#include "world/logins.hpp"
#include "world/residents.hpp"
#include "world/script/testing.hpp"
#include "world/world.hpp"

#include <chrono>
#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace gyre::app {

/// A clock that only moves when it is told to. It begins on 15 June 2025, at 15:06:40 UTC.
class StandingClock final : public Clock {
  public:
    [[nodiscard]] Steady steady() const override { return now_; }
    [[nodiscard]] Wall wall() const override {
        const auto passed = std::chrono::duration_cast<Wall::duration>(now_ - begin);
        return Wall{std::chrono::seconds{1'750'000'000}} + passed;
    }
    void move_to(Steady time) { now_ = time; }

  private:
    static constexpr Steady begin{std::chrono::hours{1}};
    Steady now_ = begin;
};

/// A whole world in memory, wired as a server wires it, with time that stands still and a disk that answers
/// at once. For one test.
class TestWorld final : public world::script::TestStage {
  public:
    /// Loads the classes of `scripts`. `core` outlives it.
    TestWorld(std::span<const world::Library::BuiltIn> core, const std::filesystem::path& scripts,
              std::string start_room);
    ~TestWorld() override;

    /// The class files that did not load.
    [[nodiscard]] const std::vector<world::script::LoadFault>& faults() const { return faults_; }
    /// What of them may not be meant.
    [[nodiscard]] const std::vector<world::script::LoadFault>& warnings() const {
        return library_.warnings();
    }
    [[nodiscard]] const world::World& world() const { return world_; }
    [[nodiscard]] world::script::Runtime& runtime() const { return *world_.runtime; }

    Result<ObjectId> make_player(const Part& part) override;
    void type(ObjectId player, const std::string& line) override;
    [[nodiscard]] bool is_asked(ObjectId player) const override {
        return calls_.asks(SessionId::none, player) != world::Gate::Asks::nothing;
    }
    std::vector<std::string> take_lines(ObjectId player) override;
    std::vector<std::string> take_lines_on(ObjectId player, std::string_view channel) override;
    void advance(std::chrono::milliseconds time) override;

  private:
    class Witness;
    /// Done at once, on this thread.
    class Worker final : public Jobs {
      public:
        std::optional<std::size_t> submit(std::string_view, std::function<void()> work,
                                          std::function<void()> finished) override {
            work();
            finished();
            return 0;
        }
    };
    /// What would be on disk.
    class Journal final : public world::JournalArchive {
      public:
        void add(std::string row) { rows_.push_back(std::move(row)); }
        [[nodiscard]] Status read_back(const std::function<bool(std::string_view row)>& visit) const override;

      private:
        std::vector<std::string> rows_;
    };
    /// An alarm that is set again and again.
    struct Bell {
        std::uint64_t number = 0;  ///< How often it was set: an older setting does not ring.
    };
    void ring_in(Bell& bell, std::chrono::milliseconds delay, std::function<void()> action);
    /// Runs what follows from the last call, and makes all of it durable.
    void settle();

    StandingClock clock_;
    BatchNumber sealed_ = 0;
    Journal journal_;
    world::Ledger ledger_{0, [this](const world::Batch& batch) {
                              sealed_ = batch.number;
                              if (!batch.journal.empty()) journal_.add(batch.journal);
                          }};
    world::World world_{ledger_, clock_};
    std::deque<std::function<void()>> deferred_;
    world::Residents::Defer defer_ = [this](std::function<void()> action) {
        deferred_.push_back(std::move(action));
    };
    Worker jobs_;
    OpensslSecrets secrets_;
    world::Logins logins_{jobs_, secrets_, clock_};
    world::Commands commands_{world_};
    world::Calls calls_{world_, commands_, defer_};
    world::Residents residents_;
    world::Library library_;
    std::vector<world::script::LoadFault> faults_;
    std::map<ObjectId, std::unique_ptr<Witness>> witnesses_;
    std::multimap<Clock::Steady, std::function<void()>> alarms_;  ///< What waits for time to pass.
    world::Calls::Schedule schedule_ = [this](std::chrono::milliseconds delay, std::function<void()> action) {
        alarms_.emplace(clock_.steady() + delay, std::move(action));
    };
    world::Closing closing_{world_, schedule_, [this] { calls_.stop(); }};
    Bell timer_bell_;
    Bell beat_bell_;
};

}  // namespace gyre::app
