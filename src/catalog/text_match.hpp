// SPDX-License-Identifier: Apache-2.0
// The products that contain every word of a query, each with its score. The last word may also be the beginning of a
// longer one; there is no fallback to "some of the words", and no bound on how many words a prefix stands for: they are
// one slice of postings, so a prefix costs one pass over it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/text_index.hpp"

namespace b2a::catalog {

struct Match {
    std::uint32_t product = 0;
    std::uint32_t score = 0;  // thousandths
};

/// Memory that a thread uses again for its next query; the slots are zero between queries.
struct MatchScratch {
    std::vector<Match> matches;
    std::vector<std::uint32_t> slots;    // by product: impact of the whole word << 16 | best impact of a longer one
    std::vector<std::uint32_t> touched;  // products whose slot is not zero
};

/// Leaves the matches in `scratch.matches`, in no particular order. No word in `text`: no match.
void match_text(TextIndex const& index, std::string_view text, std::size_t product_count, MatchScratch& scratch);

}  // namespace b2a::catalog
