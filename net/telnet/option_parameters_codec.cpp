#include "engine/base/ascii.hpp"
#include "net/telnet/environment_codec.hpp"
#include "net/telnet/options_codec.hpp"

#include <algorithm>
#include <charconv>
#include <functional>
#include <utility>

// What the parameters of the options mean: the terminal's name and abilities, its size, its charset.

namespace gyre::net {
namespace {

constexpr char ttype_is = 0;
constexpr char ttype_send = 1;
constexpr char charset_request = 1;
constexpr char charset_accepted = 2;
constexpr char charset_rejected = 3;
constexpr char charset_table_is = 4;
constexpr char charset_table_rejected = 5;

std::string printable_upper(std::string_view bytes) {
    std::string text;
    for (const char byte : bytes)
        if (byte >= ' ' && byte <= '~') text.push_back(ascii::capital(byte));
    return text;
}

/// What a terminal's name tells of it; 0: nothing.
std::uint32_t abilities_of(std::string_view terminal) {
    struct Known {
        std::string_view part;
        std::uint32_t abilities;
    };
    static constexpr std::array known{
        Known{"TRUECOLOR", mtts::ansi | mtts::colours_256 | mtts::true_colour},
        Known{"256COLOR", mtts::ansi | mtts::colours_256},
        Known{"XTERM", mtts::ansi},
        Known{"ANSI", mtts::ansi},
        Known{"LINUX", mtts::ansi},
        Known{"VT1", mtts::ansi},
        Known{"VT2", mtts::ansi},
        Known{"SCREEN", mtts::ansi},
        Known{"TMUX", mtts::ansi},
        Known{"RXVT", mtts::ansi},
        Known{"PUTTY", mtts::ansi},
    };
    for (const Known& row : known)
        if (terminal.find(row.part) != std::string_view::npos) return row.abilities;
    return 0;
}

std::uint16_t window_side(std::string_view bytes) {
    const auto high = static_cast<unsigned char>(bytes[0]);
    const auto low = static_cast<unsigned char>(bytes[1]);
    const auto cells = static_cast<std::uint16_t>(high << 8U | low);
    if (cells == 0) return 0;  // RFC 1073: not told.
    return std::clamp(cells, TelnetOptions::min_window, TelnetOptions::max_window);
}

struct CharsetName {
    std::string_view name;
    TelnetFacts::Charset charset;
};
/// In the order of our liking.
constexpr std::array charset_names{
    CharsetName{"UTF-8", TelnetFacts::Charset::utf8},
    CharsetName{"UTF8", TelnetFacts::Charset::utf8},
    CharsetName{"ISO-8859-1", TelnetFacts::Charset::latin1},
    CharsetName{"LATIN1", TelnetFacts::Charset::latin1},
    CharsetName{"LATIN-1", TelnetFacts::Charset::latin1},
    CharsetName{"US-ASCII", TelnetFacts::Charset::ascii},
    CharsetName{"ASCII", TelnetFacts::Charset::ascii},
};

/// The part of a list ("\0A\0B", its first byte being the separator) that equals `name`; empty: none.
std::string_view find_in_list(std::string_view list, std::string_view name) {
    const char separator = list.front();
    while (!list.empty()) {
        list.remove_prefix(1);
        const std::string_view part = list.substr(0, std::min(list.find(separator), list.size()));
        const bool same = std::equal(part.begin(), part.end(), name.begin(), name.end(),
                                     [](char left, char right) { return ascii::capital(left) == right; });
        if (same) return part;
        list.remove_prefix(part.size());
    }
    return {};
}

}  // namespace

bool TelnetOptions::terminal_type_told(std::string_view bytes, std::string& out) {
    if (bytes.front() != ttype_is || !std::exchange(terminal_type_asked_, false)) return false;
    const std::string name = printable_upper(bytes.substr(1));
    const std::size_t hash = std::hash<std::string>{}(name);
    const bool repeated = terminal_types_ > 0 && hash == last_terminal_type_;
    last_terminal_type_ = hash;
    if (terminal_types_++ == 0) facts_.client = name.substr(0, max_client_name);
    if (!repeated && terminal_types_ < max_terminal_types) {
        terminal_type_asked_ = true;
        TelnetCodec::encode_subnegotiation(static_cast<std::uint8_t>(TelnetOption::ttype), {&ttype_send, 1},
                                           out);
    }
    abilities_told(name);
    return true;
}

/// "MTTS 2381", or the name of a terminal.
void TelnetOptions::abilities_told(std::string_view terminal) {
    constexpr std::string_view prefix = "MTTS ";
    std::uint32_t bits = 0;
    if (terminal.starts_with(prefix)) {
        std::from_chars(terminal.data() + prefix.size(), terminal.data() + terminal.size(), bits);
        facts_.abilities = bits;
    } else {
        bits = abilities_of(terminal);
        facts_.abilities |= bits;
        names_dumb_ = names_dumb_ || terminal == "DUMB";
    }
    facts_.is_dumb = names_dumb_ && (facts_.abilities & mtts::ansi) == 0;
    facts_.terminal_known = facts_.terminal_known || bits != 0 || terminal.starts_with(prefix);
}

bool TelnetOptions::environment_told(std::string_view bytes) {
    EnvironmentReader reader(bytes);
    EnvironmentReader::Variable variable;
    std::string client;
    std::string version;
    bool told = false;
    while (reader.next(variable)) {
        const std::string value = printable_upper(variable.value);
        told = told || !value.empty();
        if (variable.name == "CLIENT_NAME") client = value.substr(0, max_client_name);
        if (variable.name == "CLIENT_VERSION") version = value.substr(0, max_client_name);
        variable_told(variable.name, value);
    }
    if (!client.empty()) facts_.client = client + (version.empty() ? "" : " " + version);
    return told;
}

/// What matters of a variable besides the client's name; `value` is in upper case.
void TelnetOptions::variable_told(std::string_view name, const std::string& value) {
    if (name == "OSC_HYPERLINKS") facts_.links = value == "1";
    if (name == "TERMINAL_TYPE") abilities_told(value);
    if (name == "MTTS" && !value.empty()) abilities_told("MTTS " + value);
    if (name != "CHARSET" || charset_agreed_) return;
    for (const CharsetName& known : charset_names)
        if (known.name == value) facts_.charset = known.charset;
}

bool TelnetOptions::window_size_told(std::string_view bytes) {
    constexpr std::size_t size = 4;
    if (bytes.size() != size) return false;
    facts_.width = window_side(bytes.substr(0, 2));
    facts_.height = window_side(bytes.substr(2, 2));
    return true;
}

bool TelnetOptions::charset_told(std::string_view bytes, std::string& out) {
    const auto option = static_cast<std::uint8_t>(TelnetOption::charset);
    switch (bytes.front()) {
        case charset_request:
            return charset_requested(bytes.substr(1), out);
        case charset_accepted:
            facts_.charset = TelnetFacts::Charset::utf8;
            charset_agreed_ = true;
            return true;  // All we asked for.
        case charset_rejected:
            if (facts_.charset == TelnetFacts::Charset::unknown) facts_.charset = TelnetFacts::Charset::ascii;
            return true;
        case charset_table_is:
            TelnetCodec::encode_subnegotiation(option, {&charset_table_rejected, 1}, out);
            return false;
        default:
            return false;
    }
}

// RFC 2066: "[TTABLE] <version>" may come before the list. Both ends may ask at once; the RFC has the server
// refuse then, but as it would take what it asked for itself, agreeing twice says the same.
bool TelnetOptions::charset_requested(std::string_view bytes, std::string& out) {
    constexpr std::string_view table = "[TTABLE]";
    if (bytes.starts_with(table)) bytes.remove_prefix(std::min(table.size() + 1, bytes.size()));
    const auto option = static_cast<std::uint8_t>(TelnetOption::charset);
    for (const CharsetName& known : charset_names) {
        if (bytes.empty()) break;
        const std::string_view part = find_in_list(bytes, known.name);
        if (part.empty()) continue;
        facts_.charset = known.charset;
        charset_agreed_ = true;
        TelnetCodec::encode_subnegotiation(option, charset_accepted + std::string{part}, out);
        return true;
    }
    TelnetCodec::encode_subnegotiation(option, {&charset_rejected, 1}, out);
    return false;
}

}  // namespace gyre::net
