// SPDX-License-Identifier: Apache-2.0
// What search() must answer, by the plainest means: no index, one variant after the other, floating-point BM25.
#pragma once

#include <cstdint>
#include <vector>

#include "b2a/catalog/snapshot.hpp"

namespace b2a::test {

struct ReferenceHit {
    std::uint32_t product_index = 0;
    std::vector<std::uint32_t> variants;
    std::vector<domain::AllergenStatus> allergens;
    double score = 0;  // thousandths
};

/// All hits in product order; stock as in the snapshot.
std::vector<ReferenceHit> reference_search(catalog::Snapshot const& shop, catalog::SearchQuery const& query);

}  // namespace b2a::test
