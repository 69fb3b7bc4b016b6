#include "tests/world/town_world.hpp"

using namespace gyre;
using namespace gyre::world;
using namespace gyre::world::test;

namespace {

const Caller near{"test", "127.0.0.1", "127.0.0.1", true};
const Caller far{"test", "192.0.2.7", "192.0.2.7", false};

}  // namespace

TEST_CASE("residents: names are well formed, free, and not kept for others", "[world][residents]") {
    TownWorld town;
    Ear ear;
    town.player("alice", ear);
    CHECK(town.residents.name_state("Alice") == Native::NameState::taken);
    CHECK(town.residents.name_state("bob") == Native::NameState::free);
    CHECK(town.residents.name_state("b") == Native::NameState::malformed);
    CHECK(town.residents.name_state("9lives") == Native::NameState::malformed);
    CHECK(town.residents.name_state("wizard-of-oz") == Native::NameState::malformed);
    CHECK(town.residents.name_state("Gyre") == Native::NameState::reserved);
    CHECK(town.residents.name_state("marta") == Native::NameState::reserved);
}

TEST_CASE("residents: right and wrong passwords, and names that nobody has, cost the same",
          "[world][residents]") {
    TownWorld town;
    Ear ear;
    const ObjectId alice = town.player("alice", ear);
    const LoginResult right = town.log_in(near, "ALICE", "secret1");
    CHECK(right.kind == LoginResult::Kind::welcome);
    CHECK(right.player == alice);
    CHECK(town.log_in(near, "alice", "secret2").kind == LoginResult::Kind::wrong);
    CHECK(town.log_in(near, "nobody", "secret1").kind == LoginResult::Kind::wrong);
    CHECK(town.secrets.checks == 3);
}

TEST_CASE("residents: a password is the same however its accents are composed", "[world][residents]") {
    TownWorld town;
    Ear ear;
    const ObjectId alice = town.player("alice", ear);
    const auto change = [&](std::string_view from, std::string_view to) {
        bool changed = false;
        town.residents.change_password(alice, from, to, near,
                                       [&](const Status& status, BatchNumber) { changed = status.ok(); });
        while (!town.jobs.queue.empty()) town.jobs.run_one();
        town.settle();
        return changed;
    };
    CHECK_FALSE(change("secret1", "caf\xc3\xa9s"));  // Six bytes, five characters.
    CHECK_FALSE(change("secret1", "cafe\xcc\x81s"));
    CHECK_FALSE(change("secret1", "secret\x01more"));
    CHECK_FALSE(change("secret1", "secret\xffmore"));
    CHECK(change("secret1", "cafe\xcc\x81 noir"));
    CHECK(town.log_in(near, "alice", "caf\xc3\xa9 noir").kind == LoginResult::Kind::welcome);
    CHECK(town.log_in(near, "alice", "cafe\xcc\x81 noir").kind == LoginResult::Kind::welcome);
    CHECK(town.log_in(near, "alice", "caf\xc3\xa9 noir\x01").kind == LoginResult::Kind::wrong);
    CHECK(town.log_in(near, "alice", "cafe noir").kind == LoginResult::Kind::wrong);
}

TEST_CASE("residents: a success is remembered for ten minutes, until the password changes",
          "[world][residents]") {
    TownWorld town;
    Ear ear;
    const ObjectId alice = town.player("alice", ear);
    town.log_in(near, "alice", "secret1");
    CHECK(town.log_in(near, "alice", "secret1").kind == LoginResult::Kind::welcome);
    CHECK(town.secrets.checks == 1);
    town.clock.advance(std::chrono::minutes{11});
    town.log_in(near, "alice", "secret1");
    CHECK(town.secrets.checks == 2);
    bool changed = false;
    Ear other;
    other.id = static_cast<SessionId>(7);
    town.residents.attach(alice, other);
    town.settle();
    other.heard();
    town.residents.change_password(alice, "secret1", "secret2", near,
                                   [&](const Status& status, BatchNumber) { changed = status.ok(); });
    while (!town.jobs.queue.empty()) town.jobs.run_one();
    town.settle();
    CHECK(changed);
    CHECK(ear.heard().find("password of your account was changed") != std::string::npos);
    CHECK(other.heard().find("detached: The password") != std::string::npos);
    CHECK(town.log_in(near, "alice", "secret1").kind == LoginResult::Kind::wrong);
    CHECK(town.log_in(near, "alice", "secret2").kind == LoginResult::Kind::welcome);
}

TEST_CASE("residents: guessing is slowed down by network and by account", "[world][residents]") {
    TownWorld town;
    Ear ear;
    town.player("alice", ear);
    for (std::uint32_t tries = 0; tries < Logins::account_tries; ++tries) town.log_in(far, "alice", "guess");
    const LoginResult slow = town.log_in(near, "alice", "secret1");
    CHECK(slow.kind == LoginResult::Kind::throttled);
    CHECK(slow.retry_seconds > 0);
    town.clock.advance(std::chrono::seconds{slow.retry_seconds + 1});
    CHECK(town.log_in(near, "alice", "secret1").kind == LoginResult::Kind::welcome);
    for (std::uint32_t tries = 0; tries < Logins::network_tries; ++tries) town.log_in(far, "nobody", "guess");
    CHECK(town.log_in(far, "somebody", "guess").kind == LoginResult::Kind::throttled);
    CHECK(town.log_in(near, "somebody", "guess").kind == LoginResult::Kind::wrong);
}

TEST_CASE("residents: strangers' guesses do not shut out whoever comes from where he came from before",
          "[world][residents]") {
    TownWorld town;
    Ear ear;
    town.player("alice", ear);
    CHECK(town.log_in(near, "alice", "secret1").kind == LoginResult::Kind::welcome);
    for (std::uint32_t tries = 0; tries < Logins::account_tries; ++tries) {
        const std::string address = "192.0.2." + std::to_string(tries);
        town.log_in({"test", address, address, false}, "alice", "guess");
    }
    CHECK(town.log_in(far, "alice", "secret1").kind == LoginResult::Kind::throttled);
    CHECK(town.log_in(near, "alice", "secret1").kind == LoginResult::Kind::welcome);
    // Guesses from there count for it, as for any network.
    for (std::uint32_t tries = 0; tries < Logins::network_tries; ++tries) town.log_in(near, "alice", "guess");
    CHECK(town.log_in(near, "alice", "secret1").kind == LoginResult::Kind::throttled);
}

TEST_CASE("residents: an account knows the networks of its latest logins", "[world][residents]") {
    TownWorld town;
    Ear ear;
    town.player("alice", ear);
    const auto from = [](std::size_t number) {
        const std::string address = "198.51.100." + std::to_string(number);
        return Caller{"test", address, address, true};
    };
    for (std::size_t number = 0; number <= Logins::known_networks; ++number) {
        town.clock.advance(Logins::success_remembered + std::chrono::minutes{1});
        CHECK(town.log_in(from(number), "alice", "secret1").kind == LoginResult::Kind::welcome);
    }
    town.clock.advance(Logins::success_remembered + std::chrono::minutes{1});
    for (std::uint32_t tries = 0; tries < Logins::account_tries; ++tries) town.log_in(far, "alice", "guess");
    CHECK(town.log_in(from(0), "alice", "secret1").kind == LoginResult::Kind::throttled);
    CHECK(town.log_in(from(1), "alice", "secret1").kind == LoginResult::Kind::welcome);
}

TEST_CASE("residents: those who wait are told how many are ahead, and again as it halves",
          "[world][residents]") {
    TownWorld town;
    std::vector<std::vector<std::size_t>> told(9);
    for (std::size_t index = 0; index < told.size(); ++index) {
        town.residents.log_in(
            far, "nobody", "guess", [&told, index](std::size_t ahead) { told[index].push_back(ahead); },
            [](const LoginResult&) {});
    }
    CHECK(told[0].empty());
    CHECK(told[8] == std::vector<std::size_t>{8});
    while (!town.jobs.queue.empty()) town.jobs.run_one();
    CHECK(told[8] == std::vector<std::size_t>{8, 4, 2, 1});
    CHECK(town.jobs.sources.front() == "192.0.2.7");
    town.jobs.limit = 0;
    CHECK(town.log_in(far, "nobody", "guess").kind == LoginResult::Kind::busy);
}

TEST_CASE("residents: who rests in what is nowhere wakes up where newcomers begin", "[world][residents]") {
    TownWorld town;
    Ear first;
    Ear second;
    const ObjectId alice = town.player("alice", first);
    const ObjectId bob = town.player("bob", second);
    town.residents.detach(alice, first, "quit");
    town.settle();
    town.residents.detach(bob, second, "quit");
    town.settle();
    town.world.transaction.begin({});
    Object& resting = *town.world.objects.find(alice);
    town.world.transaction.set(resting, atom(atoms::resting), Value{bob});  // In Bob's hands, who is gone.
    town.world.transaction.commit();
    town.residents.attach(alice, first);
    town.settle();
    CHECK(town.world.objects.find(alice)->location ==
          town.world.names.peek(Names::Space::singleton, "square"));
}

TEST_CASE("residents: who leaves rests where he stood, and wakes up there", "[world][residents]") {
    TownWorld town;
    Ear first;
    Ear second;
    const ObjectId alice = town.player("alice", first);
    town.player("bob", second);
    town.types(alice, "n");
    second.heard();
    CHECK(town.residents.players_online() == 2);
    town.residents.detach(alice, first, "gone");
    town.settle();
    CHECK(town.residents.players_online() == 1);
    CHECK(town.world.objects.find(alice)->location == ObjectId::nothing);
    town.residents.attach(alice, first);
    town.settle();
    const ObjectId tavern = town.world.names.peek(Names::Space::singleton, "tavern");
    CHECK(town.world.objects.find(alice)->location == tavern);
}

TEST_CASE("residents: two sessions share one body", "[world][residents]") {
    TownWorld town;
    Ear first;
    Ear second;
    const ObjectId alice = town.player("alice", first);
    town.residents.attach(alice, second);
    town.settle();
    second.heard();
    first.heard();
    town.types(alice, "i");
    CHECK(first.heard() == "You carry nothing.");
    CHECK(second.heard() == "You carry nothing.");
    town.residents.detach(alice, first, "gone");
    town.settle();
    CHECK(town.residents.players_online() == 1);
}

TEST_CASE("residents: the claim code works once, and only where nobody listens", "[world][residents]") {
    TownWorld town;
    Ear ear;
    const ObjectId alice = town.player("alice", ear);
    const std::string code = town.residents.open_claim();
    REQUIRE(code.size() == 19);
    CHECK(town.residents.open_claim().empty());
    CHECK_FALSE(town.residents.claim(alice, code, far).ok());
    CHECK_FALSE(town.residents.claim(alice, "AAAA-AAAA-AAAA-AAAB", near).ok());
    CHECK(town.residents.claim(alice, code, near).ok());
    CHECK(town.world.role_of(alice) == Role::wizard);
    CHECK_FALSE(town.residents.claim(alice, code, near).ok());
    CHECK(town.residents.open_claim().empty());
}

TEST_CASE("residents: an account that is refused leaves nothing behind", "[world][residents]") {
    TownWorld town;
    const auto create = [&](const char* name, const char* password) {
        std::optional<Errc> why;
        bool made = false;
        town.residents.create_account(near, name, password, {},
                                      [&](const Result<ObjectId>& result, BatchNumber) {
                                          made = result.ok();
                                          if (!made) why = result.error().code;
                                      });
        while (!town.jobs.queue.empty()) town.jobs.run_one();
        town.settle();
        return made ? std::optional<Errc>{} : why;
    };
    CHECK(create("alice", "short") == Errc::bad_input);
    CHECK(create("gyre", "long enough") == Errc::exists);
    CHECK(town.world.accounts.size() == 0);
    CHECK_FALSE(create("alice", "long enough").has_value());
    CHECK(create("Alice", "long enough") == Errc::exists);
    CHECK(town.world.accounts.size() == 1);
    town.residents.configure({{}, "square", false});
    CHECK(create("bob", "long enough") == Errc::denied);
}

TEST_CASE("residents: a new character hears `created` before it is connected", "[world][residents]") {
    TownWorld town;
    std::ostringstream source;
    source << std::ifstream("scripts/core/player.lua").rdbuf();
    source << "\nproperty.born = \"\"\n"
              "function self:created() self.born = self.connected and \"late\" or \"in time\" end\n";
    const std::vector<script::ClassSource> sources{{"player", source.str(), "", "core/player.lua"}};
    REQUIRE(town.world.runtime->load(sources).empty());
    BatchNumber needs = 0;
    const Result<ObjectId> made = town.residents.create_with_hash("alice", "hash:secret1", needs);
    REQUIRE(made.ok());
    town.settle();
    Object* alice = town.world.objects.living(made.value());
    REQUIRE(alice != nullptr);
    CHECK(town.world.string(*alice, town.world.atoms.find("born")) == "in time");
}
