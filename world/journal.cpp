// Writing is plain appending to a string: a change costs one or two dozen bytes and no allocation. Reading
// trusts nothing, since a disk may return anything: the first impossible byte sets `damaged`, empties the
// rest, and every later read answers an empty value, so that callers check once at the end.

#include "world/journal.hpp"

#include "world/container.hpp"
#include "world/text/text.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace gyre::world {

namespace {

constexpr std::uint64_t zigzag(std::int64_t number) {
    return (static_cast<std::uint64_t>(number) << 1U) ^ static_cast<std::uint64_t>(number >> 63);
}

constexpr std::int64_t unzigzag(std::uint64_t number) {
    return static_cast<std::int64_t>((number >> 1U) ^ (~(number & 1U) + 1U));
}

void put_double(std::string& out, double number) {
    auto bits = std::bit_cast<std::uint64_t>(number);
    std::array<char, 8> bytes{};
    for (char& byte : bytes) {
        byte = static_cast<char>(static_cast<unsigned char>(bits & 0xFFU));
        bits >>= 8U;
    }
    out.append(bytes.data(), bytes.size());
}

double double_of(std::string_view bytes) {
    std::uint64_t bits = 0;
    for (std::size_t at = bytes.size(); at-- > 0;) bits = bits << 8U | static_cast<unsigned char>(bytes[at]);
    return std::bit_cast<double>(bits);
}

void put_container(std::string& out, const Container& container) {
    if (container.size() == 0) {
        out.push_back('e');
    } else if (container.kind == Container::Kind::map) {
        out.push_back('m');
        put_number(out, container.map.size());
        for (const Container::Pair& pair : container.map) {
            put_value(out, pair.key);
            put_value(out, pair.value);
        }
    } else {
        out.push_back('l');
        put_number(out, container.list.size());
        for (const Value& value : container.list) put_value(out, value);
    }
}

}  // namespace

void put_number(std::string& out, std::uint64_t number) {
    while (number >= 0x80U) {
        out.push_back(static_cast<char>(static_cast<unsigned char>(number | 0x80U)));
        number >>= 7U;
    }
    out.push_back(static_cast<char>(number));
}

void put_signed(std::string& out, std::int64_t number) { put_number(out, zigzag(number)); }

void put_string(std::string& out, std::string_view bytes) {
    put_number(out, bytes.size());
    out.append(bytes);
}

void put_value(std::string& out, const Value& value) {
    switch (value.tag()) {
        case Value::Tag::nil:
            out.push_back('z');
            break;
        case Value::Tag::boolean:
            out.push_back(value.boolean() ? 't' : 'f');
            break;
        case Value::Tag::integer:
            out.push_back('i');
            put_signed(out, value.integer());
            break;
        case Value::Tag::number:
            out.push_back('d');
            put_double(out, value.number());
            break;
        case Value::Tag::string:
            out.push_back('s');
            put_string(out, value.string());
            break;
        case Value::Tag::object:
            out.push_back('o');
            put_number(out, number(value.object()));
            break;
        case Value::Tag::text:
            out.push_back('x');
            put_string(out, value.text().encode());
            break;
        case Value::Tag::container:
            put_container(out, value.container());
            break;
    }
}

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

namespace {

/// As written: what Change::op and the presence of a key say together.
enum class Written : char { property = 'p', entry = 'k', insert = 'i', remove = 'r' };

}  // namespace

void put_place(std::string& out, ObjectId object, Atom property, std::size_t path_length) {
    put_number(out, number(object));
    put_number(out, static_cast<std::uint64_t>(property));
    put_number(out, path_length);
}

void put_op(std::string& out, Op op, const Value* key) {
    Written written = Written::remove;
    if (op == Op::insert) written = Written::insert;
    if (op == Op::set) written = key == nullptr ? Written::property : Written::entry;
    out.push_back(static_cast<char>(written));
    if (key != nullptr) put_value(out, *key);
}

std::optional<TransactionHead> JournalReader::next_transaction() {
    if (row_.at_end()) return std::nullopt;
    ByteReader body{row_.string()};
    TransactionHead head;
    head.cause = body.number();
    head.actor = object_id(body.number());
    head.author = body.string();
    head.service = body.string();
    head.time_ms = body.signed_number();
    head.description = body.string();
    head.changes = body.number();
    if (body.damaged()) row_.fail();
    if (row_.damaged()) return std::nullopt;
    transaction_ = body;
    changes_left_ = head.changes;
    return head;
}

std::optional<Change> JournalReader::next() {
    if (changes_left_ == 0) return std::nullopt;
    --changes_left_;
    std::optional<Change> change = transaction_.change();
    if (!change) {
        row_.fail();
        changes_left_ = 0;
    }
    return change;
}

std::optional<Change> ByteReader::change() {
    Change change;
    change.object = object_id(number());
    const std::uint64_t property = number();
    change.property = static_cast<Atom>(property);
    const std::uint64_t steps = number();
    if (property > UINT32_MAX || steps > max_depth) fail();
    for (std::uint64_t step = 0; step < steps && !damaged_; ++step) change.path.push_back(key_value());
    const auto written = static_cast<Written>(byte());
    switch (written) {
        case Written::property:
        case Written::entry:
            change.op = Op::set;
            break;
        case Written::insert:
            change.op = Op::insert;
            break;
        case Written::remove:
            change.op = Op::remove;
            break;
        default:
            fail();
    }
    if (written != Written::property) change.key = key_value();
    if (written == Written::property && steps > 0) fail();
    change.before = raw_value();
    change.after = raw_value();
    if (damaged_) return std::nullopt;
    return change;
}

}  // namespace gyre::world
