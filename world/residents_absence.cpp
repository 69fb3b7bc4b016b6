// Connections that drop, people who are sent away. A character whose connection dropped stands where it is
// for a while, and what it is told is kept: whoever moves from a train to an office misses nothing.

#include "engine/base/log.hpp"
#include "world/residents.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace gyre::world {

namespace {

constexpr std::size_t lines_for_further_session = 10;

/// "2 minutes ago"
std::string ago(std::int64_t seconds) {
    if (seconds < 60) return "less than a minute ago";
    const std::int64_t minutes = seconds / 60;
    return fmt::format("{} minute{} ago", minutes, minutes == 1 ? "" : "s");
}

}  // namespace

// --- Dropped connections

void Residents::wait_for(ObjectId id, const SessionFacts& session) {
    const std::uint64_t number = ++waits_;
    waited_for_[id] = {number, session};
    log::info("session", "connection dropped", {{"name", name_of(id)}});
    calls_.own_call(id, world_.atoms.intern("link_lost"), {}, id);
    schedule_(settings_.link_wait, [this, id, number] {
        const auto found = waited_for_.find(id);
        if (found == waited_for_.end() || found->second.number != number) return;
        const SessionFacts last = found->second.session;
        leave(id, last, "connection dropped");
    });
}

/// Whoever lost the link stands there, but reads nothing.
std::size_t Residents::players_online() const {
    const std::vector<ObjectId>& online = world_.audience.online_now();
    const auto absent = std::count_if(waited_for_.begin(), waited_for_.end(), [&](const auto& waited) {
        return std::binary_search(online.begin(), online.end(), waited.first);
    });
    return online.size() - static_cast<std::size_t>(absent);
}

/// What was said while nobody listened; to a further session what was said last.
void Residents::show_past(const Object& player, Subscriber& session, const MissedLines* missed) {
    const auto say = [&](std::string_view words, BatchNumber needs) {
        session.told(*text::plain_tree(words), needs);
    };
    const auto tell = [&](const auto& line) {
        session.told(*line.tree, line.needs);
        line.tree->forget_renderings();
    };
    if (missed != nullptr) {
        if (missed->lines().empty()) return;
        if (missed->dropped() > 0)
            say(fmt::format("You missed more than is kept: {} lines are lost.", missed->dropped()), 0);
        std::string last;
        for (const MissedLines::Line& line : missed->lines()) {
            const std::string when = ago(now() - line.at);
            if (when != last) say(fmt::format("[You missed, {}]", when), line.needs);
            last = when;
            tell(line);
        }
        return say("[That is all]", missed->lines().back().needs);
    }
    if (Audience::sessions_of(player) < 2) return;
    const std::vector<RecentLines::Line> lines = player.subscribers->recent.last(lines_for_further_session);
    if (lines.empty()) return;
    say("[The last lines of your other session]", lines.front().needs);
    for (const RecentLines::Line& line : lines) tell(line);
    say("[That is all]", lines.back().needs);
}

// --- Sending people away

void Residents::offer_operations() {
    // Sessions end between two calls, not within the one that asks for it.
    world_.runtime->operations.boot = [this](ObjectId player, const std::string& why) {
        defer_([this, player, why] { boot(player, why); });
    };
    world_.runtime->operations.enforce_bans = [this] { defer_([this] { enforce_bans(); }); };
}

void Residents::boot(ObjectId id, std::string_view why) {
    Object* player = world_.objects.living(id);
    if (player == nullptr) return;
    const std::string words = fmt::format("You were sent away{}{}.", why.empty() ? "" : ": ", why);
    end_sessions(
        *player, [](const SessionFacts&) { return true; }, words);
}

/// Who knew the old password, and nothing else, is no longer in. `kept` is whoever changed it.
void Residents::end_other_sessions(ObjectId id, SessionId kept) {
    Object* player = world_.objects.living(id);
    if (player == nullptr) return;
    end_sessions(
        *player, [kept](const SessionFacts& facts) { return facts.id != kept; },
        "The password of your account was changed: log in again.");
}

void Residents::enforce_bans() {
    const std::vector<ObjectId> online = world_.audience.online_now();
    for (const ObjectId id : online) {
        Object* player = world_.objects.living(id);
        const Account* account = account_of(id);
        const bool is_wizard = account != nullptr && account->role == Role::wizard;
        if (player == nullptr || is_wizard) continue;
        const Ban* ban = account == nullptr ? nullptr : world_.bans.of_account(account->name, now());
        if (ban != nullptr) {
            end_sessions(
                *player, [](const SessionFacts&) { return true; }, ban->words());
            continue;
        }
        const auto banned = [this](const SessionFacts& facts) {
            return world_.bans.of_address(facts.address, now()) != nullptr;
        };
        end_sessions(*player, banned, "You are banned from this world.");
    }
}

/// Ends those sessions; without any left, the character leaves at once. One that is waited for goes with all.
void Residents::end_sessions(Object& player, const std::function<bool(const SessionFacts&)>& which,
                             const std::string& words) {
    const BatchNumber needs = world_.ledger.newest();
    const Ref<const text::Tree> why = text::plain_tree(words);
    std::vector<Subscriber*> sessions;
    if (player.subscribers != nullptr) sessions = player.subscribers->sessions;
    const bool was_waited_for = sessions.empty();
    SessionFacts last;
    if (const auto waited = waited_for_.find(player.id); waited != waited_for_.end())
        last = waited->second.session;
    std::erase_if(sessions, [&](const Subscriber* session) { return !which(session->facts()); });
    for (Subscriber* session : sessions) {
        world_.audience.detach(player, *session);
        watchers_.remove(*session);
        last = session->facts();
        calls_.session_left(last.id, player.id);
        session->detached(*why, needs);
    }
    const bool is_meant = was_waited_for ? which({}) : !sessions.empty();
    const bool is_here = world_.flag(player, atom(atoms::connected));
    if (!is_meant || !is_here || Audience::sessions_of(player) > 0) return;
    wizard_off(player.id);
    leave(player.id, last, "sent away");
}

}  // namespace gyre::world
