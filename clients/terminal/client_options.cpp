#include "clients/terminal/client_options.hpp"

#include "engine/base/utf8.hpp"

#include <algorithm>
#include <iterator>

namespace gyre::play {

using net::TelnetCodec;
using net::TelnetCommand;
using net::TelnetEvent;
using net::TelnetOption;

namespace {

constexpr std::string_view client_name = "GYRE-PLAY";
constexpr char is = 0;
constexpr char send = 1;
constexpr char variable = 0;
constexpr char value_follows = 1;
constexpr char variable_escape = 2;
constexpr char user_variable = 3;
constexpr char charset_request = 1;
constexpr char charset_accepted = 2;
constexpr char charset_rejected = 3;
constexpr char charset_table_is = 4;
constexpr char charset_table_rejected = 5;

std::uint8_t number(TelnetOption option) { return static_cast<std::uint8_t>(option); }

bool begins_variable(char byte) { return byte == variable || byte == user_variable; }

/// The charset of a list (";UTF-8;US-ASCII", its first byte being the separator) that we take; empty: none.
std::string_view choose_charset(std::string_view list, bool utf8) {
    if (list.empty()) return {};
    const char separator = list.front();
    while (!list.empty()) {
        list.remove_prefix(1);
        const std::string_view name = list.substr(0, list.find(separator));
        const bool is_ascii = utf8::equal_folded(name, "US-ASCII") || utf8::equal_folded(name, "ASCII");
        if (utf8 ? utf8::equal_folded(name, "UTF-8") : is_ascii) return name;
        list.remove_prefix(name.size());
    }
    return {};
}

}  // namespace

struct ClientOptions::Row {
    TelnetOption option;
    bool ours;    ///< We do it when the server asks.
    bool theirs;  ///< The server may do it.
};

const std::array<ClientOptions::Row, ClientOptions::option_count>& ClientOptions::rows() {
    static constexpr std::array<Row, option_count> table{{
        {TelnetOption::echo, false, true},
        {TelnetOption::sga, true, true},
        {TelnetOption::ttype, true, false},
        {TelnetOption::eor, false, true},
        {TelnetOption::naws, true, false},
        {TelnetOption::environment, true, false},
        {TelnetOption::charset, true, true},
        {TelnetOption::compress2, false, true},
        {TelnetOption::compress3, false, true},
        {TelnetOption::gmcp, false, true},
    }};
    return table;
}

std::size_t ClientOptions::index_of(std::uint8_t option) {
    const auto found = std::find_if(rows().begin(), rows().end(),
                                    [option](const Row& row) { return number(row.option) == option; });
    return static_cast<std::size_t>(std::distance(rows().begin(), found));
}

bool ClientOptions::server_does(TelnetOption option) const { return theirs_[index_of(number(option))]; }

bool ClientOptions::agrees(const Row& row, bool ours) const {
    if (row.option == TelnetOption::naws && !facts_.has_window) return false;
    const bool compresses = row.option == TelnetOption::compress2 || row.option == TelnetOption::compress3;
    if (compresses && !facts_.compression) return false;
    return ours ? row.ours : row.theirs;
}

bool ClientOptions::may_answer(std::uint32_t second) {
    if (second != answers_in_) answers_ = 0;
    answers_in_ = second;
    if (answers_ == max_answers_per_second) return false;
    ++answers_;
    return true;
}

ClientOptions::Change ClientOptions::received(const TelnetEvent& event, std::uint32_t second,
                                              std::string& out) {
    if (event.kind == TelnetEvent::Kind::negotiation) return negotiated(event, second, out);
    return subnegotiated(event, second, out);
}

ClientOptions::Change ClientOptions::negotiated(const TelnetEvent& event, std::uint32_t second,
                                                std::string& out) {
    const bool ours = event.command == TelnetCommand::do_it || event.command == TelnetCommand::dont;
    const bool on = event.command == TelnetCommand::do_it || event.command == TelnetCommand::will;
    const TelnetCommand yes = ours ? TelnetCommand::will : TelnetCommand::do_it;
    const TelnetCommand no = ours ? TelnetCommand::wont : TelnetCommand::dont;
    const std::size_t index = index_of(event.option);
    if (index == option_count || !agrees(rows()[index], ours)) {
        if (on && may_answer(second)) TelnetCodec::encode_negotiation(no, event.option, out);
        return Change::none;
    }
    bool& now = (ours ? ours_ : theirs_)[index];
    if (now == on) return Change::none;
    const TelnetOption option = rows()[index].option;
    const bool answered = may_answer(second);
    // What hides a password is obeyed however often it comes.
    if (on && !answered && option != TelnetOption::echo) return Change::none;
    now = on;
    if (answered) TelnetCodec::encode_negotiation(on ? yes : no, event.option, out);
    if (on) return turned_on(option, ours, out);
    if (option == TelnetOption::echo) return Change::echo;
    return option == TelnetOption::compress3 ? Change::end_compression : Change::none;
}

ClientOptions::Change ClientOptions::turned_on(TelnetOption option, bool ours, std::string& out) {
    if (option == TelnetOption::echo) return Change::echo;
    if (option == TelnetOption::gmcp) return Change::messages;
    if (option == TelnetOption::ttype) types_told_ = 0;
    if (option == TelnetOption::naws && ours) tell_window(out);
    if (option != TelnetOption::compress3) return Change::none;
    TelnetCodec::encode_subnegotiation(number(option), {}, out);
    return Change::compress_output;
}

ClientOptions::Change ClientOptions::subnegotiated(const TelnetEvent& event, std::uint32_t second,
                                                   std::string& out) {
    const std::size_t index = index_of(event.option);
    if (index == option_count || event.too_long) return Change::none;
    const TelnetOption option = rows()[index].option;
    if (option == TelnetOption::compress2) return theirs_[index] ? Change::input_is_compressed : Change::none;
    if ((!ours_[index] && !theirs_[index]) || event.bytes.empty() || !may_answer(second)) return Change::none;
    const bool is_send = event.bytes.front() == send;
    const std::string_view rest = event.bytes.substr(1);
    if (option == TelnetOption::ttype && is_send) tell_terminal_type(out);
    if (option == TelnetOption::environment && is_send) tell_variables(rest, out);
    if (option == TelnetOption::charset && event.bytes.front() == charset_request) answer_charset(rest, out);
    if (option == TelnetOption::charset && event.bytes.front() == charset_table_is)
        TelnetCodec::encode_subnegotiation(event.option, {&charset_table_rejected, 1}, out);
    return Change::none;
}

void ClientOptions::resized(std::uint16_t columns, std::uint16_t rows, std::string& out) {
    facts_.columns = columns;
    facts_.rows = rows;
    if (ours_[index_of(number(TelnetOption::naws))]) tell_window(out);
}

/// RFC 1073: width and height, two bytes each.
void ClientOptions::tell_window(std::string& out) const {
    std::string size;
    for (const std::uint16_t side : {facts_.columns, facts_.rows}) {
        size += static_cast<char>(side >> 8U);
        size += static_cast<char>(side & 0xFFU);
    }
    TelnetCodec::encode_subnegotiation(number(TelnetOption::naws), size, out);
}

/// RFC 1091 and MTTS: client, terminal, abilities; the last one is repeated.
void ClientOptions::tell_terminal_type(std::string& out) {
    std::string type{is};
    switch (types_told_) {
        case 0:
            type += client_name;
            break;
        case 1:
            type += facts_.terminal;
            break;
        default:
            type += "MTTS " + std::to_string(facts_.abilities);
            break;
    }
    types_told_ = std::min(types_told_ + 1, 2U);
    TelnetCodec::encode_subnegotiation(number(TelnetOption::ttype), type, out);
}

/// RFC 1572: what was asked for, as far as it is known here. Nobody is told what else is in the environment.
void ClientOptions::tell_variables(std::string_view wanted, std::string& out) const {
    std::string told{is};
    const auto tell = [&](char kind, std::string_view name) {
        const std::string known = value_of(name);
        if (known.empty() || told.find(kind + std::string{name} + value_follows) != std::string::npos) return;
        told += kind;
        told.append(name) += value_follows;
        told += known;
    };
    if (wanted.empty()) {
        for (const std::string_view name :
             {"CLIENT_NAME", "CLIENT_VERSION", "TERMINAL_TYPE", "CHARSET", "MTTS"})
            tell(variable, name);
    }
    while (!wanted.empty()) {
        const char kind = wanted.front();
        wanted.remove_prefix(1);
        if (!begins_variable(kind)) continue;
        std::string name;
        while (!wanted.empty() && !begins_variable(wanted.front())) {
            if (wanted.front() != variable_escape && name.size() < max_variable_name) name += wanted.front();
            wanted.remove_prefix(1);
        }
        tell(kind, name);
    }
    TelnetCodec::encode_subnegotiation(number(TelnetOption::environment), told, out);
}

std::string ClientOptions::value_of(std::string_view name) const {
    if (name == "CLIENT_NAME") return std::string{client_name};
    if (name == "CLIENT_VERSION") return facts_.version;
    if (name == "TERMINAL_TYPE") return facts_.terminal;
    if (name == "CHARSET") return facts_.utf8 ? "UTF-8" : "US-ASCII";
    return name == "MTTS" ? std::to_string(facts_.abilities) : std::string{};
}

/// RFC 2066; "[TTABLE] <version>" may come before the list.
void ClientOptions::answer_charset(std::string_view request, std::string& out) const {
    constexpr std::string_view table = "[TTABLE]";
    if (request.starts_with(table)) request.remove_prefix(std::min(table.size() + 1, request.size()));
    const std::string_view chosen = choose_charset(request, facts_.utf8);
    std::string answer{chosen.empty() ? charset_rejected : charset_accepted};
    TelnetCodec::encode_subnegotiation(number(TelnetOption::charset), answer.append(chosen), out);
}

}  // namespace gyre::play
