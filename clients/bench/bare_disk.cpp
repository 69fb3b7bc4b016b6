#include "clients/bench/bare_disk.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdint>
#include <string>
#include <system_error>
#include <thread>

namespace gyre::bench {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t block_bytes = std::size_t{16} << 10;
constexpr std::size_t blocks = 2048;

/// A file of its own, which goes with it.
class ScratchFile {
  public:
    explicit ScratchFile(const std::filesystem::path& path)
        : path_(path), descriptor_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
        check(descriptor_ >= 0);
    }
    ScratchFile(const ScratchFile&) = delete;
    ScratchFile& operator=(const ScratchFile&) = delete;
    ~ScratchFile() {
        ::close(descriptor_);
        ::unlink(path_.c_str());
    }

    void write(std::size_t block, const std::string& bytes) const {
        const auto place = static_cast<off_t>(block * block_bytes);
        check(::pwrite(descriptor_, bytes.data(), bytes.size(), place) == static_cast<ssize_t>(bytes.size()));
    }
    void sync() const { check(::fdatasync(descriptor_) == 0); }

  private:
    static void check(bool went_well) {
        if (!went_well) throw std::system_error(errno, std::generic_category(), "the bare disk");
    }

    std::filesystem::path path_;
    int descriptor_;
};

}  // namespace

Histogram measure_disk(const std::filesystem::path& directory, double seconds) {
    const ScratchFile file(directory / "bare_disk");
    const std::string bytes(block_bytes, 'x');
    for (std::size_t block = 0; block < blocks; ++block) file.write(block, bytes);
    file.sync();
    Histogram times;
    const auto until = Clock::now() + std::chrono::duration<double>(seconds);
    for (std::size_t number = 0; Clock::now() < until; ++number) {
        const auto began = Clock::now();
        file.write(number % blocks, bytes);
        file.sync();
        times.add(static_cast<std::uint64_t>(std::chrono::nanoseconds{Clock::now() - began}.count()));
        std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
    return times;
}

}  // namespace gyre::bench
