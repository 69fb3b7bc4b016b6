#pragma once

#include "engine/base/durability.hpp"
#include "world/journal.hpp"

#include <functional>
#include <utility>

namespace gyre::world {

/// The reactor's side of the store: the batch that collects changes, and which batches are on disk.
/// Batches change hands by two functions, so that tests need no store.
class Ledger final : public Durability {
  public:
    /// Past either, no call runs until the batch shrinks.
    static constexpr std::size_t open_bytes_limit = 8U << 20;
    static constexpr std::uint64_t open_changes_limit = 20'000;

    /// `submit` takes the sealed batch to the store thread.
    Ledger(BatchNumber last, std::function<void(Batch)> submit)
        : submit_(std::move(submit)), durable_(last), in_flight_(last) {
        open_.number = last + 1;
    }

    [[nodiscard]] BatchNumber durable() const override { return durable_; }
    [[nodiscard]] BatchNumber newest() const override { return open_.empty() ? in_flight_ : open_.number; }
    [[nodiscard]] bool overfull() const override {
        return open_.bytes() > open_bytes_limit || open_.changes > open_changes_limit;
    }
    void seal() override;

    /// Where a committed call puts its changes.
    Batch& open() { return open_; }
    /// The number that changes made now will have.
    [[nodiscard]] BatchNumber open_number() const { return open_.number; }
    /// On the reactor, after the store said so.
    void committed(BatchNumber batch) { durable_ = batch; }
    /// Called just before a batch is handed over: adds atoms and the id counter.
    std::function<void(Batch&)> before_seal;

  private:
    std::function<void(Batch)> submit_;
    BatchNumber durable_;
    BatchNumber in_flight_;  ///< Equals durable_ when no commit is under way.
    Batch open_;
};

}  // namespace gyre::world
