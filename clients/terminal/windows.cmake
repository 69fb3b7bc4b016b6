# gyre-play.exe: the terminal client alone, linked statically, without TLS. What it needs besides mingw-w64 and its zlib
# are headers of Debian's packages, which serve any system, and the sources of utf8proc (`./dev windows` fetches them).
enable_language(C)
set(GYRE_HOST_HEADERS /usr/include CACHE PATH "Where asio.hpp, CLI/ and fmt/ are")
set(GYRE_UTF8PROC ${CMAKE_SOURCE_DIR}/build/utf8proc CACHE PATH "The sources of utf8proc")

# Only these: the other headers there are those of the system that builds.
set(headers ${CMAKE_BINARY_DIR}/headers)
file(MAKE_DIRECTORY ${headers})
foreach(header asio asio.hpp CLI fmt)
  file(CREATE_LINK ${GYRE_HOST_HEADERS}/${header} ${headers}/${header} SYMBOLIC)
endforeach()

find_library(ZLIB_ARCHIVE libz.a REQUIRED)
add_executable(gyre-play ${play_session_sources} ${play_sources} ${play_shared_sources}
  clients/terminal/console_windows.cpp clients/terminal/standalone.cpp clients/terminal/tls_client_none.cpp
  ${GYRE_UTF8PROC}/utf8proc.c)
target_include_directories(gyre-play PRIVATE ${CMAKE_SOURCE_DIR})
target_include_directories(gyre-play SYSTEM PRIVATE ${headers} ${GYRE_UTF8PROC})
target_compile_definitions(gyre-play PRIVATE GYRE_VERSION="${PROJECT_VERSION}" UTF8PROC_STATIC FMT_HEADER_ONLY
  ASIO_STANDALONE ASIO_NO_DEPRECATED ASIO_DISABLE_CO_AWAIT _WIN32_WINNT=0x0A00 WIN32_LEAN_AND_MEAN NOMINMAX)
target_compile_options(gyre-play PRIVATE $<$<COMPILE_LANGUAGE:CXX>:-Wall -Wextra -Werror>)
target_link_options(gyre-play PRIVATE -static -s)
target_link_libraries(gyre-play PRIVATE ${ZLIB_ARCHIVE} ws2_32 mswsock)
