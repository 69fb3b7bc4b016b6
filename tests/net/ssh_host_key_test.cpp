#include "net/ssh/ssh_host_key.hpp"

#include <catch2/catch.hpp>

#include <unistd.h>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

using namespace gyre;
namespace fs = std::filesystem;

namespace {

/// Both have the passphrase "secret".
constexpr const char* key_in_pem =
    "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
    "MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAghFkL5Q2nQ9QICCAAw\n"
    "DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEOhFjSgVL5P5dJHnAIjKSbUEQCkP\n"
    "4QA+W5m2lY1+xSZZ+c1BeqA4hwCJA9Q1q+N+80eRmHqvF7DeORCemptkl7bz9w4k\n"
    "Z+8Y7nEgJNbnH2A2zUE=\n"
    "-----END ENCRYPTED PRIVATE KEY-----\n";
constexpr const char* key_of_openssh =
    "-----BEGIN OPENSSH PRIVATE KEY-----\n"
    "b3BlbnNzaC1rZXktdjEAAAAACmFlczI1Ni1jdHIAAAAGYmNyeXB0AAAAGAAAABDCjfgnbb\n"
    "n4DOjyzaivjRMIAAAAAQAAAAEAAAAzAAAAC3NzaC1lZDI1NTE5AAAAIFIH+hKTmb4TPEiE\n"
    "lXeaGqnwgKXzwN32tFaJMHXYKU5KAAAAkMcgAGJ5SVZ5N1nv8LVjjtTPPdu6SD696Jzh7O\n"
    "hR74QQihBPzwyYk7emPgSE2Ak627WpkSTExjmz39J4TBgI9SoI1bHZhbb00Z9XoRiDN8wG\n"
    "1Ya2CIeB3BmiT+Q1l8lO02Ml1SCAmclEmaJSWi2uZW0MF7kUmn0E2kcJVWW1C06rWta3ja\n"
    "QzZw45HF7hjtoHiw==\n"
    "-----END OPENSSH PRIVATE KEY-----\n";

}  // namespace

TEST_CASE("ssh host key: one with a passphrase is refused, and nobody is asked for it", "[net][ssh]") {
    const char* const key = GENERATE(key_in_pem, key_of_openssh);
    std::string name = (fs::temp_directory_path() / "gyre-key-XXXXXX").string();
    close(mkstemp(name.data()));
    std::ofstream(name) << key;
    const auto loaded = net::SshHostKey::load_or_make(name);
    fs::remove(name);
    REQUIRE_FALSE(loaded.ok());
    CHECK(loaded.error().code == Errc::bad_input);
    CHECK_THAT(loaded.error().text, Catch::StartsWith(name + ": this key has a passphrase"));
}
