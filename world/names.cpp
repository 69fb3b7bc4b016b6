#include "world/names.hpp"

#include "engine/base/ascii.hpp"
#include "engine/base/utf8.hpp"
#include "world/transaction.hpp"

#include <algorithm>
#include <array>

namespace gyre::world {

namespace {

/// Sorted. Who speaks for the server, words that a sentence needs for itself, and what a sentence may begin
/// with: "tell say hello" must not have two readings.
constexpr auto reserved_names = std::to_array<std::string_view>({
    // clang-format off
    "abuse", "admin", "administrator", "aft", "again", "all", "an", "and", "anonymous", "answer", "any",
    "anybody", "anyone", "anything", "ask", "at", "away", "back", "bot", "both", "builder", "but", "buy",
    "by", "bye", "channel", "chanserv", "close", "command", "connect", "console", "create", "daemon",
    "describe", "destroy", "dig", "do", "down", "drink", "drop", "each", "east", "eat", "emote", "enter",
    "eval", "every", "everybody", "everyone", "everything", "examine", "exit", "finger", "follow", "fore",
    "from", "ftp", "get", "give", "go", "guest", "gyre", "he", "help", "her", "here", "hers", "herself",
    "him", "himself", "his", "home", "hostmaster", "ignore", "in", "info", "inside", "into", "inv",
    "inventory", "is", "it", "its", "itself", "join", "leave", "light", "list", "listen", "lock", "login",
    "logout", "look", "mail", "mailerdaemon", "map", "me", "memoserv", "mine", "moderator", "my", "myself",
    "ne", "new", "nickserv", "no", "nobody", "none", "noone", "noreply", "north", "northeast", "northwest",
    "nothing", "nowhere", "nw", "of", "off", "on", "one", "open", "operator", "operserv", "or", "others",
    "our", "ours", "ourselves", "out", "outside", "over", "page", "pay", "port", "pose", "postmaster", "pull",
    "push", "put", "quit", "read", "register", "remove", "reply", "report", "root", "save", "say", "se",
    "search", "security", "self", "sell", "server", "service", "set", "settings", "she", "shout", "shut",
    "sit", "smell", "somebody", "someone", "something", "south", "southeast", "southwest", "staff", "stand",
    "starboard", "support", "sw", "sysop", "system", "take", "taste", "tell", "text", "that", "the", "their",
    "theirs", "them", "themself", "themselves", "then", "there", "these", "they", "thing", "this", "those",
    "throw", "to", "touch", "turn", "under", "undo", "unlock", "up", "us", "use", "wait", "we", "wear",
    "webmaster", "west", "what", "where", "whisper", "who", "whoami", "whom", "whose", "with", "wizard",
    "world", "write", "www", "yes", "you", "your", "yours", "yourself", "yourselves",
    // clang-format on
});

}  // namespace

bool Names::well_formed(std::string_view name) {
    if (name.size() < min_length || name.size() > max_length || !ascii::is_letter(name.front())) return false;
    return std::all_of(name.begin(), name.end(), ascii::is_letter_or_digit);
}

bool Names::reserved(std::string_view name) {
    constexpr std::string_view guest = "guest";
    const std::string wanted = utf8::fold_ascii(name);
    if (std::binary_search(reserved_names.begin(), reserved_names.end(), wanted)) return true;
    // Guest1, Guest2 ... are given to guests.
    return wanted.starts_with(guest) &&
           std::all_of(wanted.begin() + guest.size(), wanted.end(), ascii::is_digit);
}

std::string Names::key(Space space, std::string_view name) { return prefix(space) + utf8::fold_ascii(name); }

ObjectId Names::find(Space space, std::string_view name, Transaction& transaction) const {
    const auto known = entries_.find(key(space, name));
    if (known == entries_.end()) {
        transaction.saw(any_changed_in_);
        return ObjectId::nothing;
    }
    transaction.saw(known->second.changed_in);
    return known->second.object;
}

void Names::add(Space space, std::string_view name, ObjectId object, Transaction& transaction) {
    change(key(space, name), object, transaction);
}

void Names::remove(Space space, std::string_view name, Transaction& transaction) {
    change(key(space, name), ObjectId::nothing, transaction);
}

void Names::change(std::string key, ObjectId object, Transaction& transaction) {
    const auto [place, fresh] = entries_.try_emplace(std::move(key));
    const Entry before = place->second;
    const BatchNumber any_before = any_changed_in_;
    place->second = {object, transaction.open_batch()};
    any_changed_in_ = transaction.open_batch();
    transaction.derived([this, key = place->first, before, any_before, fresh = fresh] {
        any_changed_in_ = any_before;
        if (fresh) {
            entries_.erase(key);
        } else {
            entries_[key] = before;
        }
    });
}

void Names::restore(Space space, std::string_view name, ObjectId object) {
    entries_[key(space, name)] = {object, 0};
}

ObjectId Names::peek(Space space, std::string_view name) const {
    const auto known = entries_.find(key(space, name));
    return known == entries_.end() ? ObjectId::nothing : known->second.object;
}

}  // namespace gyre::world
