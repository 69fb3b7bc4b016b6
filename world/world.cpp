#include "world/world.hpp"

#include "world/history.hpp"
#include "world/object_indexes.hpp"
#include "world/scheduler.hpp"
#include "world/schedules.hpp"
#include "world/script/runtime.hpp"

namespace gyre::world {

World::World(Ledger& open_ledger, const Clock& world_clock)
    : ledger(open_ledger),
      clock(world_clock),
      transaction(objects, classes, atoms, open_ledger, world_clock),
      perception(*this),
      wizard_rights(world_clock),
      owner_limits(world_clock, accounts),
      scheduler(std::make_unique<Scheduler>(*this)),
      schedules(std::make_unique<Schedules>(*this)),
      runtime(std::make_unique<script::Runtime>(*this)) {
    transaction.deliver_told = [this](ObjectId observer, const Ref<const text::Tree>& tree,
                                      BatchNumber needs) {
        const Object* object = objects.find(observer);
        if (object != nullptr) Audience::tell(*object, tree, needs, clock);
    };
    indexes_ = std::make_unique<ObjectIndexes>(*schedules, holdings);
    transaction.object_index = indexes_.get();
    ledger.before_seal = [this](Batch& batch) { about_to_seal(batch); };
}

World::~World() = default;

void World::about_to_seal(Batch& batch) {
    for (; atoms_stored < atoms.size(); ++atoms_stored) {
        batch.atoms.emplace_back(atoms_stored, atoms.name(static_cast<Atom>(atoms_stored)));
    }
    batch.next_id = number(objects.next_id());
    scheduler->about_to_seal(batch);
}

const Value* World::get(Object& object, Atom property) {
    if (const Value* stored = transaction.read(object, property)) return stored;
    if (object.of == nullptr) return nullptr;
    const Value* standard = object.of->standard(property);
    if (standard != nullptr) transaction.saw(object.of->changed_in);
    return standard;
}

const Value& World::get_or_nil(Object& object, Atom property) {
    static const Value nil;
    const Value* value = get(object, property);
    return value != nullptr ? *value : nil;
}

namespace {

const Account* find_account(const World& world, ObjectId player) {
    Object* object = world.objects.living(player);
    Property* number = object == nullptr ? nullptr : object->find(atom(atoms::account));
    const bool has_one = number != nullptr && number->value.tag() == Value::Tag::integer;
    return has_one ? world.accounts.find(number->value.integer()) : nullptr;
}

}  // namespace

std::string_view World::account_of(ObjectId player) const {
    const Account* account = find_account(*this, player);
    return account == nullptr ? std::string_view{} : std::string_view{account->name};
}

std::string_view World::account_for(ObjectId target, Atom method) const {
    const Object* object = objects.living(target);
    if (object == nullptr) return {};
    const Member* member = object->of->find(method);
    const Class* code = member == nullptr ? nullptr : member->declared_in;
    return code != nullptr && !code->owner.empty() ? std::string_view{code->owner}
                                                   : account_of(object->owner);
}

Role World::role_of(ObjectId player) const {
    const Account* account = find_account(*this, player);
    return account == nullptr ? Role::player : account->role;
}

Role World::rights_of(ObjectId player) const {
    const Role role = role_of(player);
    return role == Role::wizard && !wizard_rights.on(player) ? Role::builder : role;
}

bool World::flag(Object& object, Atom property) {
    const Value* value = get(object, property);
    return value != nullptr && value->tag() == Value::Tag::boolean && value->boolean();
}

std::int64_t World::integer(Object& object, Atom property) {
    const Value* value = get(object, property);
    return value != nullptr && value->tag() == Value::Tag::integer ? value->integer() : 0;
}

std::string_view World::string(Object& object, Atom property) {
    const Value* value = get(object, property);
    return value != nullptr && value->tag() == Value::Tag::string ? value->string() : std::string_view{};
}

ObjectId World::reference(Object& object, Atom property) {
    const Value* value = get(object, property);
    if (value == nullptr || value->tag() != Value::Tag::object) return ObjectId::nothing;
    // What refers to a destroyed object reads as nothing (and that it is destroyed is being read).
    Object* target = objects.find(value->object());
    if (target == nullptr) return ObjectId::nothing;
    transaction.saw(target->existence_changed_in);
    return target->alive() ? target->id : ObjectId::nothing;
}

bool World::is_a(const Object& object, Atom class_name) const {
    const Class* wanted = classes.find(class_name);
    return wanted != nullptr && object.of != nullptr && object.of->is_a(*wanted);
}

}  // namespace gyre::world
