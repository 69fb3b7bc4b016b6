#pragma once

#include "world/text/english.hpp"
#include "world/text/template.hpp"

#include <string>

namespace gyre::world::text {

/// How words agree with one noun, or with several together.
struct Agreement {
    english::Pronouns pronouns = english::Pronouns::it;
    bool base_after_noun = false;  ///< "you light", "the guards light".
    bool known = false;
    bool perceived = true;

    [[nodiscard]] bool base_after(bool pronoun) const {
        return pronoun ? english::takes_base_form(pronouns) : base_after_noun;
    }
};

inline Agreement agreement_of_self() { return {english::Pronouns::you_one, true, true, true}; }
Agreement agreement_of(const Noun& noun);

/// One noun that is not the observer. Form::possessive gives the bare noun; see append_possessive_end().
void append_noun(std::string& out, const Noun& noun, Form form);
/// "'s", or "'" behind a plural that ends in s; `out` ends with the noun.
void append_possessive_end(std::string& out, bool is_many);

/// Whether a noun stands for several: "they".
inline bool is_many(const Noun& noun) { return noun.perceived && (noun.plural || noun.count > 1); }

}  // namespace gyre::world::text
