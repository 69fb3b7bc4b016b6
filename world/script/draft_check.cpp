#include "world/script/draft_check.hpp"

#include "world/script/members.hpp"

#include <algorithm>

namespace gyre::world::script {

namespace {

/// Everything that is in the world inherits this class, which the engine gives a parent.
constexpr std::string_view root_class = "thing";

}  // namespace

DraftCheck::DraftCheck(State& state, Draft& draft, const std::set<const Class*>& renewed)
    : state_(state), draft_(draft), renewed_(renewed) {
    if (draft.parent.empty() && draft.from.name == root_class) draft.parent = engine_class;
    parent_ = loaded(draft.parent);
    for (const std::string& trait : draft.traits) {
        if (Class* of = loaded(trait)) traits_.push_back(of);
    }
}

Class* DraftCheck::loaded(const std::string& name) const {
    const Atom atom = state_.world.atoms.find(name);
    Class* of = atom == Atom::none ? nullptr : state_.world.classes.find(atom);
    return of != nullptr && of->exists ? of : nullptr;
}

std::string DraftCheck::run() {
    adopt_rules();
    for (const auto check :
         {&DraftCheck::check_bases, &DraftCheck::check_rights, &DraftCheck::check_singleton,
          &DraftCheck::check_traits, &DraftCheck::check_inherited, &DraftCheck::check_heirs}) {
        if (std::string fault = (this->*check)(); !fault.empty()) return fault;
    }
    find_changed();
    std::string fault = check_stored();
    if (fault.empty() || can_migrate()) return {};
    return fault + " (function self:migrate() could convert them)";
}

std::string DraftCheck::check_bases() const {
    const auto reaches_back = [&](const Class& base) {
        return &base == draft_.target || base.is_a(*draft_.target);
    };
    if (!draft_.parent.empty()) {
        if (parent_ == nullptr) return "its parent '" + draft_.parent + "' is not loaded";
        if (parent_->is_trait)
            return "'" + draft_.parent + "' is a trait (it inherits nothing): use(\"" + draft_.parent + "\")";
        if (parent_->singleton != Atom::none)
            return "'" + draft_.parent + "' is a single object: nothing can inherit it";
        if (reaches_back(*parent_)) return "it would inherit itself through '" + draft_.parent + "'";
    }
    for (const std::string& name : draft_.traits) {
        const Class* trait = loaded(name);
        if (trait == nullptr) return "its trait '" + name + "' is not loaded";
        if (!trait->is_trait) return "'" + name + "' is no trait (it inherits " + trait->parent->title + ")";
        if (reaches_back(*trait)) return "it would use itself through '" + name + "'";
    }
    return {};
}

/// Players and money.
bool DraftCheck::is_for_files(const Class& base) const {
    const Class* coin = loaded("coin");
    return (base.kinds & Class::player) != 0 || (coin != nullptr && base.is_a(*coin));
}

bool DraftCheck::is_of_wizard(const std::string& owner) const {
    const Account* account = state_.world.accounts.find(owner);
    return account != nullptr && account->role == Role::wizard;
}

/// A class of somebody's builds on the library's, his own, and what its owner shares; and being the world's
/// one object of a name, or leading out of a room, is for the world's files.
std::string DraftCheck::check_rights() const {
    const std::string& owner = draft_.from.owner;
    if (owner.empty()) return {};
    if (!draft_.singleton.name.empty())
        return "singletons are made by the world's files: make an object with create, and set its name";
    const auto may_use = [&](const Class& base) {
        return base.owner.empty() || base.owner == owner || base.is_shared;
    };
    if (parent_ != nullptr && is_for_files(*parent_) && !is_of_wizard(owner))
        return "'" + draft_.parent + "' is for the world's files to build on: nobody makes people or money";
    if (parent_ != nullptr && !may_use(*parent_))
        return "'" + draft_.parent + "' belongs to " + parent_->owner + ", who does not share it";
    for (const Class* trait : traits_) {
        if (!may_use(*trait))
            return "'" + trait->title + "' belongs to " + trait->owner + ", who does not share it";
    }
    return {};
}

std::string DraftCheck::check_singleton() const {
    const SingletonSpec& singleton = draft_.singleton;
    if (singleton.name.empty()) {
        if (!singleton.place.empty()) return "place is for singletons: a class has no single place";
        return singleton.join ? "join is for singletons: a class is no single exit" : "";
    }
    if (parent_ == nullptr) return "a singleton needs a class: inherit \"thing\", or another";
    for (const auto& [of, loaded] : state_.loaded) {
        if (of != draft_.target && loaded.singleton && loaded.singleton->name == singleton.name)
            return "'" + of->title + "' is the singleton '" + singleton.name + "' already";
    }
    return {};
}

/// Two traits with one method of the same name: which one would run?
std::string DraftCheck::check_traits() const {
    for (std::size_t left = 0; left < traits_.size(); ++left) {
        for (std::size_t right = left + 1; right < traits_.size(); ++right) {
            for (const Member& member : traits_[left]->own) {
                if (member.kind != Member::Kind::method || member.adds_up) continue;
                const Member* other = traits_[right]->find(member.name);
                const bool mine = draft_.find(member.name) != nullptr;
                if (other == nullptr || other->kind != Member::Kind::method || other->adds_up || mine ||
                    other->declared_in == member.declared_in)
                    continue;
                return "traits '" + traits_[left]->title + "' and '" + traits_[right]->title +
                       "' both have a method '" + name_of(member.name) +
                       "': write one here that calls the right one";
            }
        }
    }
    return {};
}

const Member* DraftCheck::inherited(Atom name) const {
    for (const Class* trait : traits_) {
        if (const Member* member = trait->find(name)) return member;
    }
    return parent_ == nullptr ? nullptr : parent_->find(name);
}

std::string DraftCheck::compare(const Member& mine, const Member& theirs, const std::string& whose) const {
    const std::string& name = name_of(mine.name);
    const bool is_property = mine.kind == Member::Kind::property;
    if (is_property != (theirs.kind == Member::Kind::property)) {
        return "'" + name + "' is a " + (is_property ? "method" : "property") + " of " + whose +
               ", so it cannot be a " + (is_property ? "property" : "method");
    }
    if (!is_property || mine.type == theirs.type) return {};
    return "property '" + name + "' is " + std::string{type_word(theirs.type)} + " in " + whose +
           ", so its default here cannot be " + std::string{type_word(mine.type)};
}

/// A subclass gives another default, not other rules.
void DraftCheck::adopt_rules() {
    for (Member& member : draft_.members) {
        const Member* base = inherited(member.name);
        if (base == nullptr || base->kind != member.kind) continue;
        member.is_private = member.is_private || base->is_private;
        member.transient = member.transient || base->transient;
        if (member.kind != Member::Kind::property) continue;
        if (base->type == Type::number && member.type == Type::integer) {
            member.type = Type::number;
            member.standard = Value{static_cast<double>(member.standard.integer())};
        }
        member.optional = member.optional || base->optional;
        if (member.instance_of == Atom::none) member.instance_of = base->instance_of;
        if (member.one_of.empty()) member.one_of = base->one_of;
    }
}

std::string DraftCheck::check_inherited() const {
    for (const Member& member : draft_.members) {
        const Member* base = inherited(member.name);
        if (base == nullptr) continue;
        const std::string whose = base->declared_in == nullptr ? "a base class" : base->declared_in->title;
        if (std::string fault = compare(member, *base, whose); !fault.empty()) return fault;
        const bool is_allowed = member.one_of.empty() || std::find(member.one_of.begin(), member.one_of.end(),
                                                                   member.standard) != member.one_of.end();
        if (!is_allowed) {
            return "the default of '" + name_of(member.name) + "' must be " +
                   wanted(state_.world.atoms, member);
        }
    }
    return {};
}

/// A class that goes on as it is must still fit what it builds on.
std::string DraftCheck::check_heirs() const {
    for (const auto& heir : state_.world.classes.all()) {
        if (renewed_.count(heir.get()) != 0 || !heir->exists || !heir->is_a(*draft_.target)) continue;
        for (const Member& theirs : heir->own) {
            const Member* mine = draft_.find(theirs.name);
            if (mine == nullptr) continue;
            if (std::string fault = compare(*mine, theirs, heir->title); !fault.empty()) return fault;
        }
    }
    return {};
}

namespace {

bool is_stored_as(Type type, Value::Tag tag) {
    switch (type) {
        case Type::any:
            return true;
        case Type::boolean:
            return tag == Value::Tag::boolean;
        case Type::integer:
            return tag == Value::Tag::integer;
        case Type::number:
            return tag == Value::Tag::number;
        case Type::string:
            return tag == Value::Tag::string;
        case Type::text:
            return tag == Value::Tag::string || tag == Value::Tag::text;
        case Type::object:
            return tag == Value::Tag::object;
        case Type::table:
            return tag == Value::Tag::container;
    }
    return true;
}

}  // namespace

void DraftCheck::find_changed() {
    if (!draft_.target->exists) return;
    for (const Member& member : draft_.members) {
        if (member.kind != Member::Kind::property) continue;
        const auto old = std::find_if(draft_.target->own.begin(), draft_.target->own.end(),
                                      [&](const Member& each) { return each.name == member.name; });
        if (old != draft_.target->own.end() && old->type != member.type) changed_.push_back(member);
    }
}

bool DraftCheck::can_migrate() const {
    const Atom migrate = state_.world.atoms.find(migrate_method);
    if (migrate == Atom::none) return false;
    const Member* method = draft_.find(migrate);
    if (method == nullptr) method = inherited(migrate);
    return method != nullptr && method->kind == Member::Kind::method;
}

std::string DraftCheck::check_stored() {
    misfits_.clear();
    std::string first;
    for (const Member& property : changed_) {
        std::string fault = check_stored(property);
        if (first.empty()) first = std::move(fault);
    }
    return first;
}

/// A property whose type changes must fit what objects hold already.
std::string DraftCheck::check_stored(const Member& property) {
    std::size_t count = 0;
    ObjectId example = ObjectId::nothing;
    state_.world.objects.each([&](Object& object) {
        if (!object.of->is_a(*draft_.target)) return;
        const Property* stored = object.find(property.name);
        if (stored == nullptr || stored->value.is_nil() || is_stored_as(property.type, stored->value.tag()))
            return;
        if (count++ == 0) example = object.id;
        misfits_.insert(object.id);
    });
    if (count == 0) return {};
    return "property '" + name_of(property.name) + "' cannot become " +
           std::string{type_word(property.type)} + ": " + with_commas(static_cast<std::int64_t>(count)) +
           " objects hold something else, such as #" + std::to_string(number(example));
}

}  // namespace gyre::world::script
