#include "net/terminal/backlog.hpp"

#include <array>
#include <cstring>

namespace gyre::net {
namespace {

constexpr std::size_t header_size = 2;
constexpr std::uint16_t too_long_mark = 0xFFFF;
/// A buffer larger than this is given back when it is empty.
constexpr std::size_t kept_capacity = 64;

}  // namespace

bool Backlog::push(std::string_view line) {
    return push_entry(static_cast<std::uint16_t>(line.size()), line);
}

bool Backlog::push_too_long() { return push_entry(too_long_mark, {}); }

bool Backlog::push_entry(std::uint16_t size, std::string_view line) {
    if (buffer_.size() - read_ + header_size + line.size() > max_bytes) return false;
    if (read_ > max_bytes) {
        buffer_.erase(0, read_);
        read_ = 0;
    }
    std::array<char, header_size> header{};
    std::memcpy(header.data(), &size, header_size);
    buffer_.append(header.data(), header_size).append(line);
    return true;
}

std::uint16_t Backlog::front_size() const {
    std::uint16_t size = 0;
    std::memcpy(&size, buffer_.data() + read_, header_size);
    return size;
}

Backlog::Line Backlog::front() const {
    const std::uint16_t size = front_size();
    if (size == too_long_mark) return {{}, true};
    return {std::string_view{buffer_}.substr(read_ + header_size, size), false};
}

void Backlog::pop() {
    const std::uint16_t size = front_size();
    read_ += header_size + (size == too_long_mark ? 0 : size);
    if (!empty()) return;
    buffer_.clear();
    read_ = 0;
    if (buffer_.capacity() > kept_capacity) buffer_.shrink_to_fit();
}

}  // namespace gyre::net
