// The C boundary: the database file gets a table of methods of its own, the file system's but for writing.
// SQLite lets whoever asks have the file (SQLITE_FCNTL_FILE_POINTER), and each file says itself which table
// it uses; so no file system need be registered, and this works on top of any.

#include "world/store/write_pauses.hpp"

#include <sqlite3.h>

#include <cassert>
#include <utility>

namespace gyre::world {

struct WritePauses::Methods : sqlite3_io_methods {
    /// What changes while the table itself is constant for SQLite.
    struct State {
        const sqlite3_io_methods* real;
        std::int64_t every_bytes;
        std::function<void()> pause;
        std::int64_t written = 0;
    };

    Methods(const sqlite3_io_methods& real, std::int64_t every_bytes, std::function<void()> pause)
        : sqlite3_io_methods(real),
          state(std::make_unique<State>(State{&real, every_bytes, std::move(pause)})) {
        xWrite = write;
    }

    static int write(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 offset) {
        State& state = *static_cast<const Methods*>(file->pMethods)->state;
        const int code = state.real->xWrite(file, bytes, count, offset);
        if (code != SQLITE_OK) return code;
        state.written += count;
        if (state.written >= state.every_bytes) {
            state.written = 0;
            state.pause();
        }
        return SQLITE_OK;
    }

    std::unique_ptr<State> state;
};

WritePauses::WritePauses(Database& database, std::int64_t every_bytes, std::function<void()> pause) {
    assert(every_bytes > 0);
    sqlite3_file* const file = database.file();
    if (file == nullptr || file->pMethods == nullptr) return;  // Closed, or in memory: nothing is written.
    methods_ = std::make_unique<Methods>(*file->pMethods, every_bytes, std::move(pause));
    file->pMethods = methods_.get();
}

WritePauses::~WritePauses() = default;

}  // namespace gyre::world
