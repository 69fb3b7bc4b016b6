#include "world/errors.hpp"

#include "engine/base/log.hpp"

#include <fmt/format.h>
#include <bit>

namespace gyre::world {

namespace {

/// FNV-1a, folded to 16 bits: short enough to be told by voice.
std::string name_of(std::string_view fault) {
    std::uint32_t hash = 2166136261U;
    for (const char byte : fault) hash = (hash ^ static_cast<unsigned char>(byte)) * 16777619U;
    return fmt::format("e-{:04x}", (hash ^ (hash >> 16U)) & 0xFFFFU);
}

}  // namespace

Errors::Report Errors::report(const script::CallResult& result, const Circumstances& at) {
    const script::Fault& fault = *result.fault;
    ++total_;
    std::string name = name_of(fault.error);
    if (counts_.size() >= max_remembered && !counts_.contains(name)) counts_.clear();
    const std::uint64_t count = ++counts_[name];
    if (!std::has_single_bit(count)) return {name, count, false};
    const std::string_view message =
        result.kind == script::CallResult::Kind::over_budget ? "script stopped" : "script error";
    log::warn("script", message,
              {{"id", name},
               {"class", fault.in != nullptr ? fault.in->title : std::string{}},
               {"owner", fault.in != nullptr ? fault.in->owner : std::string{}},
               {"method", std::string{at.method}},
               {"actor", at.actor},
               {"door", std::string{at.service}},
               {"count", std::to_string(count)},
               {"error", fault.error}});
    if (count == 1 && !fault.traceback.empty())
        log::info("script", "traceback", {{"id", name}, {"text", fault.traceback}});
    return {name, count, true};
}

}  // namespace gyre::world
