// Ours because what it reads are Values, some of which have no form in JSON.

#include "world/script/json.hpp"

#include "engine/base/utf8.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <iterator>
#include <vector>

namespace gyre::world::script {

namespace {

class JsonWriter {
  public:
    /// False if it has no form in JSON; why() says so.
    bool write(const Value& value) {
        switch (value.tag()) {
            case Value::Tag::nil:
                out_ += "null";
                return true;
            case Value::Tag::boolean:
                out_ += value.boolean() ? "true" : "false";
                return true;
            case Value::Tag::integer:
                out_ += std::to_string(value.integer());
                return true;
            case Value::Tag::number:
                return write_number(value.number());
            case Value::Tag::string:
                write_string(value.string());
                return true;
            case Value::Tag::object:
                return fail("an object of the world has no form in JSON: use its id or name");
            case Value::Tag::text:
                return fail("a text has no form in JSON: text.plain makes a string of it");
            case Value::Tag::container:
                return write_container(value.container());
        }
        return false;
    }
    std::string out() && { return std::move(out_); }
    [[nodiscard]] const std::string& why() const { return why_; }

  private:
    bool fail(const char* why) {
        why_ = why;
        return false;
    }
    bool write_number(double number) {
        if (!std::isfinite(number)) return fail("an infinite number has no form in JSON");
        fmt::format_to(std::back_inserter(out_), "{}", number);
        return true;
    }
    void write_string(std::string_view string) {
        const std::string repaired = utf8::is_valid(string) ? std::string{} : utf8::repair(string);
        out_ += '"';
        for (const char c : repaired.empty() ? string : std::string_view{repaired}) {
            if (c == '"' || c == '\\') {
                out_ += '\\';
                out_ += c;
            } else if (c == '\n') {
                out_ += "\\n";
            } else if (static_cast<unsigned char>(c) < 0x20) {
                fmt::format_to(std::back_inserter(out_), "\\u{:04x}", static_cast<unsigned>(c));
            } else {
                out_ += c;
            }
        }
        out_ += '"';
    }
    static bool has_name(const Container& map, const std::string& name) {
        const Value key{name};
        return std::ranges::binary_search(
            map.map, key, [](const Value& left, const Value& right) { return Value::key_less(left, right); },
            &Container::Pair::key);
    }
    bool write_container(const Container& container) {
        return container.kind == Container::Kind::map ? write_map(container) : write_list(container.list);
    }
    bool write_list(const std::vector<Value>& list) {
        out_ += '[';
        for (const Value& each : list) {
            if (&each != list.data()) out_ += ',';
            if (!write(each)) return false;
        }
        out_ += ']';
        return true;
    }
    bool write_map(const Container& map) {
        out_ += '{';
        for (const Container::Pair& pair : map.map) {
            if (&pair != map.map.data()) out_ += ',';
            if (!write_name(pair.key, map)) return false;
            out_ += ':';
            if (!write(pair.value)) return false;
        }
        out_ += '}';
        return true;
    }
    bool write_name(const Value& key, const Container& map) {
        if (key.tag() == Value::Tag::object)
            return fail("an object of the world is no name in JSON: use its id or name");
        const bool is_number = key.tag() == Value::Tag::integer;
        const std::string name = is_number ? std::to_string(key.integer()) : std::string{key.string()};
        if (is_number && has_name(map, name))
            return fail("a number and a string would be the same name in JSON");
        write_string(name);
        return true;
    }

    std::string out_;
    std::string why_;
};

}  // namespace

Result<std::string> to_json(const Value& value) {
    JsonWriter writer;
    if (!writer.write(value)) return Error{Errc::bad_input, writer.why()};
    return std::move(writer).out();
}

}  // namespace gyre::world::script
