#include "world/audience.hpp"

#include "world/transaction.hpp"

#include <algorithm>

namespace gyre::world {

void Audience::attach(Object& player, Subscriber& session) {
    std::unique_ptr<Subscribers>& all = subscribers_[player.id];
    if (!all) all = std::make_unique<Subscribers>();
    all->sessions.push_back(&session);
    player.subscribers = all.get();
}

bool Audience::detach(Object& player, Subscriber& session, Keep keep) {
    if (player.subscribers == nullptr) return false;
    const bool found = std::erase(player.subscribers->sessions, &session) > 0;
    if (!found || !player.subscribers->sessions.empty()) return found;
    if (keep == Keep::lines) {
        player.subscribers->missed = std::make_unique<MissedLines>();
    } else {
        forget(player.id, &player);
    }
    return true;
}

std::unique_ptr<MissedLines> Audience::take_missed(Object& player) {
    return player.subscribers == nullptr ? nullptr : std::move(player.subscribers->missed);
}

void Audience::forget(ObjectId player, Object* object) {
    if (object != nullptr) object->subscribers = nullptr;
    subscribers_.erase(player);
}

void Audience::tell(const Object& player, const Ref<const text::Tree>& tree, BatchNumber needs,
                    const Clock& clock) {
    Subscribers* all = player.subscribers;
    if (all == nullptr) return;
    for (Subscriber* session : all->sessions) session->told(*tree, needs);
    all->recent.add(tree, needs);
    if (all->missed) all->missed->add({tree, needs, unix_seconds(clock.wall())});
}

std::size_t Audience::sessions_of(const Object& player) {
    return player.subscribers == nullptr ? 0 : player.subscribers->sessions.size();
}

void Audience::set_online(ObjectId player, bool online, Transaction& transaction) {
    const auto place = std::ranges::lower_bound(online_, player);
    const bool was = place != online_.end() && *place == player;
    if (was == online) return;
    if (online) {
        online_.insert(place, player);
    } else {
        online_.erase(place);
    }
    const BatchNumber before = std::exchange(online_changed_in_, transaction.open_batch());
    transaction.derived([this, player, was, before] {
        const auto at = std::ranges::lower_bound(online_, player);
        if (was) {
            online_.insert(at, player);
        } else {
            online_.erase(at);
        }
        online_changed_in_ = before;
    });
}

const std::vector<ObjectId>& Audience::online(Transaction& transaction) const {
    transaction.saw(online_changed_in_);
    return online_;
}

}  // namespace gyre::world
