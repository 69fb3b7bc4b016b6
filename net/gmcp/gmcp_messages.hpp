#pragma once

#include "world/view.hpp"

#include <span>
#include <string>
#include <string_view>

/// What GMCP says of the world, each as one message, "Package.Message JSON". Field names are those of the IRE
/// games, which clients know.
namespace gyre::net::gmcp {

/// num, name, area, environment, exits {direction -> num}. Where there is no light, or no room: num 0.
std::string room_info(const world::View& view);
/// The players there, each {name, fullname}.
std::string room_players(const world::View& view);
std::string player_came(const world::View::Thing& player);
std::string player_went(const world::View::Thing& player);
std::string wrong_direction(std::string_view direction);

/// "inv" or "room".
enum class Place : std::uint8_t { inventory, room };
/// All things of a place, each {id, name, attrib}; players are none.
std::string items(Place place, std::span<const world::View::Thing> things);
/// What lies in `container`; its place is "rep" and the container's id.
std::string items_in(ObjectId container, std::span<const world::View::Thing> things);
enum class ItemChange : std::uint8_t { add, remove, update };
std::string item_changed(ItemChange change, Place place, const world::View::Thing& thing);

std::string name(const world::View& view);
std::string vitals(const world::View& view);
/// What `status` names, with words for people.
std::string status_vars();
/// Those that differ from `before`; all if that is null. Empty: none does.
std::string status(const world::View& view, const world::View* before);

std::string channel_list(const world::ChannelView& channels);
std::string channel_people(const world::ChannelView& channels);
std::string channel_text(std::string_view channel, std::string_view talker, std::string_view line);

/// The client may log in by name and password.
std::string login_offer();
/// `why` is told if it failed.
std::string login_succeeded();
std::string login_failed(std::string_view why);
std::string goodbye(std::string_view words);

/// A package for Mudlet.
std::string client_gui(std::string_view url, std::string_view version);
std::string client_map(std::string_view url);
/// Where sounds and pictures lie that are named without an address.
std::string client_media(std::string_view url);

}  // namespace gyre::net::gmcp
