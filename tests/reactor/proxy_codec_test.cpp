#include "engine/reactor/proxy_codec.hpp"

#include <catch2/catch.hpp>

#include <random>
#include <string>

using gyre::reactor::ProxyCodec;
using State = ProxyCodec::State;
using namespace std::string_literals;

namespace {

const std::string signature = "\r\n\r\n\0\r\nQUIT\n"s;

std::string binary(char command, char family, const std::string& body) {
    std::string header = signature + command + family;
    header += static_cast<char>(body.size() >> 8U);
    header += static_cast<char>(body.size() & 0xFFU);
    return header + body;
}

/// 192.0.2.7:4660 to 198.51.100.1:4000.
const std::string ipv4_body = "\xC0\x00\x02\x07\xC6\x33\x64\x01\x12\x34\x0F\xA0"s;

/// 2001:db8::7 port 23 to the unspecified address, port 4000.
const std::string ipv6_body =
    "\x20\x01\x0d\xb8"s + std::string(11, '\0') + "\x07"s + std::string(16, '\0') + "\x00\x17\x0F\xA0"s;

const std::string tls_extra = "\x20\x00\x05\x01\x00\x00\x00\x00"s;
/// What makes a header of ipv4_body alone right, by an implementation that gives E3069283 for "123456789".
const std::string checksum_extra = "\x03\x00\x04\x14\x45\x0F\x4E"s;

struct Outcome {
    State state;
    std::string left;
    std::string address;
    std::uint16_t port;
    bool encrypted;
    std::string error;
};

Outcome parse(std::string_view bytes, std::size_t chunk) {
    ProxyCodec codec;
    std::string left;
    while (!bytes.empty()) {
        const std::string_view part = bytes.substr(0, chunk);
        left += part.substr(codec.feed(part));
        bytes.remove_prefix(part.size());
    }
    return {codec.state(),
            left,
            codec.header().address,
            codec.header().port,
            codec.header().encrypted,
            codec.state() == State::failed ? std::string(codec.error()) : ""};
}

}  // namespace

TEST_CASE("proxy codec: version 1, however it is split, leaves the client's bytes",
          "[reactor][proxy_codec]") {
    const auto chunk = GENERATE(1U, 2U, 3U, 7U, 64U, 1000U);
    const Outcome four = parse("PROXY TCP4 192.0.2.7 198.51.100.1 4660 4000\r\nlook\r\n", chunk);
    CHECK(four.state == State::parsed);
    CHECK(four.address == "192.0.2.7");
    CHECK(four.port == 4660);
    CHECK(four.left == "look\r\n");
    const Outcome six = parse("PROXY TCP6 2001:db8::7 ::1 65535 0\r\n", chunk);
    CHECK(six.address == "2001:db8::7");
    CHECK(six.port == 65535);
    const Outcome unknown = parse("PROXY UNKNOWN whatever it likes\r\nx", chunk);
    CHECK(unknown.state == State::parsed);
    CHECK(unknown.address.empty());
    CHECK(unknown.left == "x");
}

TEST_CASE("proxy codec: version 2, however it is split, leaves the client's bytes",
          "[reactor][proxy_codec]") {
    const auto chunk = GENERATE(1U, 2U, 13U, 16U, 1000U);
    const Outcome plain = parse(binary('\x21', '\x11', ipv4_body) + "look", chunk);
    CHECK(plain.state == State::parsed);
    CHECK(plain.address == "192.0.2.7");
    CHECK(plain.port == 0x1234);
    CHECK_FALSE(plain.encrypted);
    CHECK(plain.left == "look");
    CHECK(parse(binary('\x21', '\x11', ipv4_body + "\x04\x00\x01x"s + tls_extra), chunk).encrypted);
    CHECK(parse(binary('\x21', '\x21', ipv6_body), chunk).address == "2001:db8::7");
    CHECK(parse(binary('\x21', '\x21', ipv6_body), chunk).port == 23);
}

TEST_CASE("proxy codec: a header with its right checksum passes", "[reactor][proxy_codec]") {
    const auto chunk = GENERATE(1U, 7U, 1000U);
    const Outcome alone = parse(binary('\x21', '\x11', ipv4_body + checksum_extra) + "look", chunk);
    CHECK(alone.state == State::parsed);
    CHECK(alone.address == "192.0.2.7");
    CHECK(alone.left == "look");
    const std::string between = tls_extra + "\x03\x00\x04\xB2\x7D\x52\x18"s + "\x04\x00\x01x"s;
    CHECK(parse(binary('\x21', '\x11', ipv4_body + between), chunk).state == State::parsed);
    const std::string before = "\x03\x00\x04\x8B\x48\x35\xD9"s + tls_extra;
    const Outcome six = parse(binary('\x21', '\x21', ipv6_body + before), chunk);
    CHECK(six.state == State::parsed);
    CHECK(six.encrypted);
}

TEST_CASE("proxy codec: a header of which one bit changed fails its checksum", "[reactor][proxy_codec]") {
    const std::string good = binary('\x21', '\x11', ipv4_body + checksum_extra);
    constexpr std::size_t addresses = 16;
    const std::size_t extra = addresses + ipv4_body.size();
    for (std::size_t place = addresses; place < good.size(); ++place) {
        if (place >= extra && place < extra + 3) continue;  // That would be another TLV, or a bad one.
        for (unsigned bit = 0; bit < 8; ++bit) {
            std::string bytes = good;
            bytes[place] = static_cast<char>(static_cast<unsigned char>(bytes[place]) ^ (1U << bit));
            CHECK(parse(bytes, 1000).error == "PROXY header with a wrong checksum");
        }
    }
}

TEST_CASE("proxy codec: a checksum that is not four bytes long fails", "[reactor][proxy_codec]") {
    const std::string extra = GENERATE(as<std::string>{}, "\x03\x00\x00"s, "\x03\x00\x03\x14\x45\x0F"s,
                                       "\x03\x00\x05\x14\x45\x0F\x4E\x00"s);
    CHECK(parse(binary('\x21', '\x11', ipv4_body + extra), 1000).error ==
          "PROXY header with a wrong checksum");
}

TEST_CASE("proxy codec: a proxy that speaks for itself gives no address", "[reactor][proxy_codec]") {
    CHECK(parse(binary('\x20', '\x11', ipv4_body), 9).address.empty());
    CHECK(parse(binary('\x20', '\x00', ""), 9).state == State::parsed);
    CHECK(parse(binary('\x21', '\x00', "anything"), 9).state == State::parsed);
    CHECK(parse(binary('\x20', '\x11', ipv4_body + "\x03\x00\x04\x00\x00\x00\x00"s), 9).state ==
          State::parsed);
    CHECK(parse(binary('\x21', '\x31', std::string(216, 'u')), 9).state == State::parsed);
}

TEST_CASE("proxy codec: the longest headers pass, one byte more does not", "[reactor][proxy_codec]") {
    const std::string start = "PROXY UNKNOWN ";
    const std::string longest = start + std::string(ProxyCodec::longest_v1 - start.size() - 2, 'x');
    CHECK(parse(longest + "\r\n", 5).state == State::parsed);
    CHECK(parse(longest + "x\r\n", 5).error == "PROXY line too long");
    CHECK(parse(binary('\x21', '\x00', std::string(ProxyCodec::longest_v2 - 16, 'x')), 5).state ==
          State::parsed);
    CHECK(parse(binary('\x21', '\x00', std::string(ProxyCodec::longest_v2 - 15, 'x')), 5).error ==
          "PROXY header too long");
}

TEST_CASE("proxy codec: what is malformed fails", "[reactor][proxy_codec]") {
    const std::string bytes = GENERATE(
        as<std::string>{}, "GET / HTTP/1.1\r\n", "PROXY\r\n", "proxy TCP4 1.2.3.4 1.2.3.4 1 1\r\n",
        "PROXY TCP5 1.2.3.4 1.2.3.4 1 1\r\n", "PROXY TCP4 1.2.3 1.2.3.4 1 1\r\n",
        "PROXY TCP4 ::1 ::1 1 1\r\n", "PROXY TCP4 1.2.3.4 1.2.3.4 65536 1\r\n",
        "PROXY TCP4 1.2.3.4 1.2.3.4 01 1\r\n", "PROXY TCP4 1.2.3.4 1.2.3.4 1 1 \r\n",
        "PROXY TCP4 1.2.3.4 1.2.3.4 1 1 1\r\n", "PROXY TCP4 1.2.3.4 1.2.3.4 -1 1\r\n",
        "PROXY TCP4 1.2.3.4 1.2.3.4 1\r\n", "PROXY TCP4 1.2.3.4  1.2.3.4 1 1\r\n", "PROXY UNKNOWN\n");
    CHECK(parse(bytes, 1).state == State::failed);
    CHECK(parse(bytes, 1000).state == State::failed);
}

TEST_CASE("proxy codec: what is malformed in binary fails", "[reactor][proxy_codec]") {
    const std::string bytes =
        GENERATE(as<std::string>{}, binary('\x11', '\x11', ipv4_body), binary('\x22', '\x11', ipv4_body),
                 binary('\x21', '\x12', ipv4_body), binary('\x21', '\x11', ipv4_body.substr(1)),
                 binary('\x21', '\x21', ipv4_body), binary('\x21', '\x31', ipv4_body),
                 binary('\x21', '\x11', ipv4_body + "\x20\x00"s),
                 binary('\x21', '\x11', ipv4_body + "\x20\x00\x02\x01"s), signature.substr(0, 4) + "x");
    CHECK(parse(bytes, 1).state == State::failed);
    CHECK(parse(bytes, 1000).state == State::failed);
}

TEST_CASE("proxy codec: nothing is taken after the end", "[reactor][proxy_codec]") {
    ProxyCodec codec;
    codec.feed("PROXY UNKNOWN\r\n");
    CHECK(codec.feed("PROXY UNKNOWN\r\n") == 0);
    ProxyCodec failed;
    CHECK(failed.feed("x") == 1);
    CHECK(failed.feed("x") == 0);
}

TEST_CASE("proxy codec: damaged headers mean the same whole and byte by byte", "[reactor][proxy_codec]") {
    std::mt19937 random(11);
    const std::vector<std::string> good{"PROXY TCP4 192.0.2.7 198.51.100.1 4660 4000\r\nrest",
                                        binary('\x21', '\x11', ipv4_body + tls_extra) + "rest",
                                        binary('\x21', '\x11', ipv4_body + checksum_extra) + "rest"};
    for (int round = 0; round < 20'000; ++round) {
        std::string bytes = good[random() % good.size()];
        for (unsigned left = random() % 4; left > 0; --left)
            bytes[random() % bytes.size()] = static_cast<char>(random());
        const Outcome whole = parse(bytes, bytes.size());
        const Outcome single = parse(bytes, 1);
        REQUIRE(whole.state == single.state);
        REQUIRE(whole.left == single.left);
        REQUIRE(whole.address == single.address);
        REQUIRE(whole.encrypted == single.encrypted);
    }
}
