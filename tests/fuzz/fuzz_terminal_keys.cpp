#include "engine/base/utf8.hpp"
#include "net/terminal/line_editor.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using gyre::net::LineEditor;

/// The lines that come out; whatever is typed, each is clean and within its limit, and so is what is on the
/// screen.
std::string lines_of(std::string_view bytes, std::size_t chunk) {
    LineEditor editor;
    std::string all;
    std::string screen;
    editor.show("> ", screen);
    while (!bytes.empty()) {
        std::string_view part = bytes.substr(0, chunk);
        bytes.remove_prefix(part.size());
        LineEditor::Event event;
        while (editor.next(part, event, screen)) {
            if (event.kind == LineEditor::Event::Kind::line) {
                if (event.line.size() > LineEditor::max_line || !gyre::utf8::is_valid(event.line))
                    std::abort();
                all += event.line;
                if (event.too_long) all += " (too long)";
            }
            all += '\n';
            if (!editor.is_shown()) editor.show("> ", screen);
        }
        if (!part.empty()) std::abort();
        if (!gyre::utf8::is_valid(screen)) std::abort();
        screen.clear();
        editor.hide(screen);
        editor.show("> ", screen);
    }
    return all;
}

}  // namespace

/// Invariant: the same lines come out whole and byte by byte. Marks that combine with what is before them may
/// be dropped where they come alone, so only lines of ASCII are compared.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    const std::string whole = lines_of(bytes, size + 1);
    const std::string split = lines_of(bytes, 1);
    if (gyre::utf8::is_ascii(bytes) && whole != split) std::abort();
    return 0;
}
