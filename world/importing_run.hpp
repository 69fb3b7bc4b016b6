#pragma once

#include "world/importing.hpp"
#include "world/object_file.hpp"
#include "world/text/text.hpp"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gyre::world {

/// One import. Everything that the files say is tried, so that all faults are found.
class ImportRun {
  public:
    ImportRun(World& world, const ImportRequest& request) : world_(world), request_(request) {}
    Imported run();

  private:
    /// Something of one of the files.
    template <class Part>
    struct Of {
        std::size_t file = 0;
        Part part;
        Object* object = nullptr;  ///< Of an object: null after a fault.
        bool is_new = false;
        bool is_changed = false;
    };
    using ClassOf = Of<FileClass>;
    using ObjectOf = Of<FileObject>;
    struct Fault {
        std::size_t file = 0;
        int line = 0;
        std::string what;
    };

    void read_files();
    void take_file(std::size_t file, ReadObjectFile read);
    void add_faults_of_limits();
    void fault(std::size_t file, int line, std::string what);
    void fault_of_class(const std::string& name, std::size_t file, int source_line, const std::string& what);
    /// Looking for what was meant takes time, and those who have much to mend are told enough.
    [[nodiscard]] bool has_hints() const { return faults_.size() < ObjectFile::max_faults; }
    void conclude();
    [[nodiscard]] std::string title(Object& object) const;
    void started();

    // Classes: import_classes.cpp.
    void put_classes();
    /// Empty if it is in force.
    std::string put_class(const FileClass& made);
    [[nodiscard]] static bool waits_for(const ClassOf& of, const std::vector<const ClassOf*>& others);
    std::string put_source(const std::string& name, const std::string& source, ObjectId thing);
    Class* class_for(const ObjectOf& of);
    Class* own_class_for(const ObjectOf& of);
    [[nodiscard]] std::string fault_of_use(const Class* of, const std::string& name) const;
    [[nodiscard]] bool is_money(const Class& of) const;

    // Which objects: import_objects.cpp.
    void find_known();
    void find_or_make(ObjectOf& of);
    void take_known(ObjectOf& of, const std::vector<ObjectId>& found);
    void take_singleton(ObjectOf& of);
    void make(ObjectOf& of);
    void settle_class(ObjectOf& of);
    bool has_room(const ObjectOf& of);

    // Their values: import_values.cpp.
    void set_properties(ObjectOf& of);
    void set_property(ObjectOf& of, const FileObject::Property& property);
    void fault_of_unknown(const ObjectOf& of, const FileObject::Property& property);
    void reset_others(ObjectOf& of);
    std::optional<Value> value(const ObjectOf& of, const FileValue& from);
    std::optional<Value> container(const ObjectOf& of, const FileValue& from);
    Ref<Text> text(const ObjectOf& of, const FileValue& from);
    std::optional<Text::Piece> piece(const ObjectOf& of, const FileValue& from);
    bool take_template(const ObjectOf& of, const FileValue& from);
    Object* reference(const ObjectOf& of, const std::string& key, int line);
    void write(ObjectOf& of, Atom property, Value value);

    // Where they are: import_places.cpp.
    void set_join(ObjectOf& of);
    [[nodiscard]] std::string_view way_from(Object& room, Object& exit);
    [[nodiscard]] std::string fault_of_join(Object& exit, Object& room, std::string_view direction);
    void set_places();
    bool set_place(ObjectOf& of);
    void put_into_hands(ObjectOf& of);
    [[nodiscard]] Object* holder_of(Object& object) const;

    World& world_;
    const ImportRequest& request_;
    Imported result_;
    std::vector<Fault> faults_;
    std::vector<ClassOf> classes_;
    std::vector<ObjectOf> objects_;
    std::unordered_map<std::string, std::vector<ObjectId>>
        known_;                                              ///< By export id, of those that are named.
    std::unordered_map<std::string, std::size_t> in_files_;  ///< Of objects_, by key.
    std::set<std::string, std::less<>> class_names_;         ///< Of classes_.
    bool is_whole_ = true;                                   ///< All files could be read to the end.
    bool has_too_much_source_ = false;
    bool is_full_ = false;            ///< The quota was told of.
    std::size_t template_bytes_ = 0;  ///< Of request_.templates.
};

}  // namespace gyre::world
