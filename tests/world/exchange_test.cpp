#include "engine/base/random.hpp"
#include "tests/world/town_world.hpp"
#include "world/importing.hpp"
#include "world/object_file.hpp"
#include "world/undoing.hpp"

#include <map>

using namespace gyre;
using namespace gyre::world;
using namespace gyre::world::test;

namespace {

/// The town with two builders, who export and import.
struct Exchange {
    Exchange() {
        ann = town.player("ann", anns);
        bob = town.player("bob", bobs);
        for (const char* name : {"ann", "bob"}) REQUIRE(town.residents.set_role(name, Role::builder).ok());
        library.on_made = [this] { town.commands.classes_changed(); };
    }
    [[nodiscard]] ExchangeRights rights_of(ObjectId player) const {
        ExchangeRights rights;
        rights.may_write = [player](const Object& object) { return object.owner == player; };
        rights.may_read = [this, player](const StoredSource& made, const Class& of) {
            return of.is_shared || made.owner == world.account_of(player);
        };
        return rights;
    }
    Object& make(const std::string& of, ObjectId owner, ObjectId place = ObjectId::nothing) {
        world.transaction.begin({});
        Object& made = world.transaction.create(*world.classes.find(world.atoms.find(of)), owner);
        if (place != ObjectId::nothing) world.transaction.set(made, atom(atoms::location), Value{place});
        world.transaction.commit();
        return made;
    }
    void set(Object& object, const std::string& property, Value value) {
        world.transaction.begin({});
        world.transaction.set(object, world.atoms.intern(property), std::move(value));
        world.transaction.commit();
    }
    Value get(Object& object, const std::string& property) {
        world.transaction.begin({});
        const Value value = world.get_or_nil(object, world.atoms.find(property));
        world.transaction.rollback();
        return value;
    }
    std::string exported(ObjectId object, ObjectId who) {
        const Exported done = export_by_engine(world, {object}, rights_of(who));
        for (const std::string& fault : done.faults) UNSCOPED_INFO(fault);
        REQUIRE(done.faults.empty());
        return done.text;
    }
    Imported import(const std::string& text, ObjectId who) { return import_files({{"it.lua", text}}, who); }
    Imported import_files(std::vector<ImportRequest::File> files, ObjectId who) {
        ImportRequest request;
        request.files = std::move(files);
        request.importer = who;
        request.account = std::string{world.account_of(who)};
        request.rights = rights_of(who);
        request.origin.service = "test";
        request.origin.actor = who;
        return import_objects(world, request);
    }
    void imports(const std::string& text, ObjectId who) {
        const Imported done = import(text, who);
        for (const std::string& fault : done.faults) UNSCOPED_INFO(fault);
        REQUIRE(done.faults.empty());
    }
    /// All that is wrong with it, one a line; nothing must have happened.
    std::string faults(const std::string& text, ObjectId who) {
        const ObjectId next = world.objects.next_id();
        std::string all;
        for (const std::string& fault : import(text, who).faults) all += fault + "\n";
        if (!all.empty()) CHECK(world.objects.next_id() == next);
        return all;
    }
    Object* with_id(const std::string& key) {
        Object* found = nullptr;
        const Atom name = world.atoms.find(export_id_property);
        world.objects.each([&](Object& object) {
            const Property* id = object.find(name);
            if (id != nullptr && "@" + std::string{id->value.string()} == key) found = &object;
        });
        return found;
    }
    ObjectId singleton(const char* name) { return world.names.peek(Names::Space::singleton, name); }
    std::string put(const std::string& name, const std::string& source, ObjectId thing = ObjectId::nothing) {
        Origin origin;
        origin.actor = ann;
        return library.put({name, source, "ann", thing}, origin);
    }

    TownWorld town;
    World& world = town.world;
    Library& library = town.library;
    Ear anns, bobs;
    ObjectId ann, bob;
};

const std::string head = "format(1)\n";
const std::string one = "@aaaaaaaaaaaaaaaa";
const std::string two = "@bbbbbbbbbbbbbbbb";

std::string object(const std::string& key, const std::string& rest = "inherit \"thing\"\n") {
    return "object \"" + key + "\"\n" + rest;
}

std::string key_of(const std::string& file) {
    const std::size_t at = file.find("object \"") + 8;
    return file.substr(at, file.find('"', at) - at);
}

Value random_value(Random& random, const std::vector<ObjectId>& objects, int depth = 0) {
    switch (random.below(depth > 2 ? 6 : 9)) {
        case 0:
            return Value{random.below(2) == 0};
        case 1:
            return Value{static_cast<std::int64_t>(random())};
        case 2:
            return Value{random.unit() * 1e9};
        case 3:
            return Value{std::string{"words {x} \n \xff"}.substr(0, 1 + random.below(12))};
        case 4:
            return Value{objects[random.below(objects.size())]};
        case 5:
            return Value{Text::of_template(*text::compile("{the it} of {n}").value(),
                                           {{"it", Value{objects[random.below(objects.size())]}},
                                            {"n", Value{static_cast<std::int64_t>(random.below(9))}}})};
        case 6: {
            Ref<Container> list = make_ref<Container>();
            for (std::uint64_t left = random.below(4); left > 0; --left)
                list->list.push_back(random_value(random, objects, depth + 1));
            if (!list->list.empty()) list->kind = Container::Kind::list;
            list->adopt_children();
            return Value{std::move(list)};
        }
        default: {
            Ref<Container> map = make_ref<Container>();
            std::map<std::uint64_t, bool> used;
            for (std::uint64_t left = random.below(4); left > 0; --left) {
                const std::uint64_t which = random.below(objects.size());
                if (!used.emplace(which, true).second) continue;
                const Value key =
                    random.below(2) == 0 ? Value{objects[which]} : Value{"k" + std::to_string(which)};
                map->map.insert(map->lower_bound(key), {key, random_value(random, objects, depth + 1)});
            }
            if (!map->map.empty()) map->kind = Container::Kind::map;
            map->adopt_children();
            return Value{std::move(map)};
        }
    }
}

const std::string any_class =
    "inherit \"container\"\nproperty.a = {}\nproperty.b = {}\nproperty.word = \"\"\nproperty.n = 0\n"
    "property.x = 1.0\nproperty.yes = false\nproperty.other = optional \"object\"\nprivate.kept = {}\n"
    "transient.passing = 0\n";

}  // namespace

TEST_CASE("exchange: random objects are the same bytes in another world", "[world][exchange]") {
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        INFO(seed);
        Random random{seed};
        Exchange here;
        REQUIRE(here.put("crate", any_class).empty());
        Object& top = here.make("crate", here.ann, here.ann);
        std::vector<ObjectId> objects{top.id};
        for (std::uint64_t left = 1 + random.below(8); left > 0; --left)
            objects.push_back(here.make("crate", here.ann, objects[random.below(objects.size())]).id);
        for (const ObjectId id : objects) {
            Object& each = *here.world.objects.find(id);
            here.set(each, "name", Value{"crate " + std::to_string(random.below(3))});
            for (const char* name : {"a", "b", "kept"}) {
                Value value = random_value(random, objects);
                if (value.tag() == Value::Tag::container) here.set(each, name, std::move(value));
            }
            here.set(each, "other", Value{objects[random.below(objects.size())]});
            here.set(each, "n", Value{static_cast<std::int64_t>(random())});
            here.set(each, "word", Value{"{no} template"});
        }
        const std::string file = here.exported(top.id, here.ann);
        CHECK(file == here.exported(top.id, here.ann));
        Exchange there;
        for (std::uint64_t left = random.below(5); left > 0; --left) there.make("thing", there.bob);
        const Imported done = there.import(file, there.bob);
        for (const std::string& fault : done.faults) UNSCOPED_INFO(fault);
        REQUIRE(done.faults.empty());
        CHECK(done.made == objects.size());
        Object* copy = there.with_id(key_of(file));
        REQUIRE(copy != nullptr);
        CHECK(copy->owner == there.bob);
        CHECK(copy->location == there.bob);
        CHECK(there.exported(copy->id, there.bob) == file);
        const Imported again = there.import(file, there.bob);
        CHECK(again.faults.empty());
        CHECK(again.made + again.changed + again.classes == 0);
        CHECK(again.unchanged == objects.size());
    }
}

TEST_CASE("exchange: a file says what its makers see, and not whose it is", "[world][exchange]") {
    Exchange here;
    Object& lamp = here.make("lamp", here.ann, here.singleton("square"));
    here.set(lamp, "name", Value{"brass lamp"});
    here.set(
        lamp, "description",
        Value{Text::of_template(*text::compile("A lamp of {who}.").value(), {{"who", Value{here.bob}}})});
    const std::string file = here.exported(lamp.id, here.ann);
    CHECK(file.find("inherit \"lamp\"\nplace(object \"square\")\nproperty.name = \"brass lamp\"\n"
                    "property.description = text(\"A lamp of {who}.\", {who = player \"Bob\"})\n") !=
          std::string::npos);
    CHECK(file.find("owner") == std::string::npos);
    CHECK(file.find("\"Ann\"") == std::string::npos);  // In quotes: the id is random letters.
    CHECK(file.find("\"ann\"") == std::string::npos);
}

TEST_CASE("exchange: what is special about one thing goes with it", "[world][exchange]") {
    Exchange here;
    Object& bell = here.make("thing", here.ann, here.ann);
    const std::string own = "thing_" + std::to_string(number(bell.id));
    const std::string source =
        "--- What is special.\ninherit \"ringer\"\nfunction self:tone() return 3 end\n";
    REQUIRE(here.put("ringer", "inherit \"thing\"\nproperty.rings = 2\n").empty());
    REQUIRE(here.put(own, source, bell.id).empty());
    const std::string file = here.exported(bell.id, here.ann);
    CHECK(file.find(own) == std::string::npos);
    CHECK(file.find("class \"ringer\"\nsource [=[\ninherit \"thing\"\n") != std::string::npos);
    Exchange there;
    const std::size_t before = there.world.objects.living_count();
    there.imports(file, there.bob);
    CHECK(there.world.objects.living_count() == before + 1);
    Object& copy = *there.with_id(key_of(file));
    CHECK(copy.of->title == "ringer_" + std::to_string(number(copy.id)));
    CHECK(copy.of->owner == "bob");
    CHECK(there.get(copy, "rings").integer() == 2);
    CHECK(there.exported(copy.id, there.bob) == file);
    // Here nothing is changed by it.
    const Imported again = here.import(file, here.ann);
    CHECK(again.faults.empty());
    CHECK(again.changed + again.made + again.classes == 0);
}

TEST_CASE("exchange: importing again changes the same things", "[world][exchange]") {
    Exchange here;
    Object& lamp = here.make("lamp", here.ann, here.ann);
    here.set(lamp, "name", Value{"torch"});
    std::string file = here.exported(lamp.id, here.ann);
    here.set(lamp, "fixed", Value{"It is nailed down."});
    const std::size_t at = file.find("\"torch\"\n");
    REQUIRE(at != std::string::npos);
    file.replace(at, 7, "\"lantern\"");
    const Imported done = here.import(file, here.ann);
    REQUIRE(done.faults.empty());
    CHECK(done.changed == 1);
    CHECK(here.get(lamp, "name").string() == "lantern");
    CHECK(here.get(lamp, "fixed").is_nil());
    CHECK(lamp.location == here.ann);
    SECTION("but not those of somebody else") {
        CHECK(
            here.faults(file, here.bob) ==
            "it.lua:" +
                std::to_string(
                    1 + std::count(file.begin(),
                                   file.begin() + static_cast<std::ptrdiff_t>(file.find("object ")), '\n')) +
                ": lantern (#" + std::to_string(number(lamp.id)) +
                ") has this export id, and is not yours to change\n");
    }
    SECTION("and what is destroyed is made anew") {
        here.world.transaction.begin({});
        here.world.transaction.destroy(lamp);
        here.world.transaction.commit();
        CHECK(here.import(file, here.ann).made == 1);
    }
}

TEST_CASE("exchange: a room goes with its exits and things, and without people", "[world][exchange]") {
    Exchange here;
    here.town.types(here.ann, "dig a kitchen");
    here.town.types(here.ann, "goto kitchen");
    Object& kitchen = *here.world.objects.living(here.world.objects.living(here.ann)->location);
    here.town.types(here.ann, "dig north/south to a larder");
    here.town.types(here.ann, "create a stove");
    here.town.types(here.ann, "drop stove");
    Object& stool = here.make("thing", here.bob, kitchen.id);
    here.set(stool, "name", Value{"stool"});
    const Exported done = export_by_engine(here.world, {kitchen.id}, here.rights_of(here.ann));
    REQUIRE(done.faults.empty());
    CHECK(done.objects == 3);
    REQUIRE(done.left_out.size() == 1);
    CHECK(done.left_out[0].find("stool") == 0);
    CHECK(done.text.find("Ann") == std::string::npos);
    CHECK(done.text.find("join(object \"@") != std::string::npos);
    Exchange there;
    const std::string faults = there.faults(done.text, there.bob);
    CHECK(faults.find("is not in the file, and nothing here has this export id") != std::string::npos);
    ObjectId larder = ObjectId::nothing;
    here.world.objects.each([&](Object& object) {
        if (object.owner == here.ann && here.world.string(object, atom(atoms::name)) == "larder")
            larder = object.id;
    });
    const Exported both = export_by_engine(here.world, {kitchen.id, larder}, here.rights_of(here.ann));
    REQUIRE(both.faults.empty());
    there.imports(both.text, there.bob);
    Object& copy = *there.with_id(key_of(both.text));
    const Exported again = export_by_engine(
        there.world, {copy.id, there.with_id(both.text.substr(both.text.rfind("object \"@") + 8, 17))->id},
        there.rights_of(there.bob));
    REQUIRE(again.faults.empty());
    CHECK(again.objects == both.objects);
    there.world.transaction.begin({});
    CHECK(there.world.get_or_nil(copy, atom(atoms::exits)).container().list.size() == 1);
    there.world.transaction.rollback();
}

TEST_CASE("exchange: an import that has a fault does nothing and tells all of them", "[world][exchange]") {
    Exchange here;
    const std::string all = head + object(one) +                                              // 2, 3
                            "property.nmae = \"x\"\n"                                         // 4
                            "property.hidden = 3\n"                                           // 5
                            "property.description = \"{his it}\"\n"                           // 6
                            "property.adjectives = {object \"squar\"}\n"                      // 7
                            "property.fixed = player \"Nobody\"\n"                            // 8
                            "place(object \"@cccccccccccccccc\")\n" +                         // 9
                            object(two, "inherit \"lmap\"\n") +                               // 10, 11
                            object("@dddddddddddddddd", "inherit \"player\"\n") +             // 12, 13
                            object("@eeeeeeeeeeeeeeee", "inherit \"coin\"\n") +               // 14, 15
                            object("@ffffffffffffffff", "") +                                 // 16
                            object("@gggggggggggggggg", "inherit \"exit\"\n") +               // 17, 18
                            object("square", "property.name = \"mine\"\n") +                  // 19, 20
                            "class \"broken\"\nsource [=[\ninherit \"thing\"\nx = 1\n]=]\n";  // 21..
    const std::string told = here.faults(all, here.ann);
    INFO(told);
    const auto tells = [&](const std::string& words) { return told.find(words) != std::string::npos; };
    CHECK(tells("it.lua:4: thing has no property 'nmae' (did you mean 'name'?)\n"));
    CHECK(tells("it.lua:5: hidden must be true or false (got 3)\n"));
    CHECK(tells("it.lua:6: template column 1: write 'their' instead of 'his'"));
    CHECK(tells("it.lua:7: this world's files have no object \"squar\" (did you mean \"square\"?)\n"));
    CHECK(tells("it.lua:8: there is no player \"Nobody\" here\n"));
    CHECK(tells("it.lua:9: \"@cccccccccccccccc\" is not in the file, and nothing here has this export id"));
    CHECK(tells("it.lua:10: there is no class 'lmap' here (did you mean 'lamp'?)\n"));
    CHECK(tells("it.lua:12: players come in by the door: nobody makes one\n"));
    CHECK(tells("it.lua:14: money is made by wizards only\n"));
    CHECK(tells("it.lua:16: its class is missing"));
    CHECK(tells("it.lua:17: an exit needs to know its rooms"));
    CHECK(tells("it.lua:19: "));
    CHECK(tells("is the world's, and not yours to change\n"));
    CHECK(tells("it.lua:24: "));
    CHECK(here.library.find("broken") == nullptr);
    CHECK(here.with_id(one) == nullptr);
}

TEST_CASE("exchange: a name has a length here too", "[world][exchange]") {
    Exchange here;
    const std::size_t count = here.world.objects.living_count();
    const std::string faults = here.faults(
        head + object(one, "inherit \"thing\"\nproperty.description = \"Grey.\"\nproperty.name = \"" +
                               std::string(100'000, 'x') + "\"\n"),
        here.ann);
    CHECK(faults == "it.lua:5: name has at most 80 letters (got 100000)\n");
    CHECK(here.world.objects.living_count() == count);
}

TEST_CASE("exchange: quotas hold", "[world][exchange]") {
    Exchange here;
    std::string file = head;
    constexpr std::string_view letters = "abcdefghij";
    for (std::size_t at = 1; at < OwnerLimits::max_objects; ++at) {  // His character is his too.
        std::string key = "@aaaaaaaaaaaaa";
        for (const char digit : fmt::format("{:03}", at))
            key += letters[static_cast<std::size_t>(digit - '0')];
        file += object(key);
    }
    here.make("thing", here.ann);
    CHECK(here.faults(file, here.ann).find("ann would own more than 1000 objects\n") != std::string::npos);
    const Imported done = here.import(file, here.bob);
    for (const std::string& fault : done.faults) UNSCOPED_INFO(fault);
    CHECK(done.made == OwnerLimits::max_objects - 1);
}

TEST_CASE("exchange: only so much source is loaded at once for whoever has limits", "[world][exchange]") {
    Exchange x;
    std::string file = head;
    for (const char letter : std::string_view{"abcdefgh"}) {  // Of 16 KiB each: as much as may be.
        file +=
            fmt::format("class \"ann_{}\"\nsource [=[\ninherit \"thing\"\n--{:x<16365}\n]=]\n", letter, "");
    }
    const std::string more = file + "class \"ann_z\"\nsource \"inherit 'thing'\"\n";
    CHECK(x.faults(more, x.ann).starts_with("it.lua:1: classes of more than 128 KiB of source together"));
    CHECK(x.faults(file, x.ann) == "");
}

TEST_CASE("exchange: what one owns holds at most 16 MiB", "[world][exchange]") {
    Exchange x;
    for (int count = 0; count < 17; ++count)
        x.set(x.make("thing", x.ann), "description", Value{std::string(1'000'000, 'x')});
    const std::string file = head + object(one);
    CHECK(x.faults(file, x.ann) == "it.lua:1: what ann owns would hold more than 16 MiB of data\n");
    CHECK(x.faults(file, x.bob).empty());
}

TEST_CASE("exchange: nobody brings any number of templates", "[world][exchange]") {
    Exchange x;
    const std::string file = head + object(one, "inherit \"thing\"\nproperty.description = \"A {new}.\"\n");
    std::set<std::string, std::less<>> brought;
    const auto faults = [&] {
        ImportRequest request;
        request.files = {{"it.lua", file}};
        request.importer = x.ann;
        request.account = "ann";
        request.rights = x.rights_of(x.ann);
        request.templates = &brought;
        return import_objects(x.world, request).faults;
    };
    const std::vector<std::string> too_many{
        "it.lua:4: these are too many different templates until the next start"};
    SECTION("by their number") {
        while (brought.size() < ImportRequest::max_templates) brought.insert(std::to_string(brought.size()));
    }
    SECTION("by their bytes") { brought.insert(std::string(ImportRequest::max_template_bytes, 'x')); }
    CHECK(faults() == too_many);
    brought = {"A {new}."};
    CHECK(faults().empty());
}

TEST_CASE("exchange: classes of others stay theirs", "[world][exchange]") {
    Exchange here;
    const std::string bell = "inherit \"thing\"\nshared()\nproperty.rings = 1\n";
    REQUIRE(here.put("bell", bell).empty());
    const std::string same =
        head + "class \"bell\"\nsource [=[\n" + bell + "]=]\n" + object(one, "inherit \"bell\"\n");
    CHECK(here.import(same, here.bob).made == 1);
    std::string other = same;
    other.replace(other.find("= 1"), 3, "= 2");
    CHECK(here.faults(other, here.bob) == "it.lua:4: bell belongs to ann: choose another name\n");
    CHECK(here.faults(head + "class \"lamp\"\nsource [=[\n" + bell + "]=]\n", here.bob) ==
          "it.lua:4: lamp is a file of the world: choose another name\n");
    CHECK(here.faults(head + "class \"bell_7\"\nsource [=[\n" + bell + "]=]\n", here.bob) ==
          "it.lua:4: bell_7: names that end in a number are for what is special about single things\n");
    CHECK(here.import(other, here.ann).faults.size() == 1);  // Bob's bell.
}

TEST_CASE("exchange: classes may stand in any order, and things inside each other", "[world][exchange]") {
    Exchange here;
    here.imports(
        head +
            object(one, "inherit \"inner\"\nplace(object \"" + two + "\")\nproperty.key = object \"" + two +
                            "\"\n") +
            object(two, "inherit \"container\"\nproperty.names = {\"box\"}\n") +
            "class \"inner\"\nsource [=[\ninherit \"outer\"\n]=]\n"
            "class \"outer\"\nsource [=[\ninherit \"container\"\nproperty.key = optional \"thing\"\n]=]\n",
        here.ann);
    CHECK(here.with_id(one)->location == here.with_id(two)->id);
    // The other way round at once.
    const std::string box = "@cccccccccccccccc";
    here.imports(head + object(two, "inherit \"container\"\nplace(object \"" + one + "\")\n") +
                     object(one, "inherit \"inner\"\nplace(object \"" + box + "\")\n") +
                     object(box, "inherit \"container\"\n"),
                 here.ann);
    CHECK(here.with_id(two)->location == here.with_id(one)->id);
    CHECK(here.with_id(one)->location == here.with_id(box)->id);
    CHECK(here.faults(head + object(two, "inherit \"container\"\nplace(object \"" + one + "\")\n") +
                          object(one, "inherit \"inner\"\nplace(object \"" + two + "\")\n"),
                      here.ann)
              .find("it would be inside of itself\n") != std::string::npos);
}

TEST_CASE("exchange: what somebody holds stays with him, what is not one's own is left alone",
          "[world][exchange]") {
    Exchange here;
    Object& lamp = here.make("lamp", here.ann, here.bob);
    const std::string file = here.exported(lamp.id, here.ann);
    const std::string moved = file + "place(object \"square\")\n";
    const Imported done = here.import(moved, here.ann);
    REQUIRE(done.faults.empty());
    CHECK(lamp.location == here.bob);
    REQUIRE(done.notes.size() == 1);
    CHECK(done.notes[0].find("stays where it is: somebody has it") != std::string::npos);
    const Imported made =
        here.import(head + object(one, "inherit \"thing\"\nplace(object \"square\")\n"), here.ann);
    CHECK(made.notes.size() == 1);
    CHECK(here.with_id(one)->location == here.ann);
}

TEST_CASE("exchange: several files are one import", "[world][exchange]") {
    Exchange here;
    const Imported done = here.import_files(
        {{"a.lua", head + object(one, "inherit \"thing\"\nproperty.names = {\"a\"}\n")},
         {"b.lua", head + object(two, "inherit \"container\"\nplace(object \"" + one + "\")\n")}},
        here.ann);
    CHECK(done.made == 2);
    const Imported twice =
        here.import_files({{"a.lua", head + object(one)}, {"b.lua", head + "x\n" + object(one)}}, here.ann);
    REQUIRE(twice.faults.size() == 2);
    CHECK(twice.faults[0] == "b.lua:2: 'x' begins no statement");
    CHECK(twice.faults[1] == "b.lua:3: object \"" + one + "\" is in two files");
    const Imported none = here.import_files({}, here.ann);
    CHECK(none.faults.size() == 1);
}
