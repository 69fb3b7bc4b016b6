#include "net/telnet/telnet_codec.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using gyre::net::TelnetCodec;
using gyre::net::TelnetEvent;

void read(TelnetCodec& codec, std::string_view bytes, std::string& seen) {
    TelnetEvent event;
    while (codec.next(bytes, event)) {
        if (event.kind == TelnetEvent::Kind::keys) {
            seen += event.bytes;
            continue;
        }
        const bool is_line = event.kind == TelnetEvent::Kind::line;
        const std::size_t longest =
            event.option == 201 ? TelnetCodec::max_gmcp : TelnetCodec::max_subnegotiation;
        if (event.bytes.size() > (is_line ? TelnetCodec::max_line : longest)) std::abort();
        seen += static_cast<char>(event.kind);
        seen += static_cast<char>(event.command);
        seen += static_cast<char>(event.option);
        seen += event.too_long ? '!' : '.';
        seen += event.bytes;
    }
    if (!bytes.empty()) std::abort();
}

}  // namespace

/// Invariants: events, of lines or of keys, are the same whole and byte by byte and within their limits, and
/// what encode() makes is read back as it was.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    TelnetCodec whole;
    TelnetCodec split;
    std::string seen_whole;
    std::string seen_split;
    read(whole, bytes, seen_whole);
    for (const char& byte : bytes) read(split, {&byte, 1}, seen_split);
    if (seen_whole != seen_split) std::abort();

    seen_whole.clear();
    seen_split.clear();
    TelnetCodec whole_keys;
    TelnetCodec split_keys;
    whole_keys.tell_keys(true);
    split_keys.tell_keys(true);
    read(whole_keys, bytes, seen_whole);
    for (const char& byte : bytes) read(split_keys, {&byte, 1}, seen_split);
    if (seen_whole != seen_split) std::abort();

    if (size > TelnetCodec::max_subnegotiation) return 0;
    std::string encoded;
    TelnetCodec::encode_subnegotiation(42, bytes, encoded);
    std::string_view input = encoded;
    TelnetCodec back;
    TelnetEvent event;
    if (!back.next(input, event) || event.bytes != bytes || event.too_long) std::abort();
    return 0;
}
