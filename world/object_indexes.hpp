#pragma once

#include "world/transaction.hpp"

#include <array>

namespace gyre::world {

/// Two indexes that follow the same objects.
class ObjectIndexes final : public ObjectIndex {
  public:
    ObjectIndexes(ObjectIndex& first, ObjectIndex& second) : both_{&first, &second} {}
    void class_followed(const Object& object, const Class* before) override {
        for (ObjectIndex* index : both_) index->class_followed(object, before);
    }
    void owner_followed(const Object& object) override {
        for (ObjectIndex* index : both_) index->owner_followed(object);
    }
    void location_followed(const Object& object) override {
        for (ObjectIndex* index : both_) index->location_followed(object);
    }
    void call_ended() override {
        for (ObjectIndex* index : both_) index->call_ended();
    }

  private:
    std::array<ObjectIndex*, 2> both_;
};

}  // namespace gyre::world
