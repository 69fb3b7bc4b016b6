#pragma once

#include "clients/terminal/client_options.hpp"
#include "clients/terminal/display_filter.hpp"
#include "clients/terminal/screen.hpp"
#include "clients/terminal/status_line.hpp"
#include "engine/reactor/compression.hpp"
#include "net/telnet/compressed_input.hpp"
#include "net/telnet/telnet_codec.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace gyre::play {

/// One connection to a server, without I/O: bytes of the server and keys (or whole lines) go in, bytes for
/// the server and for the terminal come out. What the server may do to memory and terminal is bounded,
/// whatever it sends.
class PlaySession {
  public:
    /// What one call of received() may become when it is decompressed: more is a bomb. Texts shrink to a
    /// fifth; this is what 16 KiB hold when they shrank to a 128th.
    static constexpr std::size_t max_plain = 2U << 20;
    /// Most bytes that received() takes at once.
    static constexpr std::size_t max_received = 16U << 10;
    /// Bytes that wait for the server at most; a server that reads nothing gets no more.
    static constexpr std::size_t max_output = 1U << 20;
    /// Text that is kept for take_text(); of more the beginning is dropped.
    static constexpr std::size_t max_text = 256U << 10;

    enum class KeepText : std::uint8_t { no, yes };
    struct Settings {
        ClientFacts facts;
        std::optional<Screen::Settings> screen;  ///< None: lines are passed through, in and out.
        bool status_line = true;
        KeepText keep_text = KeepText::no;
    };
    explicit PlaySession(const Settings& settings);

    /// Takes the terminal over.
    void begin();
    /// Gives it back; nothing is shown after that, until begin().
    void end();

    /// Bytes came from the server. `second`: any clock that counts up. Precondition: fault().empty() and at
    /// most max_received bytes.
    void received(std::string_view bytes, std::uint32_t second);
    /// Nothing more comes for now.
    void settle();
    /// Keys were pressed. Precondition: there is a screen.
    void typed(std::string_view keys);
    /// Bytes came by a pipe: the lines in them are sent, the beginning of one waits for its end. Empty:
    /// nothing more comes, and what waits is sent.
    void piped(std::string_view bytes);
    /// A whole line for the server, in UTF-8 without its end.
    void send_line(std::string_view line);
    void resized(std::uint16_t columns, std::uint16_t rows);
    /// Words of our own, for who sits in front of the screen; nobody sees them where there is none.
    void note(std::string_view words);

    /// What must go to the server, and to the terminal; each is handed over once.
    [[nodiscard]] std::string take_output();
    [[nodiscard]] std::string take_screen();
    /// What the server said, as plain text with '\n' behind each line; only with KeepText::yes.
    [[nodiscard]] std::string take_text();
    /// Why the connection cannot go on; empty as long as it can.
    [[nodiscard]] const std::string& fault() const { return fault_; }
    /// Ctrl-D in an empty line.
    [[nodiscard]] bool wants_to_leave() const { return wants_to_leave_; }
    /// What is typed must not be seen.
    [[nodiscard]] bool is_secret() const { return options_.server_echoes(); }

  private:
    void decode(std::string_view& bytes);
    void decompress(std::string_view& bytes, std::size_t& room);
    void take(const net::TelnetEvent& event);
    void take_option(const net::TelnetEvent& event);
    void take_message(const net::TelnetEvent& event);
    void request_messages();
    void end_prompt();
    void show(std::string_view bytes);
    void pass_through(const DisplayPiece& piece);
    void keep_text(std::string_view text);
    void write(std::string_view bytes);

    Settings settings_;
    net::TelnetCodec codec_;
    ClientOptions options_;
    DisplayFilter filter_;
    std::optional<Screen> screen_;
    StatusLine status_;
    std::unique_ptr<net::CompressedInput> compressed_input_;
    std::unique_ptr<reactor::Deflater> compressed_output_;
    std::string output_;
    std::string passed_;  ///< For the terminal when there is no screen.
    std::string line_;    ///< Of a pipe, without its end yet.
    std::string text_;
    std::string fault_;
    std::uint32_t second_ = 0;
    bool line_begun_ = false;  ///< Without a screen: the last line shown has no end yet.
    bool status_changed_ = false;
    bool wants_to_leave_ = false;
    bool shows_ = false;
};

}  // namespace gyre::play
