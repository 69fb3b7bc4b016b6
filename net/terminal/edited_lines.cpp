#include "net/terminal/edited_lines.hpp"

#include "net/terminal/charset.hpp"
#include "net/terminal/terminal_session.hpp"
#include "net/terminal/typed_text.hpp"

namespace gyre::net {

// The editor knows UTF-8 only. A Latin-1 terminal's keys are one byte each, so they can be translated as they
// come; what is not sure to be Latin-1 passes as UTF-8, for a character may be split.

std::string EditedLines::typed(std::string_view keys) {
    std::string translated;
    if (session_.settings().input_charset() == InputCharset::latin1) {
        translated = from_latin1(keys);
        keys = translated;
    }
    std::string screen;
    LineEditor::Event event;
    while (!session_.ending() && !ended_ && editor_.next(keys, event, screen)) {
        if (event.kind == LineEditor::Event::Kind::end_of_input) {
            ended_ = true;
        } else {
            session_.line_typed(event.line, event.too_long);
        }
    }
    return encoded(std::move(screen));
}

std::string EditedLines::hidden() {
    std::string screen;
    editor_.hide(screen);
    return screen;
}

std::string EditedLines::shown(std::string_view prompt) {
    std::string screen;
    editor_.show(prompt, screen);
    return encoded(std::move(screen));
}

std::string EditedLines::settled() {
    const bool is_missing = !editor_.is_shown() && editor_.has_text();
    if (!is_missing || session_.ending() || session_.answer_pending()) return {};
    return shown(std::string{editor_.prompt()});
}

std::string EditedLines::resized(std::uint16_t columns) {
    std::string screen;
    editor_.set_width(columns, screen);
    return encoded(std::move(screen));
}

std::string EditedLines::encoded(std::string screen) const {
    const Charset charset = session_.settings().rendering().charset;
    if (charset == Charset::utf8) return screen;
    std::string bytes;
    append_encoded(bytes, screen, charset);
    return bytes;
}

}  // namespace gyre::net
