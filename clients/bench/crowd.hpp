#pragma once

#include "engine/base/histogram.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

struct ssl_st;

struct epoll_event;

namespace gyre::bench {

/// What one player of a crowd sends again and again, and how it knows that it was answered.
struct Script {
    std::string line;       ///< Without line end.
    std::string marker;     ///< Bytes that come once in each own answer, and in nothing else.
    double per_second = 0;  ///< 0: again as soon as answered.
    bool once = false;      ///< When measuring begins, and never again.
};

/// What a measured stretch came to.
struct Figures {
    std::uint64_t answers = 0;
    double seconds = 0;
    Histogram latency;  ///< Nanoseconds, from when the line was due.
    [[nodiscard]] double per_second() const { return static_cast<double>(answers) / seconds; }
};

/// A connection of the crowd, plain or over TLS.
class Player {
  public:
    Player(std::uint16_t port, const std::string& from_address, bool tls);
    ~Player();
    Player(const Player&) = delete;
    Player& operator=(const Player&) = delete;

    void send(std::string_view bytes);
    /// Appends what has come; false when the peer closed.
    bool receive(std::string& into);
    [[nodiscard]] int descriptor() const { return descriptor_; }

  private:
    int descriptor_ = -1;
    ssl_st* tls_ = nullptr;
};

/// Many players on one thread.
class Crowd {
  public:
    static constexpr std::string_view prompt = "\xff\xf9";         ///< IAC GA: an answer is complete.
    static constexpr std::string_view password = "correct-horse";  ///< Of all players.

    Crowd();
    ~Crowd();
    Crowd(const Crowd&) = delete;
    Crowd& operator=(const Crowd&) = delete;

    /// One more player.
    Player& join(std::uint16_t port, const std::string& from_address = "127.0.0.1", bool tls = false);
    /// Makes the account and comes in.
    void log_in(Player& player, const std::string& name);
    /// Where an answer ends: with the prompt behind the marker, or with the marker itself.
    enum class Until : std::uint8_t { prompt, marker };
    /// Sends a line and returns all that comes up to and including `marker` (and the prompt behind it).
    std::string ask(Player& player, std::string_view line, std::string_view marker = prompt,
                    Until until = Until::prompt);
    /// Everything that comes until nothing came for so long.
    std::string rest(Player& player, std::chrono::milliseconds quiet);
    /// Each player plays the script that `script_of` gives it; warms up, then measures those for which
    /// `measured` says so.
    Figures play(std::chrono::duration<double> warm_up, std::chrono::duration<double> measure,
                 const std::function<Script(std::size_t)>& script_of,
                 const std::function<bool(std::size_t)>& measured = {},
                 const std::function<void()>& on_measure = {});

    [[nodiscard]] std::size_t size() const { return players_.size(); }
    Player& operator[](std::size_t index) { return *players_[index]; }
    void leave_all();
    /// Whether players who are not paced poll for a while before they sleep. Waking a sleeping process is
    /// work for the one who sends, in a virtual machine much of it, and it falls to whichever server is
    /// slower.
    void poll_busily(bool busy) { busy_ = busy; }

  private:
    [[nodiscard]] int wait_events(std::span<epoll_event> events, bool is_paced) const;

    int epoll_ = -1;
    bool busy_ = false;
    std::vector<std::unique_ptr<Player>> players_;
};

}  // namespace gyre::bench
