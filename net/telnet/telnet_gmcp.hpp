#pragma once

#include "net/gmcp/gmcp_session.hpp"
#include "net/telnet/options_codec.hpp"
#include "net/telnet/telnet_codec.hpp"
#include "net/terminal/terminal_session.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace gyre::net {

/// GMCP on a telnet connection: each message is a subnegotiation of option 201.
class TelnetGmcp final : public GmcpLink {
  public:
    TelnetGmcp(TerminalSession& session, reactor::Transport& transport)
        : session_(session), transport_(transport), gmcp_(session.context(), *this) {
        if (session.logged_in()) gmcp_.entered_world(session.player(), session);
    }
    [[nodiscard]] GmcpSession& session() { return gmcp_; }

  private:
    void send_gmcp(std::string_view message, BatchNumber needs) override {
        std::string out;
        TelnetCodec::encode_subnegotiation(static_cast<std::uint8_t>(TelnetOption::gmcp), message, out);
        transport_.write(out, needs);
    }
    [[nodiscard]] bool may_log_in() const override { return session_.may_log_in(); }
    void log_in(std::string_view name, std::string_view password) override {
        session_.login_given(name, password);
    }
    void wake_gmcp() override { transport_.wake(); }

    TerminalSession& session_;
    reactor::Transport& transport_;
    GmcpSession gmcp_;
};

}  // namespace gyre::net
