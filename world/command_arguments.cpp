#include "world/command_arguments.hpp"

#include "world/container.hpp"

#include <utility>

namespace gyre::world {

namespace {

Value as_value(const sentence::Argument& argument) {
    switch (argument.kind) {
        case sentence::Argument::Kind::nil:
            return {};
        case sentence::Argument::Kind::object:
            return Value{argument.object};
        case sentence::Argument::Kind::objects:
            return argument.objects.empty() ? Value{} : Value{argument.objects.front()};
        case sentence::Argument::Kind::text:
            return Value{argument.text};
        case sentence::Argument::Kind::integer:
            return Value{argument.integer};
    }
    return {};
}

/// What it is done to: what stands for `this`, else the first thing named.
Value target(const sentence::Match& match, const sentence::Call& call) {
    using Rank = sentence::Match::Rank;
    if (match.rank == Rank::named || match.rank == Rank::tool) return Value{call.object};
    for (const sentence::Argument& argument : call.arguments) {
        Value value = as_value(argument);
        if (value.tag() == Value::Tag::object) return value;
    }
    return {};
}

void add_slots(std::vector<Value>& arguments, const sentence::Call& call) {
    for (const sentence::Argument& argument : call.arguments) arguments.push_back(as_value(argument));
}

}  // namespace

std::vector<Value> method_arguments(ObjectId actor, const sentence::Call& call) {
    std::vector<Value> arguments;
    arguments.reserve(call.arguments.size() + 2);  // `how` may follow.
    arguments.emplace_back(actor);
    add_slots(arguments, call);
    return arguments;
}

Value how(const sentence::Match& match, std::string_view action) {
    // The keys are in order.
    Ref<Container> table = make_ref<Container>();
    table->kind = Container::Kind::map;
    table->map.reserve(4);
    table->map.push_back({Value{"action"}, Value{action}});
    table->map.push_back({Value{"line"}, Value{match.line}});
    if (!match.preposition.empty()) table->map.push_back({Value{"preposition"}, Value{match.preposition}});
    table->map.push_back({Value{"verb"}, Value{match.word}});
    return Value{std::move(table)};
}

std::vector<Value> rule_arguments(ObjectId actor, const sentence::Match& match, const sentence::Call& call,
                                  std::string_view action) {
    std::vector<Value> arguments{Value{actor}, target(match, call), how(match, action)};
    add_slots(arguments, call);
    return arguments;
}

}  // namespace gyre::world
