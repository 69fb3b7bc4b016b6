#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string_view>

namespace gyre {

/// Work that must not run on the reactor: password hashing, DNS, backup.
class Jobs {
  public:
    virtual ~Jobs() = default;
    /// Runs `work` on a worker thread, then `finished` on the reactor. `source` is the peer's network (an
    /// IPv4 address, or an IPv6 /64) and shares a quota with its equals; empty means the server itself.
    /// Returns how many jobs are ahead of it (0: starts at once), or nullopt when the queue is full.
    virtual std::optional<std::size_t> submit(std::string_view source, std::function<void()> work,
                                              std::function<void()> finished) = 0;
};

}  // namespace gyre
