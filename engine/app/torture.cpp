#include "engine/app/torture.hpp"

#include "engine/app/exit.hpp"
#include "world/store/power_vfs.hpp"

#include <charconv>
#include <cstdlib>
#include <string>
#include <string_view>

namespace gyre::app {

namespace {

std::uint64_t number_after(std::string_view text, std::string_view name) {
    const std::size_t at = text.find(name);
    std::uint64_t number = 0;
    if (at == std::string_view::npos) return number;
    const std::string_view digits = text.substr(at + name.size());
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

}  // namespace

void apply_torture(world::StoreOptions& options) {
    // NOLINTBEGIN(concurrency-mt-unsafe): before there is a second thread.
    const char* unsynced = std::getenv("GYRE_UNSYNCED");
    const char* power = std::getenv("GYRE_POWER_CUT");
    // NOLINTEND(concurrency-mt-unsafe)
    if (unsynced != nullptr) options.synchronous = world::StoreOptions::Synchronous::off;
    if (power == nullptr) return;
    world::PowerCut cut;
    cut.seed = number_after(power, "seed=");
    cut.mean_operations = number_after(power, "writes=");
    if (const Status installed = world::install_power_vfs(cut); !installed) {
        throw Failure(Exit::storage_failed, installed.error().text);
    }
    options.vfs = world::power_vfs_name;
}

}  // namespace gyre::app
