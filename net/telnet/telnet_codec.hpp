#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gyre::net {

/// The commands that may follow IAC. RFC 854 "TELNET command structure", RFC 885 (EOR).
enum class TelnetCommand : std::uint8_t {
    eor = 239,
    se = 240,
    nop = 241,
    data_mark = 242,
    brk = 243,
    interrupt_process = 244,
    abort_output = 245,
    are_you_there = 246,
    erase_character = 247,
    erase_line = 248,
    go_ahead = 249,
    sb = 250,
    will = 251,
    wont = 252,
    do_it = 253,
    dont = 254,
    iac = 255,
};

inline constexpr char telnet_iac = '\xff';

/// Something a telnet peer sent. `bytes` is valid until the next call of TelnetCodec::next().
struct TelnetEvent {
    enum class Kind : std::uint8_t {
        line,            ///< `bytes`: what was typed, edited, without its end; in the peer's charset.
        command,         ///< `command`; EC and EL are carried out by the codec and not seen.
        negotiation,     ///< `command` is WILL, WONT, DO or DONT, about `option`.
        keys,            ///< `bytes`: what was typed, as it came, IAC undoubled.
        subnegotiation,  ///< `bytes`: between IAC SB `option` and IAC SE, IAC undoubled.
    };
    Kind kind = Kind::line;
    TelnetCommand command = TelnetCommand::nop;
    std::uint8_t option = 0;
    /// The limit was passed: a line is cut there, a subnegotiation is empty (also when it was malformed).
    bool too_long = false;
    std::string_view bytes;
};

/// Telnet as bytes <-> events (RFC 854, 855). Holds at most one line and one subnegotiation.
///
/// Lines end with CR LF, CR NUL, LF or LF CR, split anywhere, and also with a bare CR. Peers in character
/// mode do not edit, so BS, DEL and EC remove the last character, ^U and EL the line, ^W the last word.
class TelnetCodec {
  public:
    /// Longest line in bytes, its end excluded. Ours; the rest of a longer one is dropped.
    static constexpr std::size_t max_line = 4096;
    /// Longest subnegotiation in bytes. Ours; a longer one is dropped up to its IAC SE.
    static constexpr std::size_t max_subnegotiation = 8192;
    /// The same for option 201, GMCP.
    static constexpr std::size_t max_gmcp = 64U << 10;

    /// Takes bytes from the front of `input` up to the end of the next event. False: `input` is used up and
    /// more must come first.
    [[nodiscard]] bool next(std::string_view& input, TelnetEvent& event);
    /// From now on what is typed comes as keys and is edited elsewhere, or as lines again.
    void tell_keys(bool keys) { tells_keys_ = keys; }
    /// What was typed of a line that has no end yet; it is forgotten here.
    [[nodiscard]] std::string take_unfinished();
    /// The next line begins with this, as if it had been received; what is beyond max_line is cut off.
    void begin_line(std::string typed);

    /// Appends `text` with IAC doubled. RFC 854 "transparent data".
    static void encode(std::string_view text, std::string& out);
    /// Whether encode() would change `text`.
    [[nodiscard]] static bool needs_encoding(std::string_view text);
    /// Appends IAC `command`.
    static void encode_command(TelnetCommand command, std::string& out);
    /// Appends IAC `command` `option`.
    static void encode_negotiation(TelnetCommand command, std::uint8_t option, std::string& out);
    /// Appends IAC SB `option` `bytes` IAC SE, IAC doubled.
    static void encode_subnegotiation(std::uint8_t option, std::string_view bytes, std::string& out);

  private:
    enum class State : std::uint8_t {
        data,
        after_iac,
        after_verb,  ///< IAC WILL, WONT, DO or DONT came, kept in verb_.
        after_sb,    ///< IAC SB came.
        in_sb,       ///< IAC SB option_ came.
        iac_in_sb,
    };
    /// What of a line's end may still belong to the line before.
    enum class LineEnd : std::uint8_t { none, cr, lf, lf_cr };

    /// Each takes what it can and returns whether `event` is complete.
    bool take_data(std::string_view& input, TelnetEvent& event);
    bool take_keys(std::string_view& input, TelnetEvent& event);
    static bool keys_came(std::string_view keys, TelnetEvent& event);
    bool take_after_iac(char byte, TelnetEvent& event);
    bool take_subnegotiation(std::string_view& input, TelnetEvent& event);
    bool take_control(char byte, TelnetEvent& event);
    /// True if `byte` ended a line; also swallows the second half of an end.
    bool ends_line(char byte);
    void append_to_line(std::string_view plain);
    void erase_character();
    void erase_word();
    void erase_line();
    bool finish_line(TelnetEvent& event);
    bool finish_subnegotiation(TelnetEvent& event);
    void forget_finished();
    [[nodiscard]] std::size_t subnegotiation_limit() const;

    std::string line_;
    std::string subnegotiation_;
    State state_ = State::data;
    LineEnd line_end_ = LineEnd::none;
    TelnetCommand verb_ = TelnetCommand::nop;
    std::uint8_t option_ = 0;
    bool line_too_long_ = false;
    bool subnegotiation_dropped_ = false;
    bool tells_keys_ = false;
    bool line_seen_ = false;  ///< The last event shows line_, to be cleared at the next call.
};

}  // namespace gyre::net
