// 200 candidates of four words each against a line of eight tokens take about 4 us; a hash table of the same
// 800 words took 15 us to fill.

#include "world/sentence/noun_index.hpp"

#include "world/sentence/words.hpp"

#include <algorithm>

namespace gyre::world::sentence {
namespace {

/// False if a word that begins with `capital_or_not` is neither what was typed, beginning with `lower`, nor
/// has it as plural: English plurals begin like their nouns, the irregular ones too.
bool may_begin_alike(char lower, char capital_or_not) {
    constexpr unsigned case_bit = 0x20;
    const auto left = static_cast<unsigned char>(lower);
    const auto right = static_cast<unsigned char>(capital_or_not);
    return (left | case_bit) == (right | case_bit) || (left >= 0x80 && right >= 0x80);
}

}  // namespace

Reach reach_of(const Verb& verb) {
    if (verb.reach == "see") return Reach::see;
    if (verb.reach == "hear") return Reach::hear;
    if (verb.reach == "anywhere") return Reach::anywhere;
    return Reach::touch;
}

std::size_t NounIndex::size() {
    if (!built_) build();
    return rows_.size();
}

std::span<const Candidate> NounIndex::candidates() {
    if (!built_) build();
    return candidates_;
}

const Candidate* NounIndex::find(ObjectId id) {
    const auto before = [](const Candidate* candidate, ObjectId wanted) { return candidate->id < wanted; };
    if (by_id_.empty() && !candidates().empty()) {
        for (const Candidate& candidate : candidates_) by_id_.push_back(&candidate);
        std::sort(by_id_.begin(), by_id_.end(),
                  [](const Candidate* left, const Candidate* right) { return left->id < right->id; });
    }
    const auto found = std::lower_bound(by_id_.begin(), by_id_.end(), id, before);
    return found != by_id_.end() && (*found)->id == id ? *found : nullptr;
}

void NounIndex::build() {
    built_ = true;
    candidates_ = scope_.candidates();
    rows_.reserve(candidates_.size());
    roles_.reserve((candidates_.size() + 1) * line_.size());
    typed_.reserve(line_.size());
    for (std::size_t token = 0; token < line_.size(); ++token) mark_token(token);
    for (const Candidate& candidate : candidates_) add(candidate);
}

void NounIndex::mark_token(std::size_t token) {
    const std::string_view word = typed_.emplace_back(line_.word(token));
    if (word.empty()) return;
    const auto mark = [this](char c) {
        const auto byte = static_cast<unsigned char>(c);
        firsts_.at(byte / 64U) |= std::uint64_t{1} << (byte % 64U);
    };
    mark(word.front());
    if (word.front() >= 'a' && word.front() <= 'z') mark(static_cast<char>(word.front() - 'a' + 'A'));
    // The capital of a letter that is not ASCII may begin with any other byte that is not.
    if (static_cast<unsigned char>(word.front()) >= 0x80) firsts_[2] = firsts_[3] = ~std::uint64_t{0};
}

void NounIndex::add(const Candidate& candidate) {
    touched_ = false;
    roles_.resize(roles_.size() + line_.size(), 0);
    add_name(candidate.name, candidate.person);
    for (const Value& name : candidate.names) {
        if (name.tag() == Value::Tag::string) add_name(name.string(), false);
    }
    for (const Value& word : candidate.adjectives) {
        if (word.tag() == Value::Tag::string) add_word(word.string(), adjective);
    }
    for (const Value& word : candidate.plurals) {
        if (word.tag() == Value::Tag::string) add_word(word.string(), plural);
    }
    if (touched_) rows_.push_back(&candidate);
    roles_.resize(rows_.size() * line_.size());
}

/// "brass lamp": lamp is the noun. "cup of tea": cup is one too.
void NounIndex::add_name(std::string_view name, bool all_nouns) {
    std::size_t begin = name.find_first_not_of(' ');
    while (begin != std::string_view::npos) {
        const std::size_t end = std::min(name.find(' ', begin), name.size());
        const std::size_t next = name.find_first_not_of(' ', end);
        const bool is_last = next == std::string_view::npos;
        const bool before_of = !is_last && name.substr(next, 3) == "of ";
        const bool is_noun = all_nouns || is_last || before_of;
        add_word(without_stop(name.substr(begin, end - begin)), is_noun ? noun | adjective : adjective);
        begin = next;
    }
}

/// What `typed` may be, if `word` of a name has these roles.
unsigned NounIndex::roles_of(std::string_view typed, std::string_view word, unsigned roles) {
    if (typed.empty() || !may_begin_alike(typed.front(), word.front())) return 0;
    if (equal_folded(word, typed)) return roles;
    const std::string_view singular = word;
    return (roles & noun) != 0 && is_plural_of(typed, singular) ? unsigned{plural} : 0U;
}

void NounIndex::add_word(std::string_view word, unsigned roles) {
    if (word.empty()) return;
    const auto first = static_cast<unsigned char>(word.front());
    if ((firsts_[first / 64U] >> (first % 64U) & 1U) == 0) return;
    std::uint8_t* row = roles_.data() + roles_.size() - line_.size();
    for (std::size_t token = 0; token < typed_.size(); ++token) {
        const unsigned found = roles_of(typed_[token], word, roles);
        if (found == 0) continue;
        row[token] = static_cast<std::uint8_t>(row[token] | found);
        touched_ = true;
    }
}

}  // namespace gyre::world::sentence
