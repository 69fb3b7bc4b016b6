#pragma once

#include "world/script/compile.hpp"
#include "world/script/draft_check.hpp"

#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace gyre::world::script {

/// One load(): compiles all sources, then puts each in force after those that it builds on. A class with a
/// fault is left as it was, and what builds on it uses that version if there is one. A version whose
/// properties do not take what objects hold is in force only if its `migrate` methods change that.
class LoadRun {
  public:
    explicit LoadRun(State& state) : state_(state) {}
    std::vector<LoadFault> run(std::span<const ClassSource> sources);

  private:
    enum class Mark : std::uint8_t { waiting, visiting, done };
    struct Entry {
        std::unique_ptr<Draft> draft;
        Mark mark = Mark::waiting;
    };
    void visit(const std::string& name);
    void visit_base(const std::string& base);
    void fault(const ClassSource& from, std::string message);
    std::string put_in_force(Draft& draft);
    void replace(Draft& draft, const DraftCheck& check);

    State& state_;
    std::map<std::string, Entry> entries_;
    std::set<const Class*> renewed_;  ///< In force soon or now in the version of this load.
    std::vector<std::string> path_;   ///< Classes being visited, outermost first.
    std::vector<LoadFault> faults_;
};

/// Leaves nothing of a class but its name.
void unload_class(State& state, Class& of);

}  // namespace gyre::world::script
