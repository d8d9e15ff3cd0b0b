// SPDX-License-Identifier: Apache-2.0
// Any shop with any request, for properties.
#pragma once

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "unit/domain/shop.hpp"

namespace b2a::domain::testing {

inline CheckoutContent::RequestedMethod any_method() {
    auto method = method_of(*rc::gen::element(FulfillmentKind::shipping, FulfillmentKind::pickup));
    auto const lines = *rc::gen::inRange(0, 5);
    for (int i = 0; i < lines; ++i) method.line_ids.push_back("li_" + std::to_string(*rc::gen::inRange(1, 13)));
    if (*rc::gen::arbitrary<bool>()) method.destinations = content_of({}).methods[0].destinations;
    for (auto& destination : method.destinations) {
        destination.address.country = *rc::gen::element<std::string>("US", "DE", "NZ", "");
        destination.address.region = *rc::gen::element<std::string>("CA", "TX");
    }
    method.selected_destination_id = *rc::gen::element<std::string>("", "", "home", "soho", "berlin", "nowhere");
    method.selected_option_id = *rc::gen::element<std::string>("", "std", "exp", "pickup", "nope");
    return method;
}

struct Case {
    Shop shop;
    CheckoutContent content;
};

inline Case any_case() {
    Case out;
    out.content = content_of({});
    auto const count = *rc::gen::inRange(1, 12);
    for (int i = 0; i < count; ++i) {
        auto const id = "r" + std::to_string(i);
        out.shop.sell(id, *rc::gen::inRange<std::int64_t>(0, 1'000'000), *rc::gen::inRange<std::int64_t>(0, 50),
                      *rc::gen::element(Delivery::physical, Delivery::digital));
        out.content.lines.push_back({"", id, *rc::gen::inRange<std::int64_t>(1, 40)});
    }
    auto& promotions = out.shop.promotions;
    promotions[0].rate_ppm = *rc::gen::inRange<std::int64_t>(0, 1'100'000);
    promotions[1].amounts = {{*rc::gen::inRange<std::int64_t>(0, 5'000'000), usd()}};
    promotions[2].rate_ppm = *rc::gen::inRange<std::int64_t>(0, 1'000'000);
    promotions.push_back(Shop::automatic("auto", *rc::gen::inRange<std::int64_t>(0, 500'000)));
    promotions.back().stackable = *rc::gen::arbitrary<bool>();
    promotions.back().subtotal_min = {{*rc::gen::inRange<std::int64_t>(0, 5'000'000), usd()}};
    promotions.push_back(Shop::automatic("student", *rc::gen::inRange<std::int64_t>(0, 500'000)));
    promotions.back().eligibility = "org.example.student";
    promotions.back().kind = *rc::gen::element(PromotionKind::percentage, PromotionKind::free_shipping);
    out.shop.locations[0].excluded = {"r0", "r3"};
    out.content.discount_codes =
        *rc::gen::resize(6, rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
                                "SAVE10", "FIVE", "five", "EXTRA", "OLD", "FREESHIP", "NOPE", "")));
    if (*rc::gen::arbitrary<bool>()) out.content.context.eligibility = {"org.example.student", "org.example.other"};
    auto const methods = *rc::gen::inRange(0, 4);
    out.content.methods.clear();
    for (int i = 0; i < methods; ++i) out.content.methods.push_back(any_method());
    return out;
}

}  // namespace b2a::domain::testing
