#pragma once

#include "engine/app/embedded_scripts.hpp"
#include "engine/app/test_world.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace gyre::app::test {

inline std::vector<world::Library::BuiltIn> core() {
    std::vector<world::Library::BuiltIn> scripts;
    for (const EmbeddedScript& script : embedded_scripts()) {
        if (script.folder == "core") scripts.push_back({script.name, script.source});
    }
    return scripts;
}

/// A directory with one class file, `rock`, and perhaps another, `boulder`, which goes with them.
class RockWorld {
  public:
    explicit RockWorld(const char* rock, const char* boulder = nullptr) {
        std::string name = (std::filesystem::temp_directory_path() / "gyre-test-XXXXXX").string();
        path_ = mkdtemp(name.data());
        std::ofstream(path_ / "rock.lua") << rock;
        if (boulder != nullptr) std::ofstream(path_ / "boulder.lua") << boulder;
    }
    ~RockWorld() { std::filesystem::remove_all(path_); }
    RockWorld(const RockWorld&) = delete;
    RockWorld& operator=(const RockWorld&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

/// Runs a test of this body, with `here`, `alice`, `bob` and `rock`; its error, or nothing. The body begins
/// in line 5.
inline std::string run_test(const char* rock, const std::string& body, const char* boulder = nullptr) {
    const RockWorld scripts(rock, boulder);
    const auto built_in = core();
    TestWorld world(built_in, scripts.path(), "square");
    REQUIRE(world.faults().empty());
    world::script::Tests tests(world.runtime(), world);
    const Status loaded = tests.load("it_test",
                                     "test('it', function(t)\n"
                                     "local here = t:room{name = 'Here', description = 'Grass.'}\n"
                                     "local alice, bob = t:player('Alice', here), t:player('Bob', here)\n"
                                     "local rock = create('rock', here)\n" +
                                         body + "\nend)");
    INFO((loaded ? std::string{} : loaded.error().text));
    REQUIRE(loaded.ok());
    REQUIRE(tests.names() == std::vector<std::string>{"it"});
    const world::script::CallResult result = tests.run(0);
    return result.kind == world::script::CallResult::Kind::done ? std::string{} : result.error();
}

}  // namespace gyre::app::test
