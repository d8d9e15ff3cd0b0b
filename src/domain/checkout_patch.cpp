// SPDX-License-Identifier: Apache-2.0
#include "b2a/domain/checkout_patch.hpp"

#include <algorithm>

#include "b2a/domain/cart_patch.hpp"

namespace b2a::domain {
namespace {

using Content = CheckoutContent;

Content::RequestedMethod requested(FulfillmentMethod const& method) {
    Content::RequestedMethod out;
    out.id = method.id;
    out.kind = method.kind;
    out.line_ids = method.line_ids;
    if (method.kind == FulfillmentKind::shipping) out.destinations = method.destinations;
    out.selected_destination_id = method.selected_destination_id;
    out.selected_option_id = method.selected_option_id;
    return out;
}

void add(std::vector<Content::RequestedLine>& lines, Content::RequestedLine const& more) {
    auto const known = std::ranges::find(lines, more.variant_id, &Content::RequestedLine::variant_id);
    if (known == lines.end()) lines.push_back(more);
    // Absurd sums are refused with the other quantities by the rules; here they only must not wrap.
    else if (__builtin_add_overflow(known->quantity, more.quantity, &known->quantity)) known->quantity = 0;
}

/// What carts and checkouts have in common.
void change(Content& content, ContentPatch const& patch) {
    if (patch.lines) content.lines = *patch.lines;
    for (auto const& more : patch.add) add(content.lines, more);
    if (patch.buyer) content.buyer = *patch.buyer;
    if (content.buyer.email.empty()) content.buyer.email = patch.contact_email;
    if (patch.context) content.context = *patch.context;
    if (patch.attribution) content.attribution = *patch.attribution;
    if (patch.discount_codes) content.discount_codes = *patch.discount_codes;
}

/// Lines may be gone or new: a method that named its lines takes whatever no other one names.
void forget_lines(std::vector<Content::RequestedMethod>& methods) {
    if (methods.size() == 1) methods.front().line_ids.clear();
}

Content::RequestedMethod& method_of(std::vector<Content::RequestedMethod>& methods, FulfillmentKind kind) {
    auto const known = std::ranges::find(methods, kind, &Content::RequestedMethod::kind);
    if (known != methods.end()) return *known;
    auto& added = methods.emplace_back();
    added.kind = kind;
    return added;
}

/// A name and a telephone number alone say who receives it where it goes already.
bool is_recipient(Address const& address) {
    return address.street_address.empty() && address.locality.empty() && address.region.empty() &&
           address.postal_code.empty() && address.country.empty();
}

void name_recipient(std::vector<Content::RequestedMethod>& methods, Address const& recipient) {
    for (auto& method : methods) {
        if (method.kind != FulfillmentKind::shipping) continue;
        for (auto& destination : method.destinations) {
            if (!recipient.first_name.empty()) {
                destination.address.first_name = recipient.first_name;
                destination.address.last_name = recipient.last_name;
            }
            if (!recipient.phone_number.empty()) destination.address.phone_number = recipient.phone_number;
        }
    }
}

/// Other lines may travel another way now, but where to is not asked for a second time.
void keep_destinations(std::vector<Content::RequestedMethod>& methods, Checkout const& checkout) {
    auto const& before = checkout.fulfillment.methods;
    auto const known = std::ranges::find(before, FulfillmentKind::shipping, &FulfillmentMethod::kind);
    if (known == before.end()) return;
    for (auto& method : methods) {
        if (method.kind != FulfillmentKind::shipping || !method.destinations.empty()) continue;
        method.destinations = known->destinations;
        if (method.selected_destination_id.empty()) method.selected_destination_id = known->selected_destination_id;
    }
}

void ship_to(std::vector<Content::RequestedMethod>& methods, Address const& address) {
    if (is_recipient(address)) return name_recipient(methods, address);
    auto& method = method_of(methods, FulfillmentKind::shipping);
    // The id stays, so that whoever chose the destination before still has it chosen.
    auto const id = method.selected_destination_id.empty() ? std::string("dest_1") : method.selected_destination_id;
    method.destinations.assign(1, Destination{id, {}, address});
    method.selected_destination_id = id;
}

Result<void> select(std::vector<Content::RequestedMethod>& methods, Checkout const& checkout, std::string const& option,
                    std::size_t index) {
    // No option at all: the rules choose again.
    if (option.empty()) {
        for (auto& method : methods) method.selected_option_id.clear();
        return {};
    }
    for (auto const& method : checkout.fulfillment.methods) {
        bool const location =
            method.kind == FulfillmentKind::pickup &&
            std::ranges::find(method.destinations, option, &Destination::id) != method.destinations.end();
        if (location) {
            method_of(methods, method.kind).selected_destination_id = option;
            return {};
        }
        if (std::ranges::find(method.options, option, &ShippingOption::id) == method.options.end()) continue;
        method_of(methods, method.kind).selected_option_id = option;
        return {};
    }
    // Beside a new address the options are not known yet; the rules judge the choice once they are.
    if (checkout.fulfillment.methods.empty() || checkout.fulfillment.methods.front().options.empty()) {
        method_of(methods, FulfillmentKind::shipping).selected_option_id = option;
        return {};
    }
    return Error(Code::selection_rejected, "There is no option " + option + ".",
                 "$.selected_fulfillment_options[" + std::to_string(index) + "].option_id");
}

}  // namespace

CheckoutContent requested_content(Checkout const& checkout) {
    Content out;
    for (auto const& line : checkout.lines) out.lines.push_back({line.id, line.variant_id, line.quantity});
    for (auto const& method : checkout.fulfillment.methods) out.methods.push_back(requested(method));
    out.buyer = checkout.buyer;
    out.context = checkout.context;
    if (out.context.currency.empty()) out.context.currency = checkout.currency.code();
    out.attribution = checkout.attribution;
    out.discount_codes = checkout.discount_codes;
    out.instruments = checkout.payment.instruments;
    return out;
}

Result<CheckoutContent> patched(Checkout const& checkout, ContentPatch const& patch) {
    auto out = requested_content(checkout);
    change(out, patch);
    if (patch.lines || !patch.add.empty()) forget_lines(out.methods);
    if (patch.methods) {
        out.methods = *patch.methods;
        keep_destinations(out.methods, checkout);
        return out;
    }
    if (patch.ship_to) ship_to(out.methods, *patch.ship_to);
    for (std::size_t i = 0; i < patch.selected_options.size(); ++i)
        B2A_CHECK(select(out.methods, checkout, patch.selected_options[i], i));
    return out;
}

CheckoutContent patched(Cart const& cart, ContentPatch const& patch) {
    auto out = convert(cart, {});
    if (out.context.currency.empty()) out.context.currency = cart.currency.code();
    change(out, patch);
    return out;
}

}  // namespace b2a::domain
