#pragma once

#include "engine/base/result.hpp"
#include "world/script/runtime.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gyre::world::script {

/// The players and the clock of a world that is being tested. None of this is called within a call.
class TestStage {
  public:
    struct Part {
        std::string name;
        std::string role;  ///< "player", "builder" or "wizard"; empty: player.
        std::uint16_t width = 80;
        bool rights = true;  ///< A wizard has them on.
    };
    virtual ~TestStage() = default;
    /// A new player who is connected, and stands where newcomers do if there is such a place.
    virtual Result<ObjectId> make_player(const Part& part) = 0;
    /// Types a line and waits for all that comes of it.
    virtual void type(ObjectId player, const std::string& line) = 0;
    /// Whether the player's next line answers a question.
    [[nodiscard]] virtual bool is_asked(ObjectId player) const = 0;
    /// What the player was told since the last time, line by line, without empty ones.
    virtual std::vector<std::string> take_lines(ObjectId player) = 0;
    /// Of these what was said on the channel of that name, as it was said; the others stay.
    virtual std::vector<std::string> take_lines_on(ObjectId player, std::string_view channel) = 0;
    /// Time passes; what is due meanwhile runs at its moment.
    virtual void advance(std::chrono::milliseconds time) = 0;
};

/// The test files of a world (LUA.md section 8) in its runtime. Each test is to be run in a fresh world, so
/// in fresh ones of all these.
class Tests {
  public:
    /// Longest name of a test file without ".lua", in bytes.
    static constexpr std::size_t max_name = 32;

    /// Both outlive it. After the classes were loaded.
    Tests(Runtime& runtime, TestStage& stage);
    ~Tests();
    Tests(const Tests&) = delete;
    Tests& operator=(const Tests&) = delete;

    /// Reads a file and notes its tests. `name` is without ".lua". - Errc::script
    Status load(const std::string& name, std::string_view source);
    /// The names of all tests, in the order of their declaration.
    [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
    /// Runs one; any result but `done` means that it failed.
    CallResult run(std::size_t index);

    // For the functions that tests call.
    void add(std::string name, int function);
    [[nodiscard]] TestStage& stage() { return stage_; }
    /// The test rests while the stage does something: its transaction ends before and a new one begins after.
    template <class Action>
    void between_calls(Action&& action) {
        pause();
        action();
        resume();
    }

  private:
    struct Resting;
    void pause();
    void resume();

    Runtime& runtime_;
    TestStage& stage_;
    std::unique_ptr<Resting> resting_;
    std::vector<std::unique_ptr<Class>> files_;  ///< Whose code the tests are.
    std::vector<std::string> names_;
    std::vector<int> functions_;  ///< In the registry.
    std::string running_;
};

}  // namespace gyre::world::script
