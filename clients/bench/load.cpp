#include "clients/bench/load.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <array>
#include <csignal>
#include <stdexcept>

namespace gyre::bench {

namespace {

constexpr int load_patience_ms = 300'000;

}  // namespace

Load::Load(const std::vector<std::string>& command) {
    std::array<int, 2> in{};
    std::array<int, 2> out{};
    if (pipe2(in.data(), O_CLOEXEC) != 0 || pipe2(out.data(), O_CLOEXEC) != 0)
        throw std::runtime_error("cannot make a pipe");
    to_ = in[1];
    from_ = out[0];
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    std::vector<char*> arguments;
    arguments.reserve(command.size() + 1);
    for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    const int failed = posix_spawn(&pid_, arguments[0], &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    close(in[0]);
    close(out[1]);
    if (failed != 0) throw std::runtime_error("cannot start " + command[0]);
    await_word("ready\n");
}

Load::~Load() {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
    close(to_);
    close(from_);
}

void Load::begin() const {
    if (write(to_, "go\n", 3) != 3) throw std::runtime_error("the load is gone");
}

void Load::await() { await_word("done\n"); }

void Load::freeze() const { kill(pid_, SIGSTOP); }

void Load::await_word(const std::string& wanted) {
    std::string said;
    while (said != wanted) {
        pollfd wait{from_, POLLIN, 0};
        char byte = 0;
        if (poll(&wait, 1, load_patience_ms) != 1 || read(from_, &byte, 1) != 1)
            throw std::runtime_error("the load ended before it said " + wanted);
        said += byte;
    }
}

}  // namespace gyre::bench
