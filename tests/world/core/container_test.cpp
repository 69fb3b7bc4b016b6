#include "tests/world/core/core_world.hpp"

#include <catch2/catch.hpp>

using namespace gyre;
using namespace gyre::world;
using namespace gyre::world::test;

TEST_CASE("container: a map finds what it holds and keeps its keys in order", "[world][container]") {
    const Ref<Container> map = map_of({{object_id(3), 1}, {"b", 2}, {7, 3}, {"a", 4}});
    REQUIRE(map->map.size() == 4);
    CHECK(map->map.front().key == Value{7});
    CHECK(map->map.back().key == Value{object_id(3)});
    CHECK(map->find("a")->value == Value{4});
    CHECK(map->find("c") == map->map.end());
    CHECK(map->find(8) == map->map.end());
}

TEST_CASE("container: depth and height count levels", "[world][container]") {
    const Ref<Container> root = list_of({1, list_of({list_of({2})}), map_of({{"a", list_of({})}})});
    CHECK(root->depth() == 1);
    CHECK(root->height() == 3);
    const Container& inner = root->list[1].container();
    CHECK(inner.depth() == 2);
    CHECK(inner.height() == 2);
    CHECK(&inner.list[0].container().root() == root.get());
}

TEST_CASE("container: a copy has no owner, no mark and no handle", "[world][container]") {
    const Ref<Container> root = list_of({list_of({1})});
    root->owner = object_id(5);
    root->changed_in = 9;
    const std::uint64_t handle = Handles::instance().handle(*root);
    const Ref<Container> copy = root->deep_copy();
    CHECK(copy->owner == ObjectId::nothing);
    CHECK(copy->changed_in == 0);
    CHECK(copy->slot == 0);
    CHECK(copy->list[0].container().parent == copy.get());
    CHECK(Handles::instance().find(handle) == root.get());
}

TEST_CASE("container: an empty one forgets whether it was a list or a map", "[world][container]") {
    const Ref<Container> root = list_of({list_of({})});
    CHECK(root->list[0].container().kind == Container::Kind::empty);
}

TEST_CASE("handles: a handle to what is gone finds nothing, even when its slot is used again",
          "[world][container]") {
    Handles& handles = Handles::instance();
    Ref<Container> first = list_of({});
    const std::uint64_t old_handle = handles.handle(*first);
    CHECK(handles.handle(*first) == old_handle);
    CHECK(handles.find(old_handle) == first.get());
    CHECK(old_handle >> 62U == 0);
    const std::uint32_t slot = first->slot;

    first = Ref<Container>{};
    CHECK(handles.find(old_handle) == nullptr);
    const Ref<Container> second = list_of({});
    CHECK(handles.handle(*second) != old_handle);
    CHECK(second->slot == slot);
    CHECK(handles.find(old_handle) == nullptr);
}

TEST_CASE("handles: a made-up handle finds nothing", "[world][container]") {
    CHECK(Handles::instance().find(0) == nullptr);
    CHECK(Handles::instance().find(std::uint64_t{1} << 32U) == nullptr);
    CHECK(Handles::instance().find(UINT64_MAX) == nullptr);
}
