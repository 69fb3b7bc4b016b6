#include "world/scheduler.hpp"

#include "world/schedules.hpp"
#include "world/world.hpp"

#include <algorithm>
#include <cmath>

namespace gyre::world {

namespace {

constexpr std::string_view insert_timer =
    "insert into timer (id, due, object, method, arguments, author, cause) values (?1, ?2, ?3, ?4, ?5, ?6, "
    "?7)";
constexpr std::string_view delete_timer = "delete from timer where id = ?1";
constexpr std::string_view set_offset =
    "insert into meta (name, value) values ('sleep_ms', ?1) on conflict (name) do update set value = ?1";

constexpr std::string_view set_stopped =
    "insert into meta (name, value) values ('stopped_ms', ?1) on conflict (name) do update set value = ?1";

Statement insertion(const Scheduler::Timer& timer, const Atoms& names) {
    std::string arguments;
    put_number(arguments, timer.arguments.size());
    for (const Value& argument : timer.arguments) put_value(arguments, argument);
    return {insert_timer,
            {static_cast<std::int64_t>(timer.id), timer.due_ms, static_cast<std::int64_t>(timer.object),
             names.name(timer.method), Blob{std::move(arguments)}, timer.author,
             static_cast<std::int64_t>(timer.cause)}};
}

}  // namespace

std::int64_t Scheduler::now_ms() const {
    const auto since = world_.clock.wall().time_since_epoch();
    return std::chrono::duration_cast<Milliseconds>(since).count() - offset_ms_;
}

Status Scheduler::after(double seconds, ObjectId object, Atom method, std::vector<Value> arguments,
                        std::string_view author) {
    if (!(seconds >= 0 && seconds <= max_seconds)) {
        return Error{Errc::bad_input, "a timer takes 0 to 315,360,000 seconds"};
    }
    const bool is_limited = world_.owner_limits.holds_for(author);
    if (is_limited && seconds < OwnerLimits::min_period_seconds)
        return Error{Errc::bad_input, "a builder's timer takes at least 1 second"};
    if (timers_.size() >= max_timers) return Error{Errc::too_long, "too many timers are pending"};
    Timer timer;
    timer.due_ms = now_ms() + static_cast<std::int64_t>(std::ceil(seconds * 1000));
    timer.object = object;
    timer.method = method;
    timer.arguments = std::move(arguments);
    timer.author = author;
    timer.cause = world_.transaction.origin().cause;
    if (const Timer* same = find_same(timer)) remove(same->id);
    if (is_limited && count_of(author) >= OwnerLimits::max_timers) {
        return Error{Errc::too_long, "code of " + timer.author + " has 200 timers pending, and no more fit"};
    }
    timer.id = next_id_++;
    const std::uint64_t id = timer.id;
    world_.transaction.native(insertion(timer, world_.atoms), [this, id] { take(id); });
    add(std::move(timer));
    return done();
}

std::size_t Scheduler::cancel(ObjectId object, Atom method) {
    std::vector<std::uint64_t> ids;
    for (auto at = by_object_.lower_bound({object, 0}); at != by_object_.end() && at->first == object; ++at) {
        if (method == Atom::none || timers_.at(at->second).method == method) ids.push_back(at->second);
    }
    for (const std::uint64_t id : ids) remove(id);
    return ids.size();
}

void Scheduler::remove(std::uint64_t id) {
    const auto found = timers_.find(id);
    if (found == timers_.end()) return;
    Timer timer = std::move(found->second);
    found->second = {timer.id, timer.due_ms, timer.object, timer.method, {}, timer.author, 0};
    take(id);
    world_.transaction.native({delete_timer, {static_cast<std::int64_t>(id)}},
                              [this, kept = std::move(timer)] { add(kept); });
}

const Scheduler::Timer* Scheduler::find_same(const Timer& wanted) const {
    auto at = by_object_.lower_bound({wanted.object, 0});
    for (; at != by_object_.end() && at->first == wanted.object; ++at) {
        const Timer& timer = timers_.at(at->second);
        if (timer.method == wanted.method && timer.arguments == wanted.arguments) return &timer;
    }
    return nullptr;
}

void Scheduler::restore(Timer timer) {
    next_id_ = std::max(next_id_, timer.id + 1);
    add(std::move(timer));
}

void Scheduler::slept_since(std::int64_t wall_ms) {
    const auto since = world_.clock.wall().time_since_epoch();
    offset_ms_ +=
        std::max<std::int64_t>(0, std::chrono::duration_cast<Milliseconds>(since).count() - wall_ms);
    offset_is_new_ = true;
}

void Scheduler::going_to_sleep() {
    if (timers_.empty() && world_.schedules->empty()) return;  // Nothing that anybody waits for.
    Origin origin;
    origin.service = "timer";
    origin.description = "stop";
    world_.transaction.begin(std::move(origin));
    world_.transaction.native({set_stopped, {now_ms() + offset_ms_}}, [] {});
    world_.transaction.commit();
}

void Scheduler::about_to_seal(Batch& batch) {
    if (offset_is_new_) batch.statements.push_back({set_offset, {offset_ms_}});
    offset_is_new_ = false;
}

void Scheduler::start(std::function<void(Milliseconds)> arm, std::function<void(const Timer&)> run) {
    arm_ = std::move(arm);
    run_ = std::move(run);
    arm_next();
}

std::size_t Scheduler::count_of(std::string_view author) const {
    const auto found = by_author_.find(author);
    return found == by_author_.end() ? 0 : found->second;
}

/// Its owner has used up his time: it waits, and the row keeps the time for which it was set. A restart finds
/// it as overdue.
bool Scheduler::put_off(std::uint64_t id, std::int64_t now) {
    Timer& timer = timers_.at(id);
    const Milliseconds wait = world_.owner_limits.wait_for(timer.author);
    if (wait.count() == 0) return false;
    by_due_.erase({timer.due_ms, id});
    timer.due_ms = now + wait.count();
    by_due_.insert({timer.due_ms, id});
    return true;
}

void Scheduler::run_due() {
    const std::int64_t now = now_ms();
    std::size_t overdue = 0;
    std::size_t count = 0;
    for (std::size_t looked_at = 0; looked_at < looked_at_per_turn; ++looked_at) {
        if (by_due_.empty() || by_due_.begin()->first > now) break;
        if (count >= timers_per_turn || overdue >= overdue_per_second / 10) break;
        const auto [due, id] = *by_due_.begin();
        if (put_off(id, now)) continue;
        ++count;
        if (due < now - overdue_after_ms) ++overdue;
        const Timer timer = timers_.at(id);
        run_(timer);
        take(id);  // The call has removed it, unless it could not even begin.
    }
    jammed_ = overdue >= overdue_per_second / 10;
    arm_next();
}

void Scheduler::arm_next() {
    if (!arm_ || by_due_.empty()) return;
    const std::int64_t wait = by_due_.begin()->first - now_ms();
    arm_(Milliseconds{jammed_ ? std::max<std::int64_t>(wait, 100) : std::max<std::int64_t>(wait, 1)});
}

void Scheduler::add(Timer timer) {
    const bool is_next = by_due_.empty() || timer.due_ms < by_due_.begin()->first;
    by_due_.insert({timer.due_ms, timer.id});
    by_object_.insert({timer.object, timer.id});
    if (!timer.author.empty()) ++by_author_[timer.author];
    timers_.insert_or_assign(timer.id, std::move(timer));
    if (is_next) arm_next();
}

void Scheduler::take(std::uint64_t id) {
    const auto found = timers_.find(id);
    if (found == timers_.end()) return;
    by_due_.erase({found->second.due_ms, id});
    by_object_.erase({found->second.object, id});
    const auto author = by_author_.find(found->second.author);
    if (author != by_author_.end() && --author->second == 0) by_author_.erase(author);
    timers_.erase(found);
}

}  // namespace gyre::world
