#pragma once

#include "world/script/runtime.hpp"

#include <cstdint>
#include <string>
#include <unordered_map>

namespace gyre::world {

/// Faults of scripts as their makers hear of them: each distinct one has a short name, its traceback is
/// logged once, and after that only how often it came (at 2, 4, 8 ... times).
class Errors {
  public:
    static constexpr std::size_t max_remembered = 1000;

    /// Where a fault showed; all for the log.
    struct Circumstances {
        std::string_view method;
        std::string_view service;
        std::string actor;
    };
    struct Report {
        std::string name;         ///< "e-4f2a", the same for the same fault.
        std::uint64_t count = 0;  ///< How often it came.
        bool is_news = false;     ///< It was logged now, and its maker is to hear of it.
    };
    /// Logs what is new about it.
    Report report(const script::CallResult& result, const Circumstances& at);
    [[nodiscard]] std::uint64_t total() const { return total_; }

  private:
    std::unordered_map<std::string, std::uint64_t> counts_;
    std::uint64_t total_ = 0;
};

}  // namespace gyre::world
