#pragma once

#include "engine/reactor/transport.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gyre::test {

/// A Transport without a socket: keeps what a protocol wrote, in order, with its marks and barriers.
///
///     MemoryTransport transport;
///     protocol.connection_made(transport);
///     exchange(protocol, transport, "look\r\n");
///     CHECK(transport.take() == "A square.\r\n> ");
class MemoryTransport final : public reactor::Transport {
  public:
    struct Entry {
        enum class Kind : std::uint8_t { bytes, start_tls, start_compression, end_compression, close };
        Kind kind = Kind::bytes;
        std::string bytes;
        BatchNumber needs = 0;
    };

    /// A peer on loopback, unencrypted, whose passwords are accepted.
    MemoryTransport() {
        peer_.address = "127.0.0.1";
        peer_.network = "127.0.0.1";
        peer_.port = 40'000;
        peer_.local = true;
        peer_.plaintext_allowed = true;
    }
    explicit MemoryTransport(reactor::Peer peer) : peer_(std::move(peer)) {}

    using Transport::write;
    void write(std::string_view bytes, BatchNumber needs) override {
        if (!open() || bytes.empty()) return;
        if (entries_.empty() || entries_.back().kind != Entry::Kind::bytes ||
            entries_.back().needs != needs) {
            entries_.push_back({Entry::Kind::bytes, {}, needs});
        }
        entries_.back().bytes += bytes;
    }
    void start_tls() override {
        if (open()) entries_.push_back({Entry::Kind::start_tls, {}, 0});
    }
    void start_compression() override {
        if (open()) entries_.push_back({Entry::Kind::start_compression, {}, 0});
    }
    void end_compression() override {
        if (open()) entries_.push_back({Entry::Kind::end_compression, {}, 0});
    }
    [[nodiscard]] bool compression_possible() const override { return !peer_.encrypted; }
    void lose_connection() override {
        if (open()) entries_.push_back({Entry::Kind::close, {}, 0});
        closing_ = true;
    }
    void abort_connection(std::string_view reason) override {
        if (!std::exchange(aborted_, true)) abort_reason_ = reason;
    }
    void wake() override { woken_ = true; }
    void set_idle_limit(std::uint32_t seconds) override { idle_limit_ = seconds; }
    [[nodiscard]] const reactor::Peer& peer() const override { return peer_; }

    /// For tests of what depends on the peer; change it before connection_made().
    [[nodiscard]] reactor::Peer& peer_to_change() { return peer_; }

    /// Everything written and not taken, stretches of equal marks joined.
    [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
    /// All bytes not taken, whatever they wait for.
    [[nodiscard]] std::string text() const {
        std::string all;
        for (const Entry& entry : entries_) all += entry.bytes;
        return all;
    }
    /// As text(), and forgets them; barriers too.
    std::string take() {
        std::string all = text();
        entries_.clear();
        return all;
    }
    /// What the peer has when `durable` is on disk and the network is fast: takes it. Order is kept: nothing
    /// overtakes what still waits.
    std::string release(BatchNumber durable) {
        const auto waits = [durable](const Entry& entry) { return entry.needs > durable; };
        const auto first_held = std::find_if(entries_.begin(), entries_.end(), waits);
        std::string released;
        for (auto entry = entries_.begin(); entry != first_held; ++entry) released += entry->bytes;
        entries_.erase(entries_.begin(), first_held);
        return released;
    }

    /// The newest batch that anything not taken waits for; 0: nothing waits.
    [[nodiscard]] BatchNumber newest_mark() const {
        BatchNumber newest = 0;
        for (const Entry& entry : entries_) newest = std::max(newest, entry.needs);
        return newest;
    }
    /// lose_connection() or abort_connection() was called: nothing written later counts.
    [[nodiscard]] bool closing() const { return closing_ || aborted_; }
    [[nodiscard]] bool aborted() const { return aborted_; }
    [[nodiscard]] const std::string& abort_reason() const { return abort_reason_; }
    /// Whether start_tls() was called and not taken.
    [[nodiscard]] bool tls_requested() const {
        return std::any_of(entries_.begin(), entries_.end(),
                           [](const Entry& entry) { return entry.kind == Entry::Kind::start_tls; });
    }
    /// Whether wake() was called since this was last asked.
    [[nodiscard]] bool take_wake() { return std::exchange(woken_, false); }
    /// Seconds of silence allowed; 0: for ever.
    [[nodiscard]] std::uint32_t idle_limit() const { return idle_limit_; }

  private:
    [[nodiscard]] bool open() const { return !closing(); }

    reactor::Peer peer_;
    std::vector<Entry> entries_;
    std::string abort_reason_;
    std::uint32_t idle_limit_ = 0;
    bool closing_ = false;
    bool aborted_ = false;
    bool woken_ = false;
};

/// What a turn of the reactor does: hands over the bytes, lets the protocol act on all of it, running
/// `between` (a fake gate's replies) after each step, and ends with about_to_flush().
template <class Between>
void exchange(reactor::Protocol& protocol, MemoryTransport& transport, std::string_view bytes,
              Between&& between) {
    if (!bytes.empty()) protocol.bytes_received(bytes);
    between();
    bool more = true;
    while (!transport.closing() && (more || transport.take_wake())) {
        more = protocol.handle_next();
        between();
    }
    protocol.about_to_flush();
}

inline void exchange(reactor::Protocol& protocol, MemoryTransport& transport, std::string_view bytes) {
    exchange(protocol, transport, bytes, [] {});
}

}  // namespace gyre::test
