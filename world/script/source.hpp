#pragma once

#include "engine/base/result.hpp"
#include "world/text/text.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace gyre::world::script {

/// A class file made ready for Lua, line for line.
/// - String literals that are templates have become names of constants, template_name(0) and so on.
/// - `local function f` at file level has become `function f`, so that the loader keeps it and nothing can
///   replace it later; a local would be state that outlives the call and escapes undo.
struct Source {
    std::string code;
    std::vector<const text::Template*> templates;
    std::set<std::string, std::less<>> constants;  ///< `local X <const>` outside functions.
    std::set<std::string, std::less<>> locals;     ///< Other locals outside functions.
    std::set<std::string, std::less<>> functions;  ///< `local function f` at file level.

    // Doc comments.
    std::string class_doc;
    std::map<std::string, std::string, std::less<>> docs;  ///< Of properties, methods and events by name.
    std::map<int, std::string> verb_docs;                  ///< By the line of the verb.
};

std::string template_name(std::size_t index);

/// Fails with the message of LUA.md section 7, for a bad template with its line and a caret; `file` is
/// "board.lua".
Result<Source> prepare_source(std::string_view source, std::string_view file);

}  // namespace gyre::world::script
