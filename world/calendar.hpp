#pragma once

#include <cstdint>
#include <string_view>

namespace gyre::world {

/// How world time is read as a date. The world's days are shorter than ours; a month has 30 of them and a
/// year 12 months. Year 1 began at world time 0, which is 1970 less the time that the world has slept.
class Calendar {
  public:
    static constexpr std::uint32_t default_day_minutes = 120;
    static constexpr int minutes_per_day = 24 * 60;
    static constexpr int days_per_month = 30;
    static constexpr int months_per_year = 12;

    struct Date {
        std::int64_t year = 1;
        int month = 1;  ///< 1 to 12.
        int day = 1;    ///< 1 to 30.
        int hour = 0;
        int minute = 0;
        std::string_view season;  ///< Winter is months 12, 1 and 2, and so on.
        bool daylight = false;    ///< Winter 8 to 16, spring and autumn 6 to 18, summer 4 to 20 o'clock.
    };

    /// Real minutes that a day of the world lasts; not 0.
    explicit Calendar(std::uint32_t day_minutes = default_day_minutes)
        : day_ms_(std::int64_t{day_minutes} * 60'000) {}

    /// Of a world time in milliseconds.
    [[nodiscard]] Date date(std::int64_t world_ms) const;
    [[nodiscard]] std::int64_t day_ms() const { return day_ms_; }
    /// The first millisecond of the day in which that minute of the day is shown.
    [[nodiscard]] std::int64_t begin_of_minute(int minute) const;

  private:
    std::int64_t day_ms_;
};

/// The last number of the series `first`, `first + step`, ... in both directions that is not after `now`.
[[nodiscard]] std::int64_t last_in_series(std::int64_t first, std::int64_t step, std::int64_t now);

}  // namespace gyre::world
