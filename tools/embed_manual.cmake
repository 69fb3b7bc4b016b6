# Writes docs/lua_api.md into a C++ file, so that the server can show it to builders.
# cmake -DINPUT=<docs/lua_api.md> -DOUTPUT=<file> -P tools/embed_manual.cmake
file(READ ${INPUT} page)
set(text "// Made by tools/embed_manual.cmake.\n#include \"world/script/manual.hpp\"\n\nnamespace gyre::world::script {\n\n")
string(APPEND text "std::string_view manual() {\n    return R\"MANUAL(${page})MANUAL\";\n}\n\n}  // namespace gyre::world::script\n")
file(WRITE ${OUTPUT} "${text}")
