// Schedules under random objects coming, going and changing, classes reloaded and time passing: whatever
// happens, no object runs twice within a period, and none is forgotten.

#include "tests/world/clockwork.hpp"

#include <map>
#include <random>

using namespace gyre;
using namespace gyre::world;
using namespace gyre::world::test;
using namespace std::chrono_literals;

namespace {

constexpr std::int64_t slack_ms = 20;                // No more than 16 run in one go.
constexpr std::array<int, 4> periods{0, 7, 20, 45};  // Seconds; 0: not scheduled.

class RandomWorld {
  public:
    explicit RandomWorld(unsigned seed) : random_(seed) {
        for (const char* of : {"one", "two"}) reload(of);
    }

    void step() {
        switch (pick(8)) {
            case 0:
            case 1:
                return create();
            case 2:
                return destroy();
            case 3:
                return change_class();
            case 4:
                return reload(pick(2) == 0 ? "one" : "two");
            case 5:
                return undone();
            default:
                return pass();
        }
    }

  private:
    struct Model {
        std::string of;
        int period = 0;
        std::int64_t ran_at = 0;  ///< 0: not since it is scheduled.
        std::int64_t latest = 0;  ///< When it must have run again.
    };

    std::size_t pick(std::size_t count) {
        return std::uniform_int_distribution<std::size_t>{0, count - 1}(random_);
    }
    /// The object runs every so many seconds from now on.
    void schedule(Model& model, int period) {
        if (period == model.period) return;
        const std::int64_t span = period * 1'000;
        model.latest = clock_.now() + (model.period == 0 ? span : 2 * span);
        if (period == 0 || model.period == 0) model.ran_at = 0;
        model.period = period;
    }
    void create() {
        const std::string of = pick(2) == 0 ? "one" : "two";
        const Object& object = clock_.create(of);
        Model& model = objects_[object.id] = Model{};
        model.of = of;
        schedule(model, periods_[of]);
    }
    std::map<ObjectId, Model>::iterator any() {
        return std::next(objects_.begin(), static_cast<std::ptrdiff_t>(pick(objects_.size())));
    }
    Object& object(ObjectId id) { return *clock_.town.world.objects.find(id); }
    void destroy() {
        if (objects_.empty()) return;
        const auto gone = any();
        clock_.destroy(object(gone->first));
        objects_.erase(gone);
    }
    void change_class() {
        if (objects_.empty()) return;
        auto& [id, model] = *any();
        model.of = model.of == "one" ? "two" : "one";
        clock_.set(object(id), atoms::class_, Value{model.of});
        schedule(model, periods_[model.of]);
    }
    void reload(const std::string& of) {
        const int period = periods.at(pick(periods.size()));
        const std::string every = period == 0 ? "" : "every(" + std::to_string(period) + ")\n";
        clock_.load(of, "inherit \"thing\"\n" + every + "function self:tick() end");
        periods_[of] = period;
        for (auto& [id, model] : objects_) {
            if (model.of == of) schedule(model, period);
        }
    }
    /// Everything at once, and none of it.
    void undone() {
        Transaction& transaction = clock_.town.world.transaction;
        transaction.begin({});
        clock_.make("one");
        const Transaction::Savepoint savepoint = transaction.savepoint();
        clock_.make("two");
        transaction.rollback_to(savepoint);
        if (!objects_.empty()) {
            const auto changed = any();
            transaction.set(object(changed->first), atom(atoms::class_),
                            Value{changed->second.of == "one" ? "two" : "one"});
            const auto destroyed = any();
            transaction.destroy(object(destroyed->first));
        }
        transaction.rollback();
    }
    void pass() {
        const std::size_t seen = clock_.beats.size();
        clock_.pass(std::chrono::milliseconds{pick(60'000)});
        for (std::size_t index = seen; index < clock_.beats.size(); ++index) note(clock_.beats[index]);
        for (const auto& [id, model] : objects_) {
            if (model.period > 0) REQUIRE(clock_.now() <= model.latest + slack_ms);
        }
    }
    void note(const Clockwork::Beat& beat) {
        const auto found = objects_.find(beat.object);
        REQUIRE(found != objects_.end());
        Model& model = found->second;
        REQUIRE(model.period > 0);
        const std::int64_t span = model.period * 1'000;
        if (model.ran_at != 0) REQUIRE(beat.at_ms - model.ran_at >= span - slack_ms);
        REQUIRE(beat.at_ms <= model.latest + slack_ms);
        model.ran_at = beat.at_ms;
        model.latest = beat.at_ms + span;
    }

    std::mt19937 random_;
    Clockwork clock_;
    std::map<std::string, int> periods_;
    std::map<ObjectId, Model> objects_;
};

}  // namespace

TEST_CASE("schedules: whatever happens, never twice within a period and never lost",
          "[world][schedules][property]") {
    const auto seed = GENERATE(range(1U, 9U));
    INFO("seed " << seed);
    RandomWorld world(seed);
    for (int step = 0; step < 400; ++step) world.step();
}
