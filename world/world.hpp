#pragma once

#include "engine/base/clock.hpp"
#include "engine/base/jobs.hpp"
#include "engine/base/secrets.hpp"
#include "world/accounts.hpp"
#include "world/atoms.hpp"
#include "world/audience.hpp"
#include "world/bans.hpp"
#include "world/calendar.hpp"
#include "world/class.hpp"
#include "world/holdings.hpp"
#include "world/ledger.hpp"
#include "world/names.hpp"
#include "world/object.hpp"
#include "world/owner_limits.hpp"
#include "world/perception.hpp"
#include "world/transaction.hpp"
#include "world/wizard_rights.hpp"

#include <functional>
#include <memory>
#include <string>

namespace gyre::world {

namespace script {
class Runtime;
}
class History;
class Scheduler;
class Schedules;

/// The parts of one world, and the few operations that need several of them. Reactor thread only.
class World {
  public:
    World(Ledger& ledger, const Clock& clock);
    ~World();

    Ledger& ledger;
    const Clock& clock;
    Atoms atoms;
    Classes classes;
    Objects objects;
    Transaction transaction;
    Names names;
    Perception perception;
    Audience audience;
    Accounts accounts;
    WizardRights wizard_rights;
    Bans bans;
    OwnerLimits owner_limits;
    Holdings holdings;
    std::unique_ptr<Scheduler> scheduler;  ///< Stored timers (`after`).
    std::unique_ptr<Schedules> schedules;  ///< `every` and `daily`.
    std::unique_ptr<script::Runtime> runtime;
    std::unique_ptr<History> history;  ///< Null where no journal is kept.

    std::uint32_t atoms_stored = 0;     ///< Atoms below this number are in the database.
    std::string name = "Gyre";          ///< From the configuration; `world.name`.
    std::string start_room = "square";  ///< Likewise; singleton where newcomers begin.
    Calendar calendar;                  ///< From the configuration; set before anything is loaded.

    /// A property as scripts read it: the stored value, else the class's default; counts as read. Null if the
    /// class declares no such property.
    const Value* get(Object& object, Atom property);
    /// The same; nil where there is none.
    const Value& get_or_nil(Object& object, Atom property);
    // Shortcuts for well-known properties; an unfit or missing value is the type's empty one.
    [[nodiscard]] bool flag(Object& object, Atom property);
    [[nodiscard]] std::int64_t integer(Object& object, Atom property);
    [[nodiscard]] std::string_view string(Object& object, Atom property);
    [[nodiscard]] ObjectId reference(Object& object, Atom property);
    [[nodiscard]] bool is_a(const Object& object, Atom class_name) const;

    /// The name of this character's account, which its code bears too; empty: it has none.
    [[nodiscard]] std::string_view account_of(ObjectId player) const;
    /// Whose time a call of this method takes that nobody typed: of whoever wrote it, else of the object's
    /// owner; empty: nobody's.
    [[nodiscard]] std::string_view account_for(ObjectId target, Atom method) const;
    /// What the account of this character may do; outside accounts: Role::player.
    [[nodiscard]] Role role_of(ObjectId player) const;
    /// The same now: a wizard whose rights are off is a builder.
    [[nodiscard]] Role rights_of(ObjectId player) const;

  private:
    void about_to_seal(Batch& batch);
    std::unique_ptr<ObjectIndex> indexes_;
};

}  // namespace gyre::world
