#include "world/text/english.hpp"

#include <catch2/catch.hpp>

using namespace gyre::world::text;

namespace {
std::string number(std::int64_t value) {
    std::string out;
    english::append_number(out, value);
    return out;
}
}  // namespace

TEST_CASE("english: the base form of verbs", "[world][text]") {
    const std::pair<const char*, const char*> verbs[] = {
        {"goes", "go"},           {"carries", "carry"},   {"dies", "die"},         {"pushes", "push"},
        {"watches", "watch"},     {"fixes", "fix"},       {"kisses", "kiss"},      {"closes", "close"},
        {"gazes", "gaze"},        {"buzzes", "buzz"},     {"is", "are"},           {"has", "have"},
        {"does", "do"},           {"isn't", "aren't"},    {"plays", "play"},       {"unties", "untie"},
        {"focuses", "focus"},     {"aches", "ache"},      {"sees", "see"},         {"frees", "free"},
        {"can", "can"},           {"can't", "can't"},     {"wades", "wade"},       {"vanishes", "vanish"},
        {"says", "say"},          {"tiptoes", "tiptoe"},  {"was", "were"},         {"wasn't", "weren't"},
        {"hasn't", "haven't"},    {"doesn't", "don't"},   {"picks up", "pick up"}, {"is not", "are not"},
        {"undergoes", "undergo"}, {"mustn't", "mustn't"}, {"quizzes", "quiz"},     {"lights", "light"},
    };
    for (const auto& [third, base] : verbs) CHECK(english::base_form(third) == std::string(base));
    for (const char* none : {"lit", "went", "kiss", "s", ""})
        CHECK_FALSE(english::base_form(none).has_value());
}

TEST_CASE("english: plurals", "[world][text]") {
    const std::pair<const char*, const char*> nouns[] = {
        {"key", "keys"},
        {"fairy", "fairies"},
        {"box", "boxes"},
        {"torch", "torches"},
        {"knife", "knives"},
        {"goose", "geese"},
        {"old man", "old men"},
        {"fisherman", "fishermen"},
        {"sheep", "sheep"},
        {"bottle of wine", "bottles of wine"},
        {"gold coin", "gold coins"},
        {"leaf", "leaves"},
        {"day", "days"},
        {"shaman", "shamans"},
    };
    for (const auto& [one, many] : nouns) CHECK(english::plural(one) == many);
}

TEST_CASE("english: articles go by sound", "[world][text]") {
    for (const char* an : {"apple", "hourglass", "honest man", "heir", "old lamp", "umbrella", "ugly hat",
                           "Orc", "unimportant note", "x-ray",
                           "\xC3\xA9"
                           "clair",
                           "8 o'clock bell"})
        CHECK(english::article(an) == "an");
    for (const char* a : {"lamp", "unicorn", "used book", "European", "one-eyed cat", "ewe", "ukulele",
                          "honey pot", "utensil", "", "house", "\xD0\xB4\xD0\xBE\xD0\xBC"})
        CHECK(english::article(a) == "a");
}

TEST_CASE("english: numbers are words up to twelve", "[world][text]") {
    CHECK(number(0) == "no");
    CHECK(number(1) == "one");
    CHECK(number(12) == "twelve");
    CHECK(number(13) == "13");
    CHECK(number(-1) == "-1");
}
