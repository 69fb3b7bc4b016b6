#include "world/wizard_rights.hpp"

namespace gyre::world {

bool WizardRights::turn_off(ObjectId player) {
    const bool were_on = on(player);
    until_.erase(player);
    return were_on;
}

bool WizardRights::on(ObjectId player) const {
    const auto found = until_.find(player);
    return found != until_.end() && clock_.steady() < found->second;
}

Ref<Text> rights_are_off() {
    static const text::Template& words =
        *text::compile("Your rights as a wizard are off: {!wizard on} turns them on for half an hour.")
             .value();
    return Text::of_template(words, {});
}

}  // namespace gyre::world
