// `gyre export` and `gyre import`: objects as files, for whoever runs the world.

#include "engine/app/server.hpp"
#include "engine/base/utf8.hpp"
#include "world/importing.hpp"

#include <fmt/format.h>
#include <charconv>

namespace gyre::app {

namespace {

/// For a terminal: names that players gave may stand in it.
std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += utf8::filter(line) + '\n';
    return text;
}

/// Those that the word may mean.
std::vector<ObjectId> objects_called(world::World& world, const std::string& word) {
    std::vector<ObjectId> found;
    if (word.starts_with('#')) {
        std::uint64_t id = 0;
        const auto [end, error] = std::from_chars(word.data() + 1, word.data() + word.size(), id);
        const bool is_number = error == std::errc{} && end == word.data() + word.size();
        if (is_number && world.objects.living(object_id(id)) != nullptr) found.push_back(object_id(id));
        return found;
    }
    const ObjectId fixed = world.names.peek(world::Names::Space::singleton, word);
    if (fixed != ObjectId::nothing) return {fixed};
    const bool is_export_id = word.starts_with('@');
    const world::Atom property =
        is_export_id ? world.atoms.find(world::export_id_property) : world::atom(world::atoms::name);
    const std::string_view wanted = is_export_id ? std::string_view{word}.substr(1) : std::string_view{word};
    world.objects.each([&](world::Object& object) {
        if (is_export_id && object.find(property) == nullptr) return;
        if (utf8::equal_folded(world.string(object, property), wanted)) found.push_back(object.id);
    });
    return found;
}

std::string fault_of(const std::vector<ObjectId>& found, const std::string& word) {
    if (found.empty()) return fmt::format("there is no {} in this world", word);
    if (found.size() == 1) return {};
    constexpr std::size_t most = 10;
    std::string which;
    for (std::size_t at = 0; at < std::min(found.size(), most); ++at)
        which += fmt::format("{}#{}", at == 0 ? "" : ", ", number(found[at]));
    return fmt::format("{} things are called {}: say {}{}", found.size(), word, which,
                       found.size() > most ? " ..." : "");
}

}  // namespace

void Server::export_objects(const ControlWords& request, const Later& reply) {
    std::vector<ObjectId> objects;
    std::vector<std::string> faults;
    for (std::size_t at = 1; at < request.size(); ++at) {
        std::vector<ObjectId> found = objects_called(*world_, request[at]);
        std::string fault = fault_of(found, request[at]);
        if (fault.empty()) {
            objects.push_back(found.front());
        } else {
            faults.push_back(std::move(fault));
        }
    }
    if (!faults.empty()) return reply({static_cast<int>(Exit::usage), joined(faults)}, 0);
    const world::ExchangeRights rights{[](const world::Object&) { return true; },
                                       [](const world::StoredSource&, const world::Class&) { return true; }};
    const world::Exported exported = export_by_engine(*world_, objects, rights);
    if (!exported.faults.empty())
        return reply({static_cast<int>(Exit::faults_found), joined(exported.faults)}, 0);
    // An id that is told must be there after a fall.
    reply({0, exported.text}, ledger_->newest());
}

void Server::import_files(const ControlWords& request, const Later& reply) {
    const world::Account* account = world_->accounts.find(request[1]);
    const ObjectId importer = account == nullptr
                                  ? ObjectId::nothing
                                  : world_->names.peek(world::Names::Space::character, account->name);
    if (importer == ObjectId::nothing)
        return reply({static_cast<int>(Exit::usage), fmt::format("there is no account {}\n", request[1])}, 0);
    world::ImportRequest wanted;
    for (std::size_t at = 2; at + 1 < request.size(); at += 2)
        wanted.files.push_back({request[at], request[at + 1]});
    wanted.importer = importer;
    wanted.account = account->name;
    wanted.is_wizard = account->role == world::Role::wizard;
    wanted.origin.service = "console";
    wanted.origin.actor = importer;
    wanted.origin.description = "import";
    const bool may_all = wanted.is_wizard;
    wanted.rights.may_write = [importer, may_all](const world::Object& object) {
        return may_all || object.owner == importer;
    };
    wanted.rights.may_read = [](const world::StoredSource&, const world::Class&) { return true; };
    const world::Imported done = import_objects(*world_, wanted);
    if (!done.faults.empty()) {
        return reply({static_cast<int>(Exit::faults_found), joined(done.faults) + "nothing was imported\n"},
                     0);
    }
    reply({0, joined(done.notes) +
                  fmt::format("{} made, {} changed, {} as before; classes made or changed: {}\n", done.made,
                              done.changed, done.unchanged, done.classes)},
          done.needs);
}

}  // namespace gyre::app
