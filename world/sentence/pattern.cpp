// A pattern is read into a small tree (brackets nest), and the tree is unfolded into one flat variant for
// each choice of brackets. The alternative, matching the tree itself, would make each sentence pay for what
// can be done once at load; 64 variants are far more than any honest verb has.

#include "world/sentence/pattern.hpp"

#include "engine/base/ascii.hpp"
#include "world/sentence/words.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <utility>

namespace gyre::world::sentence {
namespace {

using Kind = Element::Kind;

struct Node {
    Element element;
    std::vector<Node> bracket;  ///< Not empty: this is a bracket and `element` is unused.
};

constexpr std::array<std::pair<std::string_view, Kind>, 9> slots{{{"this", Kind::this_},
                                                                  {"thing", Kind::thing},
                                                                  {"held", Kind::held},
                                                                  {"person", Kind::person},
                                                                  {"player", Kind::player},
                                                                  {"direction", Kind::direction},
                                                                  {"number", Kind::number},
                                                                  {"word", Kind::word},
                                                                  {"text", Kind::text}}};

std::optional<Kind> slot_kind(std::string_view token) {
    for (const auto& [name, kind] : slots) {
        if (name == token) return kind;
    }
    return std::nullopt;
}

bool looks_like_a_slot(std::string_view token) {
    return token == "any" || token == "object" || token == "someone";
}

bool is_literal(std::string_view word) {
    return std::all_of(word.begin(), word.end(), [](char c) {
        return ascii::is_small(c) || ascii::is_digit(c) || c == '\'' || c == '-';
    });
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (std::size_t end = text.find(separator); end != std::string_view::npos; end = text.find(separator)) {
        parts.push_back(text.substr(0, end));
        text.remove_prefix(end + 1);
    }
    parts.push_back(text);
    return parts;
}

std::vector<std::string> split_words(std::string_view phrase) {
    const auto parts = split(phrase, ' ');
    return {parts.begin(), parts.end()};
}

std::size_t length_of(const std::vector<std::string>& alternative) {
    std::size_t length = alternative.size();
    for (const std::string& word : alternative) length += word.size();
    return length;
}

/// Whether a noun may follow this slot without a word between them: its end is plain.
bool ends_by_itself(Kind kind) {
    return kind == Kind::direction || kind == Kind::number || kind == Kind::word;
}

bool may_follow_a_noun(Kind kind) { return kind == Kind::text || kind == Kind::number || kind == Kind::word; }

/// A number before a noun need not be said: "drop coin" is one of them.
bool may_be_nothing(const Pattern::Variant& variant, const Element& element) {
    if (element.kind != Kind::number || &element == &variant.back()) return false;
    const Kind next = (&element)[1].kind;
    return next == Kind::this_ || next == Kind::thing || next == Kind::held;
}

bool is_to(const Element& element) {
    return element.kind == Kind::words &&
           std::ranges::any_of(element.words, [](const auto& each) { return each.front() == "to"; });
}

/// Whether it is of the form "give [number] held to person".
bool is_gift(const Pattern::Variant& variant) {
    const std::size_t size = variant.size();
    const bool has_number = size == 5 && variant[1].kind == Kind::number;
    if (size != 4 && !has_number) return false;
    const Kind given = variant[size - 3].kind;
    const bool is_thing = given == Kind::held || given == Kind::thing || given == Kind::this_;
    return is_thing && is_to(variant[size - 2]) && variant.back().kind == Kind::person;
}

/// "give bob the lamp" for "give held to person".
Pattern::Variant with_person_first(const Pattern::Variant& gift) {
    Pattern::Variant shifted{gift.front(), gift.back()};
    shifted.back().moved = true;
    shifted.insert(shifted.end(), gift.begin() + 1, gift.end() - 2);
    return shifted;
}

/// "give the lamp bob".
Pattern::Variant without_to(const Pattern::Variant& gift) {
    Pattern::Variant shortened{gift};
    shortened.erase(shortened.end() - 2);
    shortened.back().bare = true;
    return shortened;
}

class Compiler {
  public:
    explicit Compiler(std::string_view source) : source_(source) { tokenize(); }

    Result<std::shared_ptr<const Pattern>> compile() {
        if (source_.size() > Pattern::max_length)
            fail("longer than " + std::to_string(Pattern::max_length) + " bytes");
        std::vector<Node> tree;
        if (ok() && parse(tree, false)) unfold(tree);
        for (const Pattern::Variant& variant : variants_) check(variant);
        if (ok()) add_shifted();
        if (!ok()) return Error{Errc::bad_input, "verb \"" + std::string{source_} + "\": " + error_};
        return finished(tree);
    }

  private:
    [[nodiscard]] bool ok() const { return error_.empty(); }
    /// Keeps the first complaint.
    bool fail(std::string message) {
        if (ok()) error_ = std::move(message);
        return false;
    }

    void tokenize() {
        std::size_t at = 0;
        while (at < source_.size()) {
            if (source_[at] == ' ' || source_[at] == '\t') {
                ++at;
                continue;
            }
            std::size_t end = at + 1;
            if (source_[at] != '[' && source_[at] != ']')
                end = std::min(source_.find_first_of("[] \t", at), source_.size());
            tokens_.push_back(source_.substr(at, end - at));
            at = end;
        }
    }

    bool parse(std::vector<Node>& into, bool inside) {
        while (next_ < tokens_.size()) {
            const std::string_view token = tokens_[next_++];
            if (token == "]")
                return inside ? !into.empty() || fail("'[]' is empty") : fail("']' without '['");
            Node node;
            const bool read = token == "[" ? parse(node.bracket, true)
                                           : parse_element(token, into.empty() && !inside, node.element);
            if (!read) return false;
            into.push_back(std::move(node));
        }
        if (inside) return fail("'[' is never closed");
        if (into.empty() || !into.front().bracket.empty() || into.front().element.kind != Kind::words)
            return fail("must begin with the verb itself");
        return true;
    }

    bool parse_element(std::string_view token, bool is_verb, Element& element) {
        if (const auto kind = slot_kind(token)) {
            element.kind = *kind;
            return true;
        }
        if (looks_like_a_slot(token)) {
            return fail("no slot '" + std::string{token} +
                        "': use thing, held, person, player, direction, number, word or text");
        }
        for (const std::string_view word : split(token, '|')) {
            if (!add_literal(word, is_verb, element)) return false;
        }
        std::stable_sort(element.words.begin(), element.words.end(), [](const auto& left, const auto& right) {
            return length_of(left) > length_of(right);
        });
        return true;
    }

    bool add_literal(std::string_view word, bool is_verb, Element& element) {
        const std::string name{word};
        if (word.empty()) return fail("there is a word missing beside '|'");
        if (slot_kind(word)) return fail("'" + name + "' is a slot and cannot stand beside words");
        if (!is_literal(word)) return fail("'" + name + "' must be lower-case letters");
        element.words.push_back({name});
        if (is_verb) return true;
        const std::string_view head = head_of(word);
        if (!head.empty() && head != word)
            return fail("write '" + std::string{head} + "', which also takes '" + name + "'");
        if (const WordGroup* group = group_of_head(word)) {
            for (const std::string_view member : group->members) element.words.push_back(split_words(member));
        }
        return true;
    }

    /// Every reading of `tree`, appended to each of the variants so far.
    void unfold(const std::vector<Node>& tree) {
        variants_.assign(1, {});
        extend(variants_, tree);
    }

    void extend(std::vector<Pattern::Variant>& variants, const std::vector<Node>& nodes) {
        for (const Node& node : nodes) {
            if (!ok()) return;
            if (node.bracket.empty()) {
                for (Pattern::Variant& variant : variants) variant.push_back(node.element);
                continue;
            }
            std::vector<Pattern::Variant> unfolded;
            for (const Pattern::Variant& variant : variants) {
                std::vector<Pattern::Variant> with{variant};
                extend(with, node.bracket);
                std::move(with.begin(), with.end(), std::back_inserter(unfolded));
                unfolded.push_back(variant);
                append_missing(unfolded.back(), node.bracket);
                if (unfolded.size() > Pattern::max_variants) {
                    fail("its brackets can be read in more than " + std::to_string(Pattern::max_variants) +
                         " ways");
                    return;
                }
            }
            variants = std::move(unfolded);
        }
    }

    static void append_missing(Pattern::Variant& variant, const std::vector<Node>& bracket) {
        for (const Node& node : bracket) {
            if (!node.bracket.empty()) {
                append_missing(variant, node.bracket);
            } else if (node.element.kind != Kind::words) {
                variant.push_back({Kind::missing, node.element.kind, false, false, {}});
            }
        }
    }

    void add_shifted() {
        std::vector<Pattern::Variant> gifts;
        std::ranges::copy_if(variants_, std::back_inserter(gifts), is_gift);
        for (const Pattern::Variant& gift : gifts) variants_.push_back(with_person_first(gift));
        for (const Pattern::Variant& gift : gifts) variants_.push_back(without_to(gift));
    }

    void check(const Pattern::Variant& variant) {
        const Element* previous = nullptr;
        int times_this = 0;
        for (const Element& element : variant) {
            if (element.kind == Kind::this_ || element.missing == Kind::this_) ++times_this;
            if (element.kind == Kind::missing) continue;
            if (element.kind != Kind::words && previous != nullptr) check_neighbours(*previous, element);
            previous = &element;
        }
        if (times_this > 1) fail("'this' twice");
    }

    void check_neighbours(const Element& left, const Element& right) {
        if (left.kind == Kind::words) return;
        if (left.kind == Kind::text) fail("text must be followed by a word or by the end");
        if (!ends_by_itself(left.kind) && !may_follow_a_noun(right.kind))
            fail("two nouns need a word between them");
    }

    std::shared_ptr<const Pattern> finished(const std::vector<Node>& tree) {
        auto pattern = std::make_shared<Pattern>();
        pattern->source = source_;
        pattern->fewest_tokens = pattern->fewest_named = source_.size();
        for (const Pattern::Variant& variant : variants_) {
            std::size_t tokens = 0;
            bool named = false;
            for (const Element& element : variant) {
                if (element.kind != Kind::missing && !may_be_nothing(variant, element)) ++tokens;
                if (element.kind == Kind::this_) named = true;
                if (element.missing == Kind::this_) pattern->may_be_tool = true;
            }
            pattern->has_this = pattern->has_this || named;
            pattern->fewest_tokens = std::min(pattern->fewest_tokens, tokens);
            if (named) pattern->fewest_named = std::min(pattern->fewest_named, tokens);
        }
        pattern->variants = std::move(variants_);
        for (const auto& word : tree.front().element.words) pattern->first_words.push_back(word.front());
        return pattern;
    }

    std::string_view source_;
    std::vector<std::string_view> tokens_;
    std::size_t next_ = 0;
    std::vector<Pattern::Variant> variants_;
    std::string error_;
};

}  // namespace

Result<std::shared_ptr<const Pattern>> Pattern::compile(std::string_view source) {
    return Compiler{source}.compile();
}

}  // namespace gyre::world::sentence
