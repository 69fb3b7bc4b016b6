#include "clients/bench/bare.hpp"

#include <array>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/signal_set.hpp>
#include <chrono>
#include <cstdio>
#include <memory>
#include <string_view>
#include <vector>

namespace gyre::bench {

namespace {

using asio::ip::tcp;
using Clock = std::chrono::steady_clock;

constexpr int turn_handlers = 256;
constexpr std::chrono::milliseconds turn_time{2};

class Peer;

class Bare {
  public:
    explicit Bare(const BareAnswers& answers) : answers_(answers), acceptor_(context_) {}
    int run();

    const BareAnswers& answers() const { return answers_; }
    std::array<char, 65536>& input() { return input_; }
    void flush_later(const std::shared_ptr<Peer>& peer) { dirty_.push_back(peer); }
    const std::vector<std::shared_ptr<Peer>>& peers() const { return peers_; }

  private:
    void accept_next();
    void turn();

    const BareAnswers& answers_;
    asio::io_context context_{1};
    tcp::acceptor acceptor_;
    std::array<char, 65536> input_{};
    std::vector<std::shared_ptr<Peer>> peers_;
    std::vector<std::shared_ptr<Peer>> dirty_;
};

class Peer final : public std::enable_shared_from_this<Peer> {
  public:
    Peer(tcp::socket socket, Bare& bare, std::size_t index)
        : socket_(std::move(socket)), bare_(bare), index_(index) {
        socket_.set_option(tcp::no_delay(true));
        socket_.non_blocking(true);
    }

    void wait() {
        socket_.async_wait(tcp::socket::wait_read, [self = shared_from_this()](std::error_code error) {
            if (!error) self->read();
        });
    }
    void append(std::string_view bytes) {
        if (output_.empty()) bare_.flush_later(shared_from_this());
        output_ += bytes;
    }
    void flush() {
        std::error_code error;
        output_.erase(0, socket_.write_some(asio::buffer(output_), error));
        if (error && error != asio::error::would_block) output_.clear();
        if (output_.empty()) return;
        socket_.async_wait(tcp::socket::wait_write, [self = shared_from_this()](std::error_code failed) {
            if (!failed) self->bare_.flush_later(self);
        });
    }

  private:
    void read() {
        std::error_code error;
        const std::size_t count = socket_.read_some(asio::buffer(bare_.input()), error);
        if (error == asio::error::would_block) return wait();
        if (error) return socket_.close(error), void();
        for (std::size_t at = 0; at < count; ++at) {
            if (bare_.input()[at] == '\n') answer();
        }
        wait();
    }
    void answer() {
        append(bare_.answers().own);
        if (bare_.answers().others.empty()) return;
        const std::size_t group = bare_.answers().group;
        const std::size_t first = index_ / group * group;
        for (std::size_t other = first; other < first + group && other < bare_.peers().size(); ++other) {
            if (other != index_) bare_.peers()[other]->append(bare_.answers().others);
        }
    }

    tcp::socket socket_;
    Bare& bare_;
    std::size_t index_;
    std::string output_;
};

void Bare::accept_next() {
    acceptor_.async_accept([this](std::error_code error, tcp::socket socket) {
        if (error == asio::error::operation_aborted) return;
        if (!error) {
            peers_.push_back(std::make_shared<Peer>(std::move(socket), *this, peers_.size()));
            peers_.back()->wait();
        }
        accept_next();
    });
}

void Bare::turn() {
    context_.run_one();
    const auto end = Clock::now() + turn_time;
    for (int count = 1; count < turn_handlers && Clock::now() < end; ++count) {
        if (context_.poll_one() == 0) break;
    }
    std::vector<std::shared_ptr<Peer>> dirty;
    dirty.swap(dirty_);
    for (const auto& peer : dirty) peer->flush();
    if (dirty_.empty()) {
        dirty.clear();
        dirty_.swap(dirty);  // Keeps the memory.
    }
}

int Bare::run() {
    acceptor_.open(tcp::v4());
    acceptor_.set_option(tcp::acceptor::reuse_address(true));
    acceptor_.bind({asio::ip::address_v4::loopback(), 0});
    acceptor_.listen(4096);
    accept_next();
    asio::signal_set signals(context_, SIGTERM);
    signals.async_wait([this](std::error_code, int) { context_.stop(); });
    std::printf("ready bare://127.0.0.1:%u\n", static_cast<unsigned>(acceptor_.local_endpoint().port()));
    static_cast<void>(std::fflush(stdout));
    while (!context_.stopped()) turn();
    return 0;
}

}  // namespace

int serve_bare(const BareAnswers& answers) { return Bare(answers).run(); }

}  // namespace gyre::bench
