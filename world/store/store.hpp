#pragma once

#include "engine/base/result.hpp"
#include "world/history.hpp"
#include "world/journal.hpp"
#include "world/store/loader.hpp"
#include "world/store/sqlite.hpp"
#include "world/store/store_options.hpp"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace gyre::world {

/// The disk side of a world: DIR/world.db and the one thread that writes it. Memory is the truth; the store
/// makes each batch of changes durable, says so, and in the gaps folds the journal into tables.
/// Used in this order, on the reactor thread: open, load, rows, start, submit ..., stop.
/// The caller holds the WorldLock.
class Store final : public JournalArchive {
  public:
    /// Runs a function on the reactor thread, soon. Called on the store thread.
    using Post = std::function<void(std::function<void()>)>;
    /// Called through Post.
    struct Callbacks {
        /// This batch, and so all before it, is on disk.
        std::function<void(BatchNumber)> committed;
        /// The disk is full or broken: nothing more will be written, and no later batch is reported. Once.
        std::function<void(const std::string& why)> failed;
        /// Runs a function on another thread, soon or never; without it commits wait for whole checkpoints.
        /// This one is called on the store thread, not through Post.
        std::function<void(std::function<void()>)> in_background = {};
    };

    /// Makes the database if there is none.
    /// - Errc::damaged: damaged, foreign or newer; it was not touched, the text says what to do.
    /// - Errc::io, busy, not_found: cannot be opened.
    static Result<std::unique_ptr<Store>> open(StoreOptions options);
    /// Stops.
    ~Store() override;

    /// The last batch on disk when it was opened; 0 in a new world.
    [[nodiscard]] BatchNumber last_batch() const { return last_batch_; }
    /// Shows the whole world to `loader`. Before start(). - Errc::damaged
    Status load(Loader& loader);
    /// Runs a query on native tables; sees what is committed. `sql` is for this call only.
    Status rows(std::string_view sql, const std::function<void(const Row&)>& visit);

    void start(Post post, Callbacks callbacks);
    /// Never blocks. What is submitted while a commit is under way, or before the next one may begin, becomes
    /// one commit, and is reported by the number of its last batch. After a failure it does nothing.
    void submit(Batch batch);
    /// Writes what was submitted, folds everything, leaves one tidy file, ends the thread. Idempotent.
    void stop();

    /// Any thread; on a connection of its own.
    [[nodiscard]] Status read_back(const std::function<bool(std::string_view row)>& visit) const override;
    /// Any thread.
    [[nodiscard]] StoreStats stats() const;
    /// A consistent copy of the world as of now, into a new file, verified. Blocks for as long as it takes to
    /// read everything: for a worker thread. Meanwhile the WAL cannot shrink.
    /// - Errc::exists: there is something at `to`.
    [[nodiscard]] Status backup(const std::string& to) const;

    /// Copies a world that no process has open, for `gyre backup` without a server.
    static Status backup(const std::string& from, const std::string& to);
    /// Puts the backup `from` in the place of the world `to`, which no process has open. Verifies the backup
    /// first. Returns the name under which the old database was kept; empty if there was none.
    static Result<std::string> restore(const std::string& from, const std::string& to);
    /// Reads all of a database without changing it. Returns what is wrong; nothing: it is sound.
    static std::vector<std::string> check(const std::string& path);

  private:
    struct Disk;
    enum class Work : std::uint8_t { wait, rest, commit, fold, fold_rest, tidy, end };

    explicit Store(StoreOptions options);
    void run();
    [[nodiscard]] Work next_work() const;
    void wait_for_work(std::unique_lock<std::mutex>& lock);
    void rest(std::unique_lock<std::mutex>& lock);
    bool perform(Work work, const Batch& batch);
    void commit(const Batch& batch);
    void fold(std::size_t rows);
    void tidy();
    void checkpoint_if_long();
    void report_failure();

    const StoreOptions options_;
    BatchNumber last_batch_ = 0;
    std::unique_ptr<Disk> disk_;  ///< The store thread's, once that runs.
    std::unique_ptr<Database> reader_;
    Post post_;
    std::shared_ptr<const Callbacks> callbacks_;

    std::mutex mutex_;  ///< Guards the next four.
    std::condition_variable wake_;
    std::optional<Batch> next_;  ///< What the next commit writes.
    bool stopping_ = false;
    bool resting_ = false;  ///< The thread sleeps and looks again soon: no batch need wake it.

    mutable std::mutex stats_mutex_;
    StoreStats stats_;

    std::thread thread_;
};

}  // namespace gyre::world
