// Templates: the instructions that their compiler made, one after the other.

#include "world/text/resolver.hpp"

#include "world/container.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace gyre::world::text {

namespace {

std::span<const Value> members(const Value& value) { return value.container().list; }

/// An object or a list; a map is neither.
bool is_noun(const Value& value) {
    if (value.tag() == Value::Tag::object) return true;
    return value.tag() == Value::Tag::container && value.container().kind != Container::Kind::map &&
           std::all_of(members(value).begin(), members(value).end(), [](const Value& member) {
               return member.tag() == Value::Tag::object || member.is_nil();
           });
}

bool same_noun(const Value& left, const Value& right) {
    if (left.tag() == Value::Tag::object && right.tag() == Value::Tag::object)
        return left.object() == right.object();
    return left.tag() == right.tag() && std::equal(members(left).begin(), members(left).end(),
                                                   members(right).begin(), members(right).end());
}

/// 3 of 3 and of 3.0; nothing if it has a fraction or is past what a double counts exactly.
std::optional<std::int64_t> whole_number(const Value& value) {
    constexpr double exact = 9'007'199'254'740'992.0;  // 2^53
    if (value.tag() == Value::Tag::integer) return value.integer();
    const double number = value.number();
    if (number != std::floor(number) || std::abs(number) >= exact) return std::nullopt;
    return static_cast<std::int64_t>(number);
}

void append_digits(std::string& out, const Value& value) {
    if (const auto whole = whole_number(value)) {
        fmt::format_to(std::back_inserter(out), "{}", *whole);
    } else {
        fmt::format_to(std::back_inserter(out), "{:.14g}", value.number());
    }
}

bool is_number(const Value& value) {
    return value.tag() == Value::Tag::integer || value.tag() == Value::Tag::number;
}

/// What a value is called in errors for builders.
std::string_view kind_name(const Value& value) {
    if (value.tag() == Value::Tag::string || value.tag() == Value::Tag::text) return "text";
    return is_number(value) ? "a number" : tag_name(value.tag());
}

/// Most templates mean less than this for each argument.
constexpr std::size_t likely_noun_bytes = 16;

}  // namespace

bool Resolver::run_template(const Text::Piece& piece) {
    const Template& words = *piece.words;
    if (tree_.text.empty())
        tree_.text.reserve(words.source.size() + likely_noun_bytes * words.arguments.size());
    Frame frame{words, piece.arguments};
    if (!charge(words.code.size())) return false;
    for (std::size_t at = 0; at < words.code.size(); ++at)
        if (!step(frame, at)) return false;
    return !writer_.overflown() || fail(fmt::format("the text is longer than {} bytes", max_tree_bytes));
}

bool Resolver::step(Frame& frame, std::size_t& at) {
    const Instruction& step = frame.words.code[at];
    switch (step.op) {
        case Instruction::Op::words:
            return words(frame, step);
        case Instruction::Op::paragraph:
            writer_.line_breaks(2);
            frame.subject = nullptr;
            return true;
        case Instruction::Op::style_on:
            writer_.open(Mark::Kind::style_on, step.detail);
            if (step.detail == static_cast<std::uint16_t>(Style::say)) writer_.begin_speech();
            return true;
        case Instruction::Op::style_off:
            if (step.detail == static_cast<std::uint16_t>(Style::say)) writer_.end_speech();
            writer_.close(Mark::Kind::style_off, step.detail);
            return true;
        case Instruction::Op::link_on:
            return link(frame, at);
        case Instruction::Op::link_off:
            if ((frame.links_shown & 1U) != 0)
                writer_.close(Mark::Kind::link_off, static_cast<std::uint16_t>(tree_.commands().size() - 1));
            frame.links_shown >>= 1U;
            return true;
        case Instruction::Op::noun:
            return noun(frame, step);
        case Instruction::Op::pronoun:
            return pronoun(frame, step);
        case Instruction::Op::verb:
            return verb(frame, step);
        case Instruction::Op::count:
            return count(frame, step);
    }
    return true;
}

bool Resolver::words(Frame& frame, const Instruction& step) {
    const Template::Literal& literal = frame.words.literals[step.literal];
    if (literal.effect.ends_sentence(writer_.position())) frame.subject = nullptr;
    writer_.words(literal.words, literal.effect);
    return true;
}

const Value* Resolver::argument(Frame& frame, const Instruction& step) {
    const Value*& value = frame.values[step.argument];
    if (value != nullptr) return value;
    const std::string& name = frame.words.arguments[step.argument];
    for (const Text::Argument& given : frame.arguments)
        if (given.name == name && !given.value.is_nil()) return value = &given.value;
    fail(fmt::format("the template needs '{}', which was not passed", name));
    return nullptr;
}

const Agreement* Resolver::agreement(Frame& frame, const Instruction& step, const Value& value) {
    Agreement& found = frame.agreements[step.argument];
    if (found.known) return &found;
    if (!is_noun(value)) return nullptr;
    if (value.tag() == Value::Tag::container) {
        found = Company(members(value), observer_, nouns_).agreement();
    } else if (value.object() == observer_) {
        found = agreement_of_self();
    } else {
        found = agreement_of(nouns_.noun(value.object(), observer_));
    }
    return &found;
}

bool Resolver::noun(Frame& frame, const Instruction& step) {
    const Value* value = argument(frame, step);
    if (value == nullptr) return false;
    if (!is_noun(*value)) return scalar(frame, step, *value);
    const bool is_other = frame.subject != nullptr && frame.subject != value;
    if (step.flag && is_other && same_noun(*frame.subject, *value)) {
        const Agreement* agreed = agreement(frame, step, *value);
        writer_.begin_phrase() += english::pronoun(agreed->pronouns, english::Case::themself);
        writer_.end_phrase();
        return true;
    }
    if (value->tag() == Value::Tag::object) return object(frame, step, value->object());
    if (!charge(members(*value).size())) return false;
    const Company company(members(*value), observer_, nouns_);
    frame.agreements[step.argument] = company.agreement();
    company.append(writer_.begin_phrase(), static_cast<Form>(step.detail));
    writer_.end_phrase();
    return true;
}

bool Resolver::object(Frame& frame, const Instruction& step, ObjectId id) {
    const auto form = static_cast<Form>(step.detail);
    Agreement& agreed = frame.agreements[step.argument];
    if (id == observer_) {
        agreed = agreement_of_self();
        writer_.begin_phrase() += form == Form::possessive ? "your" : "you";
    } else {
        const Noun noun = nouns_.noun(id, observer_);
        agreed = agreement_of(noun);
        std::string& out = writer_.begin_phrase();
        append_noun(out, noun, form);
        if (form == Form::possessive) append_possessive_end(out, is_many(noun));
    }
    writer_.end_phrase();
    return true;
}

/// What is no object shows as itself, and only where no grammar is asked of it.
bool Resolver::scalar(Frame& frame, const Instruction& step, const Value& value) {
    static constexpr std::array<std::string_view, 5> asked = {"", "the", "a", "name", "'s"};
    const auto form = static_cast<Form>(step.detail);
    const std::string& name = frame.words.arguments[step.argument];
    const bool is_words = value.tag() == Value::Tag::string || value.tag() == Value::Tag::text;
    if (!is_number(value) && !is_words)
        return fail(fmt::format("cannot show a {} ('{}')", tag_name(value.tag()), name));
    if (form == Form::possessive || (is_words && form != Form::plain)) {
        return fail(
            fmt::format("'{}' is {}; '{}' needs an object", name, kind_name(value), asked[step.detail]));
    }
    if (value.tag() == Value::Tag::text) return run(value.text());
    if (value.tag() == Value::Tag::string) {
        writer_.data(value.string(), TreeWriter::Counts::as_word);
        return true;
    }
    append_digits(writer_.begin_phrase(), value);
    writer_.end_phrase();
    return true;
}

bool Resolver::pronoun(Frame& frame, const Instruction& step) {
    const Value* value = argument(frame, step);
    if (value == nullptr) return false;
    const auto form = static_cast<english::Case>(step.detail);
    const Agreement* agreed = agreement(frame, step, *value);
    if (agreed == nullptr) {
        return fail(fmt::format("'{}' is {}; '{}' needs an object", frame.words.arguments[step.argument],
                                kind_name(*value), english::pronoun(english::Pronouns::they_one, form)));
    }
    writer_.begin_phrase() += english::pronoun(agreed->pronouns, form);
    writer_.end_phrase();
    return true;
}

bool Resolver::verb(Frame& frame, const Instruction& step) {
    const Value* value = argument(frame, step);
    if (value == nullptr) return false;
    const Agreement* agreed = agreement(frame, step, *value);
    const auto& literals = frame.words.literals;
    if (agreed == nullptr) {
        return fail(fmt::format("'{}' must be an object, to agree with '{}'",
                                frame.words.arguments[step.argument], literals[step.literal].words));
    }
    frame.subject = value;
    const bool base = agreed->base_after(step.flag);
    writer_.begin_phrase() += literals[step.literal + (base ? 1U : 0U)].words;
    writer_.end_phrase();
    return true;
}

bool Resolver::count(Frame& frame, const Instruction& step) {
    const Value* value = argument(frame, step);
    if (value == nullptr) return false;
    if (!is_number(*value)) {
        return fail(
            fmt::format("'{}' must be a number, to be counted", frame.words.arguments[step.argument]));
    }
    const std::optional<std::int64_t> whole = whole_number(*value);
    std::string& out = writer_.begin_phrase();
    if (whole) {
        english::append_number(out, *whole);
    } else {
        append_digits(out, *value);
    }
    out += ' ';
    out += frame.words.literals[step.literal + (whole == 1 ? 0U : 1U)].words;
    writer_.end_phrase();
    return true;
}

/// A command that names something not perceived would give it away: then there is no link, only its words.
bool Resolver::link(Frame& frame, std::size_t& at) {
    const std::size_t last = at + frame.words.code[at].literal;
    std::string command;
    bool hidden = tree_.commands().size() > UINT16_MAX;
    while (at < last) {
        const Instruction& part = frame.words.code[++at];
        if (part.op == Instruction::Op::words) {
            command += frame.words.literals[part.literal].words;
        } else if (!command_argument(frame, part, command, hidden)) {
            return false;
        }
    }
    command.erase(0, std::min(command.find_first_not_of(' '), command.size()));
    frame.links_shown <<= 1U;
    if (hidden) return true;
    frame.links_shown |= 1U;
    tree_.add_command(std::move(command));
    writer_.open(Mark::Kind::link_on, static_cast<std::uint16_t>(tree_.commands().size() - 1));
    return true;
}

bool Resolver::command_argument(Frame& frame, const Instruction& step, std::string& command, bool& hidden) {
    const Value* value = argument(frame, step);
    if (value == nullptr) return false;
    if (value->tag() == Value::Tag::integer) {
        command += std::to_string(value->integer());
        return true;
    }
    if (value->tag() == Value::Tag::object) {
        hidden = hidden || !agreement(frame, step, *value)->perceived;
        command += fmt::format("#{}", number(value->object()));
        return true;
    }
    return fail(fmt::format("a command link takes objects and whole numbers, not {} ('{}')",
                            kind_name(*value), frame.words.arguments[step.argument]));
}

}  // namespace gyre::world::text
