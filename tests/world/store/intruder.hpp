#pragma once

#include <sqlite3.h>
#include <catch2/catch.hpp>

#include <chrono>
#include <string>
#include <thread>

namespace gyre::test {

/// A second program that has the database open.
class Intruder {
  public:
    explicit Intruder(const std::string& path) {
        REQUIRE(sqlite3_open(path.c_str(), &handle_) == SQLITE_OK);
        sqlite3_busy_timeout(handle_, 5000);  // The store may be tidying up.
    }
    Intruder(const Intruder&) = delete;
    Intruder& operator=(const Intruder&) = delete;
    ~Intruder() { sqlite3_close(handle_); }
    void run(const char* sql) { REQUIRE(sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) == SQLITE_OK); }

  private:
    sqlite3* handle_ = nullptr;
};

/// Waits for something that the store does by itself.
template <class Condition>
bool soon(Condition&& condition) {
    for (int tries = 0; tries < 1000; ++tries) {
        if (condition()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds{5});
    }
    return false;
}

}  // namespace gyre::test
