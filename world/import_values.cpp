// The properties of the objects of an import: what the file says, and what its class has for all others.

#include "world/container.hpp"
#include "world/fitting.hpp"
#include "world/importing_run.hpp"
#include "world/namesakes.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <utility>

namespace gyre::world {

namespace {

using Kind = FileValue::Kind;

/// A value as the file has it, for messages.
std::string shown(const FileValue& value) {
    constexpr std::size_t longest = 60;
    std::string words = write_file_value(value);
    std::ranges::replace(words, '\n', ' ');
    if (words.size() <= longest) return words;
    return words.substr(0, longest) + "...";
}

/// Integers and numbers become each other where nothing is lost, as in scripts.
void adjust(Value& value, Type type) {
    if (type == Type::number && value.tag() == Value::Tag::integer)
        value = Value{static_cast<double>(value.integer())};
    if (type != Type::integer || value.tag() != Value::Tag::number) return;
    constexpr double end = 0x1p63;
    const double number = value.number();
    if (number >= -end && number < end && number == static_cast<double>(static_cast<std::int64_t>(number)))
        value = Value{static_cast<std::int64_t>(number)};
}

bool is_same(const Value& left, const Value& right) {
    std::string one;
    std::string other;
    put_value(one, left);
    put_value(other, right);
    return one == other;
}

}  // namespace

void ImportRun::write(ObjectOf& of, Atom property, Value value) {
    Property* stored = of.object->find(property);
    if (stored != nullptr && is_same(stored->value, value)) return;
    of.is_changed = true;
    world_.transaction.set(*of.object, property, std::move(value));
}

void ImportRun::set_properties(ObjectOf& of) {
    if (of.object == nullptr) return;
    for (const FileObject::Property& each : of.part.properties) set_property(of, each);
    if (!of.is_new) reset_others(of);
    const std::string name{world_.string(*of.object, atom(atoms::name))};
    if (is_of_the_world(*of.object->of) && is_called_like_player(world_, name))
        fault(of.file, of.part.line, fmt::format("'{}' is the name of a player: call nobody else so", name));
}

void ImportRun::fault_of_unknown(const ObjectOf& of, const FileObject::Property& property) {
    const Class& is = *of.object->of;
    std::vector<std::string> known;
    for (const Class* each : is.chain) {
        if (!has_hints()) break;
        for (const Member& own : each->own) {
            if (own.kind == Member::Kind::property) known.push_back(world_.atoms.name(own.name));
        }
    }
    const std::string near = closest(property.name, known);
    fault(of.file, property.line,
          fmt::format("{} has no property '{}'{}", is.title, property.name,
                      near.empty() ? "" : fmt::format(" (did you mean '{}'?)", near)));
}

void ImportRun::set_property(ObjectOf& of, const FileObject::Property& property) {
    const Atom name = world_.atoms.find(property.name);
    const Member* member = name == Atom::none ? nullptr : of.object->of->find(name);
    if (name == atom(atoms::location))
        return fault(of.file, property.line, "where it is says place(object \"...\")");
    if (member == nullptr || member->kind != Member::Kind::property) return fault_of_unknown(of, property);
    if (member->transient)
        return fault(of.file, property.line, fmt::format("{} is transient: it is not kept", property.name));
    std::optional<Value> given = value(of, property.value);
    if (!given) return;
    adjust(*given, member->type);
    if (!fits(world_, *member, *given)) {
        return fault(of.file, property.line,
                     fmt::format("{} must be {} (got {})", property.name, wanted(world_.atoms, *member),
                                 shown(property.value)));
    }
    if (std::string wrong = fault_of_name(name, *given); !wrong.empty())
        return fault(of.file, property.line, std::move(wrong));
    write(of, name, std::move(*given));
}

/// What the file does not say is as its class has it.
void ImportRun::reset_others(ObjectOf& of) {
    std::vector<std::pair<Atom, Value>> others;
    for (const Property& stored : of.object->properties) {
        const std::string& name = world_.atoms.name(stored.name);
        const Member* member = of.object->of->find(stored.name);
        const bool is_kept = member == nullptr || member->kind != Member::Kind::property ||
                             member->transient || name.starts_with('#') ||
                             stored.name == atom(atoms::location);
        const bool is_said = std::ranges::any_of(
            of.part.properties, [&](const FileObject::Property& each) { return each.name == name; });
        if (!is_kept && !is_said) others.emplace_back(stored.name, member->standard);
    }
    for (auto& [name, standard] : others) write(of, name, std::move(standard));
}

/// Null after a fault.
Object* ImportRun::reference(const ObjectOf& of, const std::string& key, int line) {
    if (const auto here = in_files_.find(key); here != in_files_.end() && key.starts_with('@'))
        return objects_[here->second].object;
    if (key.starts_with('@')) {
        const auto known = known_.find(key.substr(1));
        if (known != known_.end() && known->second.size() == 1)
            return world_.objects.living(known->second.front());
        if (known != known_.end()) {
            fault(of.file, line, fmt::format("\"{}\" is the export id of several things here", key));
        } else if (is_whole_) {
            fault(
                of.file, line,
                fmt::format("\"{}\" is not in the file, and nothing here has this export id: export it too, "
                            "or take this out",
                            key));
        }
        return nullptr;
    }
    Object* object =
        world_.objects.living(world_.names.find(Names::Space::singleton, key, world_.transaction));
    if (object != nullptr) return object;
    std::vector<std::string> names;
    world_.names.each(Names::Space::singleton, [&](const std::string& name, ObjectId) {
        if (has_hints()) names.push_back(name);
    });
    const std::string near = closest(key, names);
    fault(of.file, line,
          fmt::format("this world's files have no object \"{}\"{}", key,
                      near.empty() ? "" : fmt::format(" (did you mean \"{}\"?)", near)));
    return nullptr;
}

/// nullopt after a fault.
std::optional<Value> ImportRun::value(const ObjectOf& of, const FileValue& from) {
    switch (from.kind) {
        case Kind::nil:
            return Value{};
        case Kind::boolean:
            return Value{from.boolean};
        case Kind::integer:
            return Value{from.integer};
        case Kind::number:
            return Value{from.number};
        case Kind::string:
            return Value{from.string};
        case Kind::object: {
            const Object* object = reference(of, from.string, from.line);
            if (object == nullptr) return std::nullopt;
            return Value{object->id};
        }
        case Kind::player: {
            const bool is_name = Names::well_formed(from.string);
            const ObjectId player =
                is_name ? world_.names.find(Names::Space::character, from.string, world_.transaction)
                        : ObjectId::nothing;
            if (player != ObjectId::nothing) return Value{player};
            fault(of.file, from.line, fmt::format("there is no player \"{}\" here", from.string));
            return std::nullopt;
        }
        case Kind::list:
        case Kind::map:
            return container(of, from);
        default:
            break;
    }
    Ref<Text> made = text(of, from);
    if (!made) return std::nullopt;
    if (made->fits()) return Value{std::move(made)};
    fault(of.file, from.line, "this text is too long, or texts are inside each other too deep");
    return std::nullopt;
}

std::optional<Value> ImportRun::container(const ObjectOf& of, const FileValue& from) {
    const bool is_map = from.kind == Kind::map;
    const std::size_t entries = from.parts.size() / (is_map ? 2 : 1);
    bool is_good = entries <= Container::max_entries;
    if (!is_good)
        fault(of.file, from.line, fmt::format("a table has at most {} entries", Container::max_entries));
    std::vector<Value> parts;
    for (const FileValue& each : from.parts) {
        std::optional<Value> part = value(of, each);
        is_good = is_good && part.has_value();
        if (is_good) parts.push_back(std::move(*part));
    }
    if (!is_good) return std::nullopt;
    std::vector<Container::Pair> pairs;
    for (std::size_t at = 0; is_map && at + 1 < parts.size(); at += 2)
        pairs.push_back({std::move(parts[at]), std::move(parts[at + 1])});
    std::ranges::sort(pairs, [](const Container::Pair& left, const Container::Pair& right) {
        return Value::key_less(left.key, right.key);
    });
    if (std::ranges::adjacent_find(pairs, {}, &Container::Pair::key) != pairs.end()) {
        fault(of.file, from.line, "two keys of this table are the same here");
        return std::nullopt;
    }
    Ref<Container> made = make_ref<Container>();
    if (entries > 0) made->kind = is_map ? Container::Kind::map : Container::Kind::list;
    made->map = std::move(pairs);
    if (!is_map) made->list = std::move(parts);
    made->adopt_children();
    if (made->height() <= Container::max_depth) return Value{std::move(made)};
    fault(of.file, from.line, fmt::format("tables are nested more than {} deep", Container::max_depth));
    return std::nullopt;
}

Ref<Text> ImportRun::text(const ObjectOf& of, const FileValue& from) {
    std::vector<Text::Piece> pieces;
    for (const FileValue& each : from.parts) {
        std::optional<Text::Piece> next = piece(of, each);
        if (!next) return {};
        pieces.push_back(std::move(*next));
    }
    Ref<Text> made = make_ref<Text>();
    made->pieces = std::move(pieces);
    made->measure();
    return made;
}

/// Compiled templates are kept for ever, so nobody brings any number of them.
bool ImportRun::take_template(const ObjectOf& of, const FileValue& from) {
    if (request_.templates == nullptr || request_.templates->contains(from.string)) return true;
    template_bytes_ += from.string.size();
    if (request_.templates->size() >= ImportRequest::max_templates ||
        template_bytes_ > ImportRequest::max_template_bytes) {
        fault(of.file, from.line, "these are too many different templates until the next start");
        return false;
    }
    request_.templates->insert(from.string);
    return true;
}

std::optional<Text::Piece> ImportRun::piece(const ObjectOf& of, const FileValue& from) {
    Text::Piece made;
    if (from.kind == Kind::data) {
        made.data = from.string;
        return made;
    }
    if (from.kind == Kind::words) {
        made.kind = Text::Piece::Kind::words;
        if (!take_template(of, from)) return std::nullopt;
        const Result<const text::Template*> compiled = text::compile(from.string);
        if (!compiled) {
            fault(of.file, from.line, compiled.error().text);
            return std::nullopt;
        }
        made.words = compiled.value();
        for (std::size_t at = 0; at + 1 < from.parts.size(); at += 2) {
            std::optional<Value> argument = value(of, from.parts[at + 1]);
            if (!argument) return std::nullopt;
            made.arguments.push_back({from.parts[at].string, std::move(*argument)});
        }
        std::ranges::sort(made.arguments, {}, &Text::Argument::name);
        return made;
    }
    made.kind = from.kind == Kind::title   ? Text::Piece::Kind::title
                : from.kind == Kind::items ? Text::Piece::Kind::list
                : from.kind == Kind::lines ? Text::Piece::Kind::lines
                                           : Text::Piece::Kind::table;
    made.columns = from.columns;
    made.has_heads = from.has_heads;
    for (const FileValue& each : from.parts) {
        Ref<Text> part = text(of, each);
        if (!part) return std::nullopt;
        made.parts.push_back(std::move(part));
    }
    return made;
}

}  // namespace gyre::world
