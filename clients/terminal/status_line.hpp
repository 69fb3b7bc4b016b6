#pragma once

#include "net/gmcp/gmcp_codec.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gyre::play {

/// What GMCP tells of a character and where he is, as one line: name, place, ways out, vitals, coins. Servers
/// other than ours send much the same.
class StatusLine {
  public:
    /// Vitals and ways that are kept; further ones are passed over. Ours.
    static constexpr std::size_t max_entries = 16;
    /// Longest word of any kind, in bytes; a longer one is cut.
    static constexpr std::size_t max_word = 64;

    /// What a client sends when GMCP was agreed on: who it is, and what it wants to hear.
    [[nodiscard]] static std::vector<std::string> requests(std::string_view version);

    /// Takes one GMCP message. True: the line has changed.
    [[nodiscard]] bool received(std::string_view message);
    /// Of at most `columns`, cut at their end; empty: nothing was told yet.
    [[nodiscard]] std::string text(std::uint16_t columns) const;

  private:
    using Entries = std::vector<std::pair<std::string, std::string>>;
    void take_vitals(const net::Json& body);
    void take_status(const net::Json& body);
    void take_room(const net::Json& body);

    std::string name_;
    std::string coins_;
    std::string room_;
    std::vector<std::string> ways_;
    Entries vitals_;
};

}  // namespace gyre::play
