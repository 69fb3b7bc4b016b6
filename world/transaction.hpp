#pragma once

#include "engine/base/clock.hpp"
#include "world/container.hpp"
#include "world/journal.hpp"
#include "world/ledger.hpp"
#include "world/object.hpp"
#include "world/text/tree.hpp"

#include <array>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace gyre::world {

/// Who begins a call; kept in the journal with what it changed.
struct Origin {
    std::string_view service = {};
    SessionId session = SessionId::none;
    ObjectId actor = ObjectId::nothing;
    std::uint64_t cause = 0;  ///< Microseconds since 1970 when it began, or a little more, so that no two are
                              ///< equal. 0: a new one is given.
    std::string description = {};
    BatchNumber depends_on =
        0;  ///< What the event itself reveals: an `own` call starts where its parent ended.
    std::string author =
        {};  ///< Account whose code runs, for the journal; empty: the engine or a library file.
};

/// Keeps an index over which objects there are, what they are and where. Told during a call, of changes and
/// of their undoing alike; when the call has ended, things are as they will stay.
class ObjectIndex {
  public:
    virtual ~ObjectIndex() = default;
    /// It came, went, or became an instance of another class than `before` (null: of none).
    virtual void class_followed(const Object& object, const Class* before) = 0;
    virtual void owner_followed(const Object& object) = 0;
    virtual void location_followed(const Object& object) = 0;
    /// The call was committed or rolled back, and all its effects have happened; another may begin.
    virtual void call_ended() = 0;
};

/// The one write path of the world. Between begin() and commit() or rollback() every change of every object,
/// container and native row goes through here: it keeps how to undo it, which batch wrote it, and what is to
/// be told. Not re-entrant: one call at a time.
class Transaction {
  public:
    Transaction(Objects& objects, Classes& classes, Atoms& atoms, Ledger& ledger, const Clock& clock)
        : objects_(objects), classes_(classes), atoms_(atoms), ledger_(ledger), clock_(clock) {}

    void begin(Origin origin);
    /// Makes everything final. Returns the batch that must be durable before anything this call said or
    /// returned may be seen; 0: none.
    BatchNumber commit();
    /// Undoes everything; what was told is dropped. Returns the mark for saying so: that of what was read.
    BatchNumber rollback();
    [[nodiscard]] bool active() const { return active_; }
    [[nodiscard]] const Origin& origin() const { return origin_; }

    /// A place to which one can go back; stays valid until rolled back past it.
    struct Savepoint {
        std::uint64_t call;
        std::size_t undo, told, statements, effects;
    };
    [[nodiscard]] Savepoint savepoint() const;
    /// Undoes what came after, in this call: in tests the world goes on inside of a function. What was read
    /// since still counts as read.
    void rollback_to(const Savepoint& savepoint);

    struct Told {
        ObjectId observer;
        Ref<const text::Tree> tree;
    };
    /// What the call has told since then, in order.
    [[nodiscard]] std::span<const Told> told_since(const Savepoint& savepoint) const {
        return std::span{told_}.subspan(savepoint.told);
    }
    /// What it has changed since then, encoded as in the journal.
    [[nodiscard]] std::string_view changes_since(const Savepoint& savepoint) const {
        if (savepoint.undo >= undo_.size()) return {};
        return std::string_view{journal_}.substr(undo_[savepoint.undo].journal_size);
    }

    // --- Reading: whatever is derived from changeable state says in which batch it last changed.
    void saw(BatchNumber changed_in) {
        if (changed_in > read_from_) read_from_ = changed_in;
    }
    /// The newest batch that this call read from so far.
    [[nodiscard]] BatchNumber read_from() const { return read_from_; }
    /// The batch that this call writes into: the mark for derived indexes that it changes.
    [[nodiscard]] BatchNumber open_batch() const { return ledger_.open_number(); }
    /// The stored value, or null if there is none; counts as read.
    const Value* read(Object& object, Atom property) {
        Property* found = object.find(property);
        if (found == nullptr) {
            saw(object.existence_changed_in);
            return nullptr;
        }
        saw(found->changed_in);
        return &found->value;
    }
    /// What is directly inside, in order of id; counts as read.
    const std::vector<ObjectId>& contents(Object& object);

    // --- Writing. Types and permissions were checked by the caller.
    /// `location`, `#class`, `#owner` keep the object's own fields and the contents index in step.
    void set(Object& object, Atom property, Value value);
    /// Rolled back like any other, never stored.
    void set_transient(Object& object, Atom property, Value value);
    /// Containers must hang from an object (a replaced one does not: root().owner is nothing). Indexes count
    /// from 0. The value becomes a child if it is a container. Containers in a transient property are
    /// transient too.
    void list_set(Container& list, std::size_t index, Value value);
    void list_insert(Container& list, std::size_t index, Value value);
    void list_remove(Container& list, std::size_t index);
    /// nil removes the pair.
    void map_set(Container& map, const Value& key, Value value);
    /// A new object of this class, with `#class`, `#owner`, `#created`, and no place yet. rollback() gives
    /// its id back, since nobody outside saw it; rollback_to() does not, since the script may still hold it.
    Object& create(Class& of, ObjectId owner);
    /// Into the trash (`#destroyed`, out of its place). Its contents must have been moved before.
    void destroy(Object& object);
    /// A row of a native table: `undo` restores the memory side, which the caller has changed already.
    void native(Statement statement, std::function<void()> undo);
    /// The same, and the journal says how the row changed, for history and undo.
    struct NativeChange {
        Atom table = Atom::none;  ///< A name with '#'.
        std::string row;
        Value before;  ///< nil: there was none.
        Value after;   ///< nil: there is none any more.
    };
    void native(Statement statement, const NativeChange& change, std::function<void()> undo);
    /// A change of a derived in-memory index without a row of its own (names, who is online).
    void derived(std::function<void()> undo);

    // --- Effects: happen at commit, in order, and not at all after a rollback.
    /// `tree` is already resolved for this observer.
    void tell(ObjectId observer, Ref<const text::Tree> tree);
    /// Runs at commit with the mark of the call: session events, calls of their own, jobs.
    void at_commit(std::function<void(BatchNumber needs)> effect);
    /// Who takes what was told, at commit: Audience.
    std::function<void(ObjectId observer, const Ref<const text::Tree>&, BatchNumber needs)> deliver_told;

    /// Told at commit of each change of an object: which, and if it moved, the place that it left. Empty:
    /// nobody watches.
    std::function<void(ObjectId object, ObjectId left)> object_changed;

    /// Kept in step with the objects; null: none is.
    ObjectIndex* object_index = nullptr;

    [[nodiscard]] std::size_t changes() const { return undo_.size(); }
    /// Whether the running call has set this property. Looks through all changes of the call.
    [[nodiscard]] bool has_set(ObjectId object, Atom property) const;
    /// While loading the world: apply a change from disk, without undo or journal.
    void restore(ObjectId object, Atom property, Value value);
    void restore(const Change& change);

  private:
    enum class Keep : std::uint8_t { stored, transient };
    struct Undo {
        enum class Kind : std::uint8_t {
            property,
            list_set,
            list_insert,
            list_remove,
            map_set,
            native,
            derived
        };
        Kind kind = Kind::property;
        Keep keep = Keep::stored;
        bool existed = false;  ///< The property or pair was there before.
        Atom property = Atom::none;
        ObjectId object = ObjectId::nothing;
        Ref<Container> container;
        Value key;
        Value before;
        BatchNumber changed_in = 0;                       ///< Of the property or container, before.
        std::array<BatchNumber, 2> also_changed_in = {};  ///< `location`: of the old and the new place's
                                                          ///< contents; `#class`, `#destroyed`: of existence.
        std::size_t journal_size = 0;                     ///< Before this change.
        std::function<void()> restore;
    };
    // Commit and rollback.
    BatchNumber mark_of_reading() const;
    void append_to_batch();
    void mark_transients(BatchNumber needs);
    void report_changes() const;
    void forget();
    void undo_back_to(std::size_t size);
    void undo(Undo& change);
    void undo_property(Undo& change);
    void undo_map(Undo& change);

    // Changing.
    Undo& note(Undo::Kind kind, Keep keep);
    Undo& note_entry(Undo::Kind kind, Container& container, Value key);
    void write(Object& object, Atom property, Value value, Keep keep);
    void write_journal(Op op, const Container& container, const Value& key, const Value* before,
                       const Value* after);
    void own(Value& value, Object& object, Atom property, Keep keep);
    void hang(Value& value, Container& parent, Keep keep);

    // An object's own fields, which repeat some of its properties.
    static constexpr bool is_own_field(Atom property) {
        return property == atom(atoms::location) || property == atom(atoms::class_) ||
               property == atom(atoms::owner) || property == atom(atoms::destroyed_at);
    }
    void mark_own_fields(Object& object, Atom property, const Value& value, Undo& change);
    void unmark_own_fields(Object& object, const Undo& change);
    void follow(Object& object, Atom property, const Value& value);
    void follow_class(Object& object);
    void follow_location(Object& object, ObjectId place);
    Contents* inside(ObjectId place);

    Objects& objects_;
    Classes& classes_;
    Atoms& atoms_;
    Ledger& ledger_;
    const Clock& clock_;
    Origin origin_;
    bool active_ = false;
    BatchNumber read_from_ = 0;
    std::uint64_t next_cause_ = 0;
    ObjectId first_new_id_ = ObjectId::nothing;  ///< Objects::next_id() when the call began.
    std::uint64_t begun_ = 0;                    ///< Calls.
    std::vector<Undo> undo_;
    std::vector<Told> told_;
    std::vector<Statement> statements_;
    std::vector<std::function<void(BatchNumber)>> effects_;
    std::string journal_;  ///< The changes so far, as they will stand in the batch.
    std::string head_;     ///< Kept for its capacity.
    std::uint64_t journal_changes_ = 0;
    std::size_t transients_ = 0;  ///< Undo entries that are Keep::transient.
};

}  // namespace gyre::world
