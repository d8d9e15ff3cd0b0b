// SPDX-License-Identifier: Apache-2.0
// A postal address, as every part of the shop uses it.
#pragma once

#include <string>

namespace b2a::domain {

struct Address {
    std::string first_name, last_name, street_address, extended_address, locality, region, postal_code, country,
        phone_number;
    friend bool operator==(Address const&, Address const&) = default;
};

}  // namespace b2a::domain
