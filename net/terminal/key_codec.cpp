#include "net/terminal/key_codec.hpp"

#include "engine/base/ascii.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace gyre::net {
namespace {

constexpr char remove_character = '\x7f';

struct Meaning {
    char byte;
    Key key;
};
constexpr char control(char letter) { return static_cast<char>(letter - '@'); }

/// Control characters, as Emacs and readline use them.
constexpr std::array controls{
    Meaning{'\r', Key::enter},
    Meaning{'\n', Key::enter},
    Meaning{'\b', Key::backspace},
    Meaning{remove_character, Key::backspace},
    Meaning{control('A'), Key::home},
    Meaning{control('B'), Key::left},
    Meaning{control('C'), Key::interrupt},
    Meaning{control('D'), Key::end_of_input},
    Meaning{control('E'), Key::end},
    Meaning{control('F'), Key::right},
    Meaning{control('K'), Key::kill_to_end},
    Meaning{control('L'), Key::redraw},
    Meaning{control('N'), Key::down},
    Meaning{control('P'), Key::up},
    Meaning{control('U'), Key::kill_to_start},
    Meaning{control('W'), Key::kill_word},
    Meaning{control('Y'), Key::yank},
};
/// Behind ESC: what Alt or Meta make of a key.
constexpr std::array with_meta{
    Meaning{'b', Key::word_left},      Meaning{'f', Key::word_right},
    Meaning{'d', Key::kill_next_word}, Meaning{remove_character, Key::kill_word},
    Meaning{'\b', Key::kill_word},
};
/// Behind ESC [ or ESC O.
constexpr std::array finals{
    Meaning{'A', Key::up},   Meaning{'B', Key::down}, Meaning{'C', Key::right}, Meaning{'D', Key::left},
    Meaning{'H', Key::home}, Meaning{'F', Key::end},  Meaning{'M', Key::enter},
};

template <std::size_t count>
Key meaning(const std::array<Meaning, count>& meanings, char byte) {
    const auto found = std::find_if(meanings.begin(), meanings.end(),
                                    [byte](const Meaning& each) { return each.byte == byte; });
    return found == meanings.end() ? Key::none : found->key;
}

bool is_control(char byte) { return static_cast<unsigned char>(byte) < ' ' || byte == remove_character; }
bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80; }

/// Bytes of the character that begins with `lead`; 1 for what begins none.
std::size_t character_size(char lead) {
    const auto byte = static_cast<unsigned char>(lead);
    if (byte >= 0xF0) return 4;
    if (byte >= 0xE0) return 3;
    return byte >= 0xC0 ? 2 : 1;
}

/// How many bytes at the end of `text` begin a character whose rest has not come.
std::size_t unfinished(std::string_view text) {
    for (std::size_t back = 1; back <= std::min<std::size_t>(3, text.size()); ++back) {
        const char byte = text[text.size() - back];
        if (!is_continuation(byte)) return character_size(byte) > back ? back : 0;
    }
    return 0;
}

/// Keys whose sequence ends with '~', by their number.
Key numbered(std::string_view number) {
    if (number == "1" || number == "7") return Key::home;
    if (number == "4" || number == "8") return Key::end;
    return number == "3" ? Key::remove : Key::none;
}

/// Ctrl or Alt: xterm's second parameter counts Shift 1, Alt 2, Ctrl 4 from 1 on.
bool has_modifier(std::string_view parameters) {
    const auto separator = parameters.find(';');
    return separator != std::string_view::npos && parameters.substr(separator + 1) >= "3";
}

}  // namespace

bool KeyCodec::next(std::string_view& input, KeyEvent& event) {
    if (std::exchange(told_, false)) kept_.clear();
    while (!input.empty()) {
        if (state_ == State::plain) {
            if (take_plain(input, event)) return true;
            continue;
        }
        if (state_ == State::character) {
            if (take_character(input, event)) return true;
            continue;
        }
        const char byte = input.front();
        input.remove_prefix(1);
        if (take_escaped(byte, event)) return true;
    }
    return false;
}

bool KeyCodec::take_plain(std::string_view& input, KeyEvent& event) {
    const char first = input.front();
    if (is_control(first)) {
        input.remove_prefix(1);
        return control_character(first, event);
    }
    after_return_ = false;
    const auto end = std::find_if(input.begin(), input.end(), is_control);
    std::string_view run = input.substr(0, static_cast<std::size_t>(end - input.begin()));
    input.remove_prefix(run.size());
    if (const std::size_t rest = input.empty() ? unfinished(run) : 0; rest > 0) {
        kept_ = run.substr(run.size() - rest);
        run.remove_suffix(rest);
        state_ = State::character;
    }
    event = {KeyEvent::Kind::text, Key::none, pasting_, run};
    return !run.empty();
}

/// The rest of a character that was split; what turns out to be none is passed on as it came.
bool KeyCodec::take_character(std::string_view& input, KeyEvent& event) {
    while (!input.empty() && is_continuation(input.front()) && kept_.size() < character_size(kept_[0])) {
        kept_ += input.front();
        input.remove_prefix(1);
    }
    if (input.empty() && kept_.size() < character_size(kept_[0])) return false;
    state_ = State::plain;
    told_ = true;
    event = {KeyEvent::Kind::text, Key::none, pasting_, kept_};
    return true;
}

bool KeyCodec::control_character(char byte, KeyEvent& event) {
    const bool second_half = std::exchange(after_return_, byte == '\r') && byte == '\n';
    if (second_half || byte == '\0') return false;
    if (byte == ascii::escape) {
        state_ = State::escape;
        return false;
    }
    if (byte == '\t' && pasting_) {
        event = {KeyEvent::Kind::text, Key::none, true, " "};
        return true;
    }
    return found(meaning(controls, byte), event);
}

KeyCodec::State KeyCodec::state_behind_escape(char byte) {
    if (byte == '[') return State::control;
    if (byte == 'O') return State::single_shift;
    const bool begins_string = std::string_view{"]PX^_"}.find(byte) != std::string_view::npos;
    return begins_string ? State::string : State::plain;
}

bool KeyCodec::take_escaped(char byte, KeyEvent& event) {
    switch (state_) {
        case State::escape:
            if (byte == ascii::escape) return false;  // Alt with a key that has a sequence of its own.
            state_ = state_behind_escape(byte);
            return state_ == State::plain && found(meaning(with_meta, byte), event);
        case State::single_shift:
            state_ = State::plain;
            return found(meaning(finals, byte), event);
        case State::string:
        case State::string_escaped:
            if (byte == ascii::bell || (state_ == State::string_escaped && byte == '\\')) {
                state_ = State::plain;
            } else {
                state_ = byte == ascii::escape ? State::string_escaped : State::string;
            }
            return false;
        default:
            return take_control(byte, event);
    }
}

bool KeyCodec::take_control(char byte, KeyEvent& event) {
    if (byte == ascii::escape || is_control(byte)) {  // It was broken off.
        kept_.clear();
        state_ = State::plain;
        return control_character(byte, event);
    }
    // The Linux console's function keys: ESC [ [ and one more.
    if (byte < '@' || (byte == '[' && kept_.empty())) {
        if (kept_.size() <= max_sequence) kept_ += byte;
        return false;
    }
    const Key key = kept_.size() > max_sequence ? Key::none : key_of_sequence(byte);
    if (byte == '~' && (kept_ == "200" || kept_ == "201")) pasting_ = kept_ == "200";
    kept_.clear();
    state_ = State::plain;
    return found(key, event);
}

Key KeyCodec::key_of_sequence(char final) const {
    const std::string_view parameters = kept_;
    if (parameters.starts_with('[')) return Key::none;
    if (final == '~') return numbered(parameters.substr(0, parameters.find(';')));
    const Key key = meaning(finals, final);
    if (!has_modifier(parameters)) return key;
    return key == Key::left ? Key::word_left : key == Key::right ? Key::word_right : key;
}

bool KeyCodec::found(Key key, KeyEvent& event) {
    event = {KeyEvent::Kind::key, key, pasting_, {}};
    return key != Key::none;
}

}  // namespace gyre::net
