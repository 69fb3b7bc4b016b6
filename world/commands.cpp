#include "world/commands.hpp"

#include "world/command_arguments.hpp"
#include "world/place_rules.hpp"
#include "world/sentence/reason.hpp"
#include "world/world.hpp"

#include <algorithm>
#include <utility>

namespace gyre::world {

namespace {

using script::CallResult;

CallResult refuse(Ref<Text> text) {
    CallResult result;
    result.kind = CallResult::Kind::refused;
    result.text = std::move(text);
    return result;
}

CallResult refuse(std::string_view words) { return refuse(Text::of_data(words)); }

/// "{it}: {why}", for one of several things.
Ref<Text> about(ObjectId it, const Ref<Text>& why) {
    static const text::Template& words = *text::compile("{it}: {why}").value();
    Ref<Text> reason = why ? why : Text::of_data("That does not work.");
    return Text::of_template(words, {{"it", Value{it}}, {"why", Value{std::move(reason)}}});
}

/// What stands before `this` in the part of a pattern that was left out: "from" of "buy word [from this]".
std::string_view word_before_this(std::string_view pattern) {
    const std::size_t end = pattern.rfind(" this]");
    if (end == std::string_view::npos) return "with";
    const std::size_t begin = pattern.find_last_of("[ ", end - 1) + 1;
    const std::string_view words = pattern.substr(begin, end - begin);
    return words.substr(0, words.find('|'));
}

}  // namespace

void Commands::classes_changed() { vocabulary_.rebuild(world_.classes); }

CallResult Commands::run(ObjectId id, std::string_view line) {
    Object* who = world_.objects.living(id);
    if (who == nullptr) return refuse("You are no longer in the world.");
    // Within another line (person:command) somebody still holds his conversation.
    if (running_ == 0 && conversations_.size() >= max_remembered && !conversations_.contains(id))
        conversations_.clear();
    Conversation& conversation = conversations_[id];
    ++running_;
    CallResult result = run(*who, conversation, line);
    --running_;
    return result;
}

CallResult Commands::trace(ObjectId who, std::string_view line, std::vector<script::LineStep>& steps) {
    std::vector<script::LineStep>* const outer = std::exchange(steps_, &steps);
    const Conversation before = conversations_[who];
    CallResult result = run(who, line);
    conversations_[who] = before;  // What it asked is not to be answered, and "it" is what it was.
    steps_ = outer;
    return result;
}

CallResult Commands::run(Object& who, Conversation& conversation, std::string_view line) {
    if (!conversation.asked) return run_line(who, conversation, line, {});
    // The line may be the answer to what was asked; else it is a new one, and the question is gone.
    Asked asked = std::move(*conversation.asked);
    conversation.asked.reset();
    Surroundings scope(world_, who, conversation.pronouns);
    const std::optional<sentence::Choice> choice = sentence::answer(asked.question, line, scope);
    if (!choice) return run_line(who, conversation, line, {});
    asked.choices.push_back(*choice);
    return run_line(who, conversation, asked.line, std::move(asked.choices));
}

CallResult Commands::run_line(Object& who, Conversation& conversation, std::string_view source,
                              std::vector<sentence::Choice> choices) {
    Result<sentence::Line> read = sentence::Line::read(source);
    if (!read) return refuse("That is too long for one sentence: more than 1,024 words and commas.");
    sentence::Line line = std::move(read).value();
    if (line.size() == 0) return {};
    Run run{who, conversation, line, std::move(choices)};
    for (;;) {
        const Transaction::Savepoint before = world_.transaction.savepoint();
        const bool is_first = run.from == 0;
        std::uint16_t end = 0;
        CallResult result = run_sentence(run, end);
        const bool is_no =
            result.kind == CallResult::Kind::refused || result.kind == CallResult::Kind::declined;
        if (is_no && !is_first) {  // What the sentences before it did stays done.
            world_.transaction.rollback_to(before);
            const auto words =
                text::resolve(*(result.text ? result.text : Text::of_data("That does not work.")), who.id,
                              world_.perception);
            if (words) world_.transaction.tell(who.id, words.value());
            return {};
        }
        if (result.kind != CallResult::Kind::done || !who.alive()) return result;
        run.from = line.next_sentence(end);
        if (run.from >= line.size()) return result;
    }
}

CallResult Commands::run_sentence(Run& run, std::uint16_t& end) {
    Surroundings scope(world_, run.who, run.conversation.pronouns);
    const sentence::Parsed parsed = parser_.parse(run.line, run.from, scope, run.choices);
    Ref<Text> why_declined;
    for (std::size_t index = 0; index < parsed.matches.size(); ++index) {
        const sentence::Match& match = parsed.matches[index];
        end = match.end;
        if (match.question) return ask(run, match, scope);
        const Transaction::Savepoint before = world_.transaction.savepoint();
        CallResult result = perform(run, parsed, index);
        const bool went_well =
            result.kind == CallResult::Kind::done || result.kind == CallResult::Kind::waiting;
        if (went_well) remember(run, match);
        if (result.kind != CallResult::Kind::declined) return result;
        world_.transaction.rollback_to(before);
        if (!why_declined) why_declined = std::move(result.text);
    }
    if (why_declined) return refuse(std::move(why_declined));
    if (needs_rights(run)) return refuse(rights_are_off());
    if (std::optional<CallResult> taken = offer(run, end)) return std::move(*taken);
    const sentence::Reason reason = sentence::explain(run.line, run.from, scope, vocabulary_);
    return refuse(reason.text);
}

/// Whether a wizard would be understood if his rights were on.
bool Commands::needs_rights(Run& run) const {
    const bool are_off = world_.role_of(run.who.id) != world_.rights_of(run.who.id);
    if (!are_off) return false;
    Surroundings scope(world_, run.who, run.conversation.pronouns);
    scope.suppose_rights();
    const sentence::Parsed parsed = parser_.parse(run.line, run.from, scope, run.choices);
    return std::ranges::any_of(parsed.matches, [](const sentence::Match& match) {
        return match.verb != nullptr && role_named(match.verb->role) == Role::wizard;
    });
}

/// What is no sentence may still mean something to the actor, such as a line for a channel: the rest of the
/// line is offered to its `not_understood`. Nullopt: it means nothing there either.
std::optional<CallResult> Commands::offer(Run& run, std::uint16_t& end) const {
    const Atom method = world_.atoms.find("not_understood");
    if (!world_.runtime->has_method(run.who.id, method)) return std::nullopt;
    const Transaction::Savepoint before = world_.transaction.savepoint();
    const Value line{run.line.text({run.from, run.line.size()})};
    CallResult result = world_.runtime->call(run.who.id, method, {&line, 1}, script::Budget::of_player());
    if (result.kind == CallResult::Kind::declined) {
        world_.transaction.rollback_to(before);
        return std::nullopt;
    }
    end = run.line.size();
    return result;
}

CallResult Commands::ask(Run& run, const sentence::Match& match, Surroundings& scope) {
    const sentence::Reason reason = sentence::ask(run.line, *match.question, scope);
    const std::string_view sentence = run.line.text({run.from, run.line.size()});
    run.conversation.asked = Asked{std::string{sentence}, run.choices, *match.question};
    return refuse(reason.text);
}

CallResult Commands::perform(Run& run, const sentence::Parsed& parsed, std::size_t index) {
    const sentence::Match& match = parsed.matches[index];
    if (match.tool) name_tool(run, match);
    const std::vector<sentence::Call> calls = parsed.calls(index);
    if (calls.size() == 1 && calls.front().about == ObjectId::nothing) {
        script::Budget budget = script::Budget::of_player();
        budget.may_wait = true;
        return call_one(run, match, calls.front(), budget);
    }
    return call_each(run, match, calls);
}

/// Several things: each in its own savepoint, and what is refused is listed by thing.
CallResult Commands::call_each(Run& run, const sentence::Match& match,
                               const std::vector<sentence::Call>& calls) {
    std::string last_refusal;
    for (const sentence::Call& call : calls) {
        const Transaction::Savepoint before = world_.transaction.savepoint();
        CallResult result = call.verb != nullptr ? call_one(run, match, call, script::Budget::of_player())
                                                 : refuse("That does not work.");
        if (result.kind == CallResult::Kind::done) continue;
        const bool is_fault =
            result.kind == CallResult::Kind::failed || result.kind == CallResult::Kind::over_budget;
        if (is_fault) return result;
        if (calls.size() == 1) return result;  // It need not be said of what.
        world_.transaction.rollback_to(before);
        const auto words = text::resolve(*about(call.about, result.text), run.who.id, world_.perception);
        if (!words || words.value()->text == last_refusal) continue;  // Of equal things it is said once.
        last_refusal = words.value()->text;
        world_.transaction.tell(run.who.id, words.value());
    }
    return {};
}

/// What the places around the actor say to it first; nullopt: nothing against it.
std::optional<CallResult> Commands::ask_places(Run& run, const sentence::Match& match,
                                               const sentence::Call& call) const {
    const std::vector<PlaceRule> rules = rules_on(world_, run.who, *call.verb);
    if (rules.empty()) return std::nullopt;
    for (const PlaceRule& rule : rules) {
        if (steps_ != nullptr)
            steps_->push_back({true, rule.place, nullptr, rule.method, CallResult::Kind::done, {}});
    }
    const std::vector<Value> arguments =
        rule_arguments(run.who.id, match, call, world_.atoms.name(call.verb->method));
    std::optional<CallResult> instead = ask_rules(world_, rules, arguments);
    if (!instead && !run.who.alive()) return CallResult{};
    return instead;
}

CallResult Commands::call_one(Run& run, const sentence::Match& match, const sentence::Call& call,
                              const script::Budget& budget) const {
    if (auto instead = ask_places(run, match, call)) return std::move(*instead);
    std::vector<Value> arguments = method_arguments(run.who.id, call);
    const Object* object = world_.objects.living(call.object);
    if (object == nullptr) return refuse("That is gone.");
    if (world_.runtime->takes_more(call.object, call.verb->method, arguments.size())) {
        arguments.push_back(how(match, world_.atoms.name(call.verb->method)));
    }
    CallResult result = world_.runtime->call(call.object, call.verb->method, arguments, budget);
    if (steps_ != nullptr)
        steps_->push_back({false, call.object, call.verb, call.verb->method, result.kind, result.text});
    return result;
}

void Commands::name_tool(Run& run, const sentence::Match& match) {
    static const text::Template& words = *text::compile("({how} {the it})").value();
    const Value how{word_before_this(match.verb->pattern->source)};
    const Ref<Text> text = Text::of_template(words, {{"how", how}, {"it", Value{match.object}}});
    const auto tree = text::resolve(*text, run.who.id, world_.perception);
    if (tree) world_.transaction.tell(run.who.id, tree.value());
}

/// "it" is the last thing named, "her" the last woman.
void Commands::remember(Run& run, const sentence::Match& match) {
    Pronouns& pronouns = run.conversation.pronouns;
    for (const sentence::Argument& argument : match.arguments) {
        if (argument.kind == sentence::Argument::Kind::object) refer_to(pronouns, argument.object);
        if (argument.kind == sentence::Argument::Kind::objects) pronouns.them = argument.objects;
    }
    if (match.rank == sentence::Match::Rank::named && !match.tool) refer_to(pronouns, match.object);
}

void Commands::refer_to(Pronouns& pronouns, ObjectId id) {
    Object* object = world_.objects.living(id);
    if (object == nullptr) return;
    const std::string_view kind = world_.string(*object, atom(atoms::pronouns));
    if (kind == "he") {
        pronouns.him = {id};
    } else if (kind == "she") {
        pronouns.her = {id};
    } else if (kind == "they" || world_.flag(*object, atom(atoms::plural))) {
        pronouns.them = {id};
        // Of somebody who has not said so one speaks by either word.
        if ((object->of->kinds & Class::person) != 0) pronouns.him = pronouns.her = {id};
    } else {
        pronouns.it = {id};
    }
}

}  // namespace gyre::world
