#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

/// The closed word classes of the parser's English. Every argument is in lower case.
namespace gyre::world::sentence {

/// A literal that stands for several: "on" for onto, upon and "on top of".
struct WordGroup {
    std::string_view head;
    std::span<const std::string_view> members;  ///< The head not among them; a member may be several words.
};

/// The group whose head is `word`; null if it is an ordinary word.
const WordGroup* group_of_head(std::string_view word);
/// The head of the group with this member ("into" -> "in"); a head is its own; empty for any other word.
std::string_view head_of(std::string_view member);
/// Whether `word` may begin a part of the sentence that is not a noun: a preposition, with or without group.
bool is_preposition(std::string_view word);

/// "n" and "north" -> "north"; empty if it is no compass word.
std::string_view compass_direction(std::string_view word);

/// Digits (up to 18) or a number word up to twenty, "a" and "an" included.
std::optional<std::int64_t> whole_number(std::string_view word);
/// "second" and "2nd" -> 2, "last" -> -1.
std::optional<std::int64_t> ordinal(std::string_view word);

bool is_article(std::string_view word);  ///< the, a, an, some, another.
bool means_all(std::string_view word);   ///< all, everything, every, each, both.
bool is_except(std::string_view word);   ///< but, except.
/// What may stand before a noun and does not describe it: articles, "all", "of", "any", "my".
bool says_which(std::string_view word);
bool means_self(std::string_view word);  ///< me, myself, self.
bool is_pronoun(std::string_view word);  ///< it, him, her, them.
/// "his" -> "him", "its" -> "it", "her" -> "her", "their" -> "them"; else empty.
std::string_view owner_pronoun(std::string_view possessive);

/// False if is_plural_of() is, whatever the noun.
[[nodiscard]] bool may_be_plural(std::string_view word);
/// Whether `plural` is one of `noun`: lamps, boxes, berries, knives, men.
bool is_plural_of(std::string_view plural, std::string_view noun);

/// Whether `word`, in any case, is `lower`.
bool equal_folded(std::string_view word, std::string_view lower);
/// Without the full stop, exclamation or question mark behind it, unless nothing else is left.
std::string_view without_stop(std::string_view word);

}  // namespace gyre::world::sentence
