#pragma once

#include "world/sentence/parser.hpp"

#include <optional>
#include <span>
#include <vector>

namespace gyre::world::sentence {

/// One search for the verbs that a sentence may mean: private to the parser.
class Search {
  public:
    Search(const Line& line, std::size_t from, Scope& scope, std::span<const Choice> choices)
        : line_(line),
          from_(from),
          word_(line.word(from)),
          scope_(scope),
          choices_(choices),
          nouns_(line, scope, choices),
          matcher_(line, from, scope, nouns_) {}

    void run(const Vocabulary::Entry& known, Parsed& into);

  private:
    /// A fit of a pattern with `this`, kept because many things in reach share their verbs.
    struct Named {
        const Pattern* pattern;
        Reach reach;
        std::optional<Fit> fit;
        std::vector<const Class*> classes;  ///< Of the phrase's objects, in its order.
    };

    void add_plain(VerbSource source, Match::Rank rank);
    void add_named();
    void add_tools();
    void add_tool(const Class& of, const Verb& verb);
    void add_named(const Class& of, const Verb& verb);
    void find_counted(const Class& of, Match& match);
    void add(const Class& of, const Verb& verb, const Fit& fit, Match match);

    template <class Visit>
    void each_verb(const Class& of, Visit&& visit);
    [[nodiscard]] std::vector<const Class*> named_classes();
    [[nodiscard]] bool has_one() const;
    void collect_special(std::vector<const Class*>& classes);
    [[nodiscard]] const Class* class_of(ObjectId object);
    std::vector<const Class*> classes_named(std::size_t number);
    const Named& named_fit(const Verb& verb);
    std::size_t group_of(std::size_t phrase);

    const Line& line_;
    std::size_t from_;
    VerbWord word_;
    Scope& scope_;
    std::span<const Choice> choices_;
    Nouns nouns_;
    Matcher matcher_;
    std::vector<Named> named_;
    Parsed* parsed_ = nullptr;
};

}  // namespace gyre::world::sentence
