// A character who is not connected is nowhere: its room is kept in `#resting`. So a room's contents are the
// people one can meet, and a look need not pass over everyone who ever slept there.

#include "engine/base/log.hpp"
#include "world/record.hpp"
#include "world/residents.hpp"

#include <array>
#include <memory>
#include <utility>

namespace gyre::world {

namespace {

/// A session as scripts know it, with the fields of `p:sessions()`.
Value described(const SessionFacts& facts) {
    Record session;
    session.set("id", Value{static_cast<std::int64_t>(facts.id)});
    session.set("service", Value{facts.service});
    session.set("since", Value{facts.since});
    session.set("idle", Value{facts.idle});
    session.set("width", Value{std::int64_t{facts.width}});
    session.set("colours", Value{std::int64_t{facts.colours}});
    session.set("screen_reader", Value{facts.screen_reader});
    return session.take();
}

}  // namespace

// --- Sessions

void Residents::attach(ObjectId id, Subscriber& session) {
    Object* player = world_.objects.living(id);
    if (player == nullptr) return;
    waited_for_.erase(id);
    const std::unique_ptr<MissedLines> missed = Audience::take_missed(*player);
    world_.audience.attach(*player, session);
    const SessionFacts facts = session.facts();
    log::info("session", "came",
              {{"name", name_of(id)}, {"address", facts.address}, {"door", facts.service}});
    if (Audience::sessions_of(*player) == 1 && !missed) wake_up(*player);
    show_past(*player, session, missed.get());
    calls_.own_call(id, world_.atoms.intern("connected"), {described(facts)}, id);
    // Whatever is wrong with the place, the greeting stands.
    calls_.own_call(id, world_.atoms.intern("came_in"), {described(facts)}, id);
}

void Residents::watch(ObjectId player, Subscriber& session, Watching watching) {
    if (watching == Watching::on) {
        watchers_.add(player, session);
    } else {
        watchers_.remove(session);
    }
}

void Residents::wake_up(Object& player) {
    begin("connect", player.id);
    Property* resting = player.find(atom(atoms::resting));
    ObjectId place = resting != nullptr && resting->value.tag() == Value::Tag::object
                         ? resting->value.object()
                         : ObjectId::nothing;
    // What he was in may be gone, or carried away by somebody who is.
    if (world_.objects.living(place) == nullptr || world_.perception.room_of(place) == ObjectId::nothing) {
        place = world_.names.find(Names::Space::singleton, settings_.start_room, world_.transaction);
    }
    if (place != ObjectId::nothing) world_.transaction.set(player, atom(atoms::location), Value{place});
    world_.transaction.set_transient(player, atom(atoms::connected), Value{true});
    world_.audience.set_online(player.id, true, world_.transaction);
    if (const Account* account = account_of(player.id)) {
        world_.accounts.set_last_seen(account->id, now(), world_.transaction);
    }
    world_.transaction.commit();
}

void Residents::detach(ObjectId id, Subscriber& session, std::string_view reason) {
    watchers_.remove(session);
    Object* player = world_.objects.find(id);
    const bool is_dropped = reason != "quit" && settings_.link_wait.count() > 0 && schedule_;
    const auto keep = is_dropped ? Audience::Keep::lines : Audience::Keep::nothing;
    if (player == nullptr || !world_.audience.detach(*player, session, keep)) return;
    const SessionFacts facts = session.facts();
    calls_.session_left(facts.id, id);
    if (Audience::sessions_of(*player) > 0) return;
    wizard_off(id);
    if (is_dropped) return wait_for(id, facts);
    leave(id, facts, reason);
}

/// The listener speaks while the character still stands there; then it goes to rest.
void Residents::leave(ObjectId id, const SessionFacts& session, std::string_view reason) {
    waited_for_.erase(id);
    world_.audience.forget(id, world_.objects.find(id));
    if (world_.objects.living(id) == nullptr) return;
    const std::array<Value, 2> arguments{described(session), Value{reason}};
    calls_.deliver({"session", SessionId::none, id, id, "disconnected", arguments}, {});
    log::info("session", "left", {{"name", name_of(id)}, {"reason", std::string{reason}}});
    if (Object* still = world_.objects.living(id)) rest(*still);
}

void Residents::rest(Object& player) {
    begin("disconnect", player.id);
    if (player.location != ObjectId::nothing) {
        world_.transaction.set(player, atom(atoms::resting), Value{player.location});
        world_.transaction.set(player, atom(atoms::location), Value{});
    }
    world_.transaction.set_transient(player, atom(atoms::connected), Value{false});
    world_.audience.set_online(player.id, false, world_.transaction);
    if (const Account* account = account_of(player.id)) {
        world_.accounts.set_last_seen(account->id, now(), world_.transaction);
    }
    world_.transaction.commit();
}

void Residents::lay_to_rest() {
    world_.names.each(Names::Space::character, [this](std::string_view, ObjectId id) {
        Object* player = world_.objects.living(id);
        if (player != nullptr && player->location != ObjectId::nothing) rest(*player);
    });
}

void Residents::tell_wizards(std::string_view words) {
    begin("tell wizards", ObjectId::nothing);
    const Ref<const text::Tree> tree = text::plain_tree(words);
    for (const ObjectId id : world_.audience.online(world_.transaction)) {
        const Account* account = account_of(id);
        if (account != nullptr && account->role == Role::wizard) world_.transaction.tell(id, tree);
    }
    world_.transaction.commit();
}

std::string Residents::name_of(ObjectId object) const {
    Object* found = world_.objects.living(object);
    Property* name = found == nullptr ? nullptr : found->find(atom(atoms::name));
    return name != nullptr && name->value.tag() == Value::Tag::string ? std::string{name->value.string()}
                                                                      : std::string{"someone"};
}

// --- Terminals

std::string Residents::terminal_settings(ObjectId player) const {
    Object* object = world_.objects.living(player);
    const Property* kept = object == nullptr ? nullptr : object->find(atom(atoms::terminal));
    return kept != nullptr && kept->value.tag() == Value::Tag::string ? std::string{kept->value.string()}
                                                                      : std::string{};
}

BatchNumber Residents::keep_terminal_settings(ObjectId player, std::string_view settings) {
    Object* object = world_.objects.living(player);
    if (object == nullptr || settings.size() > max_terminal_settings) return 0;
    begin("terminal settings", player);
    world_.transaction.set(*object, atom(atoms::terminal),
                           settings.empty() ? Value{} : Value{std::string{settings}});
    return world_.transaction.commit();
}

// --- Rights of wizards

bool Residents::is_wizard(ObjectId player) const { return world_.role_of(player) == Role::wizard; }

void Residents::wizard_on(ObjectId player, std::string_view password, const Caller& caller,
                          std::function<void(const LoginResult&)> reply) {
    const auto checked = [this, player, caller, reply = std::move(reply)](LoginResult result) {
        // Meanwhile he may have left, or lost his role.
        const Object* object = world_.objects.living(player);
        const bool is_here = object != nullptr && Audience::sessions_of(*object) > 0 && is_wizard(player);
        if (result.kind == LoginResult::Kind::welcome && !is_here) result.kind = LoginResult::Kind::wrong;
        const bool is_on = result.kind == LoginResult::Kind::welcome;
        if (is_on) world_.wizard_rights.turn_on(player);
        log::info(
            "login", is_on ? "a wizard's rights are on" : "a wizard's rights stay off",
            {{"name", name_of(player)}, {"address", caller.address}, {"door", std::string{caller.service}}});
        reply(result);
    };
    verify(caller, name_of(player), password, {}, checked);
}

bool Residents::wizard_off(ObjectId player) {
    const bool were_on = world_.wizard_rights.turn_off(player);
    if (were_on) log::info("login", "a wizard's rights are off", {{"name", name_of(player)}});
    return were_on;
}

}  // namespace gyre::world
