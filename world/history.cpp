#include "world/history.hpp"

#include <algorithm>
#include <array>
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
        for (auto piece = pieces.rbegin(); piece != pieces.rend(); ++piece) add(*piece);
        if (bytes_ > History::max_search_bytes) return false;
        return found_.size() < query_.skip + query_.limit || pieces.empty() || may_have_begun(pieces.front());
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
        const bool is_wanted = query_.object == ObjectId::nothing || !call.properties.empty();
        if (is_wanted && call.changes > 0) found_.push_back(std::move(call));
    }

    void add_to(PastCall& call, const Piece& piece) const {
        call.changes += piece.head.changes;
        if (query_.with_changes) call.pieces.emplace_back(piece.changes);
        if (query_.object == ObjectId::nothing) return;
        ByteReader changes{piece.changes};
        while (!changes.at_end()) {
            const std::optional<Change> change = changes.change();
            if (!change) return;
            if (change->object != query_.object) continue;
            if (std::ranges::find(call.properties, change->property) == call.properties.end())
                call.properties.push_back(change->property);
        }
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

void History::search(const HistoryQuery& query, std::function<void(Result<std::vector<PastCall>>)> reply) {
    ledger_.when_durable([this, query, reply = std::move(reply)] {
        using Found = Result<std::vector<PastCall>>;
        const auto found = std::make_shared<Found>(std::vector<PastCall>{});
        const auto work = [this, query, found] { *found = search_history(archive_, query); };
        const auto finished = [found, reply] { reply(std::move(*found)); };
        if (!jobs_.submit("history", work, finished))
            reply(Error{Errc::busy, "too much is being looked up already: try again in a moment"});
    });
}

}  // namespace gyre::world
