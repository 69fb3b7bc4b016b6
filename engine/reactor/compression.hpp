#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

struct z_stream_s;

namespace gyre::reactor {

/// The sending end of one zlib stream (RFC 1950) as a filter. Sans-I/O. Takes 104 KiB: with half the largest
/// window, which left 30 % of the demo world's texts, flushed one by one; all of it left 22 %, a quarter 41
/// %.
class Deflater {
  public:
    Deflater();
    ~Deflater();
    Deflater(const Deflater&) = delete;
    Deflater& operator=(const Deflater&) = delete;

    /// Precondition: !finished().
    void write(std::string_view plain);
    /// Makes everything written so far readable at the other end; nothing if there is nothing new.
    void flush();
    /// Ends the stream. Does nothing the second time.
    void finish();
    [[nodiscard]] bool finished() const { return finished_; }

    /// What must go to the socket.
    [[nodiscard]] std::string_view pending() const { return std::string_view(output_).substr(sent_); }
    void sent(std::size_t count);

  private:
    void run(std::string_view plain, int how);

    std::unique_ptr<z_stream_s> stream_;
    std::string output_;
    std::size_t sent_ = 0;
    bool unflushed_ = false;
    bool finished_ = false;
};

/// The receiving end of one zlib stream as a filter. Sans-I/O. Takes up to 48 KiB.
class Inflater {
  public:
    enum class State : std::uint8_t { open, ended, failed };

    Inflater();
    ~Inflater();
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;

    /// Takes bytes from the front of `input` and makes plain ones of them, as many as fit into `buffer`.
    /// How many those are; 0: all of `input` is used up, or the state has changed for good. What is left of
    /// `input` after the end is not part of the stream.
    [[nodiscard]] std::size_t read(std::string_view& input, std::span<char> buffer);
    [[nodiscard]] State state() const { return state_; }

  private:
    std::unique_ptr<z_stream_s> stream_;
    State state_ = State::open;
};

}  // namespace gyre::reactor
