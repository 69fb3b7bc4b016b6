// Changes are made in place, with the old value kept aside: reading inside a call then costs nothing extra,
// and a rollback, which is rare, walks back through what was kept. (A private copy that is merged at commit
// would make each read look in two places.) The journal's bytes are written with each change, since only then
// are the path of a list entry and the old value at hand; a rollback cuts them off again.

#include "world/transaction.hpp"

#include <algorithm>
#include <cassert>
#include <chrono>

namespace gyre::world {

namespace {

std::size_t bytes_of(const Statement& statement) {
    std::size_t bytes = statement.parameters.size() * sizeof(Column);
    for (const Column& column : statement.parameters) {
        if (const auto* text = std::get_if<std::string>(&column)) bytes += text->size();
        if (const auto* blob = std::get_if<Blob>(&column)) bytes += blob->bytes.size();
    }
    return bytes;
}

template <class Unit>
std::int64_t since_1970(Clock::Wall time) {
    return std::chrono::duration_cast<Unit>(time.time_since_epoch()).count();
}

/// Gives an emptied vector's memory back to its member, unless a call from within has begun another there.
template <class Item>
void recycle(std::vector<Item>& used, std::vector<Item>& member) {
    used.clear();
    if (member.empty() && member.capacity() < used.capacity()) member.swap(used);
}

}  // namespace

void Transaction::begin(Origin origin) {
    assert(!active_);
    origin_ = std::move(origin);
    if (origin_.cause == 0) {
        // From the clock, so that it is not one of the last run's.
        const auto now = static_cast<std::uint64_t>(since_1970<std::chrono::microseconds>(clock_.wall()));
        next_cause_ = std::max(next_cause_ + 1, now);
        origin_.cause = next_cause_;
    }
    read_from_ = origin_.depends_on;
    first_new_id_ = objects_.next_id();
    ++begun_;
    active_ = true;
}

BatchNumber Transaction::mark_of_reading() const {
    // A derived index that changed without anything durable carries the number of a batch that may stay empty
    // for ever. What it tells is at most as new as the newest batch that holds a change.
    const BatchNumber mark = std::min(read_from_, ledger_.newest());
    return mark <= ledger_.durable() ? 0 : mark;
}

BatchNumber Transaction::commit() {
    assert(active_);
    BatchNumber needs = 0;
    if (journal_changes_ > 0 || !statements_.empty()) {
        append_to_batch();
        needs = ledger_.open_number();
    } else {
        needs = mark_of_reading();
    }
    if (transients_ > 0) mark_transients(needs);
    if (object_changed) report_changes();
    // From here on it is over: effects may begin other transactions.
    std::vector<Told> told = std::move(told_);
    std::vector<std::function<void(BatchNumber)>> effects = std::move(effects_);
    forget();
    if (deliver_told) {
        for (const Told& line : told) deliver_told(line.observer, line.tree, needs);
        for (const Told& line : told) line.tree->forget_renderings();
    }
    for (const auto& effect : effects) effect(needs);
    recycle(told, told_);
    recycle(effects, effects_);
    if (object_index != nullptr) object_index->call_ended();
    return needs;
}

void Transaction::append_to_batch() {
    head_.clear();
    put_number(head_, origin_.cause);
    put_number(head_, number(origin_.actor));
    put_string(head_, origin_.author);
    put_string(head_, origin_.service);
    put_signed(head_, since_1970<std::chrono::milliseconds>(clock_.wall()));
    put_string(head_, origin_.description);
    put_number(head_, journal_changes_);

    Batch& batch = ledger_.open();
    put_number(batch.journal, head_.size() + journal_.size());
    batch.journal += head_;
    batch.journal += journal_;
    batch.changes += journal_changes_;
    for (Statement& statement : statements_) {
        batch.native_bytes += bytes_of(statement);
        batch.statements.push_back(std::move(statement));
    }
}

/// A transient value may be derived from what is not durable yet, and is not written to any batch itself.
void Transaction::mark_transients(BatchNumber needs) {
    for (const Undo& change : undo_) {
        if (change.keep != Keep::transient) continue;
        if (change.container) {
            change.container->mark_tree(needs);
            continue;
        }
        Property* const property = objects_.slot(change.object).find(change.property);
        property->changed_in = needs;
        if (property->value.tag() == Value::Tag::container) property->value.container().mark_tree(needs);
    }
}

void Transaction::report_changes() const {
    for (const Undo& change : undo_) {
        const ObjectId object = change.container ? change.container->root().owner : change.object;
        if (object == ObjectId::nothing) continue;
        const bool moved = change.property == atom(atoms::location) && !change.container &&
                           change.before.tag() == Value::Tag::object;
        object_changed(object, moved ? change.before.object() : ObjectId::nothing);
    }
}

void Transaction::forget() {
    active_ = false;
    undo_.clear();
    told_.clear();
    statements_.clear();
    effects_.clear();
    journal_.clear();
    journal_changes_ = 0;
    transients_ = 0;
}

BatchNumber Transaction::rollback() {
    assert(active_);
    undo_back_to(0);
    objects_.set_next_id(first_new_id_);
    forget();
    const BatchNumber mark = mark_of_reading();
    if (object_index != nullptr) object_index->call_ended();
    return mark;
}

Transaction::Savepoint Transaction::savepoint() const {
    return {begun_, undo_.size(), told_.size(), statements_.size(), effects_.size()};
}

void Transaction::rollback_to(const Savepoint& given) {
    const Savepoint savepoint = given.call == begun_ ? given : Savepoint{begun_, 0, 0, 0, 0};
    assert(active_ && savepoint.undo <= undo_.size());
    const auto cut = [](auto& items, std::size_t size) {
        items.erase(items.begin() + static_cast<std::ptrdiff_t>(size), items.end());
    };
    undo_back_to(savepoint.undo);
    cut(told_, savepoint.told);
    cut(statements_, savepoint.statements);
    cut(effects_, savepoint.effects);
}

const std::vector<ObjectId>& Transaction::contents(Object& object) {
    static const std::vector<ObjectId> nothing_inside;
    if (!object.contents) {
        saw(object.existence_changed_in);
        return nothing_inside;
    }
    saw(object.contents->changed_in);
    return object.contents->ids;
}

void Transaction::native(Statement statement, std::function<void()> undo) {
    note(Undo::Kind::native, Keep::stored).restore = std::move(undo);
    statements_.push_back(std::move(statement));
}

void Transaction::native(Statement statement, const NativeChange& change, std::function<void()> undo) {
    native(std::move(statement), std::move(undo));
    const Value row{change.row};
    put_place(journal_, ObjectId::nothing, atoms_.stored(change.table), 0);
    put_op(journal_, Op::set, &row);
    put_value(journal_, change.before);
    put_value(journal_, change.after);
    ++journal_changes_;
}

void Transaction::derived(std::function<void()> undo) {
    note(Undo::Kind::derived, Keep::stored).restore = std::move(undo);
}

void Transaction::tell(ObjectId observer, Ref<const text::Tree> tree) {
    assert(active_);
    told_.push_back({observer, std::move(tree)});
}

void Transaction::at_commit(std::function<void(BatchNumber needs)> effect) {
    assert(active_);
    effects_.push_back(std::move(effect));
}

}  // namespace gyre::world
