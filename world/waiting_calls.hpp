#pragma once

#include "world/gate.hpp"
#include "world/line_editor.hpp"
#include "world/script/runtime.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gyre::world {

/// What a line answers to a question.
struct Answer {
    enum class Kind : std::uint8_t {
        given,  ///< `value` is what the call gets.
        more,   ///< Of a text that is being written: more lines are to come. `words`: what to show, if
                ///< anything.
        unfit,  ///< `words` say what would be one; the question stands.
        no,     ///< "cancel", or no to a confirmation: the call ends.
    };
    Kind kind = Kind::given;
    Value value;
    std::string words = {};
};

/// A call that waits, and where its answer must come from.
struct WaitingCall {
    std::uint64_t number = 0;  ///< For Runtime::resume().
    script::Question question;
    std::string_view service;
    SessionId session = SessionId::none;
    ObjectId actor = ObjectId::nothing;
    ObjectId target = ObjectId::nothing;
    std::string method;
    std::string description;     ///< For the history, as its first piece has it.
    std::uint64_t cause = 0;     ///< The pieces of a call share it in the history.
    BatchNumber depends_on = 0;  ///< What its locals may hold: all that it read and wrote so far.
    LineEditor editor;           ///< Of a text that is being written.
};

/// The calls that wait: at most one for each session asks; any number waits for time.
class WaitingCalls {
  public:
    /// Returns the number of the call that asked this session before, which must be abandoned; 0: none.
    std::uint64_t add(WaitingCall call);
    /// The call whose question this session is to answer; null if there is none.
    [[nodiscard]] WaitingCall* asked(SessionId session, ObjectId player);
    [[nodiscard]] Gate::Asks asks(SessionId session, ObjectId player) const;
    /// Null if it does not wait any more.
    [[nodiscard]] const WaitingCall* find(std::uint64_t number) const {
        const auto found = calls_.find(number);
        return found == calls_.end() ? nullptr : &found->second;
    }
    /// Takes it out; nothing if it does not wait any more.
    std::optional<WaitingCall> take(std::uint64_t number);

  private:
    [[nodiscard]] const WaitingCall* find(SessionId session, ObjectId player) const;
    std::unordered_map<std::uint64_t, WaitingCall> calls_;
    std::unordered_map<ObjectId, std::vector<std::uint64_t>> asked_;  ///< By player; few each.
};

/// What `line` means as an answer; appends to a text that is being written.
Answer answer_to(WaitingCall& call, std::string_view line);

}  // namespace gyre::world
