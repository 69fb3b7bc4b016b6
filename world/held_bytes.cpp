#include "world/held_bytes.hpp"

#include "world/container.hpp"

namespace gyre::world {

namespace {

constexpr std::size_t object_bytes = 64;
constexpr std::size_t value_bytes = 16;
constexpr std::size_t text_bytes = 64;

}  // namespace

std::size_t stored_bytes(const Value& value) {
    switch (value.tag()) {
        case Value::Tag::string:
            return value_bytes + value.string().size();
        case Value::Tag::text:
            return value_bytes + text_bytes;
        case Value::Tag::container: {
            std::size_t bytes = value_bytes;
            for (const Value& entry : value.container().list) bytes += stored_bytes(entry);
            for (const Container::Pair& pair : value.container().map)
                bytes += stored_bytes(pair.key) + stored_bytes(pair.value);
            return bytes;
        }
        default:
            return value_bytes;
    }
}

std::size_t bytes_held_by(const Objects& objects, ObjectId owner) {
    std::size_t bytes = 0;
    objects.each([&](const Object& object) {
        if (object.owner != owner) return;
        bytes += object_bytes;
        for (const Property& property : object.properties) bytes += stored_bytes(property.value);
    });
    return bytes;
}

}  // namespace gyre::world
