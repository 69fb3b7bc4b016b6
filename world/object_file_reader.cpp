// The statements of class files, and nothing that would have to run: a value is a literal or one of a few
// constructors. After a fault it goes on at the next line that begins a statement, so that all are told at
// once.

#include "engine/base/nearest.hpp"
#include "engine/base/utf8.hpp"
#include "world/file_values.hpp"
#include "world/object_file.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <set>

namespace gyre::world {

namespace {

constexpr std::array<std::string_view, 8> statements{"format", "class", "object",   "inherit",
                                                     "source", "place", "property", "join"};

class Reader {
  public:
    explicit Reader(std::string_view text) : tokens_(text), values_(tokens_) {}

    ReadObjectFile run();

  private:
    void add_faults_of_missing();
    void statement();
    void format();
    void begin_class();
    void begin_object();
    void inherit();
    void source();
    void place();
    void join();
    void property();
    [[nodiscard]] FileObject* object_for(std::string_view what);
    bool set_class(FileObject& object);
    std::string argument(std::string_view what);

    FileTokens tokens_;
    FileValues values_;
    ReadObjectFile read_;
    std::set<std::string, std::less<>> keys_;   ///< Of objects.
    std::set<std::string, std::less<>> names_;  ///< Of classes.
    /// What the statements that follow are about; skipped: it had a fault.
    enum class In : std::uint8_t { nothing, a_class, an_object, skipped };
    In in_ = In::nothing;
    int line_ = 0;  ///< Of the statement.
    bool has_format_ = false;
    bool is_over_ = false;  ///< There is no sense in reading on.
};

ReadObjectFile Reader::run() {
    while (tokens_.now().kind != Token::Kind::end && !is_over_) {
        statement();
        if (!tokens_.failed()) continue;
        FileFault fault = tokens_.skip_statement();
        if (!fault.what.empty()) read_.faults.push_back(std::move(fault));
        is_over_ = is_over_ || read_.faults.size() >= 10 * ObjectFile::max_faults;
    }
    if (!has_format_ && read_.faults.empty())
        read_.faults.push_back({1, fmt::format("a file begins with format({})", ObjectFile::format)});
    if (read_.faults.empty()) add_faults_of_missing();
    return std::move(read_);
}

void Reader::add_faults_of_missing() {
    for (const FileClass& each : read_.file.classes) {
        if (each.source.empty())
            read_.faults.push_back({each.line, fmt::format("class \"{}\" has no source", each.name)});
    }
}

void Reader::statement() {
    const Token word = tokens_.now();
    line_ = word.line;
    const auto found = std::ranges::find(statements, word.source);
    const bool is_statement = word.kind == Token::Kind::name && found != statements.end();
    if (!has_format_ && (!is_statement || word.source != "format")) {
        is_over_ = true;
        return tokens_.fail(fmt::format("this is nothing that `export` wrote: a file begins with format({})",
                                        ObjectFile::format));
    }
    if (!is_statement) {
        const std::string_view near = nearest(word.source, statements);
        const bool is_near = word.kind == Token::Kind::name && edit_distance(word.source, near) <= 2;
        const std::string what = tokens_.described() + " begins no statement";
        tokens_.advance();
        return tokens_.fail(is_near ? fmt::format("{} (did you mean '{}'?)", what, near) : what, line_);
    }
    tokens_.advance();
    constexpr std::array<void (Reader::*)(), statements.size()> readers{
        &Reader::format, &Reader::begin_class, &Reader::begin_object, &Reader::inherit,
        &Reader::source, &Reader::place,       &Reader::property,     &Reader::join};
    (this->*readers.at(static_cast<std::size_t>(found - statements.begin())))();
}

void Reader::format() {
    tokens_.expect("(");
    const std::string number{tokens_.now().source};
    tokens_.advance();
    tokens_.expect(")");
    if (tokens_.failed()) return;
    has_format_ = number == std::to_string(ObjectFile::format);
    is_over_ = !has_format_;
    if (is_over_) {
        tokens_.fail(fmt::format("this server reads format {}, and not {}", ObjectFile::format, number),
                     line_);
    }
}

/// "x" or ("x")
std::string Reader::argument(std::string_view what) {
    const bool in_brackets = tokens_.take("(");
    std::string found = tokens_.string(what);
    if (in_brackets) tokens_.expect(")");
    return found;
}

void Reader::begin_class() {
    in_ = In::skipped;
    FileClass made;
    made.line = tokens_.now().line;
    made.name = argument("the name of a class");
    if (tokens_.failed()) return;
    if (!names_.insert(made.name).second)
        return tokens_.fail(fmt::format("class \"{}\" is in the file twice", made.name), made.line);
    if (names_.size() > ObjectFile::max_classes) {
        is_over_ = true;
        return tokens_.fail(fmt::format("a file holds at most {} classes", ObjectFile::max_classes),
                            made.line);
    }
    in_ = In::a_class;
    read_.file.classes.push_back(std::move(made));
}

void Reader::begin_object() {
    in_ = In::skipped;
    FileObject made;
    made.line = tokens_.now().line;
    made.key = argument("the export id or the fixed name of an object");
    if (tokens_.failed()) return;
    if (std::string fault = fault_of_key(made.key); !fault.empty()) return tokens_.fail(fault, made.line);
    if (!keys_.insert(made.key).second)
        return tokens_.fail(fmt::format("object \"{}\" is in the file twice", made.key), made.line);
    if (keys_.size() > ObjectFile::max_objects) {
        is_over_ = true;
        return tokens_.fail(fmt::format("a file holds at most {} objects", ObjectFile::max_objects),
                            made.line);
    }
    in_ = In::an_object;
    read_.file.objects.push_back(std::move(made));
}

/// What the statement belongs to; null after a fault.
FileObject* Reader::object_for(std::string_view what) {
    if (!tokens_.failed() && in_ == In::an_object) return &read_.file.objects.back();
    // Of what had a fault itself nothing more needs to be told.
    tokens_.fail(
        in_ == In::skipped ? std::string{} : fmt::format("{} of what? Say object \"...\" above it", what),
        line_);
    return nullptr;
}

bool Reader::set_class(FileObject& object) {
    const bool is_first = object.inherit.empty() && object.source.empty();
    if (!is_first) tokens_.fail("an object has one class: either inherit or source says which", line_);
    return is_first;
}

void Reader::inherit() {
    std::string name = argument("the name of a class");
    FileObject* object = object_for("inherit");
    if (object != nullptr && set_class(*object)) object->inherit = std::move(name);
}

void Reader::source() {
    const bool in_brackets = tokens_.take("(");
    const int line = tokens_.line_of_string();
    std::string words = tokens_.string("the source of a class");
    if (in_brackets) tokens_.expect(")");
    if (words.empty()) tokens_.fail("a source is not empty", line);
    if (!tokens_.failed() && in_ == In::a_class) {
        FileClass& made = read_.file.classes.back();
        if (!made.source.empty()) return tokens_.fail("a class has one source", line);
        made.source = std::move(words);
        made.source_line = line;
        return;
    }
    FileObject* object = object_for("source");
    if (object == nullptr || !set_class(*object)) return;
    object->source = std::move(words);
    object->source_line = line;
}

void Reader::place() {
    const int line = tokens_.now().line;
    std::string where = values_.reference();
    FileObject* object = object_for("place");
    if (object == nullptr) return;
    if (!object->place.empty()) return tokens_.fail("an object is in one place", line);
    object->place = std::move(where);
    object->place_line = line;
}

void Reader::join() {
    FileObject::Join join;
    join.line = tokens_.now().line;
    tokens_.expect("(");
    join.from = values_.reference();
    tokens_.expect(",");
    join.direction = tokens_.string("a direction");
    tokens_.expect(",");
    join.to = values_.reference();
    if (tokens_.take(",")) join.back = tokens_.string("a direction");
    tokens_.expect(")");
    FileObject* object = object_for("join");
    if (object == nullptr) return;
    if (object->join) return tokens_.fail("an exit joins two rooms, and no more", join.line);
    object->join = std::move(join);
}

void Reader::property() {
    FileObject::Property property;
    property.line = tokens_.now().line;
    tokens_.expect(".");
    property.name = tokens_.name("a property");
    tokens_.expect("=");
    property.value = values_.value();
    FileObject* object = object_for("property." + property.name);
    if (object == nullptr) return;
    const auto is_same = [&](const FileObject::Property& each) { return each.name == property.name; };
    if (std::ranges::any_of(object->properties, is_same))
        return tokens_.fail(fmt::format("property.{} is there twice", property.name), property.line);
    object->properties.push_back(std::move(property));
}

/// Line feeds as all systems end lines, and no mark of byte order.
std::string with_line_feeds(std::string_view bytes) {
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    std::string text;
    text.reserve(bytes.size());
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        if (bytes[at] == '\r' && at + 1 < bytes.size() && bytes[at + 1] == '\n') continue;
        text += bytes[at];
    }
    return text;
}

/// Empty if it is text.
std::vector<FileFault> faults_of_bytes(std::string_view text) {
    if (text.size() > ObjectFile::max_bytes)
        return {{1, fmt::format("a file has at most {} bytes", ObjectFile::max_bytes)}};
    int line = 1;
    std::vector<FileFault> faults;
    for (std::size_t at = 0; at < text.size();) {
        const utf8::Decoded next = utf8::decode(text, at);
        if (!next.valid || next.code == 0) {
            faults.push_back({line, "this is no text in UTF-8"});
            return faults;
        }
        line += text[at] == '\n' ? 1 : 0;
        at += next.bytes;
    }
    return faults;
}

}  // namespace

ReadObjectFile read_object_file(std::string_view bytes) {
    if (bytes.size() > 2 * ObjectFile::max_bytes) bytes = bytes.substr(0, 2 * ObjectFile::max_bytes);
    const std::string text = with_line_feeds(bytes);
    if (std::vector<FileFault> faults = faults_of_bytes(text); !faults.empty())
        return {{}, std::move(faults)};
    return Reader{text}.run();
}

}  // namespace gyre::world
