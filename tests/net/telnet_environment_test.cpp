#include "net/telnet/environment_codec.hpp"
#include "net/telnet/options_codec.hpp"
#include "tests/net/telnet_door.hpp"
#include "world/text/text.hpp"

#include <string>

using namespace gyre;
using namespace gyre::test;
using namespace std::string_literals;
using net::EnvironmentReader;

namespace {

/// "NAME=value" of each, joined by blanks.
std::string read(std::string_view message) {
    EnvironmentReader reader(message);
    EnvironmentReader::Variable variable;
    std::string all;
    while (reader.next(variable)) all += (all.empty() ? "" : " ") + variable.name + '=' + variable.value;
    return all;
}

net::TelnetFacts told(std::string_view message) {
    net::TelnetOptions options;
    net::TelnetCodec codec;
    std::string out;
    options.start(1, out);
    const std::string bytes = will(39) + sb(39, message);
    std::string_view rest = bytes;
    net::TelnetEvent event;
    while (codec.next(rest, event)) (void)options.received(event, 1, out);
    return options.facts();
}

class NoNouns final : public world::text::Nouns {
  public:
    [[nodiscard]] world::text::Noun noun(ObjectId, ObjectId) override { return {}; }
};

world::Ref<const world::text::Tree> with_links(std::string_view source) {
    NoNouns nouns;
    const auto compiled = world::text::compile(source);
    REQUIRE(compiled.ok());
    auto tree = resolve(*world::Text::of_template(*compiled.value(), {}), object_id(1), nouns);
    REQUIRE(tree.ok());
    return tree.value();
}

}  // namespace

TEST_CASE("telnet environment: variables of both kinds, with and without values", "[net][telnet][codec]") {
    CHECK(read("\0\0CLIENT_NAME\1TinTin++\3MTTS\0001\1"s) == "CLIENT_NAME=TinTin++ MTTS= 1=");
    CHECK(read("\2\3charset\1UTF-8\0EMPTY\0NONE\1"s) == "CHARSET=UTF-8 EMPTY= NONE=");
    CHECK(read("\0\0A\2\1B\1c\2\2d"s) == "A\1B=c\2d"s);
}

TEST_CASE("telnet environment: what is malformed or too much ends nothing", "[net][telnet][codec]") {
    for (const auto& message : {""s, "\1\0A\1b"s, "\0"s, "\0\1\1\1"s, "\0junk"s, "x\0A"s})
        CHECK(read(message).empty());
    CHECK(read("\0\0A\2"s) == "A=");
    CHECK(read("\0\0A\1one\1two\0B"s) == "A=one B=");
    const std::string name(500, 'n');
    CHECK(read("\0\0"s + name + "\1" + name).size() == 2 * EnvironmentReader::max_text + 1);
    std::string many(1, '\0');
    for (int i = 0; i < 1000; ++i) many += "\3X\1y";
    CHECK(read(many).size() == EnvironmentReader::max_variables * 4 - 1);
}

TEST_CASE("telnet environment: what helps is asked for, and nobody's name", "[net][telnet][options]") {
    const std::string_view request = EnvironmentReader::request();
    CHECK(request.front() == '\1');
    for (const char* name :
         {"CLIENT_NAME", "CLIENT_VERSION", "TERMINAL_TYPE", "CHARSET", "MTTS", "OSC_HYPERLINKS"})
        CHECK(contains(request, name));
    CHECK_FALSE(contains(request, "USER"));
    net::TelnetOptions options;
    std::string out;
    options.start(1, out);
    out.clear();
    (void)options.received({net::TelnetEvent::Kind::negotiation, net::TelnetCommand::will, 39, false, {}}, 1,
                           out);
    CHECK(out == sb(39, request));
}

TEST_CASE("telnet environment: variables become facts", "[net][telnet][options]") {
    const auto facts = told(
        "\0\0CLIENT_NAME\1Mudlet\0CLIENT_VERSION\0014.20.1\0TERMINAL_TYPE\1xterm-256color\0USER\1root\3OSC_HYPERLINKS\0011"s);
    CHECK(facts.client == "MUDLET 4.20.1");
    CHECK(facts.abilities == (net::mtts::ansi | net::mtts::colours_256));
    CHECK(facts.terminal_known);
    CHECK(facts.links);
    CHECK(told("\0\0MTTS\0012381"s).abilities == 2381);
    CHECK(told("\0\0CHARSET\1ISO-8859-1"s).charset == net::TelnetFacts::Charset::latin1);
    CHECK(told("\0\0CHARSET\1EBCDIC"s).charset == net::TelnetFacts::Charset::unknown);
    CHECK_FALSE(told("\0\3OSC_HYPERLINKS\0010"s).links);
    CHECK(told("\0\0CLIENT_NAME\1\x1b[31mvery long client name"s).client == "[31MVERY LONG C");
}

TEST_CASE("telnet environment: a charset that is told anew counts, unless one was agreed on by its option",
          "[net][telnet][options]") {
    using Charset = net::TelnetFacts::Charset;
    CHECK(told("\0\0CHARSET\1ISO-8859-1\0CHARSET\1UTF-8"s).charset == Charset::utf8);
    Door door;
    door.log_in();
    const auto shows = [&] { return visible(door.hears("caf\xc3\xa9")); };
    door.sends(will(39) + sb(39, "\0\0CHARSET\1ISO-8859-1"s));
    CHECK(contains(shows(), "caf\xe9"));
    door.sends(sb(39, "\2\0CHARSET\1US-ASCII"s));
    CHECK(contains(shows(), "cafe"));
    door.sends(will(42) + sb(42, "\1;UTF-8"s) + sb(39, "\2\0CHARSET\1ISO-8859-1"s));
    CHECK(contains(shows(), "caf\xc3\xa9"));
}

TEST_CASE("telnet: whoever knows OSC 8 gets links, and a screen reader words", "[net][telnet]") {
    Door door;
    door.log_in();
    const auto hears = [&] {
        door.native.attached.front().second->told(*with_links("{!say a;b\\c|x} {!look}"), 0);
        door.protocol->about_to_flush();
        const std::string seen = visible(door.transport.take());
        return seen.substr(0, seen.rfind("\r\n"));
    };
    CHECK(hears().ends_with("x look"));
    door.sends(will(39) + sb(39, "\0\3OSC_HYPERLINKS\0011"s));
    const std::string links =
        "\x1b]8;;prompt:say%20a%3Bb%5Cc\x1b\\x\x1b]8;;\x1b\\ \x1b]8;;send:look\x1b\\look\x1b]8;;\x1b\\";
    CHECK(hears().ends_with(links));
    door.sends("links off\r\n");
    CHECK(hears().ends_with("x look"));
    door.sends("links auto\r\nscreenreader on\r\n");
    CHECK(hears().ends_with("x (say a;b\\c) look"));
    door.sends("screenreader off\r\n" + sb(39, "\2\3OSC_HYPERLINKS\0010"s));
    CHECK(hears().ends_with("x look"));
}
