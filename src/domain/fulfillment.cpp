// SPDX-License-Identifier: Apache-2.0
// How lines are spread over the methods, and what the choices of the agent mean.
#include <algorithm>

#include "domain/checkout_rules.hpp"

namespace b2a::domain {

std::string_view to_text(FulfillmentKind kind) noexcept {
    switch (kind) {
        case FulfillmentKind::shipping: return "shipping";
        case FulfillmentKind::pickup: return "pickup";
    }
    return "shipping";
}

Destination const* selected_destination(FulfillmentMethod const& method) noexcept {
    auto const found = std::ranges::find(method.destinations, method.selected_destination_id, &Destination::id);
    return found == method.destinations.end() ? nullptr : &*found;
}

ShippingOption const* selected_option(FulfillmentMethod const& method) noexcept {
    auto const found = std::ranges::find(method.options, method.selected_option_id, &ShippingOption::id);
    return found == method.options.end() ? nullptr : &*found;
}

Destination const* main_destination(Fulfillment const& fulfillment) noexcept {
    for (auto const kind : {FulfillmentKind::shipping, FulfillmentKind::pickup})
        for (auto const& method : fulfillment.methods)
            if (auto const* destination = selected_destination(method); method.kind == kind && destination != nullptr)
                return destination;
    return nullptr;
}

namespace rules {
namespace {

using Requested = CheckoutContent::RequestedMethod;

/// An id of ours says which method is meant, whatever kind stands beside it.
FulfillmentKind kind_of(Requested const& request) {
    if (request.id == to_text(FulfillmentKind::shipping)) return FulfillmentKind::shipping;
    if (request.id == to_text(FulfillmentKind::pickup)) return FulfillmentKind::pickup;
    return request.kind;
}

std::vector<Requested const*> first_of_each_kind(std::vector<Requested> const& requested) {
    std::vector<Requested const*> out;
    for (auto const& request : requested)
        if (std::ranges::none_of(out, [&](auto const* known) { return kind_of(*known) == kind_of(request); }))
            out.push_back(&request);
    return out;
}

bool names(Requested const& request, Line const& line) {
    return std::ranges::any_of(request.line_ids,
                               [&](auto const& id) { return id == line.id || id == line.variant_id; });
}

/// Which of `requests` (never empty) takes a line: the first that names it, else one that takes what is left.
std::size_t taker(std::vector<Requested const*> const& requests, Line const& line) {
    for (std::size_t i = 0; i < requests.size(); ++i)
        if (names(*requests[i], line)) return i;
    for (std::size_t i = 0; i < requests.size(); ++i)
        if (requests[i]->line_ids.empty()) return i;
    return 0;
}

void reject(Checkout& checkout, Severity severity, std::string path, std::string content) {
    checkout.findings.push_back({FindingCode::selection_rejected, severity, std::move(path), std::move(content)});
}

void reject_unknown_lines(Checkout& checkout, Requested const& request, std::string const& path,
                          std::vector<Line> const& before) {
    auto const among = [](std::vector<Line> const& lines, std::string const& id) {
        return std::ranges::any_of(lines, [&](Line const& line) { return line.id == id || line.variant_id == id; });
    };
    auto const known = [&](std::string const& id) { return among(checkout.lines, id) || among(before, id); };
    auto const unknown = std::ranges::find_if_not(request.line_ids, known);
    if (unknown != request.line_ids.end())
        reject(checkout, Severity::recoverable, path, "There is no line item " + *unknown + ".");
}

/// Destinations as sent; those without an id get one from their position. Nothing stands in for an id that is not
/// among them: the parcel would go to an address that nobody chose.
void set_addresses(Checkout& checkout, FulfillmentMethod& method, Requested const& request, std::string const& path) {
    method.destinations = request.destinations;
    for (std::size_t i = 0; i < method.destinations.size(); ++i)
        if (auto& id = method.destinations[i].id; id.empty()) id = "dest_" + std::to_string(i + 1);
    method.selected_destination_id = request.selected_destination_id;
    if (method.selected_destination_id.empty() && !method.destinations.empty())
        method.selected_destination_id = method.destinations.front().id;
    if (method.selected_destination_id.empty() || domain::selected_destination(method) != nullptr) return;
    method.selected_destination_id.clear();
    if (!method.destinations.empty())
        reject(checkout, Severity::recoverable, path + ".selected_destination_id",
               "There is no destination " + request.selected_destination_id + ".");
}

Result<void> set_locations(Checkout const& checkout, FulfillmentMethod& method, Requested const& request,
                           std::string const& path, PricingFacts const& facts) {
    std::vector<Line const*> lines;
    for (auto const& line : checkout.lines)
        if (std::ranges::find(method.line_ids, line.id) != method.line_ids.end()) lines.push_back(&line);
    method.destinations =
        pickup_destinations(lines, checkout.context, facts.locations, request.selected_destination_id);
    method.selected_destination_id = request.selected_destination_id;
    if (method.selected_destination_id.empty()) {
        if (method.destinations.size() == 1) method.selected_destination_id = method.destinations.front().id;
        return {};
    }
    if (domain::selected_destination(method) != nullptr) return {};
    method.selected_destination_id.clear();
    return Error(Code::selection_rejected,
                 "These items cannot be picked up at location " + request.selected_destination_id + ".",
                 path + ".selected_destination_id");
}

void choose_option(Checkout& checkout, FulfillmentMethod& method, std::string const& path) {
    if (domain::selected_option(method) != nullptr) return;
    auto const wanted = std::move(method.selected_option_id);
    method.selected_option_id.clear();
    if (method.options.empty()) return;
    auto const cheapest = std::ranges::min_element(method.options, {}, &ShippingOption::minor);
    method.selected_option_id = cheapest->id;
    if (!wanted.empty())
        reject(checkout, Severity::warning, path + ".groups[0].selected_option_id",
               "Option " + wanted + " is not on offer; " + cheapest->id + " was chosen instead.");
}

}  // namespace

std::string method_path(std::size_t index) {
    return "$.fulfillment.methods[" + std::to_string(index) + "]";
}

bool is_physical(Line const& line) noexcept {
    return line.delivery == Delivery::physical;
}

std::vector<Requested> requests_of(Fulfillment const& fulfillment) {
    std::vector<Requested> out;
    for (auto const& method : fulfillment.methods) {
        Requested request{
            method.id, method.kind, method.line_ids, {}, method.selected_destination_id, method.selected_option_id};
        if (method.kind == FulfillmentKind::shipping) request.destinations = method.destinations;
        out.push_back(std::move(request));
    }
    return out;
}

Result<void> arrange(Checkout& checkout, std::vector<Requested> const& requested, std::vector<Line> const& before,
                     PricingFacts const& facts) {
    Requested const by_default;
    auto requests = first_of_each_kind(requested);
    if (requests.empty()) requests.push_back(&by_default);
    std::vector<std::vector<std::string>> taken(requests.size());
    std::vector<Line const*> physical;
    for (auto const& line : checkout.lines)
        if (is_physical(line)) {
            physical.push_back(&line);
            taken[taker(requests, line)].push_back(line.id);
        }

    auto& fulfillment = checkout.fulfillment;
    fulfillment = Fulfillment{};
    fulfillment.pickup_available = can_be_picked_up(physical, facts.locations);
    Result<void> outcome;
    for (std::size_t i = 0; i < requests.size(); ++i) {
        auto const path = method_path(fulfillment.methods.size());
        reject_unknown_lines(checkout, *requests[i], taken[i].empty() ? "$.fulfillment" : path + ".line_item_ids",
                             before);
        if (taken[i].empty()) continue;
        FulfillmentMethod method;
        method.kind = kind_of(*requests[i]);
        method.id = to_text(method.kind);
        method.line_ids = std::move(taken[i]);
        method.selected_option_id = requests[i]->selected_option_id;
        if (method.kind == FulfillmentKind::shipping) set_addresses(checkout, method, *requests[i], path);
        else if (auto set = set_locations(checkout, method, *requests[i], path, facts); !set) outcome = std::move(set);
        fulfillment.methods.push_back(std::move(method));
    }
    return outcome;
}

Result<void> offer_options(Checkout& checkout, PricingFacts const& facts) {
    for (std::size_t i = 0; i < checkout.fulfillment.methods.size(); ++i) {
        auto& method = checkout.fulfillment.methods[i];
        if (method.kind == FulfillmentKind::pickup) offer_pickup(method, facts);
        else B2A_CHECK(offer_shipping(method, checkout, facts));
        choose_option(checkout, method, method_path(i));
    }
    return {};
}

}  // namespace rules
}  // namespace b2a::domain
