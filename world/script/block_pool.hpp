#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <vector>

namespace gyre::world::script {

/// Memory for Lua's small objects. A call makes and drops dozens of them, all of a few sizes: a list of free
/// blocks for each size takes a quarter of what malloc and free take for that. What it got from the system it
/// keeps until it is destroyed. Under AddressSanitizer every block is malloc's, so that misuse is seen.
class BlockPool {
  public:
    static constexpr std::size_t largest = 512;  ///< Larger blocks are malloc's.

    BlockPool() = default;
    BlockPool(const BlockPool&) = delete;
    BlockPool& operator=(const BlockPool&) = delete;

    /// Null when there is no memory. Precondition: size > 0.
    void* allocate(std::size_t size);
    /// `size` is what was asked for.
    void release(void* block, std::size_t size);
    /// The same bytes in a block of `size`; null, and nothing has happened, when there is no memory.
    void* resize(void* block, std::size_t old_size, std::size_t size);

  private:
    static constexpr std::size_t step = 16;
    static constexpr std::size_t chunk_bytes = std::size_t{32} << 10;
    struct Free {
        Free* next;
    };
    static std::size_t list_of(std::size_t size) { return (size - 1) / step; }
    static bool is_small(std::size_t size);
    void* carve(std::size_t list);

    std::array<Free*, largest / step> free_{};
    struct alignas(step) Chunk {
        std::array<std::byte, chunk_bytes> bytes;
    };
    std::vector<std::unique_ptr<Chunk>> chunks_;
    std::byte* rest_ = nullptr;  ///< Of the newest chunk.
    std::size_t rest_bytes_ = 0;
};

}  // namespace gyre::world::script
