#pragma once

#include "engine/base/ids.hpp"
#include "world/script/runtime.hpp"
#include "world/sentence/parser.hpp"
#include "world/surroundings.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gyre::world {

class World;

/// Runs sentences as a character: finds the verbs a line may mean, and calls their methods until one does not
/// decline. Remembers for each character what "it" was, and the question that was asked last; both are
/// conversation, not world, and end with the process.
class Commands {
  public:
    /// Characters whose conversation is remembered; past it all is forgotten.
    static constexpr std::size_t max_remembered = 20'000;

    explicit Commands(World& world) : world_(world) {}
    /// Classes were loaded: which words begin a sentence may have changed.
    void classes_changed();

    /// In a transaction. Several sentences joined by `then` run in order; the first that fails ends the line,
    /// what came before stays. Refused, with a helpful sentence, when nothing fits.
    script::CallResult run(ObjectId who, std::string_view line);

    /// The same, and adds to `steps` what was tried.
    script::CallResult trace(ObjectId who, std::string_view line, std::vector<script::LineStep>& steps);

  private:
    struct Asked {
        std::string line;
        std::vector<sentence::Choice> choices;  ///< Answered so far.
        sentence::Question question;
    };
    struct Conversation {
        Pronouns pronouns;
        std::optional<Asked> asked;
    };
    /// One line being run.
    struct Run {
        Object& who;
        Conversation& conversation;
        sentence::Line& line;
        std::vector<sentence::Choice> choices;
        std::uint16_t from = 0;
    };

    script::CallResult run(Object& who, Conversation& conversation, std::string_view line);
    script::CallResult run_line(Object& who, Conversation& conversation, std::string_view line,
                                std::vector<sentence::Choice> choices);
    script::CallResult run_sentence(Run& run, std::uint16_t& end);
    bool needs_rights(Run& run) const;
    script::CallResult ask(Run& run, const sentence::Match& match, Surroundings& scope);
    script::CallResult perform(Run& run, const sentence::Parsed& parsed, std::size_t match);
    script::CallResult call_each(Run& run, const sentence::Match& match,
                                 const std::vector<sentence::Call>& calls);
    std::optional<script::CallResult> offer(Run& run, std::uint16_t& end) const;
    std::optional<script::CallResult> ask_places(Run& run, const sentence::Match& match,
                                                 const sentence::Call& call) const;
    script::CallResult call_one(Run& run, const sentence::Match& match, const sentence::Call& call,
                                const script::Budget& budget) const;
    void name_tool(Run& run, const sentence::Match& match);
    void remember(Run& run, const sentence::Match& match);
    void refer_to(Pronouns& pronouns, ObjectId id);

    World& world_;
    sentence::Vocabulary vocabulary_;
    sentence::Parser parser_{vocabulary_};
    std::unordered_map<ObjectId, Conversation> conversations_;
    int running_ = 0;                                 ///< Lines within each other.
    std::vector<script::LineStep>* steps_ = nullptr;  ///< Where to tell what is tried; null: nobody asks.
};

}  // namespace gyre::world
