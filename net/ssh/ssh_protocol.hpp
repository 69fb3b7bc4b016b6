#pragma once

#include "engine/reactor/transport.hpp"
#include "net/ssh/ssh_link.hpp"

#include <string_view>

namespace gyre::net {

/// A session channel as what runs on it sees it.
class SshChannel : public reactor::Transport {
  public:
    /// As write(), to the client's standard error. In order among themselves; the channel closes behind both.
    virtual void write_error(std::string_view bytes, BatchNumber needs) = 0;
    /// Asks the client for a sign of life.
    virtual void keep_alive() = 0;
    /// What the client told of its terminal.
    [[nodiscard]] virtual const SshTerminalFacts& terminal() const = 0;
};

/// What runs on a session channel: a shell or one command.
class SshProtocol : public reactor::Protocol {
  public:
    /// terminal() has changed.
    virtual void resized() {}
    /// The client will send no more, and may still hear.
    virtual void input_ended() = 0;
    /// The last bytes before the channel closes: the terminal becomes as it was.
    [[nodiscard]] virtual std::string_view last_bytes() const { return {}; }
    /// What the client's program ends with.
    [[nodiscard]] virtual int exit_status() const = 0;
};

}  // namespace gyre::net
