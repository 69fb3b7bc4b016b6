// Reads templates.txt.

#include "tests/world/text/fake_nouns.hpp"

#include <fstream>

using namespace gyre;
using namespace gyre::world;
using namespace gyre::world::text;

namespace {

/// The parts between separators.
std::vector<std::string> split(std::string_view text, std::string_view separator) {
    std::vector<std::string> parts;
    for (;;) {
        const std::size_t end = text.find(separator);
        parts.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + separator.size());
    }
}

class Cast {
  public:
    ObjectId object(const std::string& name) const {
        INFO(name);
        REQUIRE(people.count(name) == 1);
        return people.at(name);
    }
    Value value(const std::string& written) const {
        if (written.front() == '"') return Value{written.substr(1, written.size() - 2)};
        if (written.find_first_not_of("0123456789") == std::string::npos)
            return Value{std::int64_t{std::stol(written)}};
        std::vector<ObjectId> members;
        for (const std::string& name : split(written, " + ")) members.push_back(object(name));
        return members.size() == 1 ? Value{members.front()} : list_of(members);
    }
    Arguments arguments(std::string_view written) const {
        Arguments all;
        for (const std::string& each : split(written, ", ")) {
            const auto parts = split(each, " = ");
            all.push_back({parts.at(0), value(parts.at(1))});
        }
        return all;
    }

    Stage stage;

  private:
    const std::map<std::string, ObjectId> people{{"alice", stage.alice},
                                                 {"bob", stage.bob},
                                                 {"sam", stage.sam},
                                                 {"carl", stage.carl},
                                                 {"dora", stage.dora},
                                                 {"lamp", stage.lamp},
                                                 {"shears", stage.shears},
                                                 {"boots", stage.boots},
                                                 {"guard", stage.guard},
                                                 {"guards", stage.guards},
                                                 {"key", stage.key},
                                                 {"other_key", stage.other_key},
                                                 {"plain_lamp", stage.plain_lamp},
                                                 {"hourglass", stage.hourglass}};
};

}  // namespace

TEST_CASE("template: the tables of the manual, row by row", "[world][text]") {
    std::ifstream file("tests/world/text/templates.txt");
    REQUIRE(file.is_open());
    Cast cast;
    std::string line, source;
    Arguments arguments;
    int readings = 0;
    while (std::getline(file, line)) {
        if (line.empty() || line.front() == '#') continue;
        if (!line.starts_with("  ")) {
            source = line;
            arguments.clear();
        } else if (line.starts_with("  with ")) {
            arguments = cast.arguments(std::string_view{line}.substr(7));
        } else {
            const std::size_t colon = line.find(": ");
            INFO(source);
            CHECK(line.substr(2) ==
                  line.substr(2, colon) +
                      cast.stage.read(source, arguments, cast.object(line.substr(2, colon - 2))));
            ++readings;
        }
    }
    CHECK(readings >= 70);
}
