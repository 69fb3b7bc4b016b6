// A checkpoint under load writes some 3,000 pages. Left to the sync at its end they go to the disk at once,
// and commits wait behind them: in a trial of the disk alone, beside 8,000 pages, 50 ms of each second, and 3
// when they went in portions.

#include "world/store/background_checkpoint.hpp"

#include "world/store/write_pauses.hpp"

#include <atomic>
#include <mutex>
#include <thread>
#include <utility>

namespace gyre::world {

/// Outlives the owner as long as somebody has a Ticket.
struct BackgroundCheckpoint::Shared {
    Shared(std::unique_ptr<Database> opened, const files::Descriptor& file)
        : pauses(*opened, portion_bytes, [this, &file] { pause(file); }), connection(std::move(opened)) {}

    void pause(const files::Descriptor& file) const {
        file.start_writing_out();
        if (!in_a_hurry) std::this_thread::sleep_for(rest);
    }

    std::mutex working;                    ///< Held while a checkpoint runs; guards the next three.
    WritePauses pauses;                    ///< Of the connection.
    std::unique_ptr<Database> connection;  ///< Null: too late.
    std::optional<Error> error;
    std::atomic<bool> under_way = false;
    std::atomic<bool> in_a_hurry = false;  ///< Somebody waits.
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

BackgroundCheckpoint::BackgroundCheckpoint(std::unique_ptr<Database> connection,
                                           const files::Descriptor& file, Run run)
    : shared_(std::make_shared<Shared>(std::move(connection), file)), run_(std::move(run)) {}

BackgroundCheckpoint::~BackgroundCheckpoint() {
    shared_->in_a_hurry = true;
    const std::lock_guard lock(shared_->working);
    shared_->connection.reset();
}

void BackgroundCheckpoint::begin() {
    shared_->under_way = true;
    run_([ticket = std::make_shared<Ticket>(shared_)] { ticket->work(); });
}

bool BackgroundCheckpoint::under_way() const { return shared_->under_way; }

void BackgroundCheckpoint::wait() const {
    shared_->in_a_hurry = true;
    const std::lock_guard lock(shared_->working);
    shared_->in_a_hurry = false;
}

std::optional<Error> BackgroundCheckpoint::take_error() {
    if (!shared_->failed.exchange(false)) return std::nullopt;
    const std::lock_guard lock(shared_->working);
    return std::exchange(shared_->error, std::nullopt);
}

}  // namespace gyre::world
