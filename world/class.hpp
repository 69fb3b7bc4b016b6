#pragma once

#include "world/atoms.hpp"
#include "world/value.hpp"

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gyre::world {

class Class;
namespace sentence {
class Pattern;
}

/// What a property accepts.
enum class Type : std::uint8_t { any, boolean, integer, number, string, text, object, table };

/// A declared property, method or event, as one class sees it.
struct Member {
    enum class Kind : std::uint8_t { property, method, event };
    Atom name = Atom::none;
    Kind kind = Kind::property;
    Type type = Type::any;
    bool is_private = false;
    bool transient = false;    ///< Rolled back, never stored.
    bool optional = false;     ///< nil is a value.
    bool engine_only = false;  ///< A method that scripts cannot call.
    bool adds_up = false;      ///< `can_*` or an event: every implementation of the chain runs, base first.
    Value standard;            ///< Default of a property.
    Atom instance_of = Atom::none;  ///< An object property: class or trait that its values must be.
    std::vector<Value> one_of;      ///< Not empty: the only values accepted.
    Class* declared_in = nullptr;
    int function = 0;      ///< A method: its number in the script runtime's table of functions.
    std::vector<int> all;  ///< adds_up: the functions of the chain in calling order, base class first.
    std::string doc;
};

/// A sentence that leads to a method.
struct Verb {
    std::shared_ptr<const sentence::Pattern> pattern;
    Atom method = Atom::none;
    Class* declared_in = nullptr;
    std::string role;             ///< Required role, or empty.
    std::string reach = "touch";  ///< touch, see, hear or anywhere.
    int priority = 0;
    bool hidden = false;
    std::string doc;
};

/// A place's rule about what somebody inside it is about to do: `before` (LUA.md section 2).
struct BeforeRule {
    Atom method = Atom::none;
    std::vector<Atom> actions;  ///< Names of verbs' methods.
    bool any_action = false;    ///< "*"

    [[nodiscard]] bool names(Atom action) const;
};

/// When a method runs by itself for each instance: `every`, `daily` (LUA.md section 2).
struct Schedule {
    Atom method = Atom::none;
    std::int64_t period_ms = 0;  ///< `every`; 0: daily.
    int minute = 0;              ///< `daily`: of the world's day, 0 to 1439.
    bool near = false;           ///< Only while a connected player is in the room.

    friend bool operator==(const Schedule&, const Schedule&) = default;
};

/// The first word of a sentence, in lower case, to be looked up in the classes of all that is in reach.
struct VerbWord {
    explicit VerbWord(std::string_view word) : text(word), hash(std::hash<std::string_view>{}(word)) {}
    std::string_view text;  ///< Must outlive it.
    std::size_t hash;
};

/// A class or trait. Reloading replaces the contents, never the object: pointers to a Class stay valid.
class Class {
  public:
    Atom name = Atom::none;
    std::string title;   ///< The name as text.
    std::string owner;   ///< Account that wrote it; empty: a file of the library, written by a wizard.
    std::string origin;  ///< File, or "database".
    std::string doc;
    Class* parent = nullptr;
    bool is_trait = false;
    bool is_shared = false;  ///< Others than its owner may build on it.
    /// What the engine itself must tell apart, from the names in the chain.
    enum Kinds : std::uint8_t {
        room = 1,
        exit = 2,
        container = 4,
        person = 8,
        player = 16,
        thing = 32,
        seat = 64
    };
    std::uint8_t kinds = 0;         ///< Set by link().
    bool shows_itself = false;      ///< It has the hook `visible_to`; set by link().
    bool disguises_itself = false;  ///< It has the hook `seen_as`; set by link().
    bool notices = false;           ///< It has the event `noticed`; set by link().
    bool hears = false;             ///< It has the event `heard`; set by link().
    bool exists = false;            ///< False: named by instances, but its source is gone or never loaded.
    std::vector<Class*> traits;
    Atom singleton = Atom::none;
    std::uint32_t version = 0;
    BatchNumber changed_in = 0;

    std::vector<Member> own;              ///< As declared here.
    std::vector<Verb> own_verbs;          ///< As declared here.
    std::vector<BeforeRule> own_before;   ///< As declared here.
    std::vector<Schedule> own_schedules;  ///< As declared here.

    // Flattened by link(): what lookups use.
    std::vector<Class*> chain;  ///< Lookup order: itself, its traits, its parent's chain. No class twice.
    std::vector<Verb> verbs;    ///< Of the whole chain, nearest first; an overridden method's verbs stay.
    /// Of the whole chain, base class first; each method once, with what any class says of it.
    std::vector<BeforeRule> before;
    /// Of the whole chain; the nearest class that schedules a method decides when it runs.
    std::vector<Schedule> schedules;

    /// The nearest declaration of a name; null if there is none.
    [[nodiscard]] const Member* find(Atom member) const {
        const std::uint32_t position = flat_index_.find(member);
        return position == Index::missing ? nullptr : &flat_[position];
    }
    /// Whether there is something to call when `event` happens to an instance.
    [[nodiscard]] bool listens(Atom event) const;
    /// The default of a property; null if there is no such property.
    [[nodiscard]] const Value* standard(Atom property) const {
        const auto position = static_cast<std::size_t>(property);
        if (position < standards_.size()) return standards_[position];
        const Member* member = find(property);
        return member != nullptr && member->kind == Member::Kind::property ? &member->standard : nullptr;
    }
    /// Those of the engine's own properties, by atom, nil where there is none or an empty list: side by side
    /// in memory, for perception reads many of them of each of a hundred things.
    using Defaults = std::array<Value, atoms::first_free>;
    [[nodiscard]] const Defaults& defaults() const { return defaults_; }
    /// The next declaration of `member` behind class `after` in the chain: `super`.
    [[nodiscard]] const Member* find_after(const Class& after, Atom member) const;
    [[nodiscard]] bool is_a(const Class& other) const;
    /// Indexes of `verbs` whose first word is `word`; null if none.
    [[nodiscard]] const std::vector<std::uint32_t>* verbs_by_word(const VerbWord& word) const;
    /// Recomputes the flattened part. The parent and the traits must be linked already.
    void link();

  private:
    /// Open addressing from atoms to positions; at most half full.
    class Index {
      public:
        static constexpr std::uint32_t missing = UINT32_MAX;
        void reset(std::size_t entries);
        /// False if the name is there already.
        bool add(Atom key, std::uint32_t position);
        [[nodiscard]] std::uint32_t find(Atom key) const {
            for (std::size_t at = static_cast<std::size_t>(key) & mask_;; at = (at + 1) & mask_) {
                if (slots_[at].key == key) return slots_[at].position;
                if (slots_[at].key == Atom::none) return missing;
            }
        }

      private:
        struct Slot {
            Atom key = Atom::none;
            std::uint32_t position = missing;
        };
        std::vector<Slot> slots_{1};
        std::size_t mask_ = 0;
    };

    void link_chain();
    void link_members();
    void link_defaults();
    void link_verbs();
    void link_before();
    void link_schedules();
    void index_own();
    [[nodiscard]] bool adds_up(Atom member) const;
    [[nodiscard]] std::vector<int> implementations(Atom member) const;

    std::vector<Member> flat_;  ///< The nearest declaration of each name in the chain.
    Index flat_index_;
    Index own_index_;
    std::array<const Value*, atoms::first_free> standards_{};  ///< Null: there is no such property.
    Defaults defaults_;
    std::vector<std::size_t> verb_hashes_;  ///< Of verb_words_, sorted.
    std::vector<std::pair<std::string, std::vector<std::uint32_t>>> verb_words_;
};

/// All classes by name. Never frees one: objects and frames point to them.
class Classes {
  public:
    /// The class of this name, made empty (exists == false) if need be. `name` is a valid atom.
    Class& obtain(Atom name, std::string_view title);
    [[nodiscard]] Class* find(Atom name) const;
    /// Links `changed` and everything that inherits or uses it.
    void relink(Class& changed);
    [[nodiscard]] const std::vector<std::unique_ptr<Class>>& all() const { return classes_; }

  private:
    std::vector<std::unique_ptr<Class>> classes_;
    std::vector<Class*> by_name_;  ///< By atom.
};

}  // namespace gyre::world
