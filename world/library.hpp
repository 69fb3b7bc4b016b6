#pragma once

#include "engine/base/result.hpp"
#include "world/loading.hpp"
#include "world/script/class_store.hpp"
#include "world/script/runtime.hpp"
#include "world/world.hpp"

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gyre::world {

/// The class files of a world: those built into the server (core) and those of its own directory, which win
/// where both have a name; and the classes made in the game. What loads is remembered in the database, so
/// that a file broken while the server was down does not take its objects down: the last good version goes
/// on. So it does when a file has become empty, which an editor may leave for a moment.
class Library final : public script::ClassStore {
  public:
    struct BuiltIn {
        std::string_view name;  ///< "thing"
        std::string_view source;
    };

    /// `directory` need not exist.
    Library(World& world, std::span<const BuiltIn> built_in, std::filesystem::path directory);
    ~Library() override;
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;

    /// At start: loads everything, what is broken or does not fit the objects from `stored`, where it is as
    /// it last ran. Makes the singletons. Returns the faults.
    std::vector<script::LoadFault> load(std::unordered_map<std::string, StoredSource> stored);
    /// Loads what has changed on disk since. Returns the faults; what has one goes on as it was.
    std::vector<script::LoadFault> reload();
    /// What of the files is allowed but may not be meant, by the last load() or reload(): one in the place of
    /// a class of the library, one that declares nothing, some in a folder where none is read.
    [[nodiscard]] const std::vector<script::LoadFault>& warnings() const { return warnings_; }
    /// How many classes were loaded or replaced by the last load() or reload().
    [[nodiscard]] std::size_t changed() const { return changed_; }
    /// Called when a class was made, changed or taken away in the game.
    std::function<void()> on_made;

    [[nodiscard]] const StoredSource* find(const std::string& name) const override;
    [[nodiscard]] std::vector<std::string> made_by(std::string_view owner) const override;
    [[nodiscard]] std::string put(const script::MadeClass& made, const Origin& origin) override;
    [[nodiscard]] std::string remove(const std::string& name, const Origin& origin) override;
    [[nodiscard]] std::string put_back(const std::string& name, const StoredSource* before) override;

  private:
    std::vector<script::LoadFault> load_over_last(const std::vector<script::ClassSource>& sources);
    std::vector<script::ClassSource> read(std::vector<script::LoadFault>& faults);
    void note_oddities(std::span<const script::ClassSource> own);
    [[nodiscard]] bool has_become_empty(const script::ClassSource& source) const;
    void add_made(std::vector<script::ClassSource>& sources, std::vector<script::LoadFault>& faults) const;
    [[nodiscard]] std::string check_made(const script::ClassSource& made) const;
    [[nodiscard]] std::string check_share(const script::ClassSource& made) const;
    [[nodiscard]] std::string check_size(const std::string& name) const;
    std::string put_in_force(const script::MadeClass& made, std::int64_t least_version);
    std::string take_away(const std::string& name);
    std::string make_instance(ObjectId thing, const std::string& name);
    void tell_of_change();
    std::string finish(std::string fault);
    void keep(const std::string& name, StoredSource after);
    void remember(std::span<const script::ClassSource> sources, std::span<const script::LoadFault> faults);
    void forget_gone(std::span<const script::ClassSource> sources);
    void forget(const std::string& name);
    void settle(std::vector<script::LoadFault>& faults);
    void begin(std::string_view what);

    World& world_;
    std::span<const BuiltIn> built_in_;
    std::filesystem::path directory_;
    std::unordered_map<std::string, StoredSource> good_;  ///< What runs now, by class name.
    std::unordered_map<std::string, std::string> tried_;  ///< What was last read from disk, good or not.
    std::vector<script::LoadFault> warnings_;
    std::size_t changed_ = 0;
};

}  // namespace gyre::world
