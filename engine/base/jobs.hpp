#pragma once

#include <cstddef>
#include <cstdint>
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

    /// Names a submitted job; 0 is none.
    using Ticket = std::uint64_t;
    /// The job that submit() accepted last.
    [[nodiscard]] virtual Ticket last_ticket() const { return 0; }
    /// How many jobs are ahead of it now; 0 once it runs or is done. For telling people how the queue moves.
    [[nodiscard]] virtual std::size_t ahead_of(Ticket) const { return 0; }
};

}  // namespace gyre
