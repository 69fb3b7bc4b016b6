#include "net/terminal/session_commands.hpp"
#include "tests/net/telnet_door.hpp"

#include <string>
#include <utility>
#include <vector>

using namespace gyre;
using namespace gyre::test;
using namespace std::string_literals;
using Lines = std::vector<std::string>;

TEST_CASE("telnet: in the world one may be silent for ever, or as long as is configured", "[net][telnet]") {
    Door door;
    SECTION("for ever") {
        door.log_in();
        CHECK(door.transport.idle_limit() == 0);
    }
    SECTION("an hour") {
        door.context.idle_seconds = 3600;
        door.log_in();
        CHECK(door.transport.idle_limit() == 3600);
    }
}

TEST_CASE("telnet: quit leaves the world at once", "[net][telnet]") {
    Door door;
    door.log_in();
    CHECK(door.shows("Quit\r\nlook\r\n") == "Goodbye.\r\n");
    CHECK(door.transport.closing());
    CHECK(door.native.attached.empty());
    CHECK(door.native.detach_reasons == Lines{"quit"});
    CHECK(door.gate.calls.empty());
}

TEST_CASE("telnet: commands about the session do not reach the world", "[net][telnet]") {
    Door door;
    door.log_in();
    const auto facts = [&] { return door.native.attached.front().second->facts(); };
    CHECK(contains(door.shows("width 60\r\n"), "60 columns"));
    CHECK(facts().width == 60);
    CHECK(contains(door.shows("screenreader on\r\n"), "is on"));
    CHECK(facts().screen_reader);
    CHECK(contains(door.shows("colours\r\n"),
                   "Your colours at present: off, as your client says.\r\n"
                   "Type: colours off|16|256|true|auto"));
    CHECK(contains(door.shows("colours 256\r\n"), "Colours are on"));
    CHECK(contains(door.shows("colors\r\n"), "Your colours at present: 256.\r\nType: colors off|"));
    CHECK(contains(door.shows("width\r\n"), "Your width at present: 60."));
    CHECK(contains(door.shows("charset\r\n"), "Your charset at present: utf-8, as your client says."));
    CHECK(contains(door.shows("screenreader\r\n"), "Your screenreader at present: on."));
    CHECK(contains(door.shows("links\r\n"), "Your links at present: off"));
    CHECK(contains(door.shows("colors off\r\n"), "Colours are off"));
    for (const char* line : {"width", "width 5", "width 1001", "width 60x", "colours pink", "charset ebcdic",
                             "screenreader maybe", "claim"})
        CHECK(contains(door.shows(line + "\r\n"s), "Type: "));
    CHECK(door.gate.calls.empty());
    door.sends("quit smoking\r\nwidths\r\n");
    CHECK(door.gate.lines() == Lines{"quit smoking", "widths"});
}

TEST_CASE("telnet: every session command has one line of help", "[net][telnet]") {
    for (const net::SessionCommand& command : net::session_commands()) {
        CHECK_FALSE(command.name.empty());
        CHECK_FALSE(command.help.empty());
        CHECK_FALSE(contains(command.help, "\n"));
    }
}

TEST_CASE("telnet: help in the world knows the session's commands and leaves the rest to the world",
          "[net][telnet]") {
    Door door;
    door.log_in();
    CHECK(contains(door.shows("help quit\r\n"), "quit: leave"));
    const std::string settings = door.shows("help SETTINGS\r\n");
    CHECK(contains(settings, "width COLUMNS|auto: "));
    CHECK(contains(settings, "password: "));
    CHECK_FALSE(contains(settings, "how many people"));
    CHECK(door.gate.calls.empty());
    door.sends("help\r\nhelp look\r\nhelp who\r\n");
    CHECK(door.gate.lines() == Lines{"help", "help look", "help who"});
}

TEST_CASE("telnet: a chosen width outlives what the window tells", "[net][telnet]") {
    Door door;
    door.log_in();
    const auto width = [&] { return door.native.attached.front().second->facts().width; };
    door.sends(will(31) + sb(31, "\0\x64\0\x18"s));
    CHECK(width() == 100);
    door.sends("width 60\r\n" + sb(31, "\0\x78\0\x18"s));
    CHECK(width() == 60);
}

TEST_CASE("telnet: what was chosen of a terminal holds at the next login", "[net][telnet]") {
    Door door;
    const auto facts = [](const Door& at) { return at.native.attached.front().second->facts(); };
    door.log_in();
    door.sends("width 60\r\nset colours 256\r\nscreenreader ON\r\n");
    const auto kept = door.native.kept_settings;
    REQUIRE(kept.size() == 1);
    CHECK(kept.begin()->second == "width 60\ncolours 256\nscreenreader on\n");

    Door again;
    again.native.kept_settings = kept;
    again.log_in();
    again.sends(will(31) + sb(31, "\0\x78\0\x18"s));
    CHECK(facts(again).width == 60);
    CHECK(facts(again).colours == 256);
    CHECK(facts(again).screen_reader);
    again.sends(sb(31, "\0\x64\0\x18"s));
    CHECK(facts(again).width == 60);
    // Taken back: it is as the client says, at the next login too.
    CHECK(contains(again.shows("width auto\r\n"), "Lines are now 100 columns wide, as your client says."));
    CHECK(facts(again).width == 100);
    again.sends("colours auto\r\nscreenreader auto\r\n");
    CHECK(again.native.kept_settings.begin()->second.empty());
}

TEST_CASE("telnet: what is chosen before login goes before what was kept, and is kept", "[net][telnet]") {
    Door first;
    first.log_in();
    first.sends("width 60\r\ncolours 16\r\n");
    Door door;
    door.native.kept_settings = first.native.kept_settings;
    door.connect();
    door.sends("width 90\r\nconnect Alice open sesame\r\n");
    REQUIRE(door.native.attached.size() == 1);
    CHECK(door.native.attached.front().second->facts().width == 90);
    CHECK(door.native.kept_settings.begin()->second == "width 90\ncolours 16\n");
    door.native.kept_settings.begin()->second = "width 5\nflavour mint\n\ncolours\n";
    Door odd;
    odd.native.kept_settings = door.native.kept_settings;
    odd.log_in();
    CHECK(odd.native.attached.front().second->facts().width == 80);
}

TEST_CASE("telnet: settings of the terminal are set like those of the world", "[net][telnet]") {
    Door door;
    door.log_in();
    CHECK(contains(door.shows("set width 60\r\n"), "Lines are now 60 columns wide."));
    CHECK(contains(door.shows("settings width to 70\r\n"), "Lines are now 70 columns wide."));
    CHECK(contains(door.shows("set width much\r\n"), "Type: set width COLUMNS"));
    CHECK(contains(door.shows("set width\r\n"), "Type: set width COLUMNS"));
    CHECK(door.native.attached.front().second->facts().width == 70);
    CHECK(door.gate.calls.empty());
    door.sends("set brief on\r\nset password\r\nsettings\r\n");
    CHECK(door.gate.calls.size() == 3);
}

TEST_CASE("telnet: the prompt is not repeated to a screen reader", "[net][telnet]") {
    Door door;
    door.log_in();
    door.sends(will(24));
    for (const char* type : {"TINTIN++", "XTERM", "MTTS 69", "MTTS 69"}) door.sends(sb(24, "\0"s + type));
    CHECK(door.native.attached.front().second->facts().screen_reader);
    CHECK(door.shows("look\r\n") == "> ");
    CHECK(visible(door.hears("It rains.")) == "\r\nIt rains.\r\n");
    CHECK(visible(door.hears("It snows.")) == "It snows.\r\n");
}

TEST_CASE("telnet: Latin-1 both ways, IAC doubled", "[net][telnet]") {
    Door door;
    door.log_in();
    door.sends("charset latin-1\r\n");
    door.sends("say caf\xe9 \xff\xff\r\n");
    CHECK(door.gate.lines() == Lines{"say caf\xc3\xa9 \xc3\xbf"});
    CHECK(contains(door.hears("\xc3\xbf"), "\xff\xff\r\n"));
    door.sends("charset utf-8\r\n");
    CHECK(contains(door.hears("\xc3\xbf"), "\xc3\xbf\r\n"));
}

TEST_CASE("telnet: scripts may know how many colours are shown", "[net][telnet]") {
    Door door;
    door.log_in();
    const world::Subscriber& session = *door.native.attached.front().second;
    for (const auto& [typed, count] :
         {std::pair{"colours off\r\n", 0U}, std::pair{"colours 16\r\n", 16U},
          std::pair{"colours 256\r\n", 256U}, std::pair{"colours true\r\n", 1U << 24U}}) {
        door.sends(typed);
        CHECK(session.facts().colours == count);
    }
}
