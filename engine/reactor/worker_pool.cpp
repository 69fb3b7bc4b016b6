#include "engine/reactor/worker_pool.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace gyre::reactor {

WorkerPool::WorkerPool(std::size_t threads, Post post) : post_(std::move(post)) {
    for (std::size_t count = 0; count < threads; ++count) {
        threads_.emplace_back([this] { run_jobs(); });
        ::pthread_setname_np(threads_.back().native_handle(), "gyre-worker");
    }
}

WorkerPool::~WorkerPool() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    work_arrived_.notify_all();
    for (std::thread& thread : threads_) thread.join();
}

std::optional<std::size_t> WorkerPool::submit(std::string_view source, std::function<void()> work,
                                              std::function<void()> finished) {
    const std::lock_guard lock(mutex_);
    if (waiting_ >= longest_queue) return std::nullopt;
    const Sources::iterator place = source_named(source);
    // A source that is over its limit has jobs, so it was not made just now.
    if (!source.empty() && place->waiting.size() + place->running >= most_per_source) return std::nullopt;
    place->waiting.push_back({++last_ticket_, std::move(work), std::move(finished)});
    ++waiting_;
    work_arrived_.notify_one();
    return count_ahead(last_ticket_);
}

std::size_t WorkerPool::ahead_of(Ticket ticket) const {
    const std::lock_guard lock(mutex_);
    return count_ahead(ticket);
}

/// Jobs that run, and those that the ring will serve earlier: of a source before it in the ring as many as it
/// needs rounds itself, of one behind it one fewer.
std::size_t WorkerPool::count_ahead(Ticket ticket) const {
    const auto is_it = [ticket](const Job& job) { return job.ticket == ticket; };
    const auto holds_it = [&](const Source& source) {
        return std::any_of(source.waiting.begin(), source.waiting.end(), is_it);
    };
    const auto home = std::find_if(sources_.begin(), sources_.end(), holds_it);
    if (home == sources_.end()) return 0;
    const auto place = std::find_if(home->waiting.begin(), home->waiting.end(), is_it);
    const auto rounds = static_cast<std::size_t>(std::distance(home->waiting.begin(), place));
    std::size_t queued = rounds;
    bool passed_home = false;
    for (auto source = sources_.begin(); source != sources_.end(); ++source) {
        if (source == home) {
            passed_home = true;
        } else {
            queued += std::min(source->waiting.size(), passed_home ? rounds : rounds + 1);
        }
    }
    const std::size_t idle = threads_.size() - running_;
    return queued < idle ? 0 : queued + running_;
}

WorkerPool::Sources::iterator WorkerPool::source_named(std::string_view name) {
    const auto found = std::find_if(sources_.begin(), sources_.end(),
                                    [name](const Source& source) { return source.name == name; });
    if (found != sources_.end()) return found;
    sources_.push_back({std::string(name), {}, 0});
    return std::prev(sources_.end());
}

void WorkerPool::run_jobs() {
    std::unique_lock lock(mutex_);
    while (true) {
        work_arrived_.wait(lock, [this] { return stopping_ || waiting_ > 0; });
        if (stopping_) return;
        Sources::iterator source;
        Job job = take(source);
        lock.unlock();
        job.work();
        job.work = nullptr;  // What it holds goes before its owner learns that it is done.
        lock.lock();
        job_done(source, std::move(job));
    }
}

WorkerPool::Job WorkerPool::take(Sources::iterator& source) {
    const auto has_work = [](const Source& candidate) { return !candidate.waiting.empty(); };
    source = std::find_if(sources_.begin(), sources_.end(), has_work);
    Job job = std::move(source->waiting.front());
    source->waiting.pop_front();
    sources_.splice(sources_.end(), sources_, source);
    ++source->running;
    --waiting_;
    ++running_;
    return job;
}

void WorkerPool::job_done(Sources::iterator source, Job job) {
    --running_;
    --source->running;
    if (source->running == 0 && source->waiting.empty()) sources_.erase(source);
    if (!stopping_ && job.finished) post_(std::move(job.finished));
}

}  // namespace gyre::reactor
