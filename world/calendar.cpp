#include "world/calendar.hpp"

#include <array>

namespace gyre::world {

namespace {

struct Season {
    std::string_view name;
    int sunrise;  ///< The hour.
    int sunset;
};
constexpr std::array<Season, 4> seasons{
    {{"winter", 8, 16}, {"spring", 6, 18}, {"summer", 4, 20}, {"autumn", 6, 18}}};
constexpr int months_per_season = Calendar::months_per_year / static_cast<int>(seasons.size());

}  // namespace

std::int64_t last_in_series(std::int64_t first, std::int64_t step, std::int64_t now) {
    const std::int64_t past = (now - first) % step;
    return now - (past < 0 ? past + step : past);
}

Calendar::Date Calendar::date(std::int64_t world_ms) const {
    const std::int64_t begin = last_in_series(0, day_ms_, world_ms);
    const std::int64_t days = begin / day_ms_;
    const auto minute = static_cast<int>((world_ms - begin) * minutes_per_day / day_ms_);
    constexpr std::int64_t days_per_year = std::int64_t{days_per_month} * months_per_year;
    const std::int64_t first_of_year = last_in_series(0, days_per_year, days);
    const auto day_of_year = static_cast<int>(days - first_of_year);

    Date date;
    date.year = first_of_year / days_per_year + 1;
    date.month = day_of_year / days_per_month + 1;
    date.day = day_of_year % days_per_month + 1;
    date.hour = minute / 60;
    date.minute = minute % 60;
    const auto number = static_cast<std::size_t>(date.month % months_per_year / months_per_season);
    const Season& season = seasons.at(number);
    date.season = season.name;
    date.daylight = date.hour >= season.sunrise && date.hour < season.sunset;
    return date;
}

std::int64_t Calendar::begin_of_minute(int minute) const {
    return (minute * day_ms_ + minutes_per_day - 1) / minutes_per_day;
}

}  // namespace gyre::world
