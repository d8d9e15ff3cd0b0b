// SPDX-License-Identifier: Apache-2.0
// What the parts of `b2a export` share.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "b2a/catalog/snapshot.hpp"
#include "b2a/protocol/site.hpp"

#include "app/commands/commands.hpp"
#include "app/commands/desk.hpp"

namespace b2a::app {

/// The catalog as it is now, and who offers it.
struct Shelf {
    CommandDesk& desk;
    protocol::Site site;
    std::shared_ptr<catalog::Snapshot const> snapshot;
    Currency currency;
};

struct PushReport {
    std::string feed;
    std::uint64_t products = 0, batches = 0, retries = 0;
    std::uint64_t without_price = 0;
};
/// Sends all products to the agent's feed API of the configuration. Errors: a configuration without one, policy_denied,
/// what the agent or the network refused: what was sent before stays sent, and is on record.
Result<PushReport> push_feed(Shelf const& shelf, ExportOptions const& options);

}  // namespace b2a::app
