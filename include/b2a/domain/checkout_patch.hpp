// SPDX-License-Identifier: Apache-2.0
// A partial change of a checkout as a full one: protocols that change parts (ACP, A2A, native) and those that replace
// everything (UCP) end in the same rules. Pure.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "b2a/domain/checkout.hpp"

namespace b2a::domain {

/// A change of some parts of a checkout: what is absent stays as it is.
struct ContentPatch {
    std::optional<std::vector<CheckoutContent::RequestedLine>> lines;  // replaces them
    std::vector<CheckoutContent::RequestedLine> add;                   // further units, after `lines`
    std::optional<Buyer> buyer;                                        // consent: as with a full update
    std::optional<Context> context;
    std::optional<std::map<std::string, std::string>> attribution;
    std::optional<std::vector<std::string>> discount_codes;
    std::optional<std::vector<CheckoutContent::RequestedMethod>> methods;  // replaces them; destinations stay
    /// Where it is shipped to, with whatever option fits; unless `methods` says so itself. A name and telephone number
    /// alone rename the recipient.
    std::optional<Address> ship_to;
    /// Options by id, for whichever method offers them, also pickup locations; "" lets the rules choose again. Unless
    /// `methods` says so itself.
    std::vector<std::string> selected_options;
    std::string contact_email;  // for a buyer who has none
};

/// The content that leads to this checkout again.
CheckoutContent requested_content(Checkout const& checkout);
/// requested_content() with the change. Errors: selection_rejected with a JSONPath as pointer when an option is not on
/// offer.
Result<CheckoutContent> patched(Checkout const& checkout, ContentPatch const& patch);

}  // namespace b2a::domain
