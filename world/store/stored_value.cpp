// Decoding is lazy in spirit but not in fact: one change to a list of 10,000 entries splits all of them,
// about 0.3 ms. That happens once per fold and property, however often the list changed in between.

#include "world/store/stored_value.hpp"

#include <algorithm>

namespace gyre::world {

namespace {

/// Not a text or container: those may be made on the reactor thread only.
bool is_key(std::string_view encoded) {
    return !encoded.empty() && (encoded.front() == 'i' || encoded.front() == 's' || encoded.front() == 'o');
}

/// The position that an integer key names in a list of `size` entries.
std::optional<std::size_t> position(const Value& key, std::size_t size) {
    if (key.tag() != Value::Tag::integer || key.integer() < 0) return std::nullopt;
    const auto index = static_cast<std::size_t>(key.integer());
    if (index >= size) return std::nullopt;
    return index;
}

}  // namespace

std::optional<StoredValue> StoredValue::decode(std::string_view encoded) {
    if (encoded.empty()) return std::nullopt;
    StoredValue value;
    value.leaf_ = encoded;
    bool sound = true;
    switch (encoded.front()) {
        case 'e':
            value.kind_ = Kind::empty;
            break;
        case 'l':
            sound = value.read_list(encoded.substr(1));
            break;
        case 'm':
            sound = value.read_map(encoded.substr(1));
            break;
        default:
            break;
    }
    if (!sound) return std::nullopt;
    return value;
}

bool StoredValue::read_list(std::string_view body) {
    ByteReader reader(body);
    kind_ = Kind::list;
    for (std::uint64_t count = reader.number(); count > 0 && !reader.damaged(); --count) {
        std::optional<StoredValue> entry = decode(reader.raw_value());
        if (!entry) return false;
        list_.push_back(*std::move(entry));
    }
    return !reader.damaged();
}

bool StoredValue::read_map(std::string_view body) {
    ByteReader reader(body);
    kind_ = Kind::map;
    for (std::uint64_t count = reader.number(); count > 0 && !reader.damaged(); --count) {
        const std::string_view key = reader.raw_value();
        std::optional<StoredValue> entry = decode(reader.raw_value());
        if (!entry || !is_key(key)) return false;
        map_.push_back({ByteReader(key).value(), *std::move(entry)});
    }
    return !reader.damaged();
}

void StoredValue::encode(std::string& out) const {
    switch (kind_) {
        case Kind::leaf:
            out += leaf_;
            return;
        case Kind::empty:
            out += 'e';
            return;
        case Kind::list:
            out += 'l';
            put_number(out, list_.size());
            for (const StoredValue& entry : list_) entry.encode(out);
            return;
        case Kind::map:
            out += 'm';
            put_number(out, map_.size());
            for (const Pair& pair : map_) {
                put_value(out, pair.key);
                pair.value.encode(out);
            }
            return;
    }
}

bool StoredValue::apply(const std::vector<Value>& path, Op op, const Value& key, std::string_view value) {
    StoredValue* container = this;
    for (const Value& step : path) {
        container = container->entry(step);
        if (container == nullptr) return false;
    }
    if (op == Op::remove) return container->remove(key);
    std::optional<StoredValue> entry = decode(value);
    if (!entry) return false;
    return op == Op::set ? container->set(key, *std::move(entry)) : container->insert(key, *std::move(entry));
}

StoredValue* StoredValue::entry(const Value& key) {
    if (kind_ == Kind::list) {
        const auto index = position(key, list_.size());
        return index ? &list_[*index] : nullptr;
    }
    const auto found = std::ranges::lower_bound(map_, key, Value::key_less, &Pair::key);
    if (found == map_.end() || Value::key_less(key, found->key)) return nullptr;
    return &found->value;
}

bool StoredValue::set(const Value& key, StoredValue value) {
    if (StoredValue* const present = entry(key); present != nullptr) {
        *present = std::move(value);
        return true;
    }
    // A set that adds can only be to a map: a list grows by insert.
    if (kind_ != Kind::map && kind_ != Kind::empty) return false;
    kind_ = Kind::map;
    map_.insert(std::ranges::lower_bound(map_, key, Value::key_less, &Pair::key), {key, std::move(value)});
    return true;
}

bool StoredValue::insert(const Value& key, StoredValue value) {
    if (kind_ != Kind::list && kind_ != Kind::empty) return false;
    const auto index = position(key, list_.size() + 1);
    if (!index) return false;
    kind_ = Kind::list;
    list_.insert(list_.begin() + static_cast<std::ptrdiff_t>(*index), std::move(value));
    return true;
}

bool StoredValue::remove(const Value& key) {
    const StoredValue* const present = entry(key);
    if (present == nullptr) return false;
    if (kind_ == Kind::list) {
        list_.erase(list_.begin() + (present - list_.data()));
    } else {
        std::erase_if(map_, [present](const Pair& pair) { return &pair.value == present; });
    }
    if (list_.empty() && map_.empty()) kind_ = Kind::empty;
    return true;
}

}  // namespace gyre::world
