// SPDX-License-Identifier: Apache-2.0
// Which protocols the agents' listener speaks, and how each is connected to the services: one function a protocol.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "b2a/service/notices.hpp"

#include "app/lane.hpp"

namespace b2a::app {

/// Mounts every protocol on every lane. The site's base URL must be known. Errors: unreadable files that the
/// configuration names.
Result<void> mount_surfaces(Shared& shared, std::span<std::unique_ptr<Lane> const> lanes);
/// How each protocol tells other systems about orders. Errors: an ACP webhook without its secret, or one that others
/// may read.
Result<std::vector<std::unique_ptr<service::OrderNoticePort>>> order_notice_ports(Shared& shared);

}  // namespace b2a::app
