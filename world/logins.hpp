#pragma once

#include "engine/base/clock.hpp"
#include "engine/base/jobs.hpp"
#include "engine/base/secrets.hpp"
#include "world/accounts.hpp"
#include "world/native.hpp"

#include <chrono>
#include <functional>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gyre::world {

/// Checks and makes password hashes on the workers, slows down guessing, and tells those who wait where they
/// stand. Knows nothing of sessions or objects.
class Logins {
  public:
    /// Wrong passwords before a network, or an account, has to wait; the count halves every `forget_after`.
    static constexpr std::uint32_t network_tries = 20;
    static constexpr std::uint32_t account_tries = 10;
    static constexpr std::chrono::seconds forget_after{60};
    /// Networks and accounts remembered; past it the oldest half is forgotten.
    static constexpr std::size_t max_remembered = 20'000;
    static constexpr std::chrono::minutes success_remembered{10};
    /// Of an account, the latest that somebody logged in from; of at most max_remembered accounts.
    static constexpr std::size_t known_networks = 4;

    enum class Verdict : std::uint8_t { right, wrong, throttled, busy };
    struct Answer {
        Verdict verdict = Verdict::wrong;
        std::uint32_t retry_seconds = 0;
    };

    Logins(Jobs& jobs, const Secrets& secrets, const Clock& clock)
        : jobs_(jobs), secrets_(secrets), clock_(clock), decoy_(secrets.decoy_hash()) {}

    /// `account` may be null (an unknown name): the same time passes and the answer is `wrong`. Others' wrong
    /// guesses at an account do not slow down a network from which its password was right before.
    void check(const Caller& caller, const Account* account, std::string_view password,
               std::function<void(std::size_t)> waiting, const std::function<void(const Answer&)>& reply);
    /// Makes a hash; nullopt when the queue is full.
    void hash(const Caller& caller, std::string_view password, std::function<void(std::size_t)> waiting,
              const std::function<void(std::optional<std::string>)>& reply);
    /// The password changed: what was remembered of the old one no longer counts.
    void forget(std::int64_t account) { successes_.erase(account); }

  private:
    struct Failures {
        double count = 0;
        Clock::Steady since;
    };
    struct Success {
        std::string digest;
        Clock::Steady until;
    };
    struct Waiting {
        std::function<void(std::size_t)> tell;
        std::size_t last_told = 0;
    };
    using Queue = std::list<Waiting>;

    bool submit(const Caller& caller, std::function<void(std::size_t)> waiting, std::function<void()> work,
                std::function<void()> finished);
    void leave_queue(Queue::iterator place);
    [[nodiscard]] std::uint32_t wait_for(const std::string& key, std::uint32_t tries);
    void count_failure(const std::string& key);
    [[nodiscard]] double decayed(const Failures& failures) const;
    [[nodiscard]] bool remembered(const Account& account, std::string_view password);
    [[nodiscard]] bool knows(const Account& account, const std::string& network) const;
    void came_from(std::int64_t account, const std::string& network);

    Jobs& jobs_;
    const Secrets& secrets_;
    const Clock& clock_;
    std::string decoy_;
    std::unordered_map<std::string, Failures> failures_;
    std::unordered_map<std::int64_t, Success> successes_;
    std::unordered_map<std::int64_t, std::vector<std::string>> networks_;  ///< The latest is the last.
    Queue queue_;
};

}  // namespace gyre::world
