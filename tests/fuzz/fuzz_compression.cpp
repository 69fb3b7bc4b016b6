#include "engine/reactor/compression.hpp"

#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using gyre::reactor::Deflater;
using gyre::reactor::Inflater;

/// What comes of a stream, and what is behind its end.
struct Reader {
    static constexpr std::size_t most = 64U << 10U;
    Inflater inflater;
    std::string plain;
    std::string behind;

    void read(std::string_view bytes) {
        std::array<char, 512> buffer{};
        while (plain.size() < most) {
            const std::size_t count = inflater.read(bytes, buffer);
            if (count == 0) break;
            plain.append(buffer.data(), count);
        }
        behind += bytes;
    }
};

}  // namespace

/// Invariants: a stream is the same whole and byte by byte, and what was compressed comes out as it went in.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    Reader whole;
    Reader split;
    whole.read(bytes);
    for (const char& byte : bytes) split.read({&byte, 1});
    if (whole.inflater.state() != split.inflater.state() && whole.plain.size() < Reader::most) std::abort();
    const bool ended = whole.inflater.state() == Inflater::State::ended;
    if (ended && (whole.plain != split.plain || whole.behind != split.behind)) std::abort();

    Deflater deflater;
    deflater.write(bytes.substr(0, size / 2));
    deflater.flush();
    deflater.write(bytes.substr(size / 2));
    deflater.finish();
    Reader back;
    back.read(deflater.pending());
    if (back.plain != bytes.substr(0, back.plain.size())) std::abort();
    if (size < Reader::most && (back.plain != bytes || back.inflater.state() != Inflater::State::ended))
        std::abort();
    return 0;
}
