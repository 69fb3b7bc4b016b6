#include "clients/terminal/display_filter.hpp"

#include "engine/base/ascii.hpp"
#include "engine/base/utf8.hpp"

#include <algorithm>
#include <utility>

// A list of what may pass, not of what may not: terminals know more sequences than anybody has counted. A
// string that never ends would swallow all that follows, so the end of a line ends it, too.

namespace gyre::play {
namespace {

bool is_control(char byte) { return static_cast<unsigned char>(byte) < ' ' || byte == '\x7f'; }
bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80; }

/// How many bytes at the end of `text` begin a character whose rest has not come.
std::size_t unfinished(std::string_view text) {
    for (std::size_t back = 1; back <= std::min<std::size_t>(3, text.size()); ++back) {
        const char byte = text[text.size() - back];
        if (is_continuation(byte)) continue;
        const auto lead = static_cast<unsigned char>(byte);
        const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
        return size > back ? back : 0;
    }
    return 0;
}

/// Bytes that are no UTF-8 taken for Latin-1.
std::string as_utf8(std::string_view bytes) {
    constexpr unsigned char first_printable = 0xA0;
    std::string text;
    for (std::size_t at = 0; at < bytes.size();) {
        const utf8::Decoded next = utf8::decode(bytes, at);
        if (next.valid) {
            text.append(bytes, at, next.bytes);
        } else {
            for (const char byte : bytes.substr(at, next.bytes)) {
                const auto code = static_cast<unsigned char>(byte);
                if (code >= first_printable) utf8::append(text, code);
            }
        }
        at += next.bytes;
    }
    return text;
}

/// Digits and separators only: with '>' or '?' in front it would set modes of the keyboard.
bool is_style(std::string_view parameters) {
    return parameters.find_first_not_of("0123456789;:") == std::string_view::npos;
}

/// What may stand behind a text that can be clicked.
bool is_safe_address(std::string_view address) {
    const auto is_printable = [](char byte) { return byte > ' ' && byte <= '~'; };
    return (address.starts_with("https://") || address.starts_with("http://")) &&
           std::all_of(address.begin(), address.end(), is_printable);
}

}  // namespace

bool DisplayFilter::next(std::string_view& input, DisplayPiece& piece) {
    while (!input.empty()) {
        if (state_ == State::plain) {
            if (take_plain(input, piece)) return true;
            continue;
        }
        const char byte = input.front();
        if (is_broken_off_by(byte)) {
            const bool by_another = state_ == State::command_escape || state_ == State::string_escape;
            state_ = by_another ? State::escape : State::plain;
            too_long_ = false;
            kept_.clear();
            continue;
        }
        input.remove_prefix(1);
        if (take_escaped(byte, piece)) return true;
    }
    return false;
}

bool DisplayFilter::take_plain(std::string_view& input, DisplayPiece& piece) {
    const auto end = std::find_if(input.begin(), input.end(), is_control);
    std::string_view run = input.substr(0, static_cast<std::size_t>(end - input.begin()));
    if (!run.empty() || !kept_.empty()) {
        input.remove_prefix(run.size());
        std::string whole;
        if (!kept_.empty()) {
            whole = std::exchange(kept_, {}).append(run);
            run = whole;
        }
        const std::size_t rest = input.empty() ? unfinished(run) : 0;
        kept_ = run.substr(run.size() - rest);
        run.remove_suffix(rest);
        return clean(run, piece);
    }
    const char byte = input.front();
    input.remove_prefix(1);
    return take_control_character(byte, piece);
}

bool DisplayFilter::clean(std::string_view bytes, DisplayPiece& piece) {
    if (utf8::is_printable_ascii(bytes)) {
        told_ = bytes;
    } else {
        told_ = utf8::filter(utf8::is_valid(bytes) ? std::string{bytes} : as_utf8(bytes));
    }
    piece = {DisplayPiece::Kind::text, told_};
    return !told_.empty();
}

// Of CR LF, LF CR and CR NUL only the LF counts; a CR alone would write over what stands there.
bool DisplayFilter::take_control_character(char byte, DisplayPiece& piece) {
    if (byte == ascii::escape) {
        state_ = State::escape;
        too_long_ = false;
        return false;
    }
    piece = {byte == '\t' ? DisplayPiece::Kind::tab : DisplayPiece::Kind::line_end, {}};
    return byte == '\t' || byte == '\n';
}

bool DisplayFilter::is_broken_off_by(char byte) {
    const bool is_foreign = is_control(byte) || static_cast<unsigned char>(byte) >= 0x80;
    switch (state_) {
        case State::plain:
            return false;
        case State::escape:
        case State::intermediate:
        case State::control:
            return is_foreign;
        case State::command:
        case State::string:
            return byte == '\n';
        case State::command_escape:
        case State::string_escape:
            return byte != '\\';
    }
    return false;
}

bool DisplayFilter::take_escaped(char byte, DisplayPiece& piece) {
    switch (state_) {
        case State::plain:
            return false;
        case State::escape:
            if (byte == '[') {
                state_ = State::control;
            } else if (byte == ']') {
                state_ = State::command;
            } else if (std::string_view{"PX^_"}.find(byte) != std::string_view::npos) {
                state_ = State::string;
            } else {
                state_ = byte < '0' ? State::intermediate : State::plain;
            }
            return false;
        case State::intermediate:
            if (byte >= '0') state_ = State::plain;
            return false;
        case State::control:
            return take_control(byte, piece);
        case State::command:
        case State::command_escape:
        case State::string:
        case State::string_escape:
            return take_string(byte, piece);
    }
    return false;
}

bool DisplayFilter::take_control(char byte, DisplayPiece& piece) {
    if (byte < '@') {
        keep(byte, max_style);
        return false;
    }
    state_ = State::plain;
    const std::string parameters = std::exchange(kept_, {});
    if (byte != 'm' || too_long_ || !is_style(parameters)) return false;
    told_ = "\x1b[" + parameters + 'm';
    piece = {DisplayPiece::Kind::style, told_};
    return true;
}

bool DisplayFilter::take_string(char byte, DisplayPiece& piece) {
    const bool is_command = state_ == State::command || state_ == State::command_escape;
    const bool is_end =
        byte == ascii::bell || state_ == State::command_escape || state_ == State::string_escape;
    if (is_end) {
        state_ = State::plain;
        return is_command && finish_command(piece);
    }
    if (byte == ascii::escape) {
        state_ = is_command ? State::command_escape : State::string_escape;
    } else if (is_command) {
        keep(byte, max_link);
    }
    return false;
}

/// "8;parameters;address": a link begins, or with an empty address ends.
bool DisplayFilter::finish_command(DisplayPiece& piece) {
    const std::string command = std::exchange(kept_, {});
    const std::size_t separator = command.find(';', 2);
    if (!command.starts_with("8;") || separator == std::string::npos) return false;
    const std::string_view address = std::string_view{command}.substr(separator + 1);
    told_ = !too_long_ && is_safe_address(address) ? address : std::string_view{};
    piece = {DisplayPiece::Kind::link, told_};
    return true;
}

void DisplayFilter::keep(char byte, std::size_t limit) {
    too_long_ = too_long_ || kept_.size() == limit;
    if (!too_long_) kept_ += byte;
}

}  // namespace gyre::play
