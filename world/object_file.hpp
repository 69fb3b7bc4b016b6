#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gyre::world {

/// A value as it stands in an object file. What it refers to is named, not looked up.
struct FileValue {
    enum class Kind : std::uint8_t {
        nil,
        boolean,
        integer,
        number,
        string,
        object,  ///< `string`: the fixed name of an object of the world, or '@' and an export id.
        player,  ///< `string`: his name.
        list,    ///< `parts`: the entries. An empty table is one.
        map,     ///< `parts`: key and value by turns.
        text,    ///< `parts`: its pieces, each one of the kinds below.
        words,   ///< `string`: a template; `parts`: names and values of its arguments by turns.
        data,    ///< `string`: words that are no template.
        title,   ///< `parts`: one text. Of the next three: texts.
        items,
        lines,
        table,  ///< `parts`: the cells, row by row.
    };
    Kind kind = Kind::nil;
    bool has_heads = false;  ///< table: the first row is its heads.
    bool boolean = false;
    std::uint16_t columns = 0;  ///< table.
    int line = 0;               ///< Where it begins.
    std::int64_t integer = 0;
    double number = 0;
    std::string string;
    std::vector<FileValue> parts;

    /// The same, wherever it stands.
    friend bool operator==(const FileValue& left, const FileValue& right);
};

/// What an object file says of one object. All references are as FileValue::Kind::object has them.
struct FileObject {
    struct Property {
        std::string name;
        FileValue value;
        int line = 0;
    };
    /// An exit: `from` lead `direction`, and from the other room `back`; empty: not from there.
    struct Join {
        std::string from;
        std::string direction;
        std::string to;
        std::string back;
        int line = 0;

        friend bool operator==(const Join& left, const Join& right) {
            return left.from == right.from && left.direction == right.direction && left.to == right.to &&
                   left.back == right.back;
        }
    };
    std::string key;      ///< '@' and its export id, or the fixed name of an object of the world.
    std::string inherit;  ///< Its class; empty: `source` says it, or it is an object of the world's files.
    std::string source;   ///< Of the class that it has for itself; empty: none.
    std::string place;    ///< Where it is; empty: not told.
    std::optional<Join> join;
    std::vector<Property> properties;
    int line = 0;
    int source_line = 0;  ///< Of its first line of source.
    int place_line = 0;
};

/// A class made in the game.
struct FileClass {
    std::string name;
    std::string source;
    int line = 0;
    int source_line = 0;  ///< Of its first line of source.
};

/// Objects as text, for people to keep and to compare (docs/building.md "Your work in git"). It looks like
/// class files and is data: reading it runs nothing. The same objects give the same bytes.
struct ObjectFile {
    static constexpr int format = 1;
    static constexpr std::size_t max_bytes = 1'000'000;  ///< Of one file, and of all that go together.
    static constexpr std::size_t max_objects = 1'000;
    static constexpr std::size_t max_classes = 100;
    static constexpr std::size_t max_values = 100'000;  ///< Entries and pieces included.
    static constexpr int max_depth = 100;               ///< Values inside values.
    static constexpr std::size_t max_faults =
        100;  ///< That are told. Past ten times as many it reads no further.

    std::vector<FileClass> classes;
    std::vector<FileObject> objects;
};

/// Something wrong in a file.
struct FileFault {
    int line = 0;
    std::string what;
};

/// What a file holds, and everything that is wrong with it. What has a fault is not in `file`.
struct ReadObjectFile {
    ObjectFile file;
    std::vector<FileFault> faults;
};

[[nodiscard]] std::string write_object_file(const ObjectFile& file);
/// One value as it stands behind `property.name = `.
[[nodiscard]] std::string write_file_value(const FileValue& value);
/// Takes any bytes. Line ends of all kinds are read as line feeds.
[[nodiscard]] ReadObjectFile read_object_file(std::string_view bytes);
/// Whether this may stand behind '@': 16 of the letters and digits that export_id_letters holds.
[[nodiscard]] bool is_export_id(std::string_view id);
constexpr std::string_view export_id_letters = "abcdefghijkmnpqrstuvwxyz23456789";
constexpr std::size_t export_id_size = 16;

}  // namespace gyre::world
