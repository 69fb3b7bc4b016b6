#pragma once

#include "tests/world/store/support.hpp"

#include <random>

namespace gyre::test {

/// Random batches for a world. The same seed gives the same batches, so that after a crash another process
/// can tell what must be there from nothing but the number of the last batch.
class RandomWork {
  public:
    explicit RandomWork(std::uint64_t seed) : seed_(seed) {}
    [[nodiscard]] std::uint64_t seed() const { return seed_; }

    /// The batch behind the last one.
    Batch next() {
        ++number_;
        random_.seed(seed_ * 1'000'003 + number_);
        JournalWriter writer;
        // Each change is applied at once: the next may depend on it.
        for (int left = below(8) + 1; left > 0; --left) change(writer);
        Batch batch = writer.batch(number_);
        batch.next_id = number_ / 3 + 1;
        if (number_ % 20 == 1)
            batch.atoms = {{1000 + static_cast<std::uint32_t>(number_), "name" + std::to_string(number_)}};
        add_native_rows(batch);
        world.next_object = std::max(world.next_object, batch.next_id);
        for (const auto& [number, name] : batch.atoms) world.names[number] = name;
        return batch;
    }
    void skip_to(BatchNumber number) {
        while (number_ < number) (void)next();
    }
    [[nodiscard]] BatchNumber number() const { return number_; }

    Model world;
    std::map<std::int64_t, std::int64_t> timers;  ///< Id -> due.

  private:
    int below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(random_); }
    Value some_value() {
        if (below(3) == 0)
            return std::string(static_cast<std::size_t>(below(below(10) == 0 ? 5000 : 50)), 'v');
        return below(100'000);
    }

    void change(JournalWriter& writer) {
        const auto object = static_cast<std::uint64_t>(below(60) + 1);
        const auto kind = static_cast<std::uint32_t>(below(6));
        if (kind < 3) {
            record(writer, {object, own_atom(kind), {}}, Op::set, {}, encoded(some_value()));
        } else if (kind == 3) {
            change_list(writer, {object, own_atom(3), {}});
        } else if (kind == 4) {
            change_map(writer, {object, own_atom(4), {}});
        } else {
            change_nested(writer, object);
        }
    }

    void change_list(JournalWriter& writer, const JournalWriter::Place& place) {
        const Node* list = find(place);
        if (list == nullptr || below(30) == 0) return record(writer, place, Op::set, {}, "e");
        const int size = static_cast<int>(list->list.size());
        const int what = size == 0 || (size < 20 && below(2) == 0) ? 0 : 1 + below(2);
        if (what == 0)
            return record(writer, place, Op::insert, Value{below(size + 1)}, encoded(some_value()));
        const Op op = what == 1 ? Op::remove : Op::set;
        record(writer, place, op, Value{below(size)}, op == Op::set ? encoded(some_value()) : "z");
    }

    void change_map(JournalWriter& writer, const JournalWriter::Place& place) {
        const Node* map = find(place);
        if (map == nullptr) return record(writer, place, Op::set, {}, "e");
        const Value key{"key" + std::to_string(below(10))};
        const bool is_there = map->map.count(encoded(key)) == 1;
        if (is_there && below(2) == 0) return record(writer, place, Op::remove, key, "z");
        record(writer, place, Op::set, key, encoded(some_value()));
    }

    /// A map of lists.
    void change_nested(JournalWriter& writer, std::uint64_t object) {
        const JournalWriter::Place place{object, own_atom(5), {}};
        Node* map = find(place);
        if (map == nullptr) return record(writer, place, Op::set, {}, "e");
        const Value key{below(4)};
        if (map->map.count(encoded(key)) == 0) return record(writer, place, Op::set, key, "e");
        change_list(writer, {object, own_atom(5), {key}});
    }

    Node* find(const JournalWriter::Place& place) {
        auto& properties = world.objects[place.object];
        const auto found = properties.find(static_cast<std::uint32_t>(place.property));
        if (found == properties.end()) return nullptr;
        Node* node = &found->second;
        for (const Value& step : place.path) node = &node->at(step);
        return node;
    }

    struct Key : std::optional<Value> {
        Key() = default;
        Key(Value value) : std::optional<Value>(std::move(value)) {}  // NOLINT(google-explicit-constructor)
    };
    void record(JournalWriter& writer, JournalWriter::Place place, Op op, Key key, const std::string& after) {
        if (!key && !place.path.empty()) {  // The list itself is the entry of the map around it.
            key = Key{place.path.back()};
            place.path.pop_back();
        }
        if (key) {
            writer.change(place, op, *key, after);
        } else {
            writer.set(place.object, place.property, after);
        }
        Change change;
        change.object = object_id(place.object);
        change.property = place.property;
        change.path = place.path;
        change.op = op;
        change.key = key;
        change.after = after;
        (void)world.change(change);
    }

    void add_native_rows(Batch& batch) {
        const auto id = static_cast<std::int64_t>(number_);
        if (below(2) == 0) {
            batch.statements.push_back(
                {"insert into timer (id, due, object, method, arguments, author, cause)"
                 " values (?1, ?2, 1, 'tick', x'', '', 0)",
                 {id, id * 7}});
            timers[id] = id * 7;
        } else if (!timers.empty()) {
            batch.statements.push_back({"delete from timer where id = ?1", {timers.begin()->first}});
            timers.erase(timers.begin());
        }
    }

    std::uint64_t seed_;
    BatchNumber number_ = 0;
    std::mt19937_64 random_;
};

}  // namespace gyre::test
