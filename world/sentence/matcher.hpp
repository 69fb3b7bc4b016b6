#pragma once

#include "world/sentence/line.hpp"
#include "world/sentence/nouns.hpp"
#include "world/sentence/pattern.hpp"
#include "world/sentence/scope.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace gyre::world::sentence {

/// What one element of a pattern took from the line.
struct Binding {
    Element::Kind kind = Element::Kind::words;
    Span words;
    std::size_t phrase = 0;   ///< Nouns: number in Nouns.
    std::int64_t number = 0;  ///< Element::Kind::number.
    std::string_view text;    ///< direction, word and text; of a literal: the head of its group, or empty.
};

/// How a pattern fits a sentence.
struct Fit {
    int literals = 0;  ///< Literal words and groups matched.
    int weight = 0;    ///< Precise slots weigh more; decides between variants of one pattern.
    bool tool = false;
    std::uint16_t end = 0;             ///< The sentence ended here.
    std::optional<std::size_t> named;  ///< The phrase that `this` took.
    std::vector<Binding> bindings;     ///< In order; Kind::missing as left out (but not `this`).
};

/// Why no variant fitted: the attempt that came furthest.
struct Obstacle {
    enum class Kind : std::uint8_t { none, too_many_words, literal, direction, number, player, noun, end };
    Kind kind = Kind::none;
    std::uint16_t at = 0;             ///< The token where it failed.
    Span words;                       ///< noun, player, direction: what was tried.
    std::size_t phrase = 0;           ///< noun: number in Nouns.
    const Element* wanted = nullptr;  ///< The element that found nothing;
    const Element* then = nullptr;    ///< the one behind it, if any.
    std::vector<Binding> bindings;    ///< What had been understood by then.
};

/// Fits patterns to one sentence of a line.
class Matcher {
  public:
    /// Steps that all patterns together may take for one sentence; past them nothing fits any more.
    static constexpr int max_steps = 20'000;
    /// Words looked at for the end of a text are a step.
    static constexpr std::size_t words_a_step = 16;
    /// How the object whose verb this is may come in.
    enum class Use : std::uint8_t {
        plain,  ///< No `this` in the pattern.
        named,  ///< The sentence names it.
        tool,   ///< It stands in a bracket that was left out.
        any     ///< Whichever fits: for explanations.
    };

    Matcher(const Line& line, std::size_t from, Scope& scope, Nouns& nouns)
        : line_(line), from_(from), scope_(scope), nouns_(nouns) {}

    /// The best variant; nullptr if none fits. Valid until the next call.
    const Fit* match(const Pattern& pattern, Reach reach, Use use);
    /// From now on failures are written here if they came further than what it holds.
    void observe(Obstacle& obstacle) { obstacle_ = &obstacle; }
    /// Taken so far.
    [[nodiscard]] int steps() const { return steps_; }

  private:
    void step(std::size_t element, std::size_t at);
    void step_words(std::size_t element, std::size_t at);
    void step_noun(std::size_t element, std::size_t at);
    void step_direction(std::size_t element, std::size_t at);
    void step_number(std::size_t element, std::size_t at);
    void step_word(std::size_t element, std::size_t at);
    void step_text(std::size_t element, std::size_t at);
    void step_missing(std::size_t element, std::size_t at);
    void finish(std::size_t at);
    static void move_person_back(Fit& fit);
    static void add_to(Fit& fit);
    void take(std::size_t element, Binding binding, int weight);

    [[nodiscard]] Heaps heaps_behind(std::size_t element) const;
    [[nodiscard]] const Element* element_after(std::size_t element) const;
    [[nodiscard]] std::size_t literal_length(const std::vector<std::string>& words, std::size_t at) const;
    [[nodiscard]] bool literal_at(const Element& element, std::size_t at) const;
    template <class Try>
    void each_end(std::size_t element, Span room, std::size_t longest, Try&& attempt);
    void failed(Obstacle::Kind kind, std::size_t element, Span words, std::size_t phrase = 0);

    const Line& line_;
    std::size_t from_;
    Scope& scope_;
    Nouns& nouns_;
    Obstacle* obstacle_ = nullptr;
    int steps_ = 0;

    const Pattern::Variant* variant_ = nullptr;
    Reach reach_ = Reach::touch;
    Use use_ = Use::plain;
    Fit trial_;
    Fit best_;
    bool fits_ = false;
};

}  // namespace gyre::world::sentence
