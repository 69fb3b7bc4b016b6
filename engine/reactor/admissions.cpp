#include "engine/reactor/admissions.hpp"

namespace gyre::reactor {

bool Admissions::enter() {
    if (count_ >= limits_.total) return false;
    ++count_;
    return true;
}

bool Admissions::enter_network(const Peer& peer) {
    const std::size_t limit = peer.local ? limits_.per_network_local : limits_.per_network;
    std::size_t& count = networks_[peer.network];
    if (limit != 0 && count >= limit) return false;  // Then the count is not 0, and the entry stays.
    ++count;
    return true;
}

void Admissions::leave_network(const Peer& peer) {
    const auto found = networks_.find(peer.network);
    if (found != networks_.end() && --found->second == 0) networks_.erase(found);
}

}  // namespace gyre::reactor
