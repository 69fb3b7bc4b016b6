#pragma once

#include "net/ssh/ssh_bind.hpp"

#include <libssh/callbacks.h>
#include <libssh/libssh.h>
#include <libssh/server.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gyre::net {

/// One step of a client's authentication. RFC 4252, RFC 4256.
struct SshProof {
    enum class Method : std::uint8_t {
        none,
        password,
        interactive,  ///< keyboard-interactive begins.
        answers,      ///< What was typed at the last questions.
        key_offer,    ///< Would this key do?
        key,          ///< The same, with a signature that is right.
    };
    Method method = Method::none;
    std::string name;
    std::string password;
    std::vector<std::string> answers;
    std::string key;          ///< "ssh-ed25519 AAAA..."
    std::string fingerprint;  ///< "SHA256:..."
};

/// What happened to the session channel since it was last asked; RFC 4254 section 6. `input` and `ended` come
/// in this order.
struct SshChannelNews {
    bool shell = false;
    std::string command;  ///< exec; empty: none was asked for.
    bool resized = false;
    std::string input;
    bool ended = false;   ///< The client sends no more.
    bool closed = false;  ///< It hears no more either.
};

/// What the client told of its terminal before the shell began.
struct SshTerminalFacts {
    bool has_terminal = false;
    std::string terminal;  ///< TERM.
    std::string locale;    ///< LC_ALL, LC_CTYPE or LANG, the first that is set.
    bool true_colour = false;
    std::uint16_t width = 0;
};

/// libssh's side of one connection, driven by readiness; nothing here blocks or calls back. First accept():
/// its owner calls advance() until somebody is let in, then poll(). Callbacks of libssh only take notes.
class SshLink {
  public:
    /// Bytes of input that are kept for take_news(); what libssh keeps beyond it is bounded by the client's
    /// window.
    static constexpr std::size_t max_input = 64U << 10;
    /// Messages before authentication that ask for something else. Ours; a client needs two or three.
    static constexpr unsigned max_other_messages = 32;
    /// Bytes from the client until somebody is let in: key exchange, some offers of long keys, a password.
    static constexpr std::uint64_t max_bytes_before_login = 256U << 10;
    /// Channels of one connection, one after the other: libssh keeps each until the client has closed it too.
    static constexpr unsigned max_channels = 1000;
    static constexpr std::size_t max_name = 64;
    static constexpr std::size_t largest_write = 16U << 10;
    /// Requests on channels and for forwarding that are refused; past it the connection ends.
    static constexpr unsigned max_refusals = 1000;
    /// Packets between two beats (keep_alive()) that bring neither input nor a request, beside one for each
    /// `bytes_for_packet` of output: a new key exchange is three of them and a millisecond of work. Ours.
    static constexpr std::uint64_t max_empty_packets = 600;
    static constexpr std::uint64_t bytes_for_packet = 256;

    SshLink();
    ~SshLink();
    SshLink(const SshLink&) = delete;
    SshLink& operator=(const SshLink&) = delete;

    /// Takes over `descriptor`, which is non-blocking. False: libssh refused it.
    [[nodiscard]] bool accept(const SshBind& bind, int descriptor);

    // --- Until somebody is let in
    enum class Progress : std::uint8_t { waiting, asked, over };
    /// Goes as far as it can without waiting. asked: `proof` is to be answered by one of the next four.
    [[nodiscard]] Progress advance(SshProof& proof);
    void deny();
    void welcome();
    void key_would_do();
    /// keyboard-interactive: questions whose answers are not shown; none: only words.
    void ask(const std::string& words, const std::vector<std::string>& questions);

    /// Something came that libssh dropped without a word: a public key that it cannot read, a wrong
    /// signature, for whose answer the client would wait for ever; or a packet that is to be ignored (RFC
    /// 4253 section 11.2), which some send before each proof. Who is silent from then on waits for an answer.
    [[nodiscard]] bool may_have_lost_offer() const { return lost_offer_; }
    /// The answer to that, if no proof has come since. False: one has.
    bool deny_lost_offer();

    // --- From then on
    /// Reads and handles what has come. False: the connection is over.
    [[nodiscard]] bool poll();
    /// Of the input up to max_input bytes; has_news() says whether there is more.
    [[nodiscard]] SshChannelNews take_news();
    /// What was refused first of all that the client asked for, in words; empty: nothing was.
    [[nodiscard]] std::string_view refused() const { return refused_; }
    /// take_news() would bring something.
    [[nodiscard]] bool has_news() const {
        return news_.shell || news_.resized || news_.ended || news_.closed || !news_.command.empty() ||
               !news_.input.empty();
    }
    /// poll() has not read all that came.
    [[nodiscard]] bool may_have_more() const { return may_have_more_; }
    [[nodiscard]] const SshTerminalFacts& terminal() const { return terminal_; }
    /// Where bytes go at the client: RFC 4254 section 5.2, the second as SSH_EXTENDED_DATA_STDERR.
    enum class Stream : std::uint8_t { output, errors };
    /// How much of it was taken; less than all: room must be made first, which poll() finds out.
    std::size_t write(std::string_view bytes, Stream stream = Stream::output);
    /// RFC 4254 section 6.10: status, end of data, close. False: not all of it could be sent yet.
    [[nodiscard]] bool close_channel(int exit_status);
    /// Its owner has done with the channel: the client may open another, or has done so already.
    void release_channel();
    /// A beat.
    void keep_alive();
    void disconnect();
    [[nodiscard]] bool write_pending() const;
    /// The client does not read. Then nothing of it is read either, for libssh keeps all that it answers; it
    /// is ready anew once there is room.
    [[nodiscard]] bool is_clogged() const;
    [[nodiscard]] std::uint64_t bytes_received() const { return socket_counter_.in_bytes; }
    /// Whether the client has sent its part of a key, behind the list of what it knows (RFC 4253 section 8).
    [[nodiscard]] bool exchanges_keys() const { return packet_counter_.in_packets >= 2; }
    /// It sends more that is nothing than a client has reason to.
    [[nodiscard]] bool is_idle_talk() const;
    [[nodiscard]] std::string error() const { return ssh_get_error(session_); }

  private:
    struct Callbacks;  ///< What libssh calls.
    [[nodiscard]] bool next_proof(SshProof& proof);
    bool read_proof(ssh_message message, SshProof& proof);
    void let_in();
    void drop_message();
    ssh_channel open_channel();
    void forget_channel();
    int refuse(std::string_view what);
    void set_width(int columns);
    int take_input(std::string_view bytes);
    void fetch_input();
    bool take_environment(std::string_view name, std::string_view value);

    ssh_session session_;
    ssh_event event_ = nullptr;
    ssh_channel channel_ = nullptr;
    ssh_channel last_channel_ = nullptr;  ///< Its owner still closes it; `channel_` is the next.
    ssh_message message_ = nullptr;       ///< To be answered.
    ssh_message first_none_ = nullptr;    ///< Kept to answer what libssh cannot read.
    ssh_server_callbacks_struct server_callbacks_{};
    ssh_channel_callbacks_struct channel_callbacks_{};
    ssh_counter_struct socket_counter_{};
    ssh_counter_struct packet_counter_{};
    SshTerminalFacts terminal_;
    SshChannelNews news_;
    std::string name_;  ///< The last that was told.
    unsigned other_messages_ = 0;
    unsigned refusals_ = 0;
    std::string_view refused_;  ///< A literal.
    std::uint64_t packets_at_beat_ = 0;
    std::uint64_t written_since_beat_ = 0;  ///< Bytes.
    std::uint64_t told_since_beat_ = 0;     ///< What callbacks told.
    unsigned channels_ = 0;                 ///< Opened so far.
    int locale_weight_ = 0;                 ///< Of the variable that terminal_.locale comes from.
    bool keys_exchanged_ = false;
    bool questioned_ = false;  ///< keyboard-interactive: somebody is typing an answer.
    bool lost_offer_ = false;
    bool started_ = false;      ///< The channel has a shell or a command.
    bool status_sent_ = false;  ///< On this channel.
    bool input_waits_ = false;  ///< libssh keeps some that found no room.
    bool fetching_ = false;
    bool may_have_more_ = false;
};

}  // namespace gyre::net
