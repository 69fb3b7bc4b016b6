#pragma once

#include "world/sentence/scope.hpp"
#include "world/world.hpp"

#include <array>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace gyre::world {

/// What each character's pronouns meant last: "it" is the thing spoken of. Kept in memory only.
struct Pronouns {
    std::vector<ObjectId> it, him, her, them;
};

/// A character's surroundings as the parser asks for them. Built for one line; what it reads counts as read.
class Surroundings final : public sentence::Scope {
  public:
    Surroundings(World& world, Object& who, const Pronouns& pronouns)
        : world_(world), who_(who), pronouns_(pronouns) {}

    /// As if a wizard's rights were on: to tell what they would be needed for.
    void suppose_rights() { as_if_on_ = true; }
    [[nodiscard]] sentence::VerbSource actor() override { return {who_.id, who_.of}; }
    [[nodiscard]] std::span<const sentence::VerbSource> carried() override;
    [[nodiscard]] std::span<const sentence::VerbSource> places() override;
    [[nodiscard]] std::span<const sentence::Candidate> candidates() override;
    [[nodiscard]] ObjectId player(std::string_view name) override;
    [[nodiscard]] std::string_view exit_direction(std::string_view name) override;
    [[nodiscard]] std::span<const ObjectId> pronoun(std::string_view word) override;
    [[nodiscard]] bool has_role(std::string_view role) override;
    [[nodiscard]] bool exists(ObjectId id) override;

  private:
    void describe(Object& thing, sentence::Candidate& candidate);

    World& world_;
    Object& who_;
    const Pronouns& pronouns_;
    bool as_if_on_ = false;
    std::optional<std::vector<sentence::VerbSource>> carried_;
    std::optional<std::vector<sentence::VerbSource>> places_;
    std::optional<std::vector<sentence::Candidate>> candidates_;
};

}  // namespace gyre::world
