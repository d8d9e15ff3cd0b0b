// SPDX-License-Identifier: Apache-2.0
// Governance as JSON, the same for the operator's API and for the command line.
#pragma once

#include <string>
#include <vector>

#include "b2a/json/writer.hpp"
#include "b2a/service/oversight.hpp"

namespace b2a::app {

void write(json::Writer& out, policy::Stop const& stop, Timestamp now);
void write(json::Writer& out, policy::Approval const& approval);
void write(json::Writer& out, policy::StopPreview const& preview);
void write(json::Writer& out, policy::ReplayReport const& report);
void write(json::Writer& out, policy::Difference const& difference);
/// The decision of the rules about an example, and every rule's part in it.
void write_explanation(json::Writer& out, policy::RuleSet const& rules, policy::Facts const& facts);

/// "90s", "15m", "24h", "7d"; nullopt for anything else and for more than a year.
std::optional<std::chrono::seconds> parse_span(std::string_view text) noexcept;

}  // namespace b2a::app
