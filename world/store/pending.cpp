// A vector of properties per object, searched from its beginning, beats a map keyed by (object, property):
// objects have about eight, and the object is the unit in which the table is written.

#include "world/store/pending.hpp"

#include "world/store/stored_value.hpp"

#include <algorithm>

namespace gyre::world {

namespace {

bool put_changed_value(const PendingProperty& property, std::string_view stored, std::string& out) {
    const std::string_view base = property.is_set ? std::string_view{property.value} : stored;
    if (property.deltas.empty()) {
        out += base;
        return true;
    }
    std::optional<StoredValue> value = StoredValue::decode(base);
    if (!value) return false;
    for (const PendingProperty::Delta& delta : property.deltas) {
        if (!value->apply(delta.path, delta.op, delta.key, delta.after)) return false;
    }
    value->encode(out);
    return true;
}

/// When the object was destroyed, by the encoded value of `#destroyed`: any number counts, nil does not.
std::int64_t destroyed_time(std::string_view encoded) {
    if (encoded.empty() || (encoded.front() != 'i' && encoded.front() != 'd')) return 0;
    const Value time = ByteReader(encoded).value();
    return time.tag() == Value::Tag::integer ? time.integer() : static_cast<std::int64_t>(time.number());
}

bool put_property(PendingProperty& property, std::string_view stored, FoldedRow& row) {
    property.written = true;
    put_number(row.data, static_cast<std::uint64_t>(property.name));
    const std::size_t begin = row.data.size();
    if (!put_changed_value(property, stored, row.data)) return false;
    if (property.name == stored_destroyed_at)
        row.destroyed = destroyed_time(std::string_view{row.data}.substr(begin));
    return true;
}

void copy_property(StoredAtom name, std::string_view stored, FoldedRow& row) {
    put_number(row.data, static_cast<std::uint64_t>(name));
    row.data += stored;
    if (name == stored_destroyed_at) row.destroyed = destroyed_time(stored);
}

}  // namespace

std::size_t PendingObject::size() const {
    std::size_t size = properties.size();
    for (const PendingProperty& property : properties) size += property.deltas.size();
    return size;
}

void PendingChanges::add(Change change) {
    PendingProperty& target = property(change.object, change.property);
    if (change.key) {
        target.deltas.push_back(
            {std::move(change.path), change.op, *std::move(change.key), std::string{change.after}});
        ++size_;
        return;
    }
    target.is_set = true;
    target.value = change.after;
    size_ -= target.deltas.size();
    target.deltas.clear();
}

PendingProperty& PendingChanges::property(ObjectId object, StoredAtom name) {
    const auto [place, is_new] =
        places_.try_emplace(number(object), static_cast<std::uint32_t>(objects_.size()));
    if (is_new) objects_.push_back({object, {}});
    std::vector<PendingProperty>& properties = objects_[place->second].properties;
    for (PendingProperty& property : properties) {
        if (property.name == name) return property;
    }
    ++size_;
    PendingProperty& added = properties.emplace_back();
    added.name = name;
    return added;
}

std::vector<PendingObject> PendingChanges::take() {
    std::vector<PendingObject> objects = std::move(objects_);
    objects_.clear();
    places_.clear();
    size_ = 0;
    std::ranges::sort(objects, {}, &PendingObject::id);
    return objects;
}

bool fold(std::string_view data, PendingObject& changes, FoldedRow& row) {
    row.data.clear();
    row.destroyed = 0;
    for (PendingProperty& property : changes.properties) property.written = false;
    ByteReader reader(data);
    while (!reader.at_end()) {
        const auto name = static_cast<StoredAtom>(reader.number());
        const std::string_view stored = reader.raw_value();
        if (reader.damaged()) return false;
        const auto changed = std::ranges::find(changes.properties, name, &PendingProperty::name);
        if (changed == changes.properties.end()) {
            copy_property(name, stored, row);
        } else if (!put_property(*changed, stored, row)) {
            return false;
        }
    }
    return std::ranges::all_of(changes.properties, [&row](PendingProperty& property) {
        return property.written || put_property(property, {}, row);
    });
}

}  // namespace gyre::world
