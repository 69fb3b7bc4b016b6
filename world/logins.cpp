#include "world/logins.hpp"

#include "engine/base/password_rules.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace gyre::world {

namespace {

std::string key_of(const Account& account) { return "a:" + std::to_string(account.id); }
std::string key_of(const Caller& caller) { return "n:" + caller.network; }

/// Loopback shares no quota: a proxy, a test or the operator's own clients all come from there.
std::string_view quota_of(const Caller& caller) {
    const bool is_own =
        caller.network == "127.0.0.1" || caller.network == "unix" || caller.network.starts_with("::1");
    return is_own ? std::string_view{} : std::string_view{caller.network};
}

}  // namespace

void Logins::check(const Caller& caller, const Account* account, std::string_view password,
                   std::function<void(std::size_t)> waiting,
                   const std::function<void(const Answer&)>& reply) {
    std::uint32_t wait = wait_for(key_of(caller), network_tries);
    if (account != nullptr && !knows(*account, caller.network))
        wait = std::max(wait, wait_for(key_of(*account), account_tries));
    if (wait > 0) return reply({Verdict::throttled, wait});
    // What nobody could type is wrong, and takes as long.
    if (!typeable_password(password)) account = nullptr;
    const std::string form = password_form(password);
    if (account != nullptr && remembered(*account, form)) return reply({Verdict::right, 0});

    struct Work {
        std::string password, hash;
        bool right = false;
    };
    const auto work = std::make_shared<Work>();
    work->password = form;
    const bool exists = account != nullptr && !account->password_hash.empty();
    work->hash = exists ? account->password_hash : decoy_;
    const std::int64_t id = exists ? account->id : 0;
    const auto finish = [this, work, id, reply, caller] {
        const bool right = work->right && id != 0;
        if (right) {
            successes_[id] = {secrets_.remember(work->hash + '\0' + work->password),
                              clock_.steady() + success_remembered};
            failures_.erase("a:" + std::to_string(id));
            came_from(id, caller.network);
        } else {
            count_failure(key_of(caller));
            if (id != 0) count_failure("a:" + std::to_string(id));
        }
        reply({right ? Verdict::right : Verdict::wrong, 0});
    };
    const auto run = [this, work] { work->right = secrets_.password_matches(work->password, work->hash); };
    if (!submit(caller, std::move(waiting), run, finish)) reply({Verdict::busy, 0});
}

void Logins::hash(const Caller& caller, std::string_view password, std::function<void(std::size_t)> waiting,
                  const std::function<void(std::optional<std::string>)>& reply) {
    struct Work {
        std::string password, hash;
    };
    const auto work = std::make_shared<Work>();
    work->password = password_form(password);
    const auto run = [this, work] { work->hash = secrets_.hash_password(work->password); };
    const auto finish = [work, reply] { reply(std::move(work->hash)); };
    if (!submit(caller, std::move(waiting), run, finish)) reply(std::nullopt);
}

bool Logins::submit(const Caller& caller, std::function<void(std::size_t)> waiting,
                    std::function<void()> work, std::function<void()> finished) {
    const auto place = queue_.insert(queue_.end(), Waiting{std::move(waiting), 0});
    const auto ahead =
        jobs_.submit(quota_of(caller), std::move(work), [this, place, finished = std::move(finished)] {
            leave_queue(place);
            finished();
        });
    if (!ahead) {
        queue_.erase(place);
        return false;
    }
    place->last_told = *ahead;
    if (*ahead > 0 && place->tell) place->tell(*ahead);
    return true;
}

/// Those behind move up; each is told again when what is ahead of it has halved.
void Logins::leave_queue(Queue::iterator place) {
    queue_.erase(place);
    std::size_t ahead = 0;
    for (Waiting& waiting : queue_) {
        if (ahead > 0 && ahead <= waiting.last_told / 2 && waiting.tell) {
            waiting.last_told = ahead;
            waiting.tell(ahead);
        }
        ++ahead;
    }
}

double Logins::decayed(const Failures& failures) const {
    const std::chrono::duration<double> age = clock_.steady() - failures.since;
    return failures.count * std::exp2(-age.count() / static_cast<double>(forget_after.count()));
}

std::uint32_t Logins::wait_for(const std::string& key, std::uint32_t tries) {
    const auto found = failures_.find(key);
    if (found == failures_.end()) return 0;
    const double count = decayed(found->second);
    if (count < tries) return 0;
    const double seconds = std::log2(count / tries) * static_cast<double>(forget_after.count());
    return static_cast<std::uint32_t>(std::ceil(seconds)) + 1;
}

void Logins::count_failure(const std::string& key) {
    if (failures_.size() >= max_remembered) {
        // Guessing from many networks must not cost memory without end; the faint ones go first.
        std::erase_if(failures_, [this](const auto& entry) { return decayed(entry.second) < 1; });
        if (failures_.size() >= max_remembered) failures_.clear();
    }
    Failures& failures = failures_[key];
    failures.count = decayed(failures) + 1;
    failures.since = clock_.steady();
}

bool Logins::knows(const Account& account, const std::string& network) const {
    const auto found = networks_.find(account.id);
    return found != networks_.end() && std::ranges::find(found->second, network) != found->second.end();
}

void Logins::came_from(std::int64_t account, const std::string& network) {
    if (networks_.size() >= max_remembered && !networks_.contains(account))
        networks_.erase(networks_.begin());
    std::vector<std::string>& known = networks_[account];
    std::erase(known, network);
    known.push_back(network);
    if (known.size() > known_networks) known.erase(known.begin());
}

bool Logins::remembered(const Account& account, std::string_view password) {
    const auto found = successes_.find(account.id);
    if (found == successes_.end()) return false;
    if (found->second.until < clock_.steady()) {
        successes_.erase(found);
        return false;
    }
    std::string data = account.password_hash;
    data += '\0';
    data += password;
    return secrets_.equal(found->second.digest, secrets_.remember(data));
}

}  // namespace gyre::world
