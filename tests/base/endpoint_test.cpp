#include "engine/base/endpoint.hpp"

#include <catch2/catch.hpp>

#include <array>

using namespace gyre;

namespace {

constexpr std::array<KnownScheme, 4> schemes{
    {{"telnet", 4000}, {"telnets", 4443}, {"http", 8080}, {"smtp", 2525}}};

Endpoint parsed(std::string_view url) {
    auto endpoint = parse_endpoint(url, schemes);
    if (!endpoint) FAIL(endpoint.error().text);
    return endpoint.value();
}

std::string refusal(std::string_view url) {
    const auto endpoint = parse_endpoint(url, schemes);
    REQUIRE_FALSE(endpoint);
    CHECK(endpoint.error().code == Errc::bad_input);
    return endpoint.error().text;
}

}  // namespace

TEST_CASE("endpoint: IPv4, IPv6 and localhost with and without a port", "[base][endpoint]") {
    CHECK(parsed("telnet://127.0.0.1:4001").port == 4001);
    CHECK(parsed("telnet://127.0.0.1").port == 4000);
    CHECK(parsed("telnets://[::]").port == 4443);
    CHECK(parsed("telnets://[::]:0").port == 0);
    CHECK(parsed("telnets://[2001:db8::1]:5/").address == "2001:db8::1");
    CHECK(parsed("telnet://localhost:1").address == "127.0.0.1");
    CHECK(parsed("telnet://[::]").is_ipv6());
    CHECK_FALSE(parsed("telnet://0.0.0.0").is_ipv6());
}

TEST_CASE("endpoint: Unix sockets", "[base][endpoint]") {
    const Endpoint endpoint = parsed("smtp+unix:/run/gyre/smtp?mode=0660");
    CHECK(endpoint.scheme == "smtp");
    CHECK(endpoint.path == "/run/gyre/smtp");
    CHECK(endpoint.mode == 0660);
    CHECK(parsed("smtp+unix:///run/x").path == "/run/x");
    CHECK(parsed("smtp+unix:relative").mode == 0600);
    CHECK(parsed("smtp+unix:" + std::string(107, 'x')).is_unix());
    CHECK(refusal("smtp+unix:" + std::string(108, 'x')).find("at most 107 bytes") != std::string::npos);
    CHECK(refusal("smtp+unix:").find("missing") != std::string::npos);
}

TEST_CASE("endpoint: options", "[base][endpoint]") {
    const Endpoint endpoint = parsed("http://[::1]:80?proxy=true&allow_plaintext=true&cert=town");
    CHECK(endpoint.proxy);
    CHECK(endpoint.allow_plaintext);
    CHECK(endpoint.certificate == "town");
    CHECK_FALSE(parsed("http://[::1]?proxy=false").proxy);
}

TEST_CASE("endpoint: printed and read again it is the same", "[base][endpoint]") {
    const std::string url =
        GENERATE(as<std::string>{}, "telnet://127.0.0.1:4000", "telnets://[::]:4443?proxy=true",
                 "smtp+unix:/run/x?mode=0660", "http://0.0.0.0:1?proxy=true&allow_plaintext=true&cert=town");
    CHECK(parsed(url).to_string() == url);
}

TEST_CASE("endpoint: what is wrong is named, with what was probably meant", "[base][endpoint]") {
    CHECK(refusal("telent://127.0.0.1") ==
          R"(endpoint "telent://127.0.0.1": unknown scheme "telent" (did you mean "telnet"?))");
    CHECK(refusal("quux://127.0.0.1") == R"(endpoint "quux://127.0.0.1": unknown scheme "quux")");
    CHECK(refusal("telnet://[::]?porxy=true") ==
          R"(endpoint "telnet://[::]?porxy=true": unknown option "porxy" (did you mean "proxy"?))");
    CHECK(refusal("telnet://[::]?proxy=yes").find("must be true or false") != std::string::npos);
    CHECK(refusal("telnet://[::]?mode=0600").find("Unix sockets only") != std::string::npos);
    CHECK(refusal("smtp+unix:x?mode=9").find("octal") != std::string::npos);
    CHECK(refusal("telnet://[::]?cert=").find("certificate") != std::string::npos);
    CHECK(refusal("telnet://example.org").find("no numeric address") != std::string::npos);
    CHECK(refusal("telnet://::1").find("in brackets") != std::string::npos);
    CHECK(refusal("telnet://[::1").find("closing bracket") != std::string::npos);
    CHECK(refusal("telnet://[127.0.0.1]").find("no numeric address") != std::string::npos);
    CHECK(refusal("telnet://:4000").find("missing") != std::string::npos);
    CHECK(refusal("telnet://127.0.0.1:65536").find("no port") != std::string::npos);
    CHECK(refusal("telnet://127.0.0.1:").find("no port") != std::string::npos);
    CHECK(refusal("telnet://127.0.0.1:4x").find("no port") != std::string::npos);
    CHECK(refusal("telnet:127.0.0.1").find("followed by //") != std::string::npos);
    for (const char* url : {"telnet://bob:secret@127.0.0.1", "telnet://bob:s?secret@127.0.0.1",
                            "quux://bob:secret@127.0.0.1:1?proxy=true", "bob:secret@127.0.0.1"})
        CHECK_THAT(refusal(url), !Catch::Contains("secret") && Catch::Contains("no user or password"));
    CHECK(parsed("telnet+unix:/run/a@b").path == "/run/a@b");
    CHECK(refusal("telnet").find("looks like") != std::string::npos);
    CHECK(refusal("").find("looks like") != std::string::npos);
}
