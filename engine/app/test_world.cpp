#include "engine/app/test_world.hpp"

#include "net/terminal/terminal_session.hpp"
#include "world/schedules.hpp"

#include <algorithm>
#include <utility>

namespace gyre::app {

namespace {

/// Adds the lines of a text, empty ones left out.
void add_lines(std::vector<std::string>& lines, std::string_view text) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (end > 0) lines.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

}  // namespace

/// A session that keeps what it is told.
class TestWorld::Witness final : public world::Subscriber {
  public:
    explicit Witness(std::uint16_t width) : width_(width) {}
    void told(const world::text::Tree& tree, BatchNumber) override {
        using Kind = world::text::Note::Kind;
        const std::size_t known = lines.size();
        add(world::text::plain(tree));
        if (!tree.note || tree.note->kind != Kind::channel_line) return;
        for (std::size_t at = known; at < lines.size(); ++at) note(lines[at], *tree.note);
    }
    void detached(const world::text::Tree& why, BatchNumber) override { add(world::text::plain(why)); }
    void add(std::string_view text) {
        std::vector<std::string> added;
        add_lines(added, text);
        for (std::string& line : added) lines.push_back({std::move(line), {}, {}});
    }
    std::vector<std::string> take() {
        std::vector<std::string> taken;
        for (Line& line : std::exchange(lines, {})) taken.push_back(std::move(line.words));
        return taken;
    }
    std::vector<std::string> take_on(std::string_view channel) {
        std::vector<std::string> taken;
        for (const Line& line : lines)
            if (line.channel == channel) taken.push_back(line.said);
        std::erase_if(lines, [&](const Line& line) { return line.channel == channel; });
        return taken;
    }
    [[nodiscard]] world::SessionFacts facts() const override {
        world::SessionFacts facts;
        facts.service = "test";
        facts.width = width_;
        return facts;
    }
    struct Line {
        std::string words;
        std::string channel;  ///< On which it was said; empty: on none.
        std::string said;
    };
    std::vector<Line> lines;

  private:
    /// Without "[channel] name: ", where it begins so.
    static void note(Line& line, const world::text::Note& note) {
        const std::string head = '[' + note.subject + "] " + note.talker + ": ";
        line.channel = note.subject;
        line.said = line.words.substr(line.words.starts_with(head) ? head.size() : 0);
    }
    std::uint16_t width_;
};

TestWorld::TestWorld(std::span<const world::Library::BuiltIn> core, const std::filesystem::path& scripts,
                     std::string start_room)
    : secrets_(cheap_cost),
      residents_(world_, calls_, logins_, secrets_, defer_),
      library_(world_, core, scripts) {
    world_.scheduler->start(
        [this](std::chrono::milliseconds delay) {
            ring_in(timer_bell_, delay, [this] { world_.scheduler->run_due(); });
        },
        [this](const world::Scheduler::Timer& timer) { calls_.run_timer(timer); });
    world_.schedules->start(
        [this](std::chrono::milliseconds delay) {
            ring_in(beat_bell_, delay, [this] { world_.schedules->run_due(); });
        },
        [this](ObjectId target, world::Atom method) { calls_.run_beat(target, method); });
    calls_.use_clock(schedule_);
    residents_.configure({"", std::move(start_room), true});
    residents_.use_clock(schedule_);
    auto& operations = runtime().operations;
    operations.close = [this](std::int64_t seconds, const std::string& why) { closing_.start(seconds, why); };
    operations.stay_open = [this] { closing_.cancel(); };
    operations.is_closing = [this] { return closing_.under_way(); };
    world_.history = std::make_unique<world::History>(journal_, jobs_, ledger_);
    library_.on_made = [this] { commands_.classes_changed(); };
    faults_ = library_.load({});
    commands_.classes_changed();
    runtime().seed(1);
    settle();
}

TestWorld::~TestWorld() = default;

Status TestWorld::Journal::read_back(const std::function<bool(std::string_view row)>& visit) const {
    static_cast<void>(std::find_if_not(rows_.rbegin(), rows_.rend(), visit));
    return done();
}

void TestWorld::ring_in(Bell& bell, std::chrono::milliseconds delay, std::function<void()> action) {
    const std::uint64_t number = ++bell.number;
    alarms_.emplace(clock_.steady() + delay, [&bell, number, action = std::move(action)] {
        if (bell.number == number) action();
    });
}

void TestWorld::settle() {
    do {
        while (!deferred_.empty()) {
            const auto next = std::move(deferred_.front());
            deferred_.pop_front();
            next();
        }
        if (ledger_.seal()) ledger_.committed(sealed_);
    } while (!deferred_.empty());
}

Result<ObjectId> TestWorld::make_player(const Part& part) {
    BatchNumber needs = 0;
    Result<ObjectId> made = residents_.create_with_hash(part.name, secrets_.decoy_hash(), needs);
    if (!made) return made;
    if (!part.role.empty()) {
        const std::optional<world::Role> role = world::role_named(part.role);
        if (!role) return Error{Errc::bad_input, "a role is player, builder or wizard"};
        if (const auto set = residents_.set_role(part.name, *role); !set) return set.error();
    }
    auto& witness = witnesses_[made.value()];
    witness = std::make_unique<Witness>(part.width);
    residents_.attach(made.value(), *witness);
    if (part.rights && world_.role_of(made.value()) == world::Role::wizard)
        world_.wizard_rights.turn_on(made.value());
    settle();
    for (const auto& [player, each] : witnesses_) each->lines.clear();
    return made;
}

void TestWorld::type(ObjectId player, const std::string& line) {
    const world::Value argument{line};
    calls_.deliver({"test", SessionId::none, player, player, "command", {&argument, 1}},
                   [this, player](const world::Outcome& outcome) {
                       if (outcome.kind == world::Outcome::Kind::done) return;
                       witnesses_[player]->add(outcome.text ? world::text::plain(*outcome.text)
                                                            : std::string{net::words_for(outcome.kind)});
                   });
    settle();
}

std::vector<std::string> TestWorld::take_lines(ObjectId player) {
    const auto found = witnesses_.find(player);
    return found == witnesses_.end() ? std::vector<std::string>{} : found->second->take();
}

std::vector<std::string> TestWorld::take_lines_on(ObjectId player, std::string_view channel) {
    const auto found = witnesses_.find(player);
    return found == witnesses_.end() ? std::vector<std::string>{} : found->second->take_on(channel);
}

void TestWorld::advance(std::chrono::milliseconds time) {
    const Clock::Steady end = clock_.steady() + time;
    while (!alarms_.empty() && alarms_.begin()->first <= end) {
        clock_.move_to(std::max(clock_.steady(), alarms_.begin()->first));
        const auto alarm = alarms_.extract(alarms_.begin());
        alarm.mapped()();
        settle();
    }
    clock_.move_to(end);
}

}  // namespace gyre::app
