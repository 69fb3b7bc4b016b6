// Classes of an import, and which class an object of it has.

#include "engine/base/ascii.hpp"
#include "world/fitting.hpp"
#include "world/importing_run.hpp"
#include "world/script/class_store.hpp"
#include "world/script/runtime.hpp"
#include "world/source_lexer.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <utility>

namespace gyre::world {

namespace {

bool is_class_name(std::string_view name) {
    const auto belongs = [](char c) { return ascii::is_small(c) || ascii::is_digit(c) || c == '_'; };
    return !name.empty() && name.size() <= script::Runtime::max_class_name && ascii::is_small(name.front()) &&
           std::ranges::all_of(name, belongs);
}

/// What a source inherits; empty: nothing.
std::string parent_in(std::string_view source) {
    Lexer lexer{source};
    for (Token token = lexer.next(); token.kind != Token::Kind::end; token = lexer.next()) {
        if (!token.is("inherit")) continue;
        token = lexer.next();
        if (token.is("(")) token = lexer.next();
        if (token.kind == Token::Kind::string) return token.value;
    }
    return {};
}

}  // namespace

/// Whether it inherits one of these.
bool ImportRun::waits_for(const ClassOf& of, const std::vector<const ClassOf*>& others) {
    const std::string parent = parent_in(of.part.source);
    return parent != of.part.name &&
           std::ranges::any_of(others, [&](const ClassOf* each) { return each->part.name == parent; });
}

/// In any order that the file has them: one that builds on another is tried again when that is there.
void ImportRun::put_classes() {
    std::vector<const ClassOf*> left;
    for (const ClassOf& each : classes_) {
        if (each.part.source.empty()) {
            fault(each.file, each.part.line, fmt::format("class \"{}\" has no source", each.part.name));
        } else {
            left.push_back(&each);
        }
    }
    std::vector<std::string> whys;
    // The last round is for those that wait for each other, or for what has a fault.
    for (bool goes_on = true, is_last = false; !left.empty() && !is_last;) {
        is_last = !goes_on;
        std::vector<const ClassOf*> failed;
        whys.clear();
        for (const ClassOf* each : left) {
            std::string why = goes_on && waits_for(*each, left) ? "waits" : put_class(each->part);
            if (why.empty()) continue;
            whys.push_back(std::move(why));
            failed.push_back(each);
        }
        goes_on = failed.size() < left.size();
        left = std::move(failed);
    }
    for (std::size_t at = 0; at < left.size(); ++at)
        fault_of_class(left[at]->part.name, left[at]->file, left[at]->part.source_line, whys[at]);
}

std::string ImportRun::put_class(const FileClass& made) {
    if (!is_class_name(made.name)) {
        return fmt::format("\"{}\" is no name for a class: at most {} small letters, digits and _", made.name,
                           script::Runtime::max_class_name);
    }
    const script::ClassStore* store = world_.runtime->class_store;
    const bool is_known = store != nullptr && store->find(made.name) != nullptr;
    if (!is_known && is_own_class_name(made.name)) {
        return fmt::format("{}: names that end in a number are for what is special about single things",
                           made.name);
    }
    return put_source(made.name, made.source, ObjectId::nothing);
}

/// Puts a source in force. What belongs to somebody else and is to stay as it is needs no right.
std::string ImportRun::put_source(const std::string& name, const std::string& source, ObjectId thing) {
    script::ClassStore* store = world_.runtime->class_store;
    if (store == nullptr) return "no classes are kept here";
    const StoredSource* known = store->find(name);
    if (known != nullptr && known->is_made() && known->source == source) return {};
    StoredSource next{source, std::string{StoredSource::made_origin} + name, request_.account, 0};
    if (request_.is_wizard && known != nullptr && known->is_made()) next.owner = known->owner;
    const Object* of = world_.objects.living(thing);
    const std::string owner{of == nullptr ? std::string_view{} : world_.account_of(of->owner)};
    if (known == nullptr && !owner.empty()) next.owner = owner;
    const Transaction::Savepoint before = world_.transaction.savepoint();
    std::string why = store->put_back(name, &next);
    if (!why.empty()) {
        world_.transaction.rollback_to(before);
    } else {
        ++result_.classes;
    }
    return why;
}

bool ImportRun::is_money(const Class& of) const {
    const Class* coin = world_.classes.find(world_.atoms.find("coin"));
    return coin != nullptr && of.is_a(*coin);
}

/// Why the importer cannot have an object of this class; empty: he can.
std::string ImportRun::fault_of_use(const Class* of, const std::string& name) const {
    if (of == nullptr || !of->exists) {
        std::vector<std::string> known;
        if (!has_hints()) return fmt::format("there is no class '{}' here", name);
        for (const auto& each : world_.classes.all()) {
            if (each->exists) known.push_back(each->title);
        }
        const std::string near = closest(name, known);
        return fmt::format("there is no class '{}' here{}", name,
                           near.empty() ? "" : fmt::format(" (did you mean '{}'?)", near));
    }
    if (of->is_trait) return fmt::format("'{}' is a trait: it can only be used", name);
    if (of->singleton != Atom::none) return fmt::format("'{}' is a single object of the world's files", name);
    if ((of->kinds & Class::player) != 0) return "players come in by the door: nobody makes one";
    if ((of->kinds & Class::thing) == 0) return fmt::format("'{}' is no thing", name);
    if (request_.is_wizard) return {};
    if (is_money(*of)) return "money is made by wizards only";
    const bool is_open = of->owner.empty() || of->is_shared || of->owner == request_.account;
    return is_open ? std::string{}
                   : fmt::format("'{}' belongs to {}, who does not share it", name, of->owner);
}

/// The class that the file says; null after a fault.
Class* ImportRun::class_for(const ObjectOf& of) {
    if (!of.part.source.empty()) return own_class_for(of);
    Class* found = world_.classes.find(world_.atoms.find(of.part.inherit));
    if (found != nullptr && found == of.object->of) return found;
    std::string why = fault_of_use(found, of.part.inherit);
    // A class of the file with a fault of its own has been told of.
    const auto is_it = [&](const ClassOf& each) { return each.part.name == of.part.inherit; };
    const bool is_told = found == nullptr && std::ranges::any_of(classes_, is_it);
    if (why.empty()) return found;
    if (!is_told) fault(of.file, of.part.line, std::move(why));
    return nullptr;
}

Class* ImportRun::own_class_for(const ObjectOf& of) {
    const script::ClassStore* store = world_.runtime->class_store;
    const std::string& now = of.object->of->title;
    const StoredSource* known = store == nullptr ? nullptr : store->find(now);
    if (known != nullptr && known->is_made() && known->source == of.part.source) return of.object->of;
    const std::string suffix = fmt::format("_{}", number(of.object->id));
    const std::string name = now.ends_with(suffix) ? now : parent_in(of.part.source).substr(0, 20) + suffix;
    if (!is_class_name(name)) {
        fault(of.file, of.part.source_line,
              "this source inherits no class: it begins with inherit \"thing\"");
        return nullptr;
    }
    if (std::string why = put_source(name, of.part.source, of.object->id); !why.empty()) {
        fault_of_class(name, of.file, of.part.source_line, why);
        return nullptr;
    }
    Class* made = world_.classes.find(world_.atoms.find(name));
    if (std::string why = fault_of_use(made, name); !why.empty()) {
        fault(of.file, of.part.source_line, std::move(why));
        return nullptr;
    }
    return made;
}

}  // namespace gyre::world
