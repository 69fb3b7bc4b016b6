#include "net/gmcp/gmcp_messages.hpp"

#include "net/gmcp/json_codec.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace gyre::net::gmcp {
namespace {

using world::View;

/// A message of a client's own is one line.
std::string one_line(std::string_view lines) {
    while (lines.ends_with('\n')) lines.remove_suffix(1);
    std::string line{lines};
    std::replace(line.begin(), line.end(), '\n', ' ');
    return line;
}

/// A message that is begun with its name; JSON is appended to it.
class Message {
  public:
    explicit Message(std::string_view name) : text_(name) { text_ += ' '; }
    JsonWriter& json() { return json_; }
    std::string take() { return std::move(text_); }

  private:
    std::string text_;
    JsonWriter json_{text_};
};

std::string message_with(std::string_view name, std::string_view member, std::string_view value) {
    Message message(name);
    message.json().open('{').member(member).string(value).close('}');
    return message.take();
}

/// Mappers draw the short forms of compass directions.
std::string_view short_form(std::string_view direction) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 10> forms{{
        {"north", "n"},
        {"northeast", "ne"},
        {"east", "e"},
        {"southeast", "se"},
        {"south", "s"},
        {"southwest", "sw"},
        {"west", "w"},
        {"northwest", "nw"},
        {"up", "u"},
        {"down", "d"},
    }};
    const auto* found =
        std::find_if(forms.begin(), forms.end(), [&](const auto& form) { return form.first == direction; });
    return found == forms.end() ? direction : found->second;
}

void write_player(JsonWriter& json, const View::Thing& player) {
    json.open('{').member("name").string(player.name).member("fullname").string(player.name).close('}');
}

/// w: worn, W: can be worn, c: holds things, t: can be taken, m: somebody who lives here.
std::string attributes_of(const View::Thing& thing) {
    std::string letters;
    if (thing.is_worn) letters += 'w';
    if (thing.can_be_worn && !thing.is_worn) letters += 'W';
    if (thing.is_container) letters += 'c';
    if (thing.can_be_taken) letters += 't';
    if (thing.is_person) letters += 'm';
    return letters;
}

void write_item(JsonWriter& json, const View::Thing& thing) {
    json.open('{').member("id").string(std::to_string(number(thing.id)));
    json.member("name").string(thing.name);
    const std::string attributes = attributes_of(thing);
    if (!attributes.empty()) json.member("attrib").string(attributes);
    json.close('}');
}

std::string_view word_for(Place place) { return place == Place::inventory ? "inv" : "room"; }

std::string list_of(std::string_view place, std::span<const View::Thing> things) {
    Message message("Char.Items.List");
    JsonWriter& json = message.json();
    json.open('{').member("location").string(place).member("items").open('[');
    for (const View::Thing& thing : things)
        if (!thing.is_player) write_item(json, thing);
    json.close(']').close('}');
    return message.take();
}

}  // namespace

std::string room_info(const View& view) {
    Message message("Room.Info");
    JsonWriter& json = message.json();
    const bool is_dark = view.place == ObjectId::nothing;
    json.open('{').member("num").number(view.is_room ? number(view.place) : 0);
    json.member("name").string(is_dark ? "Darkness" : view.place_name);
    json.member("area").string(view.area);
    if (view.is_room) json.member("environment").string(view.is_outdoors ? "outdoors" : "indoors");
    json.member("exits").open('{');
    for (const View::Way& way : view.ways) json.member(short_form(way.direction)).number(number(way.room));
    json.close('}').close('}');
    return message.take();
}

std::string room_players(const View& view) {
    Message message("Room.Players");
    message.json().open('[');
    for (const View::Thing& thing : view.here)
        if (thing.is_player) write_player(message.json(), thing);
    message.json().close(']');
    return message.take();
}

std::string player_came(const View::Thing& player) {
    Message message("Room.AddPlayer");
    write_player(message.json(), player);
    return message.take();
}

std::string player_went(const View::Thing& player) {
    Message message("Room.RemovePlayer");
    message.json().string(player.name);
    return message.take();
}

std::string wrong_direction(std::string_view direction) {
    Message message("Room.WrongDir");
    message.json().string(short_form(direction));
    return message.take();
}

std::string items(Place place, std::span<const View::Thing> things) {
    return list_of(word_for(place), things);
}

std::string items_in(ObjectId container, std::span<const View::Thing> things) {
    return list_of("rep" + std::to_string(number(container)), things);
}

std::string item_changed(ItemChange change, Place place, const View::Thing& thing) {
    Message message(change == ItemChange::add      ? "Char.Items.Add"
                    : change == ItemChange::remove ? "Char.Items.Remove"
                                                   : "Char.Items.Update");
    JsonWriter& json = message.json();
    json.open('{').member("location").string(word_for(place)).member("item");
    write_item(json, thing);
    json.close('}');
    return message.take();
}

std::string name(const View& view) {
    Message message("Char.Name");
    JsonWriter& json = message.json();
    json.open('{').member("name").string(view.name).member("fullname").string(view.name).close('}');
    return message.take();
}

std::string vitals(const View& view) {
    Message message("Char.Vitals");
    message.json().raw(view.vitals);
    return message.take();
}

std::string status_vars() {
    Message message("Char.StatusVars");
    JsonWriter& json = message.json();
    json.open('{').member("name").string("Name").member("role").string("Role");
    json.member("coins").string("Coins").close('}');
    return message.take();
}

std::string status(const View& view, const View* before) {
    Message message("Char.Status");
    JsonWriter& json = message.json();
    bool is_empty = true;
    const auto changed = [&](const auto& member) {
        const bool differs = before == nullptr || view.*member != before->*member;
        is_empty = is_empty && !differs;
        return differs;
    };
    json.open('{');
    if (changed(&View::name)) json.member("name").string(view.name);
    if (changed(&View::role)) json.member("role").string(view.role);
    if (changed(&View::coins)) json.member("coins").number(static_cast<std::uint64_t>(view.coins));
    json.close('}');
    return is_empty ? std::string{} : message.take();
}

std::string channel_list(const world::ChannelView& channels) {
    Message message("Comm.Channel.List");
    message.json().raw(channels.list);
    return message.take();
}

std::string channel_people(const world::ChannelView& channels) {
    Message message("Comm.Channel.Players");
    message.json().raw(channels.people);
    return message.take();
}

std::string channel_text(std::string_view channel, std::string_view talker, std::string_view line) {
    Message message("Comm.Channel.Text");
    JsonWriter& json = message.json();
    json.open('{').member("channel").string(channel).member("talker").string(talker);
    json.member("text").string(line).close('}');
    return message.take();
}

std::string login_offer() {
    Message message("Char.Login.Default");
    message.json().open('{').member("type").open('[').string("password-credentials").close(']').close('}');
    return message.take();
}

std::string login_succeeded() {
    Message message("Char.Login.Result");
    message.json().open('{').member("success").boolean(true).close('}');
    return message.take();
}

std::string login_failed(std::string_view why) {
    Message message("Char.Login.Result");
    JsonWriter& json = message.json();
    json.open('{').member("success").boolean(false).member("message").string(one_line(why)).close('}');
    return message.take();
}

std::string goodbye(std::string_view words) {
    Message message("Core.Goodbye");
    message.json().string(one_line(words));
    return message.take();
}

std::string client_gui(std::string_view url, std::string_view version) {
    Message message("Client.GUI");
    JsonWriter& json = message.json();
    json.open('{').member("version").string(version).member("url").string(url).close('}');
    return message.take();
}

std::string client_map(std::string_view url) { return message_with("Client.Map", "url", url); }

std::string client_media(std::string_view url) { return message_with("Client.Media.Default", "url", url); }

}  // namespace gyre::net::gmcp
