// Deltas are found by comparing with what was sent last, not by following what happened: whatever made the
// difference (a door, a light, a script, a rollback that made none), the client ends up with what is
// perceived.

#include "net/gmcp/gmcp_session.hpp"

#include "engine/base/utf8.hpp"
#include "net/gmcp/gmcp_messages.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <system_error>
#include <utility>

namespace gyre::net {

using world::View;
using Things = std::vector<View::Thing>;

namespace {

/// Both are in order of id.
template <class Added, class Removed, class Changed>
void compare(const Things& before, const Things& now, Added&& added, Removed&& removed, Changed&& changed) {
    auto old = before.begin();
    for (const View::Thing& thing : now) {
        while (old != before.end() && old->id < thing.id) removed(*old++);
        if (old == before.end() || old->id != thing.id) {
            added(thing);
            continue;
        }
        if (!(*old == thing)) changed(*old, thing);
        ++old;
    }
    while (old != before.end()) removed(*old++);
}

bool same_place(const View& left, const View& right) {
    return left.place == right.place && left.is_room == right.is_room &&
           left.place_name == right.place_name && left.area == right.area &&
           left.is_outdoors == right.is_outdoors && left.ways == right.ways;
}

}  // namespace

/// What a client may send. A further message is a further row.
struct GmcpSession::Command {
    std::string_view name;
    void (*act)(GmcpSession& self, const Json& body);
};

std::span<const GmcpSession::Command> GmcpSession::commands() {
    static constexpr std::array table{
        Command{"core.hello", [](GmcpSession& self, const Json& body) { self.hello(body); }},
        Command{"core.supports.set",
                [](GmcpSession& self, const Json& body) {
                    self.supports_.set(body);
                    self.supports_changed();
                }},
        Command{"core.supports.add",
                [](GmcpSession& self, const Json& body) {
                    self.supports_.add(body);
                    self.supports_changed();
                }},
        Command{"core.supports.remove",
                [](GmcpSession& self, const Json& body) {
                    self.supports_.remove(body);
                    self.supports_changed();
                }},
        Command{"core.ping", [](GmcpSession& self, const Json&) { self.send("Core.Ping", 0); }},
        // That it came was all.
        Command{"core.keepalive", [](GmcpSession&, const Json&) {}},
        Command{"char.login.credentials",
                [](GmcpSession& self, const Json& body) { self.credentials(body); }},
        Command{"char.items.inv",
                [](GmcpSession& self, const Json&) {
                    self.begun_.reset(static_cast<std::size_t>(GmcpTopic::items));
                    self.supports_changed();
                }},
        Command{"char.items.room",
                [](GmcpSession& self, const Json&) {
                    self.begun_.reset(static_cast<std::size_t>(GmcpTopic::items));
                    self.supports_changed();
                }},
        Command{"char.items.contents", [](GmcpSession& self, const Json& body) { self.ask_contents(body); }},
        Command{"comm.channel.players",
                [](GmcpSession& self, const Json&) {
                    self.people_asked_ = true;
                    self.supports_changed();
                }},
    };
    return table;
}

void GmcpSession::received(std::string_view bytes) {
    if (messages_ >= max_messages_per_turn) return;
    ++messages_;
    const std::optional<GmcpMessage> message = GmcpMessage::parse(bytes);
    if (!message) return;
    for (const Command& command : commands())
        if (command.name == message->name) return command.act(*this, message->body);
}

void GmcpSession::hello(const Json& body) {
    is_mudlet_ = utf8::equal_folded(body.string_at("client"), "mudlet");
    supports_changed();
}

/// Mudlet takes packages and maps without saying that it supports them.
void GmcpSession::supports_changed() {
    topics_ = supports_.topics();
    if (is_mudlet_) {
        topics_.set(static_cast<std::size_t>(GmcpTopic::gui));
        topics_.set(static_cast<std::size_t>(GmcpTopic::map));
    }
    begun_ &= topics_;
    stale_ = channels_stale_ = true;
    link_.wake_gmcp();
    if (!wants(GmcpTopic::login) || login_offered_ || !link_.may_log_in()) return;
    login_offered_ = true;
    send(gmcp::login_offer(), 0);
}

/// {"account": ..., "password": ...}; an empty object means that text goes on.
void GmcpSession::credentials(const Json& body) {
    if (!login_offered_ || login_tried_ || player_ != ObjectId::nothing) return;
    if (body.kind == Json::Kind::object && body.names.empty()) return;
    std::string_view name = body.string_at("account");
    if (name.empty()) name = body.string_at("character");
    const std::string_view password = body.string_at("password");
    if (name.empty() || password.empty())
        return send(gmcp::login_failed("\"account\" and \"password\" are strings, and neither is empty."), 0);
    if (!link_.may_log_in()) return send(gmcp::login_failed("A login is under way already."), 0);
    login_tried_ = true;
    link_.log_in(name, password);
}

/// A container's id, as it stands in Char.Items.List: "30", or a number.
void GmcpSession::ask_contents(const Json& body) {
    const bool is_id = body.kind == Json::Kind::string || body.kind == Json::Kind::number;
    std::uint64_t id = 0;
    const char* end = body.text.data() + body.text.size();
    const auto [stop, error] = std::from_chars(body.text.data(), end, id);
    if (!is_id || error != std::errc{} || stop != end || player_ == ObjectId::nothing) return;
    if (containers_asked_.size() == max_containers_per_turn) return;
    containers_asked_.push_back(object_id(id));
    stale_ = true;
    link_.wake_gmcp();
}

void GmcpSession::login_failed(std::string_view why) {
    if (!std::exchange(login_tried_, false)) return;
    send(gmcp::login_failed(why), 0);
}

void GmcpSession::entered_world(ObjectId player, world::Subscriber& session) {
    player_ = player;
    session_ = &session;
    stale_ = channels_stale_ = true;
    if (std::exchange(login_tried_, false)) send(gmcp::login_succeeded(), 0);
}

void GmcpSession::noted(const world::text::Tree& tree, BatchNumber needs) {
    const world::text::Note& note = *tree.note;
    switch (note.kind) {
        case world::text::Note::Kind::channel_line:
            if (wants(GmcpTopic::channels))
                send(gmcp::channel_text(note.subject, note.talker, tree.text), needs);
            return;
        case world::text::Note::Kind::wrong_way:
            if (wants(GmcpTopic::room)) send(gmcp::wrong_direction(note.subject), needs);
            return;
    }
}

void GmcpSession::leaving(std::string_view words) {
    player_ = ObjectId::nothing;
    if (supports_.size() > 0 && !words.empty()) send(gmcp::goodbye(words), 0);
}

bool GmcpSession::begins(GmcpTopic topic) {
    const auto at = static_cast<std::size_t>(topic);
    if (!topics_[at] || begun_[at]) return false;
    begun_.set(at);
    return true;
}

void GmcpSession::settle() {
    messages_ = 0;
    if (player_ == ObjectId::nothing || !stale_) return;
    stale_ = false;
    offer_downloads();
    constexpr std::array of_view{GmcpTopic::name,  GmcpTopic::vitals, GmcpTopic::status,
                                 GmcpTopic::items, GmcpTopic::room,   GmcpTopic::players};
    const bool needs_view =
        std::any_of(of_view.begin(), of_view.end(), [this](GmcpTopic topic) { return wants(topic); });
    if (needs_view != watching_) {
        watching_ = needs_view;
        context_.native.watch(player_, *session_,
                              needs_view ? world::Native::Watching::on : world::Native::Watching::off);
    }
    if (needs_view) send_view();
    send_contents();
    if (std::exchange(channels_stale_, false) && wants(GmcpTopic::channels)) send_channels();
}

void GmcpSession::offer_downloads() {
    const ClientDownloads& downloads = context_.downloads;
    if (!downloads.gui.empty() && begins(GmcpTopic::gui))
        send(gmcp::client_gui(downloads.gui, downloads.gui_version), 0);
    if (!downloads.map.empty() && begins(GmcpTopic::map)) send(gmcp::client_map(downloads.map), 0);
    if (!downloads.media.empty() && begins(GmcpTopic::media)) send(gmcp::client_media(downloads.media), 0);
}

void GmcpSession::send_view() {
    View now = context_.native.view_of(player_);
    send_character(now);
    send_place(now);
    send_things(now);
    sent_ = std::move(now);
}

void GmcpSession::send_character(const View& now) {
    if (begins(GmcpTopic::name)) send(gmcp::name(now), now.needs);
    if (wants(GmcpTopic::vitals) && (begins(GmcpTopic::vitals) || now.vitals != sent_->vitals))
        send(gmcp::vitals(now), now.needs);
    if (!wants(GmcpTopic::status)) return;
    const bool is_first = begins(GmcpTopic::status);
    if (is_first) send(gmcp::status_vars(), 0);
    const std::string status = gmcp::status(now, is_first ? nullptr : &*sent_);
    if (!status.empty()) send(status, now.needs);
}

void GmcpSession::send_place(const View& now) {
    const bool has_moved = !sent_ || sent_->place != now.place;
    if (wants(GmcpTopic::room) && (begins(GmcpTopic::room) || !same_place(*sent_, now)))
        send(gmcp::room_info(now), now.needs);
    if (!wants(GmcpTopic::players)) return;
    if (begins(GmcpTopic::players) || has_moved) return send(gmcp::room_players(now), now.needs);
    const auto came = [&](const View::Thing& thing) {
        if (thing.is_player) send(gmcp::player_came(thing), now.needs);
    };
    const auto went = [&](const View::Thing& thing) {
        if (thing.is_player) send(gmcp::player_went(thing), now.needs);
    };
    compare(sent_->here, now.here, came, went, [&](const View::Thing& old, const View::Thing& thing) {
        if (old.name == thing.name && old.is_player == thing.is_player) return;
        went(old);
        came(thing);
    });
}

void GmcpSession::send_things(const View& now) {
    if (!wants(GmcpTopic::items)) return;
    const bool is_first = begins(GmcpTopic::items);
    const bool has_moved = is_first || sent_->place != now.place;
    const auto send_changes = [&](gmcp::Place place, const Things& before, const Things& things) {
        const auto tell = [&](gmcp::ItemChange change, const View::Thing& thing) {
            if (!thing.is_player) send(gmcp::item_changed(change, place, thing), now.needs);
        };
        compare(
            before, things, [&](const View::Thing& thing) { tell(gmcp::ItemChange::add, thing); },
            [&](const View::Thing& thing) { tell(gmcp::ItemChange::remove, thing); },
            [&](const View::Thing& old, const View::Thing& thing) {
                if (old.is_player == thing.is_player) return tell(gmcp::ItemChange::update, thing);
                tell(gmcp::ItemChange::remove, old);
                tell(gmcp::ItemChange::add, thing);
            });
    };
    if (is_first) {
        send(gmcp::items(gmcp::Place::inventory, now.carried), now.needs);
    } else {
        send_changes(gmcp::Place::inventory, sent_->carried, now.carried);
    }
    if (has_moved) {
        send(gmcp::items(gmcp::Place::room, now.here), now.needs);
    } else {
        send_changes(gmcp::Place::room, sent_->here, now.here);
    }
}

void GmcpSession::send_contents() {
    for (const ObjectId container : std::exchange(containers_asked_, {})) {
        if (!wants(GmcpTopic::items)) return;
        const world::ContentsView contents = context_.native.contents_of(player_, container);
        send(gmcp::items_in(container, contents.things), contents.needs);
    }
}

void GmcpSession::send_channels() {
    const world::ChannelView channels = context_.native.channels_of(player_);
    if (begins(GmcpTopic::channels) || channels.list != sent_channels_)
        send(gmcp::channel_list(channels), channels.needs);
    sent_channels_ = channels.list;
    if (std::exchange(people_asked_, false)) send(gmcp::channel_people(channels), channels.needs);
}

}  // namespace gyre::net
