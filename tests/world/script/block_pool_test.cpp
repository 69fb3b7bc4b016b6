#include "world/script/block_pool.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdint>
#include <cstring>
#include <random>
#include <vector>

namespace gyre::world::script {

TEST_CASE("block pool: blocks keep their bytes and never overlap", "[world][script]") {
    struct Block {
        unsigned char* bytes;
        std::size_t size;
        unsigned char fill;
    };
    BlockPool pool;
    std::vector<Block> held;
    std::mt19937 random(7);  // The same sizes each time.
    const auto size = [&] { return 1 + random() % (random() % 8 == 0 ? 2000 : 200); };
    const auto is_whole = [](const Block& block, std::size_t upto) {
        return std::all_of(block.bytes, block.bytes + upto,
                           [&](unsigned char byte) { return byte == block.fill; });
    };
    for (int step = 0; step < 20'000; ++step) {
        const std::size_t place = held.empty() ? 0 : random() % held.size();
        switch (held.size() < 50 ? 0 : random() % 3) {
            case 0: {
                Block made{nullptr, size(), static_cast<unsigned char>(step)};
                made.bytes = static_cast<unsigned char*>(pool.allocate(made.size));
                std::memset(made.bytes, made.fill, made.size);
                held.push_back(made);
                break;
            }
            case 1: {
                Block& block = held[place];
                const std::size_t wanted = size();
                block.bytes = static_cast<unsigned char*>(pool.resize(block.bytes, block.size, wanted));
                REQUIRE(is_whole(block, std::min(block.size, wanted)));
                block.size = wanted;
                std::memset(block.bytes, block.fill, block.size);
                break;
            }
            default:
                REQUIRE(is_whole(held[place], held[place].size));
                pool.release(held[place].bytes, held[place].size);
                held[place] = held.back();
                held.pop_back();
        }
    }
    for (const Block& block : held) {
        REQUIRE(is_whole(block, block.size));
        pool.release(block.bytes, block.size);
    }
}

TEST_CASE("block pool: blocks are aligned for any of Lua's types", "[world][script]") {
    BlockPool pool;
    for (std::size_t size = 1; size <= BlockPool::largest; ++size) {
        void* block = pool.allocate(size);
        CHECK(reinterpret_cast<std::uintptr_t>(block) % 16 == 0);
        pool.release(block, size);
    }
}

}  // namespace gyre::world::script
