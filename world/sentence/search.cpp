// Only verbs that begin with the word typed are looked at, and of those with `this` only the ones of things
// that the line mentions at all. A pattern is matched once, however many things in reach share the verb.

#include "world/sentence/search.hpp"

#include "world/sentence/arguments.hpp"
#include "world/sentence/ranking.hpp"
#include "world/sentence/words.hpp"

#include <algorithm>

namespace gyre::world::sentence {
namespace {

void sort_out(std::vector<const Class*>& classes) {
    // The order must not depend on where classes lie in memory: it decides between equals.
    std::vector<const Class*> distinct;
    std::vector<const Class*> sorted = classes;
    std::sort(sorted.begin(), sorted.end(), std::less<>{});
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    if (sorted.size() == classes.size()) return;
    for (const Class* each : classes) {
        const auto place = std::lower_bound(sorted.begin(), sorted.end(), each, std::less<>{});
        if (place == sorted.end() || *place != each) continue;
        distinct.push_back(each);
        sorted.erase(place);
    }
    classes = std::move(distinct);
}

std::uint32_t distance_in(const Class& of, const Verb& verb) {
    const auto place = std::find(of.chain.begin(), of.chain.end(), verb.declared_in);
    return static_cast<std::uint32_t>(place - of.chain.begin());
}

/// What a verb's method gets behind the actor, `this` left out.
std::vector<Element::Kind> slots_of(const Verb& verb) {
    std::vector<Element::Kind> kinds;
    for (const Element& element : verb.pattern->variants.front()) {
        const Element::Kind kind = element.kind == Element::Kind::missing ? element.missing : element.kind;
        if (kind != Element::Kind::words && kind != Element::Kind::this_) kinds.push_back(kind);
    }
    return kinds;
}

}  // namespace

void Search::run(const Vocabulary::Entry& known, Parsed& into) {
    parsed_ = &into;
    // In the order of ranks, so that there is seldom anything left to sort.
    if (known.named && line_.size() - from_ >= known.fewest_named) add_named();
    if (known.plain) {
        add_plain(scope_.actor(), Match::Rank::ability);
        for (const VerbSource& source : scope_.carried()) add_plain(source, Match::Rank::ability);
        for (const VerbSource& source : scope_.places()) add_plain(source, Match::Rank::place);
    }
    if (known.tool) add_tools();
    rank(into.matches);
    ask_about_equals(into.matches);
}

template <class Visit>
void Search::each_verb(const Class& of, Visit&& visit) {
    const auto* numbers = of.verbs_by_word(word_);
    if (numbers == nullptr) return;
    for (const std::uint32_t number : *numbers) {
        const Verb& verb = of.verbs[number];
        if (verb.role.empty() || scope_.has_role(verb.role)) visit(verb);
    }
}

void Search::add_plain(VerbSource source, Match::Rank rank) {
    if (source.of == nullptr) return;
    each_verb(*source.of, [&](const Verb& verb) {
        if (verb.pattern->has_this || line_.size() - from_ < verb.pattern->fewest_tokens) return;
        const Fit* fit = matcher_.match(*verb.pattern, reach_of(verb), Matcher::Use::plain);
        if (fit == nullptr) return;
        Match match;
        match.object = source.id;
        match.rank = rank;
        add(*source.of, verb, *fit, std::move(match));
    });
}

void Search::add(const Class& of, const Verb& verb, const Fit& fit, Match match) {
    match.verb = &verb;
    if (!ArgumentReader{nouns_, fit}.fill(match)) return;
    find_counted(of, match);
    match.word = line_.word(from_);
    match.end = fit.end;
    match.line = line_.text({static_cast<std::uint16_t>(from_), fit.end});
    match.literals = fit.literals;
    match.weight = fit.weight;
    match.distance = distance_in(of, verb);
    match.sequence = static_cast<std::uint32_t>(parsed_->matches.size());
    parsed_->matches.push_back(std::move(match));
}

/// If a list names only some of a heap, the sibling of the verb that takes a number before that noun.
void Search::find_counted(const Class& of, Match& match) {
    const auto counts = [](const Argument& argument) {
        return std::any_of(argument.amounts.begin(), argument.amounts.end(),
                           [](std::int64_t amount) { return amount > 0; });
    };
    const auto place = std::find_if(match.arguments.begin(), match.arguments.end(), counts);
    if (place == match.arguments.end()) return;
    match.counted_argument = static_cast<std::size_t>(place - match.arguments.begin());
    std::vector<Element::Kind> wanted = slots_of(*match.verb);
    wanted.insert(wanted.begin() + static_cast<std::ptrdiff_t>(match.counted_argument),
                  Element::Kind::number);
    each_verb(of, [&](const Verb& verb) {
        if (match.counted == nullptr && verb.pattern->has_this == match.verb->pattern->has_this &&
            slots_of(verb) == wanted)
            match.counted = &verb;
    });
}

// --- objects that the sentence names ---

const Class* Search::class_of(ObjectId object) {
    if (const Candidate* candidate = nouns_.candidate(object)) return candidate->of;
    if (scope_.actor().id == object) return scope_.actor().of;
    for (const VerbSource& place : scope_.places()) {
        if (place.id == object) return place.of;
    }
    return nullptr;
}

/// Whether the line speaks of "one", which may be anything that is described.
bool Search::has_one() const {
    for (std::size_t token = from_ + 1; token < line_.size(); ++token) {
        if (line_.word(token) == "one" || line_.word(token) == "ones") return true;
    }
    return false;
}

/// Classes of all things that some word of the line may mean, the nearest first.
std::vector<const Class*> Search::named_classes() {
    std::vector<const Class*> classes;
    NounIndex& index = nouns_.index();
    const bool is_any = has_one();
    for (std::size_t number = 0; number < index.size(); ++number) {
        if (is_any || index.is_named(number, from_ + 1)) classes.push_back(index.row(number).candidate->of);
    }
    collect_special(classes);
    classes.erase(std::remove(classes.begin(), classes.end(), nullptr), classes.end());
    sort_out(classes);
    return classes;
}

/// Things meant by words that are not their names.
void Search::collect_special(std::vector<const Class*>& classes) {
    for (std::size_t token = from_ + 1; token < line_.size(); ++token) {
        const std::string_view word = line_.word(token);
        if (word.empty() || nouns_.index().is_repeated(token, from_ + 1)) continue;
        if (means_all(word)) {
            for (const Candidate& candidate : nouns_.index().candidates()) classes.push_back(candidate.of);
        } else if (is_pronoun(word)) {
            for (const ObjectId object : scope_.pronoun(word)) classes.push_back(class_of(object));
        } else if (means_self(word)) {
            classes.push_back(scope_.actor().of);
        } else if (word == "here" && !scope_.places().empty()) {
            classes.push_back(scope_.places().back().of);
        } else if (word.front() == '#') {
            const auto number = whole_number(word.substr(1));
            if (number) classes.push_back(class_of(object_id(static_cast<std::uint64_t>(*number))));
        }
    }
}

void Search::add_named() {
    for (const Class* of : named_classes()) {
        each_verb(*of, [&](const Verb& verb) {
            if (verb.pattern->has_this && parsed_->matches.size() < Parser::max_matches) add_named(*of, verb);
        });
    }
}

/// The class of each object that the phrase means. Patterns of many classes may have taken the same one.
std::vector<const Class*> Search::classes_named(std::size_t number) {
    for (const Named& known : named_) {
        if (known.fit && known.fit->named == number) return known.classes;
    }
    std::vector<const Class*> classes;
    const Phrase& phrase = nouns_[number];
    const auto& objects = !phrase.many && !phrase.unclear.empty() ? phrase.fitting : phrase.objects;
    classes.reserve(objects.size());
    for (const ObjectId object : objects) classes.push_back(class_of(object));
    return classes;
}

const Search::Named& Search::named_fit(const Verb& verb) {
    const Reach reach = reach_of(verb);
    for (const Named& known : named_) {
        // Many classes may have declared the same sentence.
        const bool same =
            known.pattern == verb.pattern.get() || known.pattern->source == verb.pattern->source;
        if (same && known.reach == reach) return known;
    }
    Named named{verb.pattern.get(), reach, std::nullopt, {}};
    if (const Fit* fit = matcher_.match(*verb.pattern, reach, Matcher::Use::named)) {
        named.fit = *fit;
        named.classes = classes_named(*fit->named);
    }
    named_.push_back(std::move(named));
    return named_.back();
}

void Search::add_named(const Class& of, const Verb& verb) {
    const Named& named = named_fit(verb);
    if (!named.fit) return;
    const Phrase& phrase = nouns_[*named.fit->named];
    const auto& objects = !phrase.many && !phrase.unclear.empty() ? phrase.fitting : phrase.objects;
    Match match;
    for (std::size_t number = 0; number < objects.size(); ++number) {
        if (named.classes[number] == &of) match.objects.push_back(objects[number]);
    }
    if (match.objects.empty()) return;
    match.object = match.objects.front();
    match.named = nouns_.words_of(*named.fit->named);
    if (phrase.many) {
        match.group = group_of(*named.fit->named);
        if (!phrase.unclear.empty())
            match.question = Question{phrase.unclear, Question::the_object, phrase.fitting};
    }
    add(of, verb, *named.fit, std::move(match));
}

std::size_t Search::group_of(std::size_t phrase) {
    const Span words = nouns_.words_of(phrase);
    auto& groups = parsed_->groups;
    for (std::size_t number = 0; number < groups.size(); ++number) {
        if (groups[number].words == words) return number;
    }
    groups.push_back({words, nouns_[phrase].all, nouns_[phrase].objects});
    return groups.size() - 1;
}

// --- objects that offer themselves ---

void Search::add_tools() {
    std::vector<const Class*> classes;
    for (const Candidate& candidate : nouns_.index().candidates()) {
        if (candidate.of != nullptr && !candidate.self) classes.push_back(candidate.of);
    }
    for (const VerbSource& place : scope_.places()) {
        if (place.of != nullptr) classes.push_back(place.of);
    }
    sort_out(classes);
    for (const Class* of : classes) {
        each_verb(*of, [&](const Verb& verb) {
            if (verb.pattern->may_be_tool && parsed_->matches.size() < Parser::max_matches)
                add_tool(*of, verb);
        });
    }
}

void Search::add_tool(const Class& of, const Verb& verb) {
    if (line_.size() - from_ < verb.pattern->fewest_tokens) return;
    const Fit* fit = matcher_.match(*verb.pattern, reach_of(verb), Matcher::Use::tool);
    if (fit == nullptr) return;
    const auto chosen = std::find_if(choices_.begin(), choices_.end(),
                                     [](const Choice& choice) { return choice.words.empty(); });
    Match match;
    const auto offer = [&](ObjectId object, const Class* its) {
        if (its == &of && (chosen == choices_.end() || chosen->object == object))
            match.objects.push_back(object);
    };
    const Reach reach = reach_of(verb);
    std::vector<const Candidate*> offered;
    const auto has_like = [&](const Candidate& candidate) {
        return std::any_of(offered.begin(), offered.end(),
                           [&](const Candidate* each) { return are_interchangeable(*each, candidate); });
    };
    for (const Candidate& candidate : nouns_.index().candidates()) {
        const bool near = reach == Reach::touch ? candidate.touched : candidate.seen || candidate.heard;
        if (!near || candidate.self || candidate.of != &of || match.objects.size() >= Nouns::max_objects)
            continue;
        if (chosen == choices_.end() && has_like(candidate)) continue;
        offer(candidate.id, candidate.of);
        offered.push_back(&candidate);
    }
    for (const VerbSource& place : scope_.places()) offer(place.id, place.of);
    if (match.objects.empty()) return;
    match.object = match.objects.front();
    match.rank = Match::Rank::tool;
    match.tool = true;
    add(of, verb, *fit, std::move(match));
}

}  // namespace gyre::world::sentence
