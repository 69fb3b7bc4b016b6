#include "net/gmcp/gmcp_codec.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace gyre::net;
using namespace std::string_literals;

namespace {

std::string nested(unsigned depth) { return std::string(depth, '[') + std::string(depth, ']'); }

GmcpSupports supporting(std::string_view modules) {
    GmcpSupports supports;
    supports.set(*Json::parse(modules));
    return supports;
}

}  // namespace

TEST_CASE("gmcp codec: a message is a name in any case and JSON", "[net][gmcp][codec]") {
    const auto message =
        GmcpMessage::parse("Core.Hello  { \"client\" : \"Mudlet\", \"version\": \"4.17\" }\n");
    REQUIRE(message);
    CHECK(message->name == "core.hello");
    CHECK(message->body.string_at("client") == "Mudlet");
    CHECK(message->body.string_at("version") == "4.17");
    CHECK(message->body.string_at("missing").empty());
    REQUIRE(GmcpMessage::parse("core.ping"));
    CHECK(GmcpMessage::parse("core.ping")->body.kind == Json::Kind::null);
    CHECK(GmcpMessage::parse("CORE.PING 120")->body.text == "120");
}

TEST_CASE("gmcp codec: what is no message is refused", "[net][gmcp][codec]") {
    for (const auto* text : {"",
                             " ",
                             "{}",
                             "Co re",
                             "a {",
                             "a }",
                             "a [1,]",
                             "a {\"b\"}",
                             "a {\"b\":}",
                             "a \"",
                             "a tru",
                             "a 01",
                             "a 1.",
                             "a -",
                             "a 1e",
                             "a \"\\x\"",
                             "a \"\\u12\"",
                             "a \"\\ud800\"",
                             "a \"\\ud800\\u0041\"",
                             "a \"\\udc00\"",
                             "a 1 2",
                             "a \"\t\"",
                             "a \"\xff\"",
                             "a \"\xed\xa0\x80\"",
                             "caf\xc3\xa9 1"}) {
        CAPTURE(text);
        CHECK_FALSE(GmcpMessage::parse(text));
    }
}

TEST_CASE("gmcp codec: strings are unescaped", "[net][gmcp][codec]") {
    const auto json = Json::parse(R"(["\"\\\/\b\f\n\r\t", "\u00e9\uD83D\uDE00", -12.5e+3, true, null])");
    REQUIRE(json);
    CHECK(json->items[0].text == "\"\\/\b\f\n\r\t");
    CHECK(json->items[1].text == "\xc3\xa9\xf0\x9f\x98\x80");
    CHECK(json->items[2].text == "-12.5e+3");
    CHECK(json->items[3].kind == Json::Kind::boolean);
    CHECK(json->items[4].kind == Json::Kind::null);
}

TEST_CASE("gmcp codec: limits of bytes, names and depth", "[net][gmcp][codec]") {
    CHECK(Json::parse(nested(Json::max_depth)));
    CHECK_FALSE(Json::parse(nested(Json::max_depth + 1)));
    const auto wide = [](std::size_t values) {
        std::string text = "[0";
        for (std::size_t value = 2; value < values; ++value) text += ",0";
        return text + "]";
    };
    CHECK(Json::parse(wide(Json::max_values)));
    CHECK_FALSE(Json::parse(wide(Json::max_values + 1)));
    CHECK_FALSE(Json::parse(nested(60'000)));
    CHECK(GmcpMessage::parse(std::string(GmcpMessage::max_name, 'a')));
    CHECK_FALSE(GmcpMessage::parse(std::string(GmcpMessage::max_name + 1, 'a')));
    const std::string longest = "a \"" + std::string(GmcpMessage::max_bytes - 4, 'x') + "\"";
    REQUIRE(longest.size() == GmcpMessage::max_bytes);
    CHECK(GmcpMessage::parse(longest));
    CHECK_FALSE(GmcpMessage::parse(longest + " "));
}

TEST_CASE("gmcp codec: of equal names the last one counts", "[net][gmcp][codec]") {
    CHECK(Json::parse(R"({"a":"1","a":"2"})")->string_at("a") == "2");
    CHECK(Json::parse(R"({"a":"1","a":2})")->string_at("a").empty());
}

TEST_CASE("gmcp codec: a client gets what its modules ask for", "[net][gmcp][codec]") {
    const GmcpSupports mudlet = supporting(R"(["Char 1","char.skills 1","ROOM 1","Client.Media 1"])");
    for (const GmcpTopic topic : {GmcpTopic::name, GmcpTopic::vitals, GmcpTopic::status, GmcpTopic::room,
                                  GmcpTopic::players, GmcpTopic::media})
        CHECK(mudlet.wants(topic));
    for (const GmcpTopic topic : {GmcpTopic::login, GmcpTopic::items, GmcpTopic::channels, GmcpTopic::gui})
        CHECK_FALSE(mudlet.wants(topic));
    CHECK(supporting(R"(["Room.Info 1"])").wants(GmcpTopic::room));
    CHECK_FALSE(supporting(R"(["Room.Info 1"])").wants(GmcpTopic::players));
    CHECK(supporting(R"(["Comm 1"])").wants(GmcpTopic::channels));
}

TEST_CASE("gmcp codec: modules are set, added and removed", "[net][gmcp][codec]") {
    GmcpSupports supports = supporting(R"(["Char 1", "Room 1"])");
    supports.add(*Json::parse(R"(["Char.Items 1", 5, "", "no name!", "Room 0"])"));
    CHECK(supports.wants(GmcpTopic::items));
    CHECK_FALSE(supports.wants(GmcpTopic::room));
    supports.remove(*Json::parse(R"(["char"])"));
    CHECK_FALSE(supports.wants(GmcpTopic::vitals));
    supports.set(*Json::parse(R"({"Char": 1})"));
    CHECK(supports.wants(GmcpTopic::items));
    supports.set(*Json::parse("[]"));
    CHECK(supports.topics().none());
}

TEST_CASE("gmcp codec: so many modules are kept and no more", "[net][gmcp][codec]") {
    GmcpSupports supports;
    for (unsigned count = 0; count < 3 * GmcpSupports::max_modules; ++count)
        supports.add(*Json::parse("[\"module" + std::to_string(count) + " 1\"]"));
    CHECK(supports.size() == GmcpSupports::max_modules);
    supports.add(*Json::parse(R"(["Char 1"])"));
    CHECK_FALSE(supports.wants(GmcpTopic::vitals));
}

TEST_CASE("gmcp codec: what is written is JSON, whatever is in it", "[net][gmcp][codec]") {
    std::string out;
    const std::string odd = "a\"b\\c\n\x01\xc3\xa9";
    JsonWriter(out)
        .open('{')
        .member(odd)
        .string(odd)
        .member("n")
        .number(7)
        .member("l")
        .open('[')
        .boolean(true)
        .raw("{}")
        .close(']')
        .close('}');
    const auto read = Json::parse(out);
    REQUIRE(read);
    CHECK(read->string_at(odd) == odd);
    CHECK(read->names.size() == 3);
    CHECK(read->items[2].items.size() == 2);
}
