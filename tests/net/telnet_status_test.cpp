#include "net/telnet/server_status.hpp"
#include "tests/net/telnet_door.hpp"

#include <string>
#include <vector>

using namespace gyre;
using namespace gyre::test;
using namespace std::string_literals;

namespace {

net::Listing listing() {
    net::Listing all;
    all.started_at = 1'750'000'000;
    all.codebase = "Gyre 0.1.0";
    all.ports = {4000, 4001};
    all.tls_ports = {4443};
    all.website = "https://example.org";
    return all;
}

}  // namespace

TEST_CASE("telnet: lists of worlds are told what is known and nothing else", "[net][telnet]") {
    Door door;
    door.context.listing = listing();
    door.native.world_text = "Old Town";
    door.connect();
    CHECK(contains(door.transport.take(), will(70)));
    const std::string answer = door.sends(do_(70));
    CHECK(answer ==
          sb(70,
             "\1NAME\2Old Town\1PLAYERS\0020\1UPTIME\0021750000000\1CODEBASE\2Gyre 0.1.0\1CHARSET\2UTF-8"
             "\1PORT\0024000\0024001\1TLS\0024443\1SSL\0024443\1WEBSITE\2https://example.org"
             "\1ANSI\0021\1UTF-8\0021\1XTERM 256 COLORS\0021\1XTERM TRUE COLORS\0021"s));
    // Once on a connection, however often it asks.
    CHECK(door.sends(dont(70)) == wont(70));
    CHECK(door.sends(do_(70)) == will(70));
}

TEST_CASE("telnet: MSSP-REQUEST as the first line is answered in lines", "[net][telnet]") {
    Door door;
    door.context.listing = listing();
    door.connect();
    door.transport.take();
    const std::string seen = door.sends("MSSP-REQUEST\r\n");
    CHECK(seen.starts_with("\r\nMSSP-REPLY-START\r\nNAME\ttest\r\nPLAYERS\t0\r\nUPTIME\t1750000000\r\n"));
    CHECK(contains(seen, "\r\nPORT\t4000\r\nPORT\t4001\r\n"));
    CHECK(seen.ends_with("\r\nMSSP-REPLY-END\r\n"));
    CHECK_FALSE(door.transport.closing());
    // Who goes on may log in; the second time it is an odd name.
    CHECK(contains(door.shows("MSSP-REQUEST\r\n"), "A name is"));
    door.sends("connect Alice open sesame\r\n");
    CHECK(door.native.attached.size() == 1);
}

TEST_CASE("telnet: lists of worlds get the number of players and no name", "[net][telnet]") {
    Door door;
    door.log_in();
    const std::string status = net::status_lines(door.context);
    CHECK(contains(status, "PLAYERS\t1\r\n"));
    CHECK_FALSE(contains(status, "Alice"));
}
