// Text as bytes: a version, then pieces; numbers as varints, strings with their length. Reading trusts
// nothing: every length is checked against what is left, every count against the limit of a text.

#include "world/container.hpp"
#include "world/text/text.hpp"

#include <bit>

namespace gyre::world {

namespace {

constexpr char version = 1;

class Encoder {
  public:
    explicit Encoder(std::string& out) : out_(out) {}

    void text(const Text& text) {
        number(text.pieces.size());
        for (const Text::Piece& each : text.pieces) piece(each);
    }

  private:
    void byte(std::uint8_t value) { out_.push_back(static_cast<char>(value)); }
    void number(std::uint64_t value) {
        for (; value >= 0x80; value >>= 7U) byte(static_cast<std::uint8_t>(value | 0x80U));
        byte(static_cast<std::uint8_t>(value));
    }
    void bytes(std::string_view value) {
        number(value.size());
        out_ += value;
    }
    void piece(const Text::Piece& piece);
    void value(const Value& value);

    std::string& out_;
};

void Encoder::piece(const Text::Piece& piece) {
    byte(static_cast<std::uint8_t>(piece.kind));
    switch (piece.kind) {
        case Text::Piece::Kind::words:
            bytes(text::source_of(*piece.words));
            number(piece.arguments.size());
            for (const Text::Argument& argument : piece.arguments) {
                bytes(argument.name);
                value(argument.value);
            }
            return;
        case Text::Piece::Kind::data:
            return bytes(piece.data);
        case Text::Piece::Kind::table:
            number(piece.columns);
            byte(piece.has_heads ? 1 : 0);
            [[fallthrough]];
        case Text::Piece::Kind::title:
        case Text::Piece::Kind::list:
        case Text::Piece::Kind::lines:
            number(piece.parts.size());
            for (const Ref<Text>& part : piece.parts) text(*part);
            return;
    }
}

void Encoder::value(const Value& value) {
    byte(static_cast<std::uint8_t>(value.tag()));
    switch (value.tag()) {
        case Value::Tag::nil:
            return;
        case Value::Tag::boolean:
            return byte(value.boolean() ? 1 : 0);
        case Value::Tag::integer:
            return number(static_cast<std::uint64_t>(value.integer()));
        case Value::Tag::number:
            return number(std::bit_cast<std::uint64_t>(value.number()));
        case Value::Tag::string:
            return bytes(value.string());
        case Value::Tag::object:
            return number(gyre::number(value.object()));
        case Value::Tag::text:
            return text(value.text());
        case Value::Tag::container:  // A map is no argument; nothing of it is kept.
            number(value.container().list.size());
            for (const Value& each : value.container().list) this->value(each);
            return;
    }
}

class Decoder {
  public:
    explicit Decoder(std::string_view bytes) : left_(bytes) {}

    Ref<Text> text();

  private:
    void damage() {
        damaged_ = true;
        left_ = {};
    }
    std::uint8_t byte() {
        if (left_.empty()) {
            damage();
            return 0;
        }
        const auto value = static_cast<std::uint8_t>(left_.front());
        left_.remove_prefix(1);
        return value;
    }
    std::uint64_t number();
    std::string_view bytes();
    /// Of pieces, arguments, entries: each takes a byte at least, and all of them share the text's limit.
    std::size_t count();
    Text::Piece piece();
    void words(Text::Piece& piece);
    Value value();
    Value list();

    std::string_view left_;
    std::size_t total_ = 0;
    int depth_ = 0;
    bool damaged_ = false;
};

std::uint64_t Decoder::number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        const std::uint8_t next = byte();
        value |= static_cast<std::uint64_t>(next & 0x7FU) << shift;
        if (next < 0x80) return value;
    }
    damage();
    return 0;
}

std::string_view Decoder::bytes() {
    const std::uint64_t size = number();
    if (size > left_.size()) {
        damage();
        return {};
    }
    const std::string_view value = left_.substr(0, size);
    left_.remove_prefix(size);
    return value;
}

std::size_t Decoder::count() {
    const std::uint64_t value = number();
    if (value > left_.size() || value > Text::max_pieces - total_) {
        damage();
        return 0;
    }
    total_ += value;
    return value;
}

Ref<Text> Decoder::text() {
    Ref<Text> made = make_ref<Text>();
    if (++depth_ > Text::max_depth) damage();
    for (std::size_t left = count(); left > 0 && !damaged_; --left) {
        Text::Piece next = piece();
        if (!damaged_) made->pieces.push_back(std::move(next));
    }
    --depth_;
    made->measure();
    return made;
}

Text::Piece Decoder::piece() {
    Text::Piece made;
    const std::uint8_t kind = byte();
    if (kind > static_cast<std::uint8_t>(Text::Piece::Kind::table)) damage();
    if (damaged_) return made;
    made.kind = static_cast<Text::Piece::Kind>(kind);
    if (made.kind == Text::Piece::Kind::data) {
        made.data = bytes();
    } else if (made.kind == Text::Piece::Kind::words) {
        words(made);
    } else {
        if (made.kind == Text::Piece::Kind::table) {
            const std::uint64_t columns = number();
            made.has_heads = byte() != 0;
            if (columns == 0 || columns > UINT16_MAX) damage();
            made.columns = static_cast<std::uint16_t>(columns);
        }
        for (std::size_t left = count(); left > 0 && !damaged_; --left) made.parts.push_back(text());
    }
    return made;
}

void Decoder::words(Text::Piece& piece) {
    const std::string_view source = bytes();
    for (std::size_t left = count(); left > 0 && !damaged_; --left) {
        std::string name(bytes());
        piece.arguments.push_back({std::move(name), value()});
    }
    if (damaged_) return;  // Nothing is interned for damaged bytes.
    const Result<const text::Template*> compiled = text::compile(source);
    if (compiled.ok()) {
        piece.words = compiled.value();
        return;
    }
    piece.kind = Text::Piece::Kind::data;
    piece.arguments.clear();
    piece.data = source;
}

Value Decoder::value() {
    const std::uint8_t tag = byte();
    if (tag > static_cast<std::uint8_t>(Value::Tag::container)) damage();
    if (damaged_) return {};
    switch (static_cast<Value::Tag>(tag)) {
        case Value::Tag::nil:
            return {};
        case Value::Tag::boolean:
            return byte() != 0;
        case Value::Tag::integer:
            return static_cast<std::int64_t>(number());
        case Value::Tag::number:
            return std::bit_cast<double>(number());
        case Value::Tag::string:
            return bytes();
        case Value::Tag::object:
            return object_id(number());
        case Value::Tag::text:
            return text();
        case Value::Tag::container:
            return list();
    }
    return {};
}

Value Decoder::list() {
    Ref<Container> made = make_ref<Container>();
    if (++depth_ > Text::max_depth) damage();
    for (std::size_t left = count(); left > 0 && !damaged_; --left) made->list.push_back(value());
    --depth_;
    if (!made->list.empty()) made->kind = Container::Kind::list;
    made->adopt_children();
    return made;
}

}  // namespace

std::string Text::encode() const {
    std::string out(1, version);
    Encoder(out).text(*this);
    return out;
}

Ref<Text> Text::decode(std::string_view bytes) {
    if (bytes.empty() || bytes.front() != version) return of_data({});
    return Decoder(bytes.substr(1)).text();
}

}  // namespace gyre::world
