#pragma once

#include "world/sentence/noun_index.hpp"
#include "world/sentence/pattern.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace gyre::world::sentence {

/// The player's answer to a question about an earlier reading of the same line.
struct Choice {
    Span words;  ///< The noun that fitted several; empty: the tool that was not named.
    ObjectId object = ObjectId::nothing;
};

/// What a noun phrase means.
struct Phrase {
    enum class State : std::uint8_t {
        found,
        empty,         ///< There are no words.
        unseen,        ///< Nothing perceived fits.
        out_of_reach,  ///< `objects` fit, but the verb does not reach them.
        nothing        ///< `all`, and there is nothing to which that could refer.
    };
    State state = State::empty;
    bool many = false;                  ///< Plural, list or `all`: the objects are meant together.
    bool all = false;                   ///< "all", without a noun.
    Span failed;                        ///< unseen, out_of_reach: the words at fault.
    std::vector<ObjectId> objects;      ///< In order of the phrase, nearest first.
    std::vector<std::int64_t> amounts;  ///< By object, how many of a heap: "3 coins and a mug"; 0: all. Or
                                        ///< empty: all of each.
    Span unclear;                   ///< Not empty: these words fit several objects, and one must be chosen:
    std::vector<ObjectId> fitting;  ///< these. `objects` holds the nearest of them for now. Without
                                    ///< `unclear`, heaps of which any would do.

    [[nodiscard]] static Phrase failure(State state, Span words);
    [[nodiscard]] static Phrase single(ObjectId object);
    [[nodiscard]] static Phrase together(const std::vector<const Candidate*>& found);
};

/// What a noun behind a `number` slot means: a heap, some of which is asked for.
enum class Heaps : std::uint8_t {
    any,      ///< No number: a heap is one thing like any other.
    counted,  ///< "three coins": a heap and nothing else.
    one       ///< "coin", "the coin": one of a heap of several.
};

/// Reads noun phrases: articles, adjectives, ordinals, counts, possessives, pronouns, #ids, plurals, lists,
/// `all`, `all but`. Each phrase of a line is read once for each kind of slot.
class Nouns {
  public:
    /// A list of objects is cut here; what is left can be named by the same words again.
    static constexpr std::size_t max_objects = 200;
    /// A longer phrase means nothing.
    static constexpr std::size_t max_words = 64;
    /// So many candidates are compared with the phrases of one line; past them nothing is found any more.
    static constexpr std::size_t max_looks = 100'000;

    Nouns(const Line& line, Scope& scope, std::span<const Choice> choices)
        : index_(line, scope), line_(line), scope_(scope), choices_(choices) {}

    /// Number of the phrase made of these tokens in a slot of this kind. `this` is read like `thing`.
    std::size_t find(Span words, Element::Kind slot, Reach reach, Heaps heaps = Heaps::any);
    [[nodiscard]] const Phrase& operator[](std::size_t number) const { return known_[number].phrase; }
    [[nodiscard]] Span words_of(std::size_t number) const { return known_[number].words; }

    /// What a phrase that was found means of what is inside `place` alone: "2 coins" of "2 coins from the
    /// box".
    [[nodiscard]] Phrase inside(std::size_t number, ObjectId place);
    [[nodiscard]] NounIndex& index() { return index_; }
    [[nodiscard]] const Candidate* candidate(ObjectId id) { return index_.find(id); }
    /// Candidates compared with phrases so far.
    [[nodiscard]] std::size_t looks() const { return looks_; }
    /// Removes articles in front.
    [[nodiscard]] Span without_articles(Span words) const;

  private:
    /// Which candidates count.
    struct Domain {
        Element::Kind slot = Element::Kind::thing;
        Reach reach = Reach::touch;
        Heaps heaps = Heaps::any;
        bool other = false;  ///< Of a verb's `thing`: what is in hand is hardly meant by "all" or "coins".
        friend bool operator==(const Domain&, const Domain&) = default;
        [[nodiscard]] bool has(const Candidate& candidate) const;
        [[nodiscard]] bool reaches(const Candidate& candidate) const;
        [[nodiscard]] bool offers(const Candidate& candidate) const;        ///< To `all`.
        [[nodiscard]] bool offers_inner(const Candidate& candidate) const;  ///< To "all in the box".
    };
    static constexpr std::uint32_t none = ~std::uint32_t{0};
    struct Known {
        Span words;
        Domain domain;
        Phrase phrase;
        std::uint32_t next = none;  ///< Another that begins with the same token.
    };
    /// What stands before the noun.
    struct Head {
        Span noun;  ///< What is left: adjectives and noun.
        bool all = false;
        bool any = false;
        bool mine = false;
        std::int64_t which = 0;  ///< Ordinal; -1 is the last; 0: none.
        std::int64_t count = 0;  ///< 0: none.
        Span owner;              ///< The word with the possessive, if any.
    };

    using Found = std::vector<const Candidate*>;
    struct Sorted {
        Found exact;         ///< The noun itself fits.
        Found plural;        ///< Its plural does.
        Found out_of_reach;  ///< Either, but too far away.
    };

    Phrase read_for(Span words, Domain domain);
    Phrase read(Span words, Domain domain);
    Phrase but(Phrase phrase, Span words, Domain domain);
    Phrase in_sight(Span words);
    Phrase read_list(Span words, Domain domain);
    Phrase read_part(Span words, Domain domain);
    Phrase read_player(Span words);
    [[nodiscard]] ObjectId find_player(std::string_view word) const;
    Phrase read_listed(Span words, Domain domain);
    Phrase read_inside(Span words, Domain domain);
    [[nodiscard]] bool is_elsewhere(const Candidate& candidate) const;
    bool read_chosen(Span words, Phrase& phrase) const;
    bool read_single(Span words, Domain domain, Phrase& phrase);
    Phrase read_id(Span words, Domain domain);
    [[nodiscard]] Head read_head(Span words) const;
    bool read_modifier(std::uint16_t at, bool more, Head& head) const;
    void read_number_behind(Head& head) const;
    Phrase read_all(Span words, Domain domain);
    Phrase read_noun(Span words, const Head& head, Domain domain);
    [[nodiscard]] static Phrase select(Found& found, Span words, const Head& head, bool plural);
    [[nodiscard]] static Phrase heap_of(Found& found, Domain domain);
    [[nodiscard]] Phrase bound(std::span<const ObjectId> objects, Span words, Domain domain);

    Sorted find_noun(const Head& head, Domain domain);
    [[nodiscard]] unsigned fit(NounIndex::Row row, Span noun) const;
    [[nodiscard]] bool owned(const Candidate& candidate, const Head& head);

    NounIndex index_;
    const Line& line_;
    Scope& scope_;
    std::span<const Choice> choices_;
    std::vector<Known> known_;
    std::vector<std::uint32_t> known_from_;  ///< By token, the phrase begun with it that was read last.
    std::size_t looks_ = 0;
    const std::vector<ObjectId>* within_ = nullptr;  ///< "the lamp in the box": only what is in one of these.
};

}  // namespace gyre::world::sentence
