#pragma once

#include "world/journal.hpp"
#include "world/store/store.hpp"

#include <stdlib.h>
#include <catch2/catch.hpp>

#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace gyre::test {

using namespace gyre::world;

/// A directory of its own, gone at the end.
class TemporaryDirectory {
  public:
    TemporaryDirectory() {
        std::string pattern = (std::filesystem::temp_directory_path() / "gyre-store-XXXXXX").string();
        REQUIRE(mkdtemp(pattern.data()) != nullptr);
        path_ = pattern;
    }
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    ~TemporaryDirectory() { std::filesystem::remove_all(path_); }
    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] std::string file(const std::string& name) const { return path_ + "/" + name; }
    [[nodiscard]] std::string database() const { return file("world.db"); }

  private:
    std::string path_;
};

inline std::string contents_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
}

inline void write_file(const std::string& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

inline std::string encoded(const Value& value) {
    std::string out;
    put_value(out, value);
    return out;
}

/// Values to tell apart.
inline const std::string a = encoded("a");
inline const std::string b = encoded("b");

/// An encoded list of encoded values.
inline std::string encoded_list(const std::vector<std::string>& entries) {
    if (entries.empty()) return "e";
    std::string out = "l";
    put_number(out, entries.size());
    for (const std::string& entry : entries) out += entry;
    return out;
}

/// The nth name that a world gives itself.
constexpr StoredAtom own_atom(std::uint32_t number) { return StoredAtom{atoms::first_free + number}; }

/// Writes the journal of one batch with one transaction.
class JournalWriter {
  public:
    JournalWriter& set(std::uint64_t object, StoredAtom property, const std::string& after) {
        put_place(changes_, object_id(object), property, 0);
        put_op(changes_, Op::set, nullptr);
        return values(after);
    }
    JournalWriter& set(std::uint64_t object, StoredAtom property, const Value& value) {
        return set(object, property, encoded(value));
    }
    struct Place {
        std::uint64_t object;
        StoredAtom property;
        std::vector<Value> path;
    };
    JournalWriter& change(const Place& place, Op op, const Value& key, const std::string& after) {
        put_place(changes_, object_id(place.object), place.property, place.path.size());
        for (const Value& step : place.path) put_value(changes_, step);
        put_op(changes_, op, &key);
        return values(after);
    }
    [[nodiscard]] std::string row() const {
        std::string body;
        put_number(body, 1);  // Cause.
        put_number(body, 7);  // Actor.
        put_string(body, "alice");
        put_string(body, "telnet");
        put_signed(body, 1'700'000'000'000);
        put_string(body, "take lamp");
        put_number(body, count_);
        body += changes_;
        std::string row;
        put_string(row, body);
        return row;
    }
    [[nodiscard]] Batch batch(BatchNumber number) const {
        Batch batch;
        batch.number = number;
        batch.journal = row();
        batch.changes = count_;
        return batch;
    }

  private:
    JournalWriter& values(const std::string& after) {
        changes_ += 'z';
        changes_ += after;
        ++count_;
        return *this;
    }
    std::string changes_;
    std::uint64_t count_ = 0;
};

/// A value understood without the code under test, and an independent idea of what changes mean.
struct Node {
    enum class Kind : std::uint8_t { leaf, empty, list, map };
    Kind kind = Kind::leaf;
    std::string leaf;
    std::vector<Node> list;
    std::map<std::string, Node> map;  ///< By encoded key.

    static Node parse(std::string_view bytes) {
        Node node;
        if (bytes.front() == 'e') node.kind = Kind::empty;
        if (bytes.front() != 'l' && bytes.front() != 'm') {
            node.leaf = bytes;
            return node;
        }
        node.kind = bytes.front() == 'l' ? Kind::list : Kind::map;
        ByteReader reader(bytes.substr(1));
        for (std::uint64_t left = reader.number(); left > 0; --left) {
            if (node.kind == Kind::list) {
                node.list.push_back(parse(reader.raw_value()));
            } else {
                const std::string key{reader.raw_value()};
                node.map[key] = parse(reader.raw_value());
            }
        }
        REQUIRE(!reader.damaged());
        return node;
    }

    Node& at(const Value& key) {
        return kind == Kind::list ? list.at(static_cast<std::size_t>(key.integer())) : map.at(encoded(key));
    }

    void apply(const Change& change) {
        Node* place = this;
        for (const Value& step : change.path) place = &place->at(step);
        if (!change.key) {
            *place = parse(change.after);
        } else {
            place->change(change.op, *change.key, change.after);
        }
    }

    void change(Op op, const Value& key, std::string_view after) {
        const bool is_list = op == Op::insert || kind == Kind::list;
        kind = is_list ? Kind::list : Kind::map;
        leaf.clear();
        const auto index = is_list ? static_cast<std::ptrdiff_t>(key.integer()) : 0;
        if (op == Op::insert) {
            list.insert(list.begin() + index, parse(after));
        } else if (op == Op::remove) {
            if (is_list) list.erase(list.begin() + index);
            if (!is_list) map.erase(encoded(key));
        } else if (is_list) {
            list.at(static_cast<std::size_t>(index)) = parse(after);
        } else {
            map[encoded(key)] = parse(after);
        }
        if (list.empty() && map.empty()) {
            kind = Kind::empty;
            leaf = "e";
        }
    }

    friend bool operator==(const Node&, const Node&) = default;
};

/// A whole world as it should be, or as it was loaded.
class Model final : public Loader {
  public:
    void next_id(ObjectId next) override { next_object = number(next); }
    void atom(StoredAtom number, std::string_view name) override {
        names[static_cast<std::uint32_t>(number)] = name;
    }
    bool object(ObjectId id, std::string_view data) override {
        if (number(id) <= last_id_) return false;  // Rows come in ascending order.
        last_id_ = number(id);
        ByteReader reader(data);
        while (!reader.at_end()) {
            const auto name = static_cast<std::uint32_t>(reader.number());
            const std::string_view value = reader.raw_value();
            if (reader.damaged()) return false;
            objects[number(id)][name] = Node::parse(value);
        }
        return true;
    }
    bool change(const Change& change) override {
        objects[number(change.object)][static_cast<std::uint32_t>(change.property)].apply(change);
        return true;
    }
    void apply(const Batch& batch) {
        JournalReader reader(batch.journal);
        while (reader.next_transaction()) {
            while (auto next = reader.next()) (void)change(*next);
        }
        for (const auto& [number, name] : batch.atoms) names[number] = name;
        next_object = std::max(next_object, batch.next_id);
    }

    std::uint64_t next_object = 1;
    std::map<std::uint32_t, std::string> names;
    std::map<std::uint64_t, std::map<std::uint32_t, Node>> objects;

  private:
    std::uint64_t last_id_ = 0;
};

/// Takes the reactor's place: waits for what the store reports.
class Reports {
  public:
    Store::Post post() {
        return [](const std::function<void()>& function) { function(); };
    }
    Store::Callbacks callbacks() {
        return {[this](BatchNumber batch) { note([&] { committed_ = batch; }); },
                [this](const std::string& why) { note([&] { failure_ = why; }); }};
    }
    /// False if the store failed.
    bool wait_for(BatchNumber batch) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return committed_ >= batch || !failure_.empty(); });
        return failure_.empty();
    }
    std::string failure() {
        const std::lock_guard lock(mutex_);
        return failure_;
    }

  private:
    template <class Function>
    void note(Function&& function) {
        const std::lock_guard lock(mutex_);
        function();
        changed_.notify_all();
    }
    std::mutex mutex_;
    std::condition_variable changed_;
    BatchNumber committed_ = 0;
    std::string failure_;
};

inline StoreOptions options_for(const TemporaryDirectory& directory) {
    StoreOptions options;
    options.path = directory.database();
    options.commit_interval = std::chrono::milliseconds{0};
    return options;
}

inline std::unique_ptr<Store> open_store(StoreOptions options) {
    auto store = Store::open(std::move(options));
    INFO((store ? std::string{} : store.error().text));
    REQUIRE(store.ok());
    return std::move(store).value();
}

/// Opens, reads all and closes again.
inline Model load_model(const StoreOptions& options, BatchNumber* last = nullptr) {
    Model model;
    const auto store = open_store(options);
    const Status loaded = store->load(model);
    INFO((loaded ? std::string{} : loaded.error().text));
    REQUIRE(loaded.ok());
    if (last != nullptr) *last = store->last_batch();
    return model;
}

/// Opens, commits these batches one by one and stops.
inline void commit_all(const StoreOptions& options, const std::vector<Batch>& batches) {
    Reports reports;
    const auto store = open_store(options);
    store->start(reports.post(), reports.callbacks());
    for (const Batch& batch : batches) {
        store->submit(batch);
        REQUIRE(reports.wait_for(batch.number));
    }
    store->stop();
}

}  // namespace gyre::test
