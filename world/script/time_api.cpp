// `time`: spans of time in words, and dates. Dates are UTC.

#include "world/script/api_calls.hpp"
#include "world/script/values.hpp"

#include <fmt/format.h>
#include <array>
#include <chrono>
#include <cmath>
#include <optional>
#include <string>

namespace gyre::world::script {

namespace {

/// "2 minutes": the largest unit that fits, whole.
std::string span_words(std::int64_t seconds) {
    struct Unit {
        std::int64_t seconds;
        const char* name;
    };
    constexpr std::array<Unit, 6> units{{{31'536'000, "year"},
                                         {2'592'000, "month"},
                                         {604'800, "week"},
                                         {86'400, "day"},
                                         {3600, "hour"},
                                         {60, "minute"}}};
    Unit fit{1, "second"};
    for (const Unit& unit : units) {
        if (seconds < unit.seconds) continue;
        fit = unit;
        break;
    }
    const std::int64_t count = seconds / fit.seconds;
    return std::to_string(count) + ' ' + fit.name + (count == 1 ? "" : "s");
}

std::int64_t check_seconds(lua_State* lua, int index) {
    constexpr double most = 1e15;
    const double seconds = luaL_checknumber(lua, index);
    luaL_argcheck(lua, seconds > -most && seconds < most, index, "this is no sensible time");
    return static_cast<std::int64_t>(std::floor(seconds));
}

int push(lua_State* lua, const std::string& words) {
    lua_pushlstring(lua, words.data(), words.size());
    return 1;
}

/// time.span(seconds) -> string
/// "2 minutes": the largest unit that fits, whole.
int span(lua_State* lua) {
    const std::int64_t seconds = check_seconds(lua, 1);
    return push(lua, span_words(seconds < 0 ? -seconds : seconds));
}

/// time.ago(when) -> string
/// "2 hours ago", "in 3 days", "just now": how long since or until that second since 1970.
int ago(lua_State* lua) {
    const std::int64_t seconds = call_time(lua) - check_seconds(lua, 1);
    if (seconds == 0) return push(lua, "just now");
    return push(lua, seconds > 0 ? span_words(seconds) + " ago" : "in " + span_words(-seconds));
}

// --- Dates

constexpr std::array<const char*, 12> months{"January",   "February", "March",    "April",
                                             "May",       "June",     "July",     "August",
                                             "September", "October",  "November", "December"};
constexpr std::array<const char*, 7> weekdays{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                              "Thursday", "Friday", "Saturday"};

/// A moment as calendar and clock show it.
struct Moment {
    explicit Moment(std::int64_t seconds)
        : day(std::chrono::floor<std::chrono::days>(std::chrono::sys_seconds{std::chrono::seconds{seconds}})),
          date(day),
          time(std::chrono::sys_seconds{std::chrono::seconds{seconds}} - day) {}
    [[nodiscard]] unsigned month() const { return static_cast<unsigned>(date.month()); }
    [[nodiscard]] unsigned day_of_month() const { return static_cast<unsigned>(date.day()); }
    [[nodiscard]] int year() const { return static_cast<int>(date.year()); }
    [[nodiscard]] std::int64_t day_of_year() const {
        return (day - std::chrono::sys_days{date.year() / 1 / 1}).count() + 1;
    }
    [[nodiscard]] const char* weekday() const { return weekdays[std::chrono::weekday{day}.c_encoding()]; }

    std::chrono::sys_days day;
    std::chrono::year_month_day date;
    std::chrono::hh_mm_ss<std::chrono::seconds> time;
};

/// What `%letter` stands for, if it is about the date.
std::optional<std::string> date_part(const Moment& moment, char letter) {
    const char* const month = months[moment.month() - 1];
    switch (letter) {
        case 'Y':
            return std::to_string(moment.year());
        case 'y':
            return fmt::format("{:02}", (moment.year() % 100 + 100) % 100);
        case 'm':
            return fmt::format("{:02}", moment.month());
        case 'd':
            return fmt::format("{:02}", moment.day_of_month());
        case 'e':
            return std::to_string(moment.day_of_month());
        case 'j':
            return fmt::format("{:03}", moment.day_of_year());
        case 'B':
            return month;
        case 'b':
            return fmt::format("{:.3}", month);
        case 'A':
            return moment.weekday();
        case 'a':
            return fmt::format("{:.3}", moment.weekday());
        case 'F':
            return fmt::format("{}-{:02}-{:02}", moment.year(), moment.month(), moment.day_of_month());
        default:
            return std::nullopt;
    }
}

/// The same, if it is about the time of day.
std::optional<std::string> clock_part(const Moment& moment, char letter) {
    const auto hour = moment.time.hours().count();
    const auto minute = moment.time.minutes().count();
    const auto second = moment.time.seconds().count();
    switch (letter) {
        case 'H':
            return fmt::format("{:02}", hour);
        case 'I':
            return fmt::format("{:02}", (hour + 11) % 12 + 1);
        case 'p':
            return hour < 12 ? "am" : "pm";
        case 'M':
            return fmt::format("{:02}", minute);
        case 'S':
            return fmt::format("{:02}", second);
        case 'T':
            return fmt::format("{:02}:{:02}:{:02}", hour, minute, second);
        case '%':
            return "%";
        default:
            return std::nullopt;
    }
}

std::optional<std::string> part_of(const Moment& moment, char letter) {
    std::optional<std::string> part = date_part(moment, letter);
    return part ? part : clock_part(moment, letter);
}

/// time.format(when[, pattern]) -> string [E]
/// A moment, in seconds since 1970, as UTC. `pattern` as in "%d %B %Y, %H:%M"; without it "26 November 2026".
int format_time(lua_State* lua) {
    constexpr std::int64_t last = 253'402'300'799;  // The end of the year 9999.
    constexpr std::size_t longest_pattern = 200;
    const std::int64_t seconds = check_seconds(lua, 1);
    luaL_argcheck(lua, seconds >= -last && seconds <= last, 1, "this is no sensible time");
    const std::string_view pattern = lua_isnoneornil(lua, 2) ? "%e %B %Y" : check_string(lua, 2);
    luaL_argcheck(lua, pattern.size() <= longest_pattern, 2, "this pattern is too long");
    charge(lua, 10 + 5 * pattern.size());
    const Moment moment(seconds);
    std::string out;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        if (pattern[at] != '%') {
            out += pattern[at];
            continue;
        }
        const std::optional<std::string> part =
            ++at < pattern.size() ? part_of(moment, pattern[at]) : std::nullopt;
        if (!part) {
            fail(lua, "time.format does not know '%" + std::string{pattern.substr(at, 1)} +
                          "': it knows Y y m d e j B b A a H I p M S F T and %");
        }
        out += *part;
    }
    return push(lua, out);
}

}  // namespace

void open_time_api(lua_State* lua) {
    lua_newtable(lua);
    set_functions(lua, {{"ago", guarded<ago>}, {"span", guarded<span>}, {"format", guarded<format_time>}});
    make_read_only(lua, "time");
    lua_setfield(lua, -2, "time");
}

}  // namespace gyre::world::script
