#pragma once

#include "world/transaction.hpp"

#include <cstddef>
#include <unordered_map>

namespace gyre::world {

/// How many living objects each owner has, at any moment of a call.
class Holdings final : public ObjectIndex {
  public:
    /// Objects without an owner are the library's, and not counted.
    [[nodiscard]] std::size_t count(ObjectId owner) const;

    void class_followed(const Object& object, const Class* before) override;
    void owner_followed(const Object& object) override;
    void location_followed(const Object& object) override;
    void call_ended() override;

  private:
    std::unordered_map<ObjectId, ObjectId> owners_;  ///< By object.
    std::unordered_map<ObjectId, std::size_t> counts_;
};

}  // namespace gyre::world
