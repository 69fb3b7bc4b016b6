#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include <sys/types.h>

namespace gyre::bench {

/// A server process of ours. Stopped with SIGTERM, by its own pid, when it goes.
class Child {
  public:
    /// Starts `command` and waits for its line "ready URL ...". Throws std::runtime_error if that does not
    /// come.
    explicit Child(const std::vector<std::string>& command, const std::filesystem::path& log);
    ~Child();
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    /// The real port of the first URL with this scheme. Throws std::runtime_error if there is none.
    [[nodiscard]] std::uint16_t port(const std::string& scheme) const;
    /// From start to "ready".
    [[nodiscard]] double start_seconds() const { return start_seconds_; }
    /// CPU time of all its threads since it started.
    [[nodiscard]] double cpu_seconds() const;
    [[nodiscard]] std::size_t rss_bytes() const;
    [[nodiscard]] std::size_t threads() const;

  private:
    void wait_ready(int from, const std::filesystem::path& log);
    pid_t pid_ = -1;
    std::string ready_;
    double start_seconds_ = 0;
};

}  // namespace gyre::bench
