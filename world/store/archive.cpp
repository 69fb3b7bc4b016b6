// Store::read_back: the journal as history. A row is read whole, so the newest come first without a sort:
// they are in the order of their batches.

#include "world/store/schema.hpp"
#include "world/store/store.hpp"

namespace gyre::world {

Status Store::read_back(const std::function<bool(std::string_view row)>& visit) const {
    auto database = open_world_to_read(options_.path, options_.vfs);
    if (!database) return database.error();
    Query rows(*database.value(), "select transactions from journal order by batch desc");
    while (rows.step()) {
        if (!visit(rows.bytes(0))) break;
    }
    rows.finish();
    return database.value()->status();
}

}  // namespace gyre::world
