#pragma once

#include "engine/app/control_codec.hpp"
#include "engine/base/ids.hpp"
#include "engine/reactor/transport.hpp"

#include <chrono>
#include <functional>
#include <memory>

namespace gyre::app {

/// The server's end of the control socket: one request, one answer, goodbye. Who may connect is a matter of
/// the socket's file mode (0600).
class ControlProtocol final : public reactor::Protocol {
  public:
    /// Gives the answer, on the reactor's thread, at once or later, at most once; it leaves when batch
    /// `needs` is on disk. May be called when the asker is gone.
    using Reply = std::function<void(const ControlAnswer& answer, BatchNumber needs)>;
    /// Performs a request. Must not block; what takes time goes to a worker and replies later.
    using Perform = std::function<void(const ControlWords& request, Reply reply)>;

    /// Runs an action on the reactor's thread after a while, also when the world rests.
    using Schedule = std::function<void(std::chrono::seconds, std::function<void()>)>;
    /// How often whoever waits for an answer gets a sign of life.
    static constexpr std::chrono::seconds life_sign_every{2};

    ControlProtocol(Perform perform, Schedule schedule)
        : perform_(std::move(perform)), schedule_(std::move(schedule)) {}

    void connection_made(reactor::Transport& transport) override;
    void bytes_received(std::string_view bytes) override { codec_.feed(bytes); }
    bool handle_next() override;
    void say_goodbye(Ending ending) override;
    void connection_lost(std::string_view reason) override;

  private:
    /// What a late reply still finds when the connection is gone.
    struct Asker {
        reactor::Transport* transport = nullptr;  ///< Null once answered or lost.
    };
    static void show_life(const std::shared_ptr<Asker>& asker, const Schedule& schedule);
    static void answer(Asker& asker, const ControlAnswer& answer, BatchNumber needs);

    Perform perform_;
    Schedule schedule_;
    ControlRequestCodec codec_;
    std::shared_ptr<Asker> asker_ = std::make_shared<Asker>();
};

}  // namespace gyre::app
