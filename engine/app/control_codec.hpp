#pragma once

#include "engine/base/result.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The language of DIR/control, the Unix socket by which subcommands ask a running server. One connection
/// carries one request and its answer:
///
///     account role alice wizard\n      words in percent-encoding, one space between them; "%" alone is empty
///     ..0 22\nalice is a wizard now\n    the exit code of the subcommand, the length of the text, the text
///
/// The dots are signs of life: they come while the server is at work, so that a client can tell a long backup
/// from a server that hangs.
namespace gyre::app {

/// A request: what to do, and its arguments.
using ControlWords = std::vector<std::string>;

/// What the subcommand prints and ends with.
struct ControlAnswer {
    int exit_code = 0;
    std::string text;
};

/// Longest request, in bytes, its newline included: files to import, each byte of which may take three.
inline constexpr std::size_t max_control_request = 4 * 1024 * 1024;
/// Most words of a request: the names and texts of 60 files, and some more.
inline constexpr std::size_t max_control_words = 128;
/// Comes before an answer any number of times.
inline constexpr std::string_view control_life_sign = ".";
/// Longest text of an answer, in bytes; a longer one is cut.
inline constexpr std::size_t max_control_answer = 16 * 1024 * 1024;

[[nodiscard]] std::string encode_request(const ControlWords& words);
[[nodiscard]] std::string encode_answer(const ControlAnswer& answer);

/// The server's side: bytes to one request.
class ControlRequestCodec {
  public:
    /// Bytes behind the request are ignored.
    void feed(std::string_view bytes);
    /// The request, once; nullopt when more bytes are needed or it was given already. An error is final:
    /// Errc::too_long past a limit above, Errc::bad_input for no word, a control character or a bad escape.
    [[nodiscard]] std::optional<Result<ControlWords>> next();

  private:
    std::string line_;
    bool finished_ = false;
};

/// The client's side: bytes to one answer.
class ControlAnswerCodec {
  public:
    void feed(std::string_view bytes);
    /// As above; Errc::bad_input when the server does not speak this language.
    [[nodiscard]] std::optional<Result<ControlAnswer>> next();

  private:
    std::string bytes_;
    bool finished_ = false;
};

}  // namespace gyre::app
