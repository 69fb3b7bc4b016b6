// First all classes and objects are there, then what they hold is set, for they name each other.

#include "world/importing.hpp"

#include "world/held_bytes.hpp"
#include "world/importing_run.hpp"
#include "world/script/runtime.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <charconv>
#include <tuple>
#include <utility>

namespace gyre::world {

void ImportRun::fault(std::size_t file, int line, std::string what) {
    if (!what.empty()) faults_.push_back({file, line, std::move(what)});
}

/// "bell.lua:3: ..." of a source becomes the line of the file in which that is.
void ImportRun::fault_of_class(const std::string& name, std::size_t file, int source_line,
                               const std::string& what) {
    const std::string head = name + ".lua:";
    int line = 1;
    std::string rest = what;
    if (what.starts_with(head)) {
        const char* const from = what.data() + head.size();
        const auto [end, error] = std::from_chars(from, what.data() + what.size(), line);
        rest = what.substr(static_cast<std::size_t>(end - what.data()));
        if (rest.starts_with(": ")) rest = rest.substr(2);
    }
    fault(file, source_line + line - 1, std::move(rest));
}

std::string ImportRun::title(Object& object) const {
    return fmt::format("{} (#{})", world_.string(object, atom(atoms::name)), number(object.id));
}

void ImportRun::read_files() {
    std::size_t bytes = 0;
    for (std::size_t file = 0; file < request_.files.size(); ++file) {
        bytes += request_.files[file].text.size();
        if (bytes > ObjectFile::max_bytes) {
            is_whole_ = false;
            return fault(
                file, 1,
                fmt::format("files of more than {} bytes together are too long", ObjectFile::max_bytes));
        }
        take_file(file, read_object_file(request_.files[file].text));
    }
    add_faults_of_limits();
}

void ImportRun::take_file(std::size_t file, ReadObjectFile read) {
    is_whole_ = is_whole_ && read.faults.empty();
    for (FileFault& each : read.faults) fault(file, each.line, std::move(each.what));
    for (FileClass& each : read.file.classes) {
        const bool is_first = class_names_.insert(each.name).second;
        if (!is_first) fault(file, each.line, fmt::format("class \"{}\" is in two files", each.name));
        if (is_first) classes_.push_back({file, std::move(each)});
    }
    for (FileObject& each : read.file.objects) {
        const bool is_first = in_files_.emplace(each.key, objects_.size()).second;
        if (!is_first) fault(file, each.line, fmt::format("object \"{}\" is in two files", each.key));
        if (is_first) objects_.push_back({file, std::move(each)});
    }
}

void ImportRun::add_faults_of_limits() {
    if (objects_.size() > ObjectFile::max_objects)
        fault(0, 1, fmt::format("files hold at most {} objects together", ObjectFile::max_objects));
    if (classes_.size() > ObjectFile::max_classes)
        fault(0, 1, fmt::format("files hold at most {} classes together", ObjectFile::max_classes));
    std::size_t sources = 0;
    for (const ClassOf& each : classes_) sources += each.part.source.size();
    for (const ObjectOf& each : objects_) sources += each.part.source.size();
    has_too_much_source_ =
        sources > ImportRequest::max_source_bytes && world_.owner_limits.holds_for(request_.account);
    if (has_too_much_source_) {
        fault(0, 1,
              fmt::format("classes of more than {} KiB of source together are too much at once: import them "
                          "in several parts",
                          ImportRequest::max_source_bytes >> 10U));
    }
    if (is_whole_ && faults_.empty() && objects_.empty() && classes_.empty())
        fault(0, 1, "there is nothing in it");
}

Imported ImportRun::run() {
    if (request_.files.empty() || request_.files.size() > ImportRequest::max_files) {
        result_.faults.push_back(fmt::format("an import takes 1 to {} files", ImportRequest::max_files));
        return std::move(result_);
    }
    world_.transaction.begin(request_.origin);
    if (request_.templates != nullptr) {
        for (const std::string& each : *request_.templates) template_bytes_ += each.size();
    }
    read_files();
    const bool are_few =
        objects_.size() <= ObjectFile::max_objects && classes_.size() <= ObjectFile::max_classes;
    if (are_few && !has_too_much_source_) {
        put_classes();
        find_known();
        for (ObjectOf& each : objects_) find_or_make(each);
        for (ObjectOf& each : objects_) settle_class(each);
        for (ObjectOf& each : objects_) set_properties(each);
        for (ObjectOf& each : objects_) set_join(each);
        set_places();
    }
    conclude();
    return std::move(result_);
}

void ImportRun::conclude() {
    const bool is_limited = world_.owner_limits.holds_for(request_.account);
    constexpr std::size_t most_bytes = std::size_t{16} << 20U;
    if (faults_.empty() && is_limited && bytes_held_by(world_.objects, request_.importer) > most_bytes)
        fault(0, 1, fmt::format("what {} owns would hold more than 16 MiB of data", request_.account));
    std::ranges::stable_sort(faults_, [](const Fault& left, const Fault& right) {
        return std::tie(left.file, left.line) < std::tie(right.file, right.line);
    });
    for (const Fault& each : faults_) {
        if (result_.faults.size() == ObjectFile::max_faults) {
            result_.faults.push_back(fmt::format("and {} more", faults_.size() - ObjectFile::max_faults));
            break;
        }
        result_.faults.push_back(
            fmt::format("{}:{}: {}", request_.files[each.file].name, each.line, each.what));
    }
    if (!faults_.empty()) {
        world_.transaction.rollback();
        return;
    }
    for (const ObjectOf& each : objects_)
        ++(each.is_new ? result_.made : each.is_changed ? result_.changed : result_.unchanged);
    started();
    result_.needs = world_.transaction.commit();
}

/// What is new begins as all things do when the world starts.
void ImportRun::started() {
    const Atom event = world_.atoms.find("started");
    if (event == Atom::none || !world_.runtime->own_call) return;
    for (const ObjectOf& each : objects_) {
        if (each.is_new && world_.runtime->has_method(each.object->id, event))
            world_.runtime->own_call(each.object->id, event, {});
    }
}

Imported import_objects(World& world, const ImportRequest& request) {
    return ImportRun{world, request}.run();
}

}  // namespace gyre::world
