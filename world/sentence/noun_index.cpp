// 200 candidates of four words each against a line of eight tokens take about 4 us; a hash table of the same
// 800 words took 15 us to fill.

#include "world/sentence/noun_index.hpp"

#include "engine/base/ascii.hpp"
#include "engine/base/utf8.hpp"
#include "world/sentence/words.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

namespace gyre::world::sentence {
namespace {

/// So many times it is quicker to look through all than to sort them.
constexpr std::size_t few_searches = 8;

/// False if two letters differ in more than their case; `lower` was typed. English plurals begin like their
/// nouns, the irregular ones too.
bool may_be_alike(char lower, char capital_or_not) {
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
    const auto is_it = [id](const Candidate& candidate) { return candidate.id == id; };
    const std::span<const Candidate> all = candidates();
    if (++searches_ <= few_searches) {
        const auto found = std::find_if(all.begin(), all.end(), is_it);
        return found != all.end() ? &*found : nullptr;
    }
    if (by_id_.empty()) {
        for (const Candidate& candidate : all) by_id_.push_back(&candidate);
        std::sort(by_id_.begin(), by_id_.end(),
                  [](const Candidate* left, const Candidate* right) { return left->id < right->id; });
    }
    const auto before = [](const Candidate* candidate, ObjectId wanted) { return candidate->id < wanted; };
    const auto found = std::lower_bound(by_id_.begin(), by_id_.end(), id, before);
    return found != by_id_.end() && (*found)->id == id ? *found : nullptr;
}

bool NounIndex::is_named(std::size_t row, std::size_t from) const {
    const std::uint8_t* roles = roles_.data() + row * typed_.size();
    for (std::size_t word = 0; word < typed_.size(); ++word) {
        if ((roles[word] & (noun | plural)) != 0 && typed_[word].last >= from) return true;
    }
    return false;
}

bool NounIndex::is_repeated(std::size_t token, std::size_t from) {
    if (!built_) build();
    const std::uint16_t before = tokens_[token].before;
    return before != token && before >= from;
}

void NounIndex::build() {
    built_ = true;
    candidates_ = scope_.candidates();
    mark_words();
    rows_.reserve(candidates_.size());
    roles_.reserve((candidates_.size() + 1) * typed_.size());
    roles_.resize(typed_.size(), 0);  // Of the row under construction.
    for (const Candidate& candidate : candidates_) add(candidate);
}

/// A line of a thousand words may be a few of them over and over: sorting finds the same ones, and then those
/// that begin alike stand together.
void NounIndex::mark_words() {
    typed_.reserve(line_.size());
    for (std::uint16_t token = 0; token < line_.size(); ++token) typed_.push_back({line_.word(token), token});
    std::sort(typed_.begin(), typed_.end(), [](const Typed& left, const Typed& right) {
        const int sign = left.word.compare(right.word);
        return sign != 0 ? sign < 0 : left.last < right.last;
    });
    tokens_.resize(line_.size());
    std::size_t words = 0;
    for (const Typed& each : typed_) {
        const bool is_new = words == 0 || typed_[words - 1].word != each.word;
        const std::uint16_t before = is_new ? each.last : typed_[words - 1].last;
        if (is_new) ++words;
        tokens_[each.last] = {static_cast<std::uint16_t>(words - 1), before};
        typed_[words - 1] = each;
    }
    typed_.resize(words);
    for (Typed& each : typed_) {
        each.is_ascii = utf8::is_ascii(each.word);
        each.may_be_plural = may_be_plural(each.word);
        mark_first(each.word);
    }
}

void NounIndex::mark_first(std::string_view word) {
    if (word.empty()) return;
    const auto mark = [this](char c) {
        const auto byte = static_cast<unsigned char>(c);
        firsts_.at(byte / 64U) |= std::uint64_t{1} << (byte % 64U);
    };
    mark(word.front());
    if (ascii::is_small(word.front())) mark(ascii::capital(word.front()));
    // The capital of a letter that is not ASCII may begin with any other byte that is not.
    if (static_cast<unsigned char>(word.front()) >= 0x80) firsts_[2] = firsts_[3] = ~std::uint64_t{0};
}

void NounIndex::add(const Candidate& candidate) {
    touched_ = false;
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
    if (!touched_) return;
    rows_.push_back(&candidate);
    roles_.resize(roles_.size() + typed_.size(), 0);
}

/// Only words that begin like one that was typed are looked at: of a name of three words most often none.
void NounIndex::add_name(std::string_view name, bool all_nouns) {
    for (std::size_t at = 0; at < name.size(); at += utf8::most_spaces) {
        const std::string_view piece = name.substr(at, utf8::most_spaces);
        const std::uint64_t spaces = utf8::spaces(piece);
        const bool is_behind_space = at == 0 || name[at - 1] == ' ';
        std::uint64_t begins = ~spaces & (spaces << 1U | (is_behind_space ? 1U : 0U));
        begins &= ~std::uint64_t{0} >> (utf8::most_spaces - piece.size());
        for (; begins != 0; begins &= begins - 1) {
            const std::size_t begin = at + static_cast<std::size_t>(std::countr_zero(begins));
            if (may_be_typed(name[begin])) add_word_of(name, begin, all_nouns);
        }
    }
}

/// "brass lamp": lamp is the noun. "cup of tea": cup is one too.
void NounIndex::add_word_of(std::string_view name, std::size_t begin, bool all_nouns) {
    const std::size_t end = std::min(name.find(' ', begin), name.size());
    const std::size_t next = std::min(name.find_first_not_of(' ', end), name.size());
    const bool is_noun = all_nouns || next == name.size() || name.substr(next, 3) == "of ";
    add_word(without_stop(name.substr(begin, end - begin)), is_noun ? noun | adjective : adjective);
}

/// What `typed` may be, if `word` of a name has these roles.
unsigned NounIndex::roles_of(const Typed& typed, std::string_view word, unsigned roles) {
    if (typed.word.empty() || !may_be_alike(typed.word.front(), word.front())) return 0;
    // Of many words that begin alike most end differently.
    const bool may_be_it =
        !typed.is_ascii || (word.size() == typed.word.size() && may_be_alike(typed.word.back(), word.back()));
    if (may_be_it && equal_folded(word, typed.word)) return roles;
    const std::string_view singular = word;
    const bool is_plural = (roles & noun) != 0 && typed.may_be_plural && is_plural_of(typed.word, singular);
    return is_plural ? unsigned{plural} : 0U;
}

/// Where in typed_ the words begin that may be `word`.
std::size_t NounIndex::first_like(std::string_view word) const {
    constexpr unsigned char beyond_ascii = 0x80;
    const auto first = static_cast<unsigned char>(ascii::small(word.front()));
    const unsigned char least =
        std::min(first, beyond_ascii);  // There a capital may begin with another byte.
    const auto begins_before = [](const Typed& typed, unsigned char byte) {
        return typed.word.empty() || static_cast<unsigned char>(typed.word.front()) < byte;
    };
    const auto found = std::lower_bound(typed_.begin(), typed_.end(), least, begins_before);
    return static_cast<std::size_t>(found - typed_.begin());
}

void NounIndex::add_word(std::string_view word, unsigned roles) {
    if (word.empty() || !may_be_typed(word.front())) return;
    std::uint8_t* row = roles_.data() + roles_.size() - typed_.size();
    for (std::size_t number = first_like(word); number < typed_.size(); ++number) {
        const Typed& typed = typed_[number];
        if (!typed.word.empty() && !may_be_alike(typed.word.front(), word.front())) break;
        const unsigned found = roles_of(typed, word, roles);
        if (found == 0) continue;
        row[number] = static_cast<std::uint8_t>(row[number] | found);
        touched_ = true;
    }
}

}  // namespace gyre::world::sentence
