#pragma once

#include "engine/base/durability.hpp"
#include "world/journal.hpp"

#include <functional>
#include <map>
#include <utility>

namespace gyre::world {

/// The reactor's side of the store: the batch that collects changes, how much waits, and what is on disk.
/// Batches change hands by two functions, so that tests need no store.
class Ledger final : public Durability {
  public:
    /// Of all that waits for the next commit. Past either, no call runs until that has begun.
    static constexpr std::size_t open_bytes_limit = 8U << 20;
    static constexpr std::uint64_t open_changes_limit = 20'000;

    /// `submit` takes each sealed batch to the store thread, which writes all that it has as one commit.
    Ledger(BatchNumber last, std::function<void(Batch)> submit)
        : submit_(std::move(submit)), durable_(last), sealed_(last) {
        open_.number = last + 1;
    }

    [[nodiscard]] BatchNumber durable() const override { return durable_; }
    [[nodiscard]] BatchNumber newest() const override { return open_.empty() ? sealed_ : open_.number; }
    [[nodiscard]] bool overfull() const override {
        return waiting_bytes_ + open_.bytes() > open_bytes_limit ||
               waiting_changes_ + open_.changes > open_changes_limit;
    }
    bool seal() override;

    /// Where a committed call puts its changes.
    Batch& open() { return open_; }
    /// The number that changes made now will have.
    [[nodiscard]] BatchNumber open_number() const { return open_.number; }
    /// On the reactor, after the store said so: it writes what was sealed meanwhile.
    void committed(BatchNumber batch) {
        durable_ = batch;
        waiting_bytes_ = 0;
        waiting_changes_ = 0;
        run_durable();
    }
    /// Runs `action` on the reactor once all that was changed until now is on disk: at once, if it is; never,
    /// if the disk fails.
    void when_durable(std::function<void()> action);
    /// Called just before a batch is handed over: adds atoms and the id counter.
    std::function<void(Batch&)> before_seal;

  private:
    void run_durable();

    std::function<void(Batch)> submit_;
    BatchNumber durable_;
    BatchNumber sealed_;             ///< The newest one; durable_ when no commit is under way.
    std::size_t waiting_bytes_ = 0;  ///< Sealed while a commit was in flight.
    std::uint64_t waiting_changes_ = 0;
    Batch open_;
    std::multimap<BatchNumber, std::function<void()>> when_durable_;
};

}  // namespace gyre::world
