#pragma once

#include "world/text/phrase.hpp"
#include "world/text/text.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gyre::world::text {

/// Several objects as one noun: "you and Bob", "a lamp, two keys and some boots". Equal things are counted.
class Company {
  public:
    Company(std::span<const Value> members, ObjectId observer, Nouns& nouns);

    [[nodiscard]] Agreement agreement() const;
    void append(std::string& out, Form form) const;

  private:
    /// The one of `entries_` that `noun` can be counted with; null if there is none. `slot` is that of its
    /// name, if there are many.
    [[nodiscard]] Noun* equal_to(const Noun& noun, const std::uint32_t* slot);
    [[nodiscard]] std::uint32_t* slot_of(const Noun& noun);

    bool are_many_ = false;
    bool has_self_ = false;
    std::size_t members_ = 0;
    Agreement first_;
    std::vector<Noun> entries_;
    /// If there are many: one more than the entry's number, by the hash of its name; 0: free. At most half
    /// full.
    std::vector<std::uint32_t> by_name_;
};

}  // namespace gyre::world::text
