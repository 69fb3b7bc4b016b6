#include "clients/terminal/status_line.hpp"

#include "engine/base/utf8.hpp"

#include <algorithm>
#include <optional>

namespace gyre::play {

using net::Json;

namespace {

constexpr std::string_view separator = " | ";

/// The value that an object has under `name`; null: none.
const Json* member(const Json& object, std::string_view name) {
    for (std::size_t index = object.names.size(); index-- > 0;)
        if (object.names[index] == name) return &object.items[index];
    return nullptr;
}

/// A string or number as one clean word.
std::string word(std::string_view text) {
    text = text.substr(0, StatusLine::max_word);
    return utf8::filter(utf8::repair(text));
}

bool is_word(const Json& value) {
    return value.kind == Json::Kind::string || value.kind == Json::Kind::number;
}

/// What a vital counts towards stands under one of these names.
std::string most_of(const Json& vitals, const std::string& name) {
    for (const std::string& known : {"max" + name, "max_" + name, name + "max", name + "_max"}) {
        const Json* most = member(vitals, known);
        if (most != nullptr && is_word(*most)) return word(most->text);
    }
    return {};
}

bool is_a_most(const Json& vitals, std::string_view name) {
    for (const std::string_view mark : {"max_", "max"})
        if (name.starts_with(mark)) return member(vitals, name.substr(mark.size())) != nullptr;
    for (const std::string_view mark : {"_max", "max"})
        if (name.ends_with(mark)) return member(vitals, name.substr(0, name.size() - mark.size())) != nullptr;
    return false;
}

}  // namespace

std::vector<std::string> StatusLine::requests(std::string_view version) {
    std::string hello = "Core.Hello ";
    net::JsonWriter(hello)
        .open('{')
        .member("client")
        .string("gyre play")
        .member("version")
        .string(version)
        .close('}');
    return {hello, R"(Core.Supports.Set ["Char 1","Room 1"])"};
}

bool StatusLine::received(std::string_view message) {
    const std::optional<net::GmcpMessage> parsed = net::GmcpMessage::parse(message);
    if (!parsed || parsed->body.kind != Json::Kind::object) return false;
    if (parsed->name == "char.vitals") {
        take_vitals(parsed->body);
    } else if (parsed->name == "char.status" || parsed->name == "char.name") {
        take_status(parsed->body);
    } else if (parsed->name == "room.info") {
        take_room(parsed->body);
    } else {
        return false;
    }
    return true;
}

void StatusLine::take_vitals(const Json& body) {
    vitals_.clear();
    for (std::size_t index = 0; index < body.names.size() && vitals_.size() < max_entries; ++index) {
        const std::string& name = body.names[index];
        if (!is_word(body.items[index]) || is_a_most(body, name)) continue;
        const std::string most = most_of(body, name);
        vitals_.emplace_back(word(name), word(body.items[index].text) + (most.empty() ? "" : "/" + most));
    }
}

/// Only what has changed is told.
void StatusLine::take_status(const Json& body) {
    if (const std::string_view name = body.string_at("name"); !name.empty()) name_ = word(name);
    if (const Json* coins = member(body, "coins"); coins != nullptr && is_word(*coins))
        coins_ = word(coins->text);
}

void StatusLine::take_room(const Json& body) {
    room_ = word(body.string_at("name"));
    ways_.clear();
    const Json* exits = member(body, "exits");
    if (exits == nullptr) return;
    for (const std::string& way : exits->names)
        if (ways_.size() < max_entries) ways_.push_back(word(way));
}

std::string StatusLine::text(std::uint16_t columns) const {
    std::string line;
    const auto add = [&line](const std::string& part) {
        if (part.empty()) return;
        if (!line.empty()) line += separator;
        line += part;
    };
    add(name_);
    add(room_);
    std::string ways;
    for (const std::string& way : ways_) {
        if (!ways.empty()) ways += ' ';
        ways += way;
    }
    add(ways);
    for (const auto& [name, value] : vitals_) {
        std::string gauge = name;
        gauge += ' ';
        gauge += value;
        add(gauge);
    }
    if (!coins_.empty()) add(coins_ == "1" ? "1 coin" : coins_ + " coins");
    std::size_t used = 0;
    std::size_t end = 0;
    while (end < line.size()) {
        const utf8::Grapheme next = utf8::grapheme(line, end);
        if (used + next.width > columns) break;
        used += next.width;
        end += next.bytes;
    }
    return line.substr(0, end);
}

}  // namespace gyre::play
