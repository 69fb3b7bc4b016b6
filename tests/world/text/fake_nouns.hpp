#pragma once

#include "world/container.hpp"
#include "world/text/text.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace gyre::world::text {

/// A world of nouns and nothing else.
class FakeNouns final : public Nouns {
  public:
    ObjectId add(std::uint64_t id, Noun noun) {
        nouns_[object_id(id)] = noun;
        return object_id(id);
    }
    ObjectId person(std::uint64_t id, std::string_view name, std::string_view pronouns) {
        Noun noun;
        noun.name = name;
        noun.pronouns = pronouns;
        noun.person = noun.proper = true;
        return add(id, noun);
    }
    ObjectId thing(std::uint64_t id, std::string_view name) {
        Noun noun;
        noun.name = name;
        return add(id, noun);
    }
    void hide(ObjectId thing, ObjectId observer) { hidden_.emplace(thing, observer); }
    Noun& at(ObjectId thing) { return nouns_.at(thing); }

    [[nodiscard]] Noun noun(ObjectId thing, ObjectId observer) override {
        ++calls;
        Noun noun = nouns_.at(thing);
        noun.perceived = hidden_.count({thing, observer}) == 0;
        return noun;
    }
    int calls = 0;

  private:
    std::map<ObjectId, Noun> nouns_;
    std::set<std::pair<ObjectId, ObjectId>> hidden_;
};

inline Value list_of(const std::vector<ObjectId>& members) {
    auto list = make_ref<Container>();
    if (!members.empty()) list->kind = Container::Kind::list;
    for (const ObjectId member : members) list->list.emplace_back(member);
    return Value(list);
}

/// The tree with its marks made visible: "[warn:...]", "<command|label>", "(item ...)".
inline std::string marked(const Tree& tree) {
    static const std::vector<std::string> styles = {"em",     "strong", "title",   "note", "warn",
                                                    "say",    "code",   "dim",     "red",  "green",
                                                    "yellow", "blue",   "magenta", "cyan"};
    std::string out;
    std::size_t at = 0;
    for (const Mark& mark : tree.marks) {
        out += tree.text.substr(at, mark.at - at);
        at = mark.at;
        switch (mark.kind) {
            case Mark::Kind::style_on:
                out += "[" + styles.at(mark.value) + ":";
                break;
            case Mark::Kind::style_off:
                out += "]";
                break;
            case Mark::Kind::link_on:
                out += "<" + tree.commands()[mark.value] + "|";
                break;
            case Mark::Kind::link_off:
                out += ">";
                break;
            case Mark::Kind::row_on:
                out += "(row ";
                break;
            case Mark::Kind::cell_on:
                out += "(cell ";
                break;
            case Mark::Kind::heads_on:
                out += "(heads ";
                break;
            case Mark::Kind::table_on:
                out += "(table ";
                break;
            case Mark::Kind::item_on:
                out += "(item ";
                break;
            case Mark::Kind::row_off:
            case Mark::Kind::cell_off:
            case Mark::Kind::heads_off:
            case Mark::Kind::table_off:
            case Mark::Kind::item_off:
                out += ")";
                break;
        }
    }
    return out + tree.text.substr(at);
}

using Arguments = std::vector<Text::Argument>;

/// The cast of the cases in this folder.
class Stage {
  public:
    Stage() {
        nouns.at(guard).person = true;
        nouns.at(guard).pronouns = "he";
        nouns.at(shears).plural = nouns.at(boots).plural = true;
        nouns.at(shears).article = "a pair of";
        nouns.at(coins).count = 3;
        nouns.at(guards).plural = nouns.at(guards).person = true;
        for (const ObjectId hidden : {alice, lamp, bob, sam}) nouns.hide(hidden, dora);
    }

    FakeNouns nouns;
    const ObjectId alice = nouns.person(1, "Alice", "she");
    const ObjectId bob = nouns.person(2, "Bob", "he");
    const ObjectId sam = nouns.person(3, "Sam", "they");
    const ObjectId carl = nouns.person(4, "Carl", "he");
    const ObjectId dora =
        nouns.person(5, "Dora", "she");  ///< Does not perceive Alice, Bob, Sam and the brass lamp.
    const ObjectId lamp = nouns.thing(127, "brass lamp");
    const ObjectId old_lamp = nouns.thing(6, "old lamp");
    const ObjectId shears = nouns.thing(7, "shears");
    const ObjectId boots = nouns.thing(8, "boots");
    const ObjectId coins = nouns.thing(9, "gold coin");
    const ObjectId guard = nouns.thing(10, "guard");
    const ObjectId guards = nouns.thing(11, "guards");
    const ObjectId key = nouns.thing(12, "key");
    const ObjectId other_key = nouns.thing(13, "key");
    const ObjectId hourglass = nouns.thing(14, "hourglass");
    const ObjectId unicorn = nouns.thing(15, "unicorn");
    const ObjectId plain_lamp = nouns.thing(16, "lamp");

    Ref<Text> text(std::string_view source, Arguments arguments = {}) {
        const auto compiled = compile(source);
        if (!compiled.ok()) FAIL(compiled.error().text);
        return Text::of_template(*compiled.value(), std::move(arguments));
    }
    std::string read(const Text& told, ObjectId observer) {
        const auto tree = resolve(told, observer, nouns);
        return tree.ok() ? marked(*tree.value()) : "error: " + tree.error().text;
    }
    std::string read(std::string_view source, Arguments arguments, ObjectId observer) {
        return read(*text(source, std::move(arguments)), observer);
    }
};

/// The first line of what compile() says.
inline std::string mistake(std::string_view source) {
    const auto compiled = compile(source);
    return compiled.ok() ? "" : compiled.error().text.substr(0, compiled.error().text.find('\n'));
}

}  // namespace gyre::world::text
