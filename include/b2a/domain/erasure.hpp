// SPDX-License-Identifier: Apache-2.0
// What is left of a purchase when the buyer's data has to go: what was sold, for how much, and into which country,
// which is what books and taxes need. Pure functions; the result is a value like any other.
#pragma once

#include <string>
#include <vector>

#include "b2a/domain/cart.hpp"
#include "b2a/domain/order.hpp"

namespace b2a::domain {

Order without_buyer(Order order);
Checkout without_buyer(Checkout checkout);

/// Every text in it that may name or find a person, as it was given: what an erasure must not leave behind anywhere.
/// Texts of fewer than four bytes are left out, they are found everywhere.
std::vector<std::string> personal_texts(Order const& order);
std::vector<std::string> personal_texts(Checkout const& checkout);
std::vector<std::string> personal_texts(Cart const& cart);

}  // namespace b2a::domain
