#include "world/starting.hpp"

#include "world/script/runtime.hpp"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

namespace gyre::world {

namespace {

/// Calls a few at a time, so that nobody waits for all of them and none is dropped.
class Starting : public std::enable_shared_from_this<Starting> {
  public:
    using Defer = std::function<void(std::function<void()>)>;

    Starting(World& world, Calls& calls, Defer defer, std::size_t in_one_step)
        : calls_(calls),
          defer_(std::move(defer)),
          started_(world.atoms.intern("started")),
          in_one_step_(in_one_step) {
        world.objects.each([&](const Object& object) {
            if (world.runtime->has_method(object.id, started_)) waiting_.push_back(object.id);
        });
    }
    void step() {
        const std::size_t end = std::min(next_ + in_one_step_, waiting_.size());
        for (; next_ < end; ++next_) calls_.own_call(waiting_[next_], started_, {}, ObjectId::nothing);
        if (next_ < waiting_.size()) defer_([self = shared_from_this()] { self->step(); });
    }

  private:
    Calls& calls_;
    Defer defer_;
    Atom started_;
    std::size_t in_one_step_;
    std::vector<ObjectId> waiting_;
    std::size_t next_ = 0;
};

}  // namespace

void call_started(World& world, Calls& calls, const std::function<void(std::function<void()>)>& defer,
                  std::size_t in_one_step) {
    std::make_shared<Starting>(world, calls, defer, in_one_step)->step();
}

}  // namespace gyre::world
