#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gyre::net {

/// The parameters of NEW-ENVIRON (RFC 1572, MNES): what a peer tells of its variables.
class EnvironmentReader {
  public:
    struct Variable {
        std::string name;  ///< In upper case; variables of either kind are the same to us.
        std::string value;
    };
    /// Longest name and value that are kept, in bytes; longer ones are cut.
    static constexpr std::size_t max_text = 64;
    /// Most variables that are read of one message.
    static constexpr std::size_t max_variables = 64;

    /// `message`: between IAC SB 39 and IAC SE. Only IS and INFO have variables.
    explicit EnvironmentReader(std::string_view message);
    /// False: there are no more.
    [[nodiscard]] bool next(Variable& variable);

    /// A message that asks for what helps to show text well, and no more: nothing of this asks who somebody
    /// is.
    static std::string_view request();

  private:
    std::string text();

    std::string_view rest_;
    std::size_t count_ = 0;
};

}  // namespace gyre::net
