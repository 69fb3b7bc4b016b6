#include "world/export_values.hpp"

#include "engine/base/random.hpp"
#include "world/exporting.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace gyre::world {

namespace {

using Kind = FileValue::Kind;

/// 80 bits: two worlds do not hit upon the same.
std::string new_export_id() {
    std::string id;
    for (const char byte : system_random(export_id_size))
        id += export_id_letters[static_cast<unsigned char>(byte) % export_id_letters.size()];
    return id;
}

FileValue file_value(Kind kind, std::string string = {}) {
    FileValue value;
    value.kind = kind;
    value.string = std::move(string);
    return value;
}

}  // namespace

std::string ExportValues::key(Object& object) {
    if (const Property* singleton = object.find(atom(atoms::singleton)))
        return std::string{singleton->value.string()};
    const Atom name = world_.atoms.intern(export_id_property);
    if (const Value* id = world_.transaction.read(object, name);
        id != nullptr && id->tag() == Value::Tag::string)
        return '@' + std::string{id->string()};
    const std::string id = new_export_id();
    world_.transaction.set(object, name, Value{id});
    return '@' + id;
}

FileValue ExportValues::reference(ObjectId id) {
    Object* object = world_.objects.living(id);
    if (object == nullptr) return {};
    if ((object->of->kinds & Class::player) == 0) return file_value(Kind::object, key(*object));
    if (world_.account_of(id).empty()) return {};
    return file_value(Kind::player, std::string{world_.string(*object, atom(atoms::name))});
}

FileValue ExportValues::value(const Value& value) {
    FileValue made;
    switch (value.tag()) {
        case Value::Tag::nil:
            return made;
        case Value::Tag::boolean:
            made.kind = Kind::boolean;
            made.boolean = value.boolean();
            return made;
        case Value::Tag::integer:
            made.kind = Kind::integer;
            made.integer = value.integer();
            return made;
        case Value::Tag::number:
            made.kind = Kind::number;
            made.number = value.number();
            return made;
        case Value::Tag::string:
            return file_value(Kind::string, std::string{value.string()});
        case Value::Tag::object:
            return reference(value.object());
        case Value::Tag::text:
            return text(value.text());
        case Value::Tag::container:
            return container(value.container());
    }
    return made;
}

/// What is gone is left out, as scripts pass over it.
FileValue ExportValues::container(const Container& container) {
    FileValue made = file_value(Kind::list);
    for (const Value& each : container.list) {
        FileValue entry = value(each);
        if (entry.kind != Kind::nil) made.parts.push_back(std::move(entry));
    }
    std::vector<std::pair<FileValue, FileValue>> pairs;
    for (const Container::Pair& pair : container.map) {
        std::pair<FileValue, FileValue> entry{value(pair.key), value(pair.value)};
        // What belongs to a player stays with him.
        const bool is_kept = entry.first.kind != Kind::nil && entry.first.kind != Kind::player;
        if (is_kept && entry.second.kind != Kind::nil) pairs.push_back(std::move(entry));
    }
    // Objects have other numbers elsewhere, and stand in their order.
    std::ranges::stable_sort(pairs, [](const auto& left, const auto& right) {
        const bool are_objects = left.first.kind == Kind::object && right.first.kind == Kind::object;
        return are_objects && left.first.string < right.first.string;
    });
    if (!pairs.empty()) made.kind = Kind::map;
    for (auto& [key, entry] : pairs) {
        made.parts.push_back(std::move(key));
        made.parts.push_back(std::move(entry));
    }
    return made;
}

FileValue ExportValues::text(const Text& text) {
    FileValue made = file_value(Kind::text);
    for (const Text::Piece& each : text.pieces) made.parts.push_back(piece(each));
    return made;
}

FileValue ExportValues::piece(const Text::Piece& piece) {
    FileValue made;
    switch (piece.kind) {
        case Text::Piece::Kind::words:
            made = file_value(Kind::words, text::source_of(*piece.words));
            for (const Text::Argument& argument : piece.arguments) {
                FileValue given = value(argument.value);
                if (given.kind == Kind::nil) continue;
                made.parts.push_back(file_value(Kind::string, argument.name));
                made.parts.push_back(std::move(given));
            }
            return made;
        case Text::Piece::Kind::data:
            return file_value(Kind::data, piece.data);
        case Text::Piece::Kind::title:
            made.kind = Kind::title;
            break;
        case Text::Piece::Kind::list:
            made.kind = Kind::items;
            break;
        case Text::Piece::Kind::lines:
            made.kind = Kind::lines;
            break;
        case Text::Piece::Kind::table:
            made.kind = Kind::table;
            made.columns = piece.columns;
            made.has_heads = piece.has_heads;
            break;
    }
    for (const Ref<Text>& part : piece.parts) made.parts.push_back(text(*part));
    return made;
}

}  // namespace gyre::world
