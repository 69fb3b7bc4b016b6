#include "engine/app/control_protocol.hpp"

#include "engine/app/exit.hpp"

#include <utility>

namespace gyre::app {

void ControlProtocol::connection_made(reactor::Transport& transport) {
    transport.set_idle_limit(0);
    asker_->transport = &transport;
}

bool ControlProtocol::handle_next() {
    const auto request = codec_.next();
    if (!request) return false;
    if (!*request) {
        answer(*asker_, {static_cast<int>(Exit::usage), request->error().text + '\n'}, 0);
        return false;
    }
    perform_(request->value(), [asker = asker_](const ControlAnswer& given, BatchNumber needs) {
        answer(*asker, given, needs);
    });
    show_life(asker_, schedule_);
    return false;
}

void ControlProtocol::show_life(const std::shared_ptr<Asker>& asker, const Schedule& schedule) {
    if (asker->transport == nullptr) return;
    schedule(life_sign_every, [asker, schedule] {
        if (asker->transport == nullptr) return;
        asker->transport->write(control_life_sign);
        show_life(asker, schedule);
    });
}

void ControlProtocol::say_goodbye(Ending ending) {
    const bool failed = ending == Ending::storage_failed;
    const Exit code = failed ? Exit::storage_failed : Exit::unavailable;
    answer(*asker_, {static_cast<int>(code), failed ? "the disk failed\n" : "the server is stopping\n"}, 0);
}

void ControlProtocol::connection_lost(std::string_view /*reason*/) { asker_->transport = nullptr; }

void ControlProtocol::answer(Asker& asker, const ControlAnswer& answer, BatchNumber needs) {
    reactor::Transport* const transport = std::exchange(asker.transport, nullptr);
    if (transport == nullptr) return;
    transport->write(encode_answer(answer), needs);
    transport->lose_connection();
}

}  // namespace gyre::app
