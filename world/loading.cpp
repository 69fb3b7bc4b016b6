#include "world/loading.hpp"

#include "world/scheduler.hpp"
#include "world/store/store.hpp"

namespace gyre::world {

namespace {

class IntoMemory final : public Loader {
  public:
    explicit IntoMemory(World& world) : world_(world) {}

    void next_id(ObjectId next) override { world_.objects.set_next_id(next); }
    void atom(StoredAtom number, std::string_view name) override {
        world_.atoms.restore(number, name);
        world_.atoms_stored = world_.atoms.size();
    }
    bool object(ObjectId id, std::string_view data) override {
        ByteReader reader(data);
        while (!reader.at_end() && !reader.damaged()) {
            const Atom property = world_.atoms.loaded(static_cast<StoredAtom>(reader.number()));
            if (property == Atom::none) return false;
            Value value = reader.value();
            if (!reader.damaged()) world_.transaction.restore(id, property, std::move(value));
        }
        return !reader.damaged();
    }
    bool change(const Change& change) override {
        if (world_.atoms.loaded(change.property) == Atom::none) return false;
        if (change.object >= world_.objects.next_id()) {
            world_.objects.set_next_id(object_id(number(change.object) + 1));
        }
        world_.transaction.restore(change);
        return true;
    }

  private:
    World& world_;
};

/// The directory is not stored: names are properties of what they name.
void index_names(World& world) {
    world.objects.each([&world](Object& object) {
        const Property* singleton = object.find(atom(atoms::singleton));
        if (singleton != nullptr && singleton->value.tag() == Value::Tag::string) {
            world.names.restore(Names::Space::singleton, singleton->value.string(), object.id);
        }
        const Property* name = object.find(atom(atoms::name));
        if (object.find(atom(atoms::account)) != nullptr && name != nullptr &&
            name->value.tag() == Value::Tag::string) {
            world.names.restore(Names::Space::character, name->value.string(), object.id);
        }
    });
}

Status load_accounts(Store& store, Accounts& accounts) {
    Status read =
        store.rows("select id, name, role, created_at, last_seen from account", [&](const Row& row) {
            Account account;
            account.id = row.integer(0);
            account.name = row.bytes(1);
            account.role = role_named(row.bytes(2)).value_or(Role::player);
            account.created_at = row.integer(3);
            account.last_seen = row.integer(4);
            accounts.restore(std::move(account));
        });
    if (!read) return read;
    const auto secrets = "select account, kind, hash, created_at from secret order by created_at, kind";
    return store.rows(secrets, [&](const Row& row) {
        if (row.bytes(1) == "claim") accounts.restore_claim(row.bytes(2));
        if (row.bytes(1) == "password") accounts.restore_password(row.integer(0), row.bytes(2));
        if (row.bytes(1).starts_with(Accounts::key_kind))
            accounts.restore_key(row.integer(0), row.bytes(1), row.bytes(2), row.integer(3));
    });
}

Status load_bans(Store& store, Bans& bans) {
    return store.rows("select mask, ends, since, reason, author from ban", [&](const Row& row) {
        Ban ban;
        ban.mask = row.bytes(0);
        ban.ends = row.integer(1);
        ban.since = row.integer(2);
        ban.reason = row.bytes(3);
        ban.by = row.bytes(4);
        bans.restore(std::move(ban));
    });
}

Status load_timers(Store& store, World& world) {
    Status read = store.rows(
        "select id, due, object, method, arguments, author, cause from timer", [&](const Row& row) {
            Scheduler::Timer timer;
            timer.id = static_cast<std::uint64_t>(row.integer(0));
            timer.due_ms = row.integer(1);
            timer.object = static_cast<ObjectId>(row.integer(2));
            timer.method = world.atoms.intern(row.bytes(3));
            ByteReader reader(row.bytes(4));
            for (std::uint64_t left = reader.number(); left > 0 && !reader.damaged(); --left) {
                timer.arguments.push_back(reader.value());
            }
            timer.author = row.bytes(5);
            timer.cause = static_cast<std::uint64_t>(row.integer(6));
            world.scheduler->restore(std::move(timer));
        });
    if (!read) return read;
    std::int64_t last_alive_ms = 0;
    Status slept = store.rows(
        "select (select value from meta where name = 'sleep_ms'),"
        " max(coalesce((select value from meta where name = 'stopped_ms'), 0),"
        " coalesce((select max(time) from journal), 0))",
        [&](const Row& row) {
            world.scheduler->restore_offset(row.integer(0));
            last_alive_ms = row.integer(1);
        });
    if (slept && last_alive_ms > 0) world.scheduler->slept_since(last_alive_ms);
    return slept;
}

}  // namespace

Result<std::unordered_map<std::string, StoredSource>> load_world(Store& store, World& world) {
    IntoMemory loader(world);
    if (Status loaded = store.load(loader); !loaded) return loaded.error();
    index_names(world);
    if (Status loaded = load_accounts(store, world.accounts); !loaded) return loaded.error();
    if (Status loaded = load_bans(store, world.bans); !loaded) return loaded.error();
    if (Status loaded = load_timers(store, world); !loaded) return loaded.error();
    std::unordered_map<std::string, StoredSource> sources;
    const Status loaded =
        store.rows("select name, source, origin, owner, version from class_source", [&](const Row& row) {
            sources[std::string{row.bytes(0)}] = {std::string{row.bytes(1)}, std::string{row.bytes(2)},
                                                  std::string{row.bytes(3)}, row.integer(4)};
        });
    if (!loaded) return loaded.error();
    return sources;
}

}  // namespace gyre::world
