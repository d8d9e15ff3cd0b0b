// SPDX-License-Identifier: Apache-2.0
// What a conversation says about its checkout, in parts.
#include "b2a/base/limits.hpp"

#include "parse_checkout.hpp"
#include "parse_parts.hpp"

namespace b2a::protocol::ucp {
namespace {

using json::Presence;
using json::Reader;

void read_lists(Reader& reader, Payload const& payload, domain::ContentPatch& patch) {
    domain::CheckoutContent content;
    if (reader.has("line_items")) {
        read_lines(reader, content);
        patch.lines = std::move(content.lines);
    }
    if (reader.has("attribution")) {
        read_attribution(reader, content);
        patch.attribution = std::move(content.attribution);
    }
    if (payload.terms.has(Capability::fulfillment) && reader.has("fulfillment")) {
        read_fulfillment(reader, content);
        patch.methods = std::move(content.methods);
    }
    if (!payload.terms.has(Capability::discount)) return;
    if (reader.has("discounts")) {
        read_discounts(reader, content);
        patch.discount_codes = std::move(content.discount_codes);
    }
    if (auto codes = reader.strings("codes", limits::discount_codes_max, limits::discount_code_bytes_max))
        patch.discount_codes = *std::move(codes);
}

domain::ContentPatch read_patch(Reader& reader, Payload const& payload) {
    domain::ContentPatch patch;
    read_lists(reader, payload, patch);
    if (reader.has("buyer")) read_buyer(reader, payload.terms, patch.buyer.emplace());
    if (reader.has("context")) {
        read_context(reader, patch.context.emplace());
        if (patch.context->language.empty()) patch.context->language = payload.language;
    }
    if (!payload.terms.has(Capability::fulfillment)) return patch;
    reader.object("address", [&](Reader& address) { read_address(address, patch.ship_to.emplace()); });
    if (auto option = reader.string("option_id", limits::id_bytes_max))
        patch.selected_options.push_back(*std::move(option));
    return patch;
}

bool changes_nothing(domain::ContentPatch const& patch) {
    return !patch.lines && !patch.buyer && !patch.context && !patch.attribution && !patch.discount_codes &&
           !patch.methods && !patch.ship_to && patch.selected_options.empty();
}

}  // namespace

Result<service::UpdateCheckout> parse_change(Payload const& payload, std::string_view id) {
    service::UpdateCheckout command;
    Reader reader(payload.body);
    command.patch = read_patch(reader, payload);
    if (reader.problems().empty() && changes_nothing(*command.patch))
        reader.problem("", "says nothing that could be changed on these terms");
    B2A_CHECK(reader.finish());
    B2A_CHECK(check_units(payload.body));
    B2A_TRY(checkout, parse_checkout_id(id));
    command.id = checkout;
    command.subscription = subscription(payload.terms);
    command.mandates = payload.terms.has(Capability::ap2_mandate);
    return command;
}

Result<NamedItem> parse_item(json::View body) {
    NamedItem out;
    Reader reader(body);
    read_text(reader, "variant_id", out.variant_id, limits::id_bytes_max);
    read_text(reader, "product_id", out.product_id, limits::id_bytes_max);
    read_text(reader, "line_item_id", out.line_id, limits::id_bytes_max);
    out.quantity = reader.integer("quantity", 1, limits::line_quantity_max);
    if (reader.problems().empty() && out.variant_id.empty() && out.product_id.empty() && out.line_id.empty())
        reader.problem("", "must name a variant_id or a product_id");
    B2A_CHECK(reader.finish());
    return out;
}

}  // namespace b2a::protocol::ucp
