// SPDX-License-Identifier: Apache-2.0
// What a store holds about one buyer: found by a scan, because an index of people would itself be a list of people.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "b2a/base/result.hpp"
#include "b2a/store/change_set.hpp"

namespace b2a::store {

/// Whose data is meant: everybody who gave this e-mail address (compared without regard to case), or one order with
/// its checkout and cart. Exactly one of the two is set.
struct DataSubject {
    std::string email;
    std::optional<OrderId> order;
};

struct HeldReply {
    Digest key{};
    StoredReply reply;
};

struct Holdings {
    std::vector<domain::Order> orders;
    std::vector<domain::Checkout> checkouts;
    std::vector<domain::Cart> carts;
    std::vector<Notice> notices;
    std::vector<HeldReply> replies;

    [[nodiscard]] bool empty() const noexcept {
        return orders.empty() && checkouts.empty() && carts.empty() && notices.empty() && replies.empty();
    }
};

/// What scrub() found when it looked through the files.
struct ScrubReport {
    bool rebuilt = false;      // traces were found, and the file was written anew
    std::uint64_t traces = 0;  // that are left: in rows of other people, or of this one that must stay
    std::uint64_t bytes_read = 0;
};

}  // namespace b2a::store
