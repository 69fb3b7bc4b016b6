#pragma once

#include "net/telnet/options_codec.hpp"
#include "net/telnet/telnet_codec.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gyre::play {

/// What the client tells a server of itself; all of it is true.
struct ClientFacts {
    std::string version;          ///< "0.1.0".
    std::string terminal;         ///< In upper case: "XTERM-256COLOR"; "DUMB" where there is none.
    std::uint32_t abilities = 0;  ///< MTTS bits.
    bool utf8 = true;             ///< Else the terminal shows ASCII only.
    bool has_window = true;       ///< Whether `columns` and `rows` are those of a terminal.
    bool compression = true;      ///< Whether MCCP may be agreed on; not inside TLS.
    std::uint16_t columns = 80;
    std::uint16_t rows = 24;
};

/// The client's end of telnet's options. It offers nothing by itself and agrees to what it knows. As
/// PROTOCOLS has it, a disable takes effect at once and only changes of state are answered, so that no two
/// ends can go on for ever. Bytes to send are appended to `out`; `second` is any clock that counts up.
class ClientOptions {
  public:
    /// Most answers in a second; past them nothing is agreed to, and what ends is obeyed in silence.
    static constexpr std::uint32_t max_answers_per_second = 40;
    /// Longest name of a variable that is looked for, in bytes.
    static constexpr std::size_t max_variable_name = 64;

    explicit ClientOptions(ClientFacts facts) : facts_(std::move(facts)) {}

    /// What the caller has to do because of an option.
    enum class Change : std::uint8_t {
        none,
        echo,                 ///< server_echoes() has changed.
        input_is_compressed,  ///< MCCP2: all that comes from here on is one zlib stream.
        compress_output,      ///< MCCP3: what is in `out` is the last that is sent as it is.
        end_compression,      ///< MCCP3 is over; what is in `out` goes behind the stream's end.
        messages,             ///< GMCP was agreed on.
    };
    /// Takes a negotiation, or a subnegotiation of any option but GMCP.
    [[nodiscard]] Change received(const net::TelnetEvent& event, std::uint32_t second, std::string& out);
    /// The terminal has another size: tells it if the server asked for it.
    void resized(std::uint16_t columns, std::uint16_t rows, std::string& out);

    /// It says so while what is typed must not be seen.
    [[nodiscard]] bool server_echoes() const { return server_does(net::TelnetOption::echo); }
    [[nodiscard]] bool server_does(net::TelnetOption option) const;
    [[nodiscard]] const ClientFacts& facts() const { return facts_; }

    static constexpr std::size_t option_count = 10;

  private:
    struct Row;
    static const std::array<Row, option_count>& rows();
    [[nodiscard]] static std::size_t index_of(std::uint8_t option);  ///< option_count if unknown.
    [[nodiscard]] bool agrees(const Row& row, bool ours) const;
    bool may_answer(std::uint32_t second);
    Change negotiated(const net::TelnetEvent& event, std::uint32_t second, std::string& out);
    Change turned_on(net::TelnetOption option, bool ours, std::string& out);
    Change subnegotiated(const net::TelnetEvent& event, std::uint32_t second, std::string& out);
    void tell_terminal_type(std::string& out);
    void tell_window(std::string& out) const;
    void tell_variables(std::string_view wanted, std::string& out) const;
    [[nodiscard]] std::string value_of(std::string_view name) const;
    void answer_charset(std::string_view request, std::string& out) const;

    ClientFacts facts_;
    std::array<bool, option_count> ours_{};
    std::array<bool, option_count> theirs_{};
    std::uint32_t answers_in_ = 0;  ///< The second that answers_ counts.
    std::uint32_t answers_ = 0;
    unsigned types_told_ = 0;
};

}  // namespace gyre::play
