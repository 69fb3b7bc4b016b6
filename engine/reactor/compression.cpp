#include "engine/reactor/compression.hpp"

#include <zlib.h>

#include <array>
#include <cassert>
#include <new>

// zlib's own memory is all that a stream keeps: (1 << (window + 2)) + (1 << (memory level + 9)) bytes and 6
// KiB when sending, 1 << window and 7 KiB when receiving, where the sender chooses the window.

namespace gyre::reactor {

namespace {

constexpr int window_bits = 14;
constexpr int memory_level = 6;
constexpr int largest_window_bits = 15;
constexpr std::size_t piece_bytes = 4096;

// NOLINTBEGIN(cppcoreguidelines-pro-type-reinterpret-cast,cppcoreguidelines-pro-type-const-cast): zlib's
// bytes are unsigned, and what it only reads is not const.
void set_input(z_stream& stream, std::string_view bytes) {
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
}
void set_output(z_stream& stream, std::span<char> buffer) {
    stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
    stream.avail_out = static_cast<uInt>(buffer.size());
}
// NOLINTEND(cppcoreguidelines-pro-type-reinterpret-cast,cppcoreguidelines-pro-type-const-cast)

}  // namespace

Deflater::Deflater() : stream_(std::make_unique<z_stream>()) {
    const int made = deflateInit2(stream_.get(), Z_DEFAULT_COMPRESSION, Z_DEFLATED, window_bits, memory_level,
                                  Z_DEFAULT_STRATEGY);
    if (made != Z_OK) throw std::bad_alloc();
}

Deflater::~Deflater() { deflateEnd(stream_.get()); }

void Deflater::run(std::string_view plain, int how) {
    std::array<char, piece_bytes> piece{};
    set_input(*stream_, plain);
    do {
        set_output(*stream_, piece);
        [[maybe_unused]] const int outcome = ::deflate(stream_.get(), how);
        assert(outcome != Z_STREAM_ERROR);
        output_.append(piece.data(), piece.size() - stream_->avail_out);
    } while (stream_->avail_out == 0);
}

void Deflater::write(std::string_view plain) {
    assert(!finished_);
    if (plain.empty()) return;
    run(plain, Z_NO_FLUSH);
    unflushed_ = true;
}

void Deflater::flush() {
    if (!unflushed_ || finished_) return;
    run({}, Z_SYNC_FLUSH);
    unflushed_ = false;
}

void Deflater::finish() {
    if (finished_) return;
    run({}, Z_FINISH);
    finished_ = true;
}

void Deflater::sent(std::size_t count) {
    sent_ += count;
    if (sent_ < output_.size()) return;
    std::string{}.swap(output_);
    sent_ = 0;
}

Inflater::Inflater() : stream_(std::make_unique<z_stream>()) {
    if (inflateInit2(stream_.get(), largest_window_bits) != Z_OK) throw std::bad_alloc();
}

Inflater::~Inflater() { inflateEnd(stream_.get()); }

std::size_t Inflater::read(std::string_view& input, std::span<char> buffer) {
    if (state_ != State::open) return 0;
    set_input(*stream_, input);
    set_output(*stream_, buffer);
    const int outcome = ::inflate(stream_.get(), Z_SYNC_FLUSH);
    input.remove_prefix(input.size() - stream_->avail_in);
    if (outcome == Z_STREAM_END) {
        state_ = State::ended;
    } else if (outcome != Z_OK && outcome != Z_BUF_ERROR) {
        state_ = State::failed;  // Broken, or it needs a dictionary that nobody agreed on.
    }
    return buffer.size() - stream_->avail_out;
}

}  // namespace gyre::reactor
