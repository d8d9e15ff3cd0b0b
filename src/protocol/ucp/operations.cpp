// SPDX-License-Identifier: Apache-2.0
#include "protocol/ucp/operations.hpp"

#include <algorithm>

#include "b2a/protocol/disclosures.hpp"
#include "b2a/protocol/reply.hpp"

#include "answers.hpp"
#include "errors.hpp"
#include "locations.hpp"
#include "render_checkout.hpp"

namespace b2a::protocol::ucp {
namespace {

using web::Method;
using web::Response;

constexpr Entry open_to_all(Capability capability) {
    return {capability, false};
}
constexpr Entry proven(Capability capability) {
    return {capability, true};
}

constexpr Operation table[] = {
    {"search_catalog",
     "ucp.search_catalog",
     Method::post,
     "/catalog/search",
     "catalog",
     {},
     open_to_all(Capability::catalog_search),
     BodyRule::required,
     &Operations::search_catalog},
    {"lookup_catalog",
     "ucp.lookup_catalog",
     Method::post,
     "/catalog/lookup",
     "catalog",
     {},
     open_to_all(Capability::catalog_lookup),
     BodyRule::required,
     &Operations::lookup_catalog},
    {"get_product",
     "ucp.get_product",
     Method::post,
     "/catalog/product",
     "catalog",
     {},
     open_to_all(Capability::catalog_lookup),
     BodyRule::required,
     &Operations::get_product},
    {"create_cart", "ucp.create_cart", Method::post, "/carts", "cart", "cart.create", proven(Capability::cart),
     BodyRule::required, &Operations::create_cart},
    {"get_cart",
     "ucp.get_cart",
     Method::get,
     "/carts/{id}",
     {},
     {},
     proven(Capability::cart),
     BodyRule::none,
     &Operations::get_cart},
    {"update_cart", "ucp.update_cart", Method::put, "/carts/{id}", "cart", "cart.update", proven(Capability::cart),
     BodyRule::required, &Operations::update_cart},
    {"cancel_cart",
     "ucp.cancel_cart",
     Method::post,
     "/carts/{id}/cancel",
     {},
     "cart.cancel",
     proven(Capability::cart),
     BodyRule::optional,
     &Operations::cancel_cart},
    {"create_checkout", "ucp.create_checkout", Method::post, "/checkout-sessions", "checkout", "checkout.create",
     proven(Capability::checkout), BodyRule::required, &Operations::create_checkout},
    {"get_checkout",
     "ucp.get_checkout",
     Method::get,
     "/checkout-sessions/{id}",
     {},
     {},
     proven(Capability::checkout),
     BodyRule::none,
     &Operations::get_checkout},
    {"update_checkout", "ucp.update_checkout", Method::put, "/checkout-sessions/{id}", "checkout", "checkout.update",
     proven(Capability::checkout), BodyRule::required, &Operations::update_checkout},
    {"complete_checkout", "ucp.complete_checkout", Method::post, "/checkout-sessions/{id}/complete", "checkout",
     "checkout.complete", proven(Capability::checkout), BodyRule::required, &Operations::complete_checkout},
    {"cancel_checkout",
     "ucp.cancel_checkout",
     Method::post,
     "/checkout-sessions/{id}/cancel",
     {},
     "checkout.cancel",
     proven(Capability::checkout),
     BodyRule::optional,
     &Operations::cancel_checkout},
    {"get_order",
     "ucp.get_order",
     Method::get,
     "/orders/{id}",
     {},
     {},
     proven(Capability::order),
     BodyRule::none,
     &Operations::get_order},
    {"search_locations",
     "ucp.search_locations",
     Method::post,
     "/locations/search",
     "location",
     {},
     open_to_all(Capability::location_search),
     BodyRule::required,
     &Operations::search_locations},
    {"lookup_locations",
     "ucp.lookup_locations",
     Method::post,
     "/locations/lookup",
     "location",
     {},
     open_to_all(Capability::location_lookup),
     BodyRule::required,
     &Operations::lookup_locations},
};

}  // namespace

std::span<Operation const> operations() noexcept {
    return table;
}

Operation const* find_operation(std::string_view name) noexcept {
    auto const found = std::ranges::find(table, name, &Operation::name);
    return found == std::end(table) ? nullptr : &*found;
}

bool has_operation(Version version, Operation const& operation) noexcept {
    return find_offered(version, operation.entry.capability) != nullptr;
}

void finish(Call const& call, std::string_view caching, Response& response) {
    response.content_type = web::json_type;
    response.header("Cache-Control", std::string(caching));
    response.agent = call.context.principal.id;
}

void fail(Call const& call, Error const& error, Response& response) {
    render_error(error, call.terms->error(), response);
    finish(call, private_answer, response);
}

void answer(Call const& call, Site const& site, Result<service::Replied> const& replied, Response& response) {
    if (!replied) {
        auto const& error = replied.error();
        // An error that names an item, not the resource: nothing of what was asked for can be sold.
        bool const item = !error.pointer.empty() && error.pointer != call.id && error.pointer != "/cart_id";
        if (error.code != Code::not_found || !item) return fail(call, error, response);
        render_unavailable(error, call.terms->error(), response);
        return finish(call, private_answer, response);
    }
    response.status = replied->reply.status;
    response.body = replied->reply.body;
    response.decision = replied->decision;
    add_audit_entry(site, replied->audit_seq, response);
    finish(call, private_answer, response);
}

domain::Finding refused_selection(Error const& error) {
    auto const code = error.reason == "quantity_unit_mismatch" ? domain::FindingCode::quantity_unit_mismatch
                      : error.reason == "payment_failed"       ? domain::FindingCode::payment_failed
                                                               : domain::FindingCode::selection_rejected;
    return {code, domain::Severity::recoverable, error.pointer, error.detail};
}

void Operations::search_catalog(Call const& call, Response& response) {
    auto const command = parse_search(call.body, catalog_.vendor());
    if (!command) return fail(call, command.error(), response);
    auto const done = catalog_.search(call.context, *call.terms, *command, response.body);
    if (!done) return fail(call, done.error(), response);
    finish(call, command->needs.given() ? private_answer : shared_answer, response);
}

void Operations::lookup_catalog(Call const& call, Response& response) {
    auto const command = parse_lookup(call.body);
    if (!command) return fail(call, command.error(), response);
    auto const done = catalog_.lookup(call.context, *call.terms, *command, response.body);
    if (!done) return fail(call, done.error(), response);
    finish(call, shared_answer, response);
}

void Operations::get_product(Call const& call, Response& response) {
    auto const command = parse_product(call.body);
    if (!command) return fail(call, command.error(), response);
    auto const done = catalog_.product(call.context, *call.terms, *command, response.body);
    if (!done) return fail(call, done.error(), response);
    finish(call, shared_answer, response);
}

void Operations::search_locations(Call const& call, Response& response) {
    auto const query = parse_location_search(call.body);
    if (!query) return fail(call, query.error(), response);
    auto const view = deps_.catalog.locations(call.context, *query);
    if (!view) return fail(call, view.error(), response);
    response.body = render_location_search(*view, *query, *call.terms);
    finish(call, private_answer, response);
}

void Operations::lookup_locations(Call const& call, Response& response) {
    auto const lookup = parse_location_lookup(call.body);
    if (!lookup) return fail(call, lookup.error(), response);
    auto const view = deps_.catalog.locations(call.context, lookup->query);
    if (!view) return fail(call, view.error(), response);
    response.body = render_location_lookup(*view, *lookup, *call.terms);
    finish(call, private_answer, response);
}

void Operations::get_order(Call const& call, Response& response) {
    auto const id = parse_order_id(call.id);
    if (!id) return fail(call, id.error(), response);
    auto const order = deps_.orders.get(call.context, *id);
    if (!order) return fail(call, order.error(), response);
    response.body = render_order(*order, {deps_.site, *call.terms});
    if (!may_leave("ucp.get_order", response.body, domain::current_disclosures(*order), deps_.site,
                   write_disclosure_message))
        return fail(call, undisclosed_error(), response);
    finish(call, private_answer, response);
}

}  // namespace b2a::protocol::ucp
