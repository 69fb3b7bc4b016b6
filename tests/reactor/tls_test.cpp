#include "tests/reactor/heap.hpp"
#include "tests/reactor/rig.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <filesystem>
#include <fstream>

#include <sys/stat.h>

using namespace gyre;
using namespace std::chrono_literals;
using reactor::CertificateFiles;
using reactor::Door;
using reactor::TlsContext;
using test::Client;
using test::Rig;

namespace {

/// Certificates in a directory of their own.
class Certificates {
  public:
    Certificates() {
        std::string pattern = (std::filesystem::temp_directory_path() / "gyre-tls-XXXXXX").string();
        directory_ = ::mkdtemp(pattern.data());
    }
    ~Certificates() { std::filesystem::remove_all(directory_); }
    Certificates(const Certificates&) = delete;
    Certificates& operator=(const Certificates&) = delete;

    CertificateFiles make(const std::string& host, std::vector<std::string> names = {}) const {
        CertificateFiles files{directory_ + "/" + host + ".crt", directory_ + "/" + host + ".key",
                               std::move(names)};
        std::filesystem::remove(files.certificate);
        std::filesystem::remove(files.key);
        const Status written = reactor::write_self_signed(host, files);
        if (!written) FAIL(written.error().text);
        return files;
    }

  private:
    std::string directory_;
};

std::shared_ptr<TlsContext> load(std::vector<CertificateFiles> files,
                                 std::vector<std::string> protocols = {}) {
    auto context = TlsContext::load(std::move(files), std::move(protocols));
    if (!context) FAIL(context.error().text);
    return context.value();
}

Door door_with(std::shared_ptr<const TlsContext> context, Door::Tls use = Door::Tls::from_start) {
    Door door;
    door.tls = std::move(context);
    door.tls_use = use;
    return door;
}

/// A client of OpenSSL's over a Client's socket; never blocks.
class TlsClient {
  public:
    explicit TlsClient(const Client& client, const std::string& host = {}, int version = 0) {
        context_ = SSL_CTX_new(TLS_client_method());
        if (version != 0) {
            SSL_CTX_set_min_proto_version(context_, version);
            SSL_CTX_set_max_proto_version(context_, version);
            SSL_CTX_set_security_level(context_, 0);
        }
        session_ = SSL_new(context_);
        SSL_set_fd(session_, client.descriptor());
        BIO_socket_nbio(client.descriptor(), 1);
        if (!host.empty()) {
            SSL_ctrl(session_, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
                     const_cast<char*>(host.c_str()));
        }
        SSL_set_connect_state(session_);
    }
    ~TlsClient() {
        SSL_free(session_);
        SSL_CTX_free(context_);
    }
    TlsClient(const TlsClient&) = delete;
    TlsClient& operator=(const TlsClient&) = delete;

    void offer(const std::string& protocol) {
        const std::string wire = static_cast<char>(protocol.size()) + protocol;
        SSL_set_alpn_protos(session_, reinterpret_cast<const unsigned char*>(wire.data()),
                            static_cast<unsigned>(wire.size()));
    }
    bool shake() {
        ERR_clear_error();
        const int outcome = SSL_do_handshake(session_);
        failed_ = outcome != 1 && SSL_get_error(session_, outcome) != SSL_ERROR_WANT_READ;
        return outcome == 1;
    }
    [[nodiscard]] bool failed() const { return failed_; }
    void send(std::string_view bytes) {
        CHECK(SSL_write(session_, bytes.data(), static_cast<int>(bytes.size())) ==
              static_cast<int>(bytes.size()));
    }
    const std::string& text() {
        std::array<char, 16384> buffer{};
        while (true) {
            ERR_clear_error();
            const int count = SSL_read(session_, buffer.data(), buffer.size());
            if (count <= 0) {
                closed_ = SSL_get_error(session_, count) == SSL_ERROR_ZERO_RETURN;
                return text_;
            }
            text_.append(buffer.data(), static_cast<std::size_t>(count));
        }
    }
    /// The server said that it would send no more.
    bool closed() { return text(), closed_; }
    void say_goodbye() { SSL_shutdown(session_); }
    [[nodiscard]] std::string host_of_certificate() const {
        std::array<char, 256> name{};
        X509* certificate = SSL_get1_peer_certificate(session_);
        X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, name.data(),
                                  name.size());
        X509_free(certificate);
        return name.data();
    }
    [[nodiscard]] std::string protocol() const {
        const unsigned char* name = nullptr;
        unsigned size = 0;
        SSL_get0_alpn_selected(session_, &name, &size);
        return {reinterpret_cast<const char*>(name), size};
    }
    [[nodiscard]] int version() const { return SSL_version(session_); }

  private:
    SSL_CTX* context_ = nullptr;
    SSL* session_ = nullptr;
    std::string text_;
    bool closed_ = false;
    bool failed_ = false;
};

std::string host_seen(Rig& rig, const Endpoint& endpoint, const std::string& asked) {
    Client client(endpoint);
    TlsClient tls(client, asked);
    CHECK(rig.until([&] { return tls.shake(); }));
    return tls.host_of_certificate();
}

}  // namespace

TEST_CASE("tls: commands and answers, from the first byte", "[reactor][tls]") {
    const int version = GENERATE(TLS1_2_VERSION, TLS1_3_VERSION);
    const Certificates certificates;
    Rig rig;
    rig.greeting = "hello\n";
    const auto listener =
        rig.listen("test://127.0.0.1:0", door_with(load({certificates.make("town.example")})));
    Client client(listener->endpoint());
    TlsClient tls(client, "", version);
    CHECK(rig.until([&] { return tls.shake(); }));
    CHECK(tls.version() == version);
    tls.send("say one\nsay two\n");
    CHECK(rig.until([&] { return tls.text() == "hello\none\ntwo\n"; }));
    CHECK(rig.peers[0].encrypted);
    tls.send("change it\nquit\n");
    CHECK(rig.until([&] { return rig.disk.writing(); }));
    rig.disk.commit(rig.reactor);
    CHECK(rig.until([&] { return tls.closed(); }));
    CHECK(tls.text() == "hello\none\ntwo\nit\n");
    CHECK(rig.seen.lost == 1);
}

TEST_CASE("tls: the peer's goodbye counts as the end of its input", "[reactor][tls]") {
    const Certificates certificates;
    Rig rig;
    const auto listener = rig.listen("test://127.0.0.1:0", door_with(load({certificates.make("a")})));
    Client client(listener->endpoint());
    TlsClient tls(client);
    CHECK(rig.until([&] { return tls.shake(); }));
    tls.send("say last\n");
    tls.say_goodbye();
    CHECK(rig.until([&] { return tls.closed(); }));
    CHECK(tls.text() == "last\n");
    CHECK(rig.seen.reason == "closed by the peer");
}

TEST_CASE("tls: large answers come whole, to a peer that reads", "[reactor][tls]") {
    const Certificates certificates;
    reactor::ConnectionLimits limits;
    limits.output_bytes = 64U << 20U;
    Rig rig(limits);
    std::string large;
    for (int count = 0; large.size() < 5'000'000; ++count) large += std::to_string(count) + " ";
    rig.act = [&](auto& protocol, std::string_view) { protocol.transport->write(large); };
    const auto listener = rig.listen("test://127.0.0.1:0", door_with(load({certificates.make("a")})));
    Client client(listener->endpoint());
    TlsClient tls(client);
    CHECK(rig.until([&] { return tls.shake(); }));
    tls.send("go\n");
    CHECK(rig.until([&] { return tls.text().size() >= large.size(); }));
    CHECK((tls.text() == large));
}

TEST_CASE("tls: a peer that does not take its output loses the connection", "[reactor][tls]") {
    const Certificates certificates;
    Rig rig;
    const auto listener = rig.listen("test://127.0.0.1:0", door_with(load({certificates.make("a")})));
    Client client(listener->endpoint(), 4096);
    TlsClient tls(client);
    CHECK(rig.until([&] { return tls.shake(); }));
    CHECK(rig.until([&] { return rig.seen.made == 1; }));
    CHECK(rig.until([&] {
        if (rig.seen.lost == 0) rig.newest->transport->write(std::string(100'000, 'x'));
        return rig.seen.lost == 1;
    }));
    CHECK(rig.seen.reason == "too slow a reader");
}

TEST_CASE("tls: STARTTLS changes the filter when the answer has left and drops what was behind it",
          "[reactor][tls]") {
    const Certificates certificates;
    Rig rig;
    const auto listener =
        rig.listen("test://127.0.0.1:0", door_with(load({certificates.make("a")}), Door::Tls::on_request));
    Client client(listener->endpoint());
    client.send("say plain\nchange held\nstarttls\nsay injected\n");
    CHECK(rig.until([&] { return client.text() == "plain\n" && rig.disk.writing(); }));
    CHECK_FALSE(rig.newest->transport->starttls_possible());
    client.send("say injected too\n");
    rig.settle();
    CHECK(client.text() == "plain\n");
    rig.disk.commit(rig.reactor);
    CHECK(rig.until([&] { return client.text() == "plain\nheld\ngo\n"; }));
    TlsClient tls(client);
    CHECK(rig.until([&] { return tls.shake(); }));
    tls.send("say secret\n");
    CHECK(rig.until([&] { return tls.text() == "secret\n"; }));
    CHECK(rig.newest->transport->peer().encrypted);
    for (const std::string& line : rig.seen.handled) CHECK(line.find("injected") == std::string::npos);
}

TEST_CASE("tls: STARTTLS is possible only where there is a certificate, and once", "[reactor][tls]") {
    Rig rig;
    const auto listener = rig.listen();
    Client client(listener->endpoint());
    CHECK(rig.until([&] { return rig.seen.made == 1; }));
    CHECK_FALSE(rig.newest->transport->starttls_possible());
    client.send("starttls\nsay x\n");
    rig.settle();
    client.send("say still plain\n");
    CHECK(rig.until([&] { return client.text() == "go\nstill plain\n"; }));
}

TEST_CASE("tls: the certificate is chosen by the name that was asked for", "[reactor][tls]") {
    const Certificates certificates;
    Rig rig;
    const auto listener = rig.listen(
        "test://127.0.0.1:0", door_with(load({certificates.make("first.example", {"first.example"}),
                                              certificates.make("second.example", {"second.example"}),
                                              certificates.make("wild.example", {"*.wild.example"})})));
    CHECK(host_seen(rig, listener->endpoint(), "second.example") == "second.example");
    CHECK(host_seen(rig, listener->endpoint(), "SECOND.example") == "second.example");
    CHECK(host_seen(rig, listener->endpoint(), "x.wild.example") == "wild.example");
    CHECK(host_seen(rig, listener->endpoint(), "x.y.wild.example") == "first.example");
    CHECK(host_seen(rig, listener->endpoint(), "unknown.example") == "first.example");
    CHECK(host_seen(rig, listener->endpoint(), "") == "first.example");
}

TEST_CASE("tls: ALPN chooses what both speak and refuses a client that speaks nothing of ours",
          "[reactor][tls]") {
    const Certificates certificates;
    Rig rig;
    const auto listener =
        rig.listen("test://127.0.0.1:0", door_with(load({certificates.make("a")}, {"http/1.1"})));
    {
        Client client(listener->endpoint());
        TlsClient tls(client);
        tls.offer("http/1.1");
        CHECK(rig.until([&] { return tls.shake(); }));
        CHECK(tls.protocol() == "http/1.1");
    }
    Client client(listener->endpoint());
    TlsClient tls(client);
    tls.offer("h2");
    CHECK(rig.until([&] { return tls.shake() || tls.failed(); }));
    CHECK(tls.failed());
}

TEST_CASE("tls: a reload is for new connections, a failed one for none", "[reactor][tls]") {
    const Certificates certificates;
    Rig rig;
    const CertificateFiles files = certificates.make("old.example");
    const auto context = load({files});
    const auto listener = rig.listen("test://127.0.0.1:0", door_with(context));
    Client client(listener->endpoint());
    TlsClient tls(client);
    CHECK(rig.until([&] { return tls.shake(); }));
    const CertificateFiles renewed = certificates.make("new.example");
    std::filesystem::rename(renewed.certificate, files.certificate);
    const Status half = context->reload();
    REQUIRE_FALSE(half);
    CHECK(half.error().text.find("key values mismatch") != std::string::npos);
    CHECK(host_seen(rig, listener->endpoint(), "") == "old.example");
    std::filesystem::rename(renewed.key, files.key);
    CHECK(context->reload());
    CHECK(host_seen(rig, listener->endpoint(), "") == "new.example");
    const CertificateFiles elsewhere = certificates.make("third.example");
    CHECK_FALSE(context->reload({{elsewhere.certificate, files.key, {}}}));
    CHECK(context->reload());  // Those it had.
    CHECK(host_seen(rig, listener->endpoint(), "") == "new.example");
    CHECK(context->reload({elsewhere}));
    CHECK(host_seen(rig, listener->endpoint(), "") == "third.example");
    tls.send("say still here\n");
    CHECK(rig.until([&] { return tls.text() == "still here\n"; }));
}

TEST_CASE("tls: what is wrong with a file is named", "[reactor][tls]") {
    const Certificates certificates;
    CertificateFiles files = certificates.make("a");
    struct stat status {};
    REQUIRE(::stat(files.key.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777U) == 0600U);
    CHECK_FALSE(reactor::write_self_signed("a", files));  // Nothing is overwritten.
    const auto missing = TlsContext::load({{"/nowhere/x", files.key, {}}});
    REQUIRE_FALSE(missing);
    CHECK(missing.error().code == Errc::not_found);
    CHECK(missing.error().text == "certificate /nowhere/x: no such file or directory");
    const auto swapped = TlsContext::load({{files.key, files.key, {}}});
    REQUIRE_FALSE(swapped);
    CHECK(swapped.error().code == Errc::bad_input);
    CHECK(swapped.error().text.starts_with("certificate " + files.key + ": "));
    std::ofstream(files.key) << "rubbish";
    const auto rubbish = TlsContext::load({files});
    REQUIRE_FALSE(rubbish);
    CHECK(rubbish.error().text.starts_with("key " + files.key + ": "));
}

TEST_CASE("tls: who does not speak it, or not in time, is refused", "[reactor][tls]") {
    const Certificates certificates;
    Rig rig;
    const auto listener = rig.listen("test://127.0.0.1:0", door_with(load({certificates.make("a")})));
    Client plain(listener->endpoint());
    plain.send("GET / HTTP/1.1\r\n\r\n");
    CHECK(rig.until([&] { return plain.ended() || plain.reset(); }));
    Client silent(listener->endpoint());
    rig.settle();
    CHECK(rig.reactor.connection_count() == 1);
    rig.clock.advance(13s);
    CHECK(rig.until([&] { return silent.ended() || silent.reset(); }));
    Client old(listener->endpoint());
    TlsClient tls(old, "", TLS1_1_VERSION);
    CHECK(rig.until([&] { return tls.shake() || tls.failed(); }));
    CHECK(tls.failed());
    CHECK(rig.seen.made == 0);
    CHECK(rig.until([&] { return rig.reactor.admissions().count() == 0; }));
}

TEST_CASE("tls: inside a PROXY header", "[reactor][tls]") {
    const Certificates certificates;
    Rig rig;
    const auto listener =
        rig.listen("test://127.0.0.1:0?proxy=true", door_with(load({certificates.make("a")})));
    Client client(listener->endpoint());
    client.send("PROXY TCP4 192.0.2.7 192.0.2.1 1 2\r\n");
    TlsClient tls(client);
    CHECK(rig.until([&] { return tls.shake(); }));
    tls.send("say hello\n");
    CHECK(rig.until([&] { return tls.text() == "hello\n"; }));
    CHECK(rig.peers[0].address == "192.0.2.7");
    CHECK(rig.peers[0].encrypted);
}

TEST_CASE("tls: a drain says goodbye through it", "[reactor][tls]") {
    const Certificates certificates;
    Rig rig;
    const auto listener = rig.listen("test://127.0.0.1:0", door_with(load({certificates.make("a")})));
    Client client(listener->endpoint());
    Client shaking(listener->endpoint());
    TlsClient tls(client);
    CHECK(rig.until([&] { return tls.shake(); }));
    CHECK(rig.until([&] { return rig.seen.made == 1; }));
    rig.reactor.drain();
    CHECK(rig.reactor.run() == 0);
    CHECK(tls.closed());
    CHECK(tls.text() == "bye\n");
}

TEST_CASE("tls: an idle connection takes at most 18 KiB of heap", "[reactor][tls]") {
    constexpr std::size_t count = 20;
    const Certificates certificates;
    Rig rig;
    const auto listener = rig.listen("test://127.0.0.1:0", door_with(load({certificates.make("a")})));
    std::vector<std::unique_ptr<Client>> clients;
    std::vector<std::unique_ptr<TlsClient>> sessions;
    std::vector<test::LineProtocol*> protocols;
    while (clients.size() < count) {
        clients.push_back(std::make_unique<Client>(listener->endpoint()));
        sessions.push_back(std::make_unique<TlsClient>(*clients.back()));
        TlsClient& session = *sessions.back();
        CHECK(rig.until([&] { return session.shake(); }));
        session.send("say x\n");
        CHECK(rig.until([&] { return session.text() == "x\n"; }));
        protocols.push_back(rig.newest);
    }
    rig.settle();
    const std::size_t with_them = test::heap_in_use();
    for (test::LineProtocol* protocol : protocols) protocol->transport->abort_connection("enough");
    rig.settle();
    REQUIRE(rig.reactor.admissions().count() == 0);
    const std::size_t each = (with_them - test::heap_in_use()) / count;
    INFO("bytes for each idle connection: " << each);
    CHECK(each < 18U << 10U);
    CHECK(each > 4U << 10U);  // Else this measures something else.
}
