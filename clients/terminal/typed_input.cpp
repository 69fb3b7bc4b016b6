#include "clients/terminal/typed_input.hpp"

#include "clients/terminal/console.hpp"

#include <array>
#include <string>
#include <thread>
#include <utility>

namespace gyre::play {

void read_input(const std::shared_ptr<TypedInput>& input, std::function<void(std::string_view)> typed) {
    std::thread([input, typed = std::move(typed)] {
        while (true) {
            input->wanted.acquire();
            std::array<char, 4096> buffer{};
            const std::size_t count = Console::read(buffer);
            asio::post(input->io, [typed, bytes = std::string(buffer.data(), count)] { typed(bytes); });
            if (count == 0) return;
        }
    }).detach();
}

}  // namespace gyre::play
