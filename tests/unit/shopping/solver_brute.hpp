// SPDX-License-Identifier: Apache-2.0
// The solver's reference: every way to fill the places, judged one by one as the header says it.
#pragma once

#include "b2a/shopping/solver.hpp"

namespace b2a::test {

/// The score of the best, by trying everything.
std::optional<std::int64_t> best_by_trying(shopping::Problem const& problem);
/// The score of the best whose products are not those of `best`.
std::optional<std::int64_t> runner_up_by_trying(shopping::Problem const& problem,
                                                std::vector<std::optional<std::size_t>> const& best);
/// What a choice is worth; nullopt when a rule, the stock or the budget forbids it.
std::optional<std::int64_t> worth(shopping::Problem const& problem,
                                  std::vector<std::optional<std::size_t>> const& choice);
/// Are the products of two choices the same in every slot, in whatever order?
bool same_products(shopping::Problem const& problem, std::vector<std::optional<std::size_t>> const& a,
                   std::vector<std::optional<std::size_t>> const& b);

}  // namespace b2a::test
