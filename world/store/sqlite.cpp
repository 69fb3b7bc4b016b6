#include "world/store/sqlite.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <system_error>
#include <thread>
#include <utility>

namespace gyre::world {

namespace {

Errc errc_of(int code) {
    switch (code & 0xFF) {
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return Errc::damaged;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return Errc::busy;
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_AUTH:
            return Errc::denied;
        default:
            return Errc::io;
    }
}

bool has_system_reason(int code) {
    const int primary = code & 0xFF;
    return primary == SQLITE_IOERR || primary == SQLITE_CANTOPEN || primary == SQLITE_FULL;
}

Error describe(const std::string& path, sqlite3* handle, int code) {
    std::string text = fmt::format("{}: {}", path, handle != nullptr ? sqlite3_errmsg(handle) : "no memory");
    const int reason = handle != nullptr && has_system_reason(code) ? sqlite3_system_errno(handle) : 0;
    if (reason != 0) text += fmt::format(" ({})", std::generic_category().message(reason));
    return {errc_of(code), std::move(text)};
}

// SQLite wants a pointer even for nothing: with a null one a blob becomes NULL.
const char* data_of(std::string_view bytes) { return bytes.empty() ? "" : bytes.data(); }

}  // namespace

Result<std::unique_ptr<Database>> Database::open(const std::string& path, Mode mode, const std::string& vfs) {
    std::unique_ptr<Database> database(new Database(path));
    const int flags = mode == Mode::read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    const int code = sqlite3_open_v2(path.c_str(), &database->handle_, flags | SQLITE_OPEN_NOMUTEX,
                                     vfs.empty() ? nullptr : vfs.c_str());
    if (code != SQLITE_OK) return describe(path, database->handle_, code);
    sqlite3_extended_result_codes(database->handle_, 1);
    sqlite3_busy_handler(
        database->handle_,
        [](void* self, int tries) { return static_cast<Database*>(self)->wait_for_lock(tries); },
        database.get());
    sqlite3_wal_hook(
        database->handle_,
        [](void* self, sqlite3*, const char*, int pages) {
            static_cast<Database*>(self)->wal_pages_ = pages;
            return SQLITE_OK;
        },
        database.get());
    if (mode == Mode::read_only) database->leave_untouched_at_close();
    return database;
}

Database::~Database() { sqlite3_close_v2(handle_); }

bool Database::execute(const char* sql) {
    if (failed()) return false;
    return succeed(sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr));
}

void Database::roll_back() {
    // Whether there is still something to undo depends on what failed; so the answer says nothing.
    if (sqlite3_get_autocommit(handle_) == 0) sqlite3_exec(handle_, "rollback", nullptr, nullptr, nullptr);
}

Status Database::status() const {
    if (failed()) return error();
    return done();
}

std::optional<Error> Database::take_error() { return std::exchange(error_, std::nullopt); }

void Database::fail(Error error) {
    if (!failed()) error_ = std::move(error);
}

bool Database::succeed(int code) {
    if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW) return true;
    fail(describe(path_, handle_, code));
    return false;
}

int Database::wait_for_lock(int tries) const {
    constexpr std::chrono::milliseconds step{5};
    if (tries * step >= busy_limit_) return 0;
    std::this_thread::sleep_for(step);
    return 1;
}

bool Database::checkpoint(Checkpoint kind) {
    if (failed()) return false;
    const bool passive = kind == Checkpoint::passive;
    const int code = sqlite3_wal_checkpoint_v2(
        handle_, nullptr, passive ? SQLITE_CHECKPOINT_PASSIVE : SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    if ((code & 0xFF) == SQLITE_BUSY) return true;  // A reader is in the way; the WAL keeps what is left.
    return succeed(code);
}

int Database::changed_rows() const { return sqlite3_changes(handle_); }

void Database::leave_untouched_at_close() {
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

sqlite3_file* Database::file() const {
    sqlite3_file* file = nullptr;
    sqlite3_file_control(handle_, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    return file;
}

bool Row::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

std::int64_t Row::integer(int column) const { return sqlite3_column_int64(statement_, column); }

double Row::real(int column) const { return sqlite3_column_double(statement_, column); }

std::string_view Row::bytes(int column) const {
    const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    if (data == nullptr) return {};
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

Query::Query(Database& database, std::string_view sql) : database_(&database) {
    if (database.failed()) return;
    database.succeed(sqlite3_prepare_v3(database.handle_, sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement_, nullptr));
}

Query::~Query() { sqlite3_finalize(statement_); }

Query& Query::bind(int index, std::int64_t number) {
    if (!database_->failed()) database_->succeed(sqlite3_bind_int64(statement_, index, number));
    return *this;
}

Query& Query::bind_text(int index, std::string_view text) {
    if (database_->failed()) return *this;
    database_->succeed(
        sqlite3_bind_text64(statement_, index, data_of(text), text.size(), SQLITE_STATIC, SQLITE_UTF8));
    return *this;
}

Query& Query::bind_blob(int index, std::string_view bytes) {
    if (database_->failed()) return *this;
    database_->succeed(sqlite3_bind_blob64(statement_, index, data_of(bytes), bytes.size(), SQLITE_STATIC));
    return *this;
}

Query& Query::bind_null(int index) {
    if (!database_->failed()) database_->succeed(sqlite3_bind_null(statement_, index));
    return *this;
}

Query& Query::bind(int index, const Column& value) {
    if (database_->failed()) return *this;
    if (const auto* integer = std::get_if<std::int64_t>(&value)) return bind(index, *integer);
    if (const auto* text = std::get_if<std::string>(&value)) return bind_text(index, *text);
    if (const auto* blob = std::get_if<Blob>(&value)) return bind_blob(index, blob->bytes);
    if (const auto* real = std::get_if<double>(&value)) {
        database_->succeed(sqlite3_bind_double(statement_, index, *real));
        return *this;
    }
    return bind_null(index);
}

bool Query::step() {
    if (database_->failed()) return false;
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    database_->succeed(code);
    sqlite3_reset(statement_);  // Repeats the code of step(), which has been noted.
    return false;
}

bool Query::run() {
    while (step()) {}
    return !database_->failed();
}

void Query::finish() { sqlite3_reset(statement_); }

std::int64_t read_number(Database& database, std::string_view sql, std::int64_t otherwise) {
    Query query(database, sql);
    if (!query.step() || query.is_null(0)) return otherwise;
    return query.integer(0);
}

}  // namespace gyre::world
