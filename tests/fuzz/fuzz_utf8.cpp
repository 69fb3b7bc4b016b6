// What the text functions promise for any bytes at all.

#include "engine/base/utf8.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace gyre;

void require(bool claim) {
    if (!claim) std::abort();
}

void check_graphemes(std::string_view text) {
    std::size_t columns = 0;
    for (std::size_t at = 0; at < text.size();) {
        const utf8::Grapheme next = utf8::grapheme(text, at);
        require(next.bytes > 0 && at + next.bytes <= text.size() && next.width <= 2);
        columns += next.width;
        at += next.bytes;
    }
    require(columns == utf8::width(text));
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(bytes), size);
    const std::string repaired = utf8::repair(input);
    require(utf8::is_valid(repaired));
    require(utf8::is_valid(input) == (repaired == input));
    require(utf8::is_valid(utf8::nfc(input)));
    for (const auto newlines : {utf8::Newlines::keep, utf8::Newlines::to_spaces}) {
        const std::string filtered = utf8::filter(input, newlines);
        require(utf8::is_valid(filtered));
        require(utf8::filter(filtered, newlines) == filtered);
        require(utf8::is_clean(filtered, newlines));
        require(utf8::is_clean(input, newlines) == (filtered == input));
        require(filtered.find('\x1b') == std::string::npos && filtered.find('\0') == std::string::npos);
        check_graphemes(filtered);
    }
    const std::string title = utf8::title(input);
    require(utf8::title(title) == title);
    check_graphemes(input);
    require(utf8::is_printable_ascii(input) == (utf8::printable_ascii_prefix(input) == size));
    require(utf8::easy_prefix(input) >= utf8::printable_ascii_prefix(input));
    return 0;
}
