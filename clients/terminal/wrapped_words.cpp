#include "clients/terminal/wrapped_words.hpp"

#include "engine/base/ascii.hpp"
#include "engine/base/utf8.hpp"

namespace gyre::play {

std::string wrapped_words(std::string_view words, std::size_t columns) {
    std::string lines;
    std::size_t used = 0;
    while (!words.empty()) {
        const std::string_view word = ascii::take_word(words);
        const std::size_t width = utf8::width(word);
        const bool fits = used > 0 && used + 1 + width <= columns;
        if (used > 0) lines += fits ? ' ' : '\n';
        lines += word;
        used = fits ? used + 1 + width : width;
    }
    return lines;
}

}  // namespace gyre::play
