#include "clients/terminal/play_script.hpp"

#include "engine/base/ascii.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <utility>

namespace gyre::play {
namespace {

using std::chrono::milliseconds;
using Step = PlayScript::Step;
using Kind = Step::Kind;

struct Word {
    std::string_view name;
    Kind kind;
    bool takes_text;
    bool takes_seconds;
};
constexpr std::array words{
    Word{"send", Kind::send, true, false},     Word{"secret", Kind::secret, true, false},
    Word{"expect", Kind::expect, true, true},  Word{"wait", Kind::wait, false, true},
    Word{"closed", Kind::closed, false, true},
};

std::string_view trimmed(std::string_view text) { return ascii::trimmed(text, " \t\r"); }

/// Text in quotes from the front of `rest`; \" and \\ stand for these. Nothing: the closing quote is missing.
std::optional<std::string> take_quoted(std::string_view& rest) {
    std::string text;
    for (std::size_t at = 1; at < rest.size(); ++at) {
        if (rest[at] == '"') {
            rest = trimmed(rest.substr(at + 1));
            return text;
        }
        if (rest[at] == '\\' && at + 1 < rest.size()) ++at;
        text += rest[at];
    }
    return std::nullopt;
}

/// "5" or "0.25"; nothing if it is none or too long.
std::optional<milliseconds> parse_seconds(std::string_view text) {
    if (text.empty() || text.size() > 16 || text.find_first_not_of("0123456789.") != std::string_view::npos)
        return std::nullopt;
    const std::string number{text};
    char* end = nullptr;
    const double seconds = std::strtod(number.c_str(), &end);
    if (*end != '\0' || seconds * 1000 > static_cast<double>(PlayScript::max_patience.count()))
        return std::nullopt;
    return milliseconds{std::llround(seconds * 1000)};
}

/// What stands behind a step's word. Empty: all of it makes sense; else a complaint.
std::string take_arguments(const Word& word, std::string_view rest, Step& step) {
    if (word.takes_text) {
        if (rest.starts_with('"')) {
            const std::optional<std::string> text = take_quoted(rest);
            if (!text) return "the closing quote is missing";
            step.text = *text;
        } else {
            step.text = std::exchange(rest, {});
        }
        if (step.text.empty() && step.kind == Kind::expect) return "expect needs a text";
    }
    if (word.takes_seconds && !rest.empty()) {
        const std::optional<milliseconds> seconds = parse_seconds(rest);
        if (!seconds) {
            return fmt::format("\"{}\" is no number of seconds up to {}", rest,
                               PlayScript::max_patience.count() / 1000);
        }
        step.patience = *seconds;
        rest = {};
    } else if (step.kind == Kind::wait) {
        return "wait needs a number of seconds";
    }
    return rest.empty() ? std::string{} : fmt::format("\"{}\" stands behind the closing quote", rest);
}

std::string parse_step(std::string_view line, Step& step) {
    const std::string_view name = line.substr(0, line.find_first_of(" \t"));
    for (const Word& word : words) {
        if (word.name != name) continue;
        step.kind = word.kind;
        return take_arguments(word, trimmed(line.substr(name.size())), step);
    }
    return fmt::format("unknown step \"{}\": use send, secret, expect, wait or closed", name.substr(0, 32));
}

double in_seconds(milliseconds time) { return static_cast<double>(time.count()) / 1000; }

/// The last lines of `text`, each moved in.
std::string last_lines(std::string_view text, std::size_t count) {
    while (text.ends_with('\n')) text.remove_suffix(1);
    std::size_t begin = text.size();
    for (std::size_t lines = 0; begin > 0; --begin)
        if (text[begin - 1] == '\n' && ++lines == count) break;
    std::string shown = "\n  ";
    for (const char byte : text.substr(begin)) shown.append(1, byte).append(byte == '\n' ? "  " : "");
    return shown;
}

}  // namespace

Result<PlayScript> PlayScript::parse(std::string_view text) {
    PlayScript script;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::string_view whole = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(whole.size() + 1, text.size()));
        if (whole.size() > max_line)
            return Error{Errc::too_long, fmt::format("line {}: longer than {} bytes", number, max_line)};
        const std::string_view line = trimmed(whole);
        if (line.empty() || line.starts_with('#')) continue;
        if (script.steps.size() == max_steps)
            return Error{Errc::too_long, fmt::format("line {}: more than {} steps", number, max_steps)};
        Step step;
        step.line = number;
        const std::string complaint = parse_step(line, step);
        if (!complaint.empty()) return Error{Errc::bad_input, fmt::format("line {}: {}", number, complaint)};
        script.steps.push_back(std::move(step));
    }
    return script;
}

void ScriptRun::saw(std::string_view text) {
    unseen_ += text;
    if (unseen_.size() > max_unseen) unseen_.erase(0, unseen_.size() - max_unseen);
}

bool ScriptRun::is_met(const Step& step) {
    if (step.kind == Kind::closed) return closed_;
    if (step.kind != Kind::expect) return false;
    const std::size_t at = unseen_.find(step.text);
    if (at != std::string::npos) unseen_.erase(0, at + step.text.size());
    return at != std::string::npos;
}

ScriptRun::Next ScriptRun::next(milliseconds now) {
    while (step_ < script_.steps.size()) {
        const Step& step = script_.steps[step_];
        if (step.kind == Kind::send || step.kind == Kind::secret) {
            if (closed_) return fail(step);
            ++step_;
            return {Next::Kind::send, step.text, {}};
        }
        if (begun_.count() < 0) begun_ = now;
        const bool is_over = now - begun_ >= step.patience;
        if (is_met(step) || (step.kind == Kind::wait && is_over)) {
            ++step_;
            begun_ = milliseconds{-1};
            continue;
        }
        if (is_over || (closed_ && step.kind == Kind::expect)) return fail(step);
        return {Next::Kind::wait, {}, begun_ + step.patience};
    }
    return {Next::Kind::succeeded, {}, {}};
}

ScriptRun::Next ScriptRun::fail(const Step& step) {
    const std::string wanted = step.kind == Kind::expect   ? fmt::format("expected \"{}\"", step.text)
                               : step.kind == Kind::closed ? "expected the server to end the connection"
                                                           : "there was something to send";
    const std::string what = step.kind != Kind::closed && closed_
                                 ? ", but the server has ended the connection"
                                 : fmt::format(" within {:g} s", in_seconds(step.patience));
    complaint_ = fmt::format("line {}: {}{}; what came last:{}", step.line, wanted, what,
                             last_lines(unseen_, shown_lines));
    return {Next::Kind::failed, {}, {}};
}

}  // namespace gyre::play
