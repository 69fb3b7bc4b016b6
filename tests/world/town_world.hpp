#pragma once

#include "tests/support/fake_clock.hpp"
#include "world/calls.hpp"
#include "world/commands.hpp"
#include "world/library.hpp"
#include "world/logins.hpp"
#include "world/residents.hpp"
#include "world/world.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <deque>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

namespace gyre::world::test {

/// Runs jobs when told to, in order.
class HandJobs final : public Jobs {
  public:
    std::optional<std::size_t> submit(std::string_view source, std::function<void()> work,
                                      std::function<void()> finished) override {
        if (queue.size() >= limit) return std::nullopt;
        sources.emplace_back(source);
        queue.push_back([work = std::move(work), finished = std::move(finished)] {
            work();
            finished();
        });
        return queue.size() - 1;
    }
    [[nodiscard]] Ticket last_ticket() const override { return 0; }
    [[nodiscard]] std::size_t ahead_of(Ticket) const override { return 0; }
    void run_one() {
        const auto job = std::move(queue.front());
        queue.pop_front();
        job();
    }
    std::deque<std::function<void()>> queue;
    std::vector<std::string> sources;
    std::size_t limit = 64;
};

/// No cryptography at all, and it counts.
class PlainSecrets final : public Secrets {
  public:
    std::string hash_password(std::string_view password) const override {
        return "hash:" + std::string{password};
    }
    bool password_matches(std::string_view password, std::string_view hash) const override {
        ++checks;
        return hash == "hash:" + std::string{password};
    }
    std::string decoy_hash() const override { return "none"; }
    std::string remember(std::string_view data) const override { return "memory:" + std::string{data}; }
    /// As many digits as SHA-256 has.
    std::string digest(std::string_view secret) const override {
        return fmt::format("{:064x}", std::hash<std::string_view>{}(secret));
    }
    bool equal(std::string_view left, std::string_view right) const override { return left == right; }
    std::string random_bytes(std::size_t count) const override { return std::string(count, 'x'); }
    mutable int checks = 0;
};

/// A session that keeps what it is told.
class Ear : public Subscriber {
  public:
    void told(const text::Tree& tree, BatchNumber needs) override {
        lines.push_back(text::plain(tree));
        marks.push_back(needs);
    }
    void detached(const text::Tree& why, BatchNumber) override {
        lines.push_back("detached: " + text::plain(why));
    }
    [[nodiscard]] SessionFacts facts() const override {
        SessionFacts facts;
        facts.id = id;
        facts.service = "test";
        return facts;
    }
    SessionId id = SessionId::none;
    /// What was told since the last time, joined by '|'.
    std::string heard() {
        std::string all;
        for (const std::string& line : lines) all += (all.empty() ? "" : "|") + line;
        lines.clear();
        marks.clear();
        return all;
    }
    std::vector<std::string> lines;
    std::vector<BatchNumber> marks;
};

/// The demo world in memory, wired as the server wires it, with a store that only counts.
class TownWorld {
  public:
    explicit TownWorld(const std::string& scripts = "town")
        : library(world, read_core(), "scripts/" + scripts) {
        const auto faults = library.load({});
        for (const auto& fault : faults) UNSCOPED_INFO(fault.message);
        REQUIRE(faults.empty());
        commands.classes_changed();
    }

    /// A character with a session; hears from now on.
    ObjectId player(const std::string& name, Ear& ear) {
        BatchNumber needs = 0;
        const Result<ObjectId> made = residents.create_with_hash(name, "hash:secret1", needs);
        REQUIRE(made.ok());
        residents.attach(made.value(), ear);
        settle();
        ear.heard();
        return made.value();
    }
    /// Types a line; how that ended.
    Outcome types(ObjectId who, const std::string& line) {
        const std::vector<Value> arguments{Value{line}};
        Outcome outcome;
        bool answered = false;
        calls.deliver({"test", SessionId::none, who, who, "command", arguments}, [&](const Outcome& given) {
            outcome = given;
            answered = true;
        });
        REQUIRE_FALSE(answered);
        settle();
        REQUIRE(answered);
        return outcome;
    }
    /// Logs in; the answer once the jobs have run.
    LoginResult log_in(const Caller& caller, const char* name, const char* password) {
        return answer_of([&](const auto& reply) { residents.log_in(caller, name, password, {}, reply); });
    }
    /// What `ask` is told once the jobs have run; not before.
    template <class Ask>
    LoginResult answer_of(Ask&& ask) {
        LoginResult result;
        bool answered = false;
        ask([&](const LoginResult& given) {
            result = given;
            answered = true;
        });
        REQUIRE_FALSE(answered);
        while (!jobs.queue.empty()) jobs.run_one();
        settle();
        REQUIRE(answered);
        return result;
    }
    /// All that was deferred.
    void settle() {
        while (!deferred.empty()) {
            const auto next = std::move(deferred.front());
            deferred.pop_front();
            next();
        }
    }
    /// Seals the open batch and reports it durable.
    void commit() {
        ledger.seal();
        ledger.committed(submitted);
    }

    gyre::test::FakeClock clock;
    BatchNumber submitted = 0;
    Ledger ledger{0, [this](Batch batch) { submitted = batch.number; }};
    World world{ledger, clock};
    std::deque<std::function<void()>> deferred;
    std::function<void(std::function<void()>)> defer = [this](std::function<void()> action) {
        deferred.push_back(std::move(action));
    };
    HandJobs jobs;
    PlainSecrets secrets;
    Logins logins{jobs, secrets, clock};
    Commands commands{world};
    Calls calls{world, commands, defer};
    Residents residents{world, calls, logins, secrets, defer};
    Library library;

  private:
    static std::vector<Library::BuiltIn>& read_core() {
        static std::vector<std::string> kept;
        static std::vector<Library::BuiltIn> core;
        if (!core.empty()) return core;
        kept.reserve(1000);
        for (const auto& entry : std::filesystem::directory_iterator("scripts/core")) {
            std::ostringstream source;
            source << std::ifstream(entry.path()).rdbuf();
            kept.push_back(entry.path().stem().string());
            const std::string& name = kept.back();
            kept.push_back(source.str());
            core.push_back({name, kept.back()});
        }
        return core;
    }
};

}  // namespace gyre::world::test
