#pragma once

#include "engine/base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace gyre::net {

/// What says `clause`, as a sentence with its line end.
[[nodiscard]] std::string sentence(std::string clause);

/// Whether `name` may choose `password`; else why not is said.
[[nodiscard]] bool acceptable_password(std::string_view password, std::string_view name, std::string& says);

/// Changing one's password in the game: the old one, the new one, the new one again.
class PasswordChange {
  public:
    enum class Next : std::uint8_t {
        ask,
        change,   ///< Replace old_password() by password(), then call changed().
        give_up,  ///< It is over, without a change.
    };

    [[nodiscard]] Next typed(std::string_view line, std::string& says);
    /// What the world said to it.
    static void changed(const Status& status, std::string& says);
    [[nodiscard]] std::string prompt() const;

    [[nodiscard]] const std::string& old_password() const { return old_password_; }
    [[nodiscard]] const std::string& password() const { return password_; }

  private:
    enum class State : std::uint8_t { old_password, new_password, again };

    std::string old_password_;
    std::string password_;
    State state_ = State::old_password;
};

}  // namespace gyre::net
