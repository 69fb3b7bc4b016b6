// `gyre test DIR`: each test gets a world of its own, loaded anew (some 10 ms), so that nothing one test does
// can help or harm another.

#include "engine/app/commands.hpp"
#include "engine/app/needs.hpp"
#include "engine/app/print.hpp"
#include "engine/app/test_world.hpp"
#include "engine/app/world_directory.hpp"
#include "engine/base/log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace gyre::app {

namespace {

namespace fs = std::filesystem;
using world::script::CallResult;

constexpr std::string_view file_end = "_test.lua";

struct TestFile {
    std::string name;  ///< Without ".lua".
    std::string source;
};

/// In order of their names.
std::vector<TestFile> read_files(const fs::path& directory) {
    std::vector<TestFile> files;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(directory, error)) {
        if (!entry.path().filename().string().ends_with(file_end)) continue;
        std::ostringstream source;
        source << std::ifstream(entry.path(), std::ios::binary).rdbuf();
        files.push_back({entry.path().stem().string(), std::move(source).str()});
    }
    std::sort(files.begin(), files.end(),
              [](const TestFile& left, const TestFile& right) { return left.name < right.name; });
    return files;
}

std::string why(const CallResult& result) {
    switch (result.kind) {
        case CallResult::Kind::done:
        case CallResult::Kind::waiting:
            return {};
        case CallResult::Kind::declined:
        case CallResult::Kind::refused:
            return "refused, which only a call does: see try";
        case CallResult::Kind::failed:
        case CallResult::Kind::over_budget:
            return result.error();
    }
    return {};
}

/// Runs the tests of one world's directory.
class TestRun {
  public:
    TestRun(const WorldDirectory& directory, std::string filter)
        : directory_(directory), filter_(std::move(filter)), config_(read_config(directory, {})) {}

    /// False if one of the classes does not load: then no test says anything.
    bool classes_load() {
        const TestWorld world(core_, directory_.scripts(), config_.world.start_room);
        for (const world::script::LoadFault& fault : world.faults()) print(fault.message + "\n");
        return world.faults().empty();
    }

    void run(const TestFile& file) {
        std::size_t count = 1;
        for (std::size_t index = 0; index < count; ++index) {
            TestWorld world(core_, directory_.scripts(), config_.world.start_room);
            world::script::Tests tests(world.runtime(), world);
            if (const Status loaded = tests.load(file.name, file.source); !loaded) {
                return report(file, "", loaded.error().text);
            }
            count = tests.names().size();
            if (count == 0) return report(file, "", "the file declares no test");
            const std::string& name = tests.names()[index];
            if (name.find(filter_) == std::string::npos) continue;
            report(file, name, why(tests.run(index)));
        }
    }

    [[nodiscard]] std::size_t passed() const { return passed_; }
    [[nodiscard]] std::size_t failed() const { return failed_; }

  private:
    void report(const TestFile& file, const std::string& name, const std::string& error) {
        ++(error.empty() ? passed_ : failed_);
        const std::string_view colon = name.empty() ? "" : ": ";
        print(fmt::format("{:<7} {}{}{}\n", error.empty() ? "ok" : "FAILED", file.name, colon, name));
        std::istringstream lines(error);
        for (std::string line; std::getline(lines, line);) print("        " + line + "\n");
    }

    const WorldDirectory& directory_;
    std::string filter_;
    Config config_;
    std::vector<world::Library::BuiltIn> core_ = core_classes();
    std::size_t passed_ = 0;
    std::size_t failed_ = 0;
};

}  // namespace

Exit perform(const TestOptions& options) {
    const WorldDirectory directory{options.world};
    if (directory.is_vacant())
        throw Failure(Exit::usage, fmt::format("there is no world in {}", options.world.string()));
    log::set_threshold(log::Level::warn);
    TestRun run(directory, options.filter);
    if (!run.classes_load()) return Exit::faults_found;
    const fs::path tests = directory.tests();
    for (const TestFile& file : read_files(tests)) run.run(file);
    if (run.passed() + run.failed() == 0) {
        print(fmt::format("no test {}in {}\n", options.filter.empty() ? "" : "of that name ",
                          (tests / "*_test.lua").string()));
        return Exit::faults_found;
    }
    print(fmt::format("{} passed, {} failed\n", run.passed(), run.failed()));
    return run.failed() == 0 ? Exit::success : Exit::faults_found;
}

}  // namespace gyre::app
