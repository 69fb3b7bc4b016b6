#include "net/terminal/terminal_settings.hpp"

#include "engine/base/ascii.hpp"
#include "engine/base/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <optional>

namespace gyre::net {
namespace {

constexpr std::string_view automatic = "auto";

template <class T>
struct Choice {
    std::string_view word;
    T value;
};

template <class T, std::size_t count>
bool take(const std::array<Choice<T>, count>& choices, std::string_view word, T& place) {
    const auto* const found =
        std::find_if(choices.begin(), choices.end(), [&](const auto& each) { return each.word == word; });
    if (found == choices.end()) return false;
    place = found->value;
    return true;
}

template <class T, std::size_t count>
std::string word_of(const std::array<Choice<T>, count>& choices, T value) {
    const auto* const found =
        std::find_if(choices.begin(), choices.end(), [&](const auto& each) { return each.value == value; });
    return found == choices.end() ? std::string{} : std::string{found->word};
}

bool take_width(Rendering& rendering, std::string_view word) {
    std::uint16_t columns = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), columns);
    if (error != std::errc{} || end != word.data() + word.size()) return false;
    if (columns < Rendering::min_width || columns > Rendering::max_width) return false;
    rendering.width = columns;
    return true;
}

constexpr std::array colours_choices{
    Choice<Colours>{"off", Colours::none},
    Choice<Colours>{"16", Colours::ansi16},
    Choice<Colours>{"256", Colours::ansi256},
    Choice<Colours>{"true", Colours::truecolour},
};

bool take_colours(Rendering& rendering, std::string_view word) {
    return take(colours_choices, word, rendering.colours);
}

constexpr std::array charset_choices{
    Choice<Charset>{"utf-8", Charset::utf8},     Choice<Charset>{"utf8", Charset::utf8},
    Choice<Charset>{"latin-1", Charset::latin1}, Choice<Charset>{"latin1", Charset::latin1},
    Choice<Charset>{"ascii", Charset::ascii},
};

bool take_charset(Rendering& rendering, std::string_view word) {
    return take(charset_choices, word, rendering.charset);
}

constexpr std::array on_or_off{Choice<bool>{"on", true}, Choice<bool>{"off", false}};

bool take_screen_reader(Rendering& rendering, std::string_view word) {
    return take(on_or_off, word, rendering.screen_reader);
}

bool take_links(Rendering& rendering, std::string_view word) {
    return take(on_or_off, word, rendering.links);
}

std::string width_words(const Rendering& rendering) {
    return fmt::format("Lines are now {} columns wide", rendering.width);
}

std::string colours_words(const Rendering& rendering) {
    return rendering.colours == Colours::none ? "Colours are off" : "Colours are on";
}

std::string charset_words(const Rendering&) {
    return "This is a line in your character set, with an e acute: \xc3\xa9";
}

std::string screen_reader_words(const Rendering& rendering) {
    return rendering.screen_reader ? "Screen reader mode is on: plain lines, one fact each"
                                   : "Screen reader mode is off";
}

std::string links_words(const Rendering& rendering) {
    return rendering.links ? "Commands in what you read can be clicked" : "Links are off";
}

std::string width_value(const Rendering& rendering) { return std::to_string(rendering.width); }

std::string colours_value(const Rendering& rendering) { return word_of(colours_choices, rendering.colours); }

std::string charset_value(const Rendering& rendering) { return word_of(charset_choices, rendering.charset); }

std::string screen_reader_value(const Rendering& rendering) {
    return word_of(on_or_off, rendering.screen_reader);
}

std::string links_value(const Rendering& rendering) { return word_of(on_or_off, rendering.links); }

struct Setting {
    std::string_view name;
    /// False: that is no value of it.
    bool (*take)(Rendering& rendering, std::string_view word);
    /// How it is now, without a full stop.
    std::string (*words)(const Rendering& rendering);
    /// What one would choose to have it so.
    std::string (*value)(const Rendering& rendering);
};
constexpr std::array<Setting, TerminalSettings::count> settings{{
    {"width", take_width, width_words, width_value},
    {"colours", take_colours, colours_words, colours_value},
    {"charset", take_charset, charset_words, charset_value},
    {"screenreader", take_screen_reader, screen_reader_words, screen_reader_value},
    {"links", take_links, links_words, links_value},
}};
constexpr std::size_t charset_place = 2;
static_assert(settings[charset_place].name == "charset");

/// The place of the setting of that name, if there is one.
std::optional<std::size_t> place_of(std::string_view name) {
    for (std::size_t place = 0; place < settings.size(); ++place)
        if (settings[place].name == name) return place;
    return std::nullopt;
}

}  // namespace

void TerminalSettings::put_together() {
    rendering_ = told_;
    for (std::size_t place = 0; place < chosen_.size(); ++place)
        settings[place].take(rendering_, chosen_[place]);
}

void TerminalSettings::keep(std::size_t place, std::string_view word) {
    chosen_.resize(count);
    chosen_[place] = word;
}

void TerminalSettings::width_told(std::uint16_t width) {
    told_.width = width;
    put_together();
}

void TerminalSettings::colours_told(Colours colours) {
    told_.colours = colours;
    put_together();
}

void TerminalSettings::charset_told(Charset charset) {
    told_.charset = charset;
    charset_is_told_ = true;
    put_together();
}

void TerminalSettings::screen_reader_told(bool screen_reader) {
    told_.screen_reader = screen_reader;
    put_together();
}

void TerminalSettings::links_told(bool links) {
    told_.links = links;
    put_together();
}

std::string TerminalSettings::choose(std::string_view name, std::string_view value) {
    const std::optional<std::size_t> place = place_of(name);
    assert(place);
    const Setting& setting = settings[*place];
    const std::string word = utf8::fold_ascii(value);
    const bool is_automatic = word == automatic;
    Rendering tried;
    if (!is_automatic && !setting.take(tried, word)) return {};
    keep(*place, is_automatic ? "" : word);
    put_together();
    return setting.words(rendering_) + (is_automatic ? ", as your client says.\n" : ".\n");
}

std::string TerminalSettings::present(std::string_view name) const {
    const std::optional<std::size_t> place = place_of(name);
    assert(place);
    return fmt::format("Your {} at present: {}{}.\n", name, settings[*place].value(rendering_),
                       is_chosen(*place) ? "" : ", as your client says");
}

std::string TerminalSettings::kept() const {
    std::string lines;
    for (std::size_t place = 0; place < chosen_.size(); ++place) {
        if (!is_chosen(place)) continue;
        lines += settings[place].name;
        lines += ' ' + chosen_[place] + '\n';
    }
    return lines;
}

void TerminalSettings::restore(std::string_view kept) {
    while (!kept.empty()) {
        std::string_view line = kept.substr(0, kept.find('\n'));
        kept.remove_prefix(std::min(line.size() + 1, kept.size()));
        const std::optional<std::size_t> place = place_of(ascii::take_word(line));
        Rendering tried;
        if (place && !is_chosen(*place) && settings[*place].take(tried, line)) keep(*place, line);
    }
    put_together();
}

InputCharset TerminalSettings::input_charset() const {
    if (!charset_is_told_ && !is_chosen(charset_place)) return InputCharset::guessed;
    switch (rendering_.charset) {
        case Charset::utf8:
            return InputCharset::utf8;
        case Charset::latin1:
            return InputCharset::latin1;
        case Charset::ascii:
            return InputCharset::ascii;
    }
    return InputCharset::guessed;
}

}  // namespace gyre::net
