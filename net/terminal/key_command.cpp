#include "net/terminal/key_command.hpp"

#include "engine/base/ascii.hpp"
#include "engine/base/utf8.hpp"

#include <fmt/format.h>

#include <charconv>
#include <vector>

namespace gyre::net {

namespace {

KeyAnswer list_keys(const world::Native& native, ObjectId player) {
    std::string words;
    std::size_t number = 0;
    for (const world::PublicKeyFacts& key : native.keys_of(player)) {
        words += fmt::format("{}. {} {}{}{}\n", ++number, key.type, key.fingerprint,
                             key.comment.empty() ? "" : " ", key.comment);
    }
    if (words.empty()) {
        return {
            "You have no keys. Type: keys add, and behind it the line in your file that ends with .pub.\n"};
    }
    return {"These keys let you in by SSH:\n" + words};
}

KeyAnswer add_key(world::Native& native, ObjectId player, std::string_view line) {
    BatchNumber needs = 0;
    const Result<world::PublicKeyFacts> added = native.add_key(player, line, needs);
    if (!added) return {added.error().text + '\n', 0, false};
    return {fmt::format("From now on this key lets you in by SSH: {}\n", added.value().fingerprint), needs};
}

KeyAnswer remove_key(world::Native& native, ObjectId player, std::string_view which) {
    const std::vector<world::PublicKeyFacts> keys = native.keys_of(player);
    std::string fingerprint{which};
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(which.data(), which.data() + which.size(), number);
    const bool is_number = error == std::errc{} && end == which.data() + which.size();
    if (is_number && number >= 1 && number <= keys.size()) fingerprint = keys[number - 1].fingerprint;
    const Result<BatchNumber> removed = native.remove_key(player, fingerprint);
    if (!removed) return {"You have no such key. Type: keys list\n", 0, false};
    return {fmt::format("This key no longer lets you in: {}\n", fingerprint), removed.value()};
}

}  // namespace

std::optional<KeyAnswer> key_command(world::Native& native, ObjectId player, std::string_view words) {
    const std::string_view what = ascii::take_word(words);
    if (utf8::equal_folded(what, "list") && words.empty()) return list_keys(native, player);
    if (utf8::equal_folded(what, "add") && !words.empty()) return add_key(native, player, words);
    if (utf8::equal_folded(what, "remove") && !words.empty()) return remove_key(native, player, words);
    return std::nullopt;
}

}  // namespace gyre::net
