#include "clients/terminal/console.hpp"
#include "engine/base/ascii.hpp"

#include <langinfo.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <clocale>
#include <cstdlib>
#include <utility>

namespace gyre::play {
namespace {

std::string terminal_name() {
    const char* name = std::getenv("TERM");  // NOLINT(concurrency-mt-unsafe): nobody sets variables.
    std::string upper = name == nullptr ? "" : name;
    constexpr std::size_t longest = 40;  // RFC 1091.
    if (upper.size() > longest) upper.resize(longest);
    for (char& byte : upper) {
        byte = ascii::capital(byte);
        if (byte <= ' ' || byte > '~') byte = '-';
    }
    return upper.empty() ? "DUMB" : upper;
}

}  // namespace

struct Console::Modes {
    termios modes{};
};

Console::Console() : name_(terminal_name()) {
    // NOLINTBEGIN(concurrency-mt-unsafe): before there is a second thread.
    static_cast<void>(std::setlocale(LC_CTYPE, ""));
    is_utf8_ = std::string_view{nl_langinfo(CODESET)} == "UTF-8";
    // NOLINTEND(concurrency-mt-unsafe)
    is_terminal_ = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 && name_ != "DUMB";
    if (isatty(STDOUT_FILENO) != 1) name_ = "DUMB";
}

Console::~Console() { give_back(); }

Console::Size Console::size() const {
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return {};
    return {size.ws_col, size.ws_row};
}

// Ctrl-Z stays the terminal's, as a signal; Ctrl-C and Ctrl-\ are keys like others.
void Console::take_over() {
    if (!is_terminal_ || before_ != nullptr) return;
    auto before = std::make_unique<Modes>();
    if (tcgetattr(STDIN_FILENO, &before->modes) != 0) return;
    termios raw = before->modes;
    raw.c_iflag &= ~static_cast<tcflag_t>(BRKINT | ICRNL | INLCR | IGNCR | INPCK | ISTRIP | IXON);
    raw.c_oflag &= ~static_cast<tcflag_t>(OPOST);
    raw.c_cflag |= CS8;
    raw.c_lflag &= ~static_cast<tcflag_t>(ECHO | ECHONL | ICANON | IEXTEN);
    raw.c_cc[VINTR] = raw.c_cc[VQUIT] = _POSIX_VDISABLE;
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    if (tcsetattr(STDIN_FILENO, TCSANOW, &raw) == 0) before_ = std::move(before);
}

void Console::give_back() {
    if (before_ == nullptr) return;
    tcsetattr(STDIN_FILENO, TCSADRAIN, &before_->modes);
    before_.reset();
}

std::size_t Console::read(std::span<char> buffer) {
    while (true) {
        const ssize_t got = ::read(STDIN_FILENO, buffer.data(), buffer.size());
        if (got >= 0) return static_cast<std::size_t>(got);
        if (errno != EINTR) return 0;
    }
}

bool Console::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

}  // namespace gyre::play
