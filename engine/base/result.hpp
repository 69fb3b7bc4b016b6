#pragma once

#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace gyre {

/// Why an operation failed: callers branch on this, people read Error::text.
enum class Errc { bad_input, too_long, not_found, exists, denied, busy, io, damaged, script };

/// A failure that the caller is expected to deal with.
struct Error {
    Errc code;
    std::string text;  ///< One lower-case clause without a full stop, for the log; not for players.
};

/// A T, or why there is none. (g++ 12 has std::expected only under -std=c++23, clang 14 not at all.)
template <class T>
class [[nodiscard]] Result {
  public:
    // NOLINTNEXTLINE(google-explicit-constructor): so that "return value;" works.
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    // NOLINTNEXTLINE(google-explicit-constructor): so that "return Error{...};" works.
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

    [[nodiscard]] bool ok() const noexcept { return state_.index() == 0; }
    explicit operator bool() const noexcept { return ok(); }

    /// Precondition: ok().
    [[nodiscard]] T& value() & { return held<0>(state_); }
    [[nodiscard]] const T& value() const& { return held<0>(state_); }
    [[nodiscard]] T&& value() && { return std::move(held<0>(state_)); }
    /// Precondition: !ok().
    [[nodiscard]] const Error& error() const { return held<1>(state_); }

  private:
    template <std::size_t index, class State>
    static auto& held(State& state) {
        auto* found = std::get_if<index>(&state);
        assert(found != nullptr);
        return *found;
    }

    std::variant<T, Error> state_;
};

/// Done, or why not.
using Status = Result<std::monostate>;
/// The successful Status.
inline Status done() { return std::monostate{}; }

}  // namespace gyre
