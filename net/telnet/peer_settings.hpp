#pragma once

#include "net/telnet/options_codec.hpp"
#include "net/terminal/terminal_settings.hpp"

namespace gyre::net {

/// What a telnet peer has told of itself, as settings of its terminal.
void take_facts(const TelnetFacts& facts, TerminalSettings& settings);

}  // namespace gyre::net
