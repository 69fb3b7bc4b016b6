#pragma once

#include "world/script/declarations.hpp"
#include "world/script/state.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace gyre::world::script {

/// `function self:migrate()`: makes an object fit the new version of its class.
constexpr std::string_view migrate_method = "migrate";

/// Whether a draft fits the classes it builds on, those that build on it, and what is stored.
class DraftCheck {
  public:
    /// `renewed`: classes that this load replaces as well, so that their old version need not fit.
    DraftCheck(State& state, Draft& draft, const std::set<const Class*>& renewed);
    /// Empty if it fits; else one clause for its author. What a redeclared property inherits beside its type
    /// (private, transient, optional, which values) is filled in.
    [[nodiscard]] std::string run();
    /// The objects that hold what a changed property does not take. Without a `migrate` method to change
    /// that, run() says that it does not fit.
    [[nodiscard]] const std::set<ObjectId>& misfits() const { return misfits_; }
    /// Empty if every object now holds what the changed properties take.
    [[nodiscard]] std::string check_stored();
    [[nodiscard]] Class* parent() const { return parent_; }
    [[nodiscard]] const std::vector<Class*>& traits() const { return traits_; }

  private:
    [[nodiscard]] Class* loaded(const std::string& name) const;
    [[nodiscard]] std::string check_bases() const;
    [[nodiscard]] std::string check_rights() const;
    [[nodiscard]] bool is_for_files(const Class& base) const;
    [[nodiscard]] bool is_of_wizard(const std::string& owner) const;
    [[nodiscard]] std::string check_singleton() const;
    [[nodiscard]] std::string check_traits() const;
    void adopt_rules();
    [[nodiscard]] std::string check_inherited() const;
    [[nodiscard]] std::string check_heirs() const;
    void find_changed();
    [[nodiscard]] bool can_migrate() const;
    [[nodiscard]] std::string check_stored(const Member& property);
    [[nodiscard]] std::string compare(const Member& mine, const Member& theirs,
                                      const std::string& whose) const;
    [[nodiscard]] const Member* inherited(Atom name) const;
    [[nodiscard]] const std::string& name_of(Atom atom) const { return state_.world.atoms.name(atom); }

    State& state_;
    Draft& draft_;
    const std::set<const Class*>& renewed_;
    Class* parent_ = nullptr;
    std::vector<Class*> traits_;
    std::vector<Member> changed_;  ///< Properties that had another type.
    std::set<ObjectId> misfits_;
};

}  // namespace gyre::world::script
