#include "net/service.hpp"
#include "net/ssh/ssh_service.hpp"
#include "net/telnet/telnet_service.hpp"

#include <algorithm>
#include <array>

namespace gyre::net {

std::span<const Service> all_services() {
    static const std::array services{
        telnet_service(),
        telnets_service(),
        ssh_service(),
    };
    return services;
}

const Service* find_service(std::string_view scheme) {
    const auto services = all_services();
    const auto found = std::find_if(services.begin(), services.end(),
                                    [scheme](const Service& service) { return service.scheme == scheme; });
    return found == services.end() ? nullptr : &*found;
}

}  // namespace gyre::net
