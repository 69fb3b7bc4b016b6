#include "engine/base/clock.hpp"
#include "net/terminal/terminal_session.hpp"

#include <fmt/format.h>

#include <charconv>

// The keys that let somebody in by SSH, as they are shown to their owner and changed.

namespace gyre::net {

namespace {

std::string line_about(const world::PublicKeyFacts& key, std::size_t number) {
    return fmt::format("{}. {} {}{}{}\n", number, key.type, key.fingerprint, key.comment.empty() ? "" : " ",
                       key.comment);
}

}  // namespace

void TerminalSession::list_keys() {
    std::string words;
    std::size_t number = 0;
    for (const world::PublicKeyFacts& key : context_.native.keys_of(player_))
        words += line_about(key, ++number);
    if (words.empty()) {
        return say(
            "You have no keys. Type: keys add, and behind it the line in your file that ends with .pub.\n");
    }
    say("These keys let you in by SSH:\n" + words);
}

void TerminalSession::add_key(std::string_view line) {
    BatchNumber needs = 0;
    const Result<world::PublicKeyFacts> added = context_.native.add_key(player_, line, needs);
    if (!added) return say(added.error().text);
    say(fmt::format("From now on this key lets you in by SSH: {}\n", added.value().fingerprint), needs);
}

void TerminalSession::remove_key(std::string_view which) {
    const std::vector<world::PublicKeyFacts> keys = context_.native.keys_of(player_);
    std::string fingerprint{which};
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(which.data(), which.data() + which.size(), number);
    const bool is_number = error == std::errc{} && end == which.data() + which.size();
    if (is_number && number >= 1 && number <= keys.size()) fingerprint = keys[number - 1].fingerprint;
    const Result<BatchNumber> removed = context_.native.remove_key(player_, fingerprint);
    if (!removed) return say("You have no such key. Type: keys list\n");
    say(fmt::format("This key no longer lets you in: {}\n", fingerprint), removed.value());
}

}  // namespace gyre::net
