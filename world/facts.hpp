#pragma once

#include "world/container.hpp"
#include "world/world.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace gyre::world {

/// Several of the engine's properties of one object, found in one walk over what it holds instead of one
/// walk each; all of them count as read. Valid as long as nothing in the world changes.
template <std::uint32_t... asked>
class Facts {
  public:
    Facts(World& world, const Object& object) : world_(world), defaults_(object.of->defaults()) {
        world.transaction.saw(object.existence_changed_in);
        world.transaction.saw(object.of->changed_in);
        for (const Property& property : object.properties) {
            const auto name = static_cast<std::size_t>(property.name);
            if (name >= places.size() || places[name] == 0) continue;
            world.transaction.saw(property.changed_in);
            stored_[places[name]] = &property.value;
        }
    }

    // What is missing, or no value of that kind, is empty.
    [[nodiscard]] std::string_view string(std::uint32_t name) const {
        const Value& value = find(name);
        return value.tag() == Value::Tag::string ? value.string() : std::string_view{};
    }
    [[nodiscard]] bool flag(std::uint32_t name) const {
        const Value& value = find(name);
        return value.tag() == Value::Tag::boolean && value.boolean();
    }
    [[nodiscard]] std::int64_t integer(std::uint32_t name, std::int64_t otherwise) const {
        const Value& value = find(name);
        return value.tag() == Value::Tag::integer ? value.integer() : otherwise;
    }
    [[nodiscard]] bool is_nil(std::uint32_t name) const { return find(name).is_nil(); }
    [[nodiscard]] std::span<const Value> list(std::uint32_t name) const {
        const Value& value = find(name);
        if (value.tag() != Value::Tag::container) return {};
        world_.transaction.saw(value.container().changed_in);
        return value.container().list;
    }
    /// A text as a list of one.
    [[nodiscard]] std::span<const Value> one(std::uint32_t name) const {
        const Value& value = find(name);
        if (value.tag() != Value::Tag::string) return {};
        return {&value, 1};
    }

  private:
    /// By atom: its place in `stored_`; 0: nobody asks.
    static constexpr std::array<std::uint8_t, atoms::first_free> places = [] {
        std::array<std::uint8_t, atoms::first_free> made{};
        std::uint8_t place = 0;
        ((made[asked] = ++place), ...);
        return made;
    }();
    [[nodiscard]] const Value& find(std::uint32_t name) const {
        const Value* stored = stored_[places[name]];
        return stored != nullptr ? *stored : defaults_[name];
    }

    World& world_;
    const Class::Defaults& defaults_;
    std::array<const Value*, sizeof...(asked) + 1> stored_{};
};

}  // namespace gyre::world
