#include "engine/base/random.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

// Runs a fuzzer's function without libFuzzer: on every seed, then on seeds changed at random, for some
// seconds. It is blind to coverage, but it needs no second build of everything by another compiler, which the
// tests have no time for. A crash leaves the input in a file.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" void __sanitizer_set_death_callback(void (*callback)());  // NOLINT(bugprone-reserved-identifier)

namespace {

constexpr std::size_t longest_input = 4096;

std::string current;
std::string crash_file;

void keep_current() {
    std::ofstream(crash_file, std::ios::binary) << current;
    static_cast<void>(std::fprintf(stderr, "the input is in %s\n", crash_file.c_str()));
}

void aborted(int /*signal*/) {
    keep_current();
    std::_Exit(1);
}

void run(std::string input) {
    current = std::move(input);
    const std::vector<std::uint8_t> exact(current.begin(),
                                          current.end());  // A byte too far is outside the block.
    LLVMFuzzerTestOneInput(exact.data(), exact.size());
}

std::vector<std::string> read_seeds(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error))
        files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::vector<std::string> seeds{""};
    for (const auto& file : files) {
        std::ifstream in(file, std::ios::binary);
        seeds.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    }
    return seeds;
}

/// Changes `input` in one place; `other` is a seed to take a piece from.
void mutate(std::string& input, const std::string& other, gyre::Random& random) {
    const auto place = [&random](const std::string& text) { return random.below(text.size() + 1); };
    const std::size_t at = place(input);
    const std::size_t length = 1 + random.below(8);
    const auto byte = static_cast<char>(random.below(256));
    switch (random.below(6)) {
        case 0:
            input.insert(at, length, byte);
            break;
        case 1:
            input.erase(at, length);
            break;
        case 2:
            if (at < input.size()) input[at] = byte;
            break;
        case 3:
            if (at < input.size()) input[at] = static_cast<char>(input[at] ^ (1 << random.below(8)));
            break;
        case 4:
            input.insert(place(input), input.substr(at, length * 4));
            break;
        default:
            input.insert(at, other.substr(place(other), length * 8));
            break;
    }
    if (input.size() > longest_input) input.resize(longest_input);
}

}  // namespace

/// usage: smoke_NAME SECONDS SEEDS CRASHFILE
int main(int argc, char** argv) {
    if (argc != 4) return 64;
    crash_file = argv[3];
    __sanitizer_set_death_callback(keep_current);
    std::signal(SIGABRT, aborted);
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(std::atoi(argv[1]));
    const std::vector<std::string> seeds = read_seeds(argv[2]);
    for (const std::string& seed : seeds) run(seed);
    gyre::Random random(1);
    std::uint64_t runs = 0;
    for (; std::chrono::steady_clock::now() < end; ++runs) {
        std::string input = seeds[random.below(seeds.size())];
        for (std::uint64_t changes = 1 + random.below(6); changes > 0; --changes)
            mutate(input, seeds[random.below(seeds.size())], random);
        run(std::move(input));
    }
    static_cast<void>(
        std::printf("%zu seeds and %llu variations\n", seeds.size(), static_cast<unsigned long long>(runs)));
    return 0;
}
