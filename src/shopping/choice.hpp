// SPDX-License-Identifier: Apache-2.0
// Which variant of a product stands for it when a request names the product only.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "b2a/catalog/snapshot.hpp"
#include "b2a/shopping/assess.hpp"

namespace b2a::shopping {

/// The one that answers the need best, then that is sold, in stock, of the size that fits best, and the cheapest; the
/// first of equals.
catalog::VariantRef representative(catalog::Snapshot const& snapshot, std::uint32_t product_index,
                                   Assessor const& assessor, Need const& need);

/// What `id` names: a variant, or a product by its representative.
std::optional<catalog::VariantRef> named_item(catalog::Snapshot const& snapshot, std::string_view id,
                                              Assessor const& assessor, Need const& need);

}  // namespace b2a::shopping
