// gyre-bench [NAME]... [--json FILE] [--seconds N] [--rounds N]: measures the server against a bare one.

#include "clients/bench/bare.hpp"
#include "clients/bench/rows.hpp"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <exception>
#include <fstream>
#include <sstream>

namespace {

using gyre::bench::BareAnswers;
using gyre::bench::Measurement;
using gyre::bench::measurements;
using gyre::bench::Row;
using gyre::bench::serve_bare;
using gyre::bench::Setting;
namespace fs = std::filesystem;

struct Arguments {
    std::vector<std::string> names;
    std::string json;
    Setting setting;
    bool help = false;
};

std::string read(const fs::path& path) {
    std::ostringstream bytes;
    bytes << std::ifstream(path, std::ios::binary).rdbuf();
    return bytes.str();
}

int serve_bare_from(char** arguments) {
    const fs::path directory = arguments[0];
    const BareAnswers answers{read(directory / "own"), read(directory / "others"), std::stoul(arguments[1])};
    return serve_bare(answers);
}

Arguments parse(int argc, char** argv) {
    Arguments arguments;
    arguments.setting.self = fs::canonical("/proc/self/exe");
    arguments.setting.gyre = arguments.setting.self.parent_path() / "gyre";
    arguments.setting.source = fs::current_path();
    for (int index = 1; index < argc; ++index) {
        const std::string word = argv[index];
        const auto value = [&] {
            if (index + 1 >= argc) throw std::runtime_error(word + " needs a value");
            return std::string{argv[++index]};
        };
        if (word == "--json") {
            arguments.json = value();
        } else if (word == "--seconds") {
            arguments.setting.seconds = std::stod(value());
        } else if (word == "--rounds") {
            arguments.setting.rounds = std::stoi(value());
        } else if (word == "--help" || word == "help") {
            arguments.help = true;
        } else {
            arguments.names.push_back(word);
        }
    }
    return arguments;
}

void print_help() {
    std::puts("usage: ./dev bench [NAME]... [--json FILE] [--seconds N] [--rounds N]\n\nNames:");
    for (const Measurement& measurement : measurements()) {
        std::printf("  %-16s %s\n", measurement.name.c_str(), measurement.about.c_str());
    }
}

void print(const Row& row) {
    std::printf("%-28s %10.3f %-14s %s %-8g %-6s %s\n", row.name.c_str(), row.value, row.unit.c_str(),
                row.better == Row::Better::more ? ">=" : "<=", row.target, row.ok() ? "ok" : "MISSED",
                row.note.c_str());
    static_cast<void>(std::fflush(stdout));
}

void write_json(const std::string& file, const std::vector<Row>& rows) {
    std::ofstream out(file);
    out << "[\n";
    for (std::size_t index = 0; index < rows.size(); ++index) {
        const Row& row = rows[index];
        out << "  {\"name\": \"" << row.name << "\", \"value\": " << row.value << ", \"unit\": \"" << row.unit
            << "\", \"target\": " << row.target << ", \"ok\": " << (row.ok() ? "true" : "false") << "}"
            << (index + 1 < rows.size() ? ",\n" : "\n");
    }
    out << "]\n";
}

int run(const Arguments& arguments) {
    std::vector<Row> rows;
    for (const std::string& name : arguments.names) {
        if (std::ranges::none_of(measurements(), [&](const auto& each) { return each.name == name; })) {
            static_cast<void>(std::fprintf(
                stderr, "gyre-bench: nothing is called '%s'; --help lists the names\n", name.c_str()));
            return 64;
        }
    }
    for (const Measurement& measurement : measurements()) {
        const bool wanted =
            arguments.names.empty() || std::ranges::count(arguments.names, measurement.name) > 0;
        if (!wanted) continue;
        for (const Row& row : measurement.run(arguments.setting)) {
            print(row);
            rows.push_back(row);
        }
    }
    if (!arguments.json.empty()) write_json(arguments.json, rows);
    return std::ranges::all_of(rows, &Row::ok) ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        if (argc == 4 && std::strcmp(argv[1], "--bare") == 0) return serve_bare_from(argv + 2);
        const Arguments arguments = parse(argc, argv);
        if (arguments.help) return print_help(), 0;
        return run(arguments);
    } catch (const std::exception& error) {
        static_cast<void>(std::fprintf(stderr, "gyre-bench: %s\n", error.what()));
        return 1;
    }
}
