#include "world/closing.hpp"

#include "engine/base/log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace gyre::world {

namespace {

/// Seconds before the end at which everybody is told, beside the beginning.
constexpr std::array<std::int64_t, 12> moments{86'400, 3600, 1800, 900, 600, 300, 120, 60, 30, 10, 5, 0};

std::string span(std::int64_t seconds) {
    const auto count = [](std::int64_t number, const char* unit) {
        return fmt::format("{} {}{}", number, unit, number == 1 ? "" : "s");
    };
    if (seconds >= 7200 && seconds % 3600 == 0) return count(seconds / 3600, "hour");
    return seconds >= 60 && seconds % 60 == 0 ? count(seconds / 60, "minute") : count(seconds, "second");
}

}  // namespace

void Closing::start(std::int64_t seconds, const std::string& why) {
    under_way_ = true;
    why_ = why;
    log::info("app", "stops by a wizard's wish", {{"seconds", std::to_string(seconds)}, {"why", why}});
    if (seconds > 0) announce(seconds);
    const std::uint64_t number = ++number_;
    tick(number, seconds);
}

/// Waits for the next moment at which something is to be said, or for the end.
void Closing::tick(std::uint64_t number, std::int64_t seconds_left) {
    if (number != number_) return;
    if (seconds_left <= 0) return stop_();
    const auto* const next =
        std::ranges::find_if(moments, [&](std::int64_t moment) { return moment < seconds_left; });
    schedule_(std::chrono::seconds{seconds_left - *next}, [this, number, left = *next] {
        if (number == number_ && left > 0) announce(left);
        tick(number, left);
    });
}

void Closing::cancel() {
    if (!std::exchange(under_way_, false)) return;
    ++number_;
    log::info("app", "does not stop after all");
    tell_all("The world goes on; it does not stop after all.");
}

void Closing::announce(std::int64_t seconds_left) {
    tell_all(fmt::format("The world stops in {}{}.", span(seconds_left), why_.empty() ? "" : ": " + why_));
}

void Closing::tell_all(const std::string& words) {
    Origin origin;
    origin.service = "engine";
    origin.description = "shutdown";
    world_.transaction.begin(std::move(origin));
    const Ref<const text::Tree> tree = text::plain_tree(words);
    for (const ObjectId id : world_.audience.online(world_.transaction)) world_.transaction.tell(id, tree);
    world_.transaction.commit();
}

}  // namespace gyre::world
