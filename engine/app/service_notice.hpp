#pragma once

#include <string_view>

namespace gyre::app {

/// Tells the service manager that started us (systemd, by sd_notify(3)'s protocol: one datagram to
/// $NOTIFY_SOCKET) a state such as "READY=1" or "STOPPING=1". Nothing happens when there is none; never
/// blocks, never fails.
void notify_service_manager(std::string_view state) noexcept;

}  // namespace gyre::app
