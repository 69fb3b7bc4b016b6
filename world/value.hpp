#pragma once

#include "engine/base/ids.hpp"

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

namespace gyre::world {

class Container;
class Text;

/// Base of what is counted by Ref. Not atomic: the reactor thread only.
class Counted {
  public:
    Counted() = default;
    Counted(const Counted&) = delete;
    Counted& operator=(const Counted&) = delete;
    virtual ~Counted() = default;

  private:
    template <class T>
    friend class Ref;
    friend class Value;
    mutable std::uint32_t references_ = 0;
};

/// A counted pointer, 8 bytes; cheaper than shared_ptr because nothing here crosses threads.
template <class T>
class Ref {
  public:
    Ref() = default;
    explicit Ref(T* object) : object_(object) { add(); }
    Ref(const Ref& other) : object_(other.object_) { add(); }
    Ref(Ref&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
    Ref& operator=(Ref other) noexcept {
        std::swap(object_, other.object_);
        return *this;
    }
    ~Ref() {
        // NOLINTNEXTLINE(clang-analyzer-cplusplus.NewDelete): it takes the count for 1 each time.
        if (object_ != nullptr && --object_->references_ == 0) delete object_;
    }

    T* get() const { return object_; }
    /// Gives its share away: whoever takes the pointer counts down for it.
    [[nodiscard]] T* detach() { return std::exchange(object_, nullptr); }
    T& operator*() const { return *object_; }
    T* operator->() const { return object_; }
    explicit operator bool() const { return object_ != nullptr; }
    friend bool operator==(const Ref&, const Ref&) = default;

  private:
    void add() const {
        if (object_ != nullptr) ++object_->references_;
    }
    T* object_ = nullptr;
};

template <class T, class... Args>
Ref<T> make_ref(Args&&... args) {
    return Ref<T>(new T(std::forward<Args>(args)...));
}

/// What a property, an argument or a list entry may be. 16 bytes.
/// Strings and texts are immutable and shared. A container (list or map) has one owner: a property, another
/// container, or the one Value that holds it; copying such a Value makes a deep copy.
class Value {
  public:
    enum class Tag : std::uint8_t { nil, boolean, integer, number, string, object, text, container };

    Value() = default;
    // NOLINTBEGIN(google-explicit-constructor): values are written everywhere.
    Value(bool boolean) : tag_(Tag::boolean) { payload_.integer = boolean ? 1 : 0; }
    Value(std::int64_t integer) : tag_(Tag::integer) { payload_.integer = integer; }
    Value(int integer) : Value(std::int64_t{integer}) {}
    Value(double number) : tag_(Tag::number) { payload_.number = number; }
    Value(std::string_view string);
    Value(const char* string) : Value(std::string_view{string}) {}
    Value(const std::string& string) : Value(std::string_view{string}) {}
    Value(ObjectId object) : tag_(Tag::object) { payload_.integer = static_cast<std::int64_t>(object); }
    Value(Ref<Text> text);
    Value(Ref<Container> container);  ///< Takes over the container; it must have no other owner.
    // NOLINTEND(google-explicit-constructor)
    Value(const Value& other);
    Value(Value&& other) noexcept : tag_(other.tag_), payload_(other.payload_) { other.tag_ = Tag::nil; }
    Value& operator=(Value other) noexcept {
        std::swap(tag_, other.tag_);
        std::swap(payload_, other.payload_);
        return *this;
    }
    ~Value() {
        if (tag_ >= Tag::string && tag_ != Tag::object) release();
    }

    [[nodiscard]] Tag tag() const { return tag_; }
    [[nodiscard]] bool is_nil() const { return tag_ == Tag::nil; }

    /// Precondition of each: the tag fits.
    [[nodiscard]] bool boolean() const { return payload_.integer != 0; }
    [[nodiscard]] std::int64_t integer() const { return payload_.integer; }
    [[nodiscard]] double number() const { return payload_.number; }
    [[nodiscard]] std::string_view string() const;
    [[nodiscard]] ObjectId object() const { return static_cast<ObjectId>(payload_.integer); }
    [[nodiscard]] Text& text() const { return *payload_.text; }
    [[nodiscard]] Container& container() const { return *payload_.container; }

    /// Deep equality; an integer and a number are equal when their values are. Texts: the same pieces.
    friend bool operator==(const Value& left, const Value& right);
    /// A total order for map keys: nil, booleans, numbers, strings by bytes, objects by id.
    [[nodiscard]] static bool key_less(const Value& left, const Value& right);

  private:
    struct String;  ///< Count, size and bytes in one allocation.
    void release();

    Tag tag_ = Tag::nil;
    union {
        std::int64_t integer;
        double number;
        String* string;
        Text* text;
        Container* container;
    } payload_{};
};
static_assert(sizeof(Value) == 16);

/// "nil", "boolean", "integer", "number", "string", "object", "text", "table": for error messages.
std::string_view tag_name(Value::Tag tag);

}  // namespace gyre::world
