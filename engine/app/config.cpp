#include "engine/app/config.hpp"

#include "engine/app/config_keys.hpp"
#include "engine/base/nearest.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>
#include <system_error>

// toml++ is a large header and throws on bad syntax; this is the one file that includes it and translates.
// Its tables are sorted by name, so faults are collected with their lines and the first one in the file is
// told.

namespace gyre::app {
namespace {

struct Fault {
    std::uint32_t line;
    std::string text;
};

std::uint32_t line_of(const toml::node& node) { return static_cast<std::uint32_t>(node.source().begin.line); }

bool holds_control(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char letter) {
        return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f;
    });
}

bool fits(std::string_view text, std::size_t shortest, std::size_t longest) {
    return text.size() >= shortest && text.size() <= longest && !holds_control(text);
}

/// Stores a node into the Config; false when it is not what the key allows.
struct Store {
    Config& config;
    const toml::node& node;

    bool operator()(const TextKey& key) const {
        const auto* text = node.as_string();
        if (text == nullptr || !fits(text->get(), key.shortest, key.longest)) return false;
        key.in(config) = text->get();
        return true;
    }
    bool operator()(const FlagKey& key) const {
        const auto* flag = node.as_boolean();
        if (flag == nullptr) return false;
        key.in(config) = flag->get();
        return true;
    }
    bool operator()(const CountKey& key) const {
        const auto* count = node.as_integer();
        if (count == nullptr || count->get() < key.least || count->get() > key.most) return false;
        key.in(config) = static_cast<std::uint32_t>(count->get());
        return true;
    }
    bool operator()(const ChoiceKey& key) const {
        const auto* text = node.as_string();
        if (text == nullptr) return false;
        const auto found = std::find(key.words.begin(), key.words.end(), text->get());
        if (found == key.words.end()) return false;
        key.set(config, static_cast<std::size_t>(found - key.words.begin()));
        return true;
    }
    bool operator()(const ListKey& key) const {
        const auto* list = node.as_array();
        if (list == nullptr || list->empty() || list->size() > key.most) return false;
        std::vector<std::string> items;
        for (const toml::node& item : *list) {
            const auto* text = item.as_string();
            if (text == nullptr || !fits(text->get(), 1, key.longest)) return false;
            items.push_back(text->get());
        }
        key.in(config) = std::move(items);
        return true;
    }
};

const Key* find_key(std::string_view section, std::string_view name) {
    const auto all = config_keys();
    const auto found = std::find_if(
        all.begin(), all.end(), [&](const Key& key) { return key.section == section && key.name == name; });
    return found == all.end() ? nullptr : &*found;
}

/// The key meant by an unknown one: of the same name elsewhere, else the most similar.
std::string nearest_key(std::string_view section, std::string_view name) {
    const auto all = config_keys();
    const auto elsewhere =
        std::find_if(all.begin(), all.end(), [name](const Key& key) { return key.name == name; });
    if (elsewhere != all.end()) return elsewhere->full_name();
    std::vector<std::string> names;
    for (const Key& key : all) names.push_back(key.full_name());
    const std::vector<std::string_view> candidates(names.begin(), names.end());
    return std::string(
        nearest(section.empty() ? std::string(name) : fmt::format("{}.{}", section, name), candidates));
}

std::string nearest_section(std::string_view name) {
    std::vector<std::string_view> sections;
    for (const Key& key : config_keys())
        if (!key.section.empty()) sections.push_back(key.section);
    return std::string(nearest(name, sections));
}

/// Fills a Config from the root table and notes what does not fit.
class Reader {
  public:
    explicit Reader(std::span<const KnownScheme> schemes) : schemes_(schemes) {}

    void read(const toml::table& root) {
        for (const auto& [name, node] : root) {
            if (const auto* table = node.as_table()) {
                read_section(name.str(), *table);
            } else {
                read_value("", name.str(), node);
            }
        }
        check_endpoints(root);
        if (config_.tls.certificate.empty() != config_.tls.key.empty())
            fault(line_of_tls(root), "tls.certificate and tls.key need each other");
    }
    [[nodiscard]] const std::vector<Fault>& faults() const { return faults_; }
    [[nodiscard]] const Config& config() const { return config_; }

  private:
    void read_section(std::string_view section, const toml::table& table) {
        if (const Key* key = find_key("", section))
            return fault(line_of(table), fmt::format("{} must be {}, not a table", section, key->allowed()));
        if (section_title(section).empty()) {
            return fault(line_of(table), fmt::format("unknown section [{}] (did you mean [{}]?)", section,
                                                     nearest_section(section)));
        }
        for (const auto& [name, node] : table) read_value(section, name.str(), node);
    }

    void read_value(std::string_view section, std::string_view name, const toml::node& node) {
        const Key* key = find_key(section, name);
        if (key == nullptr) {
            const std::string full =
                section.empty() ? std::string(name) : fmt::format("{}.{}", section, name);
            return fault(line_of(node),
                         fmt::format("unknown key {} (did you mean {}?)", full, nearest_key(section, name)));
        }
        if (!std::visit(Store{config_, node}, key->kind))
            fault(line_of(node), fmt::format("{} must be {}", key->full_name(), key->allowed()));
    }

    /// Each in its own line, if its list is good as such.
    void check_endpoints(const toml::table& root) {
        const toml::array* list = root["listen"].as_array();
        if (schemes_.empty() || list == nullptr || list->size() != config_.listen.size()) return;
        std::vector<Endpoint> places;
        for (std::size_t at = 0; at < config_.listen.size(); ++at) {
            const auto endpoint = parse_endpoint(config_.listen[at], schemes_);
            if (!endpoint) {
                fault(line_of(*list->get(at)), "listen: " + endpoint.error().text);
                continue;
            }
            if (const Endpoint* first = same_place(places, endpoint.value())) {
                fault(line_of(*list->get(at)), fmt::format("listen: \"{}\" is where \"{}\" listens already",
                                                           endpoint.value().to_string(), first->to_string()));
            }
            places.push_back(endpoint.value());
        }
    }

    static std::uint32_t line_of_tls(const toml::table& root) {
        const toml::node* table = root.get("tls");
        return table == nullptr ? 1 : line_of(*table);
    }

    void fault(std::uint32_t line, std::string text) { faults_.push_back({line, std::move(text)}); }

    std::span<const KnownScheme> schemes_;
    Config config_;
    std::vector<Fault> faults_;
};

Error fault_at(std::string_view source, std::uint32_t line, std::string_view text) {
    return {Errc::bad_input, fmt::format("{}:{}: {}", source, line, text)};
}

/// Breaks `text` into comment lines.
std::string as_comment(std::string_view text) {
    constexpr std::size_t width = 96;
    std::string out = "#";
    std::size_t column = 1;
    std::istringstream words{std::string(text)};
    for (std::string word; words >> word;) {
        if (column + 1 + word.size() > width) {
            out += "\n#";
            column = 1;
        }
        out += ' ' + word;
        column += 1 + word.size();
    }
    return out + '\n';
}

}  // namespace

Result<Config> parse_config(std::string_view toml, std::string_view source,
                            std::span<const KnownScheme> schemes) {
    try {
        Reader reader(schemes);
        reader.read(toml::parse(toml, source));
        const auto& faults = reader.faults();
        const auto first = std::min_element(faults.begin(), faults.end(),
                                            [](const Fault& a, const Fault& b) { return a.line < b.line; });
        if (first != faults.end()) return fault_at(source, first->line, first->text);
        return reader.config();
    } catch (const toml::parse_error& error) {
        return fault_at(source, static_cast<std::uint32_t>(error.source().begin.line), error.description());
    }
}

Result<Config> load_config(const std::filesystem::path& file, std::span<const KnownScheme> schemes) {
    std::error_code error;
    if (!std::filesystem::exists(file, error)) return Error{Errc::not_found, "there is no " + file.string()};
    // Anything else, such as a named pipe, might wait for ever.
    if (!std::filesystem::is_regular_file(file, error))
        return Error{Errc::io, file.string() + " is not a regular file"};
    std::ifstream in(file, std::ios::binary);
    std::string text(max_config_bytes + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    if (in.bad() || !in.eof()) {
        if (text.size() > max_config_bytes)
            return fault_at(file.string(), 1, "the file is longer than 1 MiB");
        return Error{Errc::io, "cannot read " + file.string()};
    }
    return parse_config(text, file.string(), schemes);
}

std::string default_config_file() {
    std::string out =
        "# The configuration of this world. Every key is here with its default; to change one, remove the # "
        "before it.\n";
    std::string_view section;
    for (const Key& key : config_keys()) {
        if (key.section != section) {
            section = key.section;
            out += fmt::format("\n# {}\n[{}]\n", section_title(section), section);
        }
        const bool restart = key.applies == Key::Applies::on_restart;
        out += '\n' + as_comment(fmt::format("{} Allowed: {}.{}", key.meaning, key.allowed(),
                                             restart ? " Takes effect at the next start." : ""));
        out += fmt::format("#{} = {}\n", key.name, key.value_in(Config{}));
    }
    return out;
}

std::vector<std::string> changed_for_restart(const Config& running, const Config& fresh) {
    std::vector<std::string> changed;
    for (const Key& key : config_keys()) {
        const bool restart = key.applies == Key::Applies::on_restart;
        if (restart && key.value_in(running) != key.value_in(fresh)) changed.push_back(key.full_name());
    }
    return changed;
}

}  // namespace gyre::app
