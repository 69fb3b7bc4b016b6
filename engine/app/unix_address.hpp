#pragma once

#include <sys/socket.h>
#include <sys/un.h>

#include <cstddef>
#include <cstring>
#include <optional>
#include <string_view>

namespace gyre::app {

/// The address of a Unix socket, as the system's calls want it.
class UnixAddress {
  public:
    /// A path, or with a leading "@" a name in Linux's abstract name space. nullopt when empty or longer than
    /// the system takes (107 bytes).
    static std::optional<UnixAddress> of(std::string_view name) {
        UnixAddress made;
        if (name.empty() || name.size() >= sizeof made.address_.sun_path) return std::nullopt;
        made.address_.sun_family = AF_UNIX;
        std::memcpy(made.address_.sun_path, name.data(), name.size());
        if (name.front() == '@') made.address_.sun_path[0] = '\0';
        made.size_ = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
        return made;
    }
    [[nodiscard]] const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&address_); }
    [[nodiscard]] socklen_t size() const { return size_; }

  private:
    sockaddr_un address_{};
    socklen_t size_ = 0;
};

}  // namespace gyre::app
