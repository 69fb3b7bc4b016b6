#include "world/library.hpp"

#include "world/class_files.hpp"
#include "world/source_lexer.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <iterator>

namespace gyre::world {

namespace {

constexpr std::string_view put_source =
    "insert into class_source (name, origin, owner, version, time, source) values (?1, ?2, ?3, ?4, ?5, ?6)"
    " on conflict (name) do update set origin = ?2, owner = ?3, version = ?4, time = ?5, source = ?6";

script::LoadFault twice_made(const std::string& origin, std::string_view owner) {
    return {origin, fmt::format("{}: {} made a class of this name in the game: name the file otherwise",
                                origin, owner)};
}

/// Nothing but blanks and comments.
bool declares_nothing(std::string_view source) {
    Lexer lexer{source};
    Token token = lexer.next();
    while (token.kind == Token::Kind::comment) token = lexer.next();
    return token.kind == Token::Kind::end;
}

script::LoadFault emptied(const std::string& origin) {
    return {origin, fmt::format("{}: the file has become empty, so its last good version goes on", origin)};
}

bool has_fault(std::span<const script::LoadFault> faults, const std::string& origin) {
    return std::ranges::any_of(faults,
                               [&](const script::LoadFault& fault) { return fault.origin == origin; });
}

}  // namespace

std::vector<script::ClassSource> Library::read(std::vector<script::LoadFault>& faults) {
    std::vector<script::ClassSource> sources = read_class_files(directory_, faults);
    note_oddities(sources);
    for (const BuiltIn& core : built_in_) {
        const bool replaced =
            std::ranges::any_of(sources, [&](const auto& own) { return own.name == core.name; });
        if (replaced) continue;
        sources.push_back(
            {std::string{core.name}, std::string{core.source}, {}, fmt::format("core/{}.lua", core.name)});
    }
    return sources;
}

void Library::note_oddities(std::span<const script::ClassSource> own) {
    warnings_.clear();
    for (const script::ClassSource& source : own) {
        if (std::ranges::find(built_in_, source.name, &BuiltIn::name) != built_in_.end()) {
            warnings_.push_back(
                {source.origin, fmt::format("{}: it takes the place of the library's class of "
                                            "that name, and of what comes with a newer one",
                                            source.origin)});
        }
        if (declares_nothing(source.source) && !has_become_empty(source))
            warnings_.push_back({source.origin, fmt::format("{}: the file declares nothing", source.origin)});
    }
    std::ranges::move(folders_not_read(directory_), std::back_inserter(warnings_));
}

/// Of what runs more is known than nothing.
bool Library::has_become_empty(const script::ClassSource& source) const {
    const StoredSource* known = find(source.name);
    return known != nullptr && !known->is_made() && declares_nothing(source.source) &&
           !declares_nothing(known->source);
}

Library::Library(World& world, std::span<const BuiltIn> built_in, std::filesystem::path directory)
    : world_(world), built_in_(built_in), directory_(std::move(directory)) {
    world_.runtime->class_store = this;
}

Library::~Library() { world_.runtime->class_store = nullptr; }

/// A class is a file or made in the game: where one is both, what was made goes on.
void Library::add_made(std::vector<script::ClassSource>& sources,
                       std::vector<script::LoadFault>& faults) const {
    std::vector<std::string> names;
    for (const auto& [name, kept] : good_) {
        if (kept.is_made()) names.push_back(name);
    }
    std::ranges::sort(names);
    for (const std::string& name : names) {
        const StoredSource& kept = good_.at(name);
        const auto file = std::ranges::find(sources, name, &script::ClassSource::name);
        if (file != sources.end()) {
            faults.push_back(twice_made(file->origin, kept.owner));
            sources.erase(file);
        }
        sources.push_back({name, kept.source, kept.owner, kept.origin});
    }
}

std::vector<script::LoadFault> Library::load(std::unordered_map<std::string, StoredSource> stored) {
    good_ = std::move(stored);
    std::vector<script::LoadFault> faults;
    std::vector<script::ClassSource> sources = read(faults);
    for (script::ClassSource& source : sources) {
        tried_[source.name] = source.source;
        if (!has_become_empty(source)) continue;
        faults.push_back(emptied(source.origin));
        source.source = find(source.name)->source;
    }
    add_made(sources, faults);
    const std::vector<script::LoadFault> found = load_over_last(sources);
    begin("load classes");
    forget_gone(sources);
    remember(sources, found);
    world_.transaction.commit();
    faults.insert(faults.end(), found.begin(), found.end());
    settle(faults);
    return faults;
}

/// First what ran last, then what has changed since, as by a reload: objects are held to the same, and what
/// is broken goes on as it was. A file that is gone takes its class with it.
std::vector<script::LoadFault> Library::load_over_last(const std::vector<script::ClassSource>& sources) {
    std::vector<script::ClassSource> last;
    std::vector<script::ClassSource> fresh;
    for (const script::ClassSource& source : sources) {
        const auto good = good_.find(source.name);
        const bool is_same = good != good_.end() && good->second.source == source.source;
        if (is_same) {
            last.push_back(source);
            continue;
        }
        fresh.push_back(source);
        if (good == good_.end()) continue;
        last.push_back({source.name, good->second.source, good->second.owner, good->second.origin});
    }
    const std::vector<script::LoadFault> faults = world_.runtime->load(last);
    // Some may build on what is new.
    for (const script::ClassSource& source : sources) {
        const bool is_fresh = std::ranges::any_of(
            fresh, [&](const script::ClassSource& each) { return each.name == source.name; });
        if (!is_fresh && has_fault(faults, source.origin)) fresh.push_back(source);
    }
    return world_.runtime->load(fresh);
}

std::vector<script::LoadFault> Library::reload() {
    std::vector<script::LoadFault> faults;
    std::vector<script::ClassSource> sources = read(faults);
    std::erase_if(sources, [&](const script::ClassSource& source) {
        const auto known = tried_.find(source.name);
        return known != tried_.end() && known->second == source.source;
    });
    changed_ = 0;
    if (sources.empty()) return faults;
    for (const script::ClassSource& source : sources) tried_[source.name] = source.source;
    std::erase_if(sources, [&](const script::ClassSource& source) {
        const auto kept = good_.find(source.name);
        const bool is_made = kept != good_.end() && kept->second.is_made();
        if (is_made) faults.push_back(twice_made(source.origin, kept->second.owner));
        const bool is_emptied = has_become_empty(source);
        if (is_emptied) faults.push_back(emptied(source.origin));
        return is_made || is_emptied;
    });
    const std::vector<script::LoadFault> found = world_.runtime->load(sources);
    begin("reload classes");
    remember(sources, found);
    world_.transaction.commit();
    faults.insert(faults.end(), found.begin(), found.end());
    settle(faults);
    return faults;
}

/// Keeps what loaded, if it differs from what is kept.
void Library::remember(std::span<const script::ClassSource> sources,
                       std::span<const script::LoadFault> faults) {
    changed_ = 0;
    for (const script::ClassSource& source : sources) {
        if (has_fault(faults, source.origin)) continue;
        const StoredSource* known = find(source.name);
        const bool is_known = known != nullptr && known->version > 0;
        if (is_known && known->source == source.source && known->origin == source.origin) continue;
        keep(source.name,
             {source.source, source.origin, source.owner, known == nullptr ? 1 : known->version + 1});
        ++changed_;
    }
}

/// Inside a transaction.
void Library::keep(const std::string& name, StoredSource after) {
    const std::int64_t now = unix_seconds(world_.clock.wall());
    Statement statement{put_source, {name, after.origin, after.owner, after.version, now, after.source}};
    std::optional<StoredSource> before;
    if (const StoredSource* known = find(name)) before = *known;
    const auto undo = [this, name, before] {
        if (before) {
            good_[name] = *before;
        } else {
            good_.erase(name);
        }
    };
    good_[name] = after;
    if (!after.is_made()) return world_.transaction.native(std::move(statement), undo);
    world_.transaction.native(
        std::move(statement),
        {atom(atoms::source), name, source_record(before ? &*before : nullptr), source_record(&after)}, undo);
}

/// Drops what is kept of files that are no longer there.
void Library::forget_gone(std::span<const script::ClassSource> sources) {
    std::vector<std::string> gone;
    for (const auto& [name, kept] : good_) {
        const bool is_there = std::ranges::find(sources, name, &script::ClassSource::name) != sources.end();
        if (!is_there) gone.push_back(name);
    }
    for (const std::string& name : gone) forget(name);
}

void Library::settle(std::vector<script::LoadFault>& faults) {
    begin("place singletons");
    for (script::LoadFault& fault : world_.runtime->settle_singletons()) faults.push_back(std::move(fault));
    world_.transaction.commit();
}

void Library::begin(std::string_view what) {
    Origin origin;
    origin.service = "library";
    origin.description = what;
    world_.transaction.begin(std::move(origin));
}

}  // namespace gyre::world
