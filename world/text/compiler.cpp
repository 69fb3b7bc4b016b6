// A template compiles to a flat list of instructions in one pass: styles and links become a pair of marks
// around their words, and all that does not depend on the observer (verb forms, plurals, what a verb agrees
// with, how literals change the position in the sentence) is decided here.

#include "world/text/compiler.hpp"

#include "engine/base/ascii.hpp"
#include "engine/base/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace gyre::world::text {

namespace {

constexpr bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

}  // namespace

bool Compiler::compile() {
    if (source_.size() > Template::max_source)
        return fail(0, fmt::format("longer than {} bytes", Template::max_source));
    if (!body(0, 0)) return false;
    flush();
    settle_reflexives();
    return true;
}

bool Compiler::body(std::size_t opened, int depth) {
    if (depth > Template::max_depth) {
        return fail(opened,
                    fmt::format("more than {} styles and links inside each other", Template::max_depth));
    }
    int open_braces = 0;
    while (!at_end()) {
        const char c = peek();
        bool closed = false;
        if (c == '{' && peek(1) == '{') {
            pending_ += '{';
            ++open_braces;
            at_ += 2;
        } else if (c == '{') {
            if (!placeholder(depth)) return false;
        } else if (c == '}') {
            if (!closing_brace(depth, open_braces, closed)) return false;
            if (closed) return true;
        } else if (is_space(c)) {
            white_space();
        } else {
            pending_ += c;
            ++at_;
        }
    }
    return depth == 0 || fail(opened, "this '{' is never closed (write '{{' for a brace)");
}

/// "}}" is a brace, but inside of a style it may as well be two ends: there it is a brace only if a "{{" in
/// the same words waits for it.
bool Compiler::closing_brace(int depth, int& open_braces, bool& closed) {
    const bool doubled = peek(1) == '}';
    if (doubled && (depth == 0 || open_braces > 0)) {
        pending_ += '}';
        --open_braces;
        at_ += 2;
        return true;
    }
    if (depth == 0) return fail(at_, "a lone '}' (write '}}' for a brace)");
    ++at_;
    closed = true;
    return true;
}

/// A line break is a space, a blank line a new paragraph; at both ends of a template a break is nothing.
void Compiler::white_space() {
    const std::size_t begin = at_;
    while (is_space(peek()) && !at_end()) ++at_;
    const std::string_view space = source_.substr(begin, at_ - begin);
    const auto breaks = std::count(space.begin(), space.end(), '\n');
    if (breaks == 0) {
        for (const char c : space) pending_ += c == '\r' ? ' ' : c;
        return;
    }
    const bool at_an_end = at_end() || (made_.code.empty() && pending_.empty());
    if (breaks == 1) {
        if (!at_an_end) pending_ += ' ';
        return;
    }
    flush();
    emit(Instruction::Op::paragraph);
}

bool Compiler::placeholder(int depth) {
    const std::size_t opened = at_++;
    if (peek() == '#') return style(opened, depth);
    if (peek() == '!') return link(opened, depth);
    const std::size_t end = std::min(source_.find_first_of("{}", at_), source_.size());
    if (end == source_.size() || source_[end] == '{')
        return fail(opened, "this '{' is never closed (write '{{' for a brace)");
    const std::string_view words = source_.substr(at_, end - at_);
    at_ = end + 1;
    flush();
    return inside(words, opened);
}

bool Compiler::style(std::size_t opened, int depth) {
    const std::size_t begin = ++at_;
    while (ascii::is_letter(peek())) ++at_;
    const std::string_view name = source_.substr(begin, at_ - begin);
    const std::optional<Style> found = find_style(name);
    if (!found) return fail(opened, fmt::format("no style '{}'", name));
    if (!is_space(peek()) || at_end()) return fail(opened, fmt::format("write '{{#{} words}}'", name));
    while (is_space(peek()) && !at_end()) ++at_;
    flush();
    const auto detail = static_cast<std::uint8_t>(*found);
    emit(Instruction::Op::style_on).detail = detail;
    if (!body(opened, depth + 1)) return false;
    flush();
    emit(Instruction::Op::style_off).detail = detail;
    return true;
}

bool Compiler::link(std::size_t opened, int depth) {
    if (in_link_) return fail(opened, "a link inside a link");
    flush();
    const std::size_t begin = ++at_;
    const std::size_t on = made_.code.size();
    emit(Instruction::Op::link_on);
    if (!command(opened)) return false;
    const std::size_t commands = made_.code.size() - on - 1;
    if (commands == 0) return fail(opened, "a command link needs a command");
    made_.code[on].literal = static_cast<std::uint32_t>(commands);
    // Without a label the command is its own: it is read again as words.
    at_ = peek() == '|' ? at_ + 1 : begin;
    made_.has_links = in_link_ = true;
    if (!body(opened, depth + 1)) return false;
    in_link_ = false;
    flush();
    emit(Instruction::Op::link_off);
    return true;
}

/// Up to '|' or the closing '}', which stays.
bool Compiler::command(std::size_t opened) {
    int open_braces = 0;
    while (!at_end()) {
        const char c = peek();
        const bool escaped = peek(1) == c && (c == '{' || (c == '}' && open_braces > 0));
        if (escaped) {
            pending_ += c;
            open_braces += c == '{' ? 1 : -1;
            at_ += 2;
        } else if (c == '|' || c == '}') {
            if (pending_.ends_with(' ')) pending_.pop_back();
            flush();
            return true;
        } else if (c == '{') {
            if (!command_part(opened)) return false;
        } else {
            command_character();
        }
    }
    return fail(opened, "this '{' is never closed (write '{{' for a brace)");
}

void Compiler::command_character() {
    if (!is_space(peek())) {
        pending_ += source_[at_++];
        return;
    }
    while (!at_end() && is_space(peek())) ++at_;
    pending_ += ' ';
}

bool Compiler::command_part(std::size_t opened) {
    if (peek(1) != '#' && peek(1) != '!') {
        // Agreement and reflexives are a matter of the label; the command's own nouns leave no trace there.
        const auto pronouns = pronoun_last_;
        if (!placeholder(0)) return false;
        pronoun_last_ = pronouns;
        const Instruction& last = made_.code.back();
        const auto form = static_cast<Form>(last.detail);
        if (last.op == Instruction::Op::noun && form != Form::possessive) return true;
    }
    return fail(opened, "a command link may hold words and {objects} only");
}

void Compiler::flush() {
    if (pending_.empty()) return;
    const std::uint32_t number = literal(pending_);
    pending_.clear();
    if (!made_.literals[number].words.empty()) emit(Instruction::Op::words).literal = number;
}

std::uint32_t Compiler::literal(std::string_view words) {
    // As behind something else: literals are joined to what is not known here.
    std::string filtered = " ";
    utf8::append_filtered(filtered, words, utf8::Newlines::to_spaces);
    filtered.erase(0, 1);
    const SentenceEffect effect(filtered);
    made_.literals.push_back({std::move(filtered), effect});
    return static_cast<std::uint32_t>(made_.literals.size() - 1);
}

bool Compiler::set_argument(Instruction& instruction, std::string_view name, std::size_t opened) {
    auto& names = made_.arguments;
    const auto found = std::find(names.begin(), names.end(), name);
    instruction.argument = static_cast<std::uint8_t>(found - names.begin());
    if (found != names.end()) return true;
    if (names.size() == Template::max_arguments)
        return fail(opened, fmt::format("more than {} different arguments", Template::max_arguments));
    names.emplace_back(name);
    return true;
}

/// "Alice hits {target}" may become "herself"; where a verb of its own follows, it is a subject and keeps the
/// name.
void Compiler::settle_reflexives() {
    for (std::size_t at = 0; at < made_.code.size(); ++at) {
        Instruction& instruction = made_.code[at];
        const auto form = static_cast<Form>(instruction.detail);
        if (instruction.op == Instruction::Op::noun && (form == Form::plain || form == Form::the))
            instruction.flag = !is_subject(at);
    }
}

/// Whether what comes next in this sentence is a verb of the noun at this place.
bool Compiler::is_subject(std::size_t noun) const {
    for (std::size_t at = noun + 1; at < made_.code.size(); ++at) {
        const Instruction& next = made_.code[at];
        switch (next.op) {
            case Instruction::Op::words:
                if (made_.literals[next.literal].effect.ends_sentence(Position::middle)) return false;
                break;
            case Instruction::Op::style_on:
            case Instruction::Op::style_off:
            case Instruction::Op::link_on:
            case Instruction::Op::link_off:
                break;
            case Instruction::Op::verb:
                return next.argument == made_.code[noun].argument;
            case Instruction::Op::paragraph:
            case Instruction::Op::noun:
            case Instruction::Op::pronoun:
            case Instruction::Op::count:
                return false;
        }
    }
    return false;
}

/// The sentence, the line and a caret, of a long line only what is around the mistake.
bool Compiler::fail(std::size_t at, std::string_view message) {
    constexpr std::size_t shown_before = 60;
    constexpr std::size_t shown_after = 40;
    if (!fault_.empty()) return false;
    const std::size_t line_begin = at == 0 ? 0 : source_.rfind('\n', at - 1) + 1;
    const std::size_t line_end = std::min(source_.find('\n', at), source_.size());
    const auto lines =
        std::count(source_.begin(), source_.begin() + static_cast<std::ptrdiff_t>(line_begin), '\n');
    const auto characters = [](std::string_view text) {
        return std::count_if(text.begin(), text.end(),
                             [](char c) { return (static_cast<unsigned>(c) & 0xC0U) != 0x80U; });
    };
    const auto column = characters(source_.substr(line_begin, at - line_begin)) + 1;
    const std::size_t begin = at - std::min(at - line_begin, shown_before);
    const std::string before = utf8::filter(source_.substr(begin, at - begin));
    const std::string behind = utf8::filter(source_.substr(at, std::min(line_end - at, shown_after)));
    const std::string place =
        lines == 0 ? fmt::format("column {}", column) : fmt::format("line {} column {}", lines + 1, column);
    fault_ = fmt::format("template {}: {}\n  {}{}\n  {}^", place, message, before, behind,
                         std::string(utf8::width(before), ' '));
    return false;
}

}  // namespace gyre::world::text
