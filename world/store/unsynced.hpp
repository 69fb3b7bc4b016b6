#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace gyre::world {

/// What a simulated disk has not yet been told to keep: for each file what was done to it since its last
/// sync, and how it was before. Files themselves always hold the newest bytes, as the kernel's cache would;
/// cut() turns them into what a disk may hold after a power cut.
class Unsynced {
  public:
    static constexpr std::int64_t sector = 512;
    /// A disk's cache is finite: past this the oldest writes count as kept.
    static constexpr std::size_t max_bytes = std::size_t{256} << 20;

    /// A write, or a truncation to `offset` if `is_truncation`.
    struct Change {
        bool is_truncation = false;
        std::int64_t offset = 0;
        std::int64_t size_before = 0;  ///< Of the file.
        std::string before;            ///< What was there; to the end of the file at most.
        std::string after;             ///< Empty for a truncation.
    };

    explicit Unsynced(std::uint64_t seed) : random_(seed) {}

    /// A file is about to change, and nobody has told the disk to keep that.
    void changed(const std::string& path, Change change);
    /// A file was made; its name is not on disk before its first sync.
    void created(const std::string& path);
    /// A file is about to be deleted; only a later sync of its directory makes that last.
    void deleted(const std::string& path);
    /// What is in the file is there to stay. Syncing a new file includes its directory, as SQLite does it.
    void synced(const std::string& path);
    /// Which names the directory of this file holds is there to stay.
    void directory_synced(const std::string& path);
    /// The power goes. Files must not change any more.
    void cut();

    std::mt19937_64& random() { return random_; }

  private:
    struct File {
        std::vector<Change> changes;
        std::size_t bytes = 0;
        bool is_new = false;
        std::optional<std::string> deleted;  ///< What was in it, while it may still come back.
    };

    bool chance(double probability) { return std::bernoulli_distribution(probability)(random_); }
    void cut(const std::string& path, const File& file);
    void keep_some(int descriptor, const std::vector<Change>& changes);
    void tear(int descriptor, const Change& change);

    std::mt19937_64 random_;
    std::map<std::string, File> files_;
};

}  // namespace gyre::world
