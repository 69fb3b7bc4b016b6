#include "world/store/background_checkpoint.hpp"

#include <atomic>
#include <mutex>
#include <utility>

namespace gyre::world {

/// Outlives the owner as long as somebody has a Ticket.
struct BackgroundCheckpoint::Shared {
    std::mutex working;                    ///< Held while a checkpoint runs; guards the next two.
    std::unique_ptr<Database> connection;  ///< Null: too late.
    std::optional<Error> error;
    std::atomic<bool> under_way = false;
    std::atomic<bool> failed = false;
};

/// Whoever was to run the checkpoint may drop it: that ends it too.
struct BackgroundCheckpoint::Ticket {
    explicit Ticket(std::shared_ptr<Shared> given) : shared(std::move(given)) {}
    Ticket(const Ticket&) = delete;
    Ticket& operator=(const Ticket&) = delete;
    ~Ticket() { shared->under_way = false; }

    void work() const {
        const std::lock_guard lock(shared->working);
        if (!shared->connection || shared->connection->checkpoint(Database::Checkpoint::passive)) return;
        shared->error = shared->connection->take_error();
        shared->failed = true;
    }

    std::shared_ptr<Shared> shared;
};

BackgroundCheckpoint::BackgroundCheckpoint(std::unique_ptr<Database> connection, Run run)
    : shared_(std::make_shared<Shared>()), run_(std::move(run)) {
    shared_->connection = std::move(connection);
}

BackgroundCheckpoint::~BackgroundCheckpoint() {
    const std::lock_guard lock(shared_->working);
    shared_->connection.reset();
}

void BackgroundCheckpoint::begin() {
    shared_->under_way = true;
    run_([ticket = std::make_shared<Ticket>(shared_)] { ticket->work(); });
}

bool BackgroundCheckpoint::under_way() const { return shared_->under_way; }

void BackgroundCheckpoint::wait() const { const std::lock_guard lock(shared_->working); }

std::optional<Error> BackgroundCheckpoint::take_error() {
    if (!shared_->failed.exchange(false)) return std::nullopt;
    const std::lock_guard lock(shared_->working);
    return std::exchange(shared_->error, std::nullopt);
}

}  // namespace gyre::world
