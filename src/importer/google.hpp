// SPDX-License-Identifier: Apache-2.0
// One item of a Google Merchant feed, whether it came as a table row or as XML.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "importer/context.hpp"
#include "importer/groups.hpp"
#include "importer/source.hpp"

namespace b2a::importer {

struct FeedItem {
    std::uint64_t line = 0;
    std::string fault;                                        // not empty: the item is to be rejected for this
    std::vector<std::pair<std::string, std::string>> fields;  // "image_link" and its value; names may repeat

    /// The first value of that name that is not empty, trimmed.
    [[nodiscard]] std::string_view first(std::string_view name) const;
    /// The product that the item is a variant of; empty if it stands alone.
    [[nodiscard]] std::string group() const { return std::string(first("item_group_id")); }
};

/// Takes the item into `groups`, or rejects it.
Result<void> take_google_item(FileContext const& context, Groups& groups, FeedItem const& item);

}  // namespace b2a::importer
