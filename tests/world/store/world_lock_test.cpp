#include "world/store/world_lock.hpp"

#include "tests/world/store/support.hpp"

#include <sys/wait.h>
#include <unistd.h>

using namespace gyre;
using namespace gyre::test;

TEST_CASE("world lock: a second one is told who has it", "[world][store]") {
    const TemporaryDirectory directory;
    {
        const auto lock = WorldLock::take(directory.path());
        REQUIRE(lock.ok());
        const auto second = WorldLock::take(directory.path());
        REQUIRE_FALSE(second.ok());
        CHECK(second.error().code == Errc::busy);
        CHECK_THAT(second.error().text, Catch::Contains(directory.path()) &&
                                            Catch::Contains("in use by process " + std::to_string(getpid())));
    }
    CHECK(WorldLock::take(directory.path()).ok());
}

TEST_CASE("world lock: a dead process holds nothing", "[world][store]") {
    const TemporaryDirectory directory;
    const pid_t child = fork();
    if (child == 0) {
        auto lock = WorldLock::take(directory.path());
        _exit(lock ? 0 : 1);
    }
    int status = 1;
    waitpid(child, &status, 0);
    CHECK(status == 0);
    CHECK(WorldLock::take(directory.path()).ok());
}

TEST_CASE("world lock: a directory that is not there is an error", "[world][store]") {
    const TemporaryDirectory directory;
    const auto lock = WorldLock::take(directory.file("nowhere"));
    REQUIRE_FALSE(lock.ok());
    CHECK(lock.error().code == Errc::io);
}
