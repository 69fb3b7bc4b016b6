#pragma once

#include "engine/base/jobs.hpp"
#include "engine/base/result.hpp"
#include "world/journal.hpp"
#include "world/ledger.hpp"
#include "world/source_changes.hpp"
#include "world/stored_source.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gyre::world {

/// Where the journal can be read again: the database of a running server.
class JournalArchive {
  public:
    virtual ~JournalArchive() = default;
    /// Calls `visit` with each row (journal.hpp), the newest first, until it answers false. Any thread.
    /// - Errc::io
    [[nodiscard]] virtual Status read_back(const std::function<bool(std::string_view row)>& visit) const = 0;
};

/// One call that changed something, with all of its pieces if it waited in between.
struct PastCall {
    std::uint64_t cause = 0;
    ObjectId actor = ObjectId::nothing;
    std::string service;
    std::string description;   ///< The line typed, or the method called; "undo: ..." and "redo: ..." of one.
    std::uint64_t undid = 0;   ///< The cause of the call that this one took back; 0: it took back none.
    bool redid = false;        ///< That was an undo itself.
    std::int64_t time_ms = 0;  ///< Since 1970; of its last piece.
    std::uint64_t changes = 0;
    /// The changes of each piece, encoded, the newest piece first; only if asked for.
    std::vector<std::string> pieces;
    /// With an object wanted: which of its properties it changed; one that did twice stands there once.
    std::vector<StoredAtom> properties;
    /// The classes made in the game that it changed, the newest change first; not beside `pieces`.
    std::vector<ClassChange> classes;
};

/// What to look for.
struct HistoryQuery {
    ObjectId actor =
        ObjectId::nothing;  ///< Calls that he began at a door; nothing: anybody's, and all others.
    ObjectId object = ObjectId::nothing;  ///< Calls that changed it; nothing: anything.
    /// Calls that changed one of these classes made in the game, beside those that changed the object.
    std::vector<std::string> classes = {};
    std::string owner = {};  ///< Only classes of this account are looked for; empty: anybody's.
    std::size_t skip = 0;    ///< So many of the newest are passed over,
    std::size_t limit = 20;  ///< and then so many given.
    bool with_changes = false;
    std::uint64_t cause = 0;  ///< Only this call; 0: any.
};

/// What an undo is called in the journal: it names the call that it takes back.
std::string undo_description(const PastCall& call);

/// Goes through the archive. Any thread. - Errc::io
Result<std::vector<PastCall>> search_history(const JournalArchive& archive, const HistoryQuery& query);

/// Which version of a class made in the game is looked for.
struct SourceQuery {
    std::string name;
    std::int64_t version = 0;
    std::string owner;  ///< Only if it was this account's then; empty: anybody's.
};
/// The newest of that number, as far back as the journal goes. Any thread. - Errc::io, not_found
Result<StoredSource> search_source(const JournalArchive& archive, const SourceQuery& query);

/// What was done in this world, as far back as the journal goes.
class History {
  public:
    /// A search reads no more than so many bytes of the journal.
    static constexpr std::size_t max_search_bytes = 256U << 20;

    History(const JournalArchive& archive, Jobs& jobs, Ledger& ledger)
        : archive_(archive), jobs_(jobs), ledger_(ledger) {}
    /// Searches on a worker, once all that was done until now is on disk; `reply` runs on the reactor.
    /// - Errc::busy: too much is being searched for already; io
    void search(const HistoryQuery& query, std::function<void(Result<std::vector<PastCall>>)> reply);
    /// Likewise; beside those errors not_found.
    void search(const SourceQuery& query, std::function<void(Result<StoredSource>)> reply);

  private:
    template <class Found>
    void look_up(std::function<Found(const JournalArchive&)> find, std::function<void(Found)> reply);

    const JournalArchive& archive_;
    Jobs& jobs_;
    Ledger& ledger_;
};

}  // namespace gyre::world
