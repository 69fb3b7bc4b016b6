#pragma once

#include "net/service.hpp"
#include "net/telnet/telnet_codec.hpp"
#include "tests/support/chunks.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/fake_gate.hpp"
#include "tests/support/fake_native.hpp"
#include "tests/support/memory_transport.hpp"
#include "tests/support/telnet_peer.hpp"

#include <catch2/catch.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace gyre::test {

inline const std::string ga = command(net::TelnetCommand::go_ahead);
inline const std::string eor = command(net::TelnetCommand::eor);

/// A world with Alice in it, and one connection to its telnet door.
struct Door {
    Door() { native.add("Alice", "open sesame"); }
    ~Door() {
        if (protocol) protocol->connection_lost("test over");
    }

    void connect() {
        protocol = net::find_service("telnet")->make(context);
        protocol->connection_made(transport);
        protocol->about_to_flush();
    }
    /// What the peer sees of it, telnet commands included.
    std::string sends(std::string_view bytes) {
        exchange(*protocol, transport, bytes, [this] {
            if (answers) gate.reply_all();
            if (hashes) native.hash_all();
        });
        return transport.take();
    }
    std::string shows(std::string_view bytes) { return visible(sends(bytes)); }
    void log_in() {
        connect();
        sends("connect Alice open sesame\r\n");
        REQUIRE(native.attached.size() == 1);
    }
    std::string hears(std::string_view words, BatchNumber needs = 0) {
        native.tell(words, needs);
        protocol->about_to_flush();
        return transport.take();
    }

    FakeGate gate;
    FakeNative native;
    FakeClock clock;
    net::Context context{gate, native, clock, "telnets://example.org:4443"};
    MemoryTransport transport;
    std::unique_ptr<reactor::Protocol> protocol;
    bool answers = true;
    bool hashes = true;
};

inline bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

}  // namespace gyre::test
