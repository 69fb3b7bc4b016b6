#include "world/class_files.hpp"

#include "engine/base/result.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>

namespace gyre::world {

namespace {

namespace fs = std::filesystem;

/// Library files are a wizard's by definition, so nobody else may have been able to write them.
Result<std::string> read_file(const fs::path& path) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (error || !fs::is_regular_file(status)) return Error{Errc::io, "cannot be read"};
    if ((status.permissions() & fs::perms::others_write) != fs::perms::none) {
        return Error{Errc::denied, "anybody may write this file: take that right away (chmod o-w)"};
    }
    if (fs::file_size(path, error) > max_class_file_bytes || error)
        return Error{Errc::too_long, "larger than 1 MiB"};
    std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    if (!file) return Error{Errc::io, "cannot be read"};
    return std::move(bytes).str();
}

/// Who may write the directory may put another file in the place of each.
bool anybody_may_write(const fs::path& directory) {
    std::error_code error;
    const fs::perms permissions = fs::status(directory, error).permissions();
    const bool may_write = (permissions & fs::perms::others_write) != fs::perms::none;
    return !error && may_write && (permissions & fs::perms::sticky_bit) == fs::perms::none;
}

/// What editors lay beside a file while it is open: .#square.lua, which leads nowhere.
bool is_hidden(const fs::path& path) { return path.filename().string().starts_with('.'); }

/// Class files in a folder and below it; 0 if it cannot be read.
std::size_t class_files_in(const fs::path& folder) {
    std::size_t count = 0;
    std::error_code error;
    for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        const bool is_one = at->path().extension() == ".lua" && !is_hidden(at->path());
        if (is_one && ++count == max_class_files) break;
    }
    return count;
}

script::LoadFault astray(const std::string& folder, std::size_t count) {
    return {folder,
            count == 1
                ? fmt::format("{}/: a class file in here is not loaded: it belongs beside the others", folder)
                : fmt::format("{}/: {} class files in here are not loaded: they belong beside the others",
                              folder, count)};
}

}  // namespace

std::vector<script::ClassSource> read_class_files(const fs::path& directory,
                                                  std::vector<script::LoadFault>& faults) {
    std::vector<script::ClassSource> sources;
    std::error_code error;
    std::vector<fs::path> files;
    for (fs::directory_iterator at(directory, error), end; !error && at != end; at.increment(error)) {
        if (at->path().extension() == ".lua" && !is_hidden(at->path())) files.push_back(at->path());
    }
    std::ranges::sort(files);
    if (files.size() > max_class_files) {
        faults.push_back({directory.string(), fmt::format("more than {} class files", max_class_files)});
        files.resize(max_class_files);
    }
    const bool is_open = anybody_may_write(directory);
    for (const fs::path& path : files) {
        const std::string origin = path.filename().string();
        Result<std::string> source =
            is_open ? Error{Errc::denied, "anybody may write its directory: take that right away (chmod o-w)"}
                    : read_file(path);
        if (!source) {
            faults.push_back({origin, fmt::format("{}: {}", origin, source.error().text)});
            continue;
        }
        sources.push_back({path.stem().string(), std::move(source).value(), {}, origin});
    }
    return sources;
}

std::vector<script::LoadFault> folders_not_read(const fs::path& directory) {
    std::vector<script::LoadFault> warnings;
    std::vector<fs::path> folders;
    std::error_code error;
    for (fs::directory_iterator at(directory, error), end; !error && at != end; at.increment(error)) {
        std::error_code ignored;
        if (at->is_directory(ignored) && !is_hidden(at->path())) folders.push_back(at->path());
    }
    std::ranges::sort(folders);
    for (const fs::path& folder : folders) {
        const std::size_t count = class_files_in(folder);
        if (count > 0) warnings.push_back(astray(folder.filename().string(), count));
    }
    return warnings;
}

}  // namespace gyre::world
