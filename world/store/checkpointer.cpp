// A whole checkpoint, say of a WAL of 8,000 pages, keeps commits waiting for the disk for 6-15 ms, most of it
// for writing pages and for the sync of the database. Another thread can do that meanwhile
// (BackgroundCheckpoint), but only a checkpoint that finds nothing newer lets the WAL start again at its
// beginning, and under load that is never so: therefore the rest, what was committed meanwhile, is still done
// here between two commits. One round leaves some 400 pages at 10,000 changes a second, whose sync takes half
// as long as that of all 8,000: each further round has less to do and so leaves less.

#include "world/store/checkpointer.hpp"

#include <fmt/format.h>

namespace gyre::world {

namespace {

/// Of the WAL: a page and its header.
constexpr std::int64_t frame_bytes = 4096 + 24;
/// How long the last checkpoint waits for readers.
constexpr std::chrono::milliseconds last_busy_limit{500};

}  // namespace

Checkpointer::Checkpointer(Database& database, const files::Descriptor& file, const StoreOptions& options)
    : database_(database), file_(file), options_(options), checkpoint_at_(options.checkpoint_pages) {
    // Giving 30 MiB of the WAL back whenever it started again made that commit last for 20 ms. What a long
    // reader made it grow beyond all that is usual is given back.
    const std::int64_t usual = std::int64_t{options.checkpoint_pages} + options.checkpoint_patience;
    database.execute(fmt::format("pragma journal_size_limit = {}", 2 * usual * frame_bytes).c_str());
}

void Checkpointer::use_background(BackgroundCheckpoint::Run run) {
    auto connection = Database::open(options_.path, Database::Mode::read_write, options_.vfs);
    if (!connection) return;  // Commits wait a little longer.
    connection.value()->leave_untouched_at_close();
    const bool is_off = options_.synchronous == StoreOptions::Synchronous::off;
    connection.value()->execute(is_off ? "pragma synchronous = off" : "pragma synchronous = full");
    background_ =
        std::make_unique<BackgroundCheckpoint>(std::move(connection).value(), file_, std::move(run));
}

bool Checkpointer::checkpoint_if_long() {
    const int pages = database_.wal_pages();
    if (background_) {
        if (std::optional<Error> error = background_->take_error()) database_.fail(*std::move(error));
    }
    if (pages < options_.checkpoint_pages) {  // It started again.
        checkpoint_at_ = options_.checkpoint_pages;
        rounds_begun_ = 0;
    }
    if (pages < checkpoint_at_ || database_.failed() || leave_to_background(pages)) return false;
    if (!database_.checkpoint(Database::Checkpoint::passive)) return false;
    // Normally the next commit starts the WAL again. While a backup reads, it cannot: try a bit later.
    checkpoint_at_ = pages + options_.checkpoint_pages / 4;
    rounds_begun_ = 0;
    return true;
}

bool Checkpointer::leave_to_background(int pages) {
    if (!background_) return false;
    if (!background_->under_way()) {
        const bool is_done = rounds_begun_ > 0 && pages - pages_at_begin_ <= rest_pages;
        if (is_done || rounds_begun_ == rounds) return false;
        ++rounds_begun_;
        pages_at_begin_ = pages;
        ++begun_in_background_;
        background_->begin();
        return true;
    }
    if (pages < checkpoint_at_ + options_.checkpoint_patience) return true;
    background_->wait();
    return false;
}

void Checkpointer::finish() {
    background_.reset();
    // A reader in the way, say a backup, must not keep the server from ending.
    database_.set_busy_limit(last_busy_limit);
    database_.checkpoint(Database::Checkpoint::truncate);
}

}  // namespace gyre::world
