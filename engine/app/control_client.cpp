#include "engine/app/control_client.hpp"

#include "engine/app/unix_address.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace gyre::app {
namespace {

Error broken(std::string_view what) {
    return {Errc::io, std::string(what) + ": " + std::generic_category().message(errno)};
}

/// A connected socket, closed with its owner.
class Connection {
  public:
    explicit Connection(int descriptor) : descriptor_(descriptor) {}
    Connection(Connection&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    Connection& operator=(Connection&&) = delete;
    ~Connection() {
        if (descriptor_ >= 0) close(descriptor_);
    }
    [[nodiscard]] int descriptor() const { return descriptor_; }

  private:
    int descriptor_;
};

Result<Connection> connect_to(const std::filesystem::path& path) {
    const auto address = UnixAddress::of(path.string());
    if (!address) return Error{Errc::io, "the path of the control socket is too long: " + path.string()};
    Connection connection(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (connection.descriptor() < 0) return broken("cannot make a socket");
    if (connect(connection.descriptor(), address->get(), address->size()) == 0) return connection;
    const bool nobody = errno == ENOENT || errno == ECONNREFUSED;
    if (nobody) return Error{Errc::not_found, "no server answers at " + path.string()};
    return broken("cannot reach the server at " + path.string());
}

Status send_all(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0) return broken("the server went away");
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return done();
}

}  // namespace

Result<ControlAnswer> ask_server(const std::filesystem::path& socket, const ControlWords& request) {
    const auto connection = connect_to(socket);
    if (!connection) return connection.error();
    const int descriptor = connection.value().descriptor();
    const Status sent = send_all(descriptor, encode_request(request));
    if (!sent) return sent.error();
    ControlAnswerCodec codec;
    while (true) {
        if (auto answer = codec.next()) return *std::move(answer);
        std::array<char, 4096> bytes{};
        const ssize_t got = recv(descriptor, bytes.data(), bytes.size(), 0);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return broken("the server went away");
        if (got == 0) return Error{Errc::io, "the server ended without an answer"};
        codec.feed({bytes.data(), static_cast<std::size_t>(got)});
    }
}

}  // namespace gyre::app
