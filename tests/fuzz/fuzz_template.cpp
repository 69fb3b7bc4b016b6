// Source and data of any kind never crash the template language, and nothing of them reaches a terminal as a
// control character. The input's first byte chooses what is done with the rest, the second the rendering; a
// zero byte parts the source from the data.

#include "engine/base/utf8.hpp"
#include "net/terminal/rendering.hpp"
#include "world/container.hpp"
#include "world/text/text.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

using namespace gyre;
using world::Ref;
using world::Text;
using world::Value;
using world::text::Noun;
using Kind = Text::Piece::Kind;

/// Names every object after the data.
class FuzzNouns final : public world::text::Nouns {
  public:
    explicit FuzzNouns(std::string_view data) : data_(data) {}
    [[nodiscard]] Noun noun(ObjectId thing, ObjectId) override {
        Noun noun;
        noun.name = data_;
        const std::uint64_t bits = number(thing);
        noun.person = (bits & 1U) != 0;
        noun.plural = (bits & 2U) != 0;
        noun.perceived = (bits & 4U) != 0;
        noun.count = static_cast<std::int64_t>(bits & 3U);
        return noun;
    }

  private:
    std::string_view data_;
};

void require(bool claim) {
    if (!claim) std::abort();
}

Value list_of_objects() {
    auto list = world::make_ref<world::Container>();
    list->kind = world::Container::Kind::list;
    for (std::uint64_t id = 1; id < 9; ++id) list->list.emplace_back(object_id(id));
    return Value(list);
}

Ref<Text> layout(Kind kind, const Ref<Text>& part) {
    auto made = world::make_ref<Text>();
    Text::Piece& piece = made->pieces.emplace_back();
    piece.kind = kind;
    piece.parts.assign(5, part);
    if (kind == Kind::table) {
        piece.columns = 2;
        piece.has_heads = true;
    }
    made->measure();
    return made;
}

net::Rendering rendering_of(std::uint8_t choice) {
    net::Rendering rendering;
    rendering.colours = static_cast<net::Colours>(choice & 3U);
    rendering.charset = static_cast<net::Charset>((choice >> 2U) % 3U);
    rendering.screen_reader = (choice & 16U) != 0;
    rendering.links = (choice & 32U) != 0;
    rendering.width = (choice & 64U) != 0 ? 20 : 80;
    return rendering;
}

void check_terminal(const world::text::Tree& tree, net::Rendering rendering) {
    net::render(tree, rendering);
    rendering.kind = net::Rendering::Kind::plain;
    const std::string& plain = net::render(tree, rendering);
    require(plain.ends_with("\r\n"));
    for (std::size_t at = 0; at < plain.size(); ++at) {
        const auto byte = static_cast<std::uint8_t>(plain[at]);
        const bool in_crlf =
            plain.substr(at, 2) == "\r\n" || (byte == '\n' && at > 0 && plain[at - 1] == '\r');
        require((byte >= ' ' && byte != 0x7F) || in_crlf);
        require(byte < 0x80 || rendering.charset != net::Charset::ascii);
    }
    require(rendering.charset != net::Charset::utf8 || utf8::is_valid(plain));
}

void check(const Ref<Text>& text, std::string_view data, std::uint8_t choice) {
    const auto again = Text::decode(text->encode());
    require(Value(again) == Value(text));
    FuzzNouns nouns(data);
    for (const std::uint64_t observer : {1U, 7U, 99U}) {
        const auto tree = resolve(*text, object_id(observer), nouns);
        if (!tree.ok()) continue;
        require(utf8::is_clean(tree.value()->text, utf8::Newlines::keep) || !utf8::is_clean(data));
        check_terminal(*tree.value(), rendering_of(choice));
    }
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    if (size < 2 || size > 4096) return 0;
    const std::uint8_t shape = bytes[0];
    const std::uint8_t choice = bytes[1];
    const std::string_view input(reinterpret_cast<const char*>(bytes) + 2, size - 2);
    if (shape == 0xFF) {
        FuzzNouns nouns(input);
        const auto text = Text::decode(input);
        const auto tree = resolve(*text, object_id(1), nouns);
        if (tree.ok()) check_terminal(*tree.value(), rendering_of(choice));
        return 0;
    }
    const std::size_t split = std::min(input.find('\0'), input.size());
    const std::string_view data = input.substr(std::min(split + 1, input.size()));
    const auto compiled = world::text::compile(input.substr(0, split));
    if (!compiled.ok()) {
        require(compiled.error().text.starts_with("template "));
        return 0;
    }
    const auto inner = Text::of_data(data);
    const auto text = Text::of_template(*compiled.value(), {{"who", object_id(7)},
                                                            {"x", object_id(shape)},
                                                            {"text", data},
                                                            {"n", 3},
                                                            {"things", list_of_objects()},
                                                            {"t", Value(inner)}});
    check(text, data, choice);
    check(Text::join(*inner, *text), data, choice);
    check(Text::join(*layout(static_cast<Kind>(2U + shape % 4U), text), *inner), data, choice);
    return 0;
}
