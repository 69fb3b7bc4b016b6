#pragma once

#include "world/exporting.hpp"

#include <set>
#include <string>
#include <vector>

namespace gyre::world {

struct ImportRequest {
    struct File {
        std::string name;  ///< As faults call it.
        std::string text;
    };
    static constexpr std::size_t max_files = 60;
    /// Sources in all of them, of somebody with limits. They are loaded at once, and everybody waits: a full
    /// megabyte took 235 ms.
    static constexpr std::size_t max_source_bytes = 128U << 10;

    std::vector<File> files;
    ObjectId importer = ObjectId::nothing;  ///< The character that owns what is new.
    std::string account;                    ///< His.
    bool is_wizard = false;                 ///< With the rights of one.
    ExchangeRights rights;
    Origin origin;
    /// Templates that his files have brought since the start, which are kept for ever; null: any number.
    std::set<std::string, std::less<>>* templates = nullptr;
    static constexpr std::size_t max_templates = 5'000;
    static constexpr std::size_t max_template_bytes = 4U << 20;  ///< All together.
};

struct Imported {
    std::size_t made = 0;
    std::size_t changed = 0;
    std::size_t unchanged = 0;
    std::size_t classes = 0;          ///< Made or changed; those for one thing alone included.
    std::vector<std::string> notes;   ///< What is otherwise than the files say, and why.
    std::vector<std::string> faults;  ///< "lamp.lua:14: ..."; not empty: nothing has happened.
    BatchNumber needs = 0;            ///< Nothing may be told of it before that batch is durable.
};

/// Makes the objects of these files, or makes them what the files say where they are here already; all or
/// nothing, in a transaction of its own. What is new belongs to the importer, and his quotas hold; what is
/// here keeps its owner, and must be his to write. What a file does not say of an object becomes what its
/// class has. Nothing of it runs. Outside of calls.
[[nodiscard]] Imported import_objects(World& world, const ImportRequest& request);

}  // namespace gyre::world
