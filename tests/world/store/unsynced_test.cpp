#include "world/store/unsynced.hpp"

#include "tests/world/store/support.hpp"

#include <set>

using namespace gyre;
using namespace gyre::test;

namespace {

/// A file on a simulated disk, changed as the file system would.
class SimulatedFile {
  public:
    SimulatedFile(Unsynced& disk, std::string path) : disk_(disk), path_(std::move(path)) {}
    void write(std::size_t offset, const std::string& bytes) {
        std::string now = contents_of(path_);
        const std::string before = offset < now.size() ? now.substr(offset, bytes.size()) : std::string{};
        disk_.changed(path_, {false, static_cast<std::int64_t>(offset), static_cast<std::int64_t>(now.size()),
                              before, bytes});
        if (now.size() < offset + bytes.size()) now.resize(offset + bytes.size());
        now.replace(offset, bytes.size(), bytes);
        write_file(path_, now);
    }
    void truncate(std::size_t size) {
        const std::string now = contents_of(path_);
        disk_.changed(path_, {true,
                              static_cast<std::int64_t>(size),
                              static_cast<std::int64_t>(now.size()),
                              now.substr(size),
                              {}});
        write_file(path_, now.substr(0, size));
    }

  private:
    Unsynced& disk_;
    std::string path_;
};

}  // namespace

TEST_CASE("unsynced: what was synced survives every cut", "[world][store][power]") {
    const TemporaryDirectory directory;
    const std::string path = directory.file("file");
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        write_file(path, "");
        Unsynced disk(seed);
        SimulatedFile file(disk, path);
        file.write(0, std::string(3000, 'a'));
        file.write(1000, std::string(100, 'b'));
        const std::string synced = contents_of(path);
        disk.synced(path);
        disk.cut();
        CHECK(contents_of(path) == synced);
    }
}

TEST_CASE("unsynced: the rest is there, is not, or is torn at sectors", "[world][store][power]") {
    const TemporaryDirectory directory;
    const std::string path = directory.file("file");
    std::set<std::string> outcomes;
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        write_file(path, std::string(2048, '.'));
        Unsynced disk(seed);
        SimulatedFile file(disk, path);
        file.write(256, std::string(1024, 'a'));
        file.write(1536, std::string(1024, 'b'));
        disk.cut();
        const std::string bytes = contents_of(path);
        outcomes.insert(bytes);
        CHECK(bytes.substr(0, 256) == std::string(256, '.'));
        CHECK(bytes.substr(1280, 256) == std::string(256, '.'));
        for (const std::size_t sector : {512U, 1536U}) {
            CHECK(bytes.substr(sector, 512).find_first_not_of(bytes[sector]) == std::string::npos);
        }
    }
    CHECK(outcomes.size() > 10);
    CHECK(outcomes.count(std::string(2048, '.')) == 1);
}

TEST_CASE("unsynced: truncations are undone like writes", "[world][store][power]") {
    const TemporaryDirectory directory;
    const std::string path = directory.file("file");
    std::set<std::string> outcomes;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        write_file(path, "abcdefgh");
        Unsynced disk(seed);
        SimulatedFile(disk, path).truncate(3);
        disk.cut();
        outcomes.insert(contents_of(path));
    }
    CHECK(outcomes == std::set<std::string>{"abc", "abcdefgh"});
}

TEST_CASE("unsynced: names are not on disk before a sync", "[world][store][power]") {
    const TemporaryDirectory directory;
    const std::string made = directory.file("made");
    const std::string deleted = directory.file("deleted");
    std::set<std::pair<bool, bool>> outcomes;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        std::filesystem::remove(made);
        write_file(deleted, "old");
        Unsynced disk(seed);
        write_file(made, "");
        disk.created(made);
        disk.deleted(deleted);
        std::filesystem::remove(deleted);
        disk.cut();
        outcomes.emplace(std::filesystem::exists(made), contents_of(deleted) == "old");
    }
    CHECK(outcomes.size() == 4);
}

TEST_CASE("unsynced: syncing a new file makes all names of its directory last", "[world][store][power]") {
    const TemporaryDirectory directory;
    const std::string made = directory.file("made");
    const std::string deleted = directory.file("deleted");
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        write_file(deleted, "old");
        Unsynced disk(seed);
        disk.deleted(deleted);
        std::filesystem::remove(deleted);
        write_file(made, "");
        disk.created(made);
        disk.synced(made);
        disk.cut();
        CHECK(std::filesystem::exists(made));
        CHECK_FALSE(std::filesystem::exists(deleted));
    }
}
