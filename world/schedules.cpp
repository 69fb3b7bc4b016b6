// A beat's times are computed, not stored: the grid of an object begins at a fraction of the period that its
// id gives, so that the objects of a class do not all run in one moment. The queue holds only beats that are
// going to run: a near one leaves it when its time comes and nobody is there, and is looked for when a player
// comes into the room. So a world of sleeping animals costs nothing, and what a step costs is what moves with
// it. (A list of near objects for each room would have to follow every box that a cat sits in.)

#include "world/schedules.hpp"

#include "engine/base/log.hpp"
#include "world/scheduler.hpp"
#include "world/world.hpp"

#include <algorithm>
#include <cmath>

namespace gyre::world {

namespace {

constexpr std::size_t looked_at_per_turn = 1'000;  // Beats that turn out to be missed or unwatched.

/// 0 up to `span`, evenly for any run of ids: multiples of the golden ratio.
std::int64_t spread(ObjectId id, std::int64_t span) {
    const std::uint64_t mixed = number(id) * 0x9E3779B97F4A7C15U;
    return static_cast<std::int64_t>(std::ldexp(static_cast<double>(mixed >> 11U), -53) *
                                     static_cast<double>(span));
}

}  // namespace

Schedules::Schedules(World& world) : world_(world), watched_(world.objects) {}

void Schedules::start(std::function<void(Milliseconds)> arm, std::function<void(ObjectId, Atom)> run) {
    arm_ = std::move(arm);
    run_ = std::move(run);
    arm_next();
}

void Schedules::run_due() {
    armed_for_ = asleep;
    const std::int64_t now = world_.scheduler->now_ms();
    std::size_t ran = 0;
    for (std::size_t looked_at = 0; looked_at < looked_at_per_turn && ran < beats_per_turn; ++looked_at) {
        if (due_.empty() || due_.begin()->first > now) break;
        const auto [due, id] = *due_.begin();
        Instance& instance = instances_.at(id);
        Beat& beat = *std::ranges::find(instance.beats, due, &Beat::due_ms);
        take(id, beat);
        const Schedule when = beat.when;
        if (!may_run(id, instance, when)) continue;
        const bool is_missed = now - due > patience_ms(when);
        if (!is_missed) beat.ran_ms = due;
        plan(id, beat, now);
        const std::string_view account = world_.account_for(id, when.method);
        if (is_missed || world_.owner_limits.wait_for(account).count() > 0) continue;
        ++ran;
        run_(id, when.method);
    }
    arm_next();
}

void Schedules::classes_changed() {
    std::vector<std::pair<const Class*, std::vector<Schedule>>> scheduled;
    for (const auto& each : world_.classes.all()) {
        if (!each->schedules.empty()) scheduled.emplace_back(each.get(), each->schedules);
    }
    if (scheduled == scheduled_) return;
    scheduled_ = std::move(scheduled);
    for (const auto& [id, instance] : instances_) touched_.push_back(id);
    world_.objects.each([this](const Object& object) {
        if (!object.of->schedules.empty()) touched_.push_back(object.id);
    });
    if (!world_.transaction.active()) call_ended();
}

// --- Following objects

void Schedules::class_followed(const Object& object, const Class* before) {
    const bool had_any = before != nullptr && !before->schedules.empty();
    if (had_any || (object.of != nullptr && !object.of->schedules.empty())) touched_.push_back(object.id);
}

void Schedules::owner_followed(const Object& object) {
    if (object.of != nullptr && !object.of->schedules.empty()) touched_.push_back(object.id);
}

void Schedules::location_followed(const Object& object) {
    if (near_ > 0) touched_.push_back(object.id);
}

void Schedules::call_ended() {
    if (touched_.empty()) return;
    std::vector<ObjectId> touched;
    touched.swap(touched_);
    std::ranges::sort(touched);
    touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
    for (const ObjectId id : touched) refresh(id);
    if (near_ == 0) {
        watching_ = false;
    } else if (!watching_) {
        watch_all();
    } else {
        for (const ObjectId id : touched) look_around(id, 0);
    }
    arm_next();
    tell_owners();
}

/// Its class, its owner or what the class schedules may have changed.
void Schedules::refresh(ObjectId id) {
    const Object* const object = world_.objects.living(id);
    if (object == nullptr || object->of->schedules.empty()) return forget(id);
    Instance& instance = instances_[id];
    fit(id, instance, object->of->schedules);
    admit(id, instance, object->owner);
    wake(id, instance);
}

void Schedules::forget(ObjectId id) {
    const auto found = instances_.find(id);
    if (found == instances_.end()) return;
    fit(id, found->second, {});
    release(id, found->second);
    instances_.erase(found);
}

/// A schedule that goes on as it was keeps its time. One that changed begins a whole new period after the
/// method ran last.
void Schedules::fit(ObjectId id, Instance& instance, const std::vector<Schedule>& schedules) {
    std::vector<Beat> old;
    old.swap(instance.beats);
    for (const Schedule& when : schedules) {
        Beat beat{when};
        const auto same = std::ranges::find(old, when, &Beat::when);
        const auto known =
            std::ranges::find_if(old, [&](const Beat& each) { return each.when.method == when.method; });
        if (same != old.end()) {
            beat = std::exchange(*same, Beat{});
        } else if (known != old.end()) {
            beat.ran_ms = known->ran_ms;
        }
        instance.beats.push_back(beat);
    }
    for (Beat& gone : old) take(id, gone);
    const bool near = std::ranges::any_of(schedules, &Schedule::near);
    if (near != std::exchange(instance.near, near)) near ? ++near_ : --near_;
}

void Schedules::admit(ObjectId id, Instance& instance, ObjectId owner) {
    const bool counts = std::ranges::any_of(instance.beats, [](const Beat& beat) { return !beat.when.near; });
    if (counts && instance.counts && instance.owner == owner) return;
    release(id, instance);
    instance.counts = counts;
    instance.owner = owner;
    if (!counts) return;
    instance.waits = !quota_.admit(owner, id);
    if (instance.waits && !told_.contains(owner)) over_quota_.insert(owner);
}

void Schedules::release(ObjectId id, Instance& instance) {
    if (!std::exchange(instance.counts, false)) return;
    instance.waits = false;
    const std::optional<ObjectId> next = quota_.release(instance.owner, id);
    if (!next) return;
    Instance& successor = instances_.at(*next);
    successor.waits = false;
    wake(*next, successor);
}

/// Each owner once, however many more there come.
void Schedules::tell_owners() {
    for (const ObjectId owner : std::exchange(over_quota_, {})) {
        told_.insert(owner);
        log::warn(
            "script", "too many scheduled objects",
            {{"owner", std::to_string(number(owner))}, {"limit", std::to_string(ScheduleQuota::limit)}});
        if (owner == ObjectId::nothing) continue;
        Origin origin;
        origin.service = "timer";
        world_.transaction.begin(std::move(origin));
        world_.transaction.tell(
            owner,
            text::plain_tree("You own more than 1,000 objects that run by the clock. Those beyond wait "
                             "until others are gone; declared as near, they need not."));
        world_.transaction.commit();
    }
}

// --- Times

Schedules::Series Schedules::series(ObjectId id, const Schedule& when) const {
    if (when.period_ms > 0) return {spread(id, when.period_ms), when.period_ms};
    const Calendar& calendar = world_.calendar;
    const std::int64_t minute_ms = calendar.day_ms() / Calendar::minutes_per_day;
    return {calendar.begin_of_minute(when.minute) + spread(id, minute_ms), calendar.day_ms()};
}

/// How late a beat may be before it counts as missed: half of the period, or an hour of the world.
std::int64_t Schedules::patience_ms(const Schedule& when) const {
    return when.period_ms > 0 ? when.period_ms / 2 : world_.calendar.day_ms() / 24;
}

bool Schedules::may_run(ObjectId id, const Instance& instance, const Schedule& when) const {
    return when.near ? watching_ && watched_.sees(id) : !instance.waits;
}

/// Gives a time to those of its beats that have none and may run now.
void Schedules::wake(ObjectId id, Instance& instance) {
    const std::int64_t now = world_.scheduler->now_ms();
    for (Beat& beat : instance.beats) {
        const bool may = may_run(id, instance, beat.when);
        if (may && beat.due_ms == asleep) plan(id, beat, now);
        if (!may && !beat.when.near) take(id, beat);
    }
}

void Schedules::plan(ObjectId id, Beat& beat, std::int64_t now) {
    const auto [first, step] = series(id, beat.when);
    const std::int64_t last =
        last_in_series(first, step, std::max(now, beat.ran_ms + beat.when.period_ms - 1));
    beat.due_ms = last + step;
    due_.emplace(beat.due_ms, id);
}

void Schedules::take(ObjectId id, Beat& beat) {
    if (beat.due_ms == asleep) return;
    due_.erase(due_.find({beat.due_ms, id}));
    beat.due_ms = asleep;
}

void Schedules::arm_next() {
    if (!arm_ || due_.empty() || due_.begin()->first == armed_for_) return;
    armed_for_ = due_.begin()->first;
    arm_(Milliseconds{std::max<std::int64_t>(armed_for_ - world_.scheduler->now_ms(), 1)});
}

// --- Who is near

void Schedules::watch_all() {
    watching_ = true;
    watched_.clear();
    for (const ObjectId player : world_.audience.online_now()) watched_.look_for(player);
    for (auto& [id, instance] : instances_) {
        if (instance.near) wake(id, instance);
    }
}

/// It is somewhere else, and so is what is in it.
void Schedules::look_around(ObjectId id, int depth) {
    const Object* const object = world_.objects.living(id);
    if (object == nullptr || (object->of->kinds & Class::player) != 0) {
        const ObjectId room = watched_.look_for(id);
        if (room != ObjectId::nothing) wake_inside(room, 0);
    }
    const auto found = instances_.find(id);
    if (found != instances_.end() && found->second.near) wake(id, found->second);
    if (object == nullptr || !object->contents || depth >= Object::max_nesting_seen) return;
    for (const ObjectId inside : object->contents->ids) look_around(inside, depth + 1);
}

void Schedules::wake_inside(ObjectId id, int depth) {
    const auto found = instances_.find(id);
    if (found != instances_.end() && found->second.near) wake(id, found->second);
    const Object* const object = world_.objects.living(id);
    if (object == nullptr || !object->contents || depth >= Object::max_nesting_seen) return;
    for (const ObjectId inside : object->contents->ids) wake_inside(inside, depth + 1);
}

}  // namespace gyre::world
