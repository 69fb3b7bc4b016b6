// Why a journal: appending one blob costs about 1 us per change at 100 changes a commit, upserting one row
// per change 10. Folding pays those later, once per object instead of once per change.

#include "world/store/committer.hpp"

#include <fmt/format.h>

#include <chrono>

namespace gyre::world {

namespace {

std::int64_t unix_milliseconds() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

}  // namespace

Committer::Committer(Database& database)
    : database_(database),
      begin_(database, "begin immediate"),
      commit_(database, "commit"),
      journal_(database, "insert into journal (batch, time, transactions) values (?1, ?2, ?3)"),
      next_id_(database, "update meta set value = ?1 where name = 'next_id'"),
      written_next_id_(static_cast<std::uint64_t>(
          read_number(database, "select value from meta where name = 'next_id'", 1))) {}

bool Committer::commit(const Batch& batch) {
    const bool is_one_row =
        batch.statements.empty() && batch.atoms.empty() && batch.next_id <= written_next_id_;
    if (is_one_row) {
        write_journal(batch);  // A transaction of its own.
    } else {
        begin_.run();
        write_journal(batch);
        for (const Statement& statement : batch.statements) write_statement(statement);
        for (const auto& [number, name] : batch.atoms) write_atom(number, name);
        if (batch.next_id > written_next_id_) write_next_id(batch.next_id);
        commit_.run();
    }
    if (database_.failed()) database_.roll_back();
    return !database_.failed();
}

void Committer::write_journal(const Batch& batch) {
    journal_.bind_number(1, batch.number).bind(2, unix_milliseconds()).bind_blob(3, batch.journal).run();
}

void Committer::write_statement(const Statement& statement) {
    Query& query = prepared(statement.sql);
    for (int index = 0; const Column& column : statement.parameters) query.bind(++index, column);
    query.run();
}

Query& Committer::prepared(std::string_view sql) {
    if (const auto found = prepared_.find(sql); found != prepared_.end()) return *found->second;
    if (prepared_.size() >= max_prepared) prepared_.clear();
    return *prepared_.emplace(sql, std::make_unique<Query>(database_, sql)).first->second;
}

void Committer::write_atom(std::uint32_t number, const std::string& name) {
    Query& insert = prepared("insert into atom (id, name) values (?1, ?2) on conflict (id) do nothing");
    insert.bind(1, std::int64_t{number}).bind_text(2, name).run();
    if (database_.failed() || database_.changed_rows() == 1) return;
    // Said twice is harmless; two names for one number would give every object wrong properties.
    Query& select = prepared("select name from atom where id = ?1");
    const bool agrees = select.bind(1, std::int64_t{number}).step() && select.bytes(0) == name;
    select.finish();
    if (!agrees)
        database_.fail({Errc::damaged, fmt::format("atom {} has another name than '{}'", number, name)});
}

void Committer::write_next_id(std::uint64_t next_id) {
    if (next_id_.bind_number(1, next_id).run()) written_next_id_ = next_id;
}

}  // namespace gyre::world
