#pragma once

#include "world/text/phrase.hpp"
#include "world/text/text.hpp"

#include <span>
#include <string>
#include <vector>

namespace gyre::world::text {

/// Several objects as one noun: "you and Bob", "a lamp, two keys and some boots". Equal things are counted.
class Company {
  public:
    Company(std::span<const Value> members, ObjectId observer, Nouns& nouns);

    [[nodiscard]] Agreement agreement() const;
    void append(std::string& out, Form form) const;

  private:
    /// A noun that outlives the next call into the world.
    struct Entry {
        std::string name, plurals, article, pronouns;
        Noun noun;  ///< Without its views.
    };
    void add(const Noun& noun);
    [[nodiscard]] static Noun view(const Entry& entry);

    bool has_self_ = false;
    std::size_t members_ = 0;
    Agreement first_;
    std::vector<Entry> entries_;
};

}  // namespace gyre::world::text
