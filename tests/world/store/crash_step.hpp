#pragma once

#include <dlfcn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <catch2/catch.hpp>

#include <cstdio>

// A process that ends just before the nth time that it changes which names there are in a directory. This
// program's functions of these names stand before those of the C library, for our code and for SQLite's.
// Included by one file of a program.

namespace gyre::test {

constexpr int crashed_code = 99;
/// Changes left until the crash; 0: none comes.
inline int steps_to_crash = 0;

inline void count_step() {
    if (steps_to_crash > 0 && --steps_to_crash == 0) _exit(crashed_code);
}

/// Runs `work` in a child process that dies before its nth step; false if it had fewer, and then it gave 0.
template <class Work>
bool crashes_at_step(int step, Work&& work) {
    const pid_t child = fork();
    if (child == 0) {
        steps_to_crash = step;
        _exit(work());
    }
    int status = 0;
    waitpid(child, &status, 0);
    REQUIRE(WIFEXITED(status));
    REQUIRE((WEXITSTATUS(status) == crashed_code || WEXITSTATUS(status) == 0));
    return WEXITSTATUS(status) == crashed_code;
}

template <class Function>
Function* next_function(const char* name) {
    return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

}  // namespace gyre::test

extern "C" {

int rename(const char* from, const char* to) noexcept {
    static auto* const real = gyre::test::next_function<int(const char*, const char*)>("rename");
    gyre::test::count_step();
    return real(from, to);
}

int link(const char* from, const char* to) noexcept {
    static auto* const real = gyre::test::next_function<int(const char*, const char*)>("link");
    gyre::test::count_step();
    return real(from, to);
}

int unlink(const char* name) noexcept {
    static auto* const real = gyre::test::next_function<int(const char*)>("unlink");
    gyre::test::count_step();
    return real(name);
}

}  // extern "C"
