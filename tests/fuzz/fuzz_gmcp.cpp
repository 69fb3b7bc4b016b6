#include "net/gmcp/gmcp_codec.hpp"
#include "net/telnet/telnet_codec.hpp"

#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

namespace {

using gyre::net::GmcpMessage;
using gyre::net::GmcpSupports;
using gyre::net::Json;
using gyre::net::JsonWriter;
using gyre::net::TelnetCodec;
using gyre::net::TelnetEvent;

void write(const Json& value, JsonWriter& json) {
    switch (value.kind) {
        case Json::Kind::null:
            json.raw("null");
            return;
        case Json::Kind::boolean:
        case Json::Kind::number:
            json.raw(value.text);
            return;
        case Json::Kind::string:
            json.string(value.text);
            return;
        case Json::Kind::array:
            json.open('[');
            for (const Json& item : value.items) write(item, json);
            json.close(']');
            return;
        case Json::Kind::object:
            json.open('{');
            for (std::size_t at = 0; at < value.items.size(); ++at) {
                json.member(value.names[at]);
                write(value.items[at], json);
            }
            json.close('}');
            return;
    }
}

std::string written(const Json& value) {
    std::string out;
    JsonWriter json(out);
    write(value, json);
    return out;
}

void take_apart(const std::string& message, std::string_view bytes) {
    const std::optional<GmcpMessage> read = GmcpMessage::parse(message);
    if (read.has_value() != GmcpMessage::parse(bytes).has_value()) std::abort();
    if (!read) return;
    GmcpSupports supports;
    supports.set(read->body);
    supports.add(read->body);
    if (supports.size() > GmcpSupports::max_modules) std::abort();
    supports.remove(read->body);
    // What is read and written again is read as the same.
    const std::string once = written(read->body);
    const std::optional<Json> again = Json::parse(once);
    if (!again || written(*again) != once) std::abort();
}

}  // namespace

/// Invariants: a message that telnet carries, byte by byte, is the message that was sent; no more modules are
/// kept than may be; and JSON that is accepted is written as JSON.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    std::string encoded;
    TelnetCodec::encode_subnegotiation(201, bytes, encoded);
    TelnetCodec codec;
    std::string message;
    bool complete = false;
    for (const char& byte : encoded) {
        std::string_view rest{&byte, 1};
        TelnetEvent event;
        while (codec.next(rest, event)) {
            if (event.too_long != (size > TelnetCodec::max_gmcp)) std::abort();
            message = event.bytes;
            complete = true;
        }
    }
    if (!complete) std::abort();
    if (size > TelnetCodec::max_gmcp) return 0;
    if (message != bytes) std::abort();
    take_apart(message, bytes);
    return 0;
}
