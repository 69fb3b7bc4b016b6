#include "world/line_editor.hpp"

#include "engine/base/ascii.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>

namespace gyre::world {

namespace {

constexpr std::string_view help =
    "Each line you type becomes a line of the text, but for these:\n"
    ".            that was all: keep the text\n"
    ".list        show the text with its line numbers (.list 3, .list 3 7)\n"
    ".insert 3    go on writing before line 3 (.insert alone: at the end)\n"
    ".delete 3    take line 3 away (.delete 3 7: lines 3 to 7)\n"
    ".replace 3 words    put these words in the place of line 3\n"
    ".subst 3 /old/new/  put \"new\" for the first \"old\" in line 3\n"
    ".clear       take all lines away\n"
    ".help        this\n"
    "cancel       leave everything as it was\n"
    "Commands may be cut short: .l, .i, .d. A line of the text that begins with a full stop is typed with "
    "two.";

/// The first word, which is taken off `words` with one blank: what is left may be a line of text.
std::string_view cut_word(std::string_view& words) {
    words = ascii::trimmed(words);
    const std::size_t end = std::min(words.find_first_of(ascii::blanks), words.size());
    const std::string_view word = words.substr(0, end);
    words.remove_prefix(std::min(end + 1, words.size()));
    return word;
}

std::optional<std::size_t> number(std::string_view word) {
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (error != std::errc{} || end != word.data() + word.size() || value == 0) return std::nullopt;
    return value;
}

struct Range {
    std::size_t first = 0;  ///< From 0.
    std::size_t end = 0;    ///< Behind the last.
};

/// "3" or "3 7" or "3-7"; nothing if these are no lines.
std::optional<Range> range(std::string_view words, std::size_t lines) {
    std::string spaced{words};
    std::replace(spaced.begin(), spaced.end(), '-', ' ');
    std::string_view rest = spaced;
    const auto first = number(cut_word(rest));
    if (!first || *first > lines) return std::nullopt;
    if (ascii::trimmed(rest).empty()) return Range{*first - 1, *first};
    const auto last = number(ascii::trimmed(rest));
    if (!last || *last < *first || *last > lines) return std::nullopt;
    return Range{*first - 1, *last};
}

LineEditor::Reply say(std::string words) { return {false, std::move(words)}; }

}  // namespace

LineEditor::LineEditor(std::string_view text) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (!fits(end + 1, 1)) break;
        static_cast<void>(add(text.substr(0, end)));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

std::string_view LineEditor::introduction() {
    return "Write line by line. A full stop alone ends the text, .help tells what else there is, \"cancel\" "
           "leaves "
           "everything as it was.";
}

std::string LineEditor::text() const {
    std::string text;
    for (const std::string& line : lines_) {
        if (&line != lines_.data()) text += '\n';
        text += line;
    }
    return text;
}

bool LineEditor::fits(std::size_t more_bytes, std::size_t more_lines) const {
    return bytes_ + more_bytes <= max_bytes && lines_.size() + more_lines <= max_lines;
}

LineEditor::Reply LineEditor::type(std::string_view line) {
    if (line.starts_with("..")) return add(line.substr(1));
    if (!line.starts_with('.')) return add(line);
    return command(line.substr(1));
}

LineEditor::Reply LineEditor::command(std::string_view words) {
    const std::string_view name = cut_word(words);
    if (name.empty()) return {true, {}};
    const auto means = [name](std::string_view full) { return full.starts_with(name); };
    if (means("list")) return list(words);
    if (means("insert")) return move_to(words);
    if (means("delete")) return remove(words);
    if (means("replace")) return replace(words);
    if (means("subst") || name == "s") return substitute(words);
    if (name == "clear") return clear();
    if (means("help")) return say(std::string{help});
    return say(fmt::format("There is no .{}: .help tells what there is.", name.substr(0, 20)));
}

std::string LineEditor::numbered(std::size_t first, std::size_t end) const {
    std::string text;
    for (std::size_t index = first; index < end; ++index) {
        if (index > first) text += '\n';
        text += fmt::format("{:>4}  {}", index + 1, lines_[index]);
    }
    return text;
}

LineEditor::Reply LineEditor::list(std::string_view numbers) const {
    if (lines_.empty()) return say("There are no lines yet.");
    if (ascii::trimmed(numbers).empty()) return say(numbered(0, lines_.size()));
    const auto lines = range(numbers, lines_.size());
    if (!lines) return say(fmt::format("There are lines 1 to {}.", lines_.size()));
    return say(numbered(lines->first, lines->end));
}

LineEditor::Reply LineEditor::move_to(std::string_view numbers) {
    if (ascii::trimmed(numbers).empty()) {
        at_ = lines_.size();
        return say("You go on at the end.");
    }
    const auto lines = range(numbers, lines_.size());
    if (!lines || lines->end != lines->first + 1)
        return say(fmt::format("Give one line, 1 to {}: .insert 1", lines_.size()));
    at_ = lines->first;
    return say(fmt::format("You go on before line {}.", at_ + 1));
}

LineEditor::Reply LineEditor::remove(std::string_view numbers) {
    const auto lines = range(numbers, lines_.size());
    if (!lines) return say(fmt::format("Give one or two lines, 1 to {}: .delete 1", lines_.size()));
    for (std::size_t index = lines->first; index < lines->end; ++index) bytes_ -= lines_[index].size() + 1;
    const auto begin = lines_.begin();
    lines_.erase(begin + static_cast<std::ptrdiff_t>(lines->first),
                 begin + static_cast<std::ptrdiff_t>(lines->end));
    const std::size_t gone = lines->end - lines->first;
    if (at_ >= lines->end) {
        at_ -= gone;
    } else {
        at_ = std::min(at_, lines->first);
    }
    return say(gone == 1 ? "One line is gone." : fmt::format("{} lines are gone.", gone));
}

LineEditor::Reply LineEditor::replace(std::string_view words) {
    const auto index = number(cut_word(words));
    if (!index || *index > lines_.size())
        return say(fmt::format("Give a line, 1 to {}, and its words: .replace 1 words", lines_.size()));
    return put(*index - 1, std::string{words});
}

LineEditor::Reply LineEditor::substitute(std::string_view words) {
    const auto index = number(cut_word(words));
    words = ascii::trimmed(words);
    if (!index || *index > lines_.size() || words.empty())
        return say(fmt::format("Give a line, 1 to {}, and what for what: .subst 1 /old/new/", lines_.size()));
    const char mark = words.front();
    const std::size_t middle = words.find(mark, 1);
    const bool is_mark = std::isalnum(static_cast<unsigned char>(mark)) == 0;
    if (!is_mark || middle == std::string_view::npos || middle == 1)
        return say("Say what for what: .subst 1 /old/new/");
    const std::string_view old = words.substr(1, middle - 1);
    std::string_view fresh = words.substr(middle + 1);
    if (fresh.ends_with(mark)) fresh.remove_suffix(1);
    std::string line = lines_[*index - 1];
    const std::size_t found = line.find(old);
    if (found == std::string::npos) return say(fmt::format("Line {} does not hold that.", *index));
    return put(*index - 1, line.replace(found, old.size(), fresh));
}

LineEditor::Reply LineEditor::put(std::size_t index, std::string line) {
    const std::size_t before = lines_[index].size();
    if (line.size() > before && !fits(line.size() - before, 0)) return say("There is no room for that line.");
    bytes_ = bytes_ + line.size() - before;
    lines_[index] = std::move(line);
    return say(numbered(index, index + 1));
}

LineEditor::Reply LineEditor::clear() {
    *this = LineEditor{};
    return say("All lines are gone.");
}

LineEditor::Reply LineEditor::add(std::string_view line) {
    if (!fits(line.size() + 1, 1))
        return say("There is no room for that line: end the text with a full stop.");
    lines_.emplace(lines_.begin() + static_cast<std::ptrdiff_t>(at_), line);
    ++at_;
    bytes_ += line.size() + 1;
    return {};
}

}  // namespace gyre::world
