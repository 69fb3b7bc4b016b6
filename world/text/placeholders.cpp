// What is between the braces of a placeholder, and what to write instead when it cannot be read.

#include "engine/base/ascii.hpp"
#include "world/text/compiler.hpp"

#include "engine/base/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace gyre::world::text {

namespace {

constexpr std::array<std::string_view, 5> pronoun_words = {"they", "them", "their", "theirs", "themself"};

/// What people write, and what to write instead.
struct Hint {
    std::string_view wrong, right;
};
constexpr std::array hints = {
    Hint{"an", "a"},
    Hint{"The", "the"},
    Hint{"A", "a"},
    Hint{"An", "a"},
    Hint{"some", "a"},
    Hint{"he", "they"},
    Hint{"she", "they"},
    Hint{"it", "they"},
    Hint{"him", "them"},
    Hint{"his", "their"},
    Hint{"her", "them' or 'their"},
    Hint{"hers", "theirs"},
    Hint{"its", "their"},
    Hint{"himself", "themself"},
    Hint{"herself", "themself"},
    Hint{"itself", "themself"},
    Hint{"themselves", "themself"},
    Hint{"They", "they"},
    Hint{"Them", "them"},
    Hint{"Their", "their"},
};

bool is_word(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), ascii::is_letter);
}
bool is_name(std::string_view text) {
    return !text.empty() && ascii::is_letter(text.front()) &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return ascii::is_letter_or_digit(c) || c == '_'; });
}

}  // namespace

bool Compiler::inside(std::string_view words, std::size_t opened) {
    if (words.starts_with("count ")) return count_of(words, opened);
    if (const std::size_t colon = words.find(':'); colon != std::string_view::npos)
        return verb_of(words, colon, opened);
    return noun_of(words, opened);
}

bool Compiler::count_of(std::string_view words, std::size_t opened) {
    words.remove_prefix(std::string_view("count ").size());
    const std::size_t space = words.find(' ');
    if (space == std::string_view::npos || space + 1 == words.size() || !is_name(words.substr(0, space)))
        return fail(opened, "write '{count n coin}' or '{count n ox/oxen}'");
    const std::string_view noun = words.substr(space + 1);
    const std::size_t slash = noun.find('/');
    const std::string_view one = noun.substr(0, slash);
    const std::uint32_t first = literal(one);
    literal(slash == std::string_view::npos ? english::plural(one) : noun.substr(slash + 1));
    Instruction& count = emit(Instruction::Op::count);
    count.literal = first;
    return set_argument(count, words.substr(0, space), opened);
}

bool Compiler::verb_of(std::string_view words, std::size_t colon, std::size_t opened) {
    const std::string_view name = words.substr(0, colon);
    const std::string_view verb = words.substr(colon + 1);
    if (!is_name(name) || verb.empty()) return unreadable(words, opened);
    const std::size_t slash = verb.find('/');
    const std::string_view third = verb.substr(0, slash);
    const std::optional<std::string> base =
        slash == std::string_view::npos ? english::base_form(third) : std::string(verb.substr(slash + 1));
    if (!base) {
        return fail(
            opened,
            fmt::format("write the verb as after he or she: {{{}:lights}}; past tense needs no braces",
                        name));
    }
    const std::uint32_t first = literal(third);
    literal(*base);
    Instruction& made = emit(Instruction::Op::verb);
    made.literal = first;
    if (!set_argument(made, name, opened)) return false;
    made.flag = pronoun_last_[made.argument];
    return true;
}

bool Compiler::noun_of(std::string_view words, std::size_t opened) {
    Instruction noun{Instruction::Op::noun};
    std::string_view name = words;
    if (words.ends_with("'s")) {
        name = words.substr(0, words.size() - 2);
        noun.detail = static_cast<std::uint8_t>(Form::possessive);
    } else if (const std::size_t space = words.find(' '); space != std::string_view::npos) {
        const std::string_view word = words.substr(0, space);
        name = words.substr(space + 1);
        if (!is_word(word) || !is_name(name)) return unreadable(words, opened);
        const auto* pronoun = std::find(pronoun_words.begin(), pronoun_words.end(), word);
        if (pronoun != pronoun_words.end()) {
            noun.op = Instruction::Op::pronoun;
            noun.detail = static_cast<std::uint8_t>(pronoun - pronoun_words.begin());
        } else if (word == "the" || word == "a" || word == "name") {
            noun.detail = static_cast<std::uint8_t>(word == "the" ? Form::the
                                                    : word == "a" ? Form::a
                                                                  : Form::name);
        } else {
            return unreadable(word, opened);
        }
    }
    if (!is_name(name)) return unreadable(words, opened);
    if (!set_argument(noun, name, opened)) return false;
    pronoun_last_[noun.argument] = noun.op == Instruction::Op::pronoun;
    made_.code.push_back(noun);
    return true;
}

bool Compiler::unreadable(std::string_view words, std::size_t opened) {
    if (!is_word(words)) return fail(opened, fmt::format("cannot read '{{{}}}'", utf8::filter(words)));
    const auto* hint =
        std::find_if(hints.begin(), hints.end(), [&](const Hint& known) { return known.wrong == words; });
    if (hint == hints.end()) return fail(opened, fmt::format("no word '{}' here", words));
    return fail(opened, fmt::format("write '{}' instead of '{}'", hint->right, words));
}

}  // namespace gyre::world::text
