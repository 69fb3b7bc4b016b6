#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace gyre::test {

/// Calls `feed` with `bytes` cut into pieces of `size`.
template <class Feed>
void feed_in_chunks(std::string_view bytes, std::size_t size, Feed&& feed) {
    for (; !bytes.empty(); bytes.remove_prefix(std::min(size, bytes.size()))) feed(bytes.substr(0, size));
}

}  // namespace gyre::test
