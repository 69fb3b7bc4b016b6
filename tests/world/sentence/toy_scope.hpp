#pragma once

#include "world/class.hpp"
#include "world/sentence/parser.hpp"
#include "world/sentence/pattern.hpp"
#include "world/sentence/scope.hpp"
#include "world/sentence/vocabulary.hpp"
#include "world/sentence/words.hpp"

#include <deque>
#include <initializer_list>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace gyre::world::sentence::toy {

/// Classes with verbs only. A verb is written "method: pattern", with "(reach=see priority=2 role=builder)"
/// in front if need be.
class ToyClasses {
  public:
    Class& add(std::string_view name, Class* parent, std::initializer_list<std::string_view> verbs) {
        Class& made = *owned_.emplace_back(std::make_unique<Class>());
        made.title = name;
        made.exists = true;
        made.parent = parent;
        for (const std::string_view verb : verbs) made.own_verbs.push_back(parse(verb));
        made.link();
        vocabulary.add(made);
        return made;
    }
    [[nodiscard]] const std::string& name(Atom method) const {
        return methods_.at(static_cast<std::size_t>(method));
    }

    Vocabulary vocabulary;

  private:
    Verb parse(std::string_view text) {
        Verb verb;
        if (text.front() == '(') {
            const std::size_t end = text.find(')');
            read_options(text.substr(1, end - 1), verb);
            text.remove_prefix(end + 2);
        }
        const std::size_t colon = text.find(": ");
        verb.method = static_cast<Atom>(methods_.size());
        methods_.emplace_back(text.substr(0, colon));
        auto pattern = Pattern::compile(text.substr(colon + 2));
        if (!pattern) throw std::runtime_error(pattern.error().text);
        verb.pattern = pattern.value();
        return verb;
    }
    static void read_options(std::string_view options, Verb& verb) {
        while (!options.empty()) {
            const std::string_view option = options.substr(0, options.find(' '));
            const std::string value{option.substr(option.find('=') + 1)};
            if (option.substr(0, 5) == "reach") verb.reach = value;
            if (option.substr(0, 4) == "role") verb.role = value;
            if (option.substr(0, 8) == "priority") verb.priority = std::stoi(value);
            options.remove_prefix(std::min(option.size() + 1, options.size()));
        }
    }

    std::vector<std::unique_ptr<Class>> owned_;
    std::deque<std::string> methods_{"none"};
};

/// A scope made by hand. Counts how often the candidates were asked for.
class ToyScope final : public Scope {
  public:
    Candidate& add(std::uint64_t id, std::string_view name, const Class* of) {
        Candidate candidate;
        candidate.id = object_id(id);
        candidate.of = of;
        candidate.location = room.id;
        candidate.name = name;
        things.push_back(candidate);
        return things.back();
    }
    /// Keeps the words alive for a candidate's lists.
    std::span<const Value> list(std::initializer_list<const char*> words) {
        auto& kept = lists_.emplace_back();
        for (const char* word : words) kept.emplace_back(word);
        return kept;
    }
    [[nodiscard]] std::string name(ObjectId id) const {
        if (id == self.id) return self_name;
        if (id == room.id) return "room";
        for (const Candidate& each : things) {
            if (each.id == id) return std::string{each.name};
        }
        for (const auto& [key, player] : players) {
            if (player == id) return key;
        }
        return "#" + std::to_string(number(id));
    }

    VerbSource actor() override { return self; }
    std::span<const VerbSource> carried() override {
        holding_.clear();
        for (const Candidate& each : things) {
            if (each.held) holding_.push_back({each.id, each.of});
        }
        return holding_;
    }
    std::span<const VerbSource> places() override { return {&room, 1}; }
    std::span<const Candidate> candidates() override {
        ++asked_for_candidates;
        return things;
    }
    ObjectId player(std::string_view wanted) override {
        for (const auto& [key, id] : players) {
            if (equal_folded(key, wanted)) return id;
        }
        return ObjectId::nothing;
    }
    std::string_view exit_direction(std::string_view wanted) override {
        const auto found = exits.find(wanted);
        return found == exits.end() ? std::string_view{} : std::string_view{found->second};
    }
    std::span<const ObjectId> pronoun(std::string_view word) override {
        const auto found = pronouns.find(word);
        if (found == pronouns.end()) return {};
        return found->second;
    }
    bool has_role(std::string_view role) override { return role == "builder"; }
    bool exists(ObjectId id) override { return number(id) < 1000; }

    VerbSource self;
    std::string self_name;
    VerbSource room;
    std::vector<Candidate> things;
    std::map<std::string, ObjectId, std::less<>> players;
    std::map<std::string, std::string, std::less<>> exits;
    std::map<std::string, std::vector<ObjectId>, std::less<>> pronouns;
    int asked_for_candidates = 0;

  private:
    std::vector<VerbSource> holding_;
    std::deque<std::vector<Value>> lists_;
};

/// A market square with Alice in it: what sentences.txt speaks about.
struct Square {
    Square() {
        Class& thing = classes.add("thing", nullptr, {"(reach=see) look: look|examine [at] this"});
        Class& player = classes.add("player", &thing,
                                    {"look_around: look|l",
                                     "take: take|get|pick thing [from thing]",
                                     "take: pick up thing",
                                     "(priority=1) take_some: take|get number thing [from thing]",
                                     "(priority=1) drop_some: drop number held",
                                     "drop: drop held",
                                     "put: put held under thing",
                                     "go: go|walk [to] direction",
                                     "say: say text",
                                     "emote: emote text",
                                     "tell: tell player text",
                                     "ask: ask person about text",
                                     "give: give held to person",
                                     "inventory: inventory|i",
                                     "who: who",
                                     "help: help [word]",
                                     "(role=builder) dig: dig direction to text",
                                     "(role=wizard) boot: boot player",
                                     "roll: roll number [times]",
                                     "write: write text in|on thing",
                                     "wave: wave [at person]",
                                     "quit: quit",
                                     "(reach=anywhere) show: show thing",
                                     "(reach=hear) listen: listen to thing"});
        Class& lamp = classes.add("lamp", &thing,
                                  {"light: light|ignite this", "light: turn on this", "light: turn this on",
                                   "extinguish: extinguish|douse this", "extinguish: blow out this"});
        Class& container =
            classes.add("container", &thing, {"put_into: put|place held in|on this", "open: open this"});
        Class& chest = classes.add("chest", &container, {"unlock: unlock this [with held]"});
        Class& key = classes.add("key", &thing, {"use_on: unlock thing [with this]", "rub: rub this"});
        Class& npc = classes.add("npc", &thing, {"greet: greet this"});
        Class& keeper = classes.add("keeper", &npc,
                                    {"list: list [goods] [from this]", "buy: buy word [from this]",
                                     "haggle: haggle [with this] for|over word", "greet_warmly: greet this"});
        Class& seat = classes.add("seat", &thing, {"sit: sit [down] [on this]"});
        Class& wand = classes.add("wand", &thing, {"zap: zap thing", "(priority=5) listen_in: who"});
        Class& board =
            classes.add("board", &thing, {"(reach=see) read: read|look this", "pin: pin|post text on this"});
        Class& door = classes.add("door", &thing, {"open: open this", "knock: knock [on this]"});
        classes.add("mountain", nullptr, {"yodel: yodel"});
        Class& place =
            classes.add("room", nullptr, {"pray: pray", "say_prayer: say our father", "ring: ring bell"});

        scope.self = {object_id(7), &player};
        scope.self_name = "Alice";
        scope.room = {object_id(2), &place};
        scope.add(127, "brass lamp", &lamp).held = true;
        scope.add(5, "brass key", &key).held = true;
        scope.add(21, "wand", &wand).held = true;
        scope.add(128, "oil lamp", &lamp);
        scope.add(3, "red box", &container);
        scope.add(4, "oak chest", &chest).fixed = true;
        scope.add(10, "iron key", &key);
        Candidate& guard = scope.add(6, "guard", &npc);
        guard.person = guard.fixed = true;
        guard.names = scope.list({"man", "old soldier"});
        Candidate& marta = scope.add(8, "Marta Fisher", &keeper);
        marta.person = marta.fixed = true;
        scope.add(12, "cup of tea", &thing);
        scope.add(14, "red apple", &thing);
        scope.add(15, "green apple", &thing);
        scope.add(16, "red apple", &thing);
        scope.add(22, "first aid kit", &thing);
        Candidate& reading = scope.add(23, "reading glasses", &thing);
        reading.adjectives = scope.list({"horn-rimmed"});
        scope.add(24, "Зелёный фонарь", &lamp);
        Candidate& ox = scope.add(25, "ox", &thing);
        ox.plurals = scope.list({"oxen"});
        ox.fixed = true;
        scope.add(19, "bench", &seat).fixed = true;
        scope.add(11, "notice board", &board).fixed = true;
        scope.add(17, "oak door", &door).fixed = true;
        Candidate& statue = scope.add(13, "stone statue", &thing);
        statue.touched = false;
        statue.fixed = true;
        add_heap(32, "pebble", &thing, 5).held = true;
        add_heap(33, "pebble", &thing, 8);
        add_heap(34, "nail", &thing, 1);
        add_inner(20, "gold coin", &thing, 3);
        add_inner(26, "silver coin", &thing, 3);
        add_inner(9, "bag", &thing, 8);
        Candidate& alice = scope.add(7, "Alice", &player);
        alice.person = alice.self = alice.fixed = true;

        scope.players = {{"Alice", object_id(7)}, {"Bob", object_id(30)}, {"Carol", object_id(31)}};
        scope.exits = {{"tavern", "tavern"}, {"oak door", "north"}};
        scope.pronouns = {{"it", {object_id(3)}},
                          {"him", {object_id(6)}},
                          {"her", {object_id(8)}},
                          {"them", {object_id(14), object_id(15)}}};
    }
    Candidate& add_heap(std::uint64_t id, std::string_view name, const Class* of, std::int64_t count) {
        Candidate& candidate = scope.add(id, name, of);
        candidate.count = count;
        candidate.fixed = true;  // So that `all` passes over it.
        return candidate;
    }
    void add_inner(std::uint64_t id, std::string_view name, const Class* of, std::uint64_t inside) {
        Candidate& candidate = scope.add(id, name, of);
        candidate.inner = true;
        candidate.location = object_id(inside);
    }

    ToyClasses classes;
    ToyScope scope;
    Parser parser{classes.vocabulary};
};

}  // namespace gyre::world::sentence::toy
