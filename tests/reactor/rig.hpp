#pragma once

#include "engine/base/durability.hpp"
#include "engine/reactor/listener.hpp"
#include "engine/reactor/reactor.hpp"
#include "tests/support/fake_clock.hpp"

#include <catch2/catch.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstring>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gyre::test {

/// A store whose disk turns by hand.
class FakeDisk final : public Durability {
  public:
    [[nodiscard]] BatchNumber durable() const override { return durable_; }
    [[nodiscard]] BatchNumber newest() const override { return changed_ ? sealed_ + 1 : sealed_; }
    bool seal() override {
        if (!std::exchange(changed_, false)) return false;
        ++sealed_;
        if (!writing()) begin_commit();
        return true;
    }
    [[nodiscard]] bool overfull() const override { return full; }

    /// Something changes; returns the batch that holds it.
    BatchNumber change() {
        changed_ = true;
        return newest();
    }
    [[nodiscard]] bool writing() const { return in_flight_ != durable_; }
    /// The commit in flight is on disk.
    void commit(reactor::Reactor& reactor) {
        REQUIRE(writing());
        durable_ = in_flight_;
        if (sealed_ != durable_) begin_commit();
        reactor.batch_durable(durable_);
    }

    bool full = false;
    int commits = 0;  ///< Begun.

  private:
    void begin_commit() {
        in_flight_ = sealed_;
        ++commits;
    }

    BatchNumber durable_ = 0;
    BatchNumber in_flight_ = 0;
    BatchNumber sealed_ = 0;
    bool changed_ = false;
};

/// What a LineProtocol saw, kept when it is gone.
struct Seen {
    std::vector<std::string> handled;
    int made = 0;
    int flushes = 0;
    int lost = 0;
    std::string reason;
    std::vector<reactor::Protocol::Ending> endings;
};

/// Lines in; what each does is up to `act`. By default: "say X" tells X, "change X" tells X once the change
/// is on disk, "quit" closes.
class LineProtocol final : public reactor::Protocol {
  public:
    using Act = std::function<void(LineProtocol&, std::string_view)>;
    LineProtocol(Seen& seen, FakeDisk& disk, Act act) : seen_(seen), disk_(disk), act_(std::move(act)) {}

    void connection_made(reactor::Transport& made) override {
        transport = &made;
        ++seen_.made;
        if (!greeting.empty()) made.write(greeting);
    }
    void bytes_received(std::string_view bytes) override { input_ += bytes; }
    bool handle_next() override {
        const std::size_t end = input_.find('\n');
        if (end == std::string::npos || waiting) return false;
        const std::string line = input_.substr(0, end);
        input_.erase(0, end + 1);
        seen_.handled.push_back(line);
        act_ ? act_(*this, line) : usual(line);
        return true;
    }
    [[nodiscard]] bool answer_pending() const override { return waiting; }
    void about_to_flush() override { ++seen_.flushes; }
    void say_goodbye(Ending ending) override {
        seen_.endings.push_back(ending);
        transport->write(ending == Ending::shutdown  ? "bye\n"
                         : ending == Ending::silence ? "too quiet\n"
                                                     : "the disk failed\n");
    }
    void connection_lost(std::string_view reason) override {
        ++seen_.lost;
        seen_.reason = reason;
    }

    void usual(std::string_view line) {
        if (line.starts_with("say ")) transport->write(std::string(line.substr(4)) + "\n");
        if (line.starts_with("change ")) transport->write(std::string(line.substr(7)) + "\n", disk_.change());
        if (line == "starttls") {
            transport->write("go\n");
            transport->start_tls();
            input_.clear();
        }
        if (line == "quit") transport->lose_connection();
    }

    reactor::Transport* transport = nullptr;
    std::string greeting;
    bool waiting = false;

  private:
    Seen& seen_;
    FakeDisk& disk_;
    Act act_;
    std::string input_;
};

/// A reactor with a virtual clock, a disk that turns by hand and one listener, turned from the test.
class Rig {
  public:
    static constexpr std::chrono::seconds patience{5};

    explicit Rig(const reactor::ConnectionLimits& limits = {}) : reactor(disk, clock, limits) {}

    std::shared_ptr<reactor::Listener> listen(const std::string& url, reactor::Door door = {}) {
        static constexpr std::array<KnownScheme, 1> schemes{{{"test", 0}}};
        door.make_protocol = [this](const reactor::Peer& peer) {
            peers.push_back(peer);
            auto protocol = std::make_unique<LineProtocol>(seen, disk, act);
            protocol->greeting = greeting;
            newest = protocol.get();
            return protocol;
        };
        auto endpoint = parse_endpoint(url, schemes);
        REQUIRE(endpoint);
        auto listener = reactor::Listener::open(reactor, endpoint.value(), std::move(door));
        if (!listener) FAIL(listener.error().text);
        return std::move(listener).value();
    }
    std::shared_ptr<reactor::Listener> listen() { return listen("test://127.0.0.1:0"); }

    void turn() { reactor.turn(reactor::Reactor::Waiting::no); }
    void turns(int count) {
        for (int left = count; left > 0; --left) turn();
    }
    /// Turns until it is so; whether it came so.
    template <class Condition>
    bool until(Condition&& condition) {
        const auto end = std::chrono::steady_clock::now() + patience;
        while (!condition()) {
            if (std::chrono::steady_clock::now() > end) return false;
            turn();
            if (!condition()) ::usleep(100);
        }
        return true;
    }
    /// Turns for long enough that what is going to happen on this machine has happened.
    void settle() {
        for (int left = 30; left > 0; --left) {
            turn();
            ::usleep(200);
        }
    }

    FakeClock clock;
    FakeDisk disk;
    Seen seen;
    LineProtocol::Act act;
    std::string greeting;
    LineProtocol* newest = nullptr;
    std::vector<reactor::Peer> peers;
    reactor::Reactor reactor;
};

/// A client's socket that never blocks.
class Client {
  public:
    explicit Client(const Endpoint& endpoint) : Client(endpoint, {}) {}
    /// With a small receive buffer, if `receive_buffer` is not 0.
    Client(const Endpoint& endpoint, std::optional<int> receive_buffer) {
        const int family = endpoint.is_unix() ? AF_UNIX : endpoint.is_ipv6() ? AF_INET6 : AF_INET;
        descriptor_ = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
        REQUIRE(descriptor_ >= 0);
        if (receive_buffer) {
            ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVBUF, &*receive_buffer, sizeof *receive_buffer);
        }
        REQUIRE(connect_to(endpoint) == 0);
    }
    ~Client() { close(); }
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    void send(std::string_view bytes) const {
        CHECK(::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL) ==
              static_cast<ssize_t>(bytes.size()));
    }
    void finish_sending() const { ::shutdown(descriptor_, SHUT_WR); }
    /// Reads what is there; all that was ever read.
    const std::string& text() {
        std::array<char, 65536> buffer{};
        while (true) {
            const ssize_t count = ::recv(descriptor_, buffer.data(), buffer.size(), MSG_DONTWAIT);
            if (count < 0 && errno == EAGAIN) return text_;
            ended_ = count == 0;
            reset_ = count < 0;
            if (count <= 0) return text_;
            text_.append(buffer.data(), static_cast<std::size_t>(count));
        }
    }
    /// The server has closed, in order.
    bool ended() { return text(), ended_; }
    bool reset() { return text(), reset_; }
    void close() {
        if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
    }
    [[nodiscard]] int descriptor() const { return descriptor_; }

  private:
    [[nodiscard]] int connect_to(const Endpoint& endpoint) const {
        if (endpoint.is_unix()) {
            sockaddr_un address{};
            address.sun_family = AF_UNIX;
            endpoint.path.copy(address.sun_path, sizeof address.sun_path - 1);
            return connect_to(address);
        }
        if (endpoint.is_ipv6()) {
            sockaddr_in6 address{};
            address.sin6_family = AF_INET6;
            address.sin6_port = htons(endpoint.port);
            address.sin6_addr = in6addr_loopback;
            return connect_to(address);
        }
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(endpoint.port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        return connect_to(address);
    }
    template <class Address>
    [[nodiscard]] int connect_to(const Address& address) const {
        sockaddr_storage storage{};
        std::memcpy(&storage, &address, sizeof address);
        return ::connect(descriptor_, reinterpret_cast<const sockaddr*>(&storage), sizeof address);
    }

    int descriptor_ = -1;
    std::string text_;
    bool ended_ = false;
    bool reset_ = false;
};

}  // namespace gyre::test
