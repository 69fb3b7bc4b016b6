#include "net/terminal/rendering.hpp"

#include "net/terminal/page.hpp"

#include <algorithm>

namespace gyre::net {

namespace {

std::uint16_t clamped(std::uint16_t width) {
    return std::clamp(width, Rendering::min_width, Rendering::max_width);
}

}  // namespace

std::uint32_t count_of(Colours colours) {
    switch (colours) {
        case Colours::none:
            return 0;
        case Colours::ansi16:
            return 16;
        case Colours::ansi256:
            return 256;
        case Colours::truecolour:
            return 1U << 24U;
    }
    return 0;
}

std::uint64_t Rendering::key() const {
    constexpr std::uint64_t terminal = 0x54;  // Keeps clear of the keys of other renderers.
    std::uint64_t key = terminal;
    const auto add = [&key](unsigned bits, unsigned value) { key = (key << bits) | value; };
    add(1, static_cast<unsigned>(kind));
    add(2, static_cast<unsigned>(colours));
    add(2, static_cast<unsigned>(charset));
    add(1, screen_reader ? 1 : 0);
    add(1, links ? 1 : 0);
    add(16, screen_reader ? 0U : clamped(width));
    return key;
}

const std::string& render(const world::text::Tree& tree, const Rendering& rendering) {
    const std::uint64_t key = rendering.key();
    for (const auto& known : tree.rendered)
        if (known.key == key) return known.bytes;
    Rendering fitting = rendering;
    fitting.width = clamped(rendering.width);
    auto& made = tree.rendered.emplace_front();
    made.key = key;
    Page(tree, fitting, made.bytes).write();
    return made.bytes;
}

}  // namespace gyre::net
