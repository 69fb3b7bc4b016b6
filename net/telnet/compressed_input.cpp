#include "net/telnet/compressed_input.hpp"

#include <array>

namespace gyre::net {

CompressedInput::State CompressedInput::read(std::string_view& bytes, std::size_t& room,
                                             const std::function<bool(std::string_view)>& take) {
    constexpr std::size_t piece_bytes = 4096;
    std::array<char, piece_bytes> piece{};
    while (const std::size_t count = inflater_.read(bytes, piece)) {
        too_much_ = count > room;
        if (too_much_) return State::failed;
        room -= count;
        if (!take({piece.data(), count})) break;
    }
    return inflater_.state();
}

std::string_view CompressedInput::fault() const {
    return too_much_ ? "compressed input grows too much" : "compressed input is damaged";
}

}  // namespace gyre::net
