#include "engine/app/cli.hpp"
#include "engine/app/commands.hpp"

#include <cstdio>
#include <exception>
#include <string>
#include <variant>
#include <vector>

namespace {

using gyre::app::Exit;

int end_with(Exit code) { return static_cast<int>(code); }

int complain(const std::string& text, Exit code) {
    static_cast<void>(std::fprintf(stderr, "gyre: %s\n", text.c_str()));
    return end_with(code);
}

int perform(const std::vector<std::string>& arguments) {
    const gyre::app::Parsed parsed = gyre::app::parse_command_line(arguments);
    if (!parsed.command) {
        static_cast<void>(std::fputs(parsed.text.c_str(), parsed.exit == Exit::success ? stdout : stderr));
        return end_with(parsed.exit);
    }
    return end_with(
        std::visit([](const auto& options) { return gyre::app::perform(options); }, *parsed.command));
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return perform(argc > 0 ? std::vector<std::string>(argv + 1, argv + argc)
                                : std::vector<std::string>());
    } catch (const gyre::app::Failure& failure) {
        return complain(failure.what(), failure.code());
    } catch (const std::exception& error) { return complain(error.what(), Exit::storage_failed); }
}
