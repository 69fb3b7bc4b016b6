#include "world/owner_limits.hpp"

#include "world/accounts.hpp"

#include <algorithm>

namespace gyre::world {

namespace {

constexpr std::size_t max_buckets = 10'000;  // Past it the full ones are forgotten: they are as new ones.
constexpr std::size_t few_buckets = 64;
constexpr std::chrono::nanoseconds low_mark =
    std::chrono::milliseconds{20};  // What one call may use at most.

/// How long until a bucket holds more than `wanted`.
std::chrono::nanoseconds until_more_than(std::chrono::nanoseconds wanted, std::chrono::nanoseconds left) {
    return (wanted - left + std::chrono::nanoseconds{1}) * 100 / OwnerLimits::share_percent;
}

}  // namespace

bool OwnerLimits::holds_for(std::string_view account) const {
    if (account.empty()) return false;
    const Account* found = accounts_.find(account);
    return found == nullptr || found->role != Role::wizard;
}

std::string_view OwnerLimits::as_written(std::string_view account) const {
    const Account* found = accounts_.find(account);
    return found == nullptr ? account : std::string_view{found->name};
}

std::chrono::nanoseconds OwnerLimits::left_of(const Bucket& bucket) const {
    const auto refilled = (clock_.steady() - bucket.at) * share_percent / 100;
    return std::min<std::chrono::nanoseconds>(burst, bucket.left + refilled);
}

void OwnerLimits::charge(std::string_view author, std::chrono::nanoseconds used) {
    if (used.count() <= 0 || !holds_for(author)) return;
    const std::string_view account = as_written(author);
    if (buckets_.size() >= sweep_at_) {
        // Whoever types a line has one for a while, so that most of those who are idle have none.
        std::erase_if(buckets_, [this](const auto& each) { return left_of(each.second) >= burst; });
        sweep_at_ = std::min(max_buckets, std::max(few_buckets, 2 * buckets_.size()));
    }
    auto found = buckets_.find(account);
    if (found == buckets_.end()) found = buckets_.emplace(account, Bucket{burst, clock_.steady()}).first;
    const std::chrono::nanoseconds left = left_of(found->second) - used;
    found->second = {left, clock_.steady()};
    if (left < low_mark) low_until_ = std::max(low_until_, clock_.steady() + until_more_than(low_mark, left));
}

double OwnerLimits::left_of(const Breath& breath) const {
    const std::chrono::duration<double> rested = clock_.steady() - breath.at;
    return std::min<double>(lines_at_once, breath.lines + rested.count() * lines_each_second);
}

bool OwnerLimits::take_breath(std::string_view author) {
    if (!holds_for(author)) return true;
    const std::string_view account = as_written(author);
    if (breaths_.size() >= max_buckets)
        std::erase_if(breaths_, [this](const auto& each) { return left_of(each.second) >= lines_at_once; });
    auto found = breaths_.find(account);
    if (found == breaths_.end())
        found = breaths_.emplace(account, Breath{lines_at_once, clock_.steady()}).first;
    const double left = left_of(found->second);
    if (left < 1) return false;
    found->second = {left - 1, clock_.steady()};
    return true;
}

std::chrono::milliseconds OwnerLimits::wait_for(std::string_view account) const {
    if (account.empty() || clock_.steady() >= low_until_) return {};
    const auto found = buckets_.find(as_written(account));
    if (found == buckets_.end()) return {};
    const std::chrono::nanoseconds left = left_of(found->second);
    if (left.count() > 0 || !holds_for(account)) return {};
    return std::chrono::ceil<std::chrono::milliseconds>(until_more_than({}, left));
}

std::chrono::milliseconds OwnerLimits::at_once(std::string_view account,
                                               std::chrono::milliseconds usual) const {
    if (account.empty() || clock_.steady() >= low_until_) return usual;
    const auto found = buckets_.find(as_written(account));
    if (found == buckets_.end() || !holds_for(account)) return usual;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(left_of(found->second));
    return std::min(usual, std::max(left, when_spent));
}

}  // namespace gyre::world
