// A class is looked up at every call and read of a script, and changes only when its source does. So link()
// flattens what it inherits: one probe of a table by atom instead of a walk up the chain. Atoms are dense
// and a class's names were interned together, so the atom itself is a good hash.

#include "world/class.hpp"

#include "world/container.hpp"
#include "world/sentence/pattern.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <map>

namespace gyre::world {

void Class::Index::reset(std::size_t entries) {
    slots_.assign(std::bit_ceil(2 * entries + 1), Slot{});
    mask_ = slots_.size() - 1;
}

bool Class::Index::add(Atom key, std::uint32_t position) {
    std::size_t at = static_cast<std::size_t>(key) & mask_;
    for (; slots_[at].key != Atom::none; at = (at + 1) & mask_) {
        if (slots_[at].key == key) return false;
    }
    slots_[at] = {key, position};
    return true;
}

namespace {

/// A class may declare an event and implement it: then the implementation says more.
const Member& stronger(const Member& first, const Member& second) {
    return first.function == 0 && second.function != 0 ? second : first;
}

struct KindName {
    std::string_view title;
    Class::Kinds kind;
};
constexpr std::array<KindName, 7> kind_names{{{"room", Class::room},
                                              {"exit", Class::exit},
                                              {"container", Class::container},
                                              {"person", Class::person},
                                              {"player", Class::player},
                                              {"thing", Class::thing},
                                              {"seat", Class::seat}}};

std::uint8_t kinds_of(const std::vector<Class*>& chain) {
    unsigned kinds = 0;
    for (const Class* each : chain) {
        for (const KindName& known : kind_names) {
            if (each->title == known.title) kinds |= known.kind;
        }
    }
    return static_cast<std::uint8_t>(kinds);
}

}  // namespace

const Member* Class::find_after(const Class& after, Atom member) const {
    auto place = std::find(chain.begin(), chain.end(), &after);
    if (place == chain.end()) return nullptr;
    for (++place; place != chain.end(); ++place) {
        const Class& next = **place;
        const std::uint32_t position = next.own_index_.find(member);
        if (position != Index::missing) return &next.own[position];
    }
    return nullptr;
}

bool Class::is_a(const Class& other) const {
    return this == &other || std::find(chain.begin(), chain.end(), &other) != chain.end();
}

const std::vector<std::uint32_t>* Class::verbs_by_word(const VerbWord& word) const {
    const auto first = std::lower_bound(verb_hashes_.begin(), verb_hashes_.end(), word.hash);
    for (auto place = first; place != verb_hashes_.end() && *place == word.hash; ++place) {
        const auto& [text, numbers] = verb_words_[static_cast<std::size_t>(place - verb_hashes_.begin())];
        if (text == word.text) return &numbers;
    }
    return nullptr;
}

void Class::link() {
    index_own();
    link_chain();
    link_members();
    link_verbs();
    link_before();
    link_schedules();
    kinds = kinds_of(chain);
}

void Class::index_own() {
    own_index_.reset(own.size());
    for (std::uint32_t position = 0; position < own.size(); ++position) {
        own[position].declared_in = this;
        if (own_index_.add(own[position].name, position)) continue;
        Member& first = own[own_index_.find(own[position].name)];
        if (&stronger(first, own[position]) != &first) std::swap(first, own[position]);
    }
    for (Verb& verb : own_verbs) verb.declared_in = this;
}

void Class::link_chain() {
    chain.assign(1, this);
    const auto append = [this](Class* next) {
        if (std::find(chain.begin(), chain.end(), next) == chain.end()) chain.push_back(next);
    };
    const auto append_all = [&](Class* of) {
        append(of);
        for (Class* next : of->chain) append(next);
    };
    for (Class* trait : traits) append_all(trait);
    if (parent != nullptr && parent != this) append_all(parent);
}

bool Class::adds_up(Atom member) const {
    return std::any_of(chain.begin(), chain.end(), [member](const Class* each) {
        return std::any_of(each->own.begin(), each->own.end(), [member](const Member& declared) {
            return declared.name == member && (declared.adds_up || declared.kind == Member::Kind::event);
        });
    });
}

std::vector<int> Class::implementations(Atom member) const {
    std::vector<int> functions;
    for (std::size_t left = chain.size(); left-- > 0;) {
        const Class& each = *chain[left];
        const std::uint32_t position = each.own_index_.find(member);
        if (position == Index::missing) continue;
        const int function = each.own[position].function;
        if (function != 0) functions.push_back(function);
    }
    return functions;
}

void Class::link_members() {
    std::size_t declared = 0;
    for (const Class* each : chain) declared += each->own.size();
    flat_.clear();
    flat_index_.reset(declared);
    for (const Class* each : chain) {
        for (const Member& member : each->own) {
            if (flat_index_.add(member.name, static_cast<std::uint32_t>(flat_.size())))
                flat_.push_back(member);
        }
    }
    for (Member& member : flat_) {
        member.adds_up = adds_up(member.name);
        if (member.adds_up) member.all = implementations(member.name);
    }
    link_defaults();
    const auto has_hook = [this](std::uint32_t hook) {
        const Member* member = find(atom(hook));
        return member != nullptr && member->kind == Member::Kind::method;
    };
    shows_itself = has_hook(atoms::visible_to);
    disguises_itself = has_hook(atoms::seen_as);
    notices = listens(atom(atoms::noticed));
    hears = listens(atom(atoms::heard));
}

void Class::link_defaults() {
    standards_.fill(nullptr);
    defaults_.fill({});
    for (const Member& member : flat_) {
        const auto position = static_cast<std::size_t>(member.name);
        const bool is_own = member.kind == Member::Kind::property && position < standards_.size();
        if (!is_own) continue;
        const Value& standard = member.standard;
        const bool is_container = standard.tag() == Value::Tag::container;
        standards_[position] = is_container ? &standard : &defaults_[position];
        if (!is_container || standard.container().size() > 0) defaults_[position] = standard;
    }
}

bool Class::listens(Atom event) const {
    const Member* member = find(event);
    return member != nullptr && (member->adds_up ? !member->all.empty() : member->function != 0);
}

void Class::link_verbs() {
    verbs.clear();
    for (const Class* each : chain) verbs.insert(verbs.end(), each->own_verbs.begin(), each->own_verbs.end());
    std::map<std::pair<std::size_t, std::string_view>, std::vector<std::uint32_t>> by_word;
    for (std::uint32_t position = 0; position < verbs.size(); ++position) {
        for (const std::string& word : verbs[position].pattern->first_words)
            by_word[{VerbWord{word}.hash, word}].push_back(position);
    }
    verb_words_.clear();
    verb_hashes_.clear();
    for (auto& [word, numbers] : by_word) {
        verb_hashes_.push_back(word.first);
        verb_words_.emplace_back(word.second, std::move(numbers));
    }
}

bool BeforeRule::names(Atom action) const {
    return any_action || std::find(actions.begin(), actions.end(), action) != actions.end();
}

void Class::link_before() {
    before.clear();
    for (std::size_t left = chain.size(); left-- > 0;) {
        for (const BeforeRule& rule : chain[left]->own_before) {
            const auto known = std::find_if(before.begin(), before.end(), [&](const BeforeRule& each) {
                return each.method == rule.method;
            });
            if (known == before.end()) {
                before.push_back(rule);
                continue;
            }
            known->any_action = known->any_action || rule.any_action;
            known->actions.insert(known->actions.end(), rule.actions.begin(), rule.actions.end());
        }
    }
}

void Class::link_schedules() {
    schedules.clear();
    for (const Class* each : chain) {
        const std::size_t nearer = schedules.size();
        for (const Schedule& schedule : each->own_schedules) {
            const auto end = schedules.begin() + static_cast<std::ptrdiff_t>(nearer);
            const bool is_decided = std::any_of(schedules.begin(), end, [&](const Schedule& other) {
                return other.method == schedule.method;
            });
            if (!is_decided) schedules.push_back(schedule);
        }
    }
}

Class& Classes::obtain(Atom name, std::string_view title) {
    const auto position = static_cast<std::size_t>(name);
    if (position >= by_name_.size()) by_name_.resize(position + 1);
    Class*& place = by_name_[position];
    if (place == nullptr) {
        place = classes_.emplace_back(std::make_unique<Class>()).get();
        place->name = name;
        place->title = title;
        place->link();
    }
    return *place;
}

Class* Classes::find(Atom name) const {
    const auto position = static_cast<std::size_t>(name);
    return position < by_name_.size() ? by_name_[position] : nullptr;
}

namespace {

/// Links what depends on a changed class, parents and traits before those that use them.
class Relinking {
  public:
    Relinking(const std::vector<std::unique_ptr<Class>>& classes, Class& changed) : waiting_{&changed} {
        for (std::size_t before = 0; before != waiting_.size();) {
            before = waiting_.size();
            for (const auto& each : classes) {
                if (!waits(each.get()) && uses_waiting(*each)) waiting_.push_back(each.get());
            }
        }
    }

    void run() {
        while (!waiting_.empty()) link(waiting_.front());
    }

  private:
    [[nodiscard]] bool waits(const Class* each) const {
        return std::find(waiting_.begin(), waiting_.end(), each) != waiting_.end();
    }
    [[nodiscard]] bool uses_waiting(const Class& each) const {
        return waits(each.parent) || std::any_of(each.traits.begin(), each.traits.end(),
                                                 [this](const Class* trait) { return waits(trait); });
    }
    /// Taking it off the list first ends a cycle, which a loader would have refused.
    void link(Class* next) {
        const auto place = std::find(waiting_.begin(), waiting_.end(), next);
        if (place == waiting_.end()) return;
        waiting_.erase(place);
        for (Class* trait : next->traits) link(trait);
        if (next->parent != nullptr) link(next->parent);
        next->link();
    }

    std::vector<Class*> waiting_;
};

}  // namespace

void Classes::relink(Class& changed) { Relinking{classes_, changed}.run(); }

}  // namespace gyre::world
