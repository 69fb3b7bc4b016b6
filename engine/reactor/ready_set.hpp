#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace gyre::reactor {

/// What has become of a descriptor since it was last looked at.
struct Readiness {
    bool readable = false;  ///< There are bytes, or the end, or an error to be read.
    bool writable = false;
    bool ended = false;   ///< The peer has closed its side: reading comes to an end (or an error).
    bool failed = false;  ///< The descriptor has an error: nothing more will come or go.
};

/// What watches a descriptor.
class Watcher {
  public:
    virtual ~Watcher() = default;
    virtual void became_ready(Readiness readiness) = 0;
};

/// The descriptors of all connections, watched for changes (edge-triggered epoll(7)): each is added once, and
/// a watcher is told of a change once. It must read until a read gives less than it asked for, or nothing,
/// or remember that it has not. The set keeps its watchers alive until they are forgotten.
class ReadySet {
  public:
    /// Changes taken from the kernel at a time, and none while so many are still to be told.
    static constexpr std::size_t most_fetched = 128;

    /// Names a watched descriptor; never used again for another.
    struct Key {
        std::uint32_t slot = 0;
        std::uint32_t generation = 0;
    };

    /// Throws std::system_error when the kernel has no descriptor for it.
    ReadySet();
    ~ReadySet();
    ReadySet(const ReadySet&) = delete;
    ReadySet& operator=(const ReadySet&) = delete;

    /// Readable when fetch() would find something.
    [[nodiscard]] int descriptor() const { return descriptor_; }

    /// The watcher is told of the present state in any case. Nullopt: the kernel has no room; see errno.
    [[nodiscard]] std::optional<Key> watch(int descriptor, std::shared_ptr<Watcher> watcher);
    /// The watcher hears no more, not even of what was fetched already. To be called before closing. Returns
    /// what kept it alive; null if it was forgotten before.
    std::shared_ptr<Watcher> forget(Key key, int descriptor);
    /// Tells the watcher once more that it is readable, after the next fetch().
    void recall(Key key) { recalled_.push_back(key); }

    /// Takes up what has changed, without waiting: what was fetched before stays in front of it.
    void fetch();
    /// Whether call_next() or a fetch() has something to do, whatever the kernel knows.
    [[nodiscard]] bool has_changes() const { return next_ < fetched_.size() || !recalled_.empty(); }
    /// Tells the next watcher of its change; false when all that was fetched has been told.
    bool call_next();

  private:
    struct Slot {
        std::shared_ptr<Watcher> watcher;
        std::uint32_t generation = 0;
    };
    struct Change {
        Key key;
        Readiness readiness;
    };

    int descriptor_;
    std::vector<Slot> slots_;
    std::vector<std::uint32_t> free_slots_;
    std::vector<Change> fetched_;
    std::size_t next_ = 0;  ///< In fetched_.
    std::vector<Key> recalled_;
};

}  // namespace gyre::reactor
