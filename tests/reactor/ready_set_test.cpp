#include "engine/reactor/ready_set.hpp"

#include <catch2/catch.hpp>

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

using namespace gyre;
using reactor::Readiness;
using reactor::ReadySet;

namespace {

/// One end of a pair of sockets, watched; the other end is the test's.
class Watched final : public reactor::Watcher {
  public:
    explicit Watched(ReadySet& set) : set_(set) {
        REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends_.data()) == 0);
    }
    ~Watched() override {
        ::close(ends_[0]);
        ::close(ends_[1]);
    }
    Watched(const Watched&) = delete;
    Watched& operator=(const Watched&) = delete;

    void became_ready(Readiness readiness) override {
        told.push_back(readiness);
        if (act) act();
    }
    void say(std::string_view bytes) const {
        REQUIRE(::send(ends_[1], bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size()));
    }
    void finish() const { ::shutdown(ends_[1], SHUT_WR); }
    std::shared_ptr<reactor::Watcher> forget() const { return set_.forget(key, ends_[0]); }
    [[nodiscard]] int descriptor() const { return ends_[0]; }

    std::vector<Readiness> told;
    std::function<void()> act;
    ReadySet::Key key;

  private:
    ReadySet& set_;
    std::array<int, 2> ends_{-1, -1};
};

std::shared_ptr<Watched> watch(ReadySet& set) {
    auto watched = std::make_shared<Watched>(set);
    const auto key = set.watch(watched->descriptor(), watched);
    REQUIRE(key.has_value());
    watched->key = *key;
    return watched;
}

void tell_all(ReadySet& set) {
    set.fetch();
    while (set.call_next()) continue;
}

}  // namespace

TEST_CASE("ready set: a watcher is told its first state, then each change once", "[reactor][ready]") {
    ReadySet set;
    const auto one = watch(set);
    tell_all(set);
    REQUIRE(one->told.size() == 1);
    CHECK(one->told[0].writable);
    CHECK_FALSE(one->told[0].readable);
    tell_all(set);
    CHECK(one->told.size() == 1);
    one->say("a");
    tell_all(set);
    tell_all(set);
    REQUIRE(one->told.size() == 2);
    CHECK(one->told[1].readable);
    CHECK_FALSE(one->told[1].ended);
}

TEST_CASE("ready set: bytes and the end behind them are one change", "[reactor][ready]") {
    ReadySet set;
    const auto one = watch(set);
    one->say("a");
    one->finish();
    tell_all(set);
    REQUIRE(one->told.size() == 1);
    CHECK(one->told[0].readable);
    CHECK(one->told[0].ended);
    CHECK_FALSE(one->told[0].failed);
}

TEST_CASE("ready set: a watcher that asks is recalled once, behind what was fetched", "[reactor][ready]") {
    ReadySet set;
    const auto one = watch(set);
    tell_all(set);
    CHECK_FALSE(set.has_changes());
    set.recall(one->key);
    CHECK(set.has_changes());
    tell_all(set);
    tell_all(set);
    REQUIRE(one->told.size() == 2);
    CHECK(one->told[1].readable);
    CHECK_FALSE(one->told[1].writable);
}

TEST_CASE("ready set: who is forgotten hears nothing more, nor does who gets its place", "[reactor][ready]") {
    ReadySet set;
    const auto one = watch(set);
    const auto two = watch(set);
    // Both are fetched; whoever is told first forgets the other.
    one->act = [&] { two->forget(); };
    two->act = [&] { one->forget(); };
    set.fetch();
    CHECK(set.call_next());
    const auto heir = watch(set);
    while (set.call_next()) continue;
    CHECK(one->told.size() + two->told.size() == 1);
    CHECK(heir->told.empty());
    tell_all(set);
    CHECK(heir->told.size() == 1);
}

TEST_CASE("ready set: a recall of who was forgotten meanwhile finds nobody", "[reactor][ready]") {
    ReadySet set;
    const auto one = watch(set);
    tell_all(set);
    set.recall(one->key);
    CHECK(one->forget() == one);
    CHECK(one->forget() == nullptr);
    const auto heir = watch(set);
    tell_all(set);
    CHECK(one->told.size() == 1);
    REQUIRE(heir->told.size() == 1);
    CHECK_FALSE(heir->told[0].readable);
}

TEST_CASE("ready set: it keeps its watchers until they forget themselves", "[reactor][ready]") {
    std::weak_ptr<Watched> one;
    std::weak_ptr<Watched> two;
    {
        ReadySet set;
        one = watch(set);
        two = watch(set);
        const std::shared_ptr<Watched> first = one.lock();
        first->act = [&first] { first->forget(); };
        tell_all(set);
        CHECK(first.use_count() == 1);
        CHECK(two.lock() != nullptr);
    }
    CHECK(one.lock() == nullptr);
    CHECK(two.lock() == nullptr);
}

TEST_CASE("ready set: no more is fetched while a full load waits to be told", "[reactor][ready]") {
    ReadySet set;
    std::vector<std::shared_ptr<Watched>> crowd;
    for (std::size_t count = 0; count < 2 * ReadySet::most_fetched; ++count) crowd.push_back(watch(set));
    set.fetch();
    set.fetch();
    std::size_t told = 0;
    while (set.call_next()) ++told;
    CHECK(told == ReadySet::most_fetched);
    tell_all(set);
    for (const auto& each : crowd) CHECK(each->told.size() == 1);
}

TEST_CASE("ready set: what the kernel refuses is not watched", "[reactor][ready]") {
    ReadySet set;
    CHECK_FALSE(set.watch(-1, std::make_shared<Watched>(set)).has_value());
    const auto one = watch(set);
    tell_all(set);
    CHECK(one->told.size() == 1);
}
