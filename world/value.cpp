// A value is a tag and eight bytes, because worlds hold millions: a property with its mark is 32 bytes, and
// reading one copies nothing. What does not fit is counted (strings, texts) or owned (containers); the counts
// are plain integers, since values never cross threads. std::variant with std::string would take 40 bytes and
// copy each string that is passed on.

#include "world/value.hpp"

#include "world/container.hpp"
#include "world/text/text.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <new>

namespace gyre::world {

/// The bytes stand directly behind it.
struct Value::String {
    std::uint32_t references = 1;
    std::uint32_t size = 0;

    [[nodiscard]] char* bytes() { return static_cast<char*>(static_cast<void*>(this + 1)); }

    static String* make(std::string_view from) {
        assert(from.size() <= UINT32_MAX);
        auto* string = new (::operator new(sizeof(String) + from.size())) String;
        string->size = static_cast<std::uint32_t>(from.size());
        std::memcpy(string->bytes(), from.data(), from.size());
        return string;
    }
    static void release(String* string) {
        if (--string->references == 0) ::operator delete(string);
    }
};

namespace {

/// Where a key's type stands in the order of keys.
int key_rank(Value::Tag tag) {
    switch (tag) {
        case Value::Tag::nil:
            return 0;
        case Value::Tag::boolean:
            return 1;
        case Value::Tag::integer:
        case Value::Tag::number:
            return 2;
        case Value::Tag::string:
            return 3;
        case Value::Tag::object:
            return 4;
        case Value::Tag::text:
            return 5;
        case Value::Tag::container:
            return 6;
    }
    return 6;
}

/// integer < number, exactly: a double cannot hold every integer.
bool integer_less(std::int64_t integer, double number) {
    constexpr double beyond = 9223372036854775808.0;  // 2^63
    if (number >= beyond) return true;
    if (!(number > -beyond)) return false;  // NaN stands before all numbers.
    const double floor = std::floor(number);
    const auto whole = static_cast<std::int64_t>(floor);
    return integer < whole || (integer == whole && number > floor);
}

bool number_less(double number, std::int64_t integer) {
    constexpr double beyond = 9223372036854775808.0;
    if (number >= beyond) return false;
    if (!(number >= -beyond)) return true;
    return static_cast<std::int64_t>(std::floor(number)) < integer;
}

bool number_less(double left, double right) {
    if (std::isnan(left) || std::isnan(right)) return std::isnan(left) && !std::isnan(right);
    return left < right;
}

bool numeric_less(const Value& left, const Value& right) {
    const bool left_whole = left.tag() == Value::Tag::integer;
    const bool right_whole = right.tag() == Value::Tag::integer;
    if (left_whole && right_whole) return left.integer() < right.integer();
    if (left_whole) return integer_less(left.integer(), right.number());
    if (right_whole) return number_less(left.number(), right.integer());
    return number_less(left.number(), right.number());
}

bool mixed_equal(std::int64_t integer, double number) {
    return !std::isnan(number) && !integer_less(integer, number) && !number_less(number, integer);
}

bool equal(const Container& left, const Container& right) {
    const auto same_pair = [](const Container::Pair& a, const Container::Pair& b) {
        return a.key == b.key && a.value == b.value;
    };
    return std::equal(left.list.begin(), left.list.end(), right.list.begin(), right.list.end()) &&
           std::equal(left.map.begin(), left.map.end(), right.map.begin(), right.map.end(), same_pair);
}

bool equal(const Text& left, const Text& right);

bool equal(const Text::Piece& left, const Text::Piece& right) {
    const auto same_argument = [](const Text::Argument& a, const Text::Argument& b) {
        return a.name == b.name && a.value == b.value;
    };
    const auto same_part = [](const Ref<Text>& a, const Ref<Text>& b) { return equal(*a, *b); };
    return left.kind == right.kind && left.words == right.words && left.data == right.data &&
           left.columns == right.columns && left.has_heads == right.has_heads &&
           std::equal(left.arguments.begin(), left.arguments.end(), right.arguments.begin(),
                      right.arguments.end(), same_argument) &&
           std::equal(left.parts.begin(), left.parts.end(), right.parts.begin(), right.parts.end(),
                      same_part);
}

bool equal(const Text& left, const Text& right) {
    if (&left == &right) return true;
    const auto same_piece = [](const Text::Piece& a, const Text::Piece& b) { return equal(a, b); };
    return std::equal(left.pieces.begin(), left.pieces.end(), right.pieces.begin(), right.pieces.end(),
                      same_piece);
}

}  // namespace

Value::Value(std::string_view string) : tag_(Tag::string) {
    payload_.string = string.empty() ? nullptr : String::make(string);
}

Value::Value(Ref<Text> text) {
    if (!text) return;
    tag_ = Tag::text;
    payload_.text = text.detach();
}

Value::Value(Ref<Container> container) {
    if (!container) return;
    tag_ = Tag::container;
    payload_.container = container.detach();
}

Value::Value(const Value& other) : tag_(other.tag_), payload_(other.payload_) {
    switch (tag_) {
        case Tag::string:
            if (payload_.string != nullptr) ++payload_.string->references;
            break;
        case Tag::text:
            ++payload_.text->references_;
            break;
        case Tag::container: {
            const Ref<Container> copy = payload_.container->deep_copy();
            payload_.container = copy.get();
            ++payload_.container->references_;
            break;
        }
        case Tag::nil:
        case Tag::boolean:
        case Tag::integer:
        case Tag::number:
        case Tag::object:
            break;
    }
}

void Value::release() {
    if (tag_ == Tag::string) {
        if (payload_.string != nullptr) String::release(payload_.string);
    } else if (tag_ == Tag::text) {
        if (--payload_.text->references_ == 0) delete payload_.text;
    } else if (--payload_.container->references_ == 0) {
        delete payload_.container;
    }
}

std::string_view Value::string() const {
    if (payload_.string == nullptr) return {};
    return {payload_.string->bytes(), payload_.string->size};
}

bool operator==(const Value& left, const Value& right) {
    using Tag = Value::Tag;
    if (left.tag_ == Tag::integer && right.tag_ == Tag::number)
        return mixed_equal(left.integer(), right.number());
    if (left.tag_ == Tag::number && right.tag_ == Tag::integer)
        return mixed_equal(right.integer(), left.number());
    if (left.tag_ != right.tag_) return false;
    switch (left.tag_) {
        case Tag::nil:
            return true;
        case Tag::number:
            return left.number() == right.number();
        case Tag::string:
            return left.string() == right.string();
        case Tag::text:
            return equal(left.text(), right.text());
        case Tag::container:
            return equal(left.container(), right.container());
        case Tag::boolean:
        case Tag::integer:
        case Tag::object:
            break;
    }
    return left.payload_.integer == right.payload_.integer;
}

bool Value::key_less(const Value& left, const Value& right) {
    const int rank = key_rank(left.tag_);
    if (rank != key_rank(right.tag_)) return rank < key_rank(right.tag_);
    switch (left.tag_) {
        case Tag::integer:
        case Tag::number:
            return numeric_less(left, right);
        case Tag::string:
            return left.string() < right.string();
        case Tag::boolean:
        case Tag::object:
            return left.object() < right.object();
        case Tag::nil:
        case Tag::text:
        case Tag::container:
            break;  // Equal: the latter two are no keys.
    }
    return false;
}

std::string_view tag_name(Value::Tag tag) {
    switch (tag) {
        case Value::Tag::nil:
            return "nil";
        case Value::Tag::boolean:
            return "boolean";
        case Value::Tag::integer:
            return "integer";
        case Value::Tag::number:
            return "number";
        case Value::Tag::string:
            return "string";
        case Value::Tag::object:
            return "object";
        case Value::Tag::text:
            return "text";
        case Value::Tag::container:
            return "table";
    }
    return "nil";
}

}  // namespace gyre::world
