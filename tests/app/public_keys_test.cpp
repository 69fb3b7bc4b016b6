#include "world/public_keys.hpp"
#include "engine/app/openssl_secrets.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace gyre;
using world::PublicKey;

namespace {

const app::OpensslSecrets secrets(app::cheap_cost);

// Keys made for this test by ssh-keygen; the fingerprints are those that ssh-keygen -l shows.
const std::string ed25519 =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILGzTX4FAnimWuypNNrDFh5i4WGAXfhn+dGFemvlMzSF";
const std::string ecdsa =
    "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBDN/KnyMp/hldel53y"
    "g5y7JlribSYhjM61wiG+tqVRi1E95JobWSB5rWeeybOteq8PXxUYReNeYHmLZerm+DnQ4=";
const std::string rsa_1024 =
    "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDJsmx1OMU5F/1expk04icZT0rMgSaC+eZ0UOwAExCoEgr0MXuLW+"
    "vgKNgU+DkLe7yq0RiU4Ym3czEoBs2pHdbLKe4ldUpXfURA6+0a0vAaXAsoKfp1cZTXiuFglfetQ2k3Dq1ffvD1wU2E"
    "tZ2ltHa0R6AmJGhO2xOkzS12K0LAew==";
const std::string rsa_2048 =
    "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCsTC5n0KN3mgYfY/SLBW/Bhpl+jgVkvO79ipYoYTomEjUrn7i/Ki"
    "QyvCHau7nn2CLQ8WPKReOr+iLttSQ2D6lLXpPrkDDlAniBmL6/vKToZJV/lcWRUmN/lqJgJAjm94dq6L5MoKrQy6MT"
    "4DTgNgZPMFX8ghOvH4mwDJyK+z7QThyKMQFJ5aHzA9I2jEHlmGGboBUMZOt6FdBg348szy5BSzzOGwdrwh9sJOYfg1"
    "jKRmGmzxNBobgUtdS2DW4E8huD7Z+qU6BmiCtMzplO36pGpvMLzONsO0+R1YzMFPq2cUrZwZmEVqXyYwZbcyMvNjNc"
    "YqfJD/6ylnjR3NXVwGkH";

std::string wrong(const std::string& line) {
    const auto key = world::read_public_key(line, secrets);
    return key ? "a key" : key.error().text;
}

}  // namespace

TEST_CASE("public keys: a line of OpenSSH is read", "[world][keys]") {
    const auto key = world::read_public_key(ed25519 + "  Alice  at home ", secrets);
    REQUIRE(key);
    CHECK(key.value().type == "ssh-ed25519");
    CHECK(key.value().comment == "Alice  at home");
    CHECK(key.value().fingerprint == "SHA256:Txek+l/aSfuYguCVROo2r8e+wVBjHcDI2ZFtcX+Lch4");
    CHECK(key.value().line() == ed25519 + " Alice  at home");
    CHECK(world::read_public_key(ecdsa, secrets).value().fingerprint ==
          "SHA256:v4OS5qsSD5ZgV6x83FLyYn/9/mqKcf4URYxDbejTdbU");
    CHECK(world::read_public_key(rsa_2048, secrets).value().fingerprint ==
          "SHA256:ODYkkFSvpxzwBkJgobHTCGmfOK3hTIKLGS1OPvzW8rI");
    CHECK(world::read_public_key(rsa_2048, secrets).value().line() == rsa_2048);
}

TEST_CASE("public keys: what is none is refused with a reason", "[world][keys]") {
    CHECK(wrong("").find("begins with a type") != std::string::npos);
    CHECK(wrong("garbage").find("begins with a type") != std::string::npos);
    CHECK(wrong("ssh-dss AAAAB3NzaC1kc3MAAACB").find("begins with a type") != std::string::npos);
    CHECK(wrong("-----BEGIN OPENSSH PRIVATE KEY-----").find("private key") != std::string::npos);
    CHECK(wrong("ssh-ed25519").find("damaged") != std::string::npos);
    CHECK(wrong("ssh-ed25519 !!!!").find("damaged") != std::string::npos);
    CHECK(wrong("ssh-ed25519 " + ecdsa.substr(ecdsa.find(' ') + 1)).find("damaged") != std::string::npos);
    CHECK(wrong("ssh-ed25519 AAAA").find("damaged") != std::string::npos);
    CHECK(wrong("ssh-ed25519 /////w==").find("damaged") != std::string::npos);  // A size beyond the key.
    CHECK(wrong(rsa_1024).find("too short") != std::string::npos);
    CHECK(wrong(std::string(PublicKey::max_line + 1, 'x')).find("too long") != std::string::npos);
}

TEST_CASE("public keys: a comment is cut and cleaned", "[world][keys]") {
    const auto key =
        world::read_public_key(ed25519 + " \x1b[31m" + std::string(95, 'x') + "\xc3\xa9\xc3\xa9", secrets);
    REQUIRE(key);
    CHECK(key.value().comment.size() <= PublicKey::max_comment + 3);
    CHECK(key.value().comment.find('\x1b') == std::string::npos);
}
