#include "world/bans.hpp"

#include "tests/world/town_world.hpp"

using namespace gyre;
using namespace gyre::world;
using namespace gyre::world::test;

namespace {

const Caller far{"test", "192.0.2.7", "192.0.2.7", false};
const Caller near{"test", "127.0.0.1", "127.0.0.1", true};

Result<std::string> ban(TownWorld& town, const char* mask, std::int64_t ends = 0) {
    Ban made;
    made.mask = mask;
    made.ends = ends;
    made.reason = "spam";
    town.world.transaction.begin({});
    Result<std::string> kept = town.world.bans.add(std::move(made), town.world.transaction);
    town.world.transaction.commit();
    return kept;
}

std::string range(const char* words) {
    const auto read = AddressRange::read(words);
    return read ? read->to_string() : "none";
}

}  // namespace

TEST_CASE("bans: addresses are read with and without a prefix", "[world][bans]") {
    CHECK(range("192.0.2.7") == "192.0.2.7");
    CHECK(range("192.0.2.7/24") == "192.0.2.0/24");
    CHECK(range("2001:DB8::1/32") == "2001:db8::/32");
    CHECK(range("::ffff:192.0.2.7") == "192.0.2.7");
    for (const char* words : {"", "alice", "192.0.2", "192.0.2.7/", "192.0.2.7/33", "192.0.2.7/-1",
                              "0.0.0.0/0", "192.0.2.7/7", "2001:db8::/129", "192.0.2.7/24x", "/24"}) {
        INFO(words);
        CHECK(range(words) == "none");
    }
    const auto some = AddressRange::read("192.0.2.0/25");
    REQUIRE(some);
    CHECK(some->holds("192.0.2.127"));
    CHECK(some->holds("::ffff:192.0.2.1"));
    CHECK_FALSE(some->holds("192.0.2.128"));
    CHECK_FALSE(some->holds("2001:db8::1"));
    CHECK_FALSE(some->holds(""));
}

TEST_CASE("bans: a banned account is told why, but only who knows its password", "[world][bans]") {
    TownWorld town;
    Ear ear;
    town.player("alice", ear);
    const std::int64_t now = unix_seconds(town.clock.wall());
    REQUIRE(ban(town, "Alice", now + 60).ok());
    const LoginResult away = town.log_in(far, "alice", "secret1");
    CHECK(away.kind == LoginResult::Kind::banned);
    CHECK(away.player == ObjectId::nothing);
    CHECK(away.why.find(" UTC: spam.") != std::string::npos);
    CHECK(town.log_in(far, "alice", "guess").kind == LoginResult::Kind::wrong);
    CHECK(town.log_in(far, "nobody", "guess").kind == LoginResult::Kind::wrong);
    CHECK(town.secrets.checks == 3);
    town.clock.advance(std::chrono::seconds{61});
    CHECK(town.log_in(far, "alice", "secret1").kind == LoginResult::Kind::welcome);
}

TEST_CASE("bans: a banned address neither logs in nor makes an account", "[world][bans]") {
    TownWorld town;
    Ear ear;
    town.player("alice", ear);
    REQUIRE(ban(town, "192.0.2.0/24").value() == "192.0.2.0/24");
    CHECK(town.log_in(far, "alice", "secret1").kind == LoginResult::Kind::banned);
    CHECK(town.log_in(far, "alice", "guess").kind == LoginResult::Kind::banned);
    CHECK(town.secrets.checks == 2);
    CHECK(town.log_in(near, "alice", "secret1").kind == LoginResult::Kind::welcome);
    std::optional<Errc> why;
    town.residents.create_account(far, "bob", "long enough", {},
                                  [&](const Result<ObjectId>& made, BatchNumber) {
                                      if (!made) why = made.error().code;
                                  });
    town.settle();
    CHECK(why == Errc::denied);
}

TEST_CASE("bans: no range of addresses locks the wizards out", "[world][bans]") {
    TownWorld town;
    Ear ear;
    town.player("wanda", ear);
    REQUIRE(town.residents.set_role("wanda", Role::wizard).ok());
    REQUIRE(ban(town, "192.0.2.0/24").ok());
    CHECK(town.log_in(far, "wanda", "guess").kind == LoginResult::Kind::banned);
    CHECK(town.log_in(far, "wanda", "secret1").kind == LoginResult::Kind::welcome);
    REQUIRE(ban(town, "wanda").ok());
    town.residents.enforce_bans();
    town.settle();
    CHECK(town.residents.players_online() == 1);
}

TEST_CASE("bans: what is undone was not banned, and the same mask is one ban", "[world][bans]") {
    TownWorld town;
    Ban made;
    made.mask = "bob";
    town.world.transaction.begin({});
    REQUIRE(town.world.bans.add(made, town.world.transaction).ok());
    town.world.transaction.rollback();
    CHECK(town.world.bans.all().empty());
    REQUIRE(ban(town, "Bob").value() == "bob");
    REQUIRE(ban(town, "BOB", 5).value() == "bob");
    CHECK(town.world.bans.all().size() == 1);
    town.world.transaction.begin({});
    CHECK(town.world.bans.remove("bOb", town.world.transaction));
    CHECK_FALSE(town.world.bans.remove("bob", town.world.transaction));
    town.world.transaction.rollback();
    CHECK(town.world.bans.of_account("bob", 4) != nullptr);
    CHECK(town.world.bans.of_account("bob", 5) == nullptr);
    CHECK_FALSE(ban(town, "not a name").ok());
}
