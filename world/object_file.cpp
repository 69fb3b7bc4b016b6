#include "world/object_file.hpp"

#include <cmath>

namespace gyre::world {

bool operator==(const FileValue& left, const FileValue& right) {
    const bool is_number = left.kind == FileValue::Kind::number && right.kind == FileValue::Kind::number;
    const bool same_number =
        left.number == right.number || (is_number && std::isnan(left.number) && std::isnan(right.number));
    return left.kind == right.kind && left.has_heads == right.has_heads && left.boolean == right.boolean &&
           left.columns == right.columns && left.integer == right.integer && same_number &&
           left.string == right.string && left.parts == right.parts;
}

bool is_export_id(std::string_view id) {
    return id.size() == export_id_size && id.find_first_not_of(export_id_letters) == std::string_view::npos;
}

}  // namespace gyre::world
