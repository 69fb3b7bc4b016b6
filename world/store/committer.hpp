#pragma once

#include "world/store/sqlite.hpp"

#include <memory>
#include <string>
#include <unordered_map>

namespace gyre::world {

/// Makes a batch durable: one row of the journal, and in the same transaction its native rows, new atoms and
/// the id counter. Failures stick to the database.
class Committer {
  public:
    /// Statements kept prepared; there are as many as literals in the program, so it is never reached.
    static constexpr std::size_t max_prepared = 256;

    explicit Committer(Database& database);
    /// Durable when it returns true; false: not written, now or later.
    bool commit(const Batch& batch);

  private:
    void write_statement(const Statement& statement);
    void write_atom(std::uint32_t number, const std::string& name);
    void write_journal(const Batch& batch);
    void write_next_id(std::uint64_t next_id);
    Query& prepared(std::string_view sql);

    Database& database_;
    Query begin_;
    Query commit_;
    Query journal_;
    Query next_id_;
    std::unordered_map<std::string_view, std::unique_ptr<Query>> prepared_;  ///< By the text of the literal.
    std::uint64_t written_next_id_ = 0;
};

}  // namespace gyre::world
