#include "world/store/tidier.hpp"

#include <algorithm>
#include <chrono>

namespace gyre::world {

namespace {

std::chrono::seconds unix_now() {
    return std::chrono::duration_cast<std::chrono::seconds>(
        std::chrono::system_clock::now().time_since_epoch());
}

}  // namespace

Tidier::Dropped Tidier::drop_some(const Folder& folder) {
    database_.execute("begin immediate");
    const Dropped dropped{drop_history(folder.folded()), purge_trash()};
    database_.execute("commit");
    if (database_.failed()) database_.roll_back();
    return dropped;
}

std::uint64_t Tidier::drop_history(BatchNumber folded) {
    const std::int64_t oldest_kept = std::chrono::milliseconds{unix_now() - options_.history_age}.count();
    const std::int64_t kept_before =
        read_number(database_, "select value from meta where name = 'journal_bytes'", 0);
    Query oldest(
        database_,
        "select batch, time, length(transactions) from journal where batch <= ?1 order by batch limit ?2");
    oldest.bind_number(1, folded).bind(2, std::int64_t{rows_per_step});
    std::int64_t kept = kept_before;
    std::int64_t last = 0;
    std::uint64_t count = 0;
    while (oldest.step()) {
        const bool too_much = std::cmp_greater(kept, options_.history_bytes);
        if (!too_much && oldest.integer(1) >= oldest_kept) break;
        last = oldest.integer(0);
        kept = std::max(kept - oldest.integer(2), std::int64_t{0});
        ++count;
    }
    oldest.finish();
    if (count == 0) return 0;
    Query drop(database_, "delete from journal where batch <= ?1");
    drop.bind(1, last).run();
    Query bytes(database_, "update meta set value = ?1 where name = 'journal_bytes'");
    bytes.bind(1, kept).run();
    return count;
}

std::uint64_t Tidier::purge_trash() {
    Query purge(database_,
                "delete from object where id in (select id from object where destroyed < ?1 limit ?2)");
    purge.bind(1, (unix_now() - options_.trash_age).count()).bind(2, std::int64_t{rows_per_step}).run();
    return database_.failed() ? 0 : static_cast<std::uint64_t>(database_.changed_rows());
}

}  // namespace gyre::world
