#include "world/source_changes.hpp"

#include "engine/base/ascii.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace gyre::world {

namespace {

struct Part {
    std::string name;
    std::string label;
    std::string text;  ///< Its lines, with what stands above it.
};

constexpr std::string_view rest_label = "other lines";
constexpr std::string_view blanks = " \t\r";

/// The name that `text` begins with.
std::string_view leading_name(std::string_view text) {
    const auto is_of_name = [](char letter) { return ascii::is_letter_or_digit(letter) || letter == '_'; };
    return text.substr(0,
                       static_cast<std::size_t>(std::ranges::find_if_not(text, is_of_name) - text.begin()));
}

/// What stands between the first two quotation marks of one kind.
std::string_view quoted(std::string_view line) {
    const std::size_t from = line.find_first_of("\"'");
    if (from == std::string_view::npos) return {};
    const std::size_t to = line.find(line[from], from + 1);
    return to == std::string_view::npos ? std::string_view{} : line.substr(from + 1, to - from - 1);
}

bool begins_word(std::string_view line, std::string_view word) { return leading_name(line) == word; }

/// Takes a source apart, line by line.
class Splitting {
  public:
    std::vector<Part> run(std::string_view source) {
        while (!source.empty()) {
            const std::size_t end = std::min(source.find('\n'), source.size());
            take(source.substr(0, end));
            source.remove_prefix(std::min(end + 1, source.size()));
        }
        rest_.text += above_;
        if (!rest_.text.empty()) parts_.push_back(std::move(rest_));
        return std::move(parts_);
    }

  private:
    void take(std::string_view line) {
        const std::string_view words = ascii::trimmed(line, blanks);
        if (words.empty()) return;
        if (const std::optional<Part> begun = begin(words)) {
            parts_.push_back({begun->name, begun->label, above_ + std::string{line} + '\n'});
            forget_above();
            is_inside_ = begins_word(words, "function");
        } else if (stands_above(words)) {
            if (begins_word(words, "verb") && pattern_.empty()) pattern_ = quoted(words);
            above_ += std::string{line} + '\n';
        } else {
            (is_inside_ ? parts_.back().text : rest_.text) += above_ + std::string{line} + '\n';
            forget_above();
        }
    }

    void forget_above() {
        above_.clear();
        pattern_.clear();
    }

    /// Decorators, and the comments at the beginning of a declaration.
    [[nodiscard]] static bool stands_above(std::string_view words) {
        constexpr std::array<std::string_view, 4> decorators{"verb", "before", "every", "daily"};
        return words.starts_with("---") ||
               std::ranges::find(decorators, leading_name(words)) != decorators.end();
    }

    [[nodiscard]] std::optional<Part> begin(std::string_view words) const {
        constexpr std::array<std::string_view, 2> methods{"function self:", "function private:"};
        for (const std::string_view head : methods) {
            if (!words.starts_with(head)) continue;
            const std::string name{leading_name(words.substr(head.size()))};
            return Part{name, pattern_.empty() ? "method " + name : "verb " + pattern_, {}};
        }
        constexpr std::array<std::string_view, 3> tables{"property.", "private.", "transient."};
        for (const std::string_view head : tables) {
            if (!words.starts_with(head)) continue;
            const std::string name{leading_name(words.substr(head.size()))};
            return Part{name, "property " + name, {}};
        }
        if (!begins_word(words, "event")) return std::nullopt;
        const std::string name{quoted(words)};
        return Part{name, "event " + name, {}};
    }

    std::vector<Part> parts_;
    Part rest_{{}, std::string{rest_label}, {}};
    std::string above_;    ///< Lines that belong to what comes next.
    std::string pattern_;  ///< Of the first verb among them.
    bool is_inside_ = false;
};

const Part* find(const std::vector<Part>& parts, const Part& wanted) {
    const auto found = std::ranges::find_if(
        parts, [&](const Part& part) { return part.name == wanted.name && part.label == wanted.label; });
    return found == parts.end() ? nullptr : &*found;
}

}  // namespace

std::vector<SourceDifference> compare_sources(std::string_view before, std::string_view after) {
    const std::vector<Part> old_parts = Splitting{}.run(before);
    const std::vector<Part> new_parts = Splitting{}.run(after);
    std::vector<SourceDifference> differences;
    using Which = SourceDifference::Kind;
    for (const Part& part : new_parts) {
        const Part* old = find(old_parts, part);
        if (old != nullptr && old->text == part.text) continue;
        differences.push_back({old == nullptr ? Which::added : Which::changed, part.name, part.label});
    }
    for (const Part& part : old_parts) {
        if (find(new_parts, part) == nullptr) differences.push_back({Which::removed, part.name, part.label});
    }
    return differences;
}

}  // namespace gyre::world
