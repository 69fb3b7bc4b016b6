// Whatever the bytes are: faults name lines of the file, and what was read is written and read again the
// same.

#include "world/object_file.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

using namespace gyre::world;

namespace {

void require(bool condition) {
    if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    const auto lines = 1 + std::count(bytes.begin(), bytes.end(), '\n');
    const ReadObjectFile read = read_object_file(bytes);
    for (const FileFault& fault : read.faults)
        require(fault.line >= 1 && fault.line <= lines && !fault.what.empty());
    if (!read.faults.empty()) return 0;
    const std::string written = write_object_file(read.file);
    const ReadObjectFile again = read_object_file(written);
    require(again.faults.empty());
    require(write_object_file(again.file) == written);
    require(again.file.objects.size() == read.file.objects.size());
    for (std::size_t at = 0; at < read.file.objects.size(); ++at) {
        const FileObject& before = read.file.objects[at];
        const FileObject& after = again.file.objects[at];
        require(before.key == after.key && before.source == after.source && before.place == after.place);
        require(before.join == after.join && before.properties.size() == after.properties.size());
        for (std::size_t which = 0; which < before.properties.size(); ++which)
            require(before.properties[which].value == after.properties[which].value);
    }
    return 0;
}
