#include "clients/bench/town.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <stdexcept>

namespace gyre::bench {

namespace fs = std::filesystem;

namespace {

/// oddity1.lua, oddity2.lua ...
void write_oddities(const fs::path& scripts, std::size_t count) {
    for (std::size_t number = 1; number <= count; ++number) {
        const std::string digits = std::to_string(number);
        std::ofstream file(scripts / ("oddity" + digits + ".lua"));
        file << "--- One of many, with verbs of its own.\ninherit \"thing\"\nproperty.name = \"strange brass "
                "lamp"
             << digits << "\"\n";
        for (const std::string word : {"polish", "hit", "mix", "turn", "bend", "wipe", "weigh"}) {
            file << "verb \"" << word << digits << "|" << word << " this\"\nfunction self:" << word
                 << "(who) who:tell \"Done.\" end\n";
        }
    }
}

}  // namespace

Town::Town(const fs::path& gyre, const fs::path& source, Options options)
    : gyre_(gyre), options_(std::move(options)) {
    std::string name = (fs::temp_directory_path() / "gyre-bench-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a directory");
    directory_ = name;
    fs::copy(source / "scripts" / "bench", directory_ / "scripts");
    write_oddities(directory_ / "scripts", options_.oddities);
    std::ofstream config(directory_ / "gyre.toml");
    config << "[security]\npassword_cost = \"" << options_.password_cost << "\"\n"
           << "[limits]\nconnections = 100000\nconnections_per_network = 100000\noutput_kib = 65536\n"
           << "[log]\nlevel = \"warn\"\n[storage]\n"
           << options_.storage;
    config.close();
    start();
}

Town::~Town() {
    child_.reset();
    std::error_code ignored;
    fs::remove_all(directory_, ignored);
}

void Town::start() {
    std::vector<std::string> command{gyre_.string(), "run", directory_.string()};
    for (const std::string& url : options_.listen) command.insert(command.end(), {"--listen", url});
    child_ = std::make_unique<Child>(command, directory_ / "log");
}

double Town::metric(const std::string& name) const {
    const std::string command = gyre_.string() + " metrics " + directory_.string();
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(popen(command.c_str(), "r"), pclose);
    std::array<char, 512> line{};
    while (pipe && std::fgets(line.data(), line.size(), pipe.get()) != nullptr) {
        const std::string text = line.data();
        if (text.starts_with(name + " ")) return std::stod(text.substr(name.size()));
    }
    return 0;
}

void Town::run(const std::vector<std::string>& words) const {
    std::vector<std::string> command{gyre_.string()};
    command.insert(command.end(), words.begin(), words.end());
    std::vector<char*> arguments;
    arguments.reserve(command.size() + 1);
    for (std::string& word : command) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t quiet{};
    posix_spawn_file_actions_init(&quiet);
    posix_spawn_file_actions_addopen(&quiet, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t child = -1;
    int status = posix_spawn(&child, command.front().c_str(), &quiet, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&quiet);
    if (status == 0) waitpid(child, &status, 0);
    if (status != 0) throw std::runtime_error(fmt::format("this failed: {}", fmt::join(command, " ")));
}

void Town::fill(Crowd& crowd, std::size_t players, std::size_t in_each_hall, const std::string& hall) {
    const std::uint16_t port = child_->port("telnet");
    for (std::size_t index = 0; index < players; ++index) {
        Player& player = crowd.join(port);
        crowd.log_in(player, "bench" + std::to_string(names_++));
        crowd.ask(player, hall + " " + std::to_string(1 + index / in_each_hall), "Moved");
    }
    for (std::size_t index = 0; index < crowd.size(); ++index)
        crowd.rest(crowd[index], std::chrono::milliseconds{1});
}

void Town::sow(Crowd& crowd, std::size_t stones) {
    constexpr std::size_t at_once = 200;
    Player& player = crowd.join(child_->port("telnet"));
    crowd.log_in(player, "bench" + std::to_string(names_++));
    for (std::size_t sown = 0; sown < stones; sown += at_once) {
        crowd.ask(player, "sow " + std::to_string(at_once), "Sown");
    }
    crowd.leave_all();
}

}  // namespace gyre::bench
