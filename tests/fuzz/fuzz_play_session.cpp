#include "clients/terminal/play_session.hpp"
#include "engine/base/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using gyre::play::PlaySession;
using gyre::play::Screen;

/// Whether `screen` holds only what this client itself has terminals do: no sequence that sets a title,
/// reads the clipboard, asks the terminal anything or leaves the screen.
bool is_harmless(std::string_view screen) {
    static constexpr std::array<std::string_view, 4> ours{"\x1b[?2004h", "\x1b[?2004l", "\x1b\x37",
                                                          "\x1b\x38"};
    for (std::size_t at = 0; at < screen.size(); ++at) {
        const std::string_view rest = screen.substr(at);
        const char byte = rest.front();
        if (byte == '\r' || byte == '\n') continue;
        if (byte != '\x1b') {
            if (static_cast<unsigned char>(byte) < ' ' || byte == '\x7f') return false;
            continue;
        }
        const auto known =
            std::find_if(ours.begin(), ours.end(), [&](auto each) { return rest.starts_with(each); });
        if (known != ours.end()) continue;
        if (rest.starts_with("\x1b]8;;")) {
            const std::string_view address = rest.substr(5, rest.find("\x1b\\") - 5);
            if (!address.empty() && !address.starts_with("http")) return false;
            at += 5 + address.size() + 1;
            continue;
        }
        if (!rest.starts_with("\x1b[")) return false;
        const std::size_t end = rest.find_first_not_of("0123456789;:", 2);
        if (end == std::string_view::npos ||
            std::string_view{"mKJHrAD"}.find(rest[end]) == std::string_view::npos)
            return false;
    }
    return true;
}

std::string play(std::string_view bytes, std::size_t chunk) {
    PlaySession session({{"1", "XTERM", 13, true, true, true, 40, 10},
                         Screen::Settings{40, 10, true, true, true},
                         true,
                         PlaySession::KeepText::yes});
    session.begin();
    while (!bytes.empty() && session.fault().empty()) {
        const std::string_view part = bytes.substr(0, std::min(chunk, PlaySession::max_received));
        bytes.remove_prefix(part.size());
        session.received(part, 1);
        session.settle();
        const std::string screen = session.take_screen();
        if (!gyre::utf8::is_valid(screen) || !is_harmless(screen)) std::abort();
        if (session.take_output().size() > 2 * PlaySession::max_output) std::abort();
    }
    session.end();
    if (!is_harmless(session.take_screen())) std::abort();
    return session.take_text();
}

}  // namespace

/// Invariants: whatever a server sends, the terminal gets only harmless sequences; and the text is the same
/// whole and byte by byte. Marks that combine may be dropped where they come alone, so only ASCII is
/// compared.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    const std::string whole = play(bytes, PlaySession::max_received);
    const std::string split = play(bytes, 1);
    const bool is_simple = std::all_of(bytes.begin(), bytes.end(),
                                       [](char byte) { return static_cast<unsigned char>(byte) < 0x80; });
    if (is_simple && whole != split) std::abort();
    return 0;
}
