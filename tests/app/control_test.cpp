#include "engine/app/control_client.hpp"
#include "engine/app/control_codec.hpp"
#include "engine/app/control_protocol.hpp"
#include "engine/app/exit.hpp"
#include "engine/app/service_notice.hpp"
#include "engine/app/unix_address.hpp"
#include "tests/support/memory_transport.hpp"

#include <catch2/catch.hpp>

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

using namespace gyre;
using namespace gyre::app;

namespace {

std::optional<Result<ControlWords>> request_of(std::string_view bytes, std::size_t chunk) {
    ControlRequestCodec codec;
    std::optional<Result<ControlWords>> found;
    for (std::size_t at = 0; at < bytes.size(); at += chunk) {
        codec.feed(bytes.substr(at, chunk));
        if (auto next = codec.next()) {
            CHECK_FALSE(found);
            found = std::move(next);
        }
    }
    return found;
}

void refuses_request(std::string_view bytes, Errc code) {
    const auto request = request_of(bytes, bytes.size());
    REQUIRE(request);
    REQUIRE_FALSE(*request);
    CHECK(request->error().code == code);
}

std::optional<Result<ControlAnswer>> answer_of(std::string_view bytes, std::size_t chunk) {
    ControlAnswerCodec codec;
    std::optional<Result<ControlAnswer>> found;
    for (std::size_t at = 0; at < bytes.size() && !found; at += chunk) {
        codec.feed(bytes.substr(at, chunk));
        found = codec.next();
    }
    return found;
}

/// A listening Unix socket in the abstract name space.
class Listener {
  public:
    explicit Listener(const std::string& name, int type = SOCK_STREAM)
        : descriptor_(socket(AF_UNIX, type, 0)) {
        const auto address = UnixAddress::of(name);
        REQUIRE(address);
        REQUIRE(bind(descriptor_, address->get(), address->size()) == 0);
        if (type == SOCK_STREAM) REQUIRE(listen(descriptor_, 1) == 0);
    }
    ~Listener() { close(descriptor_); }
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    [[nodiscard]] int descriptor() const { return descriptor_; }
    /// Takes one connection, reads a request and answers `bytes`.
    void serve(std::string_view bytes) const {
        const int peer = accept(descriptor_, nullptr, nullptr);
        std::array<char, 256> request{};
        static_cast<void>(recv(peer, request.data(), request.size(), 0));
        static_cast<void>(send(peer, bytes.data(), bytes.size(), MSG_NOSIGNAL));
        close(peer);
    }

  private:
    int descriptor_;
};

const ControlProtocol::Schedule never = [](std::chrono::seconds, const std::function<void()>&) {};

std::string own_name(const char* what) { return "@gyre-test-" + std::to_string(getpid()) + "-" + what; }

}  // namespace

TEST_CASE("control codec: a request is the same however it is split", "[app][control][codec]") {
    const ControlWords words{"account", "password", "alice", "a b%\n\x7f", "", "\xd0\x9b"};
    const std::string bytes = encode_request(words);
    CHECK(bytes == "account password alice a%20b%25%0A%7F % \xd0\x9b\n");
    for (std::size_t chunk = 1; chunk <= bytes.size(); ++chunk) {
        const auto request = request_of(bytes, chunk);
        REQUIRE(request);
        REQUIRE(*request);
        CHECK(request->value() == words);
    }
    CHECK_FALSE(request_of("metrics", 3));
    CHECK(request_of("metrics\nmore\n", 2)->value() == ControlWords{"metrics"});
}

TEST_CASE("control codec: bad requests are refused", "[app][control][codec]") {
    refuses_request("\n", Errc::bad_input);
    refuses_request("a  b\n", Errc::bad_input);
    refuses_request("a \n", Errc::bad_input);
    refuses_request("a\tb\n", Errc::bad_input);
    refuses_request("a%\n", Errc::bad_input);
    refuses_request("a%2\n", Errc::bad_input);
    refuses_request("a%zz\n", Errc::bad_input);
}

TEST_CASE("control codec: a request has limits", "[app][control][codec]") {
    CHECK(request_of(std::string(max_control_request - 1, 'x') + "\n", 1000)->ok());
    refuses_request(std::string(max_control_request, 'x') + "\n", Errc::too_long);
    refuses_request(std::string(max_control_request, 'x'), Errc::too_long);
    std::string words = "0";
    for (std::size_t count = 1; count < max_control_words; ++count) words += " x";
    CHECK(request_of(words + "\n", 5)->ok());
    refuses_request(words + " x\n", Errc::too_long);
}

TEST_CASE("control codec: an answer is the same however it is split", "[app][control][codec]") {
    const std::string bytes = encode_answer({65, "the database is damaged\nsorry\n"});
    CHECK(bytes == "65 30\nthe database is damaged\nsorry\n");
    for (std::size_t chunk = 1; chunk <= bytes.size(); ++chunk) {
        const auto answer = answer_of(bytes, chunk);
        REQUIRE(answer);
        CHECK(answer->value().exit_code == 65);
        CHECK(answer->value().text == "the database is damaged\nsorry\n");
    }
    CHECK(answer_of("0 0\n", 1)->value().text.empty());
    CHECK(answer_of("...0 4\n.yes", 1)->value().text == ".yes");
    CHECK_FALSE(answer_of("...", 1));
    CHECK_FALSE(answer_of("0 5\nabc", 1));
}

TEST_CASE("control codec: bad answers are refused", "[app][control][codec]") {
    for (const char* bytes : {"\n", "0\n", "x 1\n", "-1 1\n", "256 1\n", "0. 1\n", "0 99999999999\n",
                              "0 1x\n", "0  1\n", "HTTP/1.1 400 Bad Request for you\r\n"}) {
        INFO(bytes);
        const auto answer = answer_of(bytes, 1);
        REQUIRE(answer);
        CHECK_FALSE(answer->ok());
    }
    CHECK(encode_answer({0, std::string(max_control_answer + 1, 'x')}).size() ==
          encode_answer({0, std::string(max_control_answer, 'x')}).size());
}

TEST_CASE("control protocol: a request is performed and answered once", "[app][control]") {
    ControlWords asked;
    ControlProtocol::Reply reply;
    ControlProtocol protocol(
        [&](const ControlWords& request, ControlProtocol::Reply given) {
            asked = request;
            reply = std::move(given);
        },
        never);
    test::MemoryTransport transport;
    protocol.connection_made(transport);
    test::exchange(protocol, transport, "account list\n");
    CHECK(asked == ControlWords{"account", "list"});
    CHECK(transport.entries().empty());
    reply({0, "alice\n"}, 7);
    reply({1, "again\n"}, 7);
    CHECK(transport.release(6).empty());
    CHECK(transport.release(7) == "0 6\nalice\n");
    CHECK(transport.closing());
}

TEST_CASE("control protocol: whoever waits gets signs of life until the answer", "[app][control]") {
    ControlProtocol::Reply reply;
    std::vector<std::function<void()>> scheduled;
    ControlProtocol protocol(
        [&](const ControlWords&, ControlProtocol::Reply given) { reply = std::move(given); },
        [&](std::chrono::seconds, std::function<void()> action) { scheduled.push_back(std::move(action)); });
    test::MemoryTransport transport;
    protocol.connection_made(transport);
    test::exchange(protocol, transport, "backup /x\n");
    for (std::size_t sign = 0; sign < 3; ++sign) {
        REQUIRE(scheduled.size() == sign + 1);
        scheduled.back()();
    }
    reply({0, "done\n"}, 0);
    CHECK(transport.text() == "...0 5\ndone\n");
    SECTION("and none behind it") {
        scheduled.back()();
        CHECK(scheduled.size() == 4);
        CHECK(transport.text() == "...0 5\ndone\n");
    }
}

TEST_CASE("control protocol: a reply to somebody who left goes nowhere", "[app][control]") {
    ControlProtocol::Reply reply;
    {
        ControlProtocol protocol(
            [&](const ControlWords&, ControlProtocol::Reply given) { reply = std::move(given); }, never);
        test::MemoryTransport transport;
        protocol.connection_made(transport);
        test::exchange(protocol, transport, "backup /x\n");
        protocol.connection_lost("gone");
    }
    reply({0, "done\n"}, 0);
}

TEST_CASE("control protocol: bad requests and the end are answered", "[app][control]") {
    ControlProtocol protocol([](const ControlWords&, const ControlProtocol::Reply&) { FAIL("performed"); },
                             never);
    test::MemoryTransport transport;
    protocol.connection_made(transport);
    SECTION("a bad request") {
        test::exchange(protocol, transport, "a%zz\n");
        CHECK(transport.text().find("64 ") == 0);
    }
    SECTION("shutdown") {
        protocol.say_goodbye(reactor::Protocol::Ending::shutdown);
        CHECK(transport.text().find("69 ") == 0);
    }
    SECTION("a failed disk") {
        protocol.say_goodbye(reactor::Protocol::Ending::storage_failed);
        CHECK(transport.text().find("74 ") == 0);
    }
    CHECK(transport.closing());
}

TEST_CASE("control client: asks and reads the answer", "[app][control]") {
    const std::string name = own_name("client");
    const Listener listener(name);
    std::thread server([&] { listener.serve("0 3\nyes"); });
    const auto answer = ask_server(name, {"metrics"});
    server.join();
    REQUIRE(answer);
    CHECK(answer.value().text == "yes");
}

TEST_CASE("control client: says what went wrong", "[app][control]") {
    CHECK(ask_server(own_name("nobody"), {"metrics"}).error().code == Errc::not_found);
    CHECK(ask_server(std::string(200, 'x'), {"metrics"}).error().code == Errc::io);
    const std::string name = own_name("cut");
    const Listener listener(name);
    std::thread server([&] { listener.serve("0 10\nhalf"); });
    const auto answer = ask_server(name, {"metrics"});
    server.join();
    REQUIRE_FALSE(answer);
    CHECK(answer.error().code == Errc::io);
}

TEST_CASE("control client: a server that hangs is not waited for, one at work is", "[app][control]") {
    using namespace std::chrono_literals;
    const std::string name = own_name("hung");
    const Listener listener(name);
    SECTION("silence") {
        const auto answer = ask_server(name, {"metrics"}, 50ms);
        REQUIRE_FALSE(answer);
        CHECK(answer.error().code == Errc::busy);
        CHECK_THAT(answer.error().text, Catch::Contains("nothing for 0.05 s"));
    }
    SECTION("no place in its queue, or nobody who reads") {
        const std::vector<ControlWords> requests(4, {"import", std::string(1U << 20, 'x')});
        for (const ControlWords& request : requests)
            CHECK(ask_server(name, request, 50ms).error().code == Errc::busy);
    }
    SECTION("signs of life") {
        std::thread server([&] {
            const int peer = accept(listener.descriptor(), nullptr, nullptr);
            for (const char* bytes : {".", ".", ".", ".", "0 3\nyes"}) {
                std::this_thread::sleep_for(200ms);
                static_cast<void>(send(peer, bytes, std::strlen(bytes), MSG_NOSIGNAL));
            }
            close(peer);
        });
        const auto answer = ask_server(name, {"backup"}, 800ms);
        server.join();
        REQUIRE(answer);
        CHECK(answer.value().text == "yes");
    }
}

TEST_CASE("service notice: reaches the manager named in the environment", "[app]") {
    const std::string name = own_name("notify");
    const Listener manager(name, SOCK_DGRAM);
    setenv("NOTIFY_SOCKET", name.c_str(), 1);
    notify_service_manager("READY=1");
    unsetenv("NOTIFY_SOCKET");
    std::array<char, 64> got{};
    const ssize_t length = recv(manager.descriptor(), got.data(), got.size(), MSG_DONTWAIT);
    CHECK(std::string_view(got.data(), length > 0 ? static_cast<std::size_t>(length) : 0) == "READY=1");
    notify_service_manager("READY=1");  // No manager: nothing happens.
}
