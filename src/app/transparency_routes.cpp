// SPDX-License-Identifier: Apache-2.0
#include "app/transparency_routes.hpp"

#include "b2a/json/writer.hpp"
#include "b2a/protocol/native.hpp"
#include "b2a/web/problem.hpp"

#include "app/admin_routes.hpp"
#include "app/lane.hpp"

namespace b2a::app {
namespace {

constexpr std::size_t points_listed_max = 1000;

struct Window {
    Shared& shared;
    Lane& lane;
    Digest operator_token;
};

template <class Id>
void show(Window const& window, web::Request const& request, web::Response& response,
          Result<service::ProvenanceView> (service::ProvenanceService::*of)(service::RequestContext const&, Id)) {
    if (auto const allowed = check_operator(request, window.operator_token); !allowed)
        return web::render_problem(allowed.error(), response);
    auto const id = Id::parse(request.param("id"));
    if (!id) return web::render_problem(Error(Code::not_found), response);
    auto const view = (window.lane.provenance.*of)(operator_context(window.shared, request), *id);
    if (!view) return web::render_problem(view.error(), response);
    response.content_type = web::json_type;
    protocol::native::render_provenance(response.body, window.shared.site, *view);
}

void write_point(json::Writer& out, domain::PricePoint const& point) {
    out.begin_object().member("since", to_rfc3339(point.since)).member("catalog_revision", point.revision);
    out.key("price");
    point.price ? out.value(*point.price) : out.null();
    out.member("list", point.list).end_object();
}

/// ?currency=EUR; newest first.
void price_history(Window const& window, web::Request const& request, web::Response& response) {
    if (auto const allowed = check_operator(request, window.operator_token); !allowed)
        return web::render_problem(allowed.error(), response);
    auto const text = web::query_value(request.query, "currency");
    auto const currency = Currency::parse(text.value_or(window.shared.config.default_currency));
    if (!currency)
        return web::render_problem(Error(Code::invalid_request, "currency is no ISO 4217 code", "currency"), response);
    auto const points =
        window.lane.reader->price_history(std::string(request.param("id")), *currency, points_listed_max);
    if (!points) return web::render_problem(points.error(), response);
    response.content_type = web::json_type;
    json::Writer out(response.body);
    out.begin_object().member("variant_id", request.param("id")).member("currency", currency->code());
    out.key("points").begin_array();
    for (auto const& point : *points) write_point(out, point);
    out.end_array().end_object();
}

}  // namespace

void add_provenance_routes(web::Router& router, Shared& shared, Lane& lane, Digest const& operator_token) {
    Window const window{shared, lane, operator_token};
    using In = web::Request const&;
    using Out = web::Response&;
    router.add(web::Method::get, "/admin/v1/checkouts/{id}/provenance", "admin.provenance",
               web::Immediate([=](In in, Out out) {
                   show<CheckoutId>(window, in, out, &service::ProvenanceService::of_checkout);
               }));
    router.add(
        web::Method::get, "/admin/v1/orders/{id}/provenance", "admin.provenance",
        web::Immediate([=](In in, Out out) { show<OrderId>(window, in, out, &service::ProvenanceService::of_order); }));
    router.add(web::Method::get, "/admin/v1/variants/{id}/prices", "admin.price_history",
               web::Immediate([=](In in, Out out) { price_history(window, in, out); }));
}

}  // namespace b2a::app
