#include "world/exporting.hpp"

#include "world/export_values.hpp"
#include "world/object_file.hpp"
#include "world/script/class_store.hpp"
#include "world/script/runtime.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace gyre::world {

namespace {

using Kind = FileValue::Kind;

class Exporting {
  public:
    Exporting(World& world, const ExchangeRights& rights) : world_(world), rights_(rights), values_(world) {}

    Exported run(const std::vector<ObjectId>& objects);

  private:
    // What goes into the file.
    enum class Because : std::uint8_t { asked_for, inside };
    [[nodiscard]] bool takes(Object& object, Because because);
    void collect(Object& object, Because because);
    void collect_all(std::vector<Object*> objects);
    [[nodiscard]] std::string title(Object& object);
    // Classes.
    void need_class(const Class& of, Object& user);
    [[nodiscard]] const StoredSource* made_source(const Class& of) const;
    void write_classes();
    void write_class(const Class& of);
    // Objects.
    void describe(Object& object);
    void describe_class(Object& object, FileObject& into);
    void describe_place(Object& object, FileObject& into);
    void describe_properties(Object& object, FileObject& into);

    World& world_;
    const ExchangeRights& rights_;
    ExportValues values_;
    Exported result_;
    ObjectFile file_;
    std::set<ObjectId> known_;
    std::vector<Object*> objects_;
    std::map<std::string, const Class*> needed_;  ///< Classes made in the game, by name.
    std::set<const Class*> written_;
};

std::string Exporting::title(Object& object) {
    const std::string_view name = world_.string(object, atom(atoms::name));
    return fmt::format("{} (#{})", name.empty() ? object.of->title : std::string{name}, number(object.id));
}

/// Whether it goes into the file; else it is said why not, where somebody wants to know.
bool Exporting::takes(Object& object, Because because) {
    const bool is_asked = because == Because::asked_for;
    if ((object.of->kinds & Class::player) != 0) {
        if (is_asked) result_.faults.push_back(title(object) + " is a player, and people are not exported");
        return false;
    }
    if (!rights_.may_write(object)) {
        (is_asked ? result_.faults : result_.left_out)
            .push_back(title(object) + (is_asked ? " is not yours to export" : ", which is not yours"));
        return false;
    }
    if (objects_.size() < ObjectFile::max_objects) return true;
    const std::string fault = fmt::format("that is more than {} objects", ObjectFile::max_objects);
    if (result_.faults.empty() || result_.faults.back() != fault) result_.faults.push_back(fault);
    return false;
}

void Exporting::collect(Object& object, Because because) {
    if (known_.contains(object.id) || !takes(object, because)) return;
    known_.insert(object.id);
    objects_.push_back(&object);
    const bool is_room = (object.of->kinds & Class::room) != 0;
    std::vector<Object*> inside;
    const Value* exits = is_room ? world_.transaction.read(object, atom(atoms::exits)) : nullptr;
    if (exits != nullptr && exits->tag() == Value::Tag::container) {
        for (const Value& each : exits->container().list)
            inside.push_back(world_.objects.living(each.object()));
    }
    for (const ObjectId id : world_.transaction.contents(object)) {
        Object* thing = world_.objects.living(id);
        const bool is_person = thing != nullptr && (thing->of->kinds & Class::person) != 0;
        if (!is_room || !is_person) inside.push_back(thing);
    }
    collect_all(std::move(inside));
}

/// In an order that is the same in every world.
void Exporting::collect_all(std::vector<Object*> objects) {
    std::erase(objects, nullptr);
    std::vector<std::pair<std::string, Object*>> sorted;
    for (Object* object : objects) {
        const bool is_exit = (object->of->kinds & Class::exit) != 0;
        std::string name{world_.string(*object, atom(atoms::name))};
        if (is_exit) name += ' ' + std::string{world_.string(*object, atom(atoms::exit_direction))};
        const bool is_of_file = rights_.may_write(*object) && (object->of->kinds & Class::player) == 0;
        sorted.emplace_back(is_of_file ? name + '\n' + values_.key(*object) : name, object);
    }
    std::ranges::stable_sort(sorted, {}, &std::pair<std::string, Object*>::first);
    for (const auto& [name, object] : sorted) collect(*object, Because::inside);
}

Exported Exporting::run(const std::vector<ObjectId>& objects) {
    for (const ObjectId id : objects) {
        if (Object* object = world_.objects.living(id)) collect(*object, Because::asked_for);
    }
    if (result_.faults.empty() && objects_.empty()) result_.faults.emplace_back("there is nothing to export");
    for (Object* object : objects_) describe(*object);
    write_classes();
    result_.objects = file_.objects.size();
    result_.classes = file_.classes.size();
    if (!result_.faults.empty()) return std::move(result_);
    result_.text = write_object_file(file_);
    if (result_.text.size() > ObjectFile::max_bytes)
        result_.faults.push_back(fmt::format("that is more than {} bytes", ObjectFile::max_bytes));
    return std::move(result_);
}

// --- Classes

const StoredSource* Exporting::made_source(const Class& of) const {
    const script::ClassStore* store = world_.runtime->class_store;
    const StoredSource* source = store == nullptr ? nullptr : store->find(of.title);
    return source != nullptr && source->is_made() ? source : nullptr;
}

/// And those that it builds on.
void Exporting::need_class(const Class& of, Object& user) {
    world_.transaction.saw(of.changed_in);
    for (const Class* base : of.chain) {
        const StoredSource* source = made_source(*base);
        if (source == nullptr || needed_.contains(base->title)) continue;
        if (!rights_.may_read(*source, *base)) {
            result_.faults.push_back(fmt::format("{}: the source of {} is {}'s own and not shared",
                                                 title(user), base->title, source->owner));
            continue;
        }
        needed_.emplace(base->title, base);
    }
}

void Exporting::write_classes() {
    for (const auto& [name, of] : needed_) write_class(*of);
}

/// Behind those that it builds on.
void Exporting::write_class(const Class& of) {
    if (!needed_.contains(of.title) || !written_.insert(&of).second) return;
    if (of.parent != nullptr) write_class(*of.parent);
    for (const Class* trait : of.traits) write_class(*trait);
    const StoredSource* source = made_source(of);
    if (source != nullptr) file_.classes.push_back({of.title, source->source, 0, 0});
}

void Exporting::describe_class(Object& object, FileObject& into) {
    const Class& of = *object.of;
    if (!of.exists) {
        result_.faults.push_back(fmt::format("{}: its class {} is gone", title(object), of.title));
        return;
    }
    const StoredSource* source = made_source(of);
    if (source == nullptr || !is_own_class_name(of.title)) {
        if (object.find(atom(atoms::singleton)) == nullptr) into.inherit = of.title;
        need_class(of, object);
        return;
    }
    if (!rights_.may_read(*source, of)) {
        result_.faults.push_back(fmt::format("{}: what is special about it is {}'s own and not shared",
                                             title(object), source->owner));
        return;
    }
    into.source = source->source;
    if (of.parent != nullptr) need_class(*of.parent, object);
    for (const Class* trait : of.traits) need_class(*trait, object);
}

// --- Objects

void Exporting::describe(Object& object) {
    FileObject described;
    described.key = values_.key(object);
    describe_class(object, described);
    describe_place(object, described);
    describe_properties(object, described);
    file_.objects.push_back(std::move(described));
}

void Exporting::describe_place(Object& object, FileObject& into) {
    if ((object.of->kinds & Class::exit) != 0) {
        const FileValue from = values_.reference(world_.reference(object, atom(atoms::exit_from)));
        const FileValue to = values_.reference(world_.reference(object, atom(atoms::exit_to)));
        if (from.kind != Kind::object || to.kind != Kind::object) return;
        into.join = {from.string, std::string{world_.string(object, atom(atoms::exit_direction))}, to.string,
                     std::string{world_.string(object, atom(atoms::exit_back))}, 0};
        return;
    }
    world_.transaction.read(object, atom(atoms::location));
    Object* place = world_.objects.living(object.location);
    const bool is_held = place != nullptr && (place->of->kinds & Class::person) != 0;
    if (place != nullptr && (!is_held || known_.contains(place->id))) into.place = values_.key(*place);
}

void Exporting::describe_properties(Object& object, FileObject& into) {
    for (const Property& property : object.properties) {
        const std::string& name = world_.atoms.name(property.name);
        const Member* member = object.of->find(property.name);
        const bool is_declared = member != nullptr && member->kind == Member::Kind::property;
        if (!is_declared || member->transient || name.starts_with('#') ||
            property.name == atom(atoms::location))
            continue;
        world_.transaction.saw(property.changed_in);
        FileValue stored = values_.value(property.value);
        if (stored == values_.value(member->standard)) continue;
        into.properties.push_back({name, std::move(stored), 0});
    }
    const auto order = [](const FileObject::Property& left, const FileObject::Property& right) {
        return std::pair{left.name != "name", left.name} < std::pair{right.name != "name", right.name};
    };
    std::ranges::sort(into.properties, order);
}

}  // namespace

bool is_own_class_name(std::string_view name) {
    const std::size_t digits = name.find_last_not_of("0123456789");
    return digits != std::string_view::npos && digits + 1 < name.size() && name[digits] == '_';
}

Exported export_objects(World& world, const std::vector<ObjectId>& objects, const ExchangeRights& rights) {
    return Exporting{world, rights}.run(objects);
}

Exported export_by_engine(World& world, const std::vector<ObjectId>& objects, const ExchangeRights& rights) {
    Origin origin;
    origin.service = "engine";
    origin.description = "export";
    world.transaction.begin(std::move(origin));
    Exported exported = export_objects(world, objects, rights);
    world.transaction.commit();
    return exported;
}

}  // namespace gyre::world
