#include "tests/world/evening.hpp"

using namespace gyre;
using namespace gyre::world;
using namespace gyre::world::test;

TEST_CASE("gestures: everybody sees them from their own side", "[world][core][gestures]") {
    Evening evening;
    auto& [town, alice, bob, carol] = evening;
    CHECK(evening.types(alice, "smile") == "You smile.");
    CHECK(bob.ear.heard() == "Alice smiles.");
    CHECK(evening.types(alice, "wave at bob") == "You wave to Bob.");
    CHECK(bob.ear.heard() == "Alice waves to you.");
    CHECK(carol.ear.heard() == "Alice waves to Bob.");
    CHECK(evening.types(alice, "nod to me") == "You nod to yourself.");
    CHECK(bob.ear.heard() == "Alice nods to herself.");
    CHECK(evening.types(alice, "hug carol") == "You hug Carol.");
    CHECK(carol.ear.heard() == "Alice hugs you.");
    CHECK(evening.types(alice, "shrug") == "You shrug.");
    CHECK(evening.types(alice, "hug").find("Hug") == 0);
}

TEST_CASE("gestures: each word of the list works, and help knows it", "[world][core][gestures]") {
    Evening evening;
    auto& [town, alice, bob, carol] = evening;
    for (const char* word :
         {"smile", "grin",  "nod",  "wave", "bow",    "wink",  "laugh", "frown", "point",  "clap",
          "cheer", "shrug", "sigh", "yawn", "giggle", "blush", "dance", "cry",   "shiver", "stretch"}) {
        INFO(word);
        CHECK(evening.types(alice, word).find("You ") == 0);
        CHECK(bob.ear.heard().find("Alice ") == 0);
        CHECK(evening.types(alice, std::string{"help "} + word).find(word) != std::string::npos);
    }
    for (const char* word : {"smile at", "grin at", "nod to", "wave to", "bow to", "wink at", "laugh at",
                             "frown at", "point at", "hug", "pat", "poke", "thank", "greet"}) {
        INFO(word);
        CHECK(evening.types(alice, std::string{word} + " bob").find("Bob") != std::string::npos);
        CHECK(bob.ear.heard().find("you") != std::string::npos);
    }
}

TEST_CASE("talking: a whisper is for one, a shout for next door too", "[world][core][talking]") {
    Evening evening;
    auto& [town, alice, bob, carol] = evening;
    CHECK(evening.types(alice, "whisper to bob meet me later") == "You whisper to Bob, \"meet me later\"");
    CHECK(bob.ear.heard() == "Alice whispers to you, \"meet me later\"");
    CHECK(carol.ear.heard() == "Alice whispers something to Bob.");
    CHECK(evening.types(alice, "whisper psst to bob") == "You whisper to Bob, \"psst\"");
    CHECK(evening.types(alice, "whisper to me psst") == "You mutter to yourself.");
    town.types(bob.id, "n");
    town.types(carol.id, "n then open door then d");
    CHECK(evening.types(alice, "shout where is everybody") == "You shout, \"where is everybody\"");
    CHECK(bob.ear.heard() == "Someone shouts, \"where is everybody\"");
    CHECK(carol.ear.heard().empty());
}

TEST_CASE("messaging: tell, reply and being away", "[world][core][messaging]") {
    Evening evening;
    auto& [town, alice, bob, carol] = evening;
    town.types(bob.id, "n");
    CHECK(evening.types(bob, "reply hello") == "Nobody has told you anything yet.");
    CHECK(evening.types(alice, "tell bob hello") == "You tell Bob, \"hello\"");
    CHECK(bob.ear.heard() == "Alice tells you, \"hello\"");
    CHECK(carol.ear.heard().empty());
    CHECK(evening.types(bob, "reply good evening") == "You tell Alice, \"good evening\"");
    CHECK(alice.ear.heard() == "Bob tells you, \"good evening\"");
    CHECK(evening.types(bob, "afk making tea") == "You are away for a while.");
    CHECK(evening.types(alice, "tell bob hurry") == "You tell Bob, \"hurry\"|Bob is away: making tea.");
    CHECK(evening.types(alice, "who") == "3 here:\nAlice\nBob (away: making tea)\nCarol");
    CHECK(evening.types(bob, "afk") == "You are back.");
    CHECK(evening.types(alice, "who") == "3 here:\nAlice\nBob\nCarol");
}

TEST_CASE("answering: those who live here know something, or say that they do not",
          "[world][core][answering]") {
    Evening evening;
    auto& [town, alice, bob, carol] = evening;
    evening.go("n");
    evening.forget();
    CHECK(evening.types(alice, "ask marta about the lamp") ==
          "You ask Marta about the lamp.|Marta says, \"The brass one. Bring it back, and mind the oil.\"");
    CHECK(bob.ear.heard() ==
          "Alice asks Marta about the lamp.|Marta says, \"The brass one. Bring it back, and mind the oil.\"");
    CHECK(evening.types(alice, "ask marta about the moon") == "You ask Marta about the moon.|Marta shrugs.");
    CHECK(evening.types(alice, "ask bob about lamp") == "You ask Bob about lamp.");
    CHECK(evening.types(alice, "say where is the whistle?").find("Marta says, \"Ask old Tom") !=
          std::string::npos);
    CHECK(evening.types(alice, "say clamps").find("Marta") == std::string::npos);
}

TEST_CASE("talking: shouting and telling take breath, which comes back", "[world][talking]") {
    Evening evening;
    for (int times = 0; times < 10; ++times)
        CHECK(
            evening.types(evening.alice, times % 2 == 0 ? "shout hello" : "tell bob hello").find("breath") ==
            std::string::npos);
    CHECK(evening.types(evening.alice, "tell bob hello") == "You are out of breath: wait a moment.");
    CHECK(evening.types(evening.alice, "say hello").find("breath") == std::string::npos);
    CHECK(evening.types(evening.bob, "shout hello").find("breath") == std::string::npos);
    evening.town.clock.advance(std::chrono::seconds{2});
    CHECK(evening.types(evening.alice, "shout hello").find("breath") == std::string::npos);
    CHECK(evening.types(evening.alice, "shout hello") == "You are out of breath: wait a moment.");
}
