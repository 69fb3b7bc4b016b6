// The fixture of this folder, and what it takes for granted.

#include "script_world.hpp"

#include "world/scheduler.hpp"

namespace gyre::world::script {

namespace {

constexpr const char* thing_source = R"LUA(
--- Everything that is in a place.
inherit "object"
property.name = "thing"
property.names = {}
property.adjectives = {}
property.plurals = ""
property.article = optional "text"
property.proper = false
property.plural = false
property.pronouns = "it"
property.description = ""
property.hidden = false
property.fixed = optional "text"
property.lit = false
property.location = optional "object"
)LUA";

std::string without_place(const std::string& message) {
    const std::size_t colon = message.find(": ");
    return colon == std::string::npos ? message : message.substr(colon + 2);
}

}  // namespace

std::string show(const Value& value) {
    switch (value.tag()) {
        case Value::Tag::nil:
            return "nil";
        case Value::Tag::boolean:
            return value.boolean() ? "true" : "false";
        case Value::Tag::integer:
            return std::to_string(value.integer());
        case Value::Tag::number: {
            std::string digits = std::to_string(value.number());
            while (digits.back() == '0') digits.pop_back();
            return digits;
        }
        case Value::Tag::string:
            return std::string{value.string()};
        case Value::Tag::object:
            return "#" + std::to_string(number(value.object()));
        case Value::Tag::text:
            return "text";
        case Value::Tag::container:
            break;
    }
    std::string parts;
    for (const Value& each : value.container().list) parts += (parts.empty() ? "" : ",") + show(each);
    for (const Container::Pair& pair : value.container().map)
        parts += (parts.empty() ? "" : ",") + show(pair.key) + "=" + show(pair.value);
    return "{" + parts + "}";
}

ScriptWorld::ScriptWorld(bool with_core) {
    world.transaction.deliver_told = [this](ObjectId observer, const Ref<const text::Tree>& tree,
                                            BatchNumber) { told[observer].push_back(tree->text); };
    if (!with_core) return;
    const auto faults = load({{"thing", thing_source},
                              {"room", "inherit \"thing\"\nproperty.dark = false"},
                              {"exit", "inherit \"thing\"\nproperty.one_way = false"},
                              {"container", "inherit \"thing\"\nproperty.is_open = true"},
                              {"person", "inherit \"thing\"\nproperty.proper = true"},
                              {"npc", "inherit \"person\""},
                              {"player", "inherit \"person\""}});
    REQUIRE(faults.empty());
    room = &create("room");
    set(*room, "name", "hall");
    alice = &person("Alice", "she");
    bob = &person("Bob", "he");
    actor = alice;
}

Object& ScriptWorld::person(const char* name, const char* pronouns) {
    Object& person = create("player", room);
    set(person, "name", name);
    set(person, "pronouns", pronouns);
    begin();
    world.names.add(Names::Space::character, name, person.id, world.transaction);
    world.transaction.commit();
    return person;
}

std::vector<std::string> ScriptWorld::load(std::initializer_list<std::pair<const char*, const char*>> sources,
                                           const std::string& owner) {
    std::vector<ClassSource> classes;
    for (const auto& [name, source] : sources)
        classes.push_back({name, source, owner, std::string{name} + ".lua"});
    std::vector<std::string> messages;
    for (const LoadFault& fault : world.runtime->load(classes)) messages.push_back(fault.message);
    return messages;
}

void ScriptWorld::good(const char* name, const char* source, const std::string& owner) {
    for (const std::string& message : load({{name, source}}, owner)) FAIL(message);
}

std::string ScriptWorld::bad(const char* name, const std::string& source) {
    const std::vector<std::string> messages = load({{name, source.c_str()}});
    REQUIRE(messages.size() == 1);
    return messages[0];
}

std::vector<std::string> ScriptWorld::settle() {
    begin();
    std::vector<std::string> messages;
    for (const LoadFault& fault : world.runtime->settle_singletons()) messages.push_back(fault.message);
    world.transaction.commit();
    return messages;
}

void ScriptWorld::begin() {
    Origin origin;
    origin.service = "test";
    origin.actor = actor == nullptr ? ObjectId::nothing : actor->id;
    world.transaction.begin(std::move(origin));
}

Object& ScriptWorld::create(const char* of, Object* place) {
    Class* known = world.classes.find(world.atoms.find(of));
    REQUIRE(known != nullptr);
    begin();
    Object& object = world.transaction.create(*known, ObjectId::nothing);
    if (place != nullptr) world.transaction.set(object, atom(atoms::location), Value{place->id});
    world.transaction.commit();
    return object;
}

void ScriptWorld::set(Object& object, const char* property, Value value) {
    begin();
    world.transaction.set(object, world.atoms.intern(property), std::move(value));
    world.transaction.commit();
}

CallResult ScriptWorld::call(Object& object, const char* method, std::vector<Value> arguments,
                             Budget budget) {
    begin();
    CallResult result = world.runtime->call(object.id, world.atoms.intern(method), arguments, budget);
    if (result.kind == CallResult::Kind::done) {
        world.transaction.commit();
    } else {
        world.transaction.rollback();
    }
    return result;
}

std::string ScriptWorld::probe(const std::string& body, std::string& fault) {
    std::string name = "probe" + std::to_string(++probes_);
    const std::string source =
        "inherit \"thing\"\nproperty.list = {}\nproperty.map = {}\nproperty.n = 0\nfunction self:run(a, "
        "b)\n" +
        body + "\nend";
    for (std::string& message : load({{name.c_str(), source.c_str()}})) fault = std::move(message);
    return name;
}

CallResult ScriptWorld::run(const std::string& body, std::vector<Value> arguments, Budget budget) {
    std::string fault;
    const std::string name = probe(body, fault);
    if (!fault.empty()) FAIL(fault);
    return call(create(name.c_str(), room), "run", std::move(arguments), budget);
}

std::string ScriptWorld::value(const std::string& body, std::vector<Value> arguments) {
    const CallResult result = run(body, std::move(arguments));
    INFO(body);
    INFO(result.error());
    REQUIRE(result.kind == CallResult::Kind::done);
    return show(result.value);
}

std::string ScriptWorld::error(const std::string& body, std::vector<Value> arguments) {
    INFO(body);
    std::string fault;
    const std::string name = probe(body, fault);
    if (!fault.empty()) return without_place(fault);
    const CallResult result = call(create(name.c_str(), room), "run", std::move(arguments));
    REQUIRE(result.kind == CallResult::Kind::failed);
    return without_place(result.error());
}

Value ScriptWorld::property(Object& object, const char* name) {
    begin();
    const Value* value = world.get(object, world.atoms.intern(name));
    Value copy = value == nullptr ? Value{} : *value;
    world.transaction.commit();
    return copy;
}

bool ScriptWorld::has_stored(Object& object, const char* name) {
    return object.find(world.atoms.intern(name)) != nullptr;
}

std::vector<std::string> ScriptWorld::heard(const Object& who) { return std::exchange(told[who.id], {}); }

TEST_CASE("script world: a method runs and gives its first result", "[world][script]") {
    ScriptWorld world;
    CHECK(world.value("return 1 + 1, 3") == "2");
    CHECK(world.value("return a .. b", {Value{"x"}, Value{7}}) == "x7");
    CHECK(world.value("return {1, {k = true}}") == "{1,{k=true}}");
    CHECK(world.run("return function() end").value.is_nil());
}

TEST_CASE("script world: a method that is not there fails", "[world][script]") {
    ScriptWorld world;
    Object& object = world.create("thing");
    CHECK(world.call(object, "polish").error() == "thing has no method 'polish'");
    CHECK_FALSE(world.world.runtime->has_method(object.id, world.world.atoms.intern("polish")));
    CHECK(world.world.runtime->has_method(object.id, world.world.atoms.intern("contents")));
}

}  // namespace gyre::world::script
