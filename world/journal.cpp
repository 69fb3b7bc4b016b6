// Writing is plain appending to a string: a change costs one or two dozen bytes and no allocation.

#include "world/journal.hpp"

#include "world/container.hpp"
#include "world/text/text.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <iterator>

namespace gyre::world {

namespace {

constexpr std::uint64_t zigzag(std::int64_t number) {
    return (static_cast<std::uint64_t>(number) << 1U) ^ static_cast<std::uint64_t>(number >> 63);
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

namespace {

/// As written: what Change::op and the presence of a key say together.
enum class Written : char { property = 'p', entry = 'k', insert = 'i', remove = 'r' };

}  // namespace

void put_place(std::string& out, ObjectId object, StoredAtom property, std::size_t path_length) {
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
    if (changes_left_ == 0) {
        if (!transaction_.at_end()) row_.fail();  // There are more than were counted.
        return std::nullopt;
    }
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
    change.property = static_cast<StoredAtom>(property);
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

void Batch::append(Batch later) {
    number = later.number;
    journal += later.journal;
    std::move(later.statements.begin(), later.statements.end(), std::back_inserter(statements));
    std::move(later.atoms.begin(), later.atoms.end(), std::back_inserter(atoms));
    next_id = std::max(next_id, later.next_id);
    changes += later.changes;
    native_bytes += later.native_bytes;
}

}  // namespace gyre::world
