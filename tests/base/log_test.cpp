#include "engine/base/log.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <string>

using namespace gyre;
using namespace std::chrono_literals;

namespace {

const auto noon = std::chrono::system_clock::time_point{1'777'636'931'043ms};

std::string with_value(std::string_view value) {
    const std::string line = log::format(noon, log::Level::info, "test", "m", {{"key", value}});
    const std::string before = "2026-05-01T12:02:11.043Z info test m key=";
    REQUIRE(line.substr(0, before.size()) == before);
    REQUIRE(line.back() == '\n');
    return line.substr(before.size(), line.size() - before.size() - 1);
}

}  // namespace

TEST_CASE("log: a line is time, level, area, message and fields", "[base][log]") {
    CHECK(log::format(noon, log::Level::warn, "store", "the disk is slow",
                      {{"waited_ms", 1204}, {"least", INT64_MIN}, {"open", true}, {"file", "world.db"}}) ==
          "2026-05-01T12:02:11.043Z warn store the disk is slow waited_ms=1204 least=-9223372036854775808 "
          "open=true file=world.db\n");
}

TEST_CASE("log: a value that could be taken for something else is quoted", "[base][log]") {
    CHECK(with_value("alice@phone") == "alice@phone");
    CHECK(with_value("") == "\"\"");
    CHECK(with_value("two words") == "\"two words\"");
    CHECK(with_value("a=b") == "\"a=b\"");
    CHECK(with_value(R"(say "hi" \o/)") == R"("say \"hi\" \\o/")");
    CHECK(with_value("\xd0\x9b\xd0\xb0\xd0\xbc\xd0\xbf\xd0\xb0") ==
          "\"\xd0\x9b\xd0\xb0\xd0\xbc\xd0\xbf\xd0\xb0\"");
}

TEST_CASE("log: nothing in a value reaches the terminal as a control", "[base][log]") {
    CHECK(with_value("a\nb") == R"("a\x0ab")");
    CHECK(with_value("\x1b[31m") == R"("\x1b[31m")");
    CHECK(with_value("\x7f") == R"("\x7f")");
    CHECK(with_value("\xc2\x9b") == R"("\xc2\x9b")");          // C1, CSI
    CHECK(with_value("\xe2\x80\xae") == R"("\xe2\x80\xae")");  // right-to-left override
    CHECK(with_value("\xe2\x80\xa8") == R"("\xe2\x80\xa8")");  // line separator
    CHECK(with_value("\xff\xd0") == R"("\xff\xd0")");          // not UTF-8
    CHECK(with_value("\xc0\x8a") == R"("\xc0\x8a")");          // overlong newline
    CHECK(with_value("\xed\xa0\x80") == R"("\xed\xa0\x80")");  // surrogate
    CHECK(log::format(noon, log::Level::info, "a", "x\ny", {}).find("x\\x0ay\n") != std::string::npos);
}

TEST_CASE("log: a long value is cut between characters and says so", "[base][log]") {
    CHECK(with_value(std::string(log::max_value, 'x')).size() == log::max_value);
    CHECK(with_value(std::string(log::max_value + 1, 'x')) ==
          '"' + std::string(log::max_value, 'x') + "...\"");
    std::string letters = "x";
    while (letters.size() <= log::max_value) letters += "\xd0\x9b";
    const std::string cut = with_value(letters);
    CHECK(cut.size() == log::max_value - 1 + 5);
    CHECK(cut.find("\\x") == std::string::npos);
}

TEST_CASE("log: levels have names", "[base][log]") {
    for (const auto level : {log::Level::debug, log::Level::info, log::Level::warn, log::Level::error})
        CHECK(log::level_named(log::name(level)) == level);
    CHECK_FALSE(log::level_named("loud"));
}

TEST_CASE("log: thinning passes one line an interval and counts the rest", "[base][log]") {
    log::Thinning thinning(1s);
    const auto start = std::chrono::steady_clock::time_point{} + 1h;
    CHECK(thinning.pass(start) == 0);
    CHECK_FALSE(thinning.pass(start + 1ms));
    CHECK_FALSE(thinning.pass(start + 999ms));
    CHECK(thinning.pass(start + 1s) == 2);
    CHECK(thinning.pass(start + 5s) == 0);
}
