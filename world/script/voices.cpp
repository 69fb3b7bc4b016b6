#include "world/script/voices.hpp"

#include "world/script/announcing.hpp"
#include "world/script/api_calls.hpp"
#include "world/script/breath.hpp"
#include "world/script/frames.hpp"
#include "world/script/objects.hpp"
#include "world/script/state.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace gyre::world::script {

ObjectId speaker_of(const Announcement& announcement) {
    constexpr std::array<std::string_view, 5> kinds{"say", "emote", "shout", "whisper", "gesture"};
    if (std::ranges::find(kinds, announcement.kind) == kinds.end()) return ObjectId::nothing;
    if (announcement.arguments.tag() != Value::Tag::container) return announcement.who;
    const Container& arguments = announcement.arguments.container();
    const auto who = std::ranges::find_if(arguments.map, [](const Container::Pair& each) {
        return each.key.tag() == Value::Tag::string && each.key.string() == "who";
    });
    const bool is_known = who != arguments.map.end() && who->value.tag() == Value::Tag::object;
    return is_known ? who->value.object() : ObjectId::nothing;
}

ObjectId speaker_by_code(lua_State* lua) {
    const std::string& account = telling_code(lua);
    if (account.empty()) return ObjectId::nothing;
    World& world = world_of(lua);
    const ObjectId actor = world.transaction.origin().actor;
    if (const Account* acting = account_of(world, actor))
        return acting->name == account ? actor : ObjectId::nothing;
    const Object* author = character_of(world, account);
    return author == nullptr ? ObjectId::nothing : author->id;
}

void check_voice(lua_State* lua, ObjectId speaker) {
    World& world = world_of(lua);
    Object* person = world.objects.living(speaker);
    if (person == nullptr || (person->of->kinds & Class::player) == 0) return;
    const Value* until = world.transaction.read(*person, atom(atoms::muted_until));
    if (until != nullptr && *until != Value{std::int64_t{0}})
        call_method(lua, *person, world.atoms.intern("check_voice"), 0);
}

bool ignores(World& world, Object& observer, ObjectId speaker) {
    if (speaker == ObjectId::nothing || speaker == observer.id) return false;
    const Value* ignored = world.transaction.read(observer, atom(atoms::ignored));
    if (ignored == nullptr || ignored->tag() != Value::Tag::container) return false;
    world.transaction.saw(ignored->container().changed_in);
    return std::ranges::find(ignored->container().map, Value{speaker}, &Container::Pair::key) !=
           ignored->container().map.end();
}

bool may_tell(lua_State* lua, Object& person) {
    World& world = world_of(lua);
    if (person.id == world.transaction.origin().actor) return true;
    const ObjectId author = speaker_by_code(lua);
    check_voice(lua, author);
    if (ignores(world, person, author)) return false;
    use_breath(lua);
    return true;
}

}  // namespace gyre::world::script
