#include "net/telnet/options_codec.hpp"

#include "net/telnet/environment_codec.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

// The state of each option on each side is off, wanted, declined or on; RFC 1143's WANTNO is missing on
// purpose (see the header). What that costs: an answer to an old offer can arrive after a disable and a new
// offer. DO, DONT, DO for WILL, WONT, WILL would end in "off" and show a password, so a DONT is first held
// against the disables that were not yet answered.

namespace gyre::net {
namespace {

/// How an option may come on, on one side.
enum class Policy : std::uint8_t {
    never,
    accepted,  ///< When the peer asks.
    offered,   ///< Offered at the start, and accepted.
};

TelnetCommand positive(bool ours) { return ours ? TelnetCommand::will : TelnetCommand::do_it; }
TelnetCommand negative(bool ours) { return ours ? TelnetCommand::wont : TelnetCommand::dont; }

}  // namespace

/// What is done with one option. A further option is a further row and, if it has parameters, a function.
struct TelnetOptions::Row {
    TelnetOption option;
    Policy ours;
    Policy theirs;
    std::string_view when_ours;    ///< Parameters to send when we come to do it; empty: none.
    std::string_view when_theirs;  ///< The same when the peer comes to do it.
    /// What its parameters mean; null: ignored.
    bool (*told)(TelnetOptions& self, std::string_view bytes, std::string& out);
};

const std::array<TelnetOptions::Row, TelnetOptions::option_count>& TelnetOptions::rows() {
    using namespace std::string_view_literals;
    static const std::array<Row, option_count> table{{
        {TelnetOption::echo, Policy::accepted, Policy::never, ""sv, ""sv, nullptr},
        {TelnetOption::sga, Policy::accepted, Policy::accepted, ""sv, ""sv, nullptr},
        {TelnetOption::ttype, Policy::never, Policy::offered, ""sv, "\1"sv,
         [](TelnetOptions& self, std::string_view bytes, std::string& out) {
             return self.terminal_type_told(bytes, out);
         }},
        {TelnetOption::eor, Policy::offered, Policy::accepted, ""sv, ""sv, nullptr},
        {TelnetOption::naws, Policy::never, Policy::offered, ""sv, ""sv,
         [](TelnetOptions& self, std::string_view bytes, std::string&) {
             return self.window_size_told(bytes);
         }},
        {TelnetOption::environment, Policy::never, Policy::offered, ""sv, EnvironmentReader::request(),
         [](TelnetOptions& self, std::string_view bytes, std::string&) {
             return self.environment_told(bytes);
         }},
        {TelnetOption::charset, Policy::offered, Policy::accepted, "\1;UTF-8"sv, ""sv,
         [](TelnetOptions& self, std::string_view bytes, std::string& out) {
             return self.charset_told(bytes, out);
         }},
        {TelnetOption::mssp, Policy::offered, Policy::never, ""sv, ""sv, nullptr},
        {TelnetOption::compress2, Policy::offered, Policy::never, ""sv, ""sv, nullptr},
        {TelnetOption::compress3, Policy::offered, Policy::never, ""sv, ""sv, nullptr},
        {TelnetOption::gmcp, Policy::offered, Policy::never, ""sv, ""sv, nullptr},
    }};
    return table;
}

std::size_t TelnetOptions::index_of(std::uint8_t option) {
    const auto is_it = [option](const Row& row) { return static_cast<std::uint8_t>(row.option) == option; };
    const auto found = std::find_if(rows().begin(), rows().end(), is_it);
    return static_cast<std::size_t>(std::distance(rows().begin(), found));
}

TelnetOptions::State& TelnetOptions::state(std::size_t index, Side side) {
    return side == Side::ours ? options_[index].ours : options_[index].theirs;
}

bool TelnetOptions::we_do(TelnetOption option) const {
    return options_[index_of(static_cast<std::uint8_t>(option))].ours == State::on;
}

bool TelnetOptions::peer_does(TelnetOption option) const {
    return options_[index_of(static_cast<std::uint8_t>(option))].theirs == State::on;
}

void TelnetOptions::start(std::uint32_t second, std::string& out) {
    offered_at_ = second;
    for (std::size_t index = 0; index < option_count; ++index) {
        if (forbidden(rows()[index])) continue;
        if (rows()[index].theirs == Policy::offered) offer(index, Side::theirs, out);
        if (rows()[index].ours == Policy::offered) offer(index, Side::ours, out);
    }
}

bool TelnetOptions::forbidden(const Row& row) const {
    return !compression_allowed_ &&
           (row.option == TelnetOption::compress2 || row.option == TelnetOption::compress3);
}

void TelnetOptions::offer(std::size_t index, Side side, std::string& out) {
    state(index, side) = State::wanted;
    offers_pending_ = true;
    TelnetCodec::encode_negotiation(positive(side == Side::ours),
                                    static_cast<std::uint8_t>(rows()[index].option), out);
}

void TelnetOptions::enable(TelnetOption option, std::uint32_t second, std::string& out) {
    const std::size_t index = index_of(static_cast<std::uint8_t>(option));
    if (options_[index].ours != State::off) return;
    offered_at_ = second;
    options_[index].retried = false;
    offer(index, Side::ours, out);
}

void TelnetOptions::disable(TelnetOption option, std::string& out) {
    constexpr std::uint8_t most_counted = 3;
    Option& entry = options_[index_of(static_cast<std::uint8_t>(option))];
    if (entry.ours == State::off) return;
    if (entry.ours == State::wanted && entry.unanswered_offers < most_counted) ++entry.unanswered_offers;
    entry.ours = State::off;
    if (entry.unanswered_disables < most_counted) ++entry.unanswered_disables;
    TelnetCodec::encode_negotiation(TelnetCommand::wont, static_cast<std::uint8_t>(option), out);
}

void TelnetOptions::retry(std::uint32_t second, std::string& out) {
    if (!offers_pending_ || !peer_negotiates_ || second - offered_at_ <= retry_seconds) return;
    offers_pending_ = false;
    for (std::size_t index = 0; index < option_count; ++index) {
        Option& entry = options_[index];
        if (std::exchange(entry.retried, true)) continue;
        const auto option = static_cast<std::uint8_t>(rows()[index].option);
        if (entry.ours == State::wanted) TelnetCodec::encode_negotiation(TelnetCommand::will, option, out);
        if (entry.theirs == State::wanted) TelnetCodec::encode_negotiation(TelnetCommand::do_it, option, out);
    }
}

bool TelnetOptions::may_answer(std::uint32_t second) {
    if (second != answers_in_) {
        answers_in_ = second;
        answers_ = 0;
    }
    if (answers_ == max_answers_per_second) return false;
    ++answers_;
    return true;
}

bool TelnetOptions::received(const TelnetEvent& event, std::uint32_t second, std::string& out) {
    peer_negotiates_ = true;
    if (event.kind == TelnetEvent::Kind::subnegotiation) return subnegotiated(event, second, out);
    const bool about_us = event.command == TelnetCommand::do_it || event.command == TelnetCommand::dont;
    const Side side = about_us ? Side::ours : Side::theirs;
    if (event.command == positive(!about_us)) {
        peer_enables(event.option, side, second, out);
    } else {
        peer_disables(event.option, side, second, out);
    }
    return false;
}

void TelnetOptions::peer_enables(std::uint8_t option, Side side, std::uint32_t second, std::string& out) {
    const bool ours = side == Side::ours;
    const std::size_t index = index_of(option);
    if (index == option_count) {
        if (may_answer(second)) TelnetCodec::encode_negotiation(negative(ours), option, out);
        return;
    }
    State& now = state(index, side);
    if (now == State::on || (ours && late_answer(options_[index], true))) return;
    if (now == State::off) {
        if (options_[index].requests == max_requests || !may_answer(second)) return;
        const Policy policy = ours ? rows()[index].ours : rows()[index].theirs;
        const bool agreed = policy >= Policy::accepted && !forbidden(rows()[index]);
        TelnetCodec::encode_negotiation(agreed ? positive(ours) : negative(ours), option, out);
        if (!agreed) return;
        ++options_[index].requests;
        if (rows()[index].option == TelnetOption::echo) {
            echo_requested_ = true;
            enable(TelnetOption::sga, second, out);  // RFC 858: without it a peer may still send lines.
        }
    }
    now = State::on;
    turned_on(index, side, out);
}

// What was not answered yet is WILL WONT, again and again, or that without the first WILL; the answers come
// in that order. A WILL that is refused leaves its WONT without an answer.
bool TelnetOptions::late_answer(Option& entry, bool agrees) {
    if (agrees) return entry.unanswered_offers > 0 && entry.unanswered_offers-- > 0;
    if (entry.unanswered_offers > 0 && entry.unanswered_offers >= entry.unanswered_disables)
        --entry.unanswered_offers;
    return entry.unanswered_disables > 0 && entry.unanswered_disables-- > 0;
}

void TelnetOptions::peer_disables(std::uint8_t option, Side side, std::uint32_t second, std::string& out) {
    const std::size_t index = index_of(option);
    if (index == option_count) return;
    if (side == Side::ours && late_answer(options_[index], false)) return;
    State& now = state(index, side);
    if (now == State::wanted) now = State::declined;
    if (now != State::on) return;
    now = State::off;
    if (rows()[index].option == TelnetOption::echo) echo_requested_ = false;
    if (may_answer(second)) TelnetCodec::encode_negotiation(negative(side == Side::ours), option, out);
}

void TelnetOptions::turned_on(std::size_t index, Side side, std::string& out) {
    const Row& row = rows()[index];
    const std::string_view parameters = side == Side::ours ? row.when_ours : row.when_theirs;
    if (parameters.empty()) return;
    if (row.option == TelnetOption::ttype) {
        // Asked anew whenever the option comes on, but never for more names in all.
        if (terminal_types_ == max_terminal_types) return;
        terminal_type_asked_ = true;
    }
    if (row.option == TelnetOption::charset) {
        if (std::exchange(charset_asked_, true)) return;
    }
    TelnetCodec::encode_subnegotiation(static_cast<std::uint8_t>(row.option), parameters, out);
}

bool TelnetOptions::subnegotiated(const TelnetEvent& event, std::uint32_t second, std::string& out) {
    const std::size_t index = index_of(event.option);
    if (index == option_count || event.too_long || event.bytes.empty()) return false;
    const Option& entry = options_[index];
    const auto agreed = [](State state) { return state == State::on || state == State::wanted; };
    if (!agreed(entry.ours) && !agreed(entry.theirs)) return false;
    if (rows()[index].told == nullptr || !may_answer(second)) return false;
    return rows()[index].told(*this, event.bytes, out);
}

}  // namespace gyre::net
