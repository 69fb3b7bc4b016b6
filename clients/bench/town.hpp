#pragma once

#include "clients/bench/child.hpp"
#include "clients/bench/crowd.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace gyre::bench {

/// A server with the measuring world (scripts/bench) in a directory of its own, which goes with it.
class Town {
  public:
    struct Options {
        std::string storage;  ///< Lines for [storage] of gyre.toml.
        std::string password_cost = "cheap";
        std::vector<std::string> listen{"telnet://127.0.0.1:0"};
        std::size_t oddities = 0;  ///< So many classes of things, each with seven verbs of its own.
    };
    Town(const std::filesystem::path& gyre, const std::filesystem::path& source, Options options);
    explicit Town(const std::filesystem::path& gyre, const std::filesystem::path& source)
        : Town(gyre, source, Options{}) {}
    ~Town();

    void start();
    void stop() { child_.reset(); }
    [[nodiscard]] const Child& server() const { return *child_; }
    /// What `gyre metrics` says of this figure; 0 if nothing.
    [[nodiscard]] double metric(const std::string& name) const;
    /// `gyre WORDS...`, such as an account's role. Throws std::runtime_error if it fails.
    void run(const std::vector<std::string>& words) const;
    /// Of the last player that came in.
    [[nodiscard]] std::string last_name() const { return "bench" + std::to_string(names_ - 1); }
    /// Players with names of their own, in halls of so many.
    void fill(Crowd& crowd, std::size_t players, std::size_t in_each_hall, const std::string& hall = "hall");
    /// So many stones of eight properties.
    void sow(Crowd& crowd, std::size_t stones);
    [[nodiscard]] const std::filesystem::path& directory() const { return directory_; }

  private:
    std::filesystem::path gyre_;
    std::filesystem::path directory_;
    Options options_;
    std::unique_ptr<Child> child_;
    std::size_t names_ = 0;
};

}  // namespace gyre::bench
