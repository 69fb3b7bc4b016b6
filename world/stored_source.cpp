#include "world/stored_source.hpp"

#include "world/journal.hpp"

namespace gyre::world {

Value source_record(const StoredSource* made) {
    if (made == nullptr) return {};
    std::string record;
    put_signed(record, made->version);
    put_string(record, made->owner);
    put_string(record, made->source);
    return Value{record};
}

std::optional<StoredSource> source_in(std::string_view encoded, std::string_view name) {
    if (!encoded.starts_with('s')) return std::nullopt;
    ByteReader value{encoded.substr(1)};
    ByteReader record{value.string()};
    StoredSource source;
    source.version = record.signed_number();
    source.owner = record.string();
    source.source = record.string();
    source.origin = StoredSource::made_origin;
    source.origin += name;
    if (value.damaged() || record.damaged()) return std::nullopt;
    return source;
}

}  // namespace gyre::world
