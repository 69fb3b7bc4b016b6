#include "engine/base/utf8.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace gyre;

TEST_CASE("utf8: spaces are found", "[base][utf8]") {
    CHECK(utf8::spaces("") == 0);
    for (std::size_t size = 1; size <= utf8::most_spaces; ++size) {
        for (std::size_t at = 0; at < size; ++at) {
            std::string text(size, '\xA0');  // A space but for its highest bit.
            text[at] = ' ';
            text[size - 1 - at] = ' ';
            CHECK(utf8::spaces(text) == (std::uint64_t{1} << at | std::uint64_t{1} << (size - 1 - at)));
        }
    }
}

TEST_CASE("utf8: ASCII is recognised at every length and place", "[base][utf8]") {
    for (std::size_t size = 0; size < 40; ++size) {
        std::string text(size, '~');
        CHECK(utf8::is_printable_ascii(text));
        CHECK(utf8::is_ascii(text));
        for (std::size_t at = 0; at < size; ++at) {
            for (const char bad : {'\x1f', '\0', '\x7f', '\x80', '\xff', '\n'}) {
                std::string broken = text;
                broken[at] = bad;
                CHECK(utf8::printable_ascii_prefix(broken) == at);
                CHECK(utf8::is_ascii(broken) == (static_cast<unsigned char>(bad) < 0x80));
            }
        }
    }
}

TEST_CASE("utf8: every code point goes there and back, surrogates do not", "[base][utf8]") {
    for (char32_t code = 0; code <= 0x10FFFF; ++code) {
        std::string text;
        utf8::append(text, code);
        const utf8::Decoded back = utf8::decode(text, 0);
        const bool surrogate = code >= 0xD800 && code < 0xE000;
        if (back.valid == surrogate || (!surrogate && (back.code != code || back.bytes != text.size())))
            FAIL(static_cast<std::uint32_t>(code));
    }
}

TEST_CASE("utf8: what is no UTF-8 is refused and repaired", "[base][utf8]") {
    for (const char* bad :
         {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x80\x80\x80",
          "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\xC3", "\xE2\x82", "\xF0\x9F\x98"}) {
        CHECK_FALSE(utf8::is_valid(bad));
        CHECK(utf8::is_valid(utf8::repair(bad)));
    }
    CHECK(utf8::is_valid("gr\xC3\xBC\xC3\x9F \xE2\x82\xAC \xF0\x9F\x98\x80"));
    CHECK(utf8::repair("a\xE2\x82z") == "a\xEF\xBF\xBDz");
    CHECK(utf8::repair("a\xF0\x9F\x98") == "a\xEF\xBF\xBD");
    CHECK(utf8::repair("\x80\x80") == "\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST_CASE("filter: removes what could fool or hurt a reader", "[base][utf8]") {
    using utf8::filter;
    CHECK(filter("plain words, \"quoted\" {braced}") == "plain words, \"quoted\" {braced}");
    CHECK(filter(std::string("a\0b\x1b[31m\x07\x7f", 9)) == "ab[31m");
    CHECK(filter("a\tb\nc\r\nd") == "a b c d");
    CHECK(filter("a\tb\nc\r\nd", utf8::Newlines::keep) == "a b\nc\nd");
    CHECK(filter("C1: \xC2\x85\xC2\x9B") == "C1: ");
    CHECK(filter("bidi \xE2\x80\xAE\xE2\x81\xA6\xE2\x80\x8Fx\xD8\x9C") == "bidi x");
    CHECK(filter("zero\xE2\x80\x8B\xE2\x80\x8D\xEF\xBB\xBF\xC2\xADwidth") == "zerowidth");
    CHECK(filter("lines\xE2\x80\xA8\xE2\x80\xA9") == "lines");
    CHECK(filter("non \xEF\xB7\x90\xEF\xBF\xBF\xF4\x8F\xBF\xBE") == "non ");
    CHECK(filter("tags \xF3\xA0\x81\xA1") == "tags ");
    CHECK(filter("filler\xE3\x85\xA4") == "filler");
    CHECK(filter("bad \xFF") == "bad \xEF\xBF\xBD");
    CHECK(filter("\xD0\x94\xD0\xBE\xD0\xBC \xE6\xBC\xA2 \xF0\x9F\x98\x80") ==
          "\xD0\x94\xD0\xBE\xD0\xBC \xE6\xBC\xA2 \xF0\x9F\x98\x80");
}

TEST_CASE("filter: two combining marks stay, towers fall", "[base][utf8]") {
    const std::string acute = "\xCC\x81";
    CHECK(utf8::filter("e" + acute + acute) == "e" + acute + acute);
    CHECK(utf8::filter("e" + acute + acute + acute + acute + "x" + acute) ==
          "e" + acute + acute + "x" + acute);
    CHECK(utf8::filter("e" + acute + "\xE2\x80\x8B" + acute + "\xE2\x80\x8B" + acute) == "e" + acute + acute);
}

TEST_CASE("filter: filtering twice changes nothing, and is_clean knows", "[base][utf8]") {
    std::mt19937 random(7);
    const std::string alphabet[] = {"a",
                                    " ",
                                    "\n",
                                    "\t",
                                    "\x1b",
                                    "\xCC\x81",
                                    "\xCC\xA7",
                                    "\xE2\x80\x8B",
                                    "\xC2\x85",
                                    "\xFF",
                                    "\xE2",
                                    "\xD0\x94",
                                    "\xF0\x9F\x98\x80",
                                    "\xE2\x80\xAE",
                                    "\xEF\xAC\xAC",
                                    "\x80"};
    for (int round = 0; round < 5'000; ++round) {
        std::string text;
        for (auto left = random() % 12; left > 0; --left) text += alphabet[random() % std::size(alphabet)];
        for (const auto newlines : {utf8::Newlines::keep, utf8::Newlines::to_spaces}) {
            const std::string once = utf8::filter(text, newlines);
            CHECK(utf8::filter(once, newlines) == once);
            CHECK(utf8::is_clean(once, newlines));
            CHECK(utf8::is_clean(text, newlines) == (once == text));
            CHECK(utf8::is_valid(once));
        }
        CHECK(utf8::title(utf8::title(text)) == utf8::title(text));
    }
}

TEST_CASE("titles: NFC, filtered, trimmed", "[base][utf8]") {
    CHECK(utf8::nfc("e\xCC\x81") == "\xC3\xA9");
    CHECK(utf8::nfc("plain") == "plain");
    CHECK(utf8::nfc("\xFF") == "\xEF\xBF\xBD");
    CHECK(utf8::title("  The e\xCC\x81\xE2\x80\x8Blan \n") == "The \xC3\xA9lan");
    CHECK(utf8::title("e\xE2\x80\x8B\xCC\x81") == "\xC3\xA9");
    CHECK(utf8::title("   ").empty());
    CHECK(utf8::title("").empty());
}

TEST_CASE("utf8: folding touches ASCII only", "[base][utf8]") {
    CHECK(utf8::fold_ascii("AliCE \xC3\x89") == "alice \xC3\x89");
    CHECK(utf8::equal_folded("Alice", "aLICE"));
    CHECK_FALSE(utf8::equal_folded("Alice", "Alic"));
}

TEST_CASE("utf8: columns on a terminal", "[base][utf8]") {
    CHECK(utf8::width("") == 0);
    CHECK(utf8::width("brass lamp") == 10);
    CHECK(utf8::width("\xD0\x94\xD0\xBE\xD0\xBC") == 3);
    CHECK(utf8::width("\xE6\xBC\xA2\xE5\xAD\x97") == 4);
    CHECK(utf8::width("e\xCC\x81") == 1);
    CHECK(utf8::width("plain e\xCC\x81 x") == 9);
    CHECK(utf8::width("\xF0\x9F\x98\x80!") == 3);
    CHECK(utf8::width("\xF0\x9F\x87\xA9\xF0\x9F\x87\xAA") == 2);  // a flag: two regional indicators
    CHECK(utf8::width("\xD0\xB5\xCC\x81") == 1);
}

TEST_CASE("utf8: graphemes are walked whole", "[base][utf8]") {
    const std::string text = "ae\xCC\x81\xD0\x94\xE6\xBC\xA2";
    std::vector<std::size_t> sizes;
    for (std::size_t at = 0; at < text.size();) {
        const utf8::Grapheme next = utf8::grapheme(text, at);
        sizes.push_back(next.bytes);
        at += next.bytes;
    }
    CHECK(sizes == std::vector<std::size_t>{1, 3, 2, 3});
}

TEST_CASE("utf8: upper case and base letters", "[base][utf8]") {
    CHECK(utf8::to_upper(U'a') == U'A');
    CHECK(utf8::to_upper(U'?') == U'?');
    CHECK(utf8::to_upper(0xE9) == 0xC9);
    CHECK(utf8::base_letter(0xE9) == U'e');
    CHECK(utf8::base_letter(0x1EC7) == U'e');
    CHECK(utf8::base_letter(0x434) == 0x434);
}
