// What a call may wait for: its player's answer, or time. Each commits what came before it; the coroutine
// stays as it is until the answer comes, and goes on in a transaction and with a budget of its own.

#include "engine/base/ascii.hpp"
#include "world/line_editor.hpp"
#include "world/script/api_calls.hpp"
#include "world/script/containers.hpp"
#include "world/script/frames.hpp"
#include "world/script/held_memory.hpp"
#include "world/script/objects.hpp"
#include "world/script/state.hpp"
#include "world/script/texts.hpp"
#include "world/script/values.hpp"
#include "world/script/waiting.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace gyre::world::script {

namespace {

constexpr std::size_t max_options = 200;
constexpr double max_wait_seconds = 3600;
/// Calls that may wait at a time: that one player began, and of the library's and each wizard's code.
constexpr std::size_t most_of_actor = 50;
constexpr std::size_t most_of_library = 10'000;
/// What each may hold meanwhile, in bytes.
constexpr std::size_t most_held = 256U << 10;

/// Raises an error where a call cannot wait; `what` is the function.
void check_may_wait(lua_State* lua, const char* what) {
    needs_call(lua);
    check_may_change(lua);
    const State& state = state_of(lua);
    if (!state.may_wait || state.nested_calls != std::max(state.rehearsed, 1)) {
        fail(lua,
             std::string{what} + " works only in what a player's line or a timer began, and for one thing");
    }
    if (lua_isyieldable(lua) == 0) {
        fail(lua, std::string{what} + " does not work inside pcall, try or a function given to another");
    }
}

}  // namespace

Object& check_asked(lua_State* lua, const char* what) {
    Object& person = check_object(lua, 1);
    check_may_wait(lua, what);
    const Origin& origin = world_of(lua).transaction.origin();
    if (origin.actor != person.id || origin.service == "timer")
        fail(lua, std::string{what} + " asks only the player whose line began this");
    return person;
}

void will_wait_for(lua_State* lua, Question question) {
    State& state = state_of(lua);
    question.author = author_account(lua);
    const ObjectId actor = state.world.transaction.origin().actor;
    std::size_t waiting = 0;
    std::size_t of_actor = 0;
    for (const auto& [number, call] : state.suspended) {
        waiting += call.author == question.author ? 1U : 0U;
        of_actor += call.actor == actor ? 1U : 0U;
    }
    if (actor != ObjectId::nothing && of_actor >= most_of_actor)
        refuse_with(lua, Text::of_data("You are in the middle of too much already."));
    const bool is_limited = state.world.owner_limits.holds_for(question.author);
    const std::size_t most = is_limited ? OwnerLimits::max_waiting_calls : most_of_library;
    if (waiting >= most)
        fail(lua, "too many calls of this code wait already (" + std::to_string(waiting) + ")");
    if (held_bytes(lua, most_held) > most_held) {
        fail(lua,
             "this holds more than 256 KiB while it waits: keep what is needed later in a property, or ask "
             "before making it");
    }
    state.question = std::move(question);
}

namespace {

/// Gives what he reads.
std::string tell(lua_State* lua, const Object& person, const Text& words) {
    const Ref<const text::Tree> tree = resolve_for(lua, words, person.id);
    world_of(lua).transaction.tell(person.id, tree);
    return text::plain(*tree);
}

int ask_for(lua_State* lua, Question::Kind kind, const char* what) {
    const Object& person = check_asked(lua, what);
    lua_settop(lua, 2);
    Question question;
    question.prompt = tell(lua, person, *text_of(lua, 2));
    question.kind = kind;
    will_wait_for(lua, std::move(question));
    return lua_yield(lua, 0);
}

/// p:ask(prompt) -> string [R Y]
/// Waits for one line of the player whose line began the call. "cancel", leaving or five minutes end the
/// call.
int ask(lua_State* lua) { return ask_for(lua, Question::Kind::line, "ask"); }
/// p:ask_secret(prompt) -> string [R Y]
/// As ask, for a line that is not shown. Where it is not the library that asks, the player reads whose code
/// does, and the prompt must not speak of passwords.
int ask_secret(lua_State* lua) {
    const Object& person = check_asked(lua, "ask_secret");
    const std::string account = author_account(lua);
    if (!account.empty()) {
        const std::string prompt = text::plain(*resolve_for(lua, *text_of(lua, 2), person.id));
        if (ascii::small(prompt).find("password") != std::string::npos)
            fail(lua, "only the server asks for passwords: ask for something else");
        tell(lua, person,
             *Text::of_data("(The code of " + account +
                            " asks this, not the server: never give it your password.)"));
    }
    return ask_for(lua, Question::Kind::secret, "ask_secret");
}
/// p:confirm(prompt) -> true [R Y]
/// As ask, yes or no; no ends the call.
int confirm(lua_State* lua) { return ask_for(lua, Question::Kind::confirm, "confirm"); }

/// p:edit(prompt[, old]) -> string [R Y]
/// As ask, for several lines; a full stop alone ends them.
int edit(lua_State* lua) {
    const Object& person = check_asked(lua, "edit");
    lua_settop(lua, 3);
    Question question;
    question.prompt = tell(lua, person, *text_of(lua, 2));
    if (!lua_isnil(lua, 3)) tell(lua, person, *text_of(lua, 3));
    tell(lua, person, *Text::of_data(LineEditor::introduction()));
    question.kind = Question::Kind::text;
    if (lua_type(lua, 3) == LUA_TSTRING) question.old_text = check_string(lua, 3);
    will_wait_for(lua, std::move(question));
    return lua_yield(lua, 0);
}

void push_entry(lua_State* lua, int list, std::size_t number) {
    if (is_container(lua, list)) {
        push_stored(lua, container_at(lua, list).list[number - 1]);
    } else {
        lua_rawgeti(lua, list, static_cast<lua_Integer>(number));
    }
}

std::size_t count_entries(lua_State* lua, int list) {
    if (is_container(lua, list)) return container_at(lua, list).list.size();
    luaL_checktype(lua, list, LUA_TTABLE);
    return lua_rawlen(lua, list);
}

/// The answer is on top: the number of an option that is still there.
int give_chosen(lua_State* lua) {
    const auto number = static_cast<std::size_t>(lua_tointeger(lua, -1));
    if (number < 1 || number > count_entries(lua, 3)) fail(lua, "the list is no longer as it was");
    push_entry(lua, 3, number);
    return 1;
}

int choose_answered(lua_State* lua, int, lua_KContext) { return guarded<give_chosen>(lua); }

/// p:choose(prompt, list) -> entry [R E Y]
/// As ask, one of 1 to 200 entries, by number or by words; they are listed first.
int choose(lua_State* lua) {
    const Object& person = check_asked(lua, "choose");
    lua_settop(lua, 3);
    const std::size_t count = count_entries(lua, 3);
    if (count == 0 || count > max_options)
        fail(lua, "choose takes a list of 1 to 200 entries (got " + std::to_string(count) + ")");
    Question question;
    question.prompt = tell(lua, person, *text_of(lua, 2));
    question.kind = Question::Kind::choose;
    for (std::size_t number = 1; number <= count; ++number) {
        push_entry(lua, 3, number);
        const Ref<const text::Tree> shown = resolve_for(lua, *text_of(lua, lua_gettop(lua)), person.id);
        lua_pop(lua, 1);
        question.options.push_back(text::plain(*shown));
        tell(lua, person, *Text::of_data(std::to_string(number) + "  " + question.options.back()));
    }
    will_wait_for(lua, std::move(question));
    return lua_yieldk(lua, 0, 0, choose_answered);
}

/// wait(seconds) [E Y]
/// Goes on later, 0 to 3,600 seconds, unless the server restarts meanwhile: what must survive that is
/// `after`.
int wait(lua_State* lua) {
    check_may_wait(lua, "wait");
    const double seconds = luaL_checknumber(lua, 1);
    if (!(seconds >= 0 && seconds <= max_wait_seconds))
        fail(lua, "wait takes 0 to 3,600 seconds: what is longer is `after`");
    if (seconds < OwnerLimits::min_period_seconds &&
        world_of(lua).owner_limits.holds_for(author_account(lua)))
        fail(lua, "a builder's code waits at least 1 second");
    Question question;
    question.kind = Question::Kind::time;
    question.seconds = seconds;
    will_wait_for(lua, std::move(question));
    return lua_yield(lua, 0);
}

}  // namespace

void open_asking_api(lua_State* lua) { set_functions(lua, {{"wait", guarded<wait>}}); }

std::span<const Native> asking_natives() {
    static constexpr std::array<Native, 5> natives{{{"ask", guarded<ask>, Class::player},
                                                    {"ask_secret", guarded<ask_secret>, Class::player},
                                                    {"confirm", guarded<confirm>, Class::player},
                                                    {"edit", guarded<edit>, Class::player},
                                                    {"choose", guarded<choose>, Class::player}}};
    return natives;
}

}  // namespace gyre::world::script
