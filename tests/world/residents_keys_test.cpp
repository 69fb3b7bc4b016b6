#include "tests/world/town_world.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace gyre;
using namespace gyre::world;
using namespace gyre::world::test;

namespace {

const Caller somewhere{.service = "ssh", .address = "192.0.2.9", .network = "192.0.2.9", .secure = true};

/// A key that reads as one: "ssh-ed25519" in its own words, then `letter`.
std::string key_line(char letter) {
    return std::string{"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5"} + std::string(4, letter) + " laptop";
}

}  // namespace

TEST_CASE("residents: a key lets its owner in, until it is removed", "[world][residents][keys]") {
    TownWorld town;
    BatchNumber needs = 0;
    const ObjectId alice = town.residents.create_with_hash("alice", "hash:secret1", needs).value();
    const auto added = town.residents.add_key(alice, key_line('A'), needs);
    REQUIRE(added);
    CHECK(added.value().comment == "laptop");
    CHECK(needs > 0);
    const std::string fingerprint = added.value().fingerprint;
    CHECK(town.residents.has_key("ALICE", fingerprint));
    CHECK_FALSE(town.residents.has_key("bob", fingerprint));
    const LoginResult in = town.residents.log_in_by_key(somewhere, "alice", fingerprint);
    CHECK(in.kind == LoginResult::Kind::welcome);
    CHECK(in.player == alice);
    CHECK(town.residents.log_in_by_key(somewhere, "alice", "SHA256:other").kind == LoginResult::Kind::wrong);
    REQUIRE(town.residents.remove_key(alice, fingerprint));
    CHECK_FALSE(town.residents.has_key("alice", fingerprint));
    CHECK_FALSE(town.residents.remove_key(alice, fingerprint));
    CHECK(town.residents.keys_of(alice).empty());
}

TEST_CASE("residents: the same key counts once, and there is a most", "[world][residents][keys]") {
    TownWorld town;
    BatchNumber needs = 0;
    const ObjectId alice = town.residents.create_with_hash("alice", "hash:secret1", needs).value();
    for (std::size_t count = 0; count < Accounts::max_keys; ++count)
        REQUIRE(town.residents.add_key(alice, key_line(static_cast<char>('A' + count)), needs));
    CHECK(town.residents.add_key(alice, key_line('A'), needs));
    CHECK(town.residents.keys_of(alice).size() == Accounts::max_keys);
    CHECK_FALSE(town.residents.add_key(alice, key_line('z'), needs));
    CHECK_FALSE(town.residents.add_key(alice, "garbage", needs));
    CHECK(town.residents.keys_of(alice).size() == Accounts::max_keys);
}

TEST_CASE("residents: who is banned is not let in by a key either", "[world][residents][keys]") {
    TownWorld town;
    BatchNumber needs = 0;
    const ObjectId alice = town.residents.create_with_hash("alice", "hash:secret1", needs).value();
    const std::string fingerprint = town.residents.add_key(alice, key_line('A'), needs).value().fingerprint;
    town.world.transaction.begin({});
    Ban ban;
    ban.mask = "192.0.2.0/24";
    ban.reason = "noise";
    REQUIRE(town.world.bans.add(ban, town.world.transaction));
    town.world.transaction.commit();
    const LoginResult sent_away = town.residents.log_in_by_key(somewhere, "alice", fingerprint);
    CHECK(sent_away.kind == LoginResult::Kind::banned);
    CHECK(sent_away.why.find("noise") != std::string::npos);
    CHECK_FALSE(town.residents.create_by_key(somewhere, "bob", key_line('B'), needs));
}

TEST_CASE("residents: a key makes an account that no password opens", "[world][residents][keys]") {
    TownWorld town;
    BatchNumber needs = 0;
    CHECK_FALSE(town.residents.create_by_key(somewhere, "keyla", "garbage", needs));
    CHECK(town.residents.name_state("keyla") == Native::NameState::free);
    const auto made = town.residents.create_by_key(somewhere, "keyla", key_line('K'), needs);
    REQUIRE(made);
    CHECK(town.world.accounts.find("keyla")->password_hash.empty());
    CHECK(town.residents.has_key("keyla", town.residents.keys_of(made.value()).at(0).fingerprint));
    CHECK_FALSE(town.residents.create_by_key(somewhere, "keyla", key_line('K'), needs));
}
