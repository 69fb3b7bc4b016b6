#include "net/gmcp/gmcp_session.hpp"
#include "tests/net/telnet_door.hpp"
#include "world/text/tree.hpp"

#include <string>
#include <vector>

using namespace gyre;
using namespace gyre::test;
using namespace std::string_literals;
using Messages = std::vector<std::string>;
using Thing = world::View::Thing;

namespace {

constexpr int option = 201;

/// The messages in `bytes`, in order.
Messages messages_in(std::string_view bytes) {
    Messages found;
    net::TelnetCodec codec;
    net::TelnetEvent event;
    while (codec.next(bytes, event)) {
        if (event.kind == net::TelnetEvent::Kind::subnegotiation && event.option == option)
            found.emplace_back(event.bytes);
    }
    return found;
}

Thing thing(std::uint64_t id, std::string_view name) {
    Thing made;
    made.id = object_id(id);
    made.name = name;
    made.can_be_taken = true;
    return made;
}

Thing player(std::uint64_t id, std::string_view name) {
    Thing made;
    made.id = object_id(id);
    made.name = name;
    made.is_person = made.is_player = true;
    return made;
}

/// A client that agreed to GMCP, and a square with Bob and a lamp.
struct Client : Door {
    Client() {
        native.view.place = object_id(7);
        native.view.is_room = native.view.is_outdoors = true;
        native.view.place_name = "Square";
        native.view.area = "Town";
        native.view.ways = {{"north", object_id(8)}, {"gate", object_id(9)}};
        native.view.here = {player(20, "Bob"), thing(30, "a brass lamp")};
        native.view.role = "player";
        native.view.vitals = R"({"hp":10})";
    }
    void agree(std::string_view modules) {
        connect();
        sends(do_(option));
        gmcp("Core.Supports.Set " + std::string{modules});
    }
    void play(std::string_view modules) {
        agree(modules);
        start = messages_in(sends("connect Alice open sesame\r\n"));
        REQUIRE(native.attached.size() == 1);
    }
    /// What comes back for one message of the client.
    Messages gmcp(std::string_view message) { return messages_in(sends(sb(option, message))); }
    /// What comes when the world has changed.
    Messages changes() {
        for (const auto& [player, session] : native.watching_sessions) session->surroundings_changed();
        protocol->about_to_flush();
        return messages_in(transport.take());
    }
    Messages start;  ///< What came with the login.
};

}  // namespace

TEST_CASE("gmcp: is offered, and nothing of it is sent to who does not agree", "[net][gmcp]") {
    Client client;
    client.connect();
    CHECK(contains(client.transport.take(), will(option)));
    CHECK(messages_in(client.sends(sb(option, "Core.Supports.Set [\"Room 1\"]"))).empty());
    CHECK(messages_in(client.sends("connect Alice open sesame\r\nlook\r\n")).empty());
    CHECK(client.native.views_asked == 0);
    CHECK(client.native.watching_sessions.empty());
}

TEST_CASE("gmcp: before the login nothing of the world is sent", "[net][gmcp]") {
    Client client;
    client.agree(R"(["Char 1","Char.Items 1","Room 1","Comm.Channel 1"])");
    CHECK(client.gmcp("Char.Items.Inv").empty());
    CHECK(client.gmcp("Char.Items.Contents 30").empty());
    CHECK(client.gmcp("Comm.Channel.Players \"\"").empty());
    CHECK(client.native.views_asked == 0);
}

TEST_CASE("gmcp: only what was asked for is sent", "[net][gmcp]") {
    Client client;
    SECTION("the room") {
        client.play(R"(["ROOM.info 1"])");
        CHECK(client.start ==
              Messages{R"(Room.Info {"num":7,"name":"Square","area":"Town","environment":"outdoors",)"
                       R"("exits":{"n":8,"gate":9}})"});
    }
    SECTION("the character") {
        client.play(R"(["Char 1"])");
        CHECK(client.start == Messages{R"(Char.Name {"name":"Alice","fullname":"Alice"})",
                                       R"(Char.Vitals {"hp":10})",
                                       R"(Char.StatusVars {"name":"Name","role":"Role","coins":"Coins"})",
                                       R"(Char.Status {"name":"Alice","role":"player","coins":0})"});
    }
    SECTION("things and people") {
        client.play(R"(["Char.Items 1","Room.Players 1"])");
        CHECK(client.start == Messages{R"(Room.Players [{"name":"Bob","fullname":"Bob"}])",
                                       R"(Char.Items.List {"location":"inv","items":[]})",
                                       R"(Char.Items.List {"location":"room","items":)"
                                       R"([{"id":"30","name":"a brass lamp","attrib":"t"}]})"});
    }
    SECTION("what is not known") {
        client.play(R"(["External.Discord 1"])");
        CHECK(client.start.empty());
        CHECK(client.native.views_asked == 0);
    }
}

TEST_CASE("gmcp: changes are sent as what differs, and nothing if nothing does", "[net][gmcp]") {
    Client client;
    client.play(R"(["Char 1","Char.Items 1","Room 1"])");
    REQUIRE(client.native.watching_sessions.size() == 1);
    CHECK(client.changes().empty());
    client.native.view.here = {thing(25, "a key"), thing(30, "a lit brass lamp"), player(31, "Carol")};
    CHECK(client.changes() ==
          Messages{R"(Room.RemovePlayer "Bob")", R"(Room.AddPlayer {"name":"Carol","fullname":"Carol"})",
                   R"(Char.Items.Add {"location":"room","item":{"id":"25","name":"a key","attrib":"t"}})",
                   R"(Char.Items.Update {"location":"room","item":)"
                   R"({"id":"30","name":"a lit brass lamp","attrib":"t"}})"});
    client.native.view.here.erase(client.native.view.here.begin());
    client.native.view.carried = {thing(25, "a key")};
    client.native.view.coins = 3;
    client.native.view.vitals = R"({"hp":9})";
    CHECK(
        client.changes() ==
        Messages{R"(Char.Vitals {"hp":9})", R"(Char.Status {"coins":3})",
                 R"(Char.Items.Add {"location":"inv","item":{"id":"25","name":"a key","attrib":"t"}})",
                 R"(Char.Items.Remove {"location":"room","item":{"id":"25","name":"a key","attrib":"t"}})"});
}

TEST_CASE("gmcp: a container shows what is seen in it, when asked", "[net][gmcp]") {
    Client client;
    client.play(R"(["Char.Items 1"])");
    client.native.contents[object_id(40)] = {7, {thing(41, "a ring")}};
    CHECK(client.gmcp("Char.Items.Contents \"40\"") ==
          Messages{R"(Char.Items.List {"location":"rep40","items":)"
                   R"([{"id":"41","name":"a ring","attrib":"t"}]})"});
    CHECK(client.gmcp("Char.Items.Contents 9") ==
          Messages{R"(Char.Items.List {"location":"rep9","items":[]})"});
    for (const std::string odd :
         {"\"\"", "-1", "\"4x\"", "[40]", "1e2", "true", "99999999999999999999", "null"})
        CHECK(client.gmcp("Char.Items.Contents " + odd).empty());
    std::string many;
    for (std::size_t count = 0; count < net::GmcpSession::max_containers_per_turn + 5; ++count)
        many += sb(option, "Char.Items.Contents 9");
    CHECK(messages_in(client.sends(many)).size() == net::GmcpSession::max_containers_per_turn);
}

TEST_CASE("gmcp: in another room all is sent anew; darkness has no number", "[net][gmcp]") {
    Client client;
    client.play(R"(["Char.Items 1","Room 1"])");
    client.native.view = {};
    client.native.view.vitals = "{}";
    CHECK(client.changes() == Messages{R"(Room.Info {"num":0,"name":"Darkness","area":"","exits":{}})",
                                       "Room.Players []",
                                       R"(Char.Items.List {"location":"room","items":[]})"});
}

TEST_CASE("gmcp: a view is asked for at most once a turn, and carries its mark", "[net][gmcp]") {
    Client client;
    client.play(R"(["Room 1"])");
    const unsigned before = client.native.views_asked;
    auto* session = client.native.watching_sessions.front().second;
    for (int time = 0; time < 5; ++time) session->surroundings_changed();
    CHECK(client.transport.take_wake());
    client.native.view.needs = 12;
    client.native.view.place_name = "Market";
    client.protocol->about_to_flush();
    client.protocol->about_to_flush();
    CHECK(client.native.views_asked == before + 1);
    CHECK(client.transport.newest_mark() == 12);
    CHECK(messages_in(client.transport.release(11)).empty());
    CHECK(messages_in(client.transport.release(12)).size() == 1);
}

TEST_CASE("gmcp: modules may come and go later", "[net][gmcp]") {
    Client client;
    client.play("[]");
    CHECK(client.gmcp(R"(Core.Supports.Add ["Char.Vitals 1"])") == Messages{R"(Char.Vitals {"hp":10})"});
    CHECK(client.gmcp(R"(Core.Supports.Remove ["Char.Vitals"])").empty());
    CHECK(client.native.watching_sessions.empty());
    CHECK(client.gmcp(R"(Core.Supports.Set ["Char.Vitals 1"])") == Messages{R"(Char.Vitals {"hp":10})"});
}

TEST_CASE("gmcp: a channel's line is told as what it is, with its mark", "[net][gmcp]") {
    Client client;
    client.play(R"(["Comm.Channel 1"])");
    CHECK(client.start == Messages{"Comm.Channel.List []"});
    auto* note = new world::text::Note;
    note->subject = "public";
    note->talker = "Bob";
    auto* tree = new world::text::Tree;
    tree->text = "[public] Bob: say \"hi\"";
    tree->note = world::Ref<const world::text::Note>{note};
    const world::Ref<const world::text::Tree> line{tree};
    client.native.attached.front().second->told(*line, 5);
    CHECK(messages_in(client.transport.release(4)).empty());
    const std::string shown = client.transport.release(5);
    CHECK(contains(visible(shown), "[public] Bob: say \"hi\""));
    CHECK(messages_in(shown) ==
          Messages{
              R"(Comm.Channel.Text {"channel":"public","talker":"Bob","text":"[public] Bob: say \"hi\""})"});
    client.native.channels.people = R"([{"name":"Bob","channels":["public"]}])";
    CHECK(client.gmcp("Comm.Channel.Players") ==
          Messages{R"(Comm.Channel.Players [{"name":"Bob","channels":["public"]}])"});
}

TEST_CASE("gmcp: a way that is none is told", "[net][gmcp]") {
    Client client;
    client.play(R"(["Room 1"])");
    client.gate.outcome = [](const FakeGate::Call&) {
        world::Outcome outcome = outcome_of(world::Outcome::Kind::refused);
        auto* note = new world::text::Note;
        note->kind = world::text::Note::Kind::wrong_way;
        note->subject = "northeast";
        auto* tree = new world::text::Tree;
        tree->text = "There is no way northeast from here.";
        tree->note = world::Ref<const world::text::Note>{note};
        outcome.text = world::Ref<const world::text::Tree>{tree};
        return outcome;
    };
    CHECK(messages_in(client.sends("ne\r\n")) == Messages{R"(Room.WrongDir "ne")"});
}

TEST_CASE("gmcp: a ping is answered, so many times a turn", "[net][gmcp]") {
    Client client;
    client.agree("[]");
    CHECK(client.gmcp("Core.Ping 55") == Messages{"Core.Ping"});
    CHECK(client.gmcp("core.keepalive").empty());
    std::string flood;
    for (int time = 0; time < 500; ++time) flood += sb(option, "Core.Ping");
    CHECK(messages_in(client.sends(flood)).size() == net::GmcpSession::max_messages_per_turn);
    CHECK(client.gmcp("Core.Ping") == Messages{"Core.Ping"});
}

TEST_CASE("gmcp: what is malformed or unknown is passed over", "[net][gmcp]") {
    Client client;
    client.play(R"(["Room 1"])");
    for (const auto* message :
         {"", "Core.Supports.Set [", "Nonsense {}", "Core.Hello 5", "Core.Supports.Add \"Room\"",
          "Char.Login.Credentials {}", "Core.Hello {\"client\":\"\xff\"}"}) {
        CAPTURE(message);
        CHECK(client.gmcp(message).empty());
    }
    CHECK(client.gmcp("Core.Hello {\"client\":\"" + std::string(70'000, 'x') + "\"}").empty());
    CHECK(client.gmcp("Core.Ping") == Messages{"Core.Ping"});
}

TEST_CASE("gmcp: logs in by Char.Login", "[net][gmcp][login]") {
    Client client;
    client.agree(R"(["Char.Login 1"])");
    SECTION("once it is offered") {
        CHECK(client.gmcp("Core.Supports.Add []").empty());
        const std::string answer = client.sends(
            sb(option, R"(Char.Login.Credentials {"account":"alice","password":"open sesame"})"));
        CHECK(messages_in(answer) == Messages{R"(Char.Login.Result {"success":true})"});
        CHECK(client.native.attached.size() == 1);
    }
    SECTION("wrongly, and then by text") {
        const std::string answer =
            client.sends(sb(option, R"(Char.Login.Credentials {"account":"alice","password":"shut"})"));
        CHECK(messages_in(answer) ==
              Messages{R"(Char.Login.Result {"success":false,"message":)"
                       R"("That is not right: there is nobody of that name with that password."})"});
        client.sends("connect Alice open sesame\r\n");
        CHECK(client.native.attached.size() == 1);
    }
    SECTION("too often wrongly") {
        const std::string wrong =
            sb(option, R"(Char.Login.Credentials {"account":"alice","password":"shut"})");
        for (unsigned time = 1; time < 3; ++time) client.sends(wrong);
        const Messages last = messages_in(client.sends(wrong));
        REQUIRE(last.size() == 2);
        CHECK(last[0] ==
              R"(Char.Login.Result {"success":false,"message":)"
              R"("That is not right: there is nobody of that name with that password. Goodbye."})");
        CHECK(last[1] ==
              R"(Core.Goodbye "That is not right: there is nobody of that name with that password. )"
              R"(Goodbye.")");
    }
    SECTION("in a wrong shape") {
        for (const auto* body : {R"({"account":5,"password":[]})", R"({"account":"alice"})",
                                 R"({"account":"alice","password":""})", R"({"password":"open sesame"})",
                                 R"(["alice","open sesame"])", "5", ""}) {
            CAPTURE(body);
            CHECK(client.gmcp(std::string{"Char.Login.Credentials "} + body) ==
                  Messages{R"(Char.Login.Result {"success":false,"message":)"
                           R"("\"account\" and \"password\" are strings, and neither is empty."})"});
        }
        CHECK(client.native.tried.empty());
    }
    SECTION("with a password that nobody can type") {
        CHECK(client.gmcp("Char.Login.Credentials {\"account\":\"alice\",\"password\":\"open\\u0007\"}") ==
              Messages{R"(Char.Login.Result {"success":false,"message":)"
                       R"("A password holds no control characters."})"});
        CHECK(client.native.tried.empty());
    }
    SECTION("not at all") {
        CHECK(client.gmcp("Char.Login.Credentials {}").empty());
        CHECK(client.native.tried.empty());
        CHECK(contains(client.shows("alice\r\n"), "Password: "));
        CHECK(client.gmcp(R"(Char.Login.Credentials {"account":"alice","password":"open sesame"})") ==
              Messages{R"(Char.Login.Result {"success":false,"message":"A login is under way already."})"});
    }
}

TEST_CASE("gmcp: the login is offered to who asks, and where passwords may come", "[net][gmcp][login]") {
    Client client;
    SECTION("asked") {
        client.connect();
        client.sends(do_(option));
        CHECK(client.gmcp(R"(Core.Supports.Set ["Char.Login 1"])") ==
              Messages{R"(Char.Login.Default {"type":["password-credentials"]})"});
        CHECK(client.gmcp(R"(Core.Supports.Set ["Char.Login 1"])").empty());
    }
    SECTION("in clear text from afar") {
        client.transport.peer_to_change().local = false;
        client.transport.peer_to_change().plaintext_allowed = false;
        client.connect();
        client.sends(do_(option));
        CHECK(client.gmcp(R"(Core.Supports.Set ["Char.Login 1"])").empty());
        client.gmcp(R"(Char.Login.Credentials {"account":"alice","password":"open sesame"})");
        CHECK(client.native.tried.empty());
    }
}

TEST_CASE("gmcp: downloads are offered once, to Mudlet unasked", "[net][gmcp]") {
    Client client;
    client.context.downloads = {"https://example.org/gyre.mpackage", "3", "https://example.org/map.xml",
                                "https://example.org/media/"};
    const std::string gui = R"(Client.GUI {"version":"3","url":"https://example.org/gyre.mpackage"})";
    const std::string map = R"(Client.Map {"url":"https://example.org/map.xml"})";
    SECTION("Mudlet") {
        client.connect();
        client.sends(do_(option));
        client.gmcp(R"(Core.Hello {"client":"Mudlet","version":"4.17.2"})");
        CHECK(messages_in(client.sends("connect Alice open sesame\r\nlook\r\n")) == Messages{gui, map});
    }
    SECTION("another") {
        client.play(R"(["Client.Media 1"])");
        CHECK(client.start == Messages{R"(Client.Media.Default {"url":"https://example.org/media/"})"});
    }
    SECTION("one that wants none") {
        client.play(R"(["Room.Players 1"])");
        CHECK(client.start.size() == 1);
    }
}

TEST_CASE("gmcp: goodbye is said to who spoke it", "[net][gmcp]") {
    Client client;
    client.play(R"(["Char.Vitals 1"])");
    SECTION("quit") {
        CHECK(messages_in(client.sends("quit\r\n")) == Messages{R"(Core.Goodbye "Goodbye.")"});
    }
    SECTION("sent away") {
        client.native.attached.front().second->detached(*tree_of("Enough."), 0);
        CHECK(messages_in(client.transport.take()) == Messages{R"(Core.Goodbye "Enough.")"});
        client.protocol->about_to_flush();
        CHECK(client.native.views_asked == 1);
    }
}
