#pragma once

#include "engine/app/world_directory.hpp"
#include "engine/base/result.hpp"
#include "engine/reactor/tls_context.hpp"
#include "world/library.hpp"
#include "world/world.hpp"

#include <string>
#include <vector>

/// What a world needs beside its database, for the server that takes it and for who looks whether it is
/// there.
namespace gyre::app {

/// The library's classes, which come with the program.
[[nodiscard]] std::vector<world::Library::BuiltIn> core_classes();
/// The configured certificate, or the one made by a server.
[[nodiscard]] reactor::CertificateFiles certificate_files(const WorldDirectory& directory,
                                                          const Config& config);
/// What is wrong with the certificate, key and host key that there are; empty: nothing. Makes none.
[[nodiscard]] std::vector<std::string> key_faults(const WorldDirectory& directory, const Config& config);
/// Empty: there is none. - Errc::io: the file cannot be read.
[[nodiscard]] Result<std::string> read_banner(const WorldDirectory& directory, const Config& config);
/// What is wrong with the room in which newcomers begin; empty: it is there.
[[nodiscard]] std::string start_room_fault(const world::World& world, const Config& config);

}  // namespace gyre::app
