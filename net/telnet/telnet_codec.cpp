#include "net/telnet/telnet_codec.hpp"

#include <algorithm>
#include <array>
#include <utility>

// A pull parser over the caller's bytes. Nearly all input is a whole line of printable bytes in one chunk, so
// that case is a scan for the first byte that is not plain text and an event that points into the chunk;
// only a line that is cut, edited or mixed with commands is collected in line_. Collecting raw input first
// and parsing it later would copy each line once more and need a second limit.

namespace gyre::net {
namespace {

constexpr char backspace = '\b';
constexpr char del = '\x7f';
constexpr char control_u = '\x15';
constexpr char control_w = '\x17';
/// A buffer that grew past this is given back once it is empty; most lines are shorter.
constexpr std::size_t kept_capacity = 64;

constexpr std::array<bool, 256> plain_bytes() {
    std::array<bool, 256> plain{};
    plain.fill(true);
    for (const char byte : {telnet_iac, backspace, del, control_u, control_w, '\r', '\n', '\0'})
        plain[static_cast<unsigned char>(byte)] = false;
    return plain;
}
constexpr std::array<bool, 256> is_plain = plain_bytes();

std::size_t count_plain(std::string_view bytes) {
    const auto special = [](char byte) { return !is_plain[static_cast<unsigned char>(byte)]; };
    return static_cast<std::size_t>(std::find_if(bytes.begin(), bytes.end(), special) - bytes.begin());
}

/// Bytes of the last character: of one in UTF-8 all, else (Latin-1, a broken one) one.
std::size_t last_character_size(std::string_view line) {
    constexpr std::size_t longest = 4;
    for (std::size_t size = 2; size <= std::min(longest, line.size()); ++size) {
        const auto continues = static_cast<unsigned char>(line[line.size() - size + 1]);
        const auto lead = static_cast<unsigned char>(line[line.size() - size]);
        if ((continues & 0xC0U) != 0x80U) break;
        if (size == 2 && (lead & 0xE0U) == 0xC0U) return size;
        if (size == 3 && (lead & 0xF0U) == 0xE0U) return size;
        if (size == 4 && (lead & 0xF8U) == 0xF0U) return size;
    }
    return 1;
}

void clear(std::string& buffer) {
    buffer.clear();
    if (buffer.capacity() > kept_capacity) buffer.shrink_to_fit();
}

}  // namespace

bool TelnetCodec::next(std::string_view& input, TelnetEvent& event) {
    forget_finished();
    while (!input.empty()) {
        bool complete = false;
        if (state_ == State::data) {
            complete = tells_keys_ ? take_keys(input, event) : take_data(input, event);
        } else if (state_ == State::in_sb || state_ == State::iac_in_sb) {
            complete = take_subnegotiation(input, event);
        } else {
            const char byte = input.front();
            input.remove_prefix(1);
            complete = take_after_iac(byte, event);
        }
        if (complete) return true;
    }
    return false;
}

void TelnetCodec::forget_finished() {
    if (line_seen_) {
        clear(line_);
        line_too_long_ = false;
        line_seen_ = false;
    }
    if (state_ == State::data && subnegotiation_.capacity() > kept_capacity) clear(subnegotiation_);
}

bool TelnetCodec::take_data(std::string_view& input, TelnetEvent& event) {
    const std::string_view plain = input.substr(0, count_plain(input));
    input.remove_prefix(plain.size());
    if (!plain.empty()) line_end_ = LineEnd::none;
    if (input.empty()) {
        append_to_line(plain);
        return false;
    }
    const char byte = input.front();
    input.remove_prefix(1);
    const bool whole_line = line_.empty() && !line_too_long_ && (byte == '\r' || byte == '\n') &&
                            !plain.empty() && plain.size() <= max_line;
    if (whole_line) {
        line_end_ = byte == '\r' ? LineEnd::cr : LineEnd::lf;
        event = {TelnetEvent::Kind::line, TelnetCommand::nop, 0, false, plain};
        return true;
    }
    append_to_line(plain);
    return take_control(byte, event);
}

bool TelnetCodec::take_keys(std::string_view& input, TelnetEvent& event) {
    const std::string_view keys = input.substr(0, input.find(telnet_iac));
    input.remove_prefix(keys.size());
    if (!keys.empty()) return keys_came(keys, event);
    input.remove_prefix(1);
    state_ = State::after_iac;
    return false;
}

bool TelnetCodec::keys_came(std::string_view keys, TelnetEvent& event) {
    event = {TelnetEvent::Kind::keys, TelnetCommand::nop, 0, false, keys};
    return true;
}

std::string TelnetCodec::take_unfinished() {
    line_too_long_ = false;
    return std::exchange(line_, {});
}

void TelnetCodec::begin_line(std::string typed) {
    line_too_long_ = typed.size() > max_line;
    line_ = std::move(typed);
    line_.resize(std::min(line_.size(), max_line));
}

bool TelnetCodec::take_control(char byte, TelnetEvent& event) {
    if (byte == telnet_iac) {
        state_ = State::after_iac;
        return false;
    }
    if (ends_line(byte)) return finish_line(event);
    if (byte == backspace || byte == del) erase_character();
    if (byte == control_u) erase_line();
    if (byte == control_w) erase_word();
    return false;
}

// LF CR and CR NUL meet when a peer sends a bare LF and then, for an empty line, CR NUL: after LF a CR is
// taken as the second half, and a NUL behind it shows that it was the first half of an end of its own.
bool TelnetCodec::ends_line(char byte) {
    const LineEnd before = line_end_;
    line_end_ = LineEnd::none;
    switch (byte) {
        case '\r':
            if (before == LineEnd::lf) {
                line_end_ = LineEnd::lf_cr;
                return false;
            }
            line_end_ = LineEnd::cr;
            return true;
        case '\n':
            if (before == LineEnd::cr) return false;
            line_end_ = LineEnd::lf;
            return true;
        case '\0':
            return before == LineEnd::lf_cr;
        default:
            return false;
    }
}

bool TelnetCodec::take_after_iac(char byte, TelnetEvent& event) {
    const auto command = static_cast<TelnetCommand>(static_cast<unsigned char>(byte));
    if (state_ == State::after_sb) {
        option_ = static_cast<std::uint8_t>(byte);
        // One long message is no reason to keep as much for ever.
        if (subnegotiation_.capacity() > 2 * max_subnegotiation) subnegotiation_ = {};
        subnegotiation_.clear();
        state_ = State::in_sb;
        return false;
    }
    if (state_ == State::after_verb) {
        state_ = State::data;
        event = {TelnetEvent::Kind::negotiation, verb_, static_cast<std::uint8_t>(byte), false, {}};
        return true;
    }
    state_ = State::data;
    switch (command) {
        case TelnetCommand::iac:
            if (tells_keys_) return keys_came({&telnet_iac, 1}, event);
            line_end_ = LineEnd::none;
            append_to_line({&telnet_iac, 1});
            return false;
        case TelnetCommand::will:
        case TelnetCommand::wont:
        case TelnetCommand::do_it:
        case TelnetCommand::dont:
            verb_ = command;
            state_ = State::after_verb;
            return false;
        case TelnetCommand::sb:
            state_ = State::after_sb;
            return false;
        case TelnetCommand::erase_character:
            if (tells_keys_) return keys_came({&del, 1}, event);
            erase_character();
            return false;
        case TelnetCommand::erase_line:
            if (tells_keys_) return keys_came({&control_u, 1}, event);
            erase_line();
            return false;
        default:
            break;  // A command without an argument, or a byte that is none: the reader ignores it.
    }
    event = {TelnetEvent::Kind::command, command, 0, false, {}};
    return true;
}

std::size_t TelnetCodec::subnegotiation_limit() const {
    constexpr std::uint8_t gmcp = 201;
    return option_ == gmcp ? max_gmcp : max_subnegotiation;
}

bool TelnetCodec::take_subnegotiation(std::string_view& input, TelnetEvent& event) {
    if (state_ == State::iac_in_sb) {
        const auto command = static_cast<TelnetCommand>(static_cast<unsigned char>(input.front()));
        input.remove_prefix(1);
        if (command == TelnetCommand::se) return finish_subnegotiation(event);
        state_ = State::in_sb;
        // Any other command in here is against RFC 855; what it would have meant is unknown, so drop it all.
        if (command != TelnetCommand::iac || subnegotiation_.size() == subnegotiation_limit())
            subnegotiation_dropped_ = true;
        if (!subnegotiation_dropped_) subnegotiation_.push_back(telnet_iac);
        return false;
    }
    const auto plain = std::min(input.find(telnet_iac), input.size());
    if (subnegotiation_.size() + plain > subnegotiation_limit()) subnegotiation_dropped_ = true;
    if (!subnegotiation_dropped_) subnegotiation_.append(input.substr(0, plain));
    input.remove_prefix(plain);
    if (!input.empty()) {
        input.remove_prefix(1);
        state_ = State::iac_in_sb;
    }
    return false;
}

bool TelnetCodec::finish_subnegotiation(TelnetEvent& event) {
    state_ = State::data;
    if (subnegotiation_dropped_) subnegotiation_.clear();
    event = {TelnetEvent::Kind::subnegotiation, TelnetCommand::sb, option_, subnegotiation_dropped_,
             subnegotiation_};
    subnegotiation_dropped_ = false;
    return true;
}

bool TelnetCodec::finish_line(TelnetEvent& event) {
    event = {TelnetEvent::Kind::line, TelnetCommand::nop, 0, line_too_long_, line_};
    line_seen_ = true;
    return true;
}

void TelnetCodec::append_to_line(std::string_view plain) {
    if (line_too_long_) return;
    const std::size_t room = max_line - line_.size();
    line_too_long_ = plain.size() > room;
    line_.append(plain.substr(0, room));
}

// Past the limit the cursor of the peer is somewhere in what was dropped, so only ^U can mend the line.
void TelnetCodec::erase_character() {
    if (line_too_long_ || line_.empty()) return;
    line_.erase(line_.size() - std::min(last_character_size(line_), line_.size()));
}

void TelnetCodec::erase_word() {
    if (line_too_long_) return;
    while (!line_.empty() && line_.back() == ' ') line_.pop_back();
    while (!line_.empty() && line_.back() != ' ') line_.pop_back();
}

void TelnetCodec::erase_line() {
    line_.clear();
    line_too_long_ = false;
}

}  // namespace gyre::net
