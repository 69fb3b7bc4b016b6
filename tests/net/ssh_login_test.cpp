#include "net/ssh/ssh_login.hpp"
#include "tests/support/fake_native.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace gyre::test {
namespace {

using net::SshLogin;
using net::SshProof;
using Method = SshProof::Method;
using Next = SshLogin::Next;

struct Visitor {
    explicit Visitor(bool accounts_by_key = false) : login(native, accounts_by_key) {
        alice = native.add("Alice", "open sesame");
    }
    Next tries(Method method, std::string_view name, std::vector<std::string> answers = {}) {
        SshProof proof;
        proof.method = method;
        proof.name = name;
        if (method == Method::password) proof.password = answers.at(0);
        if (method == Method::answers) proof.answers = std::move(answers);
        if (method == Method::key || method == Method::key_offer) {
            proof.key = "ssh-ed25519 AAAA";
            proof.fingerprint = "SHA256:abc";
        }
        return login.proved(proof);
    }
    world::LoginResult result(world::LoginResult::Kind kind) const {
        world::LoginResult answer;
        answer.kind = kind;
        answer.player = alice;
        answer.retry_seconds = 7;
        answer.why = "You are banned.";
        return answer;
    }

    FakeNative native;
    SshLogin login;
    ObjectId alice = ObjectId::nothing;
};

TEST_CASE("ssh login: a password is checked", "[net][ssh]") {
    Visitor visitor;
    CHECK(visitor.tries(Method::none, "alice") == Next::deny);
    CHECK(visitor.tries(Method::password, "alice", {"open sesame"}) == Next::check_password);
    CHECK(visitor.login.password() == "open sesame");
    CHECK(visitor.login.checked(visitor.result(world::LoginResult::Kind::wrong)) == Next::deny);
    CHECK(visitor.login.password().empty());
    CHECK(visitor.tries(Method::password, "alice", {"open sesame"}) == Next::check_password);
    CHECK(visitor.login.checked(visitor.result(world::LoginResult::Kind::welcome)) == Next::welcome);
    CHECK(visitor.login.player() == visitor.alice);
}

TEST_CASE("ssh login: questions log in who is known and make who is not", "[net][ssh]") {
    Visitor visitor;
    CHECK(visitor.tries(Method::interactive, "Alice") == Next::ask);
    CHECK(visitor.login.questions() == std::vector<std::string>{"Password: "});
    CHECK(visitor.tries(Method::answers, "Alice", {"open sesame"}) == Next::check_password);

    CHECK(visitor.tries(Method::interactive, "bob") == Next::ask);
    CHECK(visitor.login.questions().size() == 2);
    CHECK(visitor.login.words().find("Nobody here is called bob yet") != std::string::npos);
    CHECK(visitor.tries(Method::answers, "bob", {"one", "two"}) == Next::ask);
    CHECK(visitor.login.words().find("not the same") != std::string::npos);
    CHECK(visitor.tries(Method::answers, "bob", {"horse", "horse"}) == Next::ask);
    CHECK(visitor.login.words() == "That is too short: at least 6 characters.\n");
    CHECK(visitor.tries(Method::answers, "bob", {"horses", "horses"}) == Next::create_account);
    CHECK(visitor.login.account_created(Error{Errc::bad_input, "that will not do"}) == Next::ask);
    CHECK(visitor.login.words() == "That will not do.\n");
    CHECK(visitor.tries(Method::answers, "bob", {"horses", "horses"}) == Next::create_account);
    CHECK(visitor.login.account_created(object_id(7)) == Next::welcome);
    CHECK(visitor.login.player() == object_id(7));
}

TEST_CASE("ssh login: answers that nobody asked for are denied", "[net][ssh]") {
    Visitor visitor;
    CHECK(visitor.tries(Method::answers, "alice", {"open sesame"}) == Next::deny);
    CHECK(visitor.tries(Method::interactive, "alice") == Next::ask);
    CHECK(visitor.tries(Method::answers, "alice", {}) == Next::deny);
    CHECK(visitor.tries(Method::interactive, "alice") == Next::ask);
    CHECK(visitor.tries(Method::answers, "alice", {"a", "b", "c"}) == Next::deny);
}

TEST_CASE("ssh login: with registration closed nobody is offered a name", "[net][ssh]") {
    Visitor visitor{true};
    visitor.native.open = false;
    CHECK(visitor.tries(Method::interactive, "bob") == Next::ask);
    CHECK(visitor.login.questions() == std::vector<std::string>{"Password: "});
    CHECK(visitor.tries(Method::key_offer, "bob") == Next::deny);
}

TEST_CASE("ssh login: why one is not let in is shown where words can be", "[net][ssh]") {
    using Kind = world::LoginResult::Kind;
    Visitor visitor;
    for (const auto& [kind, words] :
         {std::pair{Kind::throttled, "7 seconds"}, std::pair{Kind::banned, "You are banned."},
          std::pair{Kind::busy, "Try again"}}) {
        REQUIRE(visitor.tries(Method::interactive, "alice") == Next::ask);
        REQUIRE(visitor.tries(Method::answers, "alice", {"open sesame"}) == Next::check_password);
        CHECK(visitor.login.checked(visitor.result(kind)) == Next::ask);
        CHECK(visitor.login.questions().empty());
        CHECK(visitor.login.words().find(words) != std::string::npos);
    }
    CHECK(visitor.tries(Method::answers, "alice", {}) == Next::deny);  // What a client says to words alone.
    REQUIRE(visitor.tries(Method::password, "alice", {"open sesame"}) == Next::check_password);
    CHECK(visitor.login.checked(visitor.result(Kind::banned)) == Next::deny);
}

TEST_CASE("ssh login: a key counts for whose it is", "[net][ssh]") {
    Visitor visitor;
    CHECK(visitor.tries(Method::key_offer, "alice") == Next::deny);
    CHECK(visitor.tries(Method::key, "alice") == Next::deny);
    visitor.native.keys[visitor.alice].push_back({"ssh-ed25519", "SHA256:abc", "", 0});
    CHECK(visitor.tries(Method::key_offer, "alice") == Next::key_would_do);
    CHECK(visitor.tries(Method::key, "alice") == Next::check_key);
    CHECK(visitor.tries(Method::key_offer, "bob") == Next::deny);
    CHECK(visitor.login.checked(visitor.result(world::LoginResult::Kind::welcome)) == Next::welcome);
}

TEST_CASE("ssh login: a key makes an account if that is allowed", "[net][ssh]") {
    Visitor visitor{true};
    CHECK(visitor.tries(Method::key_offer, "bob") == Next::key_would_do);
    CHECK(visitor.tries(Method::key, "bob") == Next::create_by_key);
    CHECK(visitor.login.account_created(object_id(8)) == Next::welcome);
    CHECK(visitor.tries(Method::key_offer, "alice") == Next::deny);  // Hers already, without this key.
    CHECK(visitor.tries(Method::key_offer, "root") == Next::deny);
}

TEST_CASE("ssh login: tries and offers are counted", "[net][ssh]") {
    Visitor visitor;
    for (unsigned count = 0; count < SshLogin::max_tries; ++count) {
        CHECK(visitor.tries(Method::password, "alice", {"wrong"}) == Next::check_password);
        CHECK(visitor.login.checked(visitor.result(world::LoginResult::Kind::wrong)) == Next::deny);
    }
    CHECK(visitor.tries(Method::password, "alice", {"open sesame"}) == Next::hang_up);
    Visitor another;
    for (unsigned count = 0; count < SshLogin::max_offers; ++count)
        CHECK(another.tries(Method::key_offer, "alice") == Next::deny);
    CHECK(another.tries(Method::key_offer, "alice") == Next::hang_up);
    Visitor third;
    for (unsigned count = 0; count < SshLogin::max_offers; ++count)
        CHECK(third.tries(Method::interactive, "alice") == Next::ask);
    CHECK(third.tries(Method::interactive, "alice") == Next::hang_up);
}

TEST_CASE("ssh login: names that are none are denied without a check", "[net][ssh]") {
    Visitor visitor;
    CHECK(visitor.tries(Method::password, "", {"x"}) == Next::deny);
    CHECK(visitor.tries(Method::password, std::string(net::SshLink::max_name + 1, 'a'), {"x"}) == Next::deny);
    CHECK(visitor.tries(Method::password, "dave!", {"x"}) == Next::deny);
    CHECK(visitor.tries(Method::key_offer, "a b") == Next::deny);
    CHECK(visitor.native.tried.empty());
}

TEST_CASE("ssh login: of a name that nobody can have it is said why, and nothing is asked", "[net][ssh]") {
    for (const auto& [name, words] :
         {std::pair{std::string{"x"}, "2 to 16 letters"}, std::pair{std::string{"dave!"}, "2 to 16 letters"},
          std::pair{std::string{"a b"}, "2 to 16 letters"}, std::pair{std::string{}, "2 to 16 letters"},
          std::pair{std::string(net::SshLink::max_name + 1, 'a'), "2 to 16 letters"},
          std::pair{std::string{"root"}, "Nobody may have that name"}}) {
        Visitor visitor;
        CAPTURE(name);
        CHECK(visitor.tries(Method::interactive, name) == Next::ask);
        CHECK(visitor.login.questions().empty());
        CHECK(visitor.login.words().find(words) != std::string::npos);
        CHECK(visitor.tries(Method::answers, name, {}) == Next::deny);
        CHECK(visitor.tries(Method::answers, name, {"open sesame"}) == Next::deny);
    }
}

TEST_CASE("ssh login: a password that nobody can type is not tried", "[net][ssh]") {
    Visitor visitor;
    CHECK(visitor.tries(Method::password, "alice", {"open\x01sesame"}) == Next::deny);
    CHECK(visitor.tries(Method::interactive, "alice") == Next::ask);
    CHECK(visitor.tries(Method::answers, "alice", {"open \xff"}) == Next::ask);
    CHECK(visitor.login.words() == "A password is text in UTF-8.\n");
    CHECK(visitor.tries(Method::interactive, "bob") == Next::ask);
    CHECK(visitor.tries(Method::answers, "bob", {"horses\t", "horses\t"}) == Next::ask);
    CHECK(visitor.login.words() == "A password holds no control characters.\n");
}

}  // namespace
}  // namespace gyre::test
