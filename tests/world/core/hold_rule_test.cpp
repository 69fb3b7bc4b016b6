// The rule of held output, from the side of calls: whoever is told something waits for the newest batch that
// it was derived from. The test keeps its own books of what each fact of the world depends on, by walking
// through what really happened, and releases each line as soon as the rule allows; none may then depend on a
// batch that is not on disk. The simple rule (wait for whatever is pending) bounds it from the other side.

#include "tests/world/core/core_world.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <map>
#include <string>

using namespace gyre;
using namespace gyre::world;
using namespace gyre::world::test;

namespace {

/// Something about the world that a call can find out: "fuel of #3", "who is in #1" ...
using Fact = std::string;

class Books : public CoreWorld {
  public:
    explicit Books(std::uint64_t seed) : dice_(seed) {
        for (int count = 0; count < 5; ++count) things_.push_back(make("thing").id);
        for (int count = 0; count < 3; ++count) places_.push_back(make("room").id);
        transaction.deliver_told = [this](ObjectId, const auto&, BatchNumber needs) {
            lines_.push_back({told_by_depends_, needs});
        };
        make_durable();
    }

    void step() {
        switch (dice_.roll(8)) {
            case 0:
                ledger.seal();
                break;
            case 1:
                if (!sealed.empty()) ledger.committed(sealed.back().number);
                break;
            default:
                call();
        }
        release();
    }

    int released = 0;
    int sooner_than_simple = 0;
    int too_early = 0;

  private:
    struct Line {
        BatchNumber depends;  ///< By the books.
        BatchNumber needs;    ///< By the rule.
    };
    /// What a call changed, entered in the books when it commits.
    struct Pending {
        Fact fact;
        bool durable;
    };

    void call();
    void act(bool may_write);
    void read_something();
    void write_something();
    void write_index();
    void read_fact(const Fact& fact) { depends_ = std::max(depends_, books_[fact]); }
    void wrote(Fact fact, bool durable) { pending_.push_back({std::move(fact), durable}); }
    void release();

    Object& any_thing() { return object(dice_.pick(things_)); }
    Object& any_place() { return object(dice_.pick(places_)); }
    Fact of(const char* what, const Object& object) {
        return std::string{what} + " of #" + std::to_string(number(object.id));
    }

    static constexpr std::array<const char*, 3> people_{"alice", "bob", "carol"};
    Dice dice_;
    Atom fuel_ = atoms.intern("fuel");
    Atom bag_ = atoms.intern("bag");
    Atom visits_ = atoms.intern("visits");
    std::vector<ObjectId> things_;
    std::vector<ObjectId> places_;
    std::map<Fact, BatchNumber> books_;
    std::vector<Pending> pending_;
    BatchNumber depends_ = 0;  ///< Of the running call.
    BatchNumber told_by_depends_ = 0;
    std::vector<Line> lines_;
};

void Books::read_something() {
    Object& thing = any_thing();
    switch (dice_.roll(6)) {
        case 0:
            transaction.read(thing, fuel_);
            read_fact(of("fuel", thing));
            break;
        case 1:
            transaction.read(thing, visits_);
            read_fact(of("visits", thing));
            break;
        case 2: {
            Object& place = any_place();
            transaction.contents(place);
            read_fact(of("contents", place));
            break;
        }
        case 3: {
            const char* const name = dice_.pick(people_);
            (void)names.find(Names::Space::character, name, transaction);
            read_fact(name);
            break;
        }
        case 4:
            transaction.read(thing, atom(atoms::location));
            read_fact(of("location", thing));
            break;
        default: {
            const Value* const bag = transaction.read(thing, bag_);
            read_fact(of("bag", thing));
            if (bag == nullptr || bag->tag() != Value::Tag::container) break;
            transaction.saw(bag->container().changed_in);
            read_fact(of("entries of bag", thing));
        }
    }
}

void Books::write_index() {
    const char* const name = dice_.pick(people_);
    // A name without anything durable beside it: what it tells is where the call had it from.
    if (dice_.one_in(2)) {
        names.add(Names::Space::character, name, dice_.pick(things_), transaction);
    } else {
        names.remove(Names::Space::character, name, transaction);
    }
    wrote(name, false);
}

void Books::write_something() {
    Object& thing = any_thing();
    switch (dice_.roll(6)) {
        case 0:
            transaction.set(thing, fuel_, static_cast<std::int64_t>(dice_.roll(100)));
            wrote(of("fuel", thing), true);
            break;
        case 1:
            transaction.set_transient(thing, visits_, static_cast<std::int64_t>(dice_.roll(100)));
            wrote(of("visits", thing), false);
            break;
        case 2: {
            Object& place = any_place();
            if (thing.location != ObjectId::nothing) wrote(of("contents", object(thing.location)), true);
            transaction.set(thing, atom(atoms::location), place.id);
            wrote(of("contents", place), true);
            wrote(of("location", thing), true);
            break;
        }
        case 3:
            write_index();
            break;
        case 4:
            transaction.set(thing, bag_, list_of({1}));
            wrote(of("bag", thing), true);
            wrote(of("entries of bag", thing), true);
            break;
        default: {
            const Property* const bag = thing.find(bag_);
            if (bag == nullptr) break;
            transaction.list_insert(bag->value.container(), 0, 2);
            wrote(of("entries of bag", thing), true);
        }
    }
}

void Books::act(bool may_write) {
    for (std::size_t reads = 1 + dice_.roll(3); reads > 0; --reads) read_something();
    if (may_write) write_something();
}

void Books::call() {
    const bool writer = dice_.one_in(3);
    depends_ = 0;
    pending_.clear();
    begin();
    transaction.tell(things_[0], make_ref<const text::Tree>());
    act(writer);
    if (dice_.one_in(4)) {
        // Undone, but the script knows what it read.
        const std::vector<Pending> before = pending_;
        const auto savepoint = transaction.savepoint();
        act(writer);
        transaction.rollback_to(savepoint);
        pending_ = before;
    }
    if (dice_.one_in(5)) {
        // The actor is told so, which reveals what was read.
        lines_.push_back({depends_, transaction.rollback()});
        return;
    }
    const bool durable =
        std::any_of(pending_.begin(), pending_.end(), [](const Pending& change) { return change.durable; });
    if (durable) depends_ = ledger.open_number();
    told_by_depends_ = depends_;
    transaction.commit();
    for (const Pending& change : pending_) books_[change.fact] = depends_;
}

void Books::release() {
    const auto may_go = [this](const Line& line) { return line.needs <= ledger.durable(); };
    for (const Line& line : lines_) {
        if (!may_go(line)) continue;
        ++released;
        if (line.depends > ledger.durable()) ++too_early;
        if (ledger.newest() > ledger.durable()) ++sooner_than_simple;
    }
    lines_.erase(std::remove_if(lines_.begin(), lines_.end(), may_go), lines_.end());
    // Nothing waits for more than the simple rule would: what is pending.
    for (const Line& line : lines_) CHECK(line.needs <= ledger.newest());
}

}  // namespace

TEST_CASE("hold rule: no line is released before all that it was derived from is durable",
          "[world][transaction][property]") {
    int released = 0;
    int sooner = 0;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        INFO("seed " << seed);
        Books books{seed};
        for (int step = 0; step < 1000; ++step) books.step();
        CHECK(books.too_early == 0);
        released += books.released;
        sooner += books.sooner_than_simple;
    }
    CHECK(released > 20'000);
    // The point of the finer rule.
    CHECK(sooner > 5'000);
}
