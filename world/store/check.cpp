// Store::check: what SQLite can say about its pages, then what only we can say about the bytes in them.

#include "world/store/folder.hpp"
#include "world/store/schema.hpp"
#include "world/store/store.hpp"

#include <fmt/format.h>

#include <unordered_set>

namespace gyre::world {

namespace {

/// A damaged database has one cause and ten thousand faults; nobody reads more than this.
constexpr std::size_t max_faults = 50;

class Inspection {
  public:
    explicit Inspection(Database& database) : database_(database) {}

    std::vector<std::string> run() {
        check_pages();
        // Bytes from damaged pages would only repeat the same in other words.
        if (faults_.empty()) {
            read_atoms();
            check_marks();
            check_objects();
            check_journal();
        }
        if (database_.failed()) faults_.push_back(database_.error().text);
        return std::move(faults_);
    }

  private:
    template <class... Args>
    void fault(fmt::format_string<Args...> format, Args&&... args) {
        if (faults_.size() < max_faults) faults_.push_back(fmt::format(format, std::forward<Args>(args)...));
    }
    std::int64_t mark(const char* name) {
        return read_number(database_, fmt::format("select value from meta where name = '{}'", name), -1);
    }
    void check_pages();
    void read_atoms();
    void check_marks();
    void check_objects();
    void check_journal();
    void check_object(std::int64_t id, std::string_view data);

    Database& database_;
    std::vector<std::string> faults_;
    std::unordered_set<std::uint64_t> atoms_;
    std::int64_t newest_ = 0;
};

void Inspection::check_pages() {
    Query pages(database_, fmt::format("pragma integrity_check({})", max_faults));
    while (pages.step()) {
        if (pages.bytes(0) != "ok") fault("{}", pages.bytes(0));
    }
}

void Inspection::read_atoms() {
    Query atoms(database_, "select id from atom");
    while (atoms.step()) atoms_.insert(static_cast<std::uint64_t>(atoms.integer(0)));
}

void Inspection::check_marks() {
    const std::int64_t folded = mark("folded");
    const std::int64_t next_id = mark("next_id");
    if (folded < 0 || next_id < 1) fault("the marks of the journal and of object ids are missing");
    newest_ = std::max(folded, read_number(database_, "select max(batch) from journal", 0));
    const std::int64_t highest = read_number(database_, "select max(id) from object", 0);
    if (highest >= next_id) fault("object {} exists, but the next new one would be {}", highest, next_id);
}

void Inspection::check_objects() {
    Query objects(database_, "select id, batch, data from object order by id");
    while (objects.step() && faults_.size() < max_faults) {
        const std::int64_t id = objects.integer(0);
        if (objects.integer(1) > newest_) fault("object {} is newer than the journal", id);
        check_object(id, objects.bytes(2));
    }
}

void Inspection::check_object(std::int64_t id, std::string_view data) {
    ByteReader reader(data);
    while (!reader.at_end()) {
        const std::uint64_t atom = reader.number();
        (void)reader.raw_value();
        if (reader.damaged()) return fault("the row of object {} is damaged", id);
        if (!atoms_.contains(atom)) return fault("object {} has a property without a name ({})", id, atom);
    }
}

void Inspection::check_journal() {
    Query journal(database_, "select batch, transactions from journal order by batch");
    while (journal.step() && faults_.size() < max_faults) {
        if (!each_change(journal.bytes(1), [](const Change&) {}))
            fault("batch {} of the journal is damaged", journal.integer(0));
    }
}

}  // namespace

std::vector<std::string> Store::check(const std::string& path) {
    auto database = open_world_to_read(path, {});
    if (!database) return {database.error().text};
    return Inspection(*database.value()).run();
}

}  // namespace gyre::world
