#include "net/telnet/peer_settings.hpp"

#include "engine/base/log.hpp"

namespace gyre::net {
namespace {

constexpr std::uint16_t default_width = 80;

Colours colours_of(const TelnetFacts& facts) {
    if ((facts.abilities & mtts::true_colour) != 0) return Colours::truecolour;
    if ((facts.abilities & mtts::colours_256) != 0) return Colours::ansi256;
    return (facts.abilities & mtts::ansi) != 0 ? Colours::ansi16 : Colours::none;
}

void take_charset(const TelnetFacts& facts, TerminalSettings& settings) {
    switch (facts.charset) {
        case TelnetFacts::Charset::utf8:
            return settings.charset_told(Charset::utf8);
        case TelnetFacts::Charset::latin1:
            return settings.charset_told(Charset::latin1);
        case TelnetFacts::Charset::ascii:
            return settings.charset_told(Charset::ascii);
        case TelnetFacts::Charset::unknown:
            break;
    }
    if ((facts.abilities & mtts::utf8) != 0) settings.charset_told(Charset::utf8);
}

}  // namespace

void take_facts(const TelnetFacts& facts, TerminalSettings& settings) {
    log::debug("telnet", "told", {{"client", facts.client}});
    settings.width_told(facts.width != 0 ? facts.width : default_width);
    settings.links_told(facts.links);
    if (facts.terminal_known) {
        settings.colours_told(colours_of(facts));
        settings.screen_reader_told((facts.abilities & mtts::screen_reader) != 0);
    }
    take_charset(facts, settings);
}

}  // namespace gyre::net
