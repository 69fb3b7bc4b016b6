#pragma once

#include "net/telnet/telnet_codec.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gyre::net {

/// The options this server knows, in the order of their rows in options_codec.cpp.
enum class TelnetOption : std::uint8_t {
    echo = 1,          ///< RFC 857: the server says it echoes, and does not, while a password is typed.
    sga = 3,           ///< RFC 858: no GA after prompts.
    ttype = 24,        ///< RFC 1091 and MTTS: client name, terminal, abilities.
    eor = 25,          ///< RFC 885: a mark after prompts.
    naws = 31,         ///< RFC 1073: window size.
    environment = 39,  ///< RFC 1572 and MNES: variables of the client.
    charset = 42,      ///< RFC 2066.
    mssp = 70,         ///< What lists of worlds want to know.
    compress2 = 86,    ///< MCCP2: what we send becomes a zlib stream behind our subnegotiation.
    compress3 = 87,    ///< MCCP3: what the peer sends does, behind its own.
    gmcp = 201,        ///< Messages beside the text (net/gmcp).
};

/// Bits of the Mud Terminal Type Standard that matter here.
namespace mtts {
constexpr std::uint32_t ansi = 1;
constexpr std::uint32_t utf8 = 4;
constexpr std::uint32_t colours_256 = 8;
constexpr std::uint32_t screen_reader = 64;
constexpr std::uint32_t true_colour = 256;
}  // namespace mtts

/// What a peer has told of itself by options.
struct TelnetFacts {
    enum class Charset : std::uint8_t { unknown, utf8, latin1, ascii };
    std::uint16_t width = 0;  ///< Columns, 20..1000; 0: not told.
    std::uint16_t height = 0;
    std::uint32_t abilities = 0;  ///< MTTS bits, or those that a known terminal's name stands for.
    Charset charset = Charset::unknown;
    bool terminal_known = false;  ///< `abilities` means something.
    bool is_dumb = false;         ///< It names itself DUMB: without escape sequences.
    bool links = false;           ///< It knows OSC 8 with commands in place of addresses.
    std::string client;           ///< The first name it gave, cut to 15 characters, and its version, if told.
};

/// The state of every option of one connection, and what to answer. Bytes to send are appended to `out`.
///
/// RFC 1143 with one change: a disable takes effect at once and waits for no answer (TinTin++ never
/// acknowledges WONT ECHO, and would show the second password). Only changes of state are answered, so two
/// of these talking to each other fall silent. `second` is any clock that counts seconds up.
class TelnetOptions {
  public:
    /// Most answers in a second; further requests are ignored, further refusals obeyed in silence.
    static constexpr std::uint32_t max_answers_per_second = 40;
    /// How often a peer may switch one option on. Answers that cross can look like requests for ever, and two
    /// careful ends would go on answering each other.
    static constexpr std::uint8_t max_requests = 6;
    /// An offer unanswered for longer may be made once more.
    static constexpr std::uint32_t retry_seconds = 5;
    static constexpr unsigned max_terminal_types = 4;
    static constexpr std::size_t max_client_name = 15;
    static constexpr std::uint16_t min_window = 20;
    static constexpr std::uint16_t max_window = 1000;

    /// To be called before start() where compression does no harm; else it is refused.
    void allow_compression() { compression_allowed_ = true; }
    /// Offers what is wanted of every peer.
    void start(std::uint32_t second, std::string& out);
    /// Takes a negotiation or subnegotiation. True: facts() changed.
    [[nodiscard]] bool received(const TelnetEvent& event, std::uint32_t second, std::string& out);
    /// We want to do `option` (WILL).
    void enable(TelnetOption option, std::uint32_t second, std::string& out);
    /// We no longer do `option` (WONT), from this moment.
    void disable(TelnetOption option, std::string& out);
    /// Offers once more what a peer that negotiates has not answered for retry_seconds.
    void retry(std::uint32_t second, std::string& out);
    /// Counts one answer that is made elsewhere; false: there were too many in this second.
    [[nodiscard]] bool may_answer(std::uint32_t second);

    /// We do it and the peer agreed.
    [[nodiscard]] bool we_do(TelnetOption option) const;
    /// The peer does it and we agreed.
    [[nodiscard]] bool peer_does(TelnetOption option) const;
    /// We echo because the peer wants us to, not to hide something: it sends each key as it is typed.
    [[nodiscard]] bool echoes_on_request() const { return echo_requested_ && we_do(TelnetOption::echo); }
    /// The peer has sent any negotiation: it speaks telnet.
    [[nodiscard]] bool peer_negotiates() const { return peer_negotiates_; }
    [[nodiscard]] const TelnetFacts& facts() const { return facts_; }

    static constexpr std::size_t option_count = 11;

  private:
    enum class Side : std::uint8_t { ours, theirs };
    enum class State : std::uint8_t {
        off,
        wanted,    ///< Offered, no answer yet.
        declined,  ///< Offered and refused; perhaps the late answer to an earlier disable.
        on,
    };
    struct Option {
        State ours = State::off;
        State theirs = State::off;
        std::uint8_t unanswered_disables = 0;  ///< WONTs whose DONT may still come.
        std::uint8_t unanswered_offers = 0;    ///< WILLs taken back before their DO or DONT had come.
        std::uint8_t requests = 0;             ///< Requests of the peer that were agreed to.
        bool retried = false;
    };
    struct Row;
    static const std::array<Row, option_count>& rows();
    static std::size_t index_of(std::uint8_t option);  ///< option_count if unknown.
    State& state(std::size_t index, Side side);

    /// Whether `row` is one that only allow_compression() lets in.
    [[nodiscard]] bool forbidden(const Row& row) const;
    void offer(std::size_t index, Side side, std::string& out);
    /// Whether that was the answer to an offer or a disable that no longer counts.
    [[nodiscard]] static bool late_answer(Option& entry, bool agrees);
    void peer_enables(std::uint8_t option, Side side, std::uint32_t second, std::string& out);
    void peer_disables(std::uint8_t option, Side side, std::uint32_t second, std::string& out);
    void turned_on(std::size_t index, Side side, std::string& out);
    bool subnegotiated(const TelnetEvent& event, std::uint32_t second, std::string& out);

    bool terminal_type_told(std::string_view bytes, std::string& out);
    bool window_size_told(std::string_view bytes);
    bool environment_told(std::string_view bytes);
    void variable_told(std::string_view name, const std::string& value);
    bool charset_told(std::string_view bytes, std::string& out);
    void abilities_told(std::string_view terminal);
    bool charset_requested(std::string_view bytes, std::string& out);

    std::array<Option, option_count> options_;
    TelnetFacts facts_;
    std::uint32_t offered_at_ = 0;
    std::uint32_t answers_in_ = 0;  ///< The second that answers_ counts.
    std::uint32_t answers_ = 0;
    std::size_t last_terminal_type_ = 0;  ///< Its hash.
    std::uint8_t terminal_types_ = 0;     ///< How many were told.
    bool terminal_type_asked_ = false;
    bool charset_asked_ = false;
    bool charset_agreed_ = false;  ///< By its own option: that holds, whatever the environment says.
    bool names_dumb_ = false;
    bool offers_pending_ = false;
    bool peer_negotiates_ = false;
    bool compression_allowed_ = false;
    bool echo_requested_ = false;
};

}  // namespace gyre::net
