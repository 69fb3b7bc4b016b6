#pragma once

#include "net/gmcp/gmcp_codec.hpp"
#include "net/service.hpp"
#include "world/audience.hpp"
#include "world/view.hpp"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace gyre::net {

/// What carries a GmcpSession: telnet or a WebSocket, and the session of somebody behind it.
class GmcpLink {
  public:
    virtual ~GmcpLink() = default;
    /// Queue one message behind the text told so far, marked with `needs`.
    virtual void send_gmcp(std::string_view message, BatchNumber needs) = 0;
    /// Whether somebody may give a name and a password now, over this connection.
    [[nodiscard]] virtual bool may_log_in() const = 0;
    /// The same as if both had been typed. How it ends is told by entered_world() or login_failed().
    virtual void log_in(std::string_view name, std::string_view password) = 0;
    /// Ask for settle() in this turn or the next.
    virtual void wake_gmcp() = 0;
};

/// GMCP with one client that has agreed to it. Packages are sent only if it asked for them, the world's only
/// once somebody is in it, and each as what `look` and `inventory` would show him: a view is asked for at
/// most once a turn, and what differs from the last one is sent, marked with what the view rests on.
class GmcpSession {
  public:
    /// Messages acted upon in one turn; further ones are dropped. Ours.
    static constexpr unsigned max_messages_per_turn = 50;
    /// Containers looked into in one turn; further ones are not. Ours.
    static constexpr std::size_t max_containers_per_turn = 16;

    GmcpSession(Context& context, GmcpLink& link) : context_(context), link_(link) {}

    /// One message from the client; what is malformed or unknown is dropped.
    void received(std::string_view bytes);
    /// Somebody is in the world now, and hears it through `session`.
    void entered_world(ObjectId player, world::Subscriber& session);
    /// A login has failed, for a reason in words; only that of GMCP is answered.
    void login_failed(std::string_view why);
    /// Told, or refused, with a note.
    void noted(const world::text::Tree& tree, BatchNumber needs);
    /// Perhaps he perceives something else now.
    void surroundings_changed() { stale_ = true; }
    /// A line of his was acted upon: what scripts derive from afar may have changed too.
    void line_done() { stale_ = channels_stale_ = true; }
    /// The connection will be closed, for a reason in words (empty: it was told); the world is left.
    void leaving(std::string_view words);
    /// Once a turn, behind what was told and before the prompt.
    void settle();

  private:
    struct Command;
    static std::span<const Command> commands();
    void hello(const Json& body);
    void supports_changed();
    void credentials(const Json& body);
    void ask_contents(const Json& body);

    [[nodiscard]] bool wants(GmcpTopic topic) const { return topics_[static_cast<std::size_t>(topic)]; }
    /// True once, when it is wanted and was not sent yet.
    [[nodiscard]] bool begins(GmcpTopic topic);
    void send(std::string_view message, BatchNumber needs) { link_.send_gmcp(message, needs); }
    void offer_downloads();
    void send_view();
    void send_character(const world::View& now);
    void send_place(const world::View& now);
    void send_things(const world::View& now);
    void send_contents();
    void send_channels();

    Context& context_;
    GmcpLink& link_;
    GmcpSupports supports_;
    GmcpTopics topics_;  ///< Wanted, with what this client is known to know.
    GmcpTopics begun_;   ///< Of these, what was sent at least once.
    ObjectId player_ = ObjectId::nothing;
    world::Subscriber* session_ = nullptr;
    std::optional<world::View> sent_;  ///< What the client knows.
    std::string sent_channels_;
    std::vector<ObjectId> containers_asked_;
    unsigned messages_ = 0;  ///< In this turn.
    bool is_mudlet_ = false;
    bool login_offered_ = false;
    bool login_tried_ = false;  ///< By GMCP, and not answered yet.
    bool people_asked_ = false;
    bool watching_ = false;
    bool stale_ = false;
    bool channels_stale_ = false;
};

}  // namespace gyre::net
