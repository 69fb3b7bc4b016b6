#pragma once

#include "engine/base/result.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gyre::play {

/// What `--script FILE` has done: one step in each line, in order.
///
///     # A comment.
///     expect "What is your name?" 5     until this text comes, at most 5 seconds (else 10)
///     send alice                        a line; quotes keep spaces at its ends
///     secret "correct horse"            the same, told to nobody
///     wait 0.5                          for so many seconds
///     closed 5                          until the server ends the connection
struct PlayScript {
    static constexpr std::size_t max_steps = 10'000;
    /// Longest line in bytes.
    static constexpr std::size_t max_line = 8192;
    static constexpr std::chrono::milliseconds default_patience{10'000};
    static constexpr std::chrono::milliseconds max_patience{3'600'000};

    struct Step {
        enum class Kind : std::uint8_t { send, secret, expect, wait, closed };
        Kind kind = Kind::send;
        std::string text;                                       ///< For send, secret and expect.
        std::chrono::milliseconds patience = default_patience;  ///< For expect, wait and closed.
        std::size_t line = 0;                                   ///< In the file, from 1 on.
    };
    std::vector<Step> steps;

    /// Errc::bad_input or too_long: "line 3: ...".
    [[nodiscard]] static Result<PlayScript> parse(std::string_view text);
};

/// A script under way, without I/O: it is told what came and what time it is, and says what to do.
class ScriptRun {
  public:
    /// Bytes of text that no step has expected yet; of more the beginning is forgotten.
    static constexpr std::size_t max_unseen = 64U << 10;
    /// Lines of it that a complaint shows.
    static constexpr std::size_t shown_lines = 10;

    explicit ScriptRun(PlayScript script) : script_(std::move(script)) {}

    struct Next {
        enum class Kind : std::uint8_t {
            send,  ///< `line` is to be sent; then ask again.
            wait,  ///< Until something comes, or `until`.
            succeeded,
            failed,  ///< complaint() says why.
        };
        Kind kind = Kind::wait;
        std::string line;
        std::chrono::milliseconds until{0};
    };
    /// `now`: of any clock that goes up.
    [[nodiscard]] Next next(std::chrono::milliseconds now);
    /// The server said so, '\n' behind each line.
    void saw(std::string_view text);
    void server_closed() { closed_ = true; }
    /// Precondition: failed. "line 3: expected ...", and what came last.
    [[nodiscard]] const std::string& complaint() const { return complaint_; }

  private:
    bool is_met(const PlayScript::Step& step);
    Next fail(const PlayScript::Step& step);

    PlayScript script_;
    std::size_t step_ = 0;
    std::chrono::milliseconds begun_{-1};  ///< When the step was begun; less than 0: it was not.
    std::string unseen_;
    std::string complaint_;
    bool closed_ = false;
};

}  // namespace gyre::play
