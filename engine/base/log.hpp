#pragma once

#include <array>
#include <charconv>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

/// The server's log: lines `time level area message key=value ...` on standard error, in UTC.
///
///     log::warn("store", "the disk is slow", {{"waited_ms", waited}, {"world", directory}});
///     2026-05-01T14:02:11.043Z warn store the disk is slow waited_ms=1204 world="/srv/old town"
///
/// Values come from anybody: they are quoted where needed and nothing in them can begin a line, colour a
/// terminal or imitate a key. Passwords, tokens and codes are never given to it. Each line is one write(2).
/// Everything here may be called from every thread and never throws; a line that cannot be made or written is
/// lost.
namespace gyre::log {

enum class Level : std::uint8_t { debug, info, warn, error };

/// One `key=value`. The key is a literal; the value must live until the call has returned.
class Field {
  public:
    Field(std::string_view key, std::string_view value) : key_(key), text_(value) {}
    Field(std::string_view key, const std::string& value) : key_(key), text_(value) {}
    Field(std::string_view key, const char* value) : key_(key), text_(value) {}
    Field(std::string_view key, bool value) : key_(key), text_(value ? "true" : "false") {}
    template <class Number>
    requires(std::integral<Number> && !std::same_as<Number, bool>) Field(std::string_view key, Number value)
        : key_(key), length_(print(digits_, value)) {}

    [[nodiscard]] std::string_view key() const { return key_; }
    [[nodiscard]] std::string_view value() const {
        return length_ > 0 ? std::string_view(digits_.data(), length_) : text_;
    }

  private:
    static constexpr std::size_t max_digits = 21;  ///< Those of a 64-bit number, with its sign.

    template <class Number>
    static std::size_t print(std::array<char, max_digits>& digits, Number value) {
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
        return static_cast<std::size_t>(end - digits.data());
    }

    std::string_view key_;
    std::string_view text_;
    std::array<char, max_digits> digits_{};
    std::size_t length_ = 0;
};
using Fields = std::initializer_list<Field>;

/// Longest value written, in bytes before escaping; the rest is cut and marked with "...".
inline constexpr std::size_t max_value = 2048;

/// Lines below `level` are dropped. At start: info.
void set_threshold(Level level);
[[nodiscard]] Level threshold();
[[nodiscard]] std::string_view name(Level level);
/// The level of that name, in lower case.
[[nodiscard]] std::optional<Level> level_named(std::string_view name);

void write(Level level, std::string_view area, std::string_view message, Fields fields) noexcept;

inline void debug(std::string_view area, std::string_view message, Fields fields = {}) noexcept {
    if (threshold() <= Level::debug) write(Level::debug, area, message, fields);
}
inline void info(std::string_view area, std::string_view message, Fields fields = {}) noexcept {
    if (threshold() <= Level::info) write(Level::info, area, message, fields);
}
inline void warn(std::string_view area, std::string_view message, Fields fields = {}) noexcept {
    if (threshold() <= Level::warn) write(Level::warn, area, message, fields);
}
inline void error(std::string_view area, std::string_view message, Fields fields = {}) noexcept {
    write(Level::error, area, message, fields);
}

/// The line that write() would put out, newline included.
[[nodiscard]] std::string format(std::chrono::system_clock::time_point when, Level level,
                                 std::string_view area, std::string_view message, Fields fields);

/// Thins out a line that a peer can cause as often as it likes. One for each place that logs; not
/// thread-safe.
///
///     if (const auto skipped = refusals_.pass(clock.steady())) log::warn(..., {{"skipped", *skipped}});
class Thinning {
  public:
    using Steady = std::chrono::steady_clock::time_point;
    explicit Thinning(std::chrono::milliseconds interval) : interval_(interval) {}
    /// Whether the line may be written now, and if so how many were not since the last one.
    [[nodiscard]] std::optional<std::uint64_t> pass(Steady now);

  private:
    std::chrono::milliseconds interval_;
    std::optional<Steady> last_;
    std::uint64_t skipped_ = 0;
};

}  // namespace gyre::log
