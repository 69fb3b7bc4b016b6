#include "engine/reactor/descriptor_limit.hpp"
#include "tests/reactor/rig.hpp"

#include <sys/resource.h>
#include <sys/stat.h>

#include <fcntl.h>

#include <filesystem>
#include <fstream>

using namespace gyre;
using namespace std::chrono_literals;
using reactor::ConnectionLimits;
using reactor::Door;
using test::Client;
using test::Rig;

namespace {

/// A directory of its own that goes with the test.
struct Directory {
    Directory() {
        std::string pattern = (std::filesystem::temp_directory_path() / "gyre-test-XXXXXX").string();
        path = ::mkdtemp(pattern.data());
    }
    ~Directory() { std::filesystem::remove_all(path); }
    Directory(const Directory&) = delete;
    Directory& operator=(const Directory&) = delete;
    std::string path;
};

Result<std::shared_ptr<reactor::Listener>> try_listen(Rig& rig, const Endpoint& endpoint) {
    return reactor::Listener::open(rig.reactor, endpoint, Door{});
}

}  // namespace

TEST_CASE("listener: port 0 becomes a real port, and the peer is known", "[reactor][listener]") {
    Rig rig;
    const auto listener = rig.listen();
    CHECK(listener->endpoint().port != 0);
    CHECK(listener->endpoint().to_string() ==
          "test://127.0.0.1:" + std::to_string(listener->endpoint().port));
    Client client(listener->endpoint());
    CHECK(rig.until([&] { return rig.seen.made == 1; }));
    CHECK(rig.peers[0].address == "127.0.0.1");
    CHECK(rig.peers[0].network == "127.0.0.1");
    CHECK(rig.peers[0].port != 0);
    CHECK(rig.peers[0].local);
    CHECK(rig.peers[0].plaintext_allowed);
    CHECK_FALSE(rig.peers[0].encrypted);
}

TEST_CASE("listener: [::] and 0.0.0.0 can have the same port", "[reactor][listener]") {
    Rig rig;
    const auto four = rig.listen("test://0.0.0.0:0");
    const auto six = rig.listen("test://[::]:" + std::to_string(four->endpoint().port));
    Client client(six->endpoint());
    CHECK(rig.until([&] { return rig.seen.made == 1; }));
    CHECK(rig.peers[0].address == "::1");
    CHECK(rig.peers[0].network == "::/64");
    CHECK(rig.peers[0].local);
}

TEST_CASE("listener: a port in use is an error that names it", "[reactor][listener]") {
    Rig rig;
    const auto listener = rig.listen();
    const auto second = try_listen(rig, listener->endpoint());
    REQUIRE_FALSE(second);
    CHECK(second.error().code == Errc::busy);
    CHECK(second.error().text ==
          "cannot listen on " + listener->endpoint().to_string() + ": the address is in use");
}

TEST_CASE("listener: a Unix socket has its mode, replaces a stale file and goes with its server",
          "[reactor][listener]") {
    const Directory directory;
    const std::string path = directory.path + "/door";
    Rig rig;
    {  // A server that was killed leaves its file.
        const int dead = ::socket(AF_UNIX, SOCK_STREAM, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path.copy(address.sun_path, sizeof address.sun_path - 1);
        REQUIRE(::bind(dead, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
        ::close(dead);
    }
    const auto listener = rig.listen("test+unix:" + path);
    struct stat status {};
    REQUIRE(::stat(path.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777U) == 0600U);
    Client client(listener->endpoint());
    client.send("say hello\n");
    CHECK(rig.until([&] { return client.text() == "hello\n"; }));
    CHECK(rig.peers[0].address == "unix");
    CHECK(rig.peers[0].local);
    const auto second = try_listen(rig, listener->endpoint());
    REQUIRE_FALSE(second);
    CHECK(second.error().code == Errc::busy);
    listener->close();
    CHECK_FALSE(std::filesystem::exists(path));
    const auto third = rig.listen("test+unix:" + path + "?mode=0666");
    REQUIRE(::stat(path.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777U) == 0666U);
}

TEST_CASE("listener: a file that is no socket is left alone", "[reactor][listener]") {
    const Directory directory;
    const std::string path = directory.path + "/precious";
    std::ofstream(path) << "data";
    Rig rig;
    Endpoint endpoint;
    endpoint.scheme = "test";
    endpoint.path = path;
    const auto listener = try_listen(rig, endpoint);
    REQUIRE_FALSE(listener);
    CHECK(listener.error().text.find("is no socket") != std::string::npos);
    CHECK(std::filesystem::file_size(path) == 4);
}

TEST_CASE("listener: one connection too many is told so", "[reactor][listener]") {
    ConnectionLimits limits;
    limits.total = 2;
    Rig rig(limits);
    Door door;
    door.busy_words = "full\n";
    const auto listener = rig.listen("test://127.0.0.1:0", door);
    Client one(listener->endpoint());
    Client two(listener->endpoint());
    CHECK(rig.until([&] { return rig.seen.made == 2; }));
    Client three(listener->endpoint());
    CHECK(rig.until([&] { return three.ended(); }));
    CHECK(three.text() == "full\n");
    CHECK(rig.seen.made == 2);
    one.close();
    CHECK(rig.until([&] { return rig.reactor.admissions().count() == 1; }));
    Client four(listener->endpoint());
    CHECK(rig.until([&] { return rig.seen.made == 3; }));
}

TEST_CASE("listener: one connection too many from a network is told so", "[reactor][listener]") {
    ConnectionLimits limits;
    limits.per_network_local = 1;
    Rig rig(limits);
    Door door;
    door.busy_words = "too many\n";
    const auto listener = rig.listen("test://127.0.0.1:0", door);
    Client one(listener->endpoint());
    CHECK(rig.until([&] { return rig.seen.made == 1; }));
    {
        Client two(listener->endpoint());
        CHECK(rig.until([&] { return two.ended(); }));
        CHECK(two.text() == "too many\n");
    }
    CHECK(rig.seen.made == 1);
    one.close();
    CHECK(rig.until([&] { return rig.reactor.admissions().count() == 0; }));
    Client three(listener->endpoint());
    CHECK(rig.until([&] { return rig.seen.made == 2; }));
}

TEST_CASE("listener: loopback is exempt from the limit of networks", "[reactor][listener]") {
    ConnectionLimits limits;
    limits.per_network = 1;
    Rig rig(limits);
    const auto listener = rig.listen();
    Client one(listener->endpoint());
    Client two(listener->endpoint());
    CHECK(rig.until([&] { return rig.seen.made == 2; }));
}

TEST_CASE("listener: a proxy's word about the peer counts", "[reactor][listener]") {
    ConnectionLimits limits;
    limits.per_network = 1;
    Rig rig(limits);
    const auto listener = rig.listen("test://127.0.0.1:0?proxy=true");
    Client client(listener->endpoint());
    client.send("PROXY TCP6 2001:db8:1:2::7 ::1 4660 4000\r\nsay ");
    client.send("hello\n");
    CHECK(rig.until([&] { return client.text() == "hello\n"; }));
    CHECK(rig.peers[0].address == "2001:db8:1:2::7");
    CHECK(rig.peers[0].network == "2001:db8:1:2::/64");
    CHECK(rig.peers[0].port == 4660);
    CHECK_FALSE(rig.peers[0].local);
    CHECK_FALSE(rig.peers[0].plaintext_allowed);
    Client neighbour(listener->endpoint());
    neighbour.send("PROXY TCP6 2001:db8:1:2::8 ::1 4660 4000\r\n");
    CHECK(rig.until([&] { return neighbour.ended(); }));
    CHECK(rig.seen.made == 1);
    Client other(listener->endpoint());
    other.send("PROXY UNKNOWN\r\nsay x\n");
    CHECK(rig.until([&] { return other.text() == "x\n"; }));
    CHECK(rig.peers[1].address == "127.0.0.1");
}

TEST_CASE("listener: without a good PROXY header in time there is no connection", "[reactor][listener]") {
    Rig rig;
    const auto listener = rig.listen("test://127.0.0.1:0?proxy=true&allow_plaintext=true");
    Client liar(listener->endpoint());
    liar.send("say hello\n");
    CHECK(rig.until([&] { return liar.ended() || liar.reset(); }));
    Client silent(listener->endpoint());
    silent.send("PROXY ");
    rig.settle();
    CHECK(rig.reactor.connection_count() == 1);
    rig.clock.advance(13s);
    CHECK(rig.until([&] { return silent.ended() || silent.reset(); }));
    CHECK(rig.seen.made == 0);
    Client good(listener->endpoint());
    good.send("PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n");
    CHECK(rig.until([&] { return rig.seen.made == 1; }));
    CHECK(rig.peers[0].plaintext_allowed);
}

TEST_CASE("listener: out of descriptors it rests, and goes on when there are some", "[reactor][listener]") {
    Rig rig;
    const auto listener = rig.listen();
    Client client(listener->endpoint());
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
    const int next = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    ::close(next);
    const rlimit none{static_cast<rlim_t>(next), before.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &none) == 0);
    rig.settle();
    const std::uint64_t turns = rig.reactor.stats().turns;
    CHECK(rig.seen.made == 0);
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &before) == 0);
    rig.clock.advance(1s);
    CHECK(rig.until([&] { return rig.seen.made == 1; }));
    CHECK(rig.reactor.stats().turns > turns);
}

TEST_CASE("listener: the limit of descriptors is raised as far as it goes", "[reactor][listener]") {
    rlimit limit{};
    const std::size_t raised = reactor::raise_descriptor_limit();
    REQUIRE(::getrlimit(RLIMIT_NOFILE, &limit) == 0);
    CHECK(raised == limit.rlim_max);
    CHECK(limit.rlim_cur == limit.rlim_max);
}
