#pragma once

#include "engine/base/ids.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gyre::reactor {

/// What one connection is going to be told, in order. A stretch of bytes may need a batch and leaves once
/// that batch is durable; a barrier changes the connection when all before it has left. Sits on the
/// protocol's side of TLS and compression. An empty queue keeps no memory.
class OutputQueue {
  public:
    /// A change of the connection that keeps its place among the bytes.
    enum class Barrier : std::uint8_t {
        start_tls,
        start_compress2,  ///< What follows is a zlib stream; the name is the telnet option's.
        end_compress2,
        close,
    };

    /// `needs`: the batch that these bytes reveal, or 0. They never overtake what was appended earlier.
    void append(std::string_view bytes, BatchNumber needs);
    void append(Barrier barrier);

    /// What needs `durable` or an earlier batch may leave now. Returns how many bytes that freed.
    std::size_t release(BatchNumber durable);
    /// Forgets what may not leave yet, barriers behind it included.
    void drop_held();
    void clear();

    /// The bytes that may leave now, up to the next barrier; valid until the next change.
    [[nodiscard]] std::string_view sendable() const;
    /// The first `count` bytes of sendable() have left.
    void sent(std::size_t count);
    /// The barrier that everything before has left; nullopt while there is none or bytes are before it.
    [[nodiscard]] std::optional<Barrier> reached() const;
    /// Whether the next barrier, however far away, is `barrier`.
    [[nodiscard]] bool is_next(Barrier barrier) const {
        return !barriers_.empty() && barriers_.front().kind == barrier;
    }
    [[nodiscard]] bool has(Barrier barrier) const;
    /// Precondition: reached().
    void pass_barrier();

    [[nodiscard]] bool empty() const { return bytes_.empty() && barriers_.empty(); }
    [[nodiscard]] std::size_t held_bytes() const { return bytes_.size() - released_; }
    /// May leave, and waits only for the peer; barriers do not count.
    [[nodiscard]] std::size_t released_bytes() const { return released_ - sent_; }
    [[nodiscard]] std::size_t unsent_bytes() const { return bytes_.size() - sent_; }

  private:
    struct Mark {
        BatchNumber needs = 0;
        std::size_t end = 0;  ///< Offset in bytes_ behind the last byte that needs this batch.
    };
    struct PlacedBarrier {
        std::size_t place = 0;  ///< Offset in bytes_ of the first byte behind it.
        Barrier kind = Barrier::close;
    };
    static constexpr std::size_t first_capacity = 512;

    std::string bytes_;
    std::size_t sent_ = 0;      ///< bytes_[0, sent_) are gone.
    std::size_t released_ = 0;  ///< bytes_[sent_, released_) may leave.
    std::vector<Mark> marks_;   ///< One for each batch that bytes wait for, oldest first.
    std::vector<PlacedBarrier> barriers_;
};

}  // namespace gyre::reactor
