#include "net/terminal/login.hpp"
#include "engine/base/password_rules.hpp"
#include "net/terminal/passwords.hpp"
#include "tests/support/fake_native.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace gyre;
using net::Login;
using net::PasswordChange;
using Next = net::Login::Next;

namespace {

/// A login and what it said last.
struct Talk {
    explicit Talk(Login::Passwords passwords = Login::Passwords::accepted)
        : login(native, passwords, "telnets://example.org:4443") {
        native.add("Alice", "open sesame");
    }
    Next type(std::string_view line) {
        says.clear();
        return login.typed(line, says);
    }
    Next checked(world::LoginResult::Kind kind) {
        says.clear();
        world::LoginResult result;
        result.why = "You are banned until tomorrow: spam.";
        result.kind = kind;
        result.player = object_id(7);
        result.retry_seconds = 30;
        return login.password_checked(result, says);
    }
    Next created(const Result<ObjectId>& result) {
        says.clear();
        return login.account_created(result, says);
    }
    bool said(std::string_view part) const { return says.find(part) != std::string::npos; }

    test::FakeNative native;
    Login login;
    std::string says;
};

using LoginKind = world::LoginResult::Kind;

}  // namespace

TEST_CASE("login: a known name is asked for its password", "[net][terminal][login]") {
    Talk talk;
    CHECK(talk.login.prompt() == "What is your name? ");
    CHECK_FALSE(talk.login.secret());
    CHECK(talk.type("alice") == Next::ask);
    CHECK(talk.login.prompt() == "Password: ");
    CHECK(talk.login.secret());
    CHECK(talk.type("open sesame") == Next::log_in);
    CHECK(talk.login.name() == "alice");
    CHECK(talk.login.password() == "open sesame");
    CHECK_FALSE(talk.login.secret());
    CHECK(talk.checked(LoginKind::welcome) == Next::welcome);
    CHECK(talk.login.player() == object_id(7));
    CHECK(talk.login.password().empty());
}

TEST_CASE("login: an unknown name may become somebody", "[net][terminal][login]") {
    Talk talk;
    CHECK(talk.type("Bob") == Next::ask);
    CHECK(talk.said("There is nobody called Bob yet."));
    CHECK(talk.login.prompt() == "Become Bob? (yes/no) ");
    CHECK(talk.type("YES") == Next::ask);
    CHECK(talk.said("at least 6 characters"));
    CHECK(talk.login.prompt() == "New password: ");
    CHECK(talk.login.secret());
    CHECK(talk.type("spoon glyph") == Next::ask);
    CHECK(talk.login.secret());
    CHECK(talk.type("spoon glyph") == Next::create_account);
    CHECK(talk.login.name() == "Bob");
    CHECK(talk.created(object_id(9)) == Next::welcome);
    CHECK(talk.login.player() == object_id(9));
}

TEST_CASE("login: whoever does not want to become somebody is asked again", "[net][terminal][login]") {
    Talk talk;
    (void)talk.type("Bob");
    (void)talk.type("my password");
    CHECK(talk.says == "Please answer yes or no.\n");
    (void)talk.type("no");
    CHECK(talk.login.asks_name());
}

TEST_CASE("login: a new password must be long enough, repeated, and not the name", "[net][terminal][login]") {
    Talk talk;
    (void)talk.type("Barbara");
    (void)talk.type("y");
    CHECK(talk.type("short") == Next::ask);
    CHECK(talk.said("too short"));
    CHECK(talk.type("bArBaRa") == Next::ask);
    CHECK(talk.said("first thing"));
    CHECK(talk.type(std::string(max_password + 1, 'x')) == Next::ask);
    CHECK(talk.said("too long"));
    (void)talk.type("spoon glyph");
    CHECK(talk.type("spoon gliph") == Next::ask);
    CHECK(talk.said("not the same"));
    CHECK(talk.login.prompt() == "New password: ");
    (void)talk.type("");
    CHECK(talk.login.asks_name());
}

TEST_CASE("login: one line is enough for both", "[net][terminal][login]") {
    Talk talk;
    CHECK(talk.type("connect alice open sesame") == Next::log_in);
    CHECK(talk.login.name() == "alice");
    CHECK(talk.login.password() == "open sesame");
    CHECK(talk.checked(LoginKind::wrong) == Next::ask);
    CHECK(talk.type("CREATE Bob spoon glyph") == Next::create_account);
    CHECK(talk.login.password() == "spoon glyph");
}

TEST_CASE("login: half of such a line goes on with the questions", "[net][terminal][login]") {
    Talk talk;
    CHECK(talk.type("connect alice") == Next::ask);
    CHECK(talk.login.prompt() == "Password: ");
    (void)talk.type("");
    CHECK(talk.type("create Bob") == Next::ask);
    CHECK(talk.login.prompt() == "New password: ");
    (void)talk.type("");
    CHECK(talk.type("create Bob tiny") == Next::ask);
    CHECK(talk.said("too short"));
    CHECK(talk.type("create alice whatever it is") == Next::ask);
    CHECK(talk.said("has that name already"));
    for (const char* line : {"connect", "create", "connect x y", "create 9x password"}) {
        CHECK(talk.type(line) == Next::ask);
        CHECK(talk.said("A name is"));
    }
}

TEST_CASE("login: names are letters and digits, and some are nobody's", "[net][terminal][login]") {
    Talk talk;
    for (const char* name : {"x", "9lives", "two words", "caf\xc3\xa9", "abcdefghijklmnopq", "a-b"}) {
        CHECK(talk.type(name) == Next::ask);
        CHECK(talk.said("A name is"));
    }
    CHECK(talk.type("root") == Next::ask);
    CHECK(talk.said("Nobody may have that name"));
    CHECK(talk.type("   ") == Next::ask);
    CHECK(talk.says.empty());
}

TEST_CASE("login: where nobody new is let in, an unknown name is like a known one",
          "[net][terminal][login]") {
    Talk talk;
    talk.native.open = false;
    CHECK(talk.type("Bob") == Next::ask);
    CHECK(talk.says.empty());
    CHECK(talk.login.prompt() == "Password: ");
    (void)talk.type("");
    CHECK(talk.type("create Bob spoon glyph") == Next::ask);
    CHECK(talk.said("Nobody new"));
}

TEST_CASE("login: the third wrong password ends it", "[net][terminal][login]") {
    Talk talk;
    for (unsigned i = 1; i < Login::max_wrong_passwords; ++i) {
        CHECK(talk.type("connect alice wrong") == Next::log_in);
        CHECK(talk.checked(LoginKind::wrong) == Next::ask);
        CHECK(talk.login.asks_name());
    }
    (void)talk.type("connect alice wrong");
    CHECK(talk.checked(LoginKind::wrong) == Next::hang_up);
}

TEST_CASE("login: other answers have their words", "[net][terminal][login]") {
    Talk talk;
    (void)talk.type("connect alice x");
    CHECK(talk.checked(LoginKind::busy) == Next::ask);
    CHECK(talk.said("Too many people"));
    (void)talk.type("connect alice x");
    CHECK(talk.checked(LoginKind::throttled) == Next::hang_up);
    CHECK(talk.said("30 seconds"));
    (void)talk.type("connect alice x");
    CHECK(talk.checked(LoginKind::banned) == Next::hang_up);
    CHECK(talk.said("You are banned until tomorrow: spam.\n"));
}

TEST_CASE("login: what may go wrong with a creation is said", "[net][terminal][login]") {
    Talk talk;
    const auto create = [&](Errc code) {
        (void)talk.type("create Bob spoon glyph");
        return talk.created(Error{code, "x"});
    };
    CHECK(create(Errc::exists) == Next::ask);
    CHECK(talk.said("just now"));
    CHECK(create(Errc::denied) == Next::ask);
    CHECK(create(Errc::busy) == Next::ask);
    CHECK(create(Errc::io) == Next::ask);
    CHECK(talk.login.asks_name());
    CHECK(create(Errc::bad_input) == Next::ask);
    CHECK(talk.login.prompt() == "New password: ");
}

TEST_CASE("login: those who wait hear how many are ahead, when it is news", "[net][terminal][login]") {
    Talk talk;
    (void)talk.type("connect alice x");
    std::string said;
    for (std::size_t ahead = 9; ahead > 0; --ahead) talk.login.waiting(ahead, said);
    CHECK(said ==
          "Please wait, 9 are ahead of you.\n"
          "Please wait, 4 are ahead of you.\n"
          "Please wait, 2 are ahead of you.\n"
          "Please wait, 1 is ahead of you.\n");
}

TEST_CASE("login: an open wire is never asked for a password", "[net][terminal][login]") {
    const auto line = GENERATE("alice", "connect alice open sesame", "create Bob spoon glyph", "Bob");
    Talk talk{Login::Passwords::refused};
    std::string greeting;
    talk.login.greet(greeting);
    CHECK(greeting.find("telnets://example.org:4443") != std::string::npos);
    CHECK(talk.type(line) == Next::hang_up);
    CHECK(talk.said("not encrypted"));
    CHECK_FALSE(talk.login.secret());
}

TEST_CASE("password change: old, new, new again", "[net][terminal][login]") {
    PasswordChange change;
    std::string says;
    CHECK(change.prompt() == "Old password: ");
    CHECK(change.typed("open sesame", says) == PasswordChange::Next::ask);
    CHECK(change.typed("tiny", says) == PasswordChange::Next::ask);
    CHECK(change.typed("spoon glyph", says) == PasswordChange::Next::ask);
    CHECK(change.prompt() == "The same again: ");
    SECTION("the same") {
        CHECK(change.typed("spoon glyph", says) == PasswordChange::Next::change);
        CHECK(change.old_password() == "open sesame");
        CHECK(change.password() == "spoon glyph");
    }
    SECTION("another") { CHECK(change.typed("spoon gliph", says) == PasswordChange::Next::give_up); }
    SECTION("nothing") { CHECK(change.typed("", says) == PasswordChange::Next::give_up); }
}

TEST_CASE("password change: the answer has words for each kind", "[net][terminal][login]") {
    const auto said = [](const Status& status) {
        std::string says;
        PasswordChange::changed(status, says);
        return says;
    };
    CHECK(said(done()) == "Your password is changed.\n");
    for (const Errc code : {Errc::denied, Errc::bad_input, Errc::busy, Errc::io})
        CHECK_FALSE(said(Error{code, "x"}).empty());
}
