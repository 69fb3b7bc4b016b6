#pragma once

#include "tests/world/store/support.hpp"

namespace gyre::test {

/// Makes one object with one property; batch 1 is the first of its world.
inline Batch batch_of(BatchNumber number) {
    Batch batch = JournalWriter{}.set(number, own_atom(0), Value{std::string(500, 'x')}).batch(number);
    batch.next_id = number + 1;
    if (number == 1) batch.atoms = {{atoms::first_free, "colour"}};
    return batch;
}

/// A world of so many objects, closed.
inline void make_world(const StoreOptions& options, BatchNumber batches) {
    std::vector<Batch> all;
    for (BatchNumber number = 1; number <= batches; ++number) all.push_back(batch_of(number));
    commit_all(options, all);
}

}  // namespace gyre::test
