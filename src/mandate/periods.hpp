// SPDX-License-Identifier: Apache-2.0
// The periods of payment.agent_recurrence: calendar periods in UTC, as AP2's SDK counts them. Private to the module.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "b2a/base/time.hpp"

namespace b2a::mandate {

enum class Frequency : std::uint8_t { on_demand, daily, weekly, biweekly, monthly, quarterly, annually };
std::optional<Frequency> frequency_from_text(std::string_view text) noexcept;

struct Period {
    std::string name;  // its first day, "2026-11-01"
    Timestamp end{};
};
/// The period that `now` is in; none on demand.
std::optional<Period> period_at(Frequency frequency, Timestamp now);

}  // namespace b2a::mandate
