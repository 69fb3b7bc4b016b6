#include "net/telnet/options_codec.hpp"
#include "tests/support/telnet_peer.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace gyre;
using namespace gyre::test;
using namespace std::string_literals;
using net::TelnetFacts;
using net::TelnetOption;

namespace {

/// One end of a telnet connection without its text.
struct End {
    net::TelnetCodec codec;
    net::TelnetOptions options;
    std::uint32_t second = 100;
    bool changed = false;

    std::string start() {
        std::string out;
        options.start(second, out);
        return out;
    }
    /// Its answer to `bytes`.
    std::string hears(std::string_view bytes) {
        std::string out;
        net::TelnetEvent event;
        while (codec.next(bytes, event)) {
            if (event.kind != net::TelnetEvent::Kind::line) changed |= options.received(event, second, out);
        }
        return out;
    }
    std::string enable(TelnetOption option) {
        std::string out;
        options.enable(option, second, out);
        return out;
    }
    std::string disable(TelnetOption option) {
        std::string out;
        options.disable(option, out);
        return out;
    }
    std::string retry() {
        std::string out;
        options.retry(second, out);
        return out;
    }
};

const std::string ask_type = sb(24, "\1");
std::string type(std::string_view name) { return sb(24, "\0"s + std::string{name}); }

}  // namespace

TEST_CASE("telnet options: the start offers what is wanted of everybody", "[net][telnet][options]") {
    End end;
    CHECK(end.start() == do_(24) + will(25) + do_(31) + do_(39) + will(42) + will(70) + will(201));
    CHECK_FALSE(end.options.peer_negotiates());
}

TEST_CASE("telnet options: an agreed offer is not answered", "[net][telnet][options]") {
    End end;
    end.start();
    CHECK(end.hears(do_(25) + will(31)).empty());
    CHECK(end.options.we_do(TelnetOption::eor));
    CHECK(end.options.peer_does(TelnetOption::naws));
    CHECK(end.hears(do_(25) + will(31) + do_(25)).empty());
}

TEST_CASE("telnet options: a refused offer is not answered", "[net][telnet][options]") {
    End end;
    end.start();
    CHECK(end.hears(dont(25) + wont(31) + wont(24) + dont(42)).empty());
    CHECK_FALSE(end.options.we_do(TelnetOption::eor));
}

TEST_CASE("telnet options: requests get one answer each way", "[net][telnet][options]") {
    End end;
    CHECK(end.hears(do_(3)) == will(3));
    CHECK(end.hears(do_(3)).empty());
    CHECK(end.hears(dont(3)) == wont(3));
    CHECK(end.hears(dont(3)).empty());
    CHECK(end.hears(will(3)) == do_(3));
    CHECK(end.hears(wont(3)) == dont(3));
}

TEST_CASE("telnet options: what is unknown or not ours to do is refused", "[net][telnet][options]") {
    End end;
    CHECK(end.hears(do_(99)) == wont(99));
    CHECK(end.hears(will(99)) == dont(99));
    CHECK(end.hears(dont(99) + wont(99)).empty());
    CHECK(end.hears(will(1)) == dont(1));
    CHECK(end.hears(do_(24)) == wont(24));
}

TEST_CASE("telnet options: a disable counts at once, without an answer", "[net][telnet][options]") {
    End end;
    CHECK(end.enable(TelnetOption::echo) == will(1));
    CHECK(end.hears(do_(1)).empty());
    CHECK(end.options.we_do(TelnetOption::echo));
    CHECK(end.disable(TelnetOption::echo) == wont(1));
    CHECK_FALSE(end.options.we_do(TelnetOption::echo));
    SECTION("TinTin++ never answers, and the second password is hidden as well") {
        CHECK(end.enable(TelnetOption::echo) == will(1));
        CHECK(end.hears(do_(1)).empty());
        CHECK(end.options.we_do(TelnetOption::echo));
    }
    SECTION("a late answer does not show the second password") {
        CHECK(end.enable(TelnetOption::echo) == will(1));
        CHECK(end.hears(dont(1)).empty());
        CHECK(end.hears(do_(1)).empty());
        CHECK(end.options.we_do(TelnetOption::echo));
    }
}

TEST_CASE("telnet options: answers that cross three changes leave echo on", "[net][telnet][options]") {
    End end;
    end.enable(TelnetOption::echo);
    end.disable(TelnetOption::echo);
    end.enable(TelnetOption::echo);
    end.disable(TelnetOption::echo);
    end.enable(TelnetOption::echo);
    CHECK(end.hears(do_(1) + dont(1) + do_(1) + dont(1) + do_(1)).empty());
    CHECK(end.options.we_do(TelnetOption::echo));
}

TEST_CASE("telnet options: a peer may want its typing echoed, and not go ahead", "[net][telnet][options]") {
    End end;
    end.start();
    CHECK(end.hears(do_(1)) == will(1) + will(3));
    CHECK(end.options.echoes_on_request());
    CHECK(end.hears(do_(3)).empty());
    CHECK(end.options.we_do(TelnetOption::sga));
    CHECK(end.hears(dont(1)) == wont(1));
    CHECK_FALSE(end.options.echoes_on_request());
    CHECK(end.hears(do_(1)) == will(1));
    CHECK(end.options.echoes_on_request());
}

TEST_CASE("telnet options: the answer to our offer is no request, however late it comes",
          "[net][telnet][options]") {
    End end;
    end.enable(TelnetOption::echo);
    SECTION("in time") { end.hears(do_(1)); }
    SECTION("when the password has been typed already") {
        end.disable(TelnetOption::echo);
        CHECK(end.hears(do_(1)).empty());
        CHECK_FALSE(end.options.we_do(TelnetOption::echo));
        CHECK(end.hears(dont(1)).empty());
        CHECK(end.enable(TelnetOption::echo) == will(1));
        CHECK(end.hears(do_(1)).empty());
        CHECK(end.options.we_do(TelnetOption::echo));
    }
    SECTION("refused, and asked for later") {
        end.disable(TelnetOption::echo);
        CHECK(end.hears(dont(1)).empty());
        CHECK(end.hears(do_(1)) == will(1) + will(3));
        CHECK(end.options.echoes_on_request());
        return;
    }
    CHECK_FALSE(end.options.echoes_on_request());
}

TEST_CASE("telnet options: compression is offered and taken only where it is allowed",
          "[net][telnet][options]") {
    End end;
    SECTION("allowed") {
        end.options.allow_compression();
        CHECK(end.start().ends_with(will(86) + will(87) + will(201)));
        CHECK(end.hears(do_(86) + do_(87)).empty());
        CHECK(end.options.we_do(TelnetOption::compress2));
        CHECK(end.options.we_do(TelnetOption::compress3));
        CHECK(end.hears(dont(86)) == wont(86));
        CHECK(end.hears(do_(86)) == will(86));
    }
    SECTION("not allowed") {
        end.start();
        CHECK(end.hears(do_(86) + do_(87)) == wont(86) + wont(87));
        CHECK_FALSE(end.options.we_do(TelnetOption::compress2));
    }
    CHECK(end.hears(will(86) + will(87)) == dont(86) + dont(87));
}

TEST_CASE("telnet options: enabling twice asks once", "[net][telnet][options]") {
    End end;
    CHECK(end.enable(TelnetOption::echo) == will(1));
    CHECK(end.enable(TelnetOption::echo).empty());
    CHECK(end.disable(TelnetOption::echo) == wont(1));
    CHECK(end.disable(TelnetOption::echo).empty());
}

TEST_CASE("telnet options: an unanswered offer is made once more, to peers that negotiate",
          "[net][telnet][options]") {
    End end;
    end.start();
    end.second += 100;
    CHECK(end.retry().empty());
    end.hears(will(31));
    CHECK(end.retry() == do_(24) + will(25) + do_(39) + will(42) + will(70) + will(201));
    end.second += 100;
    CHECK(end.retry().empty());
}

TEST_CASE("telnet options: an offer is not repeated before its time", "[net][telnet][options]") {
    End end;
    end.start();
    end.hears(will(31));
    end.second += net::TelnetOptions::retry_seconds;
    CHECK(end.retry().empty());
}

TEST_CASE("telnet options: the terminal is asked until it repeats itself", "[net][telnet][options]") {
    End end;
    end.start();
    CHECK(end.hears(will(24)) == ask_type);
    CHECK(end.hears(type("Mudlet 4.17")) == ask_type);
    CHECK(end.hears(type("XTERM-TRUECOLOR")) == ask_type);
    CHECK(end.hears(type("MTTS 2381")) == ask_type);
    CHECK(end.hears(type("MTTS 2381")).empty());
    CHECK(end.options.facts().client == "MUDLET 4.17");
    CHECK(end.options.facts().abilities == 2381);
    CHECK(end.options.facts().terminal_known);
    CHECK(end.hears(type("ANOTHER")).empty());
    CHECK(end.options.facts().abilities == 2381);
}

TEST_CASE("telnet options: a terminal that never repeats itself is asked four times",
          "[net][telnet][options]") {
    End end;
    end.start();
    CHECK(end.hears(will(24)) == ask_type);
    for (const char* name : {"A", "B", "C"}) CHECK(end.hears(type(name)) == ask_type);
    CHECK(end.hears(type("D")).empty());
    CHECK(end.hears(wont(24) + will(24)) == dont(24) + do_(24));
}

TEST_CASE("telnet options: a plain terminal's name tells its colours", "[net][telnet][options]") {
    End end;
    end.start();
    end.hears(will(24));
    end.hears(type("xterm-256color"));
    CHECK(end.options.facts().abilities == (net::mtts::ansi | net::mtts::colours_256));
    End dumb;
    dumb.start();
    dumb.hears(will(24));
    dumb.hears(type("DUMB"));
    CHECK_FALSE(dumb.options.facts().terminal_known);
}

TEST_CASE("telnet options: a client's name is cut and printable", "[net][telnet][options]") {
    End end;
    end.start();
    end.hears(will(24));
    end.hears(type("\x1b[31mvery long client name"));
    CHECK(end.options.facts().client == "[31MVERY LONG C");
}

TEST_CASE("telnet options: window sizes are clamped, a doubled 255 is one", "[net][telnet][options]") {
    End end;
    end.start();
    CHECK(end.hears(will(31) + sb(31, "\0\xff\0\x18"s)).empty());
    CHECK(end.changed);
    CHECK(end.options.facts().width == 255);
    CHECK(end.options.facts().height == 24);
    end.hears(sb(31, "\xff\xff\0\1"s));
    CHECK(end.options.facts().width == net::TelnetOptions::max_window);
    CHECK(end.options.facts().height == net::TelnetOptions::min_window);
    end.hears(sb(31, "\0\0\0\0"s));
    CHECK(end.options.facts().width == 0);
    end.hears(sb(31, "\0\x50"s) + sb(31, "\0\x50\0\x18\0"s) + sb(31, ""));
    CHECK(end.options.facts().width == 0);
}

TEST_CASE("telnet options: parameters of what was not agreed are ignored", "[net][telnet][options]") {
    End end;
    CHECK(end.hears(sb(31, "\0\x50\0\x18"s) + type("XTERM") + sb(42, "\1;UTF-8") + sb(99, "x")).empty());
    CHECK(end.options.facts().width == 0);
    CHECK_FALSE(end.changed);
}

TEST_CASE("telnet options: the charset is asked for when the peer agrees", "[net][telnet][options]") {
    End end;
    end.start();
    CHECK(end.hears(do_(42)) == sb(42, "\1;UTF-8"));
    SECTION("accepted") {
        CHECK(end.hears(sb(42, "\2UTF-8")).empty());
        CHECK(end.options.facts().charset == TelnetFacts::Charset::utf8);
    }
    SECTION("rejected") {
        CHECK(end.hears(sb(42, "\3")).empty());
        CHECK(end.options.facts().charset == TelnetFacts::Charset::ascii);
    }
    SECTION("the peer asks as well") {
        CHECK(end.hears(sb(42, "\1 ISO-8859-1 utf-8")) == sb(42, "\2utf-8"));
        CHECK(end.options.facts().charset == TelnetFacts::Charset::utf8);
    }
    SECTION("the peer asks for Latin-1, with a table") {
        CHECK(end.hears(sb(42, "\1[TTABLE]\1;ISO-8859-1")) == sb(42, "\2ISO-8859-1"));
        CHECK(end.options.facts().charset == TelnetFacts::Charset::latin1);
    }
    SECTION("the peer asks for what we do not have") {
        CHECK(end.hears(sb(42, "\1;KOI8-R;BIG5")) == sb(42, "\3"));
        CHECK(end.options.facts().charset == TelnetFacts::Charset::unknown);
    }
    SECTION("nonsense") {
        CHECK(end.hears(sb(42, "\1")) == sb(42, "\3"));
        CHECK(end.hears(sb(42, "\1[TTABLE]")) == sb(42, "\3"));
        CHECK(end.hears(sb(42, "\4\1")) == sb(42, "\5"));
        CHECK(end.hears(sb(42, "\7")).empty());
    }
}

TEST_CASE("telnet options: the charset is asked for once only", "[net][telnet][options]") {
    End end;
    end.start();
    end.hears(do_(42));
    CHECK(end.hears(dont(42) + do_(42)) == wont(42) + will(42));
}

TEST_CASE("telnet options: a peer may offer the charset itself", "[net][telnet][options]") {
    End end;
    end.start();
    CHECK(end.hears(will(42)) == do_(42));
    CHECK(end.hears(sb(42, "\1;UTF-8")) == sb(42, "\2UTF-8"));
}

TEST_CASE("telnet options: a storm gets a bounded number of answers a second", "[net][telnet][options]") {
    constexpr std::size_t answer_size = 3;
    constexpr std::size_t most = net::TelnetOptions::max_answers_per_second;
    End end;
    std::string storm;
    for (int i = 0; i < 10'000; ++i) storm += do_(i % 256) + dont(i % 256) + will(i % 256) + wont(i % 256);
    CHECK(end.hears(storm).size() <= (most + 1) * answer_size);  // DO ECHO brings two.
    CHECK(end.hears(do_(99)).empty());
    end.second += 1;
    CHECK(end.hears(do_(99)) == wont(99));
}

TEST_CASE("telnet options: a disable is obeyed in a storm, only without an answer",
          "[net][telnet][options]") {
    End end;
    end.hears(do_(3));
    std::string storm;
    for (int i = 0; i < 1000; ++i) storm += do_(99);
    end.hears(storm);
    CHECK(end.hears(dont(3)).empty());
    CHECK_FALSE(end.options.we_do(TelnetOption::sga));
}

TEST_CASE("telnet options: two of them talking to each other fall silent", "[net][telnet][options]") {
    End left;
    End right;
    std::string to_right = left.start() + left.enable(TelnetOption::echo);
    std::string to_left = right.start();
    int rounds = 0;
    while (!to_right.empty() || !to_left.empty()) {
        REQUIRE(++rounds < 10);
        const std::string from_right = right.hears(to_right);
        to_right = left.hears(to_left);
        to_left = from_right;
    }
    CHECK(left.options.we_do(TelnetOption::eor));
    CHECK(right.options.peer_does(TelnetOption::eor));
}

TEST_CASE("telnet options: a peer that switches for ever is no longer listened to",
          "[net][telnet][options]") {
    End end;
    for (unsigned i = 0; i < net::TelnetOptions::max_requests; ++i)
        CHECK(end.hears(do_(3) + dont(3)) == will(3) + wont(3));
    CHECK(end.hears(do_(3) + dont(3)).empty());
    CHECK_FALSE(end.options.we_do(TelnetOption::sga));
}

TEST_CASE("telnet options: answers that cross do not go on for ever", "[net][telnet][options]") {
    End left;
    End right;
    std::string to_right = left.hears(do_(3) + dont(3) + will(3) + wont(3));
    int rounds = 0;
    while (!to_right.empty()) {
        REQUIRE(++rounds < 40);
        to_right = left.hears(right.hears(to_right));
    }
}
