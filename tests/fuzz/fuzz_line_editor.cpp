// What the line editor promises for any lines at all: its text stays within the limits, whatever is typed.

#include "world/line_editor.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using gyre::world::LineEditor;
    std::string_view input(reinterpret_cast<const char*>(bytes), size);
    const std::size_t old = size == 0 ? 0 : std::min<std::size_t>(bytes[0] * std::size_t{4}, size);
    LineEditor editor{input.substr(0, old)};
    input.remove_prefix(old);
    while (!input.empty()) {
        const std::size_t end = std::min(input.find('\n'), input.size());
        static_cast<void>(editor.type(input.substr(0, end)));
        input.remove_prefix(std::min(end + 1, input.size()));
    }
    const std::string text = editor.text();
    const auto ends = static_cast<std::size_t>(std::ranges::count(text, '\n'));
    if (text.size() > LineEditor::max_bytes || ends >= LineEditor::max_lines) std::abort();
    return 0;
}
