#pragma once

#include "world/object.hpp"
#include "world/text/text.hpp"

#include <lua.hpp>
#include <string>

namespace gyre::world::script {

/// A string, number, text or object as a text. Raises an error for anything else.
Ref<Text> text_of(lua_State* lua, int index);
/// The text at `index` with the arguments of the table behind it, if there is one: what all functions that
/// take `(template[, args])` read.
Ref<Text> text_with_arguments(lua_State* lua, int index);
/// The text resolved for this observer. Raises an error for a missing argument; charges for the output.
Ref<const text::Tree> resolve_for(lua_State* lua, const Text& text, ObjectId observer);
/// As this observer hears it from `speaker`, whom he need not see: things have the names that the speaker
/// gives them, and so have players wherever they are.
Ref<const text::Tree> resolve_spoken(lua_State* lua, const Text& text, ObjectId observer, ObjectId speaker);
/// Charges the bytes of what is told.
void charge_output(lua_State* lua, const text::Tree& tree);
/// A template of the engine's own, with one object in it.
Ref<Text> words_about(const char* words, const char* argument, ObjectId object);

}  // namespace gyre::world::script
