// One thread, three kinds of work: commits first, folding in the gaps, tidying when there is nothing else.
// Checkpoints end on this thread too: see Checkpointer.
//
// The first commit after a pause begins at once. On a quick disk each one after it would hold what came in
// 0.3 ms, three changes of 10,000 in a second, and the machine would do little else than commit. So they
// begin at some distance.
//
// Waking the thread is all that sealing a batch costs the reactor (measured: 40 us, and 90-350 us where the
// thread takes its processor; the rest is 1 us). So while one commit follows another nobody wakes it: it
// looks by itself, and sleeps for good only when nothing has come for a while.

#include "world/store/store.hpp"

#include "world/store/checkpointer.hpp"
#include "world/store/committer.hpp"
#include "world/store/files.hpp"
#include "world/store/folder.hpp"
#include "world/store/schema.hpp"
#include "world/store/tidier.hpp"

#include <fcntl.h>

#include <algorithm>
#include <cassert>
#include <ctime>
#include <utility>

namespace gyre::world {

namespace {

using SteadyClock = std::chrono::steady_clock;

/// How long behind the time at which a commit could begin the thread looks by itself whether there is one,
constexpr std::chrono::milliseconds lookout{1};
/// and how long it sleeps in between.
constexpr std::chrono::microseconds nap{250};
/// Between two steps of tidying, so that it is noticed by nobody.
constexpr std::chrono::milliseconds tidy_pace{20};
/// Objects per transaction when nobody waits for a commit any more.
constexpr std::size_t last_fold_rows = 1024;

double thread_cpu_s() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

/// Wall and CPU time of this thread since it was made.
class Stopwatch {
  public:
    [[nodiscard]] std::uint64_t wall_ns() const {
        return static_cast<std::uint64_t>(std::chrono::nanoseconds{SteadyClock::now() - began_}.count());
    }
    [[nodiscard]] double cpu_s() const { return thread_cpu_s() - cpu_began_; }

  private:
    SteadyClock::time_point began_ = SteadyClock::now();
    double cpu_began_ = thread_cpu_s();
};

}  // namespace

/// The writing connection and what works on it.
struct Store::Disk {
    Disk(std::unique_ptr<Database> opened, const StoreOptions& options)
        : file(options.path, O_RDONLY),
          database(std::move(opened)),
          committer(*database),
          folder(*database, options),
          tidier(*database, options),
          checkpointer(*database, file, options) {}

    files::Descriptor file;  ///< First, for it to be closed last.
    std::unique_ptr<Database> database;
    Committer committer;
    Folder folder;
    Tidier tidier;
    Checkpointer checkpointer;
    SteadyClock::time_point commit_at = SteadyClock::now();  ///< Not before.
    SteadyClock::time_point tidy_at = SteadyClock::now();
    bool folded_last = false;  ///< The last work was folding: a waiting commit comes next, even when late.
};

Result<std::unique_ptr<Store>> Store::open(StoreOptions options) {
    auto database = open_world(options.path, options.vfs);
    if (!database) return database.error();
    database.value()->set_busy_limit(options.busy_limit);
    if (options.synchronous == StoreOptions::Synchronous::off)
        database.value()->execute("pragma synchronous = off");
    auto reader = open_world_to_read(options.path, options.vfs);
    if (!reader) return reader.error();
    std::unique_ptr<Store> store(new Store(std::move(options)));
    store->disk_ = std::make_unique<Disk>(std::move(database).value(), store->options_);
    store->reader_ = std::move(reader).value();
    Database& opened = *store->disk_->database;
    if (!store->disk_->folder.recover()) {
        opened.leave_untouched_at_close();
        return opened.error().code == Errc::damaged ? damaged_world(opened.error().text) : opened.error();
    }
    store->last_batch_ = store->disk_->folder.newest();
    return store;
}

Store::Store(StoreOptions options) : options_(std::move(options)) {}

Store::~Store() { stop(); }

Status Store::load(Loader& loader) {
    assert(!thread_.joinable());
    Status loaded = load_world(*disk_->database, disk_->folder, loader);
    if (!loaded) disk_->database->leave_untouched_at_close();
    return loaded;
}

Status Store::rows(std::string_view sql, const std::function<void(const Row&)>& visit) {
    if (!reader_) return Error{Errc::io, "the store is stopped"};
    Query query(*reader_, sql);
    while (query.step()) visit(query);
    if (const std::optional<Error> error = reader_->take_error()) return *error;
    return done();
}

void Store::start(Post post, Callbacks callbacks) {
    post_ = std::move(post);
    callbacks_ = std::make_shared<const Callbacks>(std::move(callbacks));
    // Loading walks all pages once and needs none of them twice; folding comes back to the same ones.
    disk_->database->execute("pragma cache_size = -32768");
    if (callbacks_->in_background) disk_->checkpointer.use_background(callbacks_->in_background);
    thread_ = std::thread([this] { run(); });
    ::pthread_setname_np(thread_.native_handle(), "gyre-store");
}

void Store::submit(Batch batch) {
    {
        const std::lock_guard lock(mutex_);
        if (next_) {
            next_->append(std::move(batch));
        } else {
            next_ = std::move(batch);
        }
        if (resting_) return;
    }
    wake_.notify_one();  // Costs nothing unless the thread sleeps.
}

void Store::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    if (thread_.joinable()) thread_.join();
    reader_.reset();  // First: the last connection to close puts the WAL away.
    disk_.reset();
}

StoreStats Store::stats() const {
    const std::lock_guard lock(stats_mutex_);
    return stats_;
}

Status Store::backup(const std::string& to) const { return backup(options_.path, to); }

void Store::run() {
    std::unique_lock lock(mutex_);
    for (;;) {
        const Work work = next_work();
        if (work == Work::wait || work == Work::rest) {
            work == Work::wait ? wait_for_work(lock) : rest(lock);
            continue;
        }
        const Batch batch = work == Work::commit ? *std::exchange(next_, std::nullopt) : Batch{};
        lock.unlock();
        if (!perform(work, batch)) return;
        lock.lock();
    }
}

Store::Work Store::next_work() const {
    const SteadyClock::time_point now = SteadyClock::now();
    const Folder& folder = disk_->folder;
    if (next_) {
        const bool is_its_turn = folder.late(now) && !disk_->folded_last;
        if (folder.full() || is_its_turn) return Work::fold;
        if (stopping_ || now >= disk_->commit_at) return Work::commit;
        return folder.due(now) ? Work::fold : Work::rest;
    }
    if (stopping_) return folder.caught_up() ? Work::end : Work::fold_rest;
    if (folder.due(now)) return Work::fold;
    if (folder.caught_up() && now >= disk_->tidy_at) return Work::tidy;
    return now < disk_->commit_at + lookout ? Work::rest : Work::wait;
}

void Store::wait_for_work(std::unique_lock<std::mutex>& lock) {
    const Folder& folder = disk_->folder;
    const SteadyClock::time_point until = folder.caught_up() ? disk_->tidy_at : folder.due_at();
    wake_.wait_until(lock, until, [this] { return next_ || stopping_; });
}

void Store::rest(std::unique_lock<std::mutex>& lock) {
    const Folder& folder = disk_->folder;
    const SteadyClock::time_point look =
        next_ ? disk_->commit_at : std::max(disk_->commit_at, SteadyClock::now() + nap);
    const SteadyClock::time_point until = folder.caught_up() ? look : std::min(look, folder.due_at());
    resting_ = true;
    wake_.wait_until(lock, until, [this] { return stopping_; });
    resting_ = false;
}

/// False when the thread is to end.
bool Store::perform(Work work, const Batch& batch) {
    switch (work) {
        case Work::wait:
        case Work::rest:
            break;
        case Work::commit:
            commit(batch);
            break;
        case Work::fold:
            fold(options_.fold_rows);
            break;
        case Work::fold_rest:
            fold(last_fold_rows);
            break;
        case Work::tidy:
            tidy();
            break;
        case Work::end:
            disk_->checkpointer.finish();
            break;
    }
    disk_->folded_last = work == Work::fold;
    if (disk_->database->failed()) report_failure();
    return work != Work::end && !disk_->database->failed();
}

void Store::commit(const Batch& batch) {
    const Stopwatch watch;
    disk_->commit_at = SteadyClock::now() + options_.commit_interval;
    if (options_.commit_delay.count() > 0) std::this_thread::sleep_for(options_.commit_delay);
    // Before the commit, though nobody needs it yet: what cannot be read back must not become durable.
    if (!disk_->folder.collect(batch.number, batch.journal)) return;
    const double collect_cpu_s = watch.cpu_s();
    if (!disk_->committer.commit(batch)) return;
    post_([callbacks = callbacks_, number = batch.number] { callbacks->committed(number); });
    const std::uint64_t wall_ns = watch.wall_ns();
    {
        const std::lock_guard lock(stats_mutex_);
        ++stats_.commits;
        stats_.changes += batch.changes;
        stats_.commit_time.add(wall_ns);
        stats_.commit_cpu_s += watch.cpu_s() - collect_cpu_s;
        stats_.fold_cpu_s += collect_cpu_s;
        stats_.cpu_s = thread_cpu_s();
        stats_.unfolded = disk_->folder.size();
        stats_.wal_pages_most = std::max(stats_.wal_pages_most, disk_->database->wal_pages());
    }
    checkpoint_if_long();
}

void Store::fold(std::size_t rows) {
    const Stopwatch watch;
    const std::size_t folded = disk_->folder.fold_some(rows);
    {
        const std::lock_guard lock(stats_mutex_);
        stats_.folded_objects += folded;
        stats_.fold_time.add(watch.wall_ns());
        stats_.fold_cpu_s += watch.cpu_s();
        stats_.cpu_s = thread_cpu_s();
        stats_.unfolded = disk_->folder.size();
    }
    checkpoint_if_long();
}

void Store::tidy() {
    const Tidier::Dropped dropped = disk_->tidier.drop_some(disk_->folder);
    disk_->tidy_at = SteadyClock::now() + (dropped.nothing() ? options_.tidy_every : tidy_pace);
    {
        const std::lock_guard lock(stats_mutex_);
        stats_.dropped_batches += dropped.batches;
        stats_.purged_objects += dropped.objects;
        stats_.cpu_s = thread_cpu_s();
    }
    checkpoint_if_long();
}

void Store::checkpoint_if_long() {
    const Stopwatch watch;
    const bool was_long = disk_->checkpointer.checkpoint_if_long();
    const std::lock_guard lock(stats_mutex_);
    stats_.background_checkpoints = disk_->checkpointer.begun_in_background();
    if (!was_long) return;
    ++stats_.checkpoints;
    stats_.checkpoint_time.add(watch.wall_ns());
}

void Store::report_failure() {
    disk_->database->leave_untouched_at_close();
    post_([callbacks = callbacks_, why = disk_->database->error().text] { callbacks->failed(why); });
}

}  // namespace gyre::world
