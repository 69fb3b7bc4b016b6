#pragma once

#include <string>
#include <vector>

#include <sys/types.h>

namespace gyre::bench {

/// A program that puts load on a server in steps: it prints a word when a step is done, and waits for a line
/// before the next (clients/bench/ssh_load.py). Killed by its own pid if it is still there when this goes.
class Load {
  public:
    /// Starts it and waits for "ready". Throws std::runtime_error if that does not come.
    explicit Load(const std::vector<std::string>& command);
    ~Load();
    Load(const Load&) = delete;
    Load& operator=(const Load&) = delete;

    /// Lets it do what it has prepared.
    void begin() const;
    /// Waits for "done".
    void await();
    /// It neither reads nor writes from now on.
    void freeze() const;

  private:
    void await_word(const std::string& wanted);

    pid_t pid_ = -1;
    int to_ = -1;
    int from_ = -1;
};

}  // namespace gyre::bench
