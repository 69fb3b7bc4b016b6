#include "tests/world/town_world.hpp"

#include <fstream>
#include <map>
#include <sstream>

using namespace gyre;
using namespace gyre::world;
using namespace gyre::world::test;

namespace {

/// Alice and Bob on the square of a town that waits five minutes for those whose connection dropped.
struct Harbour {
    Harbour() {
        town.residents.configure({{}, "square", true, std::chrono::minutes{5}});
        town.residents.use_clock([this](std::chrono::milliseconds delay, std::function<void()> action) {
            alarms.emplace(town.clock.steady() + delay, std::move(action));
        });
        alice = town.player("alice", ear);
        bob = town.player("bob", other);
        ear.heard();
    }
    void pass(std::chrono::seconds time) {
        town.clock.advance(time);
        while (!alarms.empty() && alarms.begin()->first <= town.clock.steady()) {
            const auto alarm = alarms.extract(alarms.begin());
            alarm.mapped()();
            town.settle();
        }
    }
    void drop() {
        town.residents.detach(alice, ear, "connection reset");
        town.settle();
    }
    void come_back(Ear& session) {
        town.residents.attach(alice, session);
        town.settle();
    }
    [[nodiscard]] bool is_here() { return town.world.objects.find(alice)->location != ObjectId::nothing; }

    TownWorld town;
    Ear ear;
    Ear other;
    std::multimap<Clock::Steady, std::function<void()>> alarms;
    ObjectId alice = ObjectId::nothing;
    ObjectId bob = ObjectId::nothing;
};

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("absence: a character whose connection dropped stays, and misses nothing", "[world][residents]") {
    Harbour harbour;
    harbour.drop();
    CHECK(harbour.other.heard() == "Alice stares into space.");
    CHECK(harbour.is_here());
    CHECK(harbour.town.residents.players_online() == 1);
    harbour.town.types(harbour.bob, "say Alice?");
    harbour.pass(std::chrono::minutes{2});
    harbour.town.types(harbour.bob, "who");
    CHECK(contains(harbour.other.heard(), "Alice (link lost)"));
    harbour.town.types(harbour.bob, "tell alice Are you there?");
    CHECK(contains(harbour.other.heard(), "Alice has lost the connection"));
    Ear fresh;
    harbour.come_back(fresh);
    CHECK(harbour.other.heard() == "Alice is attentive again.");
    const std::string heard = fresh.heard();
    INFO(heard);
    CHECK(
        heard.starts_with("[You missed, 2 minutes ago]|Bob says, \"Alice?\"|[You missed, less than a minute "
                          "ago]|Bob tells you, \"Are you there?\"|[That is all]|"));
    harbour.pass(std::chrono::minutes{10});
    CHECK(harbour.is_here());
}

TEST_CASE("absence: who does not come back in time is carried off", "[world][residents]") {
    Harbour harbour;
    harbour.drop();
    harbour.pass(std::chrono::minutes{5});
    CHECK(contains(harbour.other.heard(), "Alice falls asleep and is carried off to bed."));
    CHECK_FALSE(harbour.is_here());
    CHECK(harbour.town.residents.players_online() == 1);
    Ear fresh;
    harbour.come_back(fresh);
    CHECK(contains(fresh.heard(), "Welcome, Alice."));
    CHECK(harbour.other.heard() == "Alice wakes up.");
}

TEST_CASE("absence: a second drop is waited for anew, and quitting is no drop", "[world][residents]") {
    Harbour harbour;
    harbour.drop();
    harbour.pass(std::chrono::minutes{4});
    Ear fresh;
    harbour.come_back(fresh);
    harbour.town.residents.detach(harbour.alice, fresh, "connection reset");
    harbour.town.settle();
    harbour.pass(std::chrono::minutes{4});
    CHECK(harbour.is_here());
    harbour.come_back(fresh);
    harbour.town.residents.detach(harbour.alice, fresh, "quit");
    harbour.town.settle();
    CHECK_FALSE(harbour.is_here());
}

TEST_CASE("absence: missed lines are bounded, and it is said how many are lost", "[world][residents]") {
    Harbour harbour;
    harbour.drop();
    for (std::size_t line = 0; line < MissedLines::most + 3; ++line)
        harbour.town.types(harbour.bob, "say " + std::to_string(line));
    Ear fresh;
    harbour.come_back(fresh);
    const std::string heard = fresh.heard();
    CHECK(contains(heard, "You missed more than is kept: 3 lines are lost."));
    CHECK_FALSE(contains(heard, "Bob says, \"2\""));
    CHECK(contains(heard, "Bob says, \"3\""));
}

TEST_CASE("absence: a further session sees the last lines of the other", "[world][residents]") {
    Harbour harbour;
    harbour.town.types(harbour.bob, "say Look here.");
    Ear second;
    harbour.come_back(second);
    CHECK(contains(second.heard(), "[The last lines of your other session]|"));
    CHECK(harbour.other.heard() == "You say, \"Look here.\"");
    CHECK(RecentLines::most == 16);
}

TEST_CASE("absence: long views of places are not kept beside what was said", "[world][residents]") {
    RecentLines recent;
    const auto add = [&](std::string text) {
        auto* tree = new text::Tree;
        tree->text = std::move(text);
        recent.add(Ref<const text::Tree>{tree}, 0);
    };
    add(std::string(RecentLines::longest_view - 1, 'v') + "\n");
    add(std::string(RecentLines::longest_view, 'v') + "\n");
    add(std::string(RecentLines::longest, 's'));
    add(std::string(RecentLines::longest + 1, 's'));
    const std::vector<RecentLines::Line> kept = recent.last(RecentLines::most);
    REQUIRE(kept.size() == 2);
    CHECK(kept[0].tree->text.size() == RecentLines::longest_view);
    CHECK(kept[1].tree->text.size() == RecentLines::longest);
}

TEST_CASE("absence: lines are kept without what renderers made of them", "[world][residents]") {
    class Renderer final : public Ear {
        void told(const text::Tree& tree, BatchNumber needs) override {
            tree.rendered.push_front({1, "bytes"});
            Ear::told(tree, needs);
        }
    };
    Harbour harbour;
    Renderer renderer;
    harbour.come_back(renderer);
    harbour.town.types(harbour.bob, "say Look here.");
    REQUIRE(contains(renderer.heard(), "Look here."));
    const Object& alice = *harbour.town.world.objects.find(harbour.alice);
    for (const RecentLines::Line& line : alice.subscribers->recent.last(RecentLines::most))
        CHECK(line.tree->rendered.empty());
}

TEST_CASE("absence: who is sent away goes with all sessions, waited for or not", "[world][residents]") {
    Harbour harbour;
    Ear second;
    harbour.come_back(second);
    harbour.town.residents.boot(harbour.alice, "fire drill");
    harbour.town.settle();
    CHECK(contains(harbour.ear.heard(), "detached: You were sent away: fire drill."));
    CHECK(contains(second.heard(), "detached: You were sent away: fire drill."));
    CHECK_FALSE(harbour.is_here());
    harbour.come_back(second);
    harbour.town.residents.detach(harbour.alice, second, "connection reset");
    harbour.town.settle();
    harbour.town.residents.boot(harbour.alice, "");
    harbour.town.settle();
    CHECK_FALSE(harbour.is_here());
    harbour.pass(std::chrono::minutes{6});
    CHECK(harbour.town.residents.players_online() == 1);
}

namespace {

/// The player's class, which writes down what it hears of its sessions.
void keep_a_diary(TownWorld& town) {
    std::ostringstream file;
    file << std::ifstream("scripts/core/player.lua").rdbuf();
    std::string source = file.str();
    const auto insert = [&](const std::string& head, const std::string& with, const std::string& line) {
        const std::size_t at = source.find(head);
        REQUIRE(at != std::string::npos);
        source.replace(at, head.size(), with + "\n  " + line);
    };
    insert("function self:connected(session)", "function self:connected(session)",
           "self:note(\"connected \" .. session.service .. \" \" .. session.width)");
    insert("function self:link_lost()", "function self:link_lost()", "self:note \"link_lost\"");
    insert("function self:disconnected()", "function self:disconnected(session, reason)",
           "self:note(\"disconnected \" .. session.service .. \", \" .. reason .. "
           "(self.location and \", here\" or \", gone\"))");
    source +=
        "property.diary = \"\"\n"
        "function private:note(line) self.diary = self.diary .. line .. \"\\n\" end\n";
    const std::vector<script::ClassSource> sources{{"player", source, "", "player.lua"}};
    for (const auto& fault : town.world.runtime->load(sources)) FAIL(fault.message);
    town.commands.classes_changed();
}

std::string diary_of(Harbour& harbour) {
    TownWorld& town = harbour.town;
    return std::string{
        town.world.string(*town.world.objects.find(harbour.alice), town.world.atoms.find("diary"))};
}

}  // namespace

TEST_CASE("absence: a character hears of its sessions in order, and which they were", "[world][residents]") {
    Harbour harbour;
    keep_a_diary(harbour.town);
    Ear fresh;
    harbour.come_back(fresh);
    harbour.town.residents.detach(harbour.alice, fresh, "quit");
    harbour.town.settle();
    CHECK(diary_of(harbour) == "connected test 80\n");
    harbour.drop();
    harbour.pass(std::chrono::minutes{1});
    harbour.come_back(fresh);
    harbour.town.residents.detach(harbour.alice, fresh, "connection reset");
    harbour.town.settle();
    CHECK(diary_of(harbour) == "connected test 80\nlink_lost\nconnected test 80\nlink_lost\n");
    harbour.pass(std::chrono::minutes{5});
    CHECK(diary_of(harbour).ends_with("link_lost\ndisconnected test, connection dropped, here\n"));
    harbour.come_back(fresh);
    harbour.town.residents.detach(harbour.alice, fresh, "quit");
    harbour.town.settle();
    CHECK(diary_of(harbour).ends_with("connected test 80\ndisconnected test, quit, here\n"));
    harbour.come_back(fresh);
    harbour.town.residents.detach(harbour.alice, fresh, "connection reset");
    harbour.town.settle();
    harbour.town.residents.boot(harbour.alice, "");
    harbour.town.settle();
    CHECK(diary_of(harbour).ends_with("link_lost\ndisconnected test, sent away, here\n"));
}

TEST_CASE("residents: what was chosen of a terminal is kept with the character", "[world][residents]") {
    Harbour harbour;
    Residents& residents = harbour.town.residents;
    CHECK(residents.terminal_settings(harbour.alice).empty());
    CHECK(residents.keep_terminal_settings(harbour.alice, "width 60\n") > 0);
    CHECK(residents.terminal_settings(harbour.alice) == "width 60\n");
    CHECK(residents.terminal_settings(harbour.bob).empty());
    CHECK(residents.keep_terminal_settings(harbour.alice, std::string(257, 'x')) == 0);
    CHECK(residents.keep_terminal_settings(ObjectId::nothing, "width 60\n") == 0);
    CHECK(residents.terminal_settings(harbour.alice) == "width 60\n");
    CHECK(residents.keep_terminal_settings(harbour.alice, "") > 0);
    CHECK(residents.terminal_settings(harbour.alice).empty());
}
