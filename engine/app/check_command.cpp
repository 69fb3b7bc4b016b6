// `gyre check DIR`. While a server has the world its database is left alone, and the classes are loaded into
// a world in memory as those of `gyre test` are: so it can be asked before the server is told to reload. What
// only the database could tell (an object that does not fit a new class) is what the reload itself refuses.

#include "engine/app/commands.hpp"
#include "engine/app/needs.hpp"
#include "engine/app/print.hpp"
#include "engine/app/server.hpp"
#include "engine/app/test_world.hpp"
#include "world/store/world_lock.hpp"

#include <fmt/format.h>

namespace gyre::app {

namespace {

void print_lines(std::string_view before, const std::vector<world::script::LoadFault>& faults) {
    for (const world::script::LoadFault& fault : faults) print(fmt::format("{}{}\n", before, fault.message));
}

/// Looks at one world; `faulty` once something is wrong.
class Check {
  public:
    Check(const WorldDirectory& directory, const Config& config) : directory_(directory), config_(config) {}

    void classes(const std::vector<world::script::LoadFault>& faults,
                 const std::vector<world::script::LoadFault>& warnings) {
        print_lines("", faults);
        print_lines("warning: ", warnings);
        faulty_ = faulty_ || !faults.empty();
    }
    void start_room(const world::World& world) {
        const std::string nowhere = start_room_fault(world, config_);
        if (!nowhere.empty()) fault(fmt::format("{}: {}", directory_.config().string(), nowhere));
    }
    void keys() {
        for (const std::string& wrong : key_faults(directory_, config_)) fault(wrong);
    }
    Exit finish() const {
        if (faulty_) return Exit::faults_found;
        print("no faults\n");
        return Exit::success;
    }

  private:
    void fault(const std::string& text) {
        print(text + "\n");
        faulty_ = true;
    }

    const WorldDirectory& directory_;
    const Config& config_;
    bool faulty_ = false;
};

/// Who has the world, in words; empty: nobody.
std::string holder_of(const WorldDirectory& directory) {
    const Result<world::WorldLock> lock = world::WorldLock::take(directory.root.string());
    return !lock && lock.error().code == Errc::busy ? lock.error().text : std::string{};
}

Exit check_running(const WorldDirectory& directory, const Config& config, const std::string& holder) {
    if (const Result<std::string> banner = read_banner(directory, config); !banner)
        throw Failure(Exit::configuration, banner.error().text);
    print(fmt::format("{}: its database is left out\n", holder));
    const std::vector<world::Library::BuiltIn> core = core_classes();
    const TestWorld world(core, directory.scripts(), config.world.start_room);
    Check check(directory, config);
    check.classes(world.faults(), world.warnings());
    check.start_room(world.world());
    check.keys();
    return check.finish();
}

Exit check_resting(const WorldDirectory& directory, const Config& config) {
    std::error_code error;
    std::vector<std::string> faults;
    if (std::filesystem::exists(directory.database(), error))
        faults = world::Store::check(directory.database().string());
    for (const std::string& fault : faults) print(fault + "\n");
    if (!faults.empty()) return Exit::damaged;
    Server server(directory, config);
    Check check(directory, config);
    check.classes(server.faults(), server.warnings());
    check.start_room(server.world());
    check.keys();
    return check.finish();
}

}  // namespace

Exit perform(const CheckOptions& options) {
    const WorldDirectory directory{options.world};
    const Config config = read_config(directory, options.config.value_or(std::filesystem::path{}));
    if (directory.is_vacant()) {
        throw Failure(Exit::usage, fmt::format("there is no world in {}", options.world.string()));
    }
    const std::string holder = holder_of(directory);
    return holder.empty() ? check_resting(directory, config) : check_running(directory, config, holder);
}

}  // namespace gyre::app
