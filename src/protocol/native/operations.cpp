// SPDX-License-Identifier: Apache-2.0
#include "protocol/native/operations.hpp"

#include "b2a/protocol/reply.hpp"
#include "b2a/web/problem.hpp"

#include "answers.hpp"

namespace b2a::protocol::native {
namespace {

using web::Method;
using web::Response;

constexpr Operation open(std::string_view name, std::string_view path, Operation::Open handler,
                         std::string_view tool = {}) {
    return {tool, name, Method::get, path, {}, {}, handler};
}
constexpr Operation get(std::string_view name, std::string_view path, Operation::Read handler,
                        std::string_view tool = {}, std::string_view id = {}) {
    return {tool, name, Method::get, path, id, {}, handler};
}

constexpr Operation table[] = {
    open("native.descriptor", "/.well-known/b2a", &Operations::descriptor),
    open("native.descriptor", "/b2a/v1", &Operations::descriptor),
    open("native.openapi", "/b2a/v1/openapi.json", &Operations::openapi),
    open("native.brand", "/b2a/v1/brand", &Operations::brand),
    open("native.policies", "/b2a/v1/policies", &Operations::policies, "shop_get_policies"),
    open("native.media", "/media/{file}", &Operations::media),
    get("native.search", "/b2a/v1/search", &Operations::search),
    {"shop_search", "native.search", Method::post, "/b2a/v1/search", {}, {}, &Operations::search},
    {"shop_find_size", "native.fit", Method::post, "/b2a/v1/fit", {}, {}, &Operations::fit},
    get("native.size_charts", "/b2a/v1/size-charts", &Operations::size_charts),
    get("native.size_chart", "/b2a/v1/size-charts/{id}", &Operations::size_chart),
    {"shop_walk_graph", "native.traverse", Method::post, "/b2a/v1/graph/traverse", {}, {}, &Operations::traverse},
    get("native.looks", "/b2a/v1/looks", &Operations::looks, "shop_list_looks"),
    get("native.look", "/b2a/v1/looks/{id}", &Operations::look),
    get("native.occasions", "/b2a/v1/occasions", &Operations::occasions),
    get("native.product", "/b2a/v1/products/{id}", &Operations::product, "shop_get_product", "id"),
    get("native.variant", "/b2a/v1/variants/{id}", &Operations::variant),
    {"shop_compare", "native.compare", Method::post, "/b2a/v1/compare", {}, {}, &Operations::compare},
    {"shop_rebuild_basket", "native.rebuild", Method::post, "/b2a/v1/rebuild", {}, {}, &Operations::rebuild},
    {"shop_compose", "native.compose", Method::post, "/b2a/v1/compose", {}, {}, &Operations::compose},
    {"shop_create_cart",
     "native.create_cart",
     Method::post,
     "/b2a/v1/carts",
     {},
     "native.cart.create",
     &Operations::create_cart},
    get("native.get_cart", "/b2a/v1/carts/{id}", &Operations::get_cart, "shop_get_cart", "cart_id"),
    {{},
     "native.replace_cart",
     Method::put,
     "/b2a/v1/carts/{id}",
     {},
     "native.cart.replace",
     &Operations::replace_cart},
    {"shop_update_cart", "native.change_cart", Method::patch, "/b2a/v1/carts/{id}", "cart_id", "native.cart.change",
     &Operations::change_cart},
    {{}, "native.cancel_cart", Method::del, "/b2a/v1/carts/{id}", {}, "native.cart.cancel", &Operations::cancel_cart},
    {"shop_create_checkout",
     "native.create_checkout",
     Method::post,
     "/b2a/v1/checkouts",
     {},
     "native.checkout.create",
     &Operations::create_checkout},
    get("native.get_checkout", "/b2a/v1/checkouts/{id}", &Operations::get_checkout, "shop_get_checkout", "checkout_id"),
    {"shop_update_checkout", "native.change_checkout", Method::patch, "/b2a/v1/checkouts/{id}", "checkout_id",
     "native.checkout.change", &Operations::change_checkout},
    {"shop_complete_checkout", "native.complete_checkout", Method::post, "/b2a/v1/checkouts/{id}/complete",
     "checkout_id", "native.checkout.complete", &Operations::complete_checkout},
    {"shop_cancel_checkout", "native.cancel_checkout", Method::post, "/b2a/v1/checkouts/{id}/cancel", "checkout_id",
     "native.checkout.cancel", &Operations::cancel_checkout},
    get("native.provenance", "/b2a/v1/checkouts/{id}/provenance", &Operations::checkout_provenance),
    get("native.get_order", "/b2a/v1/orders/{id}", &Operations::get_order, "shop_get_order", "order_id"),
    get("native.provenance", "/b2a/v1/orders/{id}/provenance", &Operations::order_provenance),
    get("native.decision", "/b2a/v1/decisions/{id}", &Operations::decision, "shop_why", "decision_id"),
};

void echo_request_id(web::Request const& request, Response& response) {
    if (auto const id = client_request_id(request)) response.header("Request-Id", std::string(*id));
}

void finish_problem(web::Request const& request, Error const& error, Response& response) {
    add_error_fields(error, response);
    echo_request_id(request, response);
}

}  // namespace

std::span<Operation const> operations() noexcept {
    return table;
}

void fail(web::Request const& request, Error const& error, Response& response) {
    response.body.clear();
    web::render_problem(error, response);
    finish_problem(request, error, response);
}

void fail_change(web::Request const& request, Error error, Response& response) {
    auto status = web::http_status(error.code);
    if (error.reason == "version_changed") status = 412;
    if (error.code == Code::not_found) {
        // The service names what it did not find: the resource that was addressed, or one that the body mentions.
        if (error.pointer == request.param("id")) error.pointer.clear();
        if (!error.pointer.empty()) status = 422;
    }
    web::render_problem(error, status, response);
    finish_problem(request, error, response);
}

void finish(web::Request const& request, std::string_view operation, std::string_view type, Response& response) {
    response.content_type = type;
    response.operation = operation;
    echo_request_id(request, response);
}

Result<Representation> representation(web::Request const& request) {
    auto const accept = request.headers.find("Accept");
    // The common cases without a look at quality values.
    if (!accept || *accept == "*/*" || *accept == web::json_type) return Representation::json;
    auto const chosen = web::negotiate(request, {web::json_type, web::json_ld_type});
    if (chosen.empty()) return Error(Code::not_acceptable, "offered: application/json, application/ld+json");
    return chosen == web::json_ld_type ? Representation::json_ld : Representation::json;
}

void finish_private(web::Request const& request, std::string_view operation, service::RequestContext const& context,
                    Response& response) {
    response.agent = context.principal.id;
    response.header("Cache-Control", std::string(private_answer));
    finish(request, operation, web::json_type, response);
}

void answer(Call const& call, std::string_view operation, Site const& site, Result<service::Replied> const& replied,
            Response& response) {
    response.agent = call.context.principal.id;
    if (!replied) return fail_change(call.request, replied.error(), response);
    response.status = replied->reply.status;
    response.body = replied->reply.body;
    response.decision = replied->decision;
    add_audit_entry(site, replied->audit_seq, response);
    finish_private(call.request, operation, call.context, response);
    if (response.status >= 400) response.content_type = web::problem_type;
}

}  // namespace b2a::protocol::native
