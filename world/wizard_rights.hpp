#pragma once

#include "engine/base/clock.hpp"
#include "engine/base/ids.hpp"
#include "world/text/text.hpp"

#include <chrono>
#include <unordered_map>

namespace gyre::world {

/// Which wizards have their rights on. They are off until `wizard on` asked for the password, and a fact of
/// the sessions: not stored, not undone.
class WizardRights {
  public:
    /// From `wizard on`, unless they are ended before.
    static constexpr std::chrono::minutes last_for{30};

    explicit WizardRights(const Clock& clock) : clock_(clock) {}

    void turn_on(ObjectId player) { until_[player] = clock_.steady() + last_for; }
    /// False if they were off.
    bool turn_off(ObjectId player);
    [[nodiscard]] bool on(ObjectId player) const;

  private:
    const Clock& clock_;
    std::unordered_map<ObjectId, Clock::Steady> until_;
};

/// What a wizard is told who needs them and has them off.
Ref<Text> rights_are_off();

}  // namespace gyre::world
