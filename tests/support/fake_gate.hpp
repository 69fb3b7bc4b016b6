#pragma once

#include "world/gate.hpp"

#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gyre::test {

inline world::Ref<const world::text::Tree> tree_of(std::string_view words) {
    auto* tree = new world::text::Tree;
    tree->text = words;
    return world::Ref<const world::text::Tree>{tree};
}

inline world::Outcome outcome_of(world::Outcome::Kind kind, std::string_view words = {},
                                 BatchNumber needs = 0) {
    world::Outcome outcome;
    outcome.kind = kind;
    if (!words.empty()) outcome.text = tree_of(words);
    outcome.needs = needs;
    return outcome;
}

/// A Gate that remembers what was delivered and answers when told to, as a test says.
///
///     gate.outcome = [](const FakeGate::Call& call) { return outcome_of(Kind::refused, "No."); };
///     exchange(protocol, transport, "dance\r\n", [&] { gate.reply_all(); });
class FakeGate final : public world::Gate {
  public:
    struct Call {
        std::string service;
        SessionId session = SessionId::none;
        ObjectId actor = ObjectId::nothing;
        ObjectId target = ObjectId::nothing;
        std::string method;
        std::vector<std::string> arguments;  ///< Strings only; others as "?".
    };

    void deliver(const world::Event& event, world::Reply reply) override {
        Call call{std::string{event.service},
                  event.session,
                  event.actor,
                  event.target,
                  std::string{event.method},
                  {}};
        for (const world::Value& argument : event.arguments) {
            const bool is_string = argument.tag() == world::Value::Tag::string;
            call.arguments.push_back(is_string ? std::string{argument.string()} : "?");
        }
        calls.push_back(call);
        pending_.emplace_back(std::move(call), std::move(reply));
    }

    [[nodiscard]] Asks asks(SessionId, ObjectId) const override { return asking; }

    /// Answers everything that waits, in order.
    void reply_all() {
        while (!pending_.empty()) reply_next();
    }
    /// Answers the oldest call. Precondition: waiting() > 0.
    void reply_next() {
        auto [call, reply] = std::move(pending_.front());
        pending_.pop_front();
        reply(outcome ? outcome(call) : world::Outcome{});
    }
    [[nodiscard]] std::size_t waiting() const { return pending_.size(); }

    /// The lines delivered so far: the first argument of each call.
    [[nodiscard]] std::vector<std::string> lines() const {
        std::vector<std::string> all;
        for (const Call& call : calls) all.push_back(call.arguments.empty() ? "" : call.arguments.front());
        return all;
    }

    std::vector<Call> calls;
    Asks asking = Asks::nothing;
    std::function<world::Outcome(const Call& call)> outcome;  ///< Empty: done.

  private:
    std::deque<std::pair<Call, world::Reply>> pending_;
};

}  // namespace gyre::test
