#include "engine/app/password_input.hpp"

#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

namespace gyre::app {
namespace {

/// While it lives, the terminal on standard input does not show what is typed. Does nothing to a pipe or a
/// file.
class QuietTerminal {
  public:
    explicit QuietTerminal(std::string_view prompt) : is_terminal_(tcgetattr(STDIN_FILENO, &before_) == 0) {
        if (!is_terminal_) return;
        static_cast<void>(std::fprintf(stderr, "%.*s", static_cast<int>(prompt.size()), prompt.data()));
        termios quiet = before_;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
    }
    ~QuietTerminal() {
        if (!is_terminal_) return;
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
        static_cast<void>(std::fputc('\n', stderr));
    }
    QuietTerminal(const QuietTerminal&) = delete;
    QuietTerminal& operator=(const QuietTerminal&) = delete;

  private:
    termios before_{};
    bool is_terminal_;
};

}  // namespace

// Read byte by byte and unbuffered: what follows the line belongs to whoever reads standard input next.
Result<std::string> read_password(std::string_view prompt) {
    const QuietTerminal quiet(prompt);
    std::string password;
    while (true) {
        char letter = 0;
        const ssize_t got = read(STDIN_FILENO, &letter, 1);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0 || letter == '\n') break;
        if (password.size() == max_password_input) return Error{Errc::too_long, "the password is too long"};
        password += letter;
    }
    if (password.ends_with('\r')) password.pop_back();
    if (password.empty()) return Error{Errc::bad_input, "no password came on standard input"};
    return password;
}

}  // namespace gyre::app
