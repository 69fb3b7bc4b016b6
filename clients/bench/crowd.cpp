#include "clients/bench/crowd.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>

namespace gyre::bench {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int answer_patience_ms = 60'000;
constexpr std::chrono::milliseconds busy_polling{3};

sockaddr_in address_of(const std::string& address, std::uint16_t port) {
    sockaddr_in result{};
    result.sin_family = AF_INET;
    result.sin_port = htons(port);
    inet_pton(AF_INET, address.c_str(), &result.sin_addr);
    return result;
}

SSL_CTX* tls_context() {
    static SSL_CTX* context = SSL_CTX_new(TLS_client_method());
    return context;
}

bool wait_readable(int descriptor, int milliseconds) {
    pollfd wait{descriptor, POLLIN, 0};
    return poll(&wait, 1, milliseconds) == 1;
}

/// Counts a marker in a stream that comes in pieces.
class Finder {
  public:
    explicit Finder(std::string marker) : marker_(std::move(marker)) {}
    std::size_t count(std::string_view bytes) {
        std::size_t found = 0;
        if (!tail_.empty()) {
            tail_.append(bytes.substr(0, marker_.size() - 1));
            if (tail_.find(marker_) != std::string::npos) ++found;
        }
        for (std::size_t at = 0; (at = bytes.find(marker_, at)) != std::string_view::npos;
             at += marker_.size()) {
            ++found;
        }
        const std::size_t kept = std::min(bytes.size(), marker_.size() - 1);
        tail_ = bytes.substr(bytes.size() - kept);
        return found;
    }

  private:
    std::string marker_;
    std::string tail_;
};

/// One player at work.
struct Worker {
    Player* player;
    Script script;
    std::string line;
    Finder finder;
    bool measured;
    Clock::time_point due;
    bool waiting = false;

    [[nodiscard]] bool is_silent() const { return script.line.empty(); }
    [[nodiscard]] bool is_paced() const { return script.per_second > 0 || script.once; }
    void send_if_due(Clock::time_point now) {
        if (is_silent() || waiting || due > now) return;
        waiting = true;
        player->send(line);
    }
    /// Settles when the next line is due.
    void answered(Clock::time_point heard) {
        waiting = false;
        if (script.once) {
            due = Clock::time_point::max();
        } else if (script.per_second > 0) {
            due += std::chrono::nanoseconds{static_cast<std::int64_t>(1e9 / script.per_second)};
        } else {
            due = heard;
        }
    }
};

/// How long player `index` of `count` holds back: spread over one period, paced players do not march in step.
std::chrono::nanoseconds hold_back(const Script& script, std::size_t index, std::size_t count) {
    if (script.per_second <= 0) return std::chrono::nanoseconds{0};
    return std::chrono::nanoseconds{static_cast<std::int64_t>(
        1e9 / script.per_second * static_cast<double>(index) / static_cast<double>(count))};
}

void send_due(std::vector<Worker>& workers) {
    const Clock::time_point now = Clock::now();
    for (Worker& worker : workers) worker.send_if_due(now);
}

/// Takes in what has come, and sends on if it is the answer. Counts it in `figures`, if there are any.
void hear(Worker& worker, std::string& bytes, Figures* figures) {
    bytes.clear();
    if (!worker.player->receive(bytes)) throw std::runtime_error("a player was cut off: " + bytes);
    if (worker.is_silent() || worker.finder.count(bytes) == 0) return;
    const Clock::time_point heard = Clock::now();
    if (figures != nullptr && worker.measured) {
        ++figures->answers;
        figures->latency.add(
            static_cast<std::uint64_t>(std::max<std::int64_t>(0, (heard - worker.due).count())));
    }
    worker.answered(heard);
    worker.send_if_due(heard);
}

/// What is still under way must not be taken for the next stretch's.
void await_answers(std::vector<Worker>& workers) {
    std::string bytes;
    for (Worker& worker : workers) {
        while (worker.waiting && wait_readable(worker.player->descriptor(), 2000)) {
            bytes.clear();
            if (!worker.player->receive(bytes)) break;
            if (worker.finder.count(bytes) > 0) worker.waiting = false;
        }
    }
}

}  // namespace

Player::Player(std::uint16_t port, const std::string& from_address, bool tls) {
    descriptor_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (from_address != "127.0.0.1") {
        const sockaddr_in from = address_of(from_address, 0);
        if (bind(descriptor_, reinterpret_cast<const sockaddr*>(&from), sizeof from) != 0) {
            throw std::runtime_error("cannot bind to " + from_address);
        }
    }
    const sockaddr_in to = address_of("127.0.0.1", port);
    if (connect(descriptor_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) {
        throw std::runtime_error("cannot connect");
    }
    if (tls) {
        tls_ = SSL_new(tls_context());
        SSL_set_fd(tls_, descriptor_);
        if (SSL_connect(tls_) != 1) throw std::runtime_error("no TLS");
    }
    fcntl(descriptor_, F_SETFL, fcntl(descriptor_, F_GETFL) | O_NONBLOCK);
}

Player::~Player() {
    if (tls_ != nullptr) SSL_free(tls_);
    close(descriptor_);
}

void Player::send(std::string_view bytes) {
    if (tls_ != nullptr) {
        SSL_write(tls_, bytes.data(), static_cast<int>(bytes.size()));
        return;
    }
    if (::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL) < 0)
        throw std::runtime_error("cannot send");
}

bool Player::receive(std::string& into) {
    static std::array<char, 1U << 18U> bytes;
    for (;;) {
        const ssize_t count = tls_ != nullptr ? SSL_read(tls_, bytes.data(), static_cast<int>(bytes.size()))
                                              : recv(descriptor_, bytes.data(), bytes.size(), 0);
        if (count > 0) into.append(bytes.data(), static_cast<std::size_t>(count));
        if (count > 0 && tls_ != nullptr) continue;
        if (count > 0) return true;
        return count < 0 &&
               (tls_ != nullptr ? SSL_get_error(tls_, static_cast<int>(count)) == SSL_ERROR_WANT_READ
                                : errno == EAGAIN);
    }
}

Crowd::Crowd() : epoll_(epoll_create1(EPOLL_CLOEXEC)) {}

Crowd::~Crowd() { close(epoll_); }

Player& Crowd::join(std::uint16_t port, const std::string& from_address, bool tls) {
    players_.push_back(std::make_unique<Player>(port, from_address, tls));
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = players_.size() - 1;
    epoll_ctl(epoll_, EPOLL_CTL_ADD, players_.back()->descriptor(), &event);
    return *players_.back();
}

void Crowd::leave_all() { players_.clear(); }

void Crowd::log_in(Player& player, const std::string& name) {
    ask(player, "create " + name + " " + std::string{password}, "Welcome, ");
    rest(player, std::chrono::milliseconds{2});
}

std::string Crowd::ask(Player& player, std::string_view line, std::string_view marker, Until until) {
    player.send(std::string{line} + "\r\n");
    std::string all;
    std::size_t found = std::string::npos;
    const auto is_complete = [&] {
        return found != std::string::npos &&
               (until == Until::marker || all.find(prompt, found) != std::string::npos);
    };
    while (!is_complete()) {
        if (!wait_readable(player.descriptor(), answer_patience_ms) || !player.receive(all)) {
            throw std::runtime_error("no answer to '" + std::string{line} + "' but: " + all);
        }
        if (found == std::string::npos) found = all.find(marker);
    }
    return all;
}

std::string Crowd::rest(Player& player, std::chrono::milliseconds quiet) {
    std::string all;
    while (wait_readable(player.descriptor(), static_cast<int>(quiet.count())) && player.receive(all)) {}
    return all;
}

int Crowd::wait_events(std::span<epoll_event> events, bool is_paced) const {
    const int room = static_cast<int>(events.size());
    if (is_paced) return epoll_wait(epoll_, events.data(), room, 1);
    const Clock::time_point until = Clock::now() + (busy_ ? busy_polling : std::chrono::milliseconds{0});
    do {
        if (const int count = epoll_wait(epoll_, events.data(), room, 0); count != 0) return count;
    } while (Clock::now() < until);
    return epoll_wait(epoll_, events.data(), room, 20);
}

Figures Crowd::play(std::chrono::duration<double> warm_up, std::chrono::duration<double> measure,
                    const std::function<Script(std::size_t)>& script_of,
                    const std::function<bool(std::size_t)>& measured,
                    const std::function<void()>& on_measure) {
    const Clock::time_point began = Clock::now();
    const auto start = began + std::chrono::duration_cast<Clock::duration>(warm_up);
    const auto end = start + std::chrono::duration_cast<Clock::duration>(measure);
    std::vector<Worker> workers;
    workers.reserve(size());
    for (std::size_t index = 0; index < size(); ++index) {
        const Script script = script_of(index);
        workers.push_back({players_[index].get(), script, script.line + "\r\n", Finder{script.marker},
                           !measured || measured(index),
                           (script.once ? start : began) + hold_back(script, index, size())});
    }
    const bool is_paced = std::ranges::any_of(workers, &Worker::is_paced);
    Figures figures;
    bool is_measuring = false;
    std::string bytes;
    std::array<epoll_event, 256> events{};
    send_due(workers);
    for (Clock::time_point now = began; now < end; now = Clock::now()) {
        if (!is_measuring && now >= start) {
            is_measuring = true;
            if (on_measure) on_measure();
        }
        const int count = wait_events(events, is_paced);
        for (int index = 0; index < count; ++index) {
            const epoll_event& event = events[static_cast<std::size_t>(index)];
            hear(workers[event.data.u64], bytes, is_measuring ? &figures : nullptr);
        }
        if (is_paced) send_due(workers);
    }
    figures.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    await_answers(workers);
    return figures;
}

}  // namespace gyre::bench
