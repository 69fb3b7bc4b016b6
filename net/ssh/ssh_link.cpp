#include "net/ssh/ssh_link.hpp"

#include <poll.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

// From when somebody is let in. Each session has an event of its own (a shared one would poll the sockets of
// all players at each write), and callbacks only take notes, for any write may call them again.

namespace gyre::net {
namespace {

/// Steps of one poll(): libssh takes 4 KiB from the socket at each.
constexpr int most_steps = 16;

}  // namespace

/// libssh's callbacks, which are C: `user` is the link.
struct SshLink::Callbacks {
    static SshLink& link(void* user) {
        auto& self = *static_cast<SshLink*>(user);
        ++self.told_since_beat_;
        return self;
    }

    // NOLINTBEGIN(readability-function-size): how many parameters they have is libssh's choice.
    static ssh_channel open(ssh_session, void* user) { return link(user).open_channel(); }
    static int data(ssh_session, ssh_channel, void* bytes, std::uint32_t size, int is_error, void* user) {
        if (is_error != 0) return static_cast<int>(size);  // Clients have no business with it: dropped.
        return link(user).take_input({static_cast<const char*>(bytes), size});
    }
    static void eof(ssh_session, ssh_channel, void* user) { link(user).news_.ended = true; }
    static void close(ssh_session, ssh_channel, void* user) { link(user).news_.closed = true; }
    static int pty(ssh_session, ssh_channel, const char* terminal, int width, int, int, int, void* user) {
        SshLink& self = link(user);
        if (self.started_ || std::exchange(self.terminal_.has_terminal, true))
            return self.refuse("a second terminal");
        if (terminal != nullptr) self.terminal_.terminal.assign(terminal, strnlen(terminal, max_name));
        self.set_width(width);
        return SSH_OK;
    }
    static int resize(ssh_session, ssh_channel, int width, int, int, int, void* user) {
        SshLink& self = link(user);
        self.set_width(width);
        self.news_.resized = true;
        return SSH_OK;
    }
    static int shell(ssh_session, ssh_channel, void* user) {
        SshLink& self = link(user);
        if (std::exchange(self.started_, true)) return self.refuse("a second shell");
        self.news_.shell = true;
        return SSH_OK;
    }
    static int exec(ssh_session, ssh_channel, const char* command, void* user) {
        SshLink& self = link(user);
        if (command == nullptr || *command == '\0' || std::exchange(self.started_, true))
            return self.refuse("a second command");
        self.news_.command = command;
        return SSH_OK;
    }
    static int environment(ssh_session, ssh_channel, const char* name, const char* value, void* user) {
        const bool known = name != nullptr && value != nullptr && link(user).take_environment(name, value);
        return known ? SSH_OK : link(user).refuse({});
    }
    static int subsystem(ssh_session, ssh_channel, const char*, void* user) {
        return link(user).refuse("a subsystem");
    }
    /// All that the others do not take; 1: libssh is to refuse it. A question whether we still are there is
    /// answered by that, too.
    static int other(ssh_session, ssh_message message, void* user) {
        const std::string_view what = refused_by(ssh_message_type(message), ssh_message_subtype(message));
        if (!what.empty()) static_cast<SshLink*>(user)->refuse(what);
        return 1;
    }
    static std::string_view refused_by(int type, int subtype) {
        if (type == SSH_REQUEST_CHANNEL_OPEN) {
            if (subtype == SSH_CHANNEL_SESSION) return {};  // Said already.
            return subtype == SSH_CHANNEL_DIRECT_TCPIP ? "forwarding" : "a channel that is no session";
        }
        if (type == SSH_REQUEST_CHANNEL && subtype == SSH_CHANNEL_REQUEST_X11) return "X11";
        return type == SSH_REQUEST_GLOBAL && subtype == SSH_GLOBAL_REQUEST_TCPIP_FORWARD ? "forwarding" : "";
    }
    // NOLINTEND(readability-function-size)
};

void SshLink::let_in() {
    server_callbacks_.userdata = this;
    server_callbacks_.channel_open_request_session_function = Callbacks::open;
    ssh_callbacks_init(&server_callbacks_);
    ssh_set_server_callbacks(session_, &server_callbacks_);
    ssh_set_message_callback(session_, Callbacks::other, this);
    channel_callbacks_.userdata = this;
    channel_callbacks_.channel_data_function = Callbacks::data;
    channel_callbacks_.channel_eof_function = Callbacks::eof;
    channel_callbacks_.channel_close_function = Callbacks::close;
    channel_callbacks_.channel_pty_request_function = Callbacks::pty;
    channel_callbacks_.channel_pty_window_change_function = Callbacks::resize;
    channel_callbacks_.channel_shell_request_function = Callbacks::shell;
    channel_callbacks_.channel_exec_request_function = Callbacks::exec;
    channel_callbacks_.channel_env_request_function = Callbacks::environment;
    channel_callbacks_.channel_subsystem_request_function = Callbacks::subsystem;
    ssh_callbacks_init(&channel_callbacks_);
    event_ = ssh_event_new();
    ssh_event_add_session(event_, session_);
}

/// One at a time; null refuses it (RFC 4254 section 5.1). Also while the client has closed the last one and
/// its owner does not know yet: what happened to one must not be taken for the other's. Who has been sent the
/// exit status may open the next, even before we are through with closing.
ssh_channel SshLink::open_channel() {
    const bool may_open = last_channel_ == nullptr && (channel_ == nullptr || status_sent_);
    if (!may_open || ++channels_ > max_channels) {
        refuse("a second channel");
        return nullptr;
    }
    last_channel_ = channel_;
    if (last_channel_ != nullptr) ssh_remove_channel_callbacks(last_channel_, &channel_callbacks_);
    forget_channel();
    channel_ = ssh_channel_new(session_);
    if (channel_ != nullptr) ssh_set_channel_callbacks(channel_, &channel_callbacks_);
    return channel_;
}

void SshLink::release_channel() {
    if (last_channel_ != nullptr) return ssh_channel_free(std::exchange(last_channel_, nullptr));
    if (channel_ != nullptr) {
        ssh_remove_channel_callbacks(channel_, &channel_callbacks_);
        ssh_channel_free(channel_);
    }
    forget_channel();
}

void SshLink::forget_channel() {
    channel_ = nullptr;
    news_ = {};
    terminal_ = {};
    started_ = status_sent_ = input_waits_ = false;
}

int SshLink::refuse(std::string_view what) {
    ++refusals_;
    if (refused_.empty()) refused_ = what;
    return SSH_ERROR;
}

void SshLink::set_width(int columns) {
    terminal_.width = static_cast<std::uint16_t>(std::clamp(columns, 0, int{UINT16_MAX}));
}

/// What says how the terminal shows text. False: anything else, which is refused.
bool SshLink::take_environment(std::string_view name, std::string_view value) {
    value = value.substr(0, max_name);
    if (name == "COLORTERM") {
        terminal_.true_colour = value == "truecolor" || value == "24bit";
        return true;
    }
    constexpr std::array<std::string_view, 3> by_weight{"LANG", "LC_CTYPE", "LC_ALL"};
    const auto found = std::find(by_weight.begin(), by_weight.end(), name);
    if (found == by_weight.end()) return name.starts_with("LC_");
    const int weight = static_cast<int>(found - by_weight.begin());
    if (weight >= locale_weight_ && !value.empty()) {
        locale_weight_ = weight;
        terminal_.locale = value;
    }
    return true;
}

bool SshLink::poll() {
    may_have_more_ = true;
    for (int step = 0; step < most_steps && may_have_more_; ++step) {
        const std::uint64_t before = socket_counter_.in_bytes;
        may_have_more_ =
            !is_clogged() && ssh_event_dopoll(event_, 0) != SSH_ERROR && socket_counter_.in_bytes != before;
    }
    const bool over = (ssh_get_status(session_) & (SSH_CLOSED | SSH_CLOSED_ERROR)) != 0;
    return !over && ssh_is_connected(session_) != 0 && refusals_ <= max_refusals;
}

bool SshLink::is_idle_talk() const {
    const std::uint64_t packets = packet_counter_.in_packets - packets_at_beat_;
    return packets > told_since_beat_ + max_empty_packets + written_since_beat_ / bytes_for_packet;
}

/// How much of it found room: libssh keeps the rest, and the window shrinks.
int SshLink::take_input(std::string_view bytes) {
    const std::size_t room = fetching_ ? 0 : max_input - std::min(max_input, news_.input.size());
    const std::string_view part = bytes.substr(0, room);
    news_.input += part;
    input_waits_ = input_waits_ || part.size() < bytes.size();
    return static_cast<int>(part.size());
}

/// libssh tells of what it keeps only when more comes, so it is asked. Reading may handle packets: what these
/// bring stays behind what is being read.
void SshLink::fetch_input() {
    std::array<char, 4096> bytes{};
    fetching_ = true;
    int count = 1;
    while (count > 0 && news_.input.size() + bytes.size() <= max_input) {
        count = ssh_channel_read_nonblocking(channel_, bytes.data(), bytes.size(), 0);
        if (count > 0) news_.input.append(bytes.data(), static_cast<std::size_t>(count));
    }
    fetching_ = false;
    input_waits_ = count > 0;
}

SshChannelNews SshLink::take_news() {
    SshChannelNews taken = std::exchange(news_, SshChannelNews{});
    if (!input_waits_ || channel_ == nullptr) return taken;
    fetch_input();
    // The end comes behind all input.
    if (!news_.input.empty() || input_waits_) {
        news_.ended = news_.ended || std::exchange(taken.ended, false);
        news_.closed = news_.closed || std::exchange(taken.closed, false);
    }
    return taken;
}

bool SshLink::write_pending() const { return (ssh_get_status(session_) & SSH_WRITE_PENDING) != 0; }

/// libssh has something to send also when it has not tried yet, so the socket is asked. Asking makes it tell
/// of room.
bool SshLink::is_clogged() const {
    if (!write_pending()) return false;
    pollfd socket{ssh_get_fd(session_), POLLOUT, 0};
    return ::poll(&socket, 1, 0) == 0;
}

std::size_t SshLink::write(std::string_view bytes, Stream stream) {
    std::size_t taken = 0;
    // Never with output pending: libssh would keep all of it, without a bound.
    while (taken < bytes.size() && channel_ != nullptr && ssh_channel_is_open(channel_) != 0 &&
           !write_pending()) {
        const std::size_t room = std::min<std::size_t>(ssh_channel_window_size(channel_), largest_write);
        const std::string_view part = bytes.substr(taken, room);
        if (part.empty()) break;
        const auto size = static_cast<std::uint32_t>(part.size());
        const int count = stream == Stream::output ? ssh_channel_write(channel_, part.data(), size)
                                                   : ssh_channel_write_stderr(channel_, part.data(), size);
        if (count <= 0) break;
        taken += static_cast<std::size_t>(count);
    }
    written_since_beat_ += taken;
    return taken;
}

bool SshLink::close_channel(int exit_status) {
    if (last_channel_ == nullptr && channel_ != nullptr && ssh_channel_is_open(channel_) != 0 &&
        !std::exchange(status_sent_, true))
        ssh_channel_request_send_exit_status(channel_, exit_status);
    // Sending may have let the client open its next one.
    ssh_channel closing = last_channel_ != nullptr ? last_channel_ : channel_;
    if (closing == nullptr || ssh_channel_is_open(closing) == 0) return true;
    return ssh_channel_close(closing) != SSH_AGAIN;
}

void SshLink::keep_alive() {
    packets_at_beat_ = packet_counter_.in_packets;
    told_since_beat_ = written_since_beat_ = 0;
    const std::uint64_t before = packet_counter_.out_packets;
    ssh_send_keepalive(session_);
    if (packet_counter_.out_packets == before) ssh_send_keepalive(session_);  // Its first only begins one.
}

void SshLink::disconnect() { ssh_disconnect(session_); }

}  // namespace gyre::net
