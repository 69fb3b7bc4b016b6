// Reading trusts nothing, since a disk may return anything: the first impossible byte sets `damaged`, empties
// the rest, and every later read answers an empty value, so that callers check once at the end. What is
// reserved and how deep it goes is bounded by what honest data holds, not by what the bytes claim.

#include "world/container.hpp"
#include "world/journal.hpp"
#include "world/text/text.hpp"

#include <algorithm>
#include <bit>

namespace gyre::world {

namespace {

constexpr std::int64_t unzigzag(std::uint64_t number) {
    return static_cast<std::int64_t>((number >> 1U) ^ (~(number & 1U) + 1U));
}

double double_of(std::string_view bytes) {
    std::uint64_t bits = 0;
    for (std::size_t at = bytes.size(); at-- > 0;) bits = bits << 8U | static_cast<unsigned char>(bytes[at]);
    return std::bit_cast<double>(bits);
}

}  // namespace

char ByteReader::byte() {
    if (rest_.empty()) {
        fail();
        return '\0';
    }
    const char first = rest_.front();
    rest_.remove_prefix(1);
    return first;
}

void ByteReader::fail() {
    damaged_ = true;
    rest_ = {};
}

std::uint64_t ByteReader::number() {
    std::uint64_t result = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        const auto next = static_cast<unsigned char>(byte());
        // The tenth byte has room for one bit only.
        if (shift == 63 && next > 1) break;
        result |= std::uint64_t{next & 0x7FU} << shift;
        if (next < 0x80U) return damaged_ ? 0 : result;
    }
    fail();
    return 0;
}

std::int64_t ByteReader::signed_number() { return unzigzag(number()); }

std::string_view ByteReader::string() { return bytes(number()); }

std::string_view ByteReader::bytes(std::uint64_t size) {
    if (size > rest_.size()) {
        fail();
        return {};
    }
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
}

Value ByteReader::value() {
    Value result = value(max_depth);
    return damaged_ ? Value{} : result;
}

Value ByteReader::value(int depth) {
    switch (byte()) {
        case 'z':
            return {};
        case 'f':
            return false;
        case 't':
            return true;
        case 'i':
            return signed_number();
        case 'd': {
            const std::string_view eight = bytes(8);
            return damaged_ ? Value{} : Value{double_of(eight)};
        }
        case 's':
            return string();
        case 'o':
            return object_id(number());
        case 'x': {
            const std::string_view encoded = string();
            return damaged_ ? Value{} : Value{Text::decode(encoded)};
        }
        case 'e':
            return make_ref<Container>();
        case 'l':
            return list(depth);
        case 'm':
            return map(depth);
        default:
            fail();
            return {};
    }
}

/// How many entries follow, each of which takes `least_bytes` or more; 0 if that cannot be. Nobody may
/// reserve for all of them: nested lists could each claim the same rest.
std::size_t ByteReader::count(int depth, std::size_t least_bytes) {
    const std::uint64_t count = number();
    if (depth > 0 && count > 0 && count <= rest_.size() / least_bytes) return count;
    fail();
    return 0;
}

Value ByteReader::list(int depth) {
    const std::size_t entries = count(depth, 1);
    Ref<Container> list = make_ref<Container>();
    list->kind = Container::Kind::list;
    list->list.reserve(std::min(entries, Container::max_entries));
    for (std::size_t index = 0; index < entries && !damaged_; ++index) list->list.push_back(value(depth - 1));
    if (damaged_) return {};
    list->adopt_children();
    return list;
}

Value ByteReader::map(int depth) {
    const std::size_t entries = count(depth, 2);
    Ref<Container> map = make_ref<Container>();
    map->kind = Container::Kind::map;
    map->map.reserve(std::min(entries, Container::max_entries));
    for (std::size_t index = 0; index < entries && !damaged_; ++index) {
        Value key = key_value();
        Value entry = value(depth - 1);
        map->map.push_back({std::move(key), std::move(entry)});
    }
    if (damaged_) return {};
    // find() needs the order, and losing a table for the lack of it would help nobody.
    const auto less = [](const Container::Pair& a, const Container::Pair& b) {
        return Value::key_less(a.key, b.key);
    };
    if (!std::is_sorted(map->map.begin(), map->map.end(), less))
        std::stable_sort(map->map.begin(), map->map.end(), less);
    const auto same = [&less](const Container::Pair& a, const Container::Pair& b) { return !less(a, b); };
    map->map.erase(std::unique(map->map.begin(), map->map.end(), same), map->map.end());
    map->adopt_children();
    return map;
}

/// A key of a map, or a step of a path.
Value ByteReader::key_value() {
    const char tag = rest_.empty() ? '\0' : rest_.front();
    if (tag == 'i' || tag == 's' || tag == 'o') return value(0);
    fail();
    return {};
}

std::string_view ByteReader::raw_value() {
    const std::string_view before = rest_;
    skip_value(max_depth);
    return damaged_ ? std::string_view{} : before.substr(0, before.size() - rest_.size());
}

void ByteReader::skip_value(int depth) {
    switch (byte()) {
        case 'z':
        case 'f':
        case 't':
        case 'e':
            return;
        case 'i':
        case 'o':
            number();
            return;
        case 'd':
            bytes(8);
            return;
        case 's':
        case 'x':
            string();
            return;
        case 'l':
            skip_values(count(depth, 1), depth - 1);
            return;
        case 'm':
            skip_values(2 * count(depth, 2), depth - 1);
            return;
        default:
            fail();
    }
}

void ByteReader::skip_values(std::size_t count, int depth) {
    while (count-- > 0 && !damaged_) skip_value(depth);
}

}  // namespace gyre::world
