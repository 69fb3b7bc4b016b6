#pragma once

#include "engine/base/result.hpp"
#include "world/journal.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_file;
struct sqlite3_stmt;

namespace gyre::world {

/// A connection to an SQLite database; with Query the one place where SQLite's codes become Errors.
/// The first failure sticks: until take_error(), everything that would touch the database does nothing and
/// says false. So a transaction is written down without a check per line, and asked once at its end.
class Database {
  public:
    /// read_only never changes the file, not even to tidy up what a crash left behind.
    enum class Mode : std::uint8_t { read_only, read_write };
    enum class Checkpoint : std::uint8_t {
        passive,  ///< As much as readers allow; their being in the way is no failure.
        truncate  ///< Everything, and the WAL file is emptied.
    };

    /// The file must exist; an empty one is an empty database. `vfs`: empty for SQLite's own.
    static Result<std::unique_ptr<Database>> open(const std::string& path, Mode mode,
                                                  const std::string& vfs = {});
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    ~Database();

    /// Runs statements that give no rows. False after any failure, earlier ones included.
    bool execute(const char* sql);
    /// Undoes an open transaction, also after a failure.
    void roll_back();
    [[nodiscard]] bool failed() const { return error_.has_value(); }
    /// Precondition: failed().
    [[nodiscard]] const Error& error() const { return *error_; }
    [[nodiscard]] Status status() const;
    std::optional<Error> take_error();
    /// A fault that a caller found in what it read: sticks like SQLite's own.
    void fail(Error error);

    /// How long to try again when another connection holds the lock.
    void set_busy_limit(std::chrono::milliseconds limit) { busy_limit_ = limit; }
    bool checkpoint(Checkpoint kind);
    /// Length of the WAL at the last commit of this connection.
    [[nodiscard]] int wal_pages() const { return wal_pages_; }
    /// Rows changed by the last statement.
    [[nodiscard]] int changed_rows() const;
    /// Close without writing anything more, not even the usual last checkpoint.
    void leave_untouched_at_close();
    [[nodiscard]] const std::string& path() const { return path_; }
    /// SQLite's own open file; null if there is none.
    [[nodiscard]] sqlite3_file* file() const;

  private:
    friend class Query;
    explicit Database(std::string path) : path_(std::move(path)) {}
    bool succeed(int code);
    int wait_for_lock(int tries) const;

    std::string path_;
    sqlite3* handle_ = nullptr;
    std::optional<Error> error_;
    std::chrono::milliseconds busy_limit_{5000};
    int wal_pages_ = 0;
};

/// The row that a Query stands on. Columns count from 0; views are valid until the next step.
class Row {
  public:
    [[nodiscard]] bool is_null(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] double real(int column) const;
    /// A text or a blob, as bytes.
    [[nodiscard]] std::string_view bytes(int column) const;

  protected:
    Row() = default;
    ~Row() = default;
    sqlite3_stmt* statement_ = nullptr;
};

/// A prepared statement, to be run many times.
class Query final : public Row {
  public:
    /// A mistake in `sql` shows as a failure of the database.
    Query(Database& database, std::string_view sql);
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;
    ~Query();

    /// Parameters count from 1. Texts and blobs are not copied: they must outlive run() or the last step().
    Query& bind(int index, std::int64_t number);
    Query& bind_number(int index, std::uint64_t number) {
        return bind(index, static_cast<std::int64_t>(number));
    }
    Query& bind_text(int index, std::string_view text);
    Query& bind_blob(int index, std::string_view bytes);
    Query& bind_null(int index);
    Query& bind(int index, const Column& value);

    /// True while there is a row to read; at the end, or after a failure, the query is ready to be bound
    /// again.
    bool step();
    /// To the end. False after any failure, earlier ones included.
    bool run();
    /// Ready to be bound again, though there may be more rows.
    void finish();

  private:
    Database* database_;
};

/// One number from one row; `otherwise` if there is no row or it is null.
std::int64_t read_number(Database& database, std::string_view sql, std::int64_t otherwise);

}  // namespace gyre::world
