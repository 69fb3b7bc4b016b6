#include "engine/app/control_client.hpp"

#include "engine/app/unix_address.hpp"

#include <fmt/format.h>
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

/// EAGAIN is how the system says that the time limit of a blocking socket has passed.
bool is_over() { return errno == EAGAIN; }

Error silent(std::chrono::milliseconds patience) {
    const std::chrono::duration<double> seconds = patience;
    return {Errc::busy, fmt::format("the server has the world but does not answer (nothing for {:g} s): it "
                                    "hangs or is stopped; whether it has done this is not known",
                                    seconds.count())};
}

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

void limit_waiting(int descriptor, std::chrono::milliseconds patience) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(patience);
    const timeval limit{seconds.count(), std::chrono::microseconds{patience - seconds}.count()};
    for (const int direction : {SO_RCVTIMEO, SO_SNDTIMEO})
        setsockopt(descriptor, SOL_SOCKET, direction, &limit, sizeof limit);
}

Result<Connection> connect_to(const std::filesystem::path& path, std::chrono::milliseconds patience) {
    const auto address = UnixAddress::of(path.string());
    if (!address) return Error{Errc::io, "the path of the control socket is too long: " + path.string()};
    Connection connection(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (connection.descriptor() < 0) return broken("cannot make a socket");
    limit_waiting(connection.descriptor(), patience);
    if (connect(connection.descriptor(), address->get(), address->size()) == 0) return connection;
    const bool nobody = errno == ENOENT || errno == ECONNREFUSED;
    if (nobody) return Error{Errc::not_found, "no server answers at " + path.string()};
    if (is_over()) return silent(patience);  // Its queue of those who come is full.
    return broken("cannot reach the server at " + path.string());
}

Status send_all(int descriptor, std::string_view bytes, std::chrono::milliseconds patience) {
    while (!bytes.empty()) {
        const ssize_t sent = send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0) return is_over() ? silent(patience) : broken("the server went away");
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return done();
}

}  // namespace

Result<ControlAnswer> ask_server(const std::filesystem::path& socket, const ControlWords& request,
                                 std::chrono::milliseconds patience) {
    const auto connection = connect_to(socket, patience);
    if (!connection) return connection.error();
    const int descriptor = connection.value().descriptor();
    const Status sent = send_all(descriptor, encode_request(request), patience);
    if (!sent) return sent.error();
    ControlAnswerCodec codec;
    while (true) {
        if (auto answer = codec.next()) return *std::move(answer);
        std::array<char, 4096> bytes{};
        const ssize_t got = recv(descriptor, bytes.data(), bytes.size(), 0);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return is_over() ? silent(patience) : broken("the server went away");
        if (got == 0) return Error{Errc::io, "the server ended without an answer"};
        codec.feed({bytes.data(), static_cast<std::size_t>(got)});
    }
}

}  // namespace gyre::app
