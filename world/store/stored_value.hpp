#pragma once

#include "world/journal.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gyre::world {

/// An encoded value taken apart just as far as needed to change an entry of a list or map in it, without
/// making live values, which belong to the reactor thread. Scalars and texts stay as they are encoded.
/// Views must outlive it.
class StoredValue {
  public:
    /// nullopt if the bytes are not one value.
    static std::optional<StoredValue> decode(std::string_view encoded);
    /// Does what `op` says to the entry `key` of the container at `path`. `value` is encoded; unused by
    /// Op::remove. False if there is no such place: then nothing was changed.
    bool apply(const std::vector<Value>& path, Op op, const Value& key, std::string_view value);
    void encode(std::string& out) const;

  private:
    struct Pair;
    enum class Kind : std::uint8_t { leaf, empty, list, map };

    StoredValue* entry(const Value& key);
    bool set(const Value& key, StoredValue value);
    bool insert(const Value& key, StoredValue value);
    bool remove(const Value& key);
    bool read_list(std::string_view body);
    bool read_map(std::string_view body);

    Kind kind_ = Kind::leaf;
    std::string_view leaf_;
    std::vector<StoredValue> list_;
    std::vector<Pair> map_;  ///< In key order.
};

struct StoredValue::Pair {
    Value key;
    StoredValue value;
};

}  // namespace gyre::world
