#pragma once

#include "world/text/phrase.hpp"
#include "world/text/text.hpp"

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gyre::world::text {

/// Several objects as one noun: "you and Bob", "a lamp, two keys and some boots". Equal things are counted.
class Company {
  public:
    Company(std::span<const Value> members, ObjectId observer, Nouns& nouns);

    [[nodiscard]] Agreement agreement() const;
    void append(std::string& out, Form form) const;

  private:
    /// The one of `entries_` that `noun` can be counted with; null if there is none.
    [[nodiscard]] Noun* equal_to(const Noun& noun);

    bool are_many_ = false;
    bool has_self_ = false;
    std::size_t members_ = 0;
    Agreement first_;
    std::vector<Noun> entries_;
    std::unordered_map<std::string_view, std::size_t> by_name_;  ///< If there are many.
};

}  // namespace gyre::world::text
