#include "world/loading.hpp"

#include "tests/support/fake_clock.hpp"
#include "tests/world/store/support.hpp"

using namespace gyre;
using namespace gyre::test;
using namespace std::chrono_literals;

namespace {

constexpr ObjectId hall = object_id(1);
constexpr ObjectId lamp = object_id(2);

/// One run of a server, without its scripts.
class Loading {
  public:
    explicit Loading(const StoreOptions& options)
        : store(open_store(options)),
          ledger(store->last_batch(), [this](Batch batch) { store->submit(std::move(batch)); }) {
        const auto loaded = load_world(*store, world);
        INFO((loaded ? std::string{} : loaded.error().text));
        REQUIRE(loaded.ok());
        store->start(reports.post(), reports.callbacks());
    }
    void begin() { world.transaction.begin({.service = "test"}); }
    void commit() {
        world.transaction.commit();
        const BatchNumber batch = ledger.open_number();
        ledger.seal();
        REQUIRE(reports.wait_for(batch));
        ledger.committed(batch);
    }
    /// A property as it is stored; in words, for comparing.
    std::string value(ObjectId object, std::string_view name) {
        const Property* const found = world.objects.find(object)->find(world.atoms.find(name));
        return found == nullptr ? "none" : encoded(found->value);
    }
    void set(ObjectId object, std::string_view name, Value value) {
        world.transaction.set(*world.objects.find(object), world.atoms.intern(name), std::move(value));
    }

    Reports reports;
    std::unique_ptr<Store> store;
    FakeClock clock;
    Ledger ledger;
    World world{ledger, clock};
};

/// A world of a version of the server that knew fewer names, in another order, and one that is gone.
void write_old_world(const StoreOptions& options) {
    Batch batch = JournalWriter{}
                      .set(1, StoredAtom{1}, Value{"room"})
                      .set(1, StoredAtom{5}, Value{"Hall"})
                      .set(2, StoredAtom{1}, Value{"lamp"})
                      .set(2, StoredAtom{5}, Value{"Lamp"})
                      .set(2, StoredAtom{6}, Value{hall})
                      .set(2, StoredAtom{7}, Value{"kept"})
                      .set(2, StoredAtom{8}, Value{true})
                      .set(2, StoredAtom{9}, Value{7})
                      .set(2, StoredAtom{10}, encoded_list({encoded(1)}))
                      .batch(1);
    batch.atoms = {{0, ""},           {1, "#class"}, {2, "#owner"},   {3, "#created"},
                   {4, "#destroyed"}, {5, "name"},   {6, "location"}, {7, "old_name"},
                   {8, "lit"},        {9, "fuel"},   {10, "bag"}};
    batch.next_id = 3;
    commit_all(options, {batch});
}

}  // namespace

TEST_CASE("loading: a world of a version that knew other names opens right and goes on", "[world][loading]") {
    const TemporaryDirectory directory;
    StoreOptions options = options_for(directory);
    const bool folded = GENERATE(false, true);
    options.fold_after = folded ? 0ms : 1h;
    write_old_world(options);
    {
        Loading run(options);
        CHECK(run.world.objects.find(hall)->of->title == "room");
        CHECK(run.world.objects.find(lamp)->location == hall);
        CHECK(run.world.objects.find(hall)->contents->ids == std::vector<ObjectId>{lamp});
        CHECK(run.world.string(*run.world.objects.find(lamp), atom(atoms::name)) == "Lamp");
        CHECK(run.world.flag(*run.world.objects.find(lamp), atom(atoms::lit)));
        CHECK(run.value(lamp, "old_name") == encoded("kept"));
        CHECK(run.value(lamp, "fuel") == encoded(7));

        run.begin();
        run.set(lamp, "lit", false);
        run.set(lamp, "dark", true);  // The program's own, which the file does not know.
        run.set(lamp, "smoke", "thick");
        run.set(lamp, "old_name", {});
        Value& bag = run.world.objects.find(lamp)->find(run.world.atoms.find("bag"))->value;
        run.world.transaction.list_insert(bag.container(), 1, 2);
        run.commit();
    }
    CHECK(Store::check(options.path).empty());
    const auto check_values = [](Loading& run) {
        CHECK(run.world.objects.find(lamp)->location == hall);
        CHECK(run.value(lamp, "lit") == encoded(false));
        CHECK(run.value(lamp, "dark") == encoded(true));
        CHECK(run.value(lamp, "smoke") == encoded("thick"));
        CHECK(run.value(lamp, "old_name") == encoded({}));
        CHECK(run.value(lamp, "fuel") == encoded(7));
        CHECK(run.value(lamp, "bag") == encoded_list({encoded(1), encoded(2)}));
    };
    {
        Loading run(options);
        check_values(run);
        run.begin();
        run.set(lamp, "flame", 1);
        run.set(lamp, "hidden", true);
        run.set(lamp, "location", {});
        run.set(lamp, "location", hall);
        run.commit();
    }
    Loading run(options);
    check_values(run);
    CHECK(run.value(lamp, "flame") == encoded(1));
    CHECK(run.world.flag(*run.world.objects.find(lamp), atom(atoms::hidden)));
    run.store->stop();
    const Model model = load_model(options);
    CHECK(model.names.at(8) == "lit");
    CHECK(model.names.at(9) == "fuel");
    CHECK(Store::check(options.path).empty());
}

TEST_CASE("loading: a nil that was stored is there again, folded or not", "[world][loading]") {
    const TemporaryDirectory directory;
    StoreOptions options = options_for(directory);
    const bool folded = GENERATE(false, true);
    options.fold_after = folded ? 0ms : 1h;
    ObjectId made = ObjectId::nothing;
    {
        Loading run(options);
        run.begin();
        Class& of = run.world.classes.obtain(run.world.atoms.intern("lamp"), "lamp");
        made = run.world.transaction.create(of, ObjectId::nothing).id;
        run.set(made, "fuel", {});
        run.commit();
    }
    Loading run(options);
    CHECK(run.value(made, "fuel") == encoded({}));
    CHECK(run.value(made, "wick") == "none");
}

TEST_CASE("loading: a property whose number has no name is damage", "[world][loading]") {
    const TemporaryDirectory directory;
    const StoreOptions options = options_for(directory);
    write_old_world(options);
    commit_all(options, {JournalWriter{}.set(1, StoredAtom{11}, Value{1}).batch(2)});
    const auto store = open_store(options);
    const FakeClock clock;
    Ledger ledger(store->last_batch(), [](const Batch&) {});
    World world(ledger, clock);
    const auto loaded = load_world(*store, world);
    REQUIRE_FALSE(loaded.ok());
    CHECK(loaded.error().code == Errc::damaged);
}
