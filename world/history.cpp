#include "world/history.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <memory>
#include <utility>

namespace gyre::world {

namespace {

/// How far back a further piece of a call may begin, by the clocks of two moments: more than they ever
/// differ.
constexpr std::int64_t clock_slack_ms = 60'000;

/// Whether somebody did it, rather than the engine or a listener on his behalf.
bool is_of_door(std::string_view service) {
    constexpr std::array<std::string_view, 5> own{"accounts", "engine", "library", "listener", "timer"};
    return std::ranges::find(own, service) == own.end();
}

class Search {
  public:
    explicit Search(const HistoryQuery& query) : query_(query) {}

    /// One row; false once nothing further back is of use.
    bool visit(std::string_view row) {
        bytes_ += row.size();
        std::vector<Piece> pieces;
        JournalReader reader{row};
        while (const auto head = reader.next_transaction()) pieces.push_back({*head, reader.rest()});
        std::reverse(pieces.begin(), pieces.end());  // The newest first.
        for (const Piece& piece : pieces) add(piece);
        if (bytes_ > History::max_search_bytes) return false;
        return found_.size() < query_.skip + query_.limit || pieces.empty() || may_have_begun(pieces.back());
    }

    std::vector<PastCall> take() {
        found_.erase(found_.begin(),
                     found_.begin() + static_cast<std::ptrdiff_t>(std::min(query_.skip, found_.size())));
        return std::move(found_);
    }

  private:
    struct Piece {
        TransactionHead head;
        std::string_view changes;
    };

    /// Whether something found may have had a piece before this one.
    [[nodiscard]] bool may_have_begun(const Piece& piece) const {
        constexpr std::int64_t us_per_ms = 1000;
        return std::ranges::any_of(found_, [&](const PastCall& call) {
            return piece.head.time_ms + clock_slack_ms >= static_cast<std::int64_t>(call.cause) / us_per_ms &&
                   piece.head.time_ms <= call.time_ms;
        });
    }

    void add(const Piece& piece) {
        const auto known = std::ranges::find(found_, piece.head.cause, &PastCall::cause);
        if (known != found_.end()) return add_to(*known, piece);
        if (found_.size() >= query_.skip + query_.limit) return;
        const bool is_wanted_actor = piece.head.actor == query_.actor && is_of_door(piece.head.service);
        if (query_.actor != ObjectId::nothing && !is_wanted_actor) return;
        PastCall call;
        call.cause = piece.head.cause;
        call.actor = piece.head.actor;
        call.service = piece.head.service;
        call.description = piece.head.description;
        call.time_ms = piece.head.time_ms;
        add_to(call, piece);
        const bool is_wanted = is_of_all() || !call.properties.empty() || !call.classes.empty();
        if (is_wanted && call.changes > 0) found_.push_back(std::move(call));
    }

    /// Nothing in particular is looked for.
    [[nodiscard]] bool is_of_all() const {
        return query_.object == ObjectId::nothing && query_.classes.empty();
    }

    void add_to(PastCall& call, const Piece& piece) const {
        call.changes += piece.head.changes;
        if (query_.with_changes) call.pieces.emplace_back(piece.changes);
        if (query_.with_changes && is_of_all()) return;
        ByteReader changes{piece.changes};
        std::vector<ClassChange> classes;
        while (!changes.at_end()) {
            const std::optional<Change> change = changes.change();
            if (!change) break;
            if (change->object == ObjectId::nothing) {
                add_class(classes, *change);
            } else if (change->object == query_.object &&
                       std::ranges::find(call.properties, change->property) == call.properties.end()) {
                call.properties.push_back(change->property);
            }
        }
        std::move(classes.rbegin(), classes.rend(), std::back_inserter(call.classes));
    }

    void add_class(std::vector<ClassChange>& classes, const Change& change) const {
        if (!change.key || change.key->tag() != Value::Tag::string) return;
        std::string name{change.key->string()};
        if (!is_of_all() && std::ranges::find(query_.classes, name) == query_.classes.end()) return;
        const std::optional<StoredSource> before = source_in(change.before, name);
        const std::optional<StoredSource> after = source_in(change.after, name);
        if (!before && !after) return;
        if (!query_.owner.empty() && (after ? after : before)->owner != query_.owner) return;
        ClassChange made{std::move(name), after ? after->version : 0, !before, {}};
        if (after) made.differences = compare_sources(before ? before->source : "", after->source);
        classes.push_back(std::move(made));
    }

    const HistoryQuery& query_;
    std::size_t bytes_ = 0;
    std::vector<PastCall> found_;  ///< Newest first.
};

}  // namespace

Result<std::vector<PastCall>> search_history(const JournalArchive& archive, const HistoryQuery& query) {
    Search search{query};
    const Status read = archive.read_back([&](std::string_view row) { return search.visit(row); });
    if (!read) return read.error();
    return search.take();
}

Result<StoredSource> search_source(const JournalArchive& archive, const SourceQuery& query) {
    std::optional<StoredSource> found;
    std::size_t bytes = 0;
    const auto look_at = [&](std::string_view encoded) {
        std::optional<StoredSource> source = source_in(encoded, query.name);
        const bool is_his = source && (query.owner.empty() || source->owner == query.owner);
        if (is_his && source->version == query.version) found = std::move(source);
    };
    const Status read = archive.read_back([&](std::string_view row) {
        bytes += row.size();
        JournalReader reader{row};
        while (reader.next_transaction()) {
            while (const std::optional<Change> change = reader.next()) {
                const bool is_of_it = change->object == ObjectId::nothing && change->key &&
                                      change->key->tag() == Value::Tag::string &&
                                      change->key->string() == query.name;
                if (!is_of_it) continue;
                look_at(change->before);
                look_at(change->after);
            }
        }
        return !found && bytes <= History::max_search_bytes;
    });
    if (!read) return read.error();
    if (!found) return Error{Errc::not_found, "there is no such version"};
    return *std::move(found);
}

template <class Found>
void History::look_up(std::function<Found(const JournalArchive&)> find, std::function<void(Found)> reply) {
    ledger_.when_durable([this, find = std::move(find), reply = std::move(reply)] {
        const auto found = std::make_shared<std::optional<Found>>();
        const auto work = [this, find, found] { found->emplace(find(archive_)); };
        const auto finished = [found, reply] { reply(std::move(**found)); };
        if (!jobs_.submit("history", work, finished))
            reply(Error{Errc::busy, "too much is being looked up already: try again in a moment"});
    });
}

void History::search(const HistoryQuery& query, std::function<void(Result<std::vector<PastCall>>)> reply) {
    look_up<Result<std::vector<PastCall>>>(
        [query](const JournalArchive& archive) { return search_history(archive, query); }, std::move(reply));
}

void History::search(const SourceQuery& query, std::function<void(Result<StoredSource>)> reply) {
    look_up<Result<StoredSource>>(
        [query](const JournalArchive& archive) { return search_source(archive, query); }, std::move(reply));
}

}  // namespace gyre::world
