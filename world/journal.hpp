#pragma once

#include "world/atoms.hpp"
#include "world/value.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

// The journal is a row of bytes per batch: its transactions one after the other. All numbers are LEB128
// (zigzag where signed), strings are length + bytes.
//
//   transaction = size-of-the-rest cause actor author service time-ms (signed) description count { change }
//   change      = object property path-length { key } op before after
//   op          = 'p' the property itself | 'k' key: set that entry | 'i' key: insert | 'r' key: remove
//   key         = a value: integer (of a list: from 0), string or object
//   value       = 'z' nil | 'f' | 't' | 'i' zigzag | 'd' 8 bytes little-endian | 's' string | 'o' id
//               | 'l' count { value } | 'm' count { key value } | 'e' (empty container) | 'x' string (text,
//               opaque)
//
// A change of the object 0 is one of a native row, the key, whose table has it already: for history and undo
// only. `before` and `after` are nil where there was no row.
//
// Values are absolute and list operations carry their index, so replaying a suffix from a known state is
// exact.

namespace gyre::world {

/// What happened to the place that a change names.
enum class Op : std::uint8_t {
    set,     ///< The property itself, or the entry `key` of the container at `path`.
    insert,  ///< A list entry before `key`; those behind move up.
    remove,  ///< The list entry `key` (those behind move down), or the map pair `key`.
};

/// One change as read back. An empty path and op set without key is the whole property.
struct Change {
    ObjectId object = ObjectId::nothing;
    StoredAtom property = StoredAtom::none;
    std::vector<Value> path;  ///< Keys from the property down to the container.
    Op op = Op::set;
    std::optional<Value> key;  ///< Entry in that container; none: the property itself.
    std::string_view before;   ///< Encoded value; views point into the journal row.
    std::string_view after;    ///< Encoded value.
};

/// Who did what, as kept for `undo`, `history` and `blame`.
struct TransactionHead {
    std::uint64_t cause = 0;  ///< Pieces of one call that yielded share it.
    ObjectId actor = ObjectId::nothing;
    std::string_view author;       ///< Account that wrote the code; empty: the engine or a library file.
    std::string_view service;      ///< "telnet", "timer", "console" ...
    std::int64_t time_ms = 0;      ///< Since 1970.
    std::string_view description;  ///< The line typed or the method called; secrets never.
    std::uint64_t changes = 0;
};

void put_number(std::string& out, std::uint64_t number);
void put_signed(std::string& out, std::int64_t number);
void put_string(std::string& out, std::string_view bytes);
/// Texts are written by Text::encode as opaque bytes.
void put_value(std::string& out, const Value& value);
/// The parts of a change, in this order: put_place(), the keys of the path, put_op(), two values.
void put_place(std::string& out, ObjectId object, StoredAtom property, std::size_t path_length);
/// A `key` of null and Op::set: the property itself.
void put_op(std::string& out, Op op, const Value* key);

/// Reads numbers, strings and values; remembers that something was wrong instead of throwing.
class ByteReader {
  public:
    /// Containers in containers, far above Container::max_depth: protects the stack from damaged bytes.
    static constexpr int max_depth = 64;

    ByteReader() = default;
    explicit ByteReader(std::string_view bytes) : rest_(bytes) {}
    std::uint64_t number();
    std::int64_t signed_number();
    std::string_view string();
    /// Builds live values; texts by Text::decode. Reactor thread only.
    Value value();
    /// The bytes of one value, not decoded. Any thread.
    std::string_view raw_value();
    /// One change of a transaction. Any thread.
    std::optional<Change> change();
    [[nodiscard]] bool at_end() const { return rest_.empty(); }
    [[nodiscard]] std::string_view rest() const { return rest_; }
    [[nodiscard]] bool damaged() const { return damaged_; }
    /// What was read makes no sense to the caller: damaged() from now on.
    void fail();

  private:
    char byte();
    std::string_view bytes(std::uint64_t size);
    std::size_t count(int depth, std::size_t least_bytes);
    Value value(int depth);
    Value list(int depth);
    Value map(int depth);
    Value key_value();
    void skip_value(int depth);
    void skip_values(std::size_t count, int depth);

    std::string_view rest_;
    bool damaged_ = false;
};

/// Reads the changes of a journal row in order.
class JournalReader {
  public:
    explicit JournalReader(std::string_view row) : row_(row) {}
    /// The next transaction; nullopt at the end or where the row is damaged. Skips unread changes.
    [[nodiscard]] std::optional<TransactionHead> next_transaction();
    /// The next change of that transaction.
    [[nodiscard]] std::optional<Change> next();
    /// The bytes of the changes not yet read, for ByteReader::change().
    [[nodiscard]] std::string_view rest() const { return transaction_.rest(); }
    [[nodiscard]] bool damaged() const { return row_.damaged(); }

  private:
    ByteReader row_;
    ByteReader transaction_;
    std::uint64_t changes_left_ = 0;
};

/// A column value of a native row.
struct Blob {
    std::string bytes;
};
using Column = std::variant<std::monostate, std::int64_t, double, std::string, Blob>;

/// A change of a native row (account, secret, timer, class source ...): goes to its table in the same SQLite
/// transaction, and is not replayed from the journal.
struct Statement {
    std::string_view sql;  ///< A literal; the store prepares each once.
    std::vector<Column> parameters;
};

/// Everything that becomes durable together: the calls of one or more turns.
struct Batch {
    BatchNumber number = 0;
    std::string journal;
    std::vector<Statement> statements;
    std::vector<std::pair<std::uint32_t, std::string>> atoms;  ///< Stored for the first time.
    std::uint64_t next_id = 0;                                 ///< Objects::next_id() behind this batch.
    std::uint64_t changes = 0;                                 ///< In the journal.
    std::size_t native_bytes = 0;

    [[nodiscard]] bool empty() const { return journal.empty() && statements.empty(); }
    [[nodiscard]] std::size_t bytes() const { return journal.size() + native_bytes; }
    /// The two become one batch with the number of the later one, which comes behind.
    void append(Batch later);
};

}  // namespace gyre::world
