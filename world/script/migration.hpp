#pragma once

#include "world/script/draft_check.hpp"
#include "world/script/state.hpp"

#include <string>
#include <vector>

namespace gyre::world::script {

/// A class as it was before its new version was put in force, its Lua functions included.
class LastVersion {
  public:
    LastVersion(State& state, Class& of);
    ~LastVersion();
    LastVersion(const LastVersion&) = delete;
    LastVersion& operator=(const LastVersion&) = delete;
    void put_back();

  private:
    State& state_;
    Class& of_;
    Class content_;  ///< What was declared; nothing is linked to it.
    Loaded loaded_;
    int functions_ = LUA_NOREF;  ///< A Lua table of the methods, by Member::function.
};

/// Calls `migrate` once for each object that does not fit the version in force, in one transaction, or inside
/// the one that runs. Empty if all fit then; else why not, and what they did is undone.
std::string migrate(State& state, DraftCheck& check);

}  // namespace gyre::world::script
