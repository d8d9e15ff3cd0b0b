// SPDX-License-Identifier: Apache-2.0
// Version 1 knew one shipment a purchase, with its goods understood to be every physical line, and fulfilment events
// that concerned the whole order. These read such rows as what version 2 writes. Private to the codecs.
#pragma once

#include "b2a/domain/order.hpp"

#include "store/codec_archive.hpp"

namespace b2a::store::codec::v1 {

/// A method for whatever is shipped; its lines follow from cover_lines(), once they are known.
inline domain::FulfillmentMethod& add_shipment(std::vector<domain::FulfillmentMethod>& methods) {
    auto& method = methods.emplace_back();
    method.id = "shipping";
    return method;
}

/// Gives the one shipment the physical lines; without any there is nothing to ship.
inline void cover_lines(std::vector<domain::FulfillmentMethod>& methods, std::vector<domain::Line> const& lines) {
    for (auto& method : methods)
        for (auto const& line : lines)
            if (line.delivery == domain::Delivery::physical) method.line_ids.push_back(line.id);
    std::erase_if(methods, [](auto const& method) { return method.line_ids.empty(); });
}

/// Gives the events what they were about: the physical lines, or all of an order that has none.
inline void cover_lines(std::vector<domain::FulfillmentEvent>& events, std::vector<domain::Line> const& lines) {
    auto const travels = [](domain::Line const& line) { return line.delivery == domain::Delivery::physical; };
    bool const some_travel = std::ranges::any_of(lines, travels);
    for (auto& event : events)
        for (auto const& line : lines)
            if (!some_travel || travels(line)) event.lines.push_back({line.id, line.quantity});
}

}  // namespace b2a::store::codec::v1
