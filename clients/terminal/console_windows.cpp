#include "clients/terminal/console.hpp"

#include <windows.h>

#include <algorithm>
#include <array>
#include <utility>

// Windows' console understands the same sequences as other terminals when it is told to, in both directions.
// It is read in UTF-16: in UTF-8 it gives zeros for what is not ASCII.

#ifndef ENABLE_VIRTUAL_TERMINAL_INPUT
#error "the headers of Windows are too old"
#endif

namespace gyre::play {
namespace {

HANDLE input() { return GetStdHandle(STD_INPUT_HANDLE); }
HANDLE output() { return GetStdHandle(STD_OUTPUT_HANDLE); }

bool is_console(HANDLE handle) {
    DWORD mode = 0;
    return GetConsoleMode(handle, &mode) != 0;
}

constexpr bool is_lead(wchar_t unit) { return unit >= 0xD800 && unit < 0xDC00; }

/// Keys as UTF-8. The first half of a character waits for the second.
std::size_t read_console(std::span<char> buffer) {
    constexpr std::size_t bytes_per_unit = 3;
    static wchar_t kept = 0;
    std::array<wchar_t, 512> units{};
    DWORD count = 0;
    units[0] = std::exchange(kept, L'\0');
    const DWORD begin = units[0] == 0 ? 0 : 1;
    const auto room = static_cast<DWORD>(std::min(units.size() - 2, buffer.size() / bytes_per_unit - 1));
    if (ReadConsoleW(input(), units.data() + begin, room, &count, nullptr) == 0 || count == 0) return 0;
    count += begin;
    if (is_lead(units[count - 1])) kept = units[--count];
    const int size = WideCharToMultiByte(CP_UTF8, 0, units.data(), static_cast<int>(count), buffer.data(),
                                         static_cast<int>(buffer.size()), nullptr, nullptr);
    return static_cast<std::size_t>(size);
}

}  // namespace

struct Console::Modes {
    DWORD input = 0;
    DWORD output = 0;
    UINT code_page = 0;
};

Console::Console() : is_utf8_(true) {
    is_terminal_ = is_console(input()) && is_console(output());
    name_ = is_terminal_ ? "XTERM-256COLOR" : "DUMB";
}

Console::~Console() { give_back(); }

Console::Size Console::size() const {
    CONSOLE_SCREEN_BUFFER_INFO info{};
    if (GetConsoleScreenBufferInfo(output(), &info) == 0) return {};
    return {static_cast<std::uint16_t>(info.srWindow.Right - info.srWindow.Left + 1),
            static_cast<std::uint16_t>(info.srWindow.Bottom - info.srWindow.Top + 1)};
}

void Console::take_over() {
    if (!is_terminal_ || before_ != nullptr) return;
    before_ = std::make_unique<Modes>();
    GetConsoleMode(input(), &before_->input);
    GetConsoleMode(output(), &before_->output);
    before_->code_page = GetConsoleOutputCP();
    SetConsoleMode(input(), ENABLE_VIRTUAL_TERMINAL_INPUT);
    SetConsoleMode(output(), ENABLE_PROCESSED_OUTPUT | ENABLE_WRAP_AT_EOL_OUTPUT |
                                 ENABLE_VIRTUAL_TERMINAL_PROCESSING | DISABLE_NEWLINE_AUTO_RETURN);
    SetConsoleOutputCP(CP_UTF8);
}

void Console::give_back() {
    if (before_ == nullptr) return;
    SetConsoleMode(input(), before_->input);
    SetConsoleMode(output(), before_->output);
    SetConsoleOutputCP(before_->code_page);
    before_.reset();
}

std::size_t Console::read(std::span<char> buffer) {
    if (is_console(input())) {
        while (true) {
            const std::size_t count = read_console(buffer);
            if (count > 0) return count;
            if (GetLastError() != ERROR_SUCCESS) return 0;
        }
    }
    DWORD count = 0;
    if (ReadFile(input(), buffer.data(), static_cast<DWORD>(buffer.size()), &count, nullptr) == 0) return 0;
    return count;
}

bool Console::write(std::string_view bytes) {
    while (!bytes.empty()) {
        DWORD written = 0;
        if (WriteFile(output(), bytes.data(), static_cast<DWORD>(bytes.size()), &written, nullptr) == 0)
            return false;
        bytes.remove_prefix(written);
    }
    return true;
}

}  // namespace gyre::play
