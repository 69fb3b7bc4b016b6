#pragma once

#include "engine/base/jobs.hpp"

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace gyre::reactor {

/// One or two threads for what must not run on the reactor. Sources take turns, so that one network that logs
/// in a hundred times does not stand before everyone else. All but the threads themselves belongs to the
/// reactor's thread.
class WorkerPool final : public Jobs {
  public:
    static constexpr std::size_t longest_queue = 64;
    /// Waiting and running jobs of one source; the server itself (no source) has no such limit.
    static constexpr std::size_t most_per_source = 4;

    /// Passes a function to the reactor's thread; called on the workers.
    using Post = std::function<void(std::function<void()>)>;

    WorkerPool(std::size_t threads, Post post);
    /// Waits for the jobs that run; those that wait are dropped, and nothing is posted any more.
    ~WorkerPool() override;
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    /// `work` must not throw.
    std::optional<std::size_t> submit(std::string_view source, std::function<void()> work,
                                      std::function<void()> finished) override;
    [[nodiscard]] Ticket last_ticket() const override { return last_ticket_; }
    [[nodiscard]] std::size_t ahead_of(Ticket ticket) const override;

  private:
    struct Job {
        Ticket ticket = 0;
        std::function<void()> work;
        std::function<void()> finished;
    };
    /// A network with jobs, in the ring of those that take turns.
    struct Source {
        std::string name;
        std::deque<Job> waiting;
        std::size_t running = 0;
    };
    using Sources = std::list<Source>;

    void run_jobs();
    /// Takes the next job and moves its source to the end of the ring. Precondition: something waits.
    Job take(Sources::iterator& source);
    void job_done(Sources::iterator source, Job job);
    Sources::iterator source_named(std::string_view name);
    [[nodiscard]] std::size_t count_ahead(Ticket ticket) const;

    const Post post_;
    mutable std::mutex mutex_;
    std::condition_variable work_arrived_;
    Sources sources_;  ///< Those with a waiting or running job; the front has its turn next.
    std::size_t waiting_ = 0;
    std::size_t running_ = 0;
    bool stopping_ = false;
    Ticket last_ticket_ = 0;
    std::vector<std::thread> threads_;
};

}  // namespace gyre::reactor
