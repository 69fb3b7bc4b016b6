#include "world/waiting_calls.hpp"

#include "engine/base/ascii.hpp"
#include "engine/base/utf8.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace gyre::world {

namespace {

using script::Question;

Answer unfit(std::string_view words) { return {Answer::Kind::unfit, {}, std::string{words}}; }

Answer yes_or_no(std::string_view line) {
    const std::string word = utf8::fold_ascii(ascii::trimmed(line));
    if (word == "yes" || word == "y") return {Answer::Kind::given, Value{true}, {}};
    if (word == "no" || word == "n") return {Answer::Kind::no, {}, {}};
    return unfit("Please answer yes or no; no leaves it at that.");
}

/// By number, by all of its words, or by the beginning of a word that only one of them has.
Answer one_of(const std::vector<std::string>& options, std::string_view line) {
    const std::string_view words = ascii::trimmed(line);
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(words.data(), words.data() + words.size(), number);
    const bool is_number = error == std::errc{} && end == words.data() + words.size();
    if (is_number && number >= 1 && number <= options.size())
        return {Answer::Kind::given, Value{static_cast<std::int64_t>(number)}, {}};
    const std::string wanted = utf8::fold_ascii(words);
    std::size_t found = 0;
    std::size_t count = 0;
    for (std::size_t index = 0; index < options.size() && !wanted.empty(); ++index) {
        const std::string option = utf8::fold_ascii(options[index]);
        if (!option.starts_with(wanted) && option.find(' ' + wanted) == std::string::npos) continue;
        found = index + 1;
        ++count;
        if (option == wanted) {
            count = 1;
            break;
        }
    }
    if (count == 1) return {Answer::Kind::given, Value{static_cast<std::int64_t>(found)}, {}};
    return unfit(count == 0 ? "Please answer with one of the numbers, or \"cancel\"."
                            : "That fits several; please give the number, or \"cancel\".");
}

Answer written(WaitingCall& call, std::string_view line) {
    LineEditor::Reply reply = call.editor.type(line);
    if (reply.done) return {Answer::Kind::given, Value{call.editor.text()}, {}};
    return {Answer::Kind::more, {}, std::move(reply.words)};
}

}  // namespace

Answer answer_to(WaitingCall& call, std::string_view line) {
    if (utf8::fold_ascii(ascii::trimmed(line)) == "cancel") return {Answer::Kind::no, {}, {}};
    switch (call.question.kind) {
        case Question::Kind::line:
        case Question::Kind::secret:
            return {Answer::Kind::given, Value{line}, {}};
        case Question::Kind::text:
            return written(call, line);
        case Question::Kind::confirm:
            return yes_or_no(line);
        case Question::Kind::choose:
            return one_of(call.question.options, line);
        case Question::Kind::time:
        case Question::Kind::job:
            break;
    }
    return {Answer::Kind::no, {}, {}};
}

std::uint64_t WaitingCalls::add(WaitingCall call) {
    const std::uint64_t number = call.number;
    std::uint64_t before = 0;
    if (call.question.kind != Question::Kind::time && call.question.kind != Question::Kind::job) {
        if (const WaitingCall* asked = find(call.session, call.actor)) {
            before = asked->number;
            static_cast<void>(take(before));
        }
        asked_[call.actor].push_back(number);
    }
    calls_.emplace(number, std::move(call));
    return before;
}

const WaitingCall* WaitingCalls::find(SessionId session, ObjectId player) const {
    const auto asked = asked_.find(player);
    if (asked == asked_.end()) return nullptr;
    for (const std::uint64_t number : asked->second) {
        const auto call = calls_.find(number);
        if (call != calls_.end() && call->second.session == session) return &call->second;
    }
    return nullptr;
}

WaitingCall* WaitingCalls::asked(SessionId session, ObjectId player) {
    return const_cast<WaitingCall*>(find(session, player));  // NOLINT: it is ours.
}

Gate::Asks WaitingCalls::asks(SessionId session, ObjectId player) const {
    const WaitingCall* call = find(session, player);
    if (call == nullptr) return Gate::Asks::nothing;
    return call->question.kind == Question::Kind::secret ? Gate::Asks::secret : Gate::Asks::line;
}

std::optional<WaitingCall> WaitingCalls::take(std::uint64_t number) {
    const auto found = calls_.find(number);
    if (found == calls_.end()) return std::nullopt;
    WaitingCall call = std::move(found->second);
    calls_.erase(found);
    if (const auto asked = asked_.find(call.actor); asked != asked_.end()) {
        std::erase(asked->second, number);
        if (asked->second.empty()) asked_.erase(asked);
    }
    return call;
}

}  // namespace gyre::world
