#include "engine/app/control_codec.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>

namespace gyre::app {
namespace {

/// Longest first line of an answer: two numbers.
constexpr std::size_t max_answer_head = 32;

bool must_be_encoded(char letter) {
    return static_cast<unsigned char>(letter) <= 0x20 || letter == 0x7f || letter == '%';
}

void append_word(std::string& line, std::string_view word) {
    if (word.empty()) line += '%';
    for (const char letter : word) {
        if (must_be_encoded(letter)) {
            fmt::format_to(std::back_inserter(line), "%{:02X}", static_cast<unsigned char>(letter));
        } else {
            line += letter;
        }
    }
}

std::optional<std::string> decode_word(std::string_view encoded) {
    if (encoded == "%") return std::string{};
    std::string word;
    for (std::size_t at = 0; at < encoded.size(); ++at) {
        if (encoded[at] != '%') {
            if (must_be_encoded(encoded[at])) return std::nullopt;
            word += encoded[at];
            continue;
        }
        unsigned value = 0;
        const std::string_view digits = encoded.substr(at + 1, 2);
        const char* const end = digits.data() + digits.size();
        const auto [stopped, error] = std::from_chars(digits.data(), end, value, 16);
        if (digits.size() != 2 || error != std::errc{} || stopped != end) return std::nullopt;
        word += static_cast<char>(value);
        at += 2;
    }
    return word;
}

Result<ControlWords> decode_line(std::string_view line) {
    ControlWords words;
    while (true) {
        const std::size_t space = line.find(' ');
        const std::string_view encoded = line.substr(0, space);
        auto word = decode_word(encoded);
        if (!word || encoded.empty()) return Error{Errc::bad_input, "a word of the request is not readable"};
        if (words.size() == max_control_words) return Error{Errc::too_long, "the request has too many words"};
        words.push_back(std::move(*word));
        if (space == std::string_view::npos) return words;
        line.remove_prefix(space + 1);
    }
}

struct AnswerHead {
    int exit_code = 0;
    std::size_t length = 0;
};

/// "0 24"
std::optional<AnswerHead> decode_head(std::string_view head) {
    AnswerHead found;
    const char* const end = head.data() + head.size();
    const auto code = std::from_chars(head.data(), end, found.exit_code);
    if (code.ec != std::errc{} || code.ptr == end || *code.ptr != ' ') return std::nullopt;
    const auto length = std::from_chars(code.ptr + 1, end, found.length);
    const bool in_range =
        found.exit_code >= 0 && found.exit_code <= 255 && found.length <= max_control_answer;
    if (length.ec != std::errc{} || length.ptr != end || !in_range) return std::nullopt;
    return found;
}

}  // namespace

std::string encode_request(const ControlWords& words) {
    std::string line;
    for (const std::string& word : words) {
        if (!line.empty()) line += ' ';
        append_word(line, word);
    }
    return line + '\n';
}

std::string encode_answer(const ControlAnswer& answer) {
    const std::string_view text = std::string_view(answer.text).substr(0, max_control_answer);
    return fmt::format("{} {}\n{}", answer.exit_code, text.size(), text);
}

void ControlRequestCodec::feed(std::string_view bytes) {
    const bool complete = line_.find('\n') != std::string::npos;
    if (finished_ || complete) return;
    // One byte past the limit is enough to know.
    line_ += bytes.substr(0, max_control_request + 1 - std::min(line_.size(), max_control_request + 1));
}

std::optional<Result<ControlWords>> ControlRequestCodec::next() {
    if (finished_) return std::nullopt;
    const std::size_t end = line_.find('\n');
    if (end == std::string::npos && line_.size() < max_control_request) return std::nullopt;
    finished_ = true;
    if (end >= max_control_request) return Error{Errc::too_long, "the request is too long"};
    return decode_line(std::string_view(line_).substr(0, end));
}

void ControlAnswerCodec::feed(std::string_view bytes) {
    constexpr std::size_t most = max_answer_head + max_control_answer;
    if (finished_) return;
    if (bytes_.empty())
        bytes.remove_prefix(std::min(bytes.find_first_not_of(control_life_sign), bytes.size()));
    bytes_ += bytes.substr(0, most - std::min(bytes_.size(), most));
}

std::optional<Result<ControlAnswer>> ControlAnswerCodec::next() {
    if (finished_) return std::nullopt;
    const std::size_t end = std::string_view(bytes_).substr(0, max_answer_head).find('\n');
    if (end == std::string::npos && bytes_.size() < max_answer_head) return std::nullopt;
    const auto head =
        end == std::string::npos ? std::nullopt : decode_head(std::string_view(bytes_).substr(0, end));
    if (!head) {
        finished_ = true;
        return Error{Errc::bad_input, "the answer is not readable"};
    }
    if (bytes_.size() - end - 1 < head->length) return std::nullopt;
    finished_ = true;
    return ControlAnswer{head->exit_code, bytes_.substr(end + 1, head->length)};
}

}  // namespace gyre::app
