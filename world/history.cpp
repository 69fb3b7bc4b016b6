#include "world/history.hpp"

#include "engine/base/ascii.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <memory>
#include <string>
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

/// "undo 1795746000000000: " with the cause of what was taken back; a typed line has no such number.
constexpr std::string_view undo_mark = "undo ";
constexpr std::size_t cause_digits = 16;

/// Takes the mark off; the cause, or 0 if there is none.
std::uint64_t take_mark(std::string_view& description) {
    const std::size_t end = undo_mark.size() + cause_digits;
    if (!description.starts_with(undo_mark) || description.substr(0, end + 2).substr(end) != ": ") return 0;
    std::uint64_t cause = 0;
    for (const char digit : description.substr(undo_mark.size(), cause_digits)) {
        if (!ascii::is_digit(digit)) return 0;
        cause = cause * 10 + static_cast<std::uint64_t>(digit - '0');
    }
    description.remove_prefix(end + 2);
    return cause;
}

/// Reads what a call is from what the journal says: of an undone undo, which is a redo, the line alone.
void describe(PastCall& call, std::string_view description) {
    call.undid = take_mark(description);
    std::size_t depth = call.undid == 0 ? 0 : 1;
    while (call.undid != 0 && take_mark(description) != 0) ++depth;
    call.redid = depth > 0 && depth % 2 == 0;
    if (depth > 0) call.description = call.redid ? "redo: " : "undo: ";
    call.description += description;
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
        if (query_.cause != 0 && piece.head.cause != query_.cause) return;
        PastCall call;
        call.cause = piece.head.cause;
        call.actor = piece.head.actor;
        call.service = piece.head.service;
        describe(call, piece.head.description);
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

std::string undo_description(const PastCall& call) {
    std::string cause = std::to_string(call.cause);
    cause.insert(0, cause_digits - std::min(cause_digits, cause.size()), '0');
    std::string description;
    const auto mark = [&description](std::string_view digits) {
        description.append(undo_mark).append(digits).append(": ");
    };
    mark(cause);
    std::string_view line = call.description;
    if (call.undid == 0) return description + std::string{line};
    // One mark for an undo, two for a redo: no more, however often it goes to and fro.
    line.remove_prefix(std::string_view{"undo: "}.size());
    if (!call.redid) mark(cause);
    return description + std::string{line};
}

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
