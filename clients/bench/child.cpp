#include "clients/bench/child.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <stdexcept>

namespace gyre::bench {

namespace {

constexpr int start_patience_ms = 120'000;

}  // namespace

Child::Child(const std::vector<std::string>& command, const std::filesystem::path& log) {
    std::array<int, 2> out{};
    if (pipe2(out.data(), O_CLOEXEC) != 0) throw std::runtime_error("cannot make a pipe");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log.c_str(), O_WRONLY | O_CREAT | O_APPEND,
                                     0600);
    std::vector<char*> arguments;
    arguments.reserve(command.size() + 1);
    for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    const auto began = std::chrono::steady_clock::now();
    const int failed = posix_spawn(&pid_, arguments[0], &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    close(out[1]);
    if (failed != 0) throw std::runtime_error("cannot start " + command[0]);
    wait_ready(out[0], log);
    start_seconds_ = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

void Child::wait_ready(int from, const std::filesystem::path& log) {
    while (!ready_.ends_with('\n')) {
        pollfd wait{from, POLLIN, 0};
        std::array<char, 256> bytes{};
        const ssize_t count =
            poll(&wait, 1, start_patience_ms) == 1 ? read(from, bytes.data(), bytes.size()) : 0;
        if (count <= 0) throw std::runtime_error("a server did not start; see " + log.string());
        ready_.append(bytes.data(), static_cast<std::size_t>(count));
    }
    close(from);
}

Child::~Child() {
    kill(pid_, SIGTERM);
    for (int tries = 0; tries < 3000; ++tries) {
        if (waitpid(pid_, nullptr, WNOHANG) != 0) return;
        usleep(10'000);
    }
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
}

std::uint16_t Child::port(const std::string& scheme) const {
    const std::size_t at = ready_.find(" " + scheme + "://");
    if (at == std::string::npos) throw std::runtime_error("no listener for " + scheme);
    const std::size_t colon = ready_.find(':', at + scheme.size() + 4);
    return static_cast<std::uint16_t>(std::stoi(ready_.substr(colon + 1)));
}

double Child::cpu_seconds() const {
    clockid_t clock{};
    timespec time{};
    if (clock_getcpuclockid(pid_, &clock) != 0 || clock_gettime(clock, &time) != 0) return 0;
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

std::size_t Child::rss_bytes() const {
    std::ifstream file("/proc/" + std::to_string(pid_) + "/statm");
    std::size_t size = 0;
    std::size_t resident = 0;
    file >> size >> resident;
    return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

std::size_t Child::threads() const {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry :
         std::filesystem::directory_iterator("/proc/" + std::to_string(pid_) + "/task")) {
        ++count;
    }
    return count;
}

}  // namespace gyre::bench
