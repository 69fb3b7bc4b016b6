#include "net/telnet/environment_codec.hpp"

#include "engine/base/ascii.hpp"

namespace gyre::net {
namespace {

constexpr char is = 0;
constexpr char info = 2;
constexpr char variable = 0;
constexpr char value = 1;
constexpr char escape = 2;
constexpr char user_variable = 3;

bool begins_variable(char byte) { return byte == variable || byte == user_variable; }

}  // namespace

EnvironmentReader::EnvironmentReader(std::string_view message) {
    if (message.empty() || (message.front() != is && message.front() != info)) return;
    rest_ = message.substr(1);
}

bool EnvironmentReader::next(Variable& found) {
    while (!rest_.empty() && !begins_variable(rest_.front())) rest_.remove_prefix(1);
    if (rest_.empty() || ++count_ > max_variables) return false;
    rest_.remove_prefix(1);
    found.name = ascii::capital(text());
    found.value.clear();
    if (rest_.empty() || rest_.front() != value) return true;
    rest_.remove_prefix(1);
    found.value = text();
    return true;
}

/// Takes bytes up to the next mark.
std::string EnvironmentReader::text() {
    std::string kept;
    while (!rest_.empty() && !begins_variable(rest_.front()) && rest_.front() != value) {
        if (rest_.front() == escape) rest_.remove_prefix(1);
        if (rest_.empty()) break;
        if (kept.size() < max_text) kept += rest_.front();
        rest_.remove_prefix(1);
    }
    return kept;
}

// MNES knows variables of the first kind only. Mudlet has its own as user variables, as RFC 1572 wants it of
// what it does not list, and there is no harm in a name without a value.
std::string_view EnvironmentReader::request() {
    using namespace std::string_view_literals;
    return "\1\0CLIENT_NAME\0CLIENT_VERSION\0TERMINAL_TYPE\0CHARSET\0MTTS"
           "\3CLIENT_NAME\3CLIENT_VERSION\3TERMINAL_TYPE\3CHARSET\3MTTS\3OSC_HYPERLINKS"sv;
}

}  // namespace gyre::net
