#include "net/telnet/options_codec.hpp"
#include "net/telnet/telnet_codec.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace gyre::net;

/// One end of a conversation in which time stands still.
struct End {
    TelnetCodec codec;
    TelnetOptions options;

    std::string hears(std::string_view bytes) {
        std::string answer;
        TelnetEvent event;
        while (codec.next(bytes, event)) {
            const bool option = event.kind == TelnetEvent::Kind::negotiation ||
                                event.kind == TelnetEvent::Kind::subnegotiation;
            if (option) (void)options.received(event, 1, answer);
        }
        return answer;
    }
};

/// Passes the answers to and fro until both are silent.
void talk(End& left, End& right, std::string to_right) {
    constexpr int most_rounds = 64;
    std::string to_left;
    for (int round = 0; !to_right.empty() || !to_left.empty(); ++round) {
        if (round == most_rounds) std::abort();
        std::string answer = right.hears(to_right);
        to_right = left.hears(to_left);
        to_left = std::move(answer);
    }
}

}  // namespace

/// Invariants: the answers to any input within one second are bounded, window sizes are clamped, and two
/// servers that talk to each other after it fall silent.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // The longest answer: the variables that are asked for.
    constexpr std::size_t longest_answer = 160;
    constexpr std::size_t most = longest_answer * (TelnetOptions::max_answers_per_second + 4);
    End left;
    End right;
    std::string offers;
    left.options.start(1, offers);
    right.options.start(1, offers);
    const std::string answer = left.hears({reinterpret_cast<const char*>(data), size});
    if (answer.size() > most) std::abort();
    const TelnetFacts& facts = left.options.facts();
    if (facts.width != 0 &&
        (facts.width < TelnetOptions::min_window || facts.width > TelnetOptions::max_window))
        std::abort();
    if (facts.client.size() > 2 * TelnetOptions::max_client_name + 1) std::abort();

    std::string more = answer;
    const std::uint8_t last = size > 0 ? data[size - 1] : 0;
    if ((last & 1U) != 0) left.options.enable(TelnetOption::echo, 1, more);
    if ((last & 2U) != 0) left.options.disable(TelnetOption::echo, more);
    if ((last & 4U) != 0) left.options.enable(TelnetOption::echo, 1, more);
    talk(left, right, more);
    return 0;
}
