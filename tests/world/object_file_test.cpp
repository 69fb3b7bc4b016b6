#include "world/object_file.hpp"
#include "engine/base/random.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

using namespace gyre;
using namespace gyre::world;

namespace {

using Kind = FileValue::Kind;

const std::string id = "@abcdefghijkmnpqr";

FileValue of(Kind kind, std::string string = {}) {
    FileValue value;
    value.kind = kind;
    value.string = std::move(string);
    return value;
}

FileValue of(Kind kind, std::vector<FileValue> parts) {
    FileValue value = of(kind);
    value.parts = std::move(parts);
    return value;
}

FileValue whole(std::int64_t number) {
    FileValue value = of(Kind::integer);
    value.integer = number;
    return value;
}

FileValue real(double number) {
    FileValue value = of(Kind::number);
    value.number = number;
    return value;
}

/// The value of the one property in a file.
ReadObjectFile read_value(const std::string& value) {
    return read_object_file("format(1)\nobject \"" + id + "\"\nproperty.x = " + value + "\n");
}

std::string written(const std::string& value) {
    const ReadObjectFile read = read_value(value);
    REQUIRE(read.faults.empty());
    return write_file_value(read.file.objects.at(0).properties.at(0).value);
}

std::string faults_of(const std::string& text) {
    std::string all;
    for (const FileFault& fault : read_object_file(text).faults)
        all += std::to_string(fault.line) + ": " + fault.what + "\n";
    return all;
}

std::string fault_of(const std::string& value) {
    const ReadObjectFile read = read_value(value);
    return read.faults.empty() ? "" : read.faults.front().what;
}

/// Values that hold anything a world's values may.
class AnyValue {
  public:
    explicit AnyValue(std::uint64_t seed) : random_(seed) {}

    FileValue value(int depth = 0) {
        switch (random_.below(depth > 4 ? 7 : 10)) {
            case 0:
                return boolean();
            case 1:
                return whole(static_cast<std::int64_t>(random_()));
            case 2:
                return real((random_.unit() - 0.5) *
                            std::pow(10.0, static_cast<double>(random_.below(600)) - 300));
            case 3:
                return of(Kind::object, random_.below(2) == 0 ? "square" : id);
            case 4:
                return of(Kind::player, words());
            case 5:
            case 6:
                return of(Kind::string, words());
            case 7:
                return list(depth);
            case 8:
                return map(depth);
            default:
                return text(depth);
        }
    }

  private:
    FileValue boolean() {
        FileValue value = of(Kind::boolean);
        value.boolean = random_.below(2) == 0;
        return value;
    }
    std::string words() {
        static const std::vector<std::string> pieces{
            "a",  "lamp", " ",  "\n", "{x}",         "}}",   "]]",  "]=]",  "[=[",
            "\\", "\"",   "'",  "\r", "\xff",        "\x00", "é",   "\x7f", "\xC2\x85",
            "--", "{",    "\t", "12", "{the lamp} ", "]",    "日本"};
        std::string all;
        for (std::uint64_t left = random_.below(8); left > 0; --left)
            all += pieces[random_.below(pieces.size())];
        return all;
    }
    std::vector<FileValue> values(int depth) {
        std::vector<FileValue> all;
        for (std::uint64_t left = random_.below(5); left > 0; --left) all.push_back(value(depth + 1));
        return all;
    }
    FileValue list(int depth) { return of(Kind::list, values(depth)); }
    FileValue map(int depth) {
        FileValue made = of(Kind::list);
        std::int64_t number = 0;
        for (FileValue& each : values(depth)) {
            made.kind = Kind::map;
            ++number;
            const bool is_word = random_.below(2) == 0;
            made.parts.push_back(is_word ? of(Kind::string, words() + std::to_string(number))
                                         : whole(number));
            made.parts.push_back(std::move(each));
        }
        return made;
    }
    FileValue piece(int depth) {
        switch (random_.below(depth > 4 ? 2 : 5)) {
            case 0: {
                FileValue made = of(Kind::words, words() + (random_.below(2) == 0 ? "{lamp}" : ""));
                if (random_.below(2) == 0) made.parts = {of(Kind::string, "lamp"), value(depth + 1)};
                return made;
            }
            case 1:
                return of(Kind::data, words());
            case 2:
                return of(Kind::title, {text(depth + 1)});
            case 3:
                return of(Kind::lines, {text(depth + 1), text(depth + 1)});
            default: {
                FileValue made = of(Kind::table, {text(depth + 1), text(depth + 1)});
                made.columns = random_.below(2) == 0 ? 1 : 2;
                made.has_heads = made.columns == 1 && random_.below(2) == 0;
                return made;
            }
        }
    }
    FileValue text(int depth) {
        std::vector<FileValue> pieces;
        for (std::uint64_t left = random_.below(3); left > 0; --left) pieces.push_back(piece(depth));
        return of(Kind::text, std::move(pieces));
    }

    Random random_;
};

}  // namespace

TEST_CASE("object file: every kind of value is written as LUA.md writes it", "[world][object_file]") {
    CHECK(written("nil") == "nil");
    CHECK(written("true") == "true");
    CHECK(written("-7") == "-7");
    CHECK(written("0x10") == "16");
    CHECK(written("-9223372036854775808") == "-9223372036854775808");
    CHECK(written("1.50") == "1.5");
    CHECK(written("1e3") == "1000.0");
    CHECK(written("2.5e-10") == "2.5e-10");
    CHECK(written("-math.huge") == "-math.huge");
    CHECK(written("0/0") == "0/0");
    CHECK(written("'it\\'s'") == "\"it's\"");
    CHECK(written("[[two\nlines]]") == "[=[\ntwo\nlines]=]");
    CHECK(written("[=[{no} template]=]") == "[=[{no} template]=]");
    CHECK(written("data(\"{x}\\r\")") == "data(\"{x}\\r\")");
    // Nothing in a file commands the terminal that shows it: a C1 control is written in escapes.
    CHECK(written("[=[\nx\n\xC2\x9B]=]") == "\"x\\n\\xc2\\x9b\"");
    CHECK(written("object(\"square\")") == "object \"square\"");
    CHECK(written("player \"Bob\"") == "player \"Bob\"");
    CHECK(written("{}") == "{}");
    CHECK(written("{1, 'two'; {3},}") == "{1, \"two\", {3}}");
    CHECK(written("{a = 1, [2] = 3, ['b c'] = 4, ['end'] = 5}") ==
          "{a = 1, [2] = 3, [\"b c\"] = 4, [\"end\"] = 5}");
    CHECK(written("\"{the lamp} glows\"") == "\"{the lamp} glows\"");
    CHECK(written("text \"{x}\"") == "\"{x}\"");
    CHECK(written("text('plain')") == "text(\"plain\")");
    CHECK(written("text(\"{x}\", {x = 3})") == "text(\"{x}\", {x = 3})");
    CHECK(written("text.parse('plain')") == "text.parse(\"plain\")");
    CHECK(written("\"{x}\" .. 'and' .. text.title(\"T\")") ==
          "\"{x}\" .. text(\"and\") .. text.title(text(\"T\"))");
}

TEST_CASE("object file: what is long stands one entry a line", "[world][object_file]") {
    const std::string word(40, 'x');
    CHECK(written("{'" + word + "', '" + word + "', '" + word + "'}") ==
          "{\n  \"" + word + "\",\n  \"" + word + "\",\n  \"" + word + "\",\n}");
}

TEST_CASE("object file: any value comes back as it was", "[world][object_file]") {
    for (std::uint64_t seed = 0; seed < 1500; ++seed) {
        const FileValue value = AnyValue{seed}.value();
        const std::string text = write_file_value(value);
        INFO(seed << ": " << text);
        const ReadObjectFile read = read_value(text);
        REQUIRE(read.faults.empty());
        const FileValue& again = read.file.objects.at(0).properties.at(0).value;
        REQUIRE(again == value);
        REQUIRE(write_file_value(again) == text);
    }
}

TEST_CASE("object file: sources stand as they are", "[world][object_file]") {
    ObjectFile file;
    file.classes.push_back({"bell", "inherit \"thing\"\n-- ]=] ]==]\n", 0, 0});
    FileObject object;
    object.key = id;
    object.source = "inherit \"thing\"\r\n\x01";
    object.place = "square";
    object.join = FileObject::Join{"square", "north", id, "", 0};
    file.objects.push_back(object);
    const std::string text = write_object_file(file);
    CHECK(text.find("\nclass \"bell\"\nsource [===[\ninherit \"thing\"\n-- ]=] ]==]\n]===]\n") !=
          std::string::npos);
    const ReadObjectFile read = read_object_file(text);
    REQUIRE(read.faults.empty());
    CHECK(read.file.classes.at(0).source == file.classes[0].source);
    CHECK(read.file.classes.at(0).source_line == 7);
    CHECK(read.file.objects.at(0).source == object.source);
    CHECK(read.file.objects.at(0).place == "square");
    CHECK(read.file.objects.at(0).join == object.join);
    CHECK(write_object_file(read.file) == text);
}

TEST_CASE("object file: a class without a source is a fault", "[world][object_file]") {
    CHECK(faults_of("format(1)\nclass \"bell\"\nclass \"gong\"\nsource \"x\"\n") ==
          "2: class \"bell\" has no source\n");
}

TEST_CASE("object file: all faults are told, each with its line", "[world][object_file]") {
    CHECK(faults_of("format(1)\n"
                    "property.a = 1\n"
                    "object \"@short\"\n"
                    "property.b = 2\n"
                    "objekt \"square\"\n"
                    "object \"square\"\n"
                    "property.c = {1, a = 2}\n"
                    "property.d = fuel + 1\n"
                    "property.e = nul\n"
                    "property.f = \"unfinished\n"
                    "property.g = 5\n"
                    "property.g = 6\n"
                    "place \"here\"\n"
                    "object \"square\"\n") ==
          "2: property.a of what? Say object \"...\" above it\n"
          "3: \"@short\" is no export id: 16 small letters and digits follow the @\n"
          "5: 'objekt' begins no statement (did you mean 'object'?)\n"
          "7: a table is a list or a map: use two tables\n"
          "8: 'fuel' is no value: this is data, no code\n"
          "9: 'nul' is no value (did you mean 'nil'?)\n"
          "10: this string does not end, or has a \\ with something that means nothing\n"
          "12: property.g is there twice\n"
          "13: an object is needed here, such as object \"square\"\n"
          "14: object \"square\" is in the file twice\n");
    CHECK(faults_of("") == "1: a file begins with format(1)\n");
    CHECK(faults_of("inherit \"thing\"\n") ==
          "1: this is nothing that `export` wrote: a file begins with format(1)\n");
    CHECK(faults_of("format(2)\nx") == "1: this server reads format 1, and not 2\n");
    CHECK(faults_of("format(1)\n\n\xff") == "3: this is no text in UTF-8\n");
    CHECK(faults_of("format(1)\nobject \"a\"\ninherit \"b\"\nsource \"c\"\n") ==
          "4: an object has one class: either inherit or source says which\n");
    CHECK(fault_of("{[1] = 1, [1] = 2}") == "this key is there twice");
    CHECK(fault_of("{nil}") == "a table holds no nil: leave it out");
    CHECK(fault_of("text.bold(\"x\")") == "there is no text.bold: use parse, title, list, lines or table");
    CHECK(fault_of("text.table({{\"a\"}, {\"b\", \"c\"}})") == "all rows of a table have as many cells");
    CHECK(fault_of("text(\"{x}\", {3})") == "the arguments of a template have names");
    CHECK(fault_of("99999999999999999999x").find("is no number") != std::string::npos);
}

TEST_CASE("object file: line ends of other systems are read", "[world][object_file]") {
    const ReadObjectFile read = read_object_file(
        "\xEF\xBB\xBF"
        "format(1)\r\nobject \"square\"\r\nproperty.a = [=[\r\nx\r\n]=]\r\n");
    REQUIRE(read.faults.empty());
    CHECK(read.file.objects.at(0).properties.at(0).value.string == "x\n");
}

TEST_CASE("object file: each limit", "[world][object_file]") {
    const auto last_fault = [](const std::string& text) {
        const ReadObjectFile read = read_object_file(text);
        return read.faults.empty() ? std::string{} : read.faults.back().what;
    };
    SECTION("bytes") {
        const std::string head = "format(1)\n";
        CHECK(last_fault(head + std::string(ObjectFile::max_bytes - head.size(), ' ')).empty());
        CHECK(last_fault(head + std::string(ObjectFile::max_bytes - head.size() + 1, ' ')) ==
              "a file has at most 1000000 bytes");
    }
    SECTION("objects") {
        std::string text = "format(1)\n";
        for (std::size_t at = 0; at < ObjectFile::max_objects; ++at)
            text += "object \"o" + std::to_string(at) + "\"\n";
        CHECK(last_fault(text).empty());
        CHECK(last_fault(text + "object \"more\"\n") == "a file holds at most 1000 objects");
    }
    SECTION("classes") {
        std::string text = "format(1)\n";
        for (std::size_t at = 0; at < ObjectFile::max_classes; ++at)
            text += "class \"c" + std::to_string(at) + "\"\nsource \"x\"\n";
        CHECK(last_fault(text).empty());
        CHECK(last_fault(text + "class \"more\"\n") == "a file holds at most 100 classes");
    }
    SECTION("values") {
        std::string list = "{";
        for (std::size_t at = 0; at + 1 < ObjectFile::max_values; ++at) list += "1,";
        CHECK(fault_of(list + "}").empty());
        CHECK(fault_of(list + "1}") == "a file holds at most 100000 values");
    }
    SECTION("depth") {
        const auto nested = [](int depth) {
            return std::string(static_cast<std::size_t>(depth), '{') +
                   std::string(static_cast<std::size_t>(depth), '}');
        };
        CHECK(fault_of(nested(ObjectFile::max_depth)).empty());
        CHECK(fault_of(nested(ObjectFile::max_depth + 1)) == "values are nested more than 100 deep");
        CHECK(fault_of(nested(100'000)) == "values are nested more than 100 deep");
    }
}
