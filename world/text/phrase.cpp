#include "world/text/phrase.hpp"

#include "engine/base/utf8.hpp"

namespace gyre::world::text {

namespace {

void append_name(std::string& out, std::string_view name) {
    utf8::append_filtered(out, name, utf8::Newlines::to_spaces);
}

english::Pronouns pronouns_of(const Noun& noun) {
    using english::Pronouns;
    if (!noun.perceived) return noun.person ? Pronouns::they_one : Pronouns::it;
    if (is_many(noun)) return Pronouns::they_many;
    if (noun.pronouns == "she") return Pronouns::she;
    if (noun.pronouns == "he") return Pronouns::he;
    if (noun.pronouns == "it") return Pronouns::it;
    if (noun.pronouns == "they") return Pronouns::they_one;
    return noun.person ? Pronouns::they_one : Pronouns::it;
}

}  // namespace

Agreement agreement_of(const Noun& noun) { return {pronouns_of(noun), is_many(noun), true, noun.perceived}; }

void append_noun(std::string& out, const Noun& noun, Form form) {
    if (!noun.perceived) {
        out += noun.person ? "someone" : "something";
        return;
    }
    if (noun.proper || form == Form::name) return append_name(out, noun.name);
    const bool with_article = form != Form::a;
    if (with_article) out += "the ";
    if (noun.count > 1) {
        english::append_number(out, noun.count);
        out += ' ';
        return append_name(out, noun.plurals.empty() ? english::plural(noun.name) : noun.plurals);
    }
    if (!with_article) {
        if (noun.article.empty()) {
            out += noun.plural ? std::string_view{"some"} : english::article(noun.name);
        } else {
            append_name(out, noun.article);
        }
        out += ' ';
    }
    append_name(out, noun.name);
}

void append_possessive_end(std::string& out, bool is_many) {
    out += is_many && out.ends_with('s') ? "'" : "'s";
}

}  // namespace gyre::world::text
