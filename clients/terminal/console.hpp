#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace gyre::play {

/// Standard input and output of this process. Where both are a terminal it can be taken over: each key comes
/// as it is pressed and nothing is echoed. It is given back at the latest when this goes.
class Console {
  public:
    struct Size {
        std::uint16_t columns = 80;
        std::uint16_t rows = 24;
        friend bool operator==(const Size&, const Size&) = default;
    };

    Console();
    ~Console();
    Console(const Console&) = delete;
    Console& operator=(const Console&) = delete;

    /// Somebody sits there: input and output both are a terminal that knows escape sequences.
    [[nodiscard]] bool is_terminal() const { return is_terminal_; }
    /// What it shows is UTF-8; else ASCII is all that is sure.
    [[nodiscard]] bool is_utf8() const { return is_utf8_; }
    /// "XTERM-256COLOR"; "DUMB" where there is none.
    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] Size size() const;

    /// Does nothing where there is no terminal.
    void take_over();
    void give_back();

    /// Waits for input and reads some of it; for a thread of its own. 0: there is no more.
    [[nodiscard]] static std::size_t read(std::span<char> buffer);
    /// Writes all of it. False: nobody reads it any more.
    [[nodiscard]] bool write(std::string_view bytes);

  private:
    struct Modes;
    std::unique_ptr<Modes> before_;  ///< What take_over() changed.
    std::string name_;
    bool is_terminal_ = false;
    bool is_utf8_ = false;
};

}  // namespace gyre::play
